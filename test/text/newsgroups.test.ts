import { describe, expect, test } from "vitest";
import { loadNewsgroups } from "../../src/datasets/index.js";
import { Tokenizer } from "../../src/text/index.js";
import { realNewsgroups } from "../datasets/real-data.js";

// The posts have no licence and hold names and addresses: nothing of their text may reach a message of a failing test.
describe.skipIf(!realNewsgroups.present)(`the tokenizer on 20 Newsgroups${realNewsgroups.note}`, () => {
  const textsOf = (subset: "train" | "test", shuffle = true): readonly string[] =>
    loadNewsgroups({ subset, shuffle, synthetic: false }).texts;

  test(
    "in scikit-learn's order, the first word is `the` and the 9,999th `mic`, as in Keras",
    { timeout: 60_000 },
    () => {
      // COURSE.md, section E3.
      const [train, held] = [textsOf("train"), textsOf("test")];
      const tokenizer = new Tokenizer({ numWords: 10_000 });
      tokenizer.fitOnTexts(train);
      expect(tokenizer.wordIndex.size).toBe(134_137);
      expect(tokenizer.indexWord.get(1)).toBe("the");
      expect(tokenizer.indexWord.get(9_999)).toBe("mic");
      expect(tokenizer.textsToMatrix(train, { mode: "tfidf" }).shape).toEqual([11_314, 10_000]);
      expect(tokenizer.textsToMatrix(held, { mode: "tfidf" }).shape).toEqual([7_532, 10_000]);
    },
  );

  test(
    "unshuffled the counts are the same, but another word of 27 occurrences is the 9,999th",
    { timeout: 60_000 },
    () => {
      const fit = (shuffle: boolean): Tokenizer => {
        const tokenizer = new Tokenizer();
        tokenizer.fitOnTexts(textsOf("train", shuffle));
        return tokenizer;
      };
      const [unpacked, shuffled] = [fit(false), fit(true)];
      expect(unpacked.indexWord.get(1)).toBe("the");
      expect(unpacked.wordCounts.get("mic")).toBe(shuffled.wordCounts.get("mic"));
      expect(unpacked.wordCounts.get(unpacked.indexWord.get(9_999)!)).toBe(27);
      expect(unpacked.wordIndex.get("mic") === 9_999).toBe(false);
    },
  );
});
