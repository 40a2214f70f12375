import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { notebooksFolder } from "../../project.js";
import { placeOf, type Text, wordsOnly } from "../prose.js";
import { expandDictionary } from "./hunspell.js";

/** Knows whether a word is spelled right. */
export type Speller = (word: string) => boolean;

/** Spellings that British English has and the American dictionary has not. */
const british: readonly (readonly [RegExp, string])[] = [
  [/(is|ys)(e|ed|es|er|ers|ing|able|ation|ations|ational)$/, "$2"],
  [/our/, "or"],
  [/tre(s|d)?$/, "ter$1"],
  [/ll(ed|ing|er|ers)$/, "l$1"],
  [/ogue(s?)$/, "og$1"],
  [/ence$/, "ense"],
  [/grey/, "gray"],
];

/** A speller from word lists. Capitals at the head of a sentence and British forms are right, a possessive is its noun. */
export function spellerOf(known: ReadonlySet<string>): Speller {
  const has = (word: string): boolean => {
    if (known.has(word)) return true;
    const small = word.toLowerCase();
    if (word !== small && known.has(small) && (isCapitalized(word) || word === word.toUpperCase()))
      return true;
    return word === word.toUpperCase() && known.has(capitalized(small));
  };
  return (word) => {
    const plain = word.replaceAll("’", "'").replace(/('s|')$/, "");
    if ([...plain].length === 1 || has(plain)) return true;
    return american(plain).some(has);
  };
}

function american(word: string): string[] {
  return british.flatMap(([pattern, replacement], index) => {
    if (!pattern.test(word)) return [];
    return index === 0
      ? [word.replace(pattern, (_, stem: string, end: string) => (stem === "is" ? "iz" : "yz") + end)]
      : [word.replace(pattern, replacement)];
  });
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function isCapitalized(word: string): boolean {
  return word === capitalized(word.toLowerCase());
}

/** The course's own words: terms, names of people and things, one a line; # begins a comment. */
export function readWordList(file: string = path.join(notebooksFolder, "words.txt")): string[] {
  return fs
    .readFileSync(file, "utf8")
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*$/, "").trim())
    .filter(Boolean);
}

let english: ReadonlySet<string> | undefined;

/** English and the course's words; undefined where the dictionary, a tool for authors, is not installed. */
export function loadSpeller(own: readonly string[] = readWordList()): Speller | undefined {
  const require = createRequire(import.meta.url);
  let folder: string;
  try {
    folder = path.dirname(require.resolve("dictionary-en"));
  } catch {
    return undefined;
  }
  const read = (name: string): string => fs.readFileSync(path.join(folder, name), "utf8");
  english ??= expandDictionary(read("index.aff"), read("index.dic"));
  return spellerOf(new Set([...english, ...own]));
}

/** Words that no list knows, each once a text. Words with digits, code and formulas are not looked at. */
export function spellingFaults(texts: readonly Text[], knows: Speller): string[] {
  return texts.flatMap((text) => {
    const seen = new Set<string>();
    return [...wordsOnly(text.markdown).matchAll(/[\p{L}\p{N}_][\p{L}\p{M}\p{N}_'’]*/gu)].flatMap(
      ({ 0: word, index }) => {
        if (!/^\p{Script=Latin}/u.test(word) || /[\d_]/.test(word) || seen.has(word) || knows(word))
          return [];
        seen.add(word);
        return [`${placeOf(text, index, text.markdown)}: "${word}" is in no word list.`];
      },
    );
  });
}
