import { readFileSync } from "node:fs";
import type { MatrixMode, Text, TokenizerOptions } from "../../src/text/index.js";

export interface TokenizerAnswers {
  name: string;
  options: TokenizerOptions;
  texts: Text[];
  refit: Text[];
  other: Text[];
  documentCount: number;
  wordIndex: [string, number][];
  indexWord: [number, string][];
  wordCounts: [string, number][];
  /** Sorted by word: Keras' own order is that of a set. */
  wordDocs: [string, number][];
  sequences: number[][];
  "texts back": string[];
  matrices: Record<MatrixMode, { shape: [number, number]; rows: [column: number, value: number][][] }>;
}

/** The answers of Keras 3.15.1's Tokenizer, written by fixtures/text/make_tokenizer.py. */
export const keras = JSON.parse(
  readFileSync(new URL("../fixtures/text/tokenizer.json", import.meta.url), "utf8"),
) as { madeWith: string; words: { text: string; words: string[] }[]; tokenizers: TokenizerAnswers[] };
