import * as fs from "node:fs";
import type TypeScript from "typescript";
import type { ThrownError } from "../wire.js";
import { type Place, placesOf } from "./cell.js";
import { eraseTypes } from "./erase-types.js";

/** The JavaScript of a TypeScript file on the same lines, or the fault that keeps it from being one. */
export function translateModule(
  ts: typeof TypeScript,
  path: string,
):
  | { readonly code: string; readonly lines: readonly string[]; readonly places: readonly Place[] }
  | { readonly fault: ThrownError } {
  let source: string;
  try {
    source = fs.readFileSync(path, "utf8");
  } catch (error) {
    return { fault: { name: "Error", message: error instanceof Error ? error.message : String(error) } };
  }
  const { faults, javascript } = eraseTypes(ts, source, { fileName: path, result: false });
  const [fault] = faults;
  if (fault === undefined) {
    return { code: javascript.text, lines: source.split("\n"), places: placesOf(javascript) };
  }
  const { message, line, column } = fault;
  const stack = `SyntaxError: ${message}\n    at ${path}:${line + 1}:${column + 1}`;
  return { fault: { name: "SyntaxError", message, stack } };
}
