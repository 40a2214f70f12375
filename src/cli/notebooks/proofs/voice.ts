import { placeOf, type Text, wordsOnly } from "../prose.js";

/** Words that tell a learner how to feel about a step, or praise instead of saying. */
const unwanted = /\b(simply|just|obviously|easy|powerful|delve|crucial|seamless(?:ly)?)\b/gi;

/** Words of the voice that we don't use, and exclamation marks. Quoted speech counts too. */
export function voiceFaults(texts: readonly Text[]): string[] {
  return texts.flatMap((text) => {
    const prose = wordsOnly(text.markdown);
    const found = [...prose.matchAll(unwanted)].map(({ 0: word, index }) => ({
      index,
      says: `"${word}" is a word that the course does not use.`,
    }));
    const loud = [...prose.matchAll(/!/g)].map(({ index }) => ({
      index,
      says: "an exclamation mark in the prose.",
    }));
    return [...found, ...loud].map(({ index, says }) => `${placeOf(text, index, text.markdown)}: ${says}`);
  });
}

/** Sentences that are long for a reader whose language is another one. A report, not a fault. */
export function longSentences(texts: readonly Text[], { words = 30 }: { words?: number } = {}): string[] {
  return texts.flatMap((text) => {
    const prose = wordsOnly(text.markdown).replace(/^\s*\|.*$/gm, (row) => row.replace(/[^\n]/g, " "));
    return [...prose.matchAll(/[^.?:;|\n]+(?:\n(?!\s*\n)[^.?:;|\n]+)*/g)].flatMap(
      ({ 0: sentence, index }) => {
        const count = sentence.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;
        return count > words ? [`${placeOf(text, index, text.markdown)}: a sentence of ${count} words.`] : [];
      },
    );
  });
}
