import * as fs from "node:fs";
import * as path from "node:path";
import { notebooksFolder } from "../project.js";
import { mapOutsideFences } from "./citations.js";
import type { SourceCell } from "./myst.js";
import { withoutMath } from "./prose.js";

/** One line of the glossary: `| perceptron (single unit) | 퍼셉트론 | meaning | [02](02-perceptron-gates.ipynb) |`. */
export interface Term {
  /** The term itself, then the other names that stand in parentheses behind it. */
  readonly names: readonly string[];
  readonly korean: string;
  readonly meaning: string;
  /** The lessons that define it, with the file that the number links to, if it does. */
  readonly lessons: readonly { readonly id: string; readonly target?: string }[];
  /** The heading above the line, to which the lessons link. */
  readonly heading: string;
  /** Counted from 1. */
  readonly line: number;
  readonly columns: number;
}

export interface Glossary {
  readonly file: string;
  readonly terms: readonly Term[];
}

export const glossaryName = "glossary.md";

/** The course's list of terms, `notebooks/glossary.md`. */
export function readGlossary(file: string = path.join(notebooksFolder, glossaryName)): Glossary {
  return parseGlossary(fs.readFileSync(file, "utf8"), file);
}

/** Every row of every table below a heading; what is wrong with a row is told by `gradus notebooks check`. */
export function parseGlossary(text: string, file: string): Glossary {
  const terms: Term[] = [];
  let heading = "";
  text.split(/\r?\n/).forEach((line, index) => {
    const found = /^##\s+(.*)$/.exec(line);
    if (found) heading = found[1]!.trim();
    if (heading === "" || !line.startsWith("|") || /^\|[\s:|-]+$/.test(line)) return;
    const cells = line
      .replace(/^\||\|\s*$/g, "")
      .split("|")
      .map((cell) => cell.trim());
    if (cells[0] === "English") return;
    const [english = "", korean = "", meaning = "", lessons = ""] = cells;
    terms.push({
      names: namesIn(english),
      korean,
      meaning,
      lessons: [...lessons.matchAll(/\[(\d\d)\]\(([^)]*)\)|(\d\d)/g)].map(([, linked, target, plain]) =>
        linked === undefined ? { id: plain! } : { id: linked, target: target! },
      ),
      heading,
      line: index + 1,
      columns: cells.length,
    });
  });
  return { file, terms };
}

function namesIn(english: string): string[] {
  const [, term = "", others = ""] = /^([^(]*)(?:\((.*)\))?$/.exec(english) ?? [];
  return [term, ...others.split(",")].map((name) => name.trim()).filter(Boolean);
}

/** One spelling for a name: capitals count only in a name that is all capitals, so that "**not**" is not the gate NOT. */
export function foldName(name: string): string {
  const plain = name.replace(/\s+/g, " ").trim();
  return /^[^\p{Ll}]*$/u.test(plain) ? plain : plain.toLowerCase();
}

/** What a bold text may be called in the glossary: itself, without capitals, in the singular. */
function spellingsOf(bold: string): string[] {
  const folded = foldName(bold.replace(/[.,:;?]$/, ""));
  const plurals: readonly (readonly [RegExp, string])[] = [
    [/s$/, ""],
    [/es$/, ""],
    [/ies$/, "y"],
    [/ices$/, "ix"],
  ];
  return [folded, ...plurals.flatMap(([end, one]) => (end.test(folded) ? [folded.replace(end, one)] : []))];
}

/**
 * Links the first bold occurrence of each term to its letter in the glossary: `**Weights**` becomes
 * `[**Weights**](glossary.md#W)`. Code, formulas, headings and links stay as they are. `linked` are the terms found.
 */
export function linkTerms(
  cells: readonly SourceCell[],
  { terms }: Glossary,
): { readonly cells: SourceCell[]; readonly linked: ReadonlySet<Term> } {
  const byName = new Map(terms.flatMap((term) => term.names.map((name) => [foldName(name), term] as const)));
  const linked = new Set<Term>();
  const linkIn = (text: string): string => {
    let result = "";
    let from = 0;
    for (const { 0: whole, 1: bold, index } of withoutPassages(text).matchAll(boldText)) {
      const term = spellingsOf(bold!)
        .map((spelling) => byName.get(spelling))
        .find((found) => found !== undefined);
      if (term === undefined || linked.has(term)) continue;
      linked.add(term);
      const end = index + whole.length;
      result += `${text.slice(from, index)}[${text.slice(index, end)}](${glossaryName}#${encodeURI(term.heading)})`;
      from = end;
    }
    return result + text.slice(from);
  };
  return {
    cells: cells.map((cell) => (cell.kind === "markdown" ? { ...cell, text: linkIn(cell.text) } : cell)),
    linked,
  };
}

const boldText = /(?<![*\\])\*\*(?![\s*])([^*]+?)(?<!\s)\*\*(?!\*)/g;

/** The text with everything blanked out where a link can't stand. Positions stay. */
function withoutPassages(markdown: string): string {
  const blank = (text: string): string => text.replace(/[^\n]/g, " ");
  return mapOutsideFences(withoutMath(markdown), (line) =>
    /^[\s>]*#{1,6}\s/.test(line) ? blank(line) : line,
  )
    .replace(/!?\[(?:[^[\]]|\[[^\]]*\])*\]\([^)\n]*\)/g, blank)
    .replace(/<[^>\n]*>/g, blank);
}
