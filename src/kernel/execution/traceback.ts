import * as fs from "node:fs";
import { fileURLToPath } from "node:url";
import type { CellError } from "../session/executor.js";
import { originalPlace, type Place } from "./rewrite/cell.js";
import type { ThrownError } from "./wire.js";

/** A cell, or a TypeScript file that was translated, as tracebacks need it. */
export interface CellSource {
  readonly lines: readonly string[];
  readonly places: readonly Place[];
}

interface StackFrame {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const maxFrames = 20;
const contextLines = 2;

/** An error as the protocol's message: its name and text first, then each frame, the innermost with its source. */
export function toCellError(thrown: ThrownError, cells: ReadonlyMap<string, CellSource>): CellError {
  return { ename: thrown.name, evalue: thrown.message, traceback: describe(thrown, cells) };
}

function describe(thrown: ThrownError, cells: ReadonlyMap<string, CellSource>): string[] {
  const heading =
    thrown.name === "Thrown" ? `Thrown: ${thrown.message}` : `${thrown.name}: ${thrown.message}`;
  const lines = [thrown.name === "Thrown" ? `${heading} (${thrown.details ?? ""})` : heading];
  const frames = framesOf(thrown);
  // The reader's own code, if it is there at all; the line of a library that refused its arguments says less.
  const own = frames.findIndex(({ file }) => cells.has(file));
  const shown = own === -1 ? frames.findIndex(({ file }) => sourceOf(file) !== undefined) : own;
  let previous = "";
  let repeats = 0;
  const sayRepeats = (): void => {
    if (repeats > 0) lines.push(`    ... ${repeats} more like it`);
    repeats = 0;
  };
  for (const [index, frame] of frames.slice(0, maxFrames).entries()) {
    const cell = cells.get(frame.file);
    const place = cell === undefined ? frame : inCell(cell, frame);
    const where = `${frame.file}:${place.line}:${place.column}`;
    const line = frame.name === "" ? `    at ${where}` : `    at ${frame.name} (${where})`;
    if (line === previous) {
      repeats += 1;
      continue;
    }
    sayRepeats();
    lines.push(line);
    previous = line;
    const source = index === shown ? (cell?.lines ?? sourceOf(frame.file)) : undefined;
    if (source !== undefined) lines.push(...excerpt(source, place));
  }
  sayRepeats();
  if (frames.length > maxFrames) lines.push(`    ... ${frames.length - maxFrames} more`);
  if (thrown.details !== undefined && thrown.name !== "Thrown")
    lines.push(`  ${thrown.details.replaceAll("\n", "\n  ")}`);
  for (const [index, error] of (thrown.errors ?? []).entries()) {
    lines.push(...labelled(`  [${index}] `, describe(error, cells)));
  }
  if (thrown.cause !== undefined) lines.push(...labelled("  caused by ", describe(thrown.cause, cells)));
  return lines;
}

function labelled(label: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => (index === 0 ? `${label}${line}` : `  ${line}`));
}

function framesOf({ stack = "" }: ThrownError): StackFrame[] {
  return stack.split("\n").flatMap((line): StackFrame[] => {
    const found = /^\s+at (?:async (?=[^()]*$))?(?:(.*?) \()?(.*?):(\d+):(\d+)\)?$/.exec(line);
    if (found === null) return [];
    const [, name = "", file = "", row, column] = found;
    return [{ name, file: toPath(file), line: Number(row), column: Number(column) }];
  });
}

function toPath(file: string): string {
  return file.startsWith("file://") ? fileURLToPath(file) : file;
}

/** The line is the cell's own already; the column is looked up. Both count from 1. */
function inCell(
  { places }: CellSource,
  { line, column }: StackFrame,
): { readonly line: number; readonly column: number } {
  const place = originalPlace(places, line - 1, column - 1);
  return place === undefined ? { line, column } : { line: place.line + 1, column: place.column + 1 };
}

function sourceOf(file: string): readonly string[] | undefined {
  if (file.includes("node_modules") || !/\.[cm]?[jt]s$/.test(file)) return undefined;
  try {
    return fs.readFileSync(file, "utf8").split("\n");
  } catch {
    return undefined; // gone since, or no file at all
  }
}

/** The line with two lines on either side, and a caret under the column. */
export function excerpt(
  source: readonly string[],
  { line, column }: { readonly line: number; readonly column: number },
): string[] {
  const from = Math.max(1, line - contextLines);
  const to = Math.min(source.length, line + contextLines);
  const width = String(to).length;
  const rows: string[] = [];
  for (let number = from; number <= to; number++) {
    const text = (source[number - 1] ?? "").slice(0, 200);
    rows.push(`${number === line ? ">" : " "} ${String(number).padStart(width)} | ${text}`.trimEnd());
    if (number !== line) continue;
    const indent = text.slice(0, column - 1).replace(/[^\t]/g, " ");
    rows.push(`  ${" ".repeat(width)} | ${indent}^`);
  }
  return rows;
}
