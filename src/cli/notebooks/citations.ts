import type { SourceCell } from "./myst.js";

/** A reference as MyST writes a footnote: cited by `[^key]`, listed by `[^key]: text` at the head of a line. */
export interface Citations {
  /** Keys in the order of the list, with the line of the cell's text (from 0) on which each is listed. */
  readonly listed: ReadonlyMap<string, { readonly cell: SourceCell; readonly text: string }>;
  readonly cited: ReadonlyMap<string, SourceCell>;
  /** Keys that are listed more than once. */
  readonly doubled: readonly string[];
}

const definition = /^\[\^([\w-]+)\]:[ \t]+(.*)$/;
const citation = /\[\^([\w-]+)\](?!:)/g;

/** Who is cited and who is listed in the text cells of a lesson. */
export function findCitations(cells: readonly SourceCell[]): Citations {
  const listed = new Map<string, { cell: SourceCell; text: string }>();
  const cited = new Map<string, SourceCell>();
  const doubled: string[] = [];
  for (const cell of cells) {
    if (cell.kind !== "markdown") continue;
    for (const line of outsideFences(cell.text)) {
      const entry = definition.exec(line);
      if (entry) {
        if (listed.has(entry[1]!)) doubled.push(entry[1]!);
        listed.set(entry[1]!, { cell, text: entry[2]! });
      }
      for (const [, key] of (entry ? entry[2]! : line).matchAll(citation))
        if (!cited.has(key!)) cited.set(key!, cell);
    }
  }
  return { listed, cited, doubled };
}

/**
 * Notebook viewers know no footnotes: the list becomes a numbered list, and each citation a link with its number
 * to the heading above the list. A citation without an entry stays as it is; `gradus notebooks check` names it.
 */
export function numberCitations(cells: readonly SourceCell[]): SourceCell[] {
  const { listed } = findCitations(cells);
  if (listed.size === 0) return [...cells];
  const numbers = new Map([...listed.keys()].map((key, index) => [key, index + 1]));
  const heading = headingAboveList(cells);
  return cells.map((cell) =>
    cell.kind === "markdown" ? { ...cell, text: numberIn(cell.text, numbers, heading) } : cell,
  );
}

/** Replaces citations and entries in one text by the numbers given. */
export function numberIn(text: string, numbers: ReadonlyMap<string, number>, heading: string): string {
  return mapOutsideFences(text, (line) => {
    const entry = definition.exec(line);
    const body = (entry ? entry[2]! : line).replace(citation, (whole, key: string) => {
      const number = numbers.get(key);
      return number === undefined ? whole : `[[${number}]](#${heading})`;
    });
    return entry ? `${numbers.get(entry[1]!)}. ${body}` : body;
  });
}

/** The anchor of the heading that stands above the list of references, as JupyterLab spells it. */
export function headingAboveList(cells: readonly SourceCell[]): string {
  let heading = "";
  for (const cell of cells) {
    if (cell.kind !== "markdown") continue;
    for (const line of outsideFences(cell.text)) {
      const found = /^#{1,6}\s+(.*)$/.exec(line);
      if (found) heading = found[1]!.trim();
      if (definition.test(line)) return anchorOf(heading);
    }
  }
  return anchorOf(heading);
}

/** JupyterLab's anchor of a heading: its text with a hyphen for each space. */
export function anchorOf(heading: string): string {
  return heading
    .replace(/[*_`$]/g, "")
    .trim()
    .replace(/ /g, "-");
}

/** The lines of a Markdown text that lie in no code fence. */
export function outsideFences(text: string): string[] {
  const found: string[] = [];
  mapOutsideFences(text, (line) => {
    found.push(line);
    return line;
  });
  return found;
}

/** Applies `change` to each line of a Markdown text that lies in no code fence. */
export function mapOutsideFences(text: string, change: (line: string, index: number) => string): string {
  let mark: string | undefined;
  return text
    .split("\n")
    .map((line, index) => {
      const fence = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
      if (mark !== undefined) {
        if (fence?.startsWith(mark) && line.trim() === fence) mark = undefined;
        return line;
      }
      if (fence !== undefined) {
        mark = fence;
        return line;
      }
      return change(line, index);
    })
    .join("\n");
}
