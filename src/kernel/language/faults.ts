import type ts from "typescript";
import type { DeclarationKind } from "./declarations.js";
import type { TypeScript } from "./typescript.js";

/** One thing that is wrong with a cell. */
export interface Fault {
  readonly code: number;
  readonly text: string;
  /** UTF-16 offsets into the cell. */
  readonly start: number;
  readonly end: number;
}

/** What faults may name of the session. */
export interface SessionNames {
  titleOf(serial: number): string;
  kindOf(name: string): DeclarationKind | undefined;
}

const assignmentToImport = 2632;

/** Names of earlier cells are imports to TypeScript. What is wrong with assigning to them is what it would be in one cell. */
function assignment(
  name: string,
  kind: DeclarationKind | undefined,
  text: string,
): { code: number; text: string } {
  switch (kind) {
    case "const":
    case "using":
      return { code: 2588, text: `Cannot assign to '${name}' because it is a constant.` };
    case "function":
      return { code: 2630, text: `Cannot assign to '${name}' because it is a function.` };
    case "class":
      return { code: 2629, text: `Cannot assign to '${name}' because it is a class.` };
    case "enum":
      return { code: 2628, text: `Cannot assign to '${name}' because it is an enum.` };
    case "namespace":
      return { code: 2631, text: `Cannot assign to '${name}' because it is a namespace.` };
    case "interface":
    case "type":
      return { code: 2693, text: `'${name}' only refers to a type, but is being used as a value here.` };
    case "let":
    case "var":
    case "import":
    case undefined:
      return { code: assignmentToImport, text };
  }
}

/**
 * Codes that are no faults in a notebook: a package without types (7016), a variable whose type the cell's later lines decide
 * (7005, 7034).
 */
const accepted: ReadonlySet<number> = new Set([7005, 7016, 7034]);

/** TypeScript's diagnostics as faults of the cell: those of the text added after it are left out. */
export function toFaults(
  typescript: TypeScript,
  diagnostics: readonly ts.Diagnostic[],
  code: string,
  session: SessionNames,
): Fault[] {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  for (const diagnostic of diagnostics) {
    if (diagnostic.category !== typescript.DiagnosticCategory.Error || accepted.has(diagnostic.code))
      continue;
    const start = diagnostic.start ?? 0;
    if (start > code.length) continue;
    const end = Math.min(start + (diagnostic.length ?? 0), code.length);
    const flat = readable(
      typescript.flattenDiagnosticMessageText(diagnostic.messageText, "\n"),
      session.titleOf,
    );
    const word = code.slice(start, end);
    const { code: number, text } =
      diagnostic.code === assignmentToImport
        ? assignment(word, session.kindOf(word), flat)
        : { code: diagnostic.code, text: flat };
    const key = `${start} ${number} ${text}`;
    if (seen.has(key)) continue;
    seen.add(key);
    faults.push({ code: number, text, start, end });
  }
  return faults.sort((a, b) => a.start - b.start);
}

/** Types of earlier cells are named after the cell, not after the module that stands for it. */
function readable(text: string, cellTitle: (serial: number) => string): string {
  return text
    .replace(/typeof import\("[^"]*__gradus_cell_(\d+)"\)/g, (_, serial: string) => cellTitle(Number(serial)))
    .replace(
      /import\("[^"]*__gradus_cell_(\d+)"\)\.([\w$.]+)/g,
      (_, serial: string, name: string) => `${name} (of ${cellTitle(Number(serial))})`,
    )
    .replace(/import\("[^"]*__gradus_cell"\)\./g, "")
    .replaceAll("__now", "");
}
