import type { CellNames, Declaration, DeclarationKind } from "./declarations.js";

/** Where the latest declaration of a name lies. */
interface Origin {
  readonly serial: number;
  readonly kind: DeclarationKind;
  readonly isValue: boolean;
  readonly isType: boolean;
}

/** The module name of a cell, as later cells import it. Long enough that no one's own file is called so. */
export const cellModule = (serial: number): string => `./__gradus_cell_${serial}`;
export const cellModulePattern = /__gradus_cell_(\d+)/;

/**
 * The cells that ran, as modules: a later cell imports what it uses from the latest cell that declares the name.
 *
 * TypeScript itself then carries every type from cell to cell, generics, private members and unique symbols included, and looks
 * only at the declarations that are needed. The imports stand after the cell's own text, so that no position moves.
 * A `let` cannot be assigned through an import, so it comes as a declaration of its own: `declare let x: typeof import("…").x`.
 */
export class SessionCells {
  readonly #origins = new Map<string, Origin>();
  readonly #executionCounts = new Map<number, number>();
  /** Which earlier cells a cell imports from. */
  readonly #needs = new Map<number, readonly number[]>();
  #serial = 1;

  /** The number of the module that the next cell will be. */
  get serial(): number {
    return this.#serial;
  }

  /** All names that earlier cells declared. */
  get names(): ReadonlyMap<string, { readonly kind: DeclarationKind }> {
    return this.#origins;
  }

  kindOf(name: string): DeclarationKind | undefined {
    return this.#origins.get(name)?.kind;
  }

  /** What stands beside a cell that ran: the `3` of `cell [3]`. */
  executionCountOf(serial: number): number | undefined {
    return this.#executionCounts.get(serial);
  }

  /**
   * The text of the module that stands for a cell. `wanted` chooses the names of earlier cells to bring in: by default those
   * that the cell mentions.
   */
  moduleText(code: string, names: CellNames, wanted: Iterable<string> = names.used): string {
    const lines = ["", ";"];
    for (const name of wanted) {
      const origin = this.#origins.get(name);
      if (origin === undefined || names.declarations.has(name)) continue;
      lines.push(...bringIn(name, origin));
    }
    for (const declaration of names.declarations.values()) {
      const origin = this.#origins.get(declaration.name);
      if (origin !== undefined) lines.push(...otherMeaning(declaration, origin));
      if (!names.exported.has(declaration.name)) lines.push(handOn(declaration));
    }
    lines.push("export {};");
    return code + lines.join("\n");
  }

  /**
   * The text in which a person's question about a cell is looked up: all names of earlier cells stand before it, since the cell may
   * be unfinished and would swallow what comes after. Offsets move by `shift`.
   */
  questionText(code: string, names: CellNames, imports: readonly string[]): { text: string; shift: number } {
    const lines = [...imports];
    for (const [name, origin] of this.#origins) {
      if (!names.declarations.has(name)) lines.push(...bringIn(name, origin));
    }
    const header = `${lines.join(" ")} export {};\n`;
    return { text: header + code, shift: header.length };
  }

  /** The cell ran: its names are the latest. */
  add(names: CellNames, executionCount: number, keep: (serial: number) => void): void {
    if (names.declarations.size === 0) return;
    const serial = this.#serial++;
    // Before its names are known: its module imports the cells before it.
    keep(serial);
    this.#needs.set(serial, this.#neededBy(names));
    this.#executionCounts.set(serial, executionCount);
    for (const declaration of names.declarations.values()) {
      const before = this.#origins.get(declaration.name);
      this.#origins.set(declaration.name, latest(serial, declaration, before));
    }
  }

  #neededBy({ declarations, used }: CellNames): number[] {
    const needed = [...used].filter((name) => !declarations.has(name));
    for (const declaration of declarations.values()) {
      const before = this.#origins.get(declaration.name);
      if (before !== undefined && otherMeaning(declaration, before).length > 0) needed.push(declaration.name);
    }
    return needed.flatMap((name) => this.#origins.get(name)?.serial ?? []);
  }

  reset(): void {
    this.#origins.clear();
    this.#executionCounts.clear();
    this.#needs.clear();
    // Numbers are not used again: the compiler may still hold the old modules.
    this.#serial++;
  }

  /** The modules that names still lead to, and those that these import. The others can be forgotten. */
  get live(): ReadonlySet<number> {
    const live = new Set<number>();
    const visit = (serial: number): void => {
      if (live.has(serial)) return;
      live.add(serial);
      this.#needs.get(serial)?.forEach(visit);
    };
    for (const { serial } of this.#origins.values()) visit(serial);
    return live;
  }
}

function bringIn(name: string, origin: Origin): string[] {
  if (origin.kind !== "let" && origin.kind !== "var") return [`import { ${name} } from ${moduleOf(origin)};`];
  return origin.isType ? [valueOf(name, origin), typeOf(name, origin)] : [valueOf(name, origin)];
}

const moduleOf = ({ serial }: Origin): string => JSON.stringify(cellModule(serial));

const valueOf = (name: string, origin: Origin): string =>
  `declare ${origin.kind === "let" || origin.kind === "var" ? "let" : "const"} ${name}: typeof import(${moduleOf(origin)}).${name};`;

const typeOf = (name: string, origin: Origin): string => `import type { ${name} } from ${moduleOf(origin)};`;

/** Kinds that declare a value and no type. */
const onlyValue: ReadonlySet<DeclarationKind> = new Set(["let", "var", "const", "using", "function"]);

const keepsType = ({ kind, isType }: Declaration, before: Origin): boolean =>
  onlyValue.has(kind) && !isType && before.isType;
const keepsValue = ({ isValue }: Declaration, before: Origin): boolean => !isValue && before.isValue;

/**
 * Types and values are two worlds: an interface `P` does not take away the const `P` that an earlier cell made, nor a const the
 * interface. The meaning that a cell leaves alone is brought in beside its own declaration.
 */
function otherMeaning(declaration: Declaration, before: Origin): string[] {
  if (keepsType(declaration, before)) return [typeOf(declaration.name, before)];
  if (keepsValue(declaration, before)) return [valueOf(declaration.name, before)];
  return [];
}

function latest(serial: number, declaration: Declaration, before: Origin | undefined): Origin {
  const { kind, isValue, isType } = declaration;
  if (before === undefined) return { serial, kind, isValue, isType };
  return {
    serial,
    kind: keepsValue(declaration, before) ? before.kind : kind,
    isValue: isValue || keepsValue(declaration, before),
    isType: isType || keepsType(declaration, before),
  };
}

function handOn({ name, evolving }: Declaration): string {
  return evolving
    ? `const ${name}__now = ${name}; export { ${name}__now as ${name} };`
    : `export { ${name} };`;
}
