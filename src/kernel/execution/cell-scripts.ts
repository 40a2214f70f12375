import type TypeScript from "typescript";
import type { CellError } from "../session/executor.js";
import { rewriteCell } from "./rewrite/cell.js";
import type { SyntaxFault } from "./rewrite/erase-types.js";
import { excerpt } from "./traceback.js";
import type { ScriptText, ThrownError } from "./wire.js";

/** The faults of a cell that is no TypeScript, as one error. */
export function syntaxError(
  faults: readonly SyntaxFault[],
  lines: readonly string[],
  title: string,
): CellError {
  const [first] = faults;
  return {
    ename: "SyntaxError",
    evalue: first?.message ?? "",
    traceback: faults
      .slice(0, 5)
      .flatMap(({ message, line, column }) => [
        `SyntaxError: ${message}`,
        `    at ${title}:${line + 1}:${column + 1}`,
        ...excerpt(lines, { line: line + 1, column: column + 1 }),
      ]),
  };
}

/** The scripts of the request's `user_expressions`, or why one of them is no expression. */
export function expressionScripts(
  ts: typeof TypeScript,
  expressions: Readonly<Record<string, string>>,
): Record<string, readonly ScriptText[] | ThrownError> {
  return Object.fromEntries(
    Object.entries(expressions).map(([name, code]) => {
      const { faults, names, scripts } = rewriteCell(ts, code.replace(/;\s*$/, ""));
      const [fault] = faults;
      if (fault !== undefined) return [name, { name: "SyntaxError", message: fault.message }];
      if (names.length > 0) return [name, { name: "SyntaxError", message: `"${code}" is no expression` }];
      return [name, scripts];
    }),
  );
}
