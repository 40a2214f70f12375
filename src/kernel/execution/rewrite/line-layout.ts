import type TypeScript from "typescript";
import type { Mapping } from "./source-map.js";

/** A piece of the text begins at `offset` and was written at this line and column (from 0) of the original. */
export interface Origin {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

export interface LaidOut {
  readonly text: string;
  readonly origins: readonly Origin[];
}

/**
 * Prints JavaScript again so that every piece stands on the line where its TypeScript stands: stack traces then name
 * the author's lines without any map. The printer ends every statement with a semicolon, so a line break of its
 * own may become a space, and a break may be added after it or after one of `( [ { , ; }`.
 */
export function layOut(
  ts: typeof TypeScript,
  printed: string,
  mappings: readonly Mapping[],
  originalLines: number,
): LaidOut {
  const starts = lineStarts(printed);
  const fixed = fixedLineBreaks(ts, printed);
  const origins: Origin[] = [];
  const parts: string[] = [];
  let length = 0;
  let line = 0;
  let taken = 0;
  let breakable = true;

  const append = (text: string): void => {
    parts.push(text);
    length += text.length;
  };
  const copyTo = (end: number): void => {
    let from = taken;
    for (let at = printed.indexOf("\n", from); at !== -1 && at < end; at = printed.indexOf("\n", at + 1)) {
      append(printed.slice(from, at));
      if (fixed.has(at)) {
        append("\n");
        line += 1;
      } else append(" ");
      from = at + 1;
    }
    append(printed.slice(from, end));
    const copied = printed.slice(taken, end);
    if (copied !== "") breakable = endsBreakable(copied, taken, fixed);
    taken = end;
  };

  for (const mapping of mappings) {
    const offset = starts[mapping.line]! + mapping.column;
    if (offset < taken) continue;
    copyTo(offset);
    if (breakable && mapping.originalLine > line && mapping.originalLine < originalLines) {
      append("\n".repeat(mapping.originalLine - line));
      line = mapping.originalLine;
    }
    origins.push({ offset: length, line: mapping.originalLine, column: mapping.originalColumn });
  }
  copyTo(printed.length);
  return { text: parts.join(""), origins };
}

function endsBreakable(copied: string, start: number, fixed: ReadonlySet<number>): boolean {
  for (let index = copied.length - 1; index >= 0; index--) {
    const sign = copied[index]!;
    if (sign === "\n") return !fixed.has(start + index);
    if (sign !== " ") return ",;([{}".includes(sign);
  }
  return false;
}

/** Line breaks that are part of a string or template, not of the layout. */
function fixedLineBreaks(ts: typeof TypeScript, printed: string): ReadonlySet<number> {
  const fixed = new Set<number>();
  if (!/[`\\]|\/\*/.test(printed)) return fixed;
  const file = ts.createSourceFile("printed.js", printed, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
  const visit = (node: TypeScript.Node): void => {
    if (ts.isTemplateLiteralToken(node) || ts.isStringLiteral(node)) {
      for (let at = node.getStart(file); at < node.end; at++) if (printed[at] === "\n") fixed.add(at);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return fixed;
}

export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
