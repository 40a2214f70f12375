/** A part of a post that can give the group away without a word of its subject. */
export type RemovablePart = "headers" | "footers" | "quotes";

const removers: Readonly<Record<RemovablePart, (text: string) => string>> = {
  headers: withoutHeader,
  footers: withoutFooter,
  quotes: withoutQuotes,
};

export const removableParts: readonly RemovablePart[] = Object.keys(removers) as RemovablePart[];

/** The text without these parts, by the rules of scikit-learn's `fetch_20newsgroups`, always in the order headers, footers, quotes. */
export function withoutParts(text: string, remove: readonly RemovablePart[]): string {
  return removableParts
    .filter((part) => remove.includes(part))
    .reduce((left, part) => removers[part](left), text);
}

/** What follows the first blank line; nothing if there is none. */
function withoutHeader(text: string): string {
  const blank = text.indexOf("\n\n");
  return blank < 0 ? "" : text.slice(blank + 2);
}

// What Python's strip() removes in ISO 8859-1; JavaScript's trim() leaves the control characters and U+0085.
const outerSpace = /^[\s\x1c-\x1f\x85]+|[\s\x1c-\x1f\x85]+$/g;

/** The text up to its last blank line or line of hyphens, where a signature is taken to begin. */
function withoutFooter(text: string): string {
  const lines = text.replace(outerSpace, "").split("\n");
  const last = lines.findLastIndex((line) => /^-*$/.test(line.replace(outerSpace, "")));
  return last > 0 ? lines.slice(0, last).join("\n") : text;
}

const quoting = /writes in|writes:|wrote:|says:|said:|^In article|^Quoted from|^\||^>/;

/** The lines that neither quote somebody nor announce a quotation. */
function withoutQuotes(text: string): string {
  return text
    .split("\n")
    .filter((line) => !quoting.test(line))
    .join("\n");
}
