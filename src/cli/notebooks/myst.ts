import { Problem } from "../problem.js";
import { type Block, type DirectiveName, directiveOptions, parseDirective } from "./directives.js";
import { editionCells } from "./editions.js";
import { type FrontMatter, type Goal, parseFrontMatter } from "./front-matter.js";
import { type Options, parseMinutes, readBlockBreak, readOptions } from "./options.js";

export type { Goal };

export interface SourceCell {
  readonly kind: "markdown" | "code";
  readonly text: string;
  /** The line of the source file, counted from 1, on which `text` begins. */
  readonly line: number;
  /** The `:key: value` lines at the head of a code cell, or the JSON behind the `+++` before a text cell. */
  readonly options: Options;
}

export type Part = SourceCell | Block;

/** A lesson's source: a MyST Markdown notebook, as Jupytext reads it under the name `md:myst`, with directives. */
export interface LessonSource extends FrontMatter {
  readonly file: string;
  /** What the source is made of, in order. */
  readonly parts: readonly Part[];
  /** The cells of the learner's notebook. */
  readonly cells: readonly SourceCell[];
}

/** Options of a text cell. */
export const textOptions: readonly string[] = ["covers", "corrects", "minutes", "edition", "slide", "tags"];
/** Options of a code cell; `exercise`, `goal`, `check` and `predict` belong to lessons without directives. */
export const codeOptions: readonly string[] = [
  ...textOptions,
  ...["figure", "alt", "stub", "solution", "exercise", "goal", "check", "predict"],
];

const codeCell = /^```\{code-cell\}\s*(\w*)\s*$/;
const fence = /^(`{3,}|~{3,})/;
const directive = /^:::\{([\w-]+)\}\s*(.*)$/;

/**
 * Splits a source into its parts: prose up to a line `+++`, fences ```` ```{code-cell} typescript ```` and directives `:::{name}`.
 * Throws a `Problem` with file and line for a missing front matter, an unknown language, option or directive,
 * a directive whose form is wrong, an id that is used twice, and a fence or directive that never closes.
 */
export function parseLesson(text: string, file: string): LessonSource {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  const { front, end } = parseFrontMatter(lines, file);
  const parts = splitParts({ lines: lines.slice(end + 1), first: end + 2, file, directives: true });
  checkIds(parts, file);
  return { file, ...front, parts, cells: editionCells(parts, "learner") };
}

function checkIds(parts: readonly Part[], file: string): void {
  const seen = new Map<string, number>();
  for (const part of parts) {
    if (!("id" in part)) continue;
    const before = seen.get(part.id);
    if (before !== undefined)
      throw new Problem(`${file}:${part.line}: the id ${part.id} is taken by line ${before}.`);
    seen.set(part.id, part.line);
  }
}

interface Stretch {
  readonly lines: readonly string[];
  /** The line of the file on which `lines[0]` stands. */
  readonly first: number;
  readonly file: string;
  readonly directives: boolean;
}

function splitParts({ lines, first, file, directives }: Stretch): Part[] {
  const parts: Part[] = [];
  let prose: string[] = [];
  let proseFrom = 0;
  let broken: { readonly options: Options; readonly line: number } | undefined;
  const endProse = (): void => {
    const lead = prose.findIndex((line) => line.trim() !== "");
    if (lead >= 0) {
      const text = prose.slice(lead).join("\n").trimEnd();
      parts.push({ kind: "markdown", text, line: first + proseFrom + lead, options: broken?.options ?? {} });
      broken = undefined;
    }
    prose = [];
  };
  const refuseUnusedBreak = (): void => {
    if (broken !== undefined && Object.keys(broken.options).length > 0)
      throw new Problem(`${file}:${broken.line}: +++ with options belongs to a text, and none follows.`);
    broken = undefined;
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const where = `${file}:${first + i}`;
    const code = codeCell.exec(line);
    const opened = directive.exec(line);
    if (code) {
      if (code[1] !== "typescript")
        throw new Problem(`${where}: a code cell's language is typescript, got "${code[1]}".`);
      endProse();
      refuseUnusedBreak();
      const close = closingFence(lines, i, "```", where);
      parts.push(readCode({ lines, first, file, directives }, i + 1, close));
      i = close;
      proseFrom = i + 1;
    } else if (opened) {
      if (!directives) throw new Problem(`${where}: a directive can't stand inside another one.`);
      endProse();
      refuseUnusedBreak();
      const close = closingColons(lines, i, where);
      parts.push(readDirective({ lines, first, file, directives }, i, close, opened[1]!, opened[2]!));
      i = close;
      proseFrom = i + 1;
    } else if (/^:::/.test(line)) {
      throw new Problem(`${where}: ":::" closes nothing here; a directive opens with :::{name}.`);
    } else if (/^\+\+\+/.test(line)) {
      endProse();
      refuseUnusedBreak();
      broken = { options: readBlockBreak(line, { known: textOptions, where }), line: first + i };
      checkMinutes(broken.options, where);
      proseFrom = i + 1;
    } else {
      const other = fence.exec(line);
      const last = other ? closingFence(lines, i, other[1]!, where) : i;
      prose.push(...lines.slice(i, last + 1));
      i = last;
    }
  }
  endProse();
  refuseUnusedBreak();
  return parts;
}

function closingFence(lines: readonly string[], open: number, mark: string, where: string): number {
  for (let i = open + 1; i < lines.length; i++)
    if (lines[i]!.startsWith(mark) && lines[i]!.trim() === mark) return i;
  throw new Problem(`${where}: the fence ${mark} opened here is never closed.`);
}

/** The line `:::` that closes a directive; fences inside it may hold anything. */
function closingColons(lines: readonly string[], open: number, where: string): number {
  for (let i = open + 1; i < lines.length; i++) {
    const line = lines[i]!;
    if (line.trim() === ":::" && line.startsWith(":::")) return i;
    const inner = fence.exec(line);
    if (inner) i = closingFence(lines, i, inner[1]!, `${where}: within the directive`);
    else if (directive.test(line)) break;
  }
  throw new Problem(`${where}: the directive opened here is never closed by a line ":::".`);
}

function readCode({ lines, first, file }: Stretch, from: number, to: number): SourceCell {
  const { options, next } = readOptions(lines, from, to, {
    known: codeOptions,
    what: "a code cell",
    place: (index) => `${file}:${first + index}`,
  });
  let start = next;
  while (start < to && lines[start]!.trim() === "") start++;
  checkMinutes(options, `${file}:${first + from}`);
  return { kind: "code", text: lines.slice(start, to).join("\n").trimEnd(), line: first + start, options };
}

function readDirective(
  { lines, first, file }: Stretch,
  open: number,
  close: number,
  name: string,
  argument: string,
): Block {
  const line = first + open;
  if (!Object.hasOwn(directiveOptions, name)) {
    const known = Object.keys(directiveOptions).join(", ");
    throw new Problem(`${file}:${line}: there is no directive "${name}". The directives are: ${known}.`);
  }
  const kind = name as DirectiveName;
  const { options, next } = readOptions(lines, open + 1, close, {
    known: directiveOptions[kind],
    place: (index) => `${file}:${first + index}`,
    what: `the directive ${name}`,
  });
  checkMinutes(options, `${file}:${line}`);
  return parseDirective(kind, {
    argument: argument.trim(),
    options,
    body: { lines: lines.slice(next, close), first: first + next },
    file,
    line,
    split: (body) => splitParts({ ...body, file, directives: false }) as SourceCell[],
  });
}

function checkMinutes(options: Options, where: string): void {
  if (options["minutes"] !== undefined) parseMinutes(options["minutes"], where);
}
