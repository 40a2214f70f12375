import * as vm from "node:vm";
import type ts from "typescript";
import { type CellNames, cellNames } from "./declarations.js";
import { type Fault, type SessionNames, toFaults } from "./faults.js";
import { hostGlobalNames } from "./host-globals.js";
import { SessionCells } from "./session-cells.js";
import { withoutNoCheck } from "./switches.js";
import { loadTypeScript, type TypeScript } from "./typescript.js";
import { Workspace, type WorkspaceOptions } from "./workspace.js";

/** A cell that has been read. */
export interface ParsedCell {
  /** The text as TypeScript sees it: as long as the cell's. */
  readonly code: string;
  readonly names: CellNames;
  readonly syntaxFaults: readonly Fault[];
}

/** TypeScript with the cells of one session: reads, checks and keeps them. */
export class Checker {
  readonly typescript: TypeScript;
  readonly cells = new SessionCells();
  readonly #options: WorkspaceOptions;
  #workspace: Workspace | undefined;
  /** The modules of the cells that ran. */
  readonly #kept = new Map<number, string>();
  readonly #exports = new Map<string, readonly PackageExport[]>();

  constructor(options: WorkspaceOptions, typescript: TypeScript = loadTypeScript()) {
    this.typescript = typescript;
    this.#options = options;
  }

  get workspace(): Workspace {
    if (this.#workspace === undefined) {
      const workspace = new Workspace(this.typescript, this.#options);
      for (const [serial, text] of this.#kept) workspace.keep(serial, text);
      this.#workspace = workspace;
    }
    return this.#workspace;
  }

  /** Starts TypeScript anew with the same cells: after a fault of its own, its program is not to be trusted. */
  restart(): void {
    this.#workspace = undefined;
    this.#exports.clear();
  }

  readonly #session: SessionNames = {
    titleOf: (serial) => {
      const count = this.cells.executionCountOf(serial);
      return count === undefined ? "an earlier cell" : `cell [${count}]`;
    },
    kindOf: (name) => this.cells.kindOf(name),
  };

  parse(code: string): ParsedCell {
    const text = withoutNoCheck(code);
    const file = parseModule(this.typescript, text);
    const { parseDiagnostics } = file as ts.SourceFile & {
      readonly parseDiagnostics: readonly ts.Diagnostic[];
    };
    return {
      code: text,
      names: cellNames(this.typescript, file),
      syntaxFaults: atLastWord(toFaults(this.typescript, parseDiagnostics, text, this.#session), text),
    };
  }

  /** What is wrong with a cell, given the cells before it. */
  faults(cell: ParsedCell): Fault[] {
    const text = this.cells.moduleText(cell.code, cell.names);
    const faults = this.#semanticFaults(cell, text);
    const workspace = this.workspace;
    if (workspace.hasNodeTypes || !faults.some((fault) => this.#asksForNode(fault, cell.code))) return faults;
    return workspace.loadNodeTypes() ? this.#semanticFaults(cell, text) : faults;
  }

  /** Puts a question about an unfinished cell before TypeScript: everything that its names may ask for is brought in. */
  ask(code: string, packages: readonly string[], wordAtCursor = ""): Question {
    const { names } = this.parse(code);
    // A name that only lacks its import is known here: Matrix.| completes, and Shift-Tab tells what Matrix is.
    const missing = [...names.used].filter(
      (name) =>
        name !== wordAtCursor && !names.declarations.has(name) && this.cells.kindOf(name) === undefined,
    );
    const imports = packages.flatMap((from) => {
      const offered = new Set(this.exportsOf(from).map(({ name }) => name));
      const found = missing.filter((name) => offered.has(name));
      return found.length > 0 ? [`import { ${found.join(", ")} } from ${JSON.stringify(from)};`] : [];
    });
    const { text, shift } = this.cells.questionText(withoutNoCheck(code), names, imports);
    for (const name of names.used) if (this.#isNodeOnly(name)) this.workspace.loadNodeTypes();
    return { program: this.workspace.show(text), shift, names };
  }

  /** The cell ran: later ones see its names. */
  keep(cell: ParsedCell, executionCount: number): void {
    this.cells.add(cell.names, executionCount, (serial) => {
      const text = this.cells.moduleText(cell.code, cell.names);
      this.#kept.set(serial, text);
      this.#workspace?.keep(serial, text);
    });
    const live = this.cells.live;
    for (const serial of this.#kept.keys()) if (!live.has(serial)) this.#kept.delete(serial);
    this.#workspace?.retain(live);
  }

  /** What a package offers to import; nothing when it cannot be found. */
  exportsOf(packageName: string): readonly PackageExport[] {
    const known = this.#exports.get(packageName);
    if (known !== undefined) return known;
    const program = this.workspace.show(`export * from ${JSON.stringify(packageName)};`);
    const checker = program.getTypeChecker();
    const module = checker.getSymbolAtLocation(program.getSourceFile(this.workspace.cellFile)!);
    const found = (module ? checker.getExportsOfModule(module) : []).map((symbol): PackageExport => {
      const target =
        symbol.flags & this.typescript.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      return { name: symbol.name, packageName, flags: target.flags };
    });
    if (found.length > 0) this.#exports.set(packageName, found);
    return found;
  }

  reset(): void {
    this.cells.reset();
    this.#kept.clear();
    this.#workspace?.retain(new Set());
  }

  #semanticFaults(cell: ParsedCell, text: string): Fault[] {
    this.workspace.show(text);
    const { service, cellFile } = this.workspace;
    // Asked for first: faults of grammar that the parser lets pass, such as a misplaced modifier, come from the checker too.
    return toFaults(this.typescript, service.getSemanticDiagnostics(cellFile), cell.code, this.#session);
  }

  #isNodeOnly(name: string): boolean {
    return (
      this.cells.kindOf(name) === undefined &&
      Object.hasOwn(globalThis, name) &&
      !hostGlobalNames.has(name) &&
      !languageGlobals().has(name)
    );
  }

  /** Whether Node's full declarations might know what was not found. */
  #asksForNode(fault: Fault, code: string): boolean {
    const word = code.slice(fault.start, fault.end);
    switch (fault.code) {
      case 2304: // cannot find name, and its variants
      case 2552:
      case 2503:
      case 2580:
      case 2584:
      case 2591:
      case 18004:
        return (
          !hostGlobalNames.has(word) && (Object.hasOwn(globalThis, word) || this.workspace.nodeMentions(word))
        );
      case 2694: // no such member of a namespace
        return fault.text.includes("'NodeJS'");
      case 2339: // no such property: ours are the short forms of Node's types
      case 2551:
        return /'(Console|Performance|Timeout|ImportMeta|typeof globalThis)'/.test(fault.text);
      default:
        return false;
    }
  }
}

/** A program that holds an unfinished cell; an offset of the cell is `shift` further on in it. */
export interface Question {
  readonly program: ts.Program;
  readonly shift: number;
  readonly names: CellNames;
}

let languageNames: ReadonlySet<string> | undefined;

/** What JavaScript itself defines, without Node: a new context has nothing else. */
function languageGlobals(): ReadonlySet<string> {
  return (languageNames ??= new Set(
    vm.runInNewContext("Object.getOwnPropertyNames(globalThis)") as string[],
  ));
}

export interface PackageExport {
  readonly name: string;
  readonly packageName: string;
  readonly flags: ts.SymbolFlags;
}

/** Parses a text as a module, whether or not it imports anything: `await` is a keyword at its top level. */
export function parseModule(typescript: TypeScript, text: string): ts.SourceFile {
  return typescript.createSourceFile(
    "cell.ts",
    text,
    {
      languageVersion: typescript.ScriptTarget.ESNext,
      setExternalModuleIndicator: (file) => {
        (file as { externalModuleIndicator?: unknown }).externalModuleIndicator = true;
      },
    },
    false,
    typescript.ScriptKind.TS,
  );
}

/** A fault at the very end of a cell is shown at its last word: an empty line would tell nothing. */
function atLastWord(faults: readonly Fault[], code: string): Fault[] {
  const last = code.trimEnd().length;
  return faults.map((fault) =>
    fault.start < last ? fault : { ...fault, start: Math.max(0, last - 1), end: Math.max(last, 0) },
  );
}
