import { describe, expect, test } from "vitest";
import { textToWordSequence, Tokenizer } from "../../src/text/index.js";
import type { MatrixMode, Text } from "../../src/text/index.js";
import { keras } from "./keras-answers.js";

const modes: readonly MatrixMode[] = ["binary", "count", "tfidf", "freq"];
const course = ["the cat sat", "the cat ate the fish", "a dog ate", "the dog and the cat and the fish"];

test.each(keras.words)("the words of $text are Keras' words", ({ text, words }) => {
  expect(textToWordSequence(text)).toEqual(words);
});

describe.each(keras.tokenizers)("$name: as in Keras", (answers) => {
  const tokenizer = new Tokenizer(answers.options);
  tokenizer.fitOnTexts(answers.texts);
  if (answers.refit.length > 0) tokenizer.fitOnTexts(answers.refit);

  test("words are counted and numbered, ties by first appearance", () => {
    expect(tokenizer.documentCount).toBe(answers.documentCount);
    expect([...tokenizer.wordIndex]).toEqual(answers.wordIndex);
    expect([...tokenizer.indexWord]).toEqual(answers.indexWord);
    expect([...tokenizer.wordCounts]).toEqual(answers.wordCounts);
    expect(tokenizer.wordDocs).toEqual(new Map(answers.wordDocs));
  });

  test("texts become sequences, and sequences texts", () => {
    const sequences = tokenizer.textsToSequences(answers.other);
    expect(sequences).toEqual(answers.sequences);
    expect(tokenizer.sequencesToTexts([...sequences, [0, 1, 2, 3, 10_000]])).toEqual(answers["texts back"]);
  });

  test.each(modes)("the %s matrix has the same numbers, rounded to float32", (mode) => {
    const { shape, rows } = answers.matrices[mode];
    const matrix = tokenizer.textsToMatrix(answers.other, { mode });
    expect(matrix.shape).toEqual(shape);
    rows.forEach((row, r) => {
      const { columns, values } = matrix.entries(r);
      expect([...columns]).toEqual(row.map(([column]) => column));
      // One unit in the last place of float32: the logarithms of numpy and V8 may differ in the last bit of float64.
      row.forEach(([, value], place) =>
        expect(Math.abs(values[place] - value)).toBeLessThanOrEqual(2 ** -23 * value),
      );
    });
    expect(tokenizer.sequencesToMatrix(answers.sequences, { mode }).values).toEqual(matrix.values);
  });
});

test("the course's golden numbers, as printed there", () => {
  const tokenizer = new Tokenizer({ numWords: 6 });
  tokenizer.fitOnTexts(course);
  expect([...tokenizer.wordIndex.keys()]).toEqual(["the", "cat", "ate", "fish", "dog", "and", "sat", "a"]);
  const printed = (mode: MatrixMode): number[][] =>
    tokenizer
      .textsToMatrix(course, { mode })
      .toMatrix()
      .toArray()
      .map((row) => row.map((value) => Number(value.toFixed(4))));
  // COURSE.md, section E4.
  expect(printed("tfidf")).toEqual([
    [0, 0.6931, 0.6931, 0, 0, 0],
    [0, 1.1736, 0.6931, 0.8473, 0.8473, 0],
    [0, 0, 0, 0.8473, 0, 0.8473],
    [0, 1.4546, 0.6931, 0, 0.8473, 0.8473],
  ]);
  expect(printed("freq")).toEqual([
    [0, 0.5, 0.5, 0, 0, 0],
    [0, 0.4, 0.2, 0.2, 0.2, 0],
    [0, 0, 0, 0.5, 0, 0.5],
    [0, 0.5, 0.1667, 0, 0.1667, 0.1667],
  ]);
});

test("fitting in two calls is fitting once on all texts", () => {
  const [whole, parts] = [new Tokenizer(), new Tokenizer()];
  whole.fitOnTexts(course);
  parts.fitOnTexts(course.slice(0, 1));
  expect(parts.wordIndex.get("sat")).toBe(3);
  parts.fitOnTexts(course.slice(1));
  expect([...parts.wordIndex]).toEqual([...whole.wordIndex]);
  expect(parts.wordDocs).toEqual(whole.wordDocs);
  expect(parts.documentCount).toBe(4);
});

test("rows of freq sum to 1, and count is freq times the length", () => {
  const tokenizer = new Tokenizer();
  tokenizer.fitOnTexts(course);
  const count = tokenizer.textsToMatrix(course, { mode: "count" });
  const freq = tokenizer.textsToMatrix(course, { mode: "freq" });
  for (let r = 0; r < 4; r++) {
    const length = count.row(r).reduce((sum, value) => sum + value, 0);
    expect(length).toBe(course[r].split(" ").length);
    expect(freq.row(r)).toEqual(count.row(r).map((value) => Math.fround(value / length)));
  }
});

test("sequences of a data set that is numbered already need no fitting", () => {
  const tokenizer = new Tokenizer({ numWords: 4 });
  expect(
    tokenizer
      .sequencesToMatrix([[1, 3, 9, 3]], { mode: "count" })
      .toMatrix()
      .toArray(),
  ).toEqual([[0, 1, 0, 2]]);
});

const fitted = new Tokenizer();
fitted.fitOnTexts(course);

test.each([
  [
    () => new Tokenizer({ charLevel: true as never }),
    "Tokenizer: charLevel must be left out: only words can be numbered. For letters, hand over lists such as [...text], got true.",
  ],
  [
    () => new Tokenizer({ numWords: 1 }),
    "Tokenizer: numWords must be a whole number of at least 2 (0 stands for no word), got 1.",
  ],
  [() => new Tokenizer({ oovToken: 3 as never }), "Tokenizer: oovToken must be a text, got 3."],
  [
    () => new Tokenizer({ split: "" }),
    'Tokenizer: split must be at least one character, got "". A space is the usual one.',
  ],
  [() => new Tokenizer({ filters: null as never }), "Tokenizer: filters must be a text, got null."],
  [
    () => new Tokenizer().fitOnTexts("one text" as never),
    "tokenizer.fitOnTexts: texts must be a list of texts, got a single text. Did you mean [text]?",
  ],
  [
    () => new Tokenizer().fitOnTexts(7 as never),
    "tokenizer.fitOnTexts: texts must be a list of texts, got number",
  ],
  [() => new Tokenizer().fitOnTexts([]), "tokenizer.fitOnTexts: there are no texts to learn words from"],
  [
    () => new Tokenizer().fitOnTexts(["a", undefined as unknown as Text]),
    "tokenizer.fitOnTexts: text 1 (counted from 0) must be a text or a list of words, got undefined",
  ],
  [
    () => new Tokenizer().fitOnTexts([["a", 5 as unknown as string]]),
    "tokenizer.fitOnTexts: word 1 of text 0 (both counted from 0) is 5, no text",
  ],
  [
    () => new Tokenizer().textsToSequences(["a"]),
    "tokenizer.textsToSequences: the tokenizer knows no words yet; call fitOnTexts(trainingTexts) first",
  ],
  [
    () => new Tokenizer().textsToMatrix(["a"]),
    "tokenizer.textsToMatrix: the tokenizer knows no words yet; call fitOnTexts(trainingTexts) first",
  ],
  [
    () => new Tokenizer({ numWords: 4 }).sequencesToMatrix([[1]], { mode: "tfidf" }),
    "tokenizer.sequencesToMatrix: the tokenizer knows no words yet; call fitOnTexts(trainingTexts) first",
  ],
  [
    () => fitted.sequencesToMatrix([[1], [2, -1]]),
    "tokenizer.sequencesToMatrix: sequence 1 has -1; a word's number is 0, 1, 2, …",
  ],
  [
    () => fitted.textsToMatrix(course, { mode: "tf-idf" as never }),
    'tokenizer.textsToMatrix: mode must be one of binary, count, tfidf, freq, got "tf-idf".',
  ],
])("bad use is refused (%#)", (call, message) => {
  expect(call).toThrow(message);
});

test("a text that is none leaves the counts as they were", () => {
  const tokenizer = new Tokenizer();
  tokenizer.fitOnTexts(course);
  expect(() => tokenizer.fitOnTexts(["new words", null as unknown as string])).toThrow("text 1");
  expect(tokenizer.documentCount).toBe(4);
  expect(tokenizer.wordIndex.has("new")).toBe(false);
});
