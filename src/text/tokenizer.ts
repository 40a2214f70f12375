import { DataError, OptionError } from "../engine/index.js";
import type { SparseMatrix } from "../engine/index.js";
import { checkMode, documentMatrix, type MatrixMode } from "./document-matrix.js";
import { numberWords, type Vocabulary, type WordTally } from "./vocabulary.js";
import { wordSplitter, type WordSequenceOptions } from "./word-sequence.js";

/** A text, or its words already parted; of those only the case is changed. */
export type Text = string | readonly string[];

/** The options of a `Tokenizer`. */
export interface TokenizerOptions extends WordSequenceOptions {
  /**
   * Words with a number below this are kept when texts become sequences or matrices, and a matrix has this many columns;
   * default all. Column 0 stands for no word, so `numWords: 10000` keeps the 9,999 most frequent ones.
   * `wordIndex` always holds all words.
   */
  readonly numWords?: number;
  /** Stands for every word that is unknown or not kept, and gets the number 1; without it such words are left out. */
  readonly oovToken?: string;
  /** Not offered: texts are parted into words. */
  readonly charLevel?: false;
}

/**
 * Numbers the words of texts by frequency and turns texts into sequences of numbers or rows of a matrix: Keras' `Tokenizer`
 * (`keras.preprocessing.text`), name for name and number for number, except that maps are `Map`s
 * (`tokenizer.wordIndex.get("the")`) and matrices are sparse.
 *
 * @example
 * import { Tokenizer } from "gradus";
 * const tokenizer = new Tokenizer({ numWords: 4, oovToken: "<unk>" });
 * tokenizer.fitOnTexts(["the cat sat", "the dog sat", "the end"]);
 * console.log([...tokenizer.wordIndex]);
 * // [
 * //   [ '<unk>', 1 ],
 * //   [ 'the', 2 ],
 * //   [ 'sat', 3 ],
 * //   [ 'cat', 4 ],
 * //   [ 'dog', 5 ],
 * //   [ 'end', 6 ]
 * // ]
 * console.log(tokenizer.textsToSequences(["The cat sat!"])); // [ [ 2, 1, 3 ] ]
 */
export class Tokenizer {
  readonly numWords: number | undefined;
  readonly oovToken: string | undefined;
  readonly #lower: boolean;
  readonly #split: (text: string) => string[];
  readonly #tallies: Map<string, WordTally> = new Map();
  #documentCount = 0;
  #numbered: Vocabulary | undefined;

  /** Throws OptionError for a `numWords` below 2, an empty `split`, or `charLevel: true`. */
  constructor({ numWords, oovToken, charLevel, ...words }: TokenizerOptions = {}) {
    checkOptions({ numWords, oovToken, charLevel });
    this.numWords = numWords;
    this.oovToken = oovToken;
    this.#lower = words.lower ?? true;
    this.#split = wordSplitter("Tokenizer", words);
  }

  /** How many texts it was fitted on. */
  get documentCount(): number {
    return this.#documentCount;
  }

  /** Word → number, from 1 on by falling count; equal counts by first appearance. In this order when iterated. */
  get wordIndex(): ReadonlyMap<string, number> {
    return this.#vocabulary.wordIndex;
  }

  /** Number → word. */
  get indexWord(): ReadonlyMap<number, string> {
    return this.#vocabulary.indexWord;
  }

  /** Word → occurrences in all texts, in order of first appearance. */
  get wordCounts(): ReadonlyMap<string, number> {
    return this.#vocabulary.wordCounts;
  }

  /** Word → texts in which it occurs, in order of first appearance. */
  get wordDocs(): ReadonlyMap<string, number> {
    return this.#vocabulary.wordDocs;
  }

  /**
   * Counts the words of these texts and numbers them anew; a second call adds to the first.
   * Fit on the training texts only. Throws DataError, before anything is counted, if a text is none or there are none.
   *
   * @example
   * import { Tokenizer } from "gradus";
   * const tokenizer = new Tokenizer();
   * tokenizer.fitOnTexts(["to be or not to be"]);
   * console.log(tokenizer.wordCounts.get("be"), tokenizer.wordIndex.get("to"), tokenizer.documentCount);
   * // 2 1 1
   */
  fitOnTexts(texts: readonly Text[]): void {
    checkTexts("tokenizer.fitOnTexts", texts);
    if (texts.length === 0)
      throw new DataError("tokenizer.fitOnTexts", "there are no texts to learn words from");
    for (const text of texts) {
      const document = ++this.#documentCount;
      for (const word of this.#wordsOf(text)) this.#tally(word, document);
    }
    this.#numbered = undefined;
  }

  /**
   * The kept words of each text as numbers. Throws DataError if the tokenizer was not fitted.
   *
   * @example
   * import { Tokenizer } from "gradus";
   * const tokenizer = new Tokenizer();
   * tokenizer.fitOnTexts(["to be or not to be"]);
   * console.log(tokenizer.textsToSequences(["not to be", "be here"])); // [ [ 4, 1, 2 ], [ 2 ] ]
   */
  textsToSequences(texts: readonly Text[]): number[][] {
    checkTexts("tokenizer.textsToSequences", texts);
    this.#checkFitted("tokenizer.textsToSequences");
    return [...this.#sequences(texts)];
  }

  /**
   * The words behind the numbers, joined by spaces; numbers without a kept word are left out or become `oovToken`.
   *
   * @example
   * import { Tokenizer } from "gradus";
   * const tokenizer = new Tokenizer();
   * tokenizer.fitOnTexts(["to be or not to be"]);
   * console.log(tokenizer.sequencesToTexts([[4, 1, 2]])); // [ 'not to be' ]
   */
  sequencesToTexts(sequences: readonly (readonly number[])[]): string[] {
    this.#checkFitted("tokenizer.sequencesToTexts");
    const { indexWord } = this.#vocabulary;
    return sequences.map((sequence) =>
      sequence
        .map((number) => (this.#isKept(number) ? indexWord.get(number) : undefined) ?? this.oovToken)
        .filter((word) => word !== undefined)
        .join(" "),
    );
  }

  /**
   * One row a text, one column a word number, shape [texts, numWords ?? words + 1]. For a word that occurs c times in a text
   * of n kept words: `binary` 1, `count` c, `freq` c / n, and `tfidf` (1 + ln c) · ln(1 + N / (1 + d)), where d of the
   * N fitted texts have the word. Throws DataError if the tokenizer was not fitted, OptionError for another mode.
   *
   * @example
   * import { Tokenizer } from "gradus";
   * const tokenizer = new Tokenizer();
   * tokenizer.fitOnTexts(["good film", "bad film"]);
   * const x = tokenizer.textsToMatrix(["film, film, good film"], { mode: "count" });
   * console.log([...tokenizer.wordIndex.keys()], x.row(0)); // [ 'film', 'good', 'bad' ] [ 0, 3, 1, 0 ]
   * console.log(x); // SparseMatrix [1, 4] float32, 2 values stored (50 %)
   */
  textsToMatrix(
    texts: readonly Text[],
    { mode = "binary" }: { readonly mode?: MatrixMode } = {},
  ): SparseMatrix {
    checkTexts("tokenizer.textsToMatrix", texts);
    this.#checkFitted("tokenizer.textsToMatrix");
    return this.#matrix("tokenizer.textsToMatrix", this.#sequences(texts), mode);
  }

  /**
   * `textsToMatrix` of sequences of word numbers; with `numWords`, all modes but tfidf need no fitting.
   *
   * @example
   * import { Tokenizer } from "gradus";
   * const tokenizer = new Tokenizer({ numWords: 5 });
   * console.log(tokenizer.sequencesToMatrix([[1, 1, 3]], { mode: "count" }).row(0)); // [ 0, 2, 0, 1, 0 ]
   */
  sequencesToMatrix(
    sequences: readonly (readonly number[])[],
    { mode = "binary" }: { readonly mode?: MatrixMode } = {},
  ): SparseMatrix {
    const operation = "tokenizer.sequencesToMatrix";
    if (this.numWords === undefined || mode === "tfidf") this.#checkFitted(operation);
    return this.#matrix(operation, sequences, mode);
  }

  #matrix(operation: string, sequences: Iterable<readonly number[]>, mode: MatrixMode): SparseMatrix {
    const { wordIndex, indexWord } = this.#vocabulary;
    return documentMatrix(sequences, {
      operation,
      cols: this.numWords ?? wordIndex.size + 1,
      mode: checkMode(operation, mode),
      idf: (column) => {
        const word = indexWord.get(column);
        const documents = word === undefined ? 0 : (this.#tallies.get(word)?.documents ?? 0);
        return Math.log(1 + this.#documentCount / (1 + documents));
      },
    });
  }

  *#sequences(texts: readonly Text[]): Generator<number[]> {
    const { wordIndex } = this.#vocabulary;
    const unknown = this.oovToken === undefined ? undefined : wordIndex.get(this.oovToken);
    for (const text of texts) {
      const sequence: number[] = [];
      for (const word of this.#wordsOf(text)) {
        const number = wordIndex.get(word);
        const kept = number !== undefined && this.#isKept(number) ? number : unknown;
        if (kept !== undefined) sequence.push(kept);
      }
      yield sequence;
    }
  }

  #wordsOf(text: Text): readonly string[] {
    if (typeof text === "string") return this.#split(text);
    return this.#lower ? text.map((word) => word.toLowerCase()) : text;
  }

  #tally(word: string, document: number): void {
    const tally = this.#tallies.get(word);
    if (tally === undefined) {
      this.#tallies.set(word, { count: 1, documents: 1, lastDocument: document });
      return;
    }
    tally.count++;
    if (tally.lastDocument === document) return;
    tally.documents++;
    tally.lastDocument = document;
  }

  #isKept(number: number): boolean {
    return this.numWords === undefined || number < this.numWords;
  }

  /** Numbered on first use: fitting text by text would otherwise sort all words each time. */
  get #vocabulary(): Vocabulary {
    return (this.#numbered ??= numberWords(
      this.#tallies,
      this.#documentCount === 0 ? undefined : this.oovToken,
    ));
  }

  #checkFitted(operation: string): void {
    if (this.#documentCount > 0) return;
    throw new DataError(operation, "the tokenizer knows no words yet; call fitOnTexts(trainingTexts) first");
  }
}

function checkOptions({
  numWords,
  oovToken,
  charLevel,
}: Record<"numWords" | "oovToken" | "charLevel", unknown>): void {
  const refuse = (option: string, value: unknown, rule: string): never => {
    throw new OptionError(`Tokenizer: ${option} must be ${rule}, got ${String(value)}.`, { option, value });
  };
  if (numWords !== undefined && !(Number.isSafeInteger(numWords) && (numWords as number) >= 2)) {
    refuse("numWords", numWords, "a whole number of at least 2 (0 stands for no word)");
  }
  if (oovToken !== undefined && typeof oovToken !== "string") refuse("oovToken", oovToken, "a text");
  if (charLevel !== undefined && charLevel !== false) {
    refuse(
      "charLevel",
      charLevel,
      "left out: only words can be numbered. For letters, hand over lists such as [...text]",
    );
  }
}

function checkTexts(operation: string, texts: readonly Text[]): void {
  if (typeof texts === "string") {
    throw new DataError(operation, "texts must be a list of texts, got a single text. Did you mean [text]?");
  }
  if (!Array.isArray(texts))
    throw new DataError(operation, `texts must be a list of texts, got ${typeof texts}`);
  for (const [place, text] of (texts as readonly unknown[]).entries()) {
    if (typeof text === "string") continue;
    if (!Array.isArray(text)) {
      throw new DataError(
        operation,
        `text ${place} (counted from 0) must be a text or a list of words, got ${String(text)}`,
      );
    }
    const odd = text.findIndex((word) => typeof word !== "string");
    if (odd >= 0) {
      throw new DataError(
        operation,
        `word ${odd} of text ${place} (both counted from 0) is ${String(text[odd])}, no text`,
      );
    }
  }
}
