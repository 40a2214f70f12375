import type { MimeBundle } from "../session/executor.js";
import type { CheckResult, Completeness, Completions, LanguageService } from "../session/language.js";
import { Checker, type ParsedCell } from "./checker.js";
import { completeness } from "./completeness.js";
import { complete } from "./completion.js";
import { errorMessage, type ErrorMessageOptions, faultLines } from "./error-message.js";
import { explain } from "./explanations.js";
import type { Fault } from "./faults.js";
import { inspect } from "./inspection.js";
import { nearestName } from "./spelling.js";
import { readSwitches, type TypePolicy } from "./switches.js";
import type { TypeScript } from "./typescript.js";

export interface LanguageServiceOptions {
  /** The notebook's folder: imports are found from here. */
  readonly folder: string;
  /** The compiler, where it has been loaded already. */
  readonly typescript?: TypeScript;
  /**
   * Where packages lie when the notebook's folder has no node_modules of its own: name to folder. `@types/node` may be one of
   * them; the exports of all others are offered as completions.
   */
  readonly packages?: Readonly<Record<string, string>>;
  /** Packages whose declarations mention Node's without need: using them is no reason to load these (50 MB). */
  readonly leanPackages?: readonly string[];
  /** Declarations of what every cell may use without an import (`display`, …), as the text of a `.d.ts` file. */
  readonly globals?: string;
}

/** How long after the warm-up the packages' exports are looked up: a person's first cell comes before it or much later. */
const exportsDelayMs = 1000;

/** A cell of more characters than this runs unchecked: a table of numbers pasted as text, most likely. */
const longestChecked = 1_000_000;

/** TypeScript as the session's language. Nothing here throws for what a cell contains; a fault of the compiler is a warning. */
export class TypeScriptLanguageService implements LanguageService {
  readonly #options: LanguageServiceOptions;
  readonly #packages: readonly string[];
  #loaded: Checker | undefined;
  #policy: TypePolicy = "error";
  #parsed: { code: string; cell: ParsedCell } | undefined;
  readonly #globalNames: ReadonlySet<string>;
  readonly #shadowed = new Set<string>();

  constructor(options: LanguageServiceOptions) {
    this.#options = options;
    this.#packages = Object.keys(options.packages ?? {}).filter((name) => !name.startsWith("@types/"));
    const declared = (options.globals ?? "").matchAll(
      /\bdeclare\s+(?:const|let|var|function|class)\s+(\w+)/g,
    );
    this.#globalNames = new Set(Array.from(declared, ([, name]) => name!));
  }

  get #checker(): Checker {
    return (this.#loaded ??= new Checker(
      {
        folder: this.#options.folder,
        packages: this.#options.packages ?? {},
        leanPackages: this.#options.leanPackages ?? [],
        globals: this.#options.globals ?? "",
      },
      this.#options.typescript,
    ));
  }

  async warmUp(): Promise<void> {
    try {
      const checker = this.#checker;
      // Twice: the second run is what makes the first cell quick. Between the steps a cell that waits gets its turn.
      for (let i = 0; i < 2; i++) {
        await new Promise((resolve) => setImmediate(resolve));
        checker.faults(checker.parse(`const ready: string = [${i}].map(String).join();`));
      }
      // Only completion and hints need these, and they take longer than all the rest.
      setTimeout(() => this.#loadExports(), exportsDelayMs).unref();
    } catch (error) {
      void error; // Whatever is wrong shows again, and to somebody, with the first cell.
    }
  }

  #loadExports(): void {
    try {
      for (const name of this.#packages) this.#checker.exportsOf(name);
    } catch (error) {
      void error; // A package that can't be read is met again where somebody asks for it.
    }
  }

  async check(code: string, { executionCount }: { readonly executionCount: number }): Promise<CheckResult> {
    const title = `cell [${executionCount}]`;
    const switches = readSwitches(code);
    const warnings = [...switches.warnings];
    const policy = switches.cell ?? switches.notebook ?? this.#policy;
    try {
      const cell = this.#parse(code);
      const options = this.#messageOptions(code, title);
      if (cell.syntaxFaults.length > 0) {
        return { error: errorMessage("SyntaxError", cell.syntaxFaults, options), warnings };
      }
      warnings.push(...this.#shadowWarnings(cell));
      if (policy === "off") return { warnings };
      if (code.length > longestChecked) {
        warnings.push(
          `${title} has ${code.length} characters, too many to check its types. It runs unchecked.\n`,
        );
        return { warnings };
      }
      const faults = this.#checker.faults(cell);
      if (faults.length === 0) return { warnings };
      if (policy === "error") return { error: errorMessage("TypeScriptError", faults, options), warnings };
      warnings.push(`${faultLines(faults, options).join("\n")}\n`);
      return { warnings };
    } catch (error) {
      this.#loaded?.restart();
      warnings.push(`${title} could not be checked; it runs unchecked. ${reason(error)}\n`);
      return { warnings };
    }
  }

  commit(code: string, { executionCount }: { readonly executionCount: number }): void {
    const { notebook } = readSwitches(code);
    if (notebook !== undefined) this.#policy = notebook;
    try {
      const cell = this.#parse(code);
      // A long cell's names are known, its types are not looked at: that is what keeps the next cells quick.
      this.#checker.keep(cell, executionCount);
      for (const name of cell.names.declarations.keys()) if (this.#isGlobal(name)) this.#shadowed.add(name);
    } catch (error) {
      // The cell has run, so there is no one to tell; check said so before.
      void error;
    }
  }

  reset(): void {
    this.#policy = "error";
    this.#parsed = undefined;
    this.#shadowed.clear();
    this.#loaded?.reset();
  }

  async complete(code: string, offset: number): Promise<Completions> {
    try {
      return complete(this.#checker, this.#packages, code, offset);
    } catch {
      this.#loaded?.restart();
      return { items: [], start: offset, end: offset };
    }
  }

  async inspect(code: string, offset: number, detailLevel: 0 | 1): Promise<MimeBundle | undefined> {
    try {
      return inspect(this.#checker, this.#packages, code, offset, detailLevel);
    } catch {
      this.#loaded?.restart();
      return undefined;
    }
  }

  async isComplete(code: string): Promise<Completeness> {
    try {
      return completeness(this.#checker.typescript, code);
    } catch {
      return { status: "unknown" };
    }
  }

  #parse(code: string): ParsedCell {
    if (this.#parsed?.code !== code) this.#parsed = { code, cell: this.#checker.parse(code) };
    return this.#parsed.cell;
  }

  #messageOptions(code: string, title: string): ErrorMessageOptions {
    const explainFault = (fault: Fault): string | undefined => {
      const word = code.slice(fault.start, fault.end);
      const offered = this.#packages.flatMap((name) => this.#checker.exportsOf(name));
      const exportedBy = offered.find(({ name }) => name === word)?.packageName;
      const names = [...this.#checker.cells.names.keys(), ...offered.map(({ name }) => name)];
      return explain(fault.code, { word, text: fault.text, exportedBy, resembles: nearestName(word, names) });
    };
    return { code, title, explain: explainFault };
  }

  #isGlobal(name: string): boolean {
    return Object.hasOwn(globalThis, name) || this.#globalNames.has(name);
  }

  /** A cell may define a name that Node or the notebook has already; that is said once a name. Imports are meant to. */
  #shadowWarnings(cell: ParsedCell): string[] {
    return [...cell.names.declarations.values()].flatMap(({ name, kind }) => {
      if (kind === "import" || kind === "interface" || kind === "type") return [];
      if (!this.#isGlobal(name) || this.#shadowed.has(name)) return [];
      return [
        `${name} now means what this cell defines; the built-in ${name} is hidden until the kernel restarts.\n`,
      ];
    });
  }
}

function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return `TypeScript says: ${text.split("\n")[0]}`;
}
