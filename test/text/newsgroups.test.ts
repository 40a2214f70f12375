import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { Tokenizer } from "../../src/text/index.js";
import { readNewsgroups, type Post } from "./newsgroups-archive.js";
import { mersenneTwister } from "./numpy-shuffle.js";

test("the Mersenne twister gives the numbers of its authors", () => {
  // Seed 5489: the 10,000th number, from the C++ standard, [rand.predef].
  const next = mersenneTwister(5489);
  const numbers = Array.from({ length: 10_000 }, next);
  expect(numbers[9_999]).toBe(4123659995);
});

const folder = process.env.GRADUS_DATA;
const file = folder === undefined ? undefined : path.join(folder, "20news-bydate.tar.gz");
const present = file !== undefined && fs.existsSync(file);

// The posts have no licence and hold names and addresses: nothing of their text may reach a message of a failing test.
describe.skipIf(!present)(
  present
    ? "20 Newsgroups"
    : "20 Newsgroups (skipped: GRADUS_DATA names no folder with 20news-bydate.tar.gz)",
  () => {
    const read = (shuffled: boolean): { train: Post[]; test: Post[] } =>
      readNewsgroups(fs.readFileSync(file!), { shuffled });
    const textsOf = (posts: readonly Post[]): string[] => posts.map(({ text }) => text);

    test(
      "in scikit-learn's order, the first word is `the` and the 9,999th `mic`, as in Keras",
      { timeout: 60_000 },
      () => {
        const { train, test: held } = read(true);
        expect([train.length, held.length]).toEqual([11_314, 7_532]);
        // COURSE.md, section E3: the first training post is of group 7, rec.autos.
        const groups = [...new Set(train.map(({ group }) => group))].sort();
        expect([groups.length, groups.indexOf(train[0].group), train[0].group]).toEqual([20, 7, "rec.autos"]);

        const tokenizer = new Tokenizer({ numWords: 10_000 });
        tokenizer.fitOnTexts(textsOf(train));
        expect(tokenizer.wordIndex.size).toBe(134_137);
        expect(tokenizer.indexWord.get(1)).toBe("the");
        expect(tokenizer.indexWord.get(9_999)).toBe("mic");
        const xTrain = tokenizer.textsToMatrix(textsOf(train), { mode: "tfidf" });
        const xTest = tokenizer.textsToMatrix(textsOf(held), { mode: "tfidf" });
        expect(xTrain.shape).toEqual([11_314, 10_000]);
        expect(xTest.shape).toEqual([7_532, 10_000]);
      },
    );

    test(
      "in the order of folders the counts are the same, but another word of 27 occurrences is the 9,999th",
      { timeout: 60_000 },
      () => {
        const fit = (shuffled: boolean): Tokenizer => {
          const tokenizer = new Tokenizer();
          tokenizer.fitOnTexts(textsOf(read(shuffled).train));
          return tokenizer;
        };
        const [folders, shuffled] = [fit(false), fit(true)];
        expect(folders.indexWord.get(1)).toBe("the");
        expect(folders.wordCounts.get("mic")).toBe(shuffled.wordCounts.get("mic"));
        expect(folders.wordCounts.get(folders.indexWord.get(9_999)!)).toBe(27);
        expect(folders.wordIndex.get("mic") === 9_999).toBe(false);
      },
    );
  },
);
