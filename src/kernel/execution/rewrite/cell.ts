import type TypeScript from "typescript";
import { type Bound, bindTopLevel } from "./bindings.js";
import { eraseTypes, type SyntaxFault } from "./erase-types.js";
import { type LaidOut, lineStarts } from "./line-layout.js";

/** A script ready for the engine: its lines are the cell's lines, its first line begins with `prefix`. */
export interface Script {
  readonly text: string;
  readonly prefixLength: number;
  readonly isAsync: boolean;
}

/** Where a printed place came from; columns and lines count from 0. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly originalLine: number;
  readonly originalColumn: number;
}

export interface RewrittenCell {
  readonly faults: readonly SyntaxFault[];
  readonly names: readonly string[];
  readonly scripts: readonly Script[];
  readonly places: readonly Place[];
}

/** A cell's TypeScript as scripts for the runtime, in the order in which they run. */
export function rewriteCell(ts: typeof TypeScript, code: string): RewrittenCell {
  const erased = eraseTypes(ts, code, { fileName: "cell.ts", result: true });
  if (erased.faults.length > 0) return { faults: erased.faults, names: [], scripts: [], places: [] };
  const bound: Bound = bindTopLevel(ts, erased.javascript, erased);
  const head = bound.head === undefined ? [] : [wrap(bound.head, bound.headIsAsync)];
  return {
    faults: [],
    names: bound.names,
    scripts: [...head, wrap(bound.body, bound.bodyIsAsync)],
    places: [...(bound.head === undefined ? [] : placesOf(bound.head)), ...placesOf(bound.body)].sort(
      (a, b) => a.line - b.line || a.column - b.column,
    ),
  };
}

/** A function that the runtime calls. Modules are strict; the compiler's helpers stay inside. */
function wrap({ text }: LaidOut, isAsync: boolean): Script {
  const prefix = `"use strict";(${isAsync ? "async" : ""}()=>{`;
  return { text: `${prefix}${text}\n})`, prefixLength: prefix.length, isAsync };
}

export function placesOf({ text, origins }: LaidOut): Place[] {
  const starts = lineStarts(text);
  let line = 0;
  return origins.flatMap((origin): Place[] => {
    while (line + 1 < starts.length && starts[line + 1]! <= origin.offset) line += 1;
    // Nothing runs at a blank; the other script of the cell may have code there.
    if (/\s/.test(text[origin.offset] ?? " ")) return [];
    const column = origin.offset - starts[line]!;
    return [{ line, column, originalLine: origin.line, originalColumn: origin.column }];
  });
}

/** The original place of a printed line and column (from 0): the last piece that begins there or before it. */
export function originalPlace(
  places: readonly Place[],
  line: number,
  column: number,
): { readonly line: number; readonly column: number } | undefined {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const place = places[middle]!;
    if (place.line < line || (place.line === line && place.column <= column)) low = middle + 1;
    else high = middle;
  }
  const place = places[low - 1];
  if (place === undefined || place.line !== line) return undefined;
  return { line: place.originalLine, column: place.originalColumn };
}
