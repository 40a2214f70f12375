/** What has been seen of one word. */
export interface WordTally {
  /** Occurrences in all texts. */
  count: number;
  /** Texts in which it occurs. */
  documents: number;
  /** The last of these texts, so that a text counts once. */
  lastDocument: number;
}

/** Words and their numbers, made from the tallies of all texts so far. */
export interface Vocabulary {
  readonly wordIndex: ReadonlyMap<string, number>;
  readonly indexWord: ReadonlyMap<number, string>;
  readonly wordCounts: ReadonlyMap<string, number>;
  readonly wordDocs: ReadonlyMap<string, number>;
}

/**
 * Numbers the words from 1 on by falling count; words with equal counts keep the order in which they first appeared
 * (the tallies are in this order, and sorting is stable). The out-of-vocabulary token comes before all of them.
 */
export function numberWords(
  tallies: ReadonlyMap<string, WordTally>,
  oovToken: string | undefined,
): Vocabulary {
  const ranked = [...tallies].sort(([, a], [, b]) => b.count - a.count).map(([word]) => word);
  const words = oovToken === undefined ? ranked : [oovToken, ...ranked];
  // A text that contains the token itself moves it to the number of that word and leaves 1 unused, as in Keras.
  const wordIndex = new Map(words.map((word, place) => [word, place + 1]));
  return {
    wordIndex,
    indexWord: new Map(Array.from(wordIndex, ([word, index]) => [index, word])),
    wordCounts: new Map(Array.from(tallies, ([word, { count }]) => [word, count])),
    wordDocs: new Map(Array.from(tallies, ([word, { documents }]) => [word, documents])),
  };
}
