import type { CellError } from "../session/executor.js";
import type { Fault } from "./faults.js";

/** More faults than this are counted, not shown: a missing brace can make hundreds. */
const shownFaults = 10;
/** Longer lines are cut to a window around the fault. */
const widestLine = 160;

export interface ErrorMessageOptions {
  readonly code: string;
  readonly title: string;
  readonly explain: (fault: Fault) => string | undefined;
}

/**
 * The faults of a cell as one error message. It is called `SyntaxError` when the text is no TypeScript, as in every JavaScript
 * engine, and otherwise `TypeScriptError`, not `TypeError`: that is what JavaScript throws while a cell runs, and here nothing ran.
 */
export function errorMessage(
  ename: string,
  faults: readonly Fault[],
  options: ErrorMessageOptions,
): CellError {
  const lines = new Lines(options.code);
  const first = faults[0]!;
  const { line, column } = lines.position(first.start);
  const evalue = `${options.title} line ${line}:${column} - ${first.text.split("\n")[0]} (TS${first.code})`;
  const count = faults.length === 1 ? "1 error" : `${faults.length} errors`;
  const heading = `${ename}: ${count} in ${options.title}. Nothing was run.`;
  return { ename, evalue, traceback: [heading, ...faultLines(faults, options)] };
}

/** The faults as lines of text: place, source line, caret frame, TypeScript's words, a plain sentence. */
export function faultLines(
  faults: readonly Fault[],
  { code, title, explain }: ErrorMessageOptions,
): string[] {
  const lines = new Lines(code);
  const out: string[] = [];
  for (const fault of faults.slice(0, shownFaults)) {
    const [head = "", ...rest] = fault.text.split("\n");
    out.push(`${title}, line ${lines.position(fault.start).line}`, ...frame(lines, fault));
    out.push(`  ${head} (TS${fault.code})`, ...rest.map((text) => `  ${text}`));
    const plain = explain(fault);
    if (plain !== undefined) out.push(`  → ${plain}`);
  }
  const more = faults.length - shownFaults;
  if (more > 0) out.push(`… and ${more} more error${more === 1 ? "" : "s"}.`);
  return out;
}

function frame(lines: Lines, fault: Fault): string[] {
  const { line, column } = lines.position(fault.start);
  const text = lines.text(line);
  const at = column - 1;
  const left = text.length > widestLine ? Math.max(0, at - widestLine / 2) : 0;
  const right = Math.min(text.length, left + widestLine);
  const cut = left > 0 ? "…" : "";
  const number = String(line);
  // Tabs stay tabs, so that the caret stands under its word whatever the width of a tab.
  const blank = Array.from(cut + text.slice(left, at), (c) => (c === "\t" ? c : " ".repeat(columns(c))));
  const span = Array.from(text.slice(at, Math.min(right, at + fault.end - fault.start)));
  const width = span.reduce((sum, c) => sum + columns(c), 0);
  return [
    `  ${number} | ${cut}${text.slice(left, right)}${right < text.length ? "…" : ""}`,
    `  ${" ".repeat(number.length)} | ${blank.join("")}${"^".repeat(Math.max(1, width))}`,
  ];
}

/** How many columns of a fixed-width font a character takes: Hangul, Han, kana and emoji take two. */
function columns(character: string): number {
  const wide =
    /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Extended_Pictographic}\uff01-\uff60]/u;
  return wide.test(character) ? 2 : 1;
}

/** Lines and columns of a text, counted from 1. */
class Lines {
  readonly #code: string;
  readonly #starts: number[] = [0];

  constructor(code: string) {
    this.#code = code;
    for (const { index, 0: end } of code.matchAll(/\r\n|\n|\r/g)) this.#starts.push(index + end.length);
  }

  position(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - this.#starts[low]! + 1 };
  }

  text(line: number): string {
    return this.#code.slice(this.#starts[line - 1], this.#starts[line]).replace(/[\r\n]+$/, "");
  }
}
