import {
  close,
  defineExercises,
  duplicateRows,
  each,
  exercise,
  expectSame,
  fail,
  fitStandardizer,
  forInputs,
  inWords,
  pass,
  Random,
  type Verdict,
} from "gradus";

interface Shares {
  firstTestSize: number;
  secondTestSize: number;
  rows: number[];
}
const goodShares: Shares = { firstTestSize: 0.5, secondTestSize: 0.4, rows: [100, 60, 40] };

/** A number that the learner computed: never shown, only doubted with a note. */
const computed = (got: number, right: number, on: string, note: string): Verdict =>
  close(got, right) ? pass : fail({ on, got, note });

interface Prepared {
  train: number[][];
  test: number[][];
}
interface LeakAnswer {
  seenBefore: (parts: Prepared) => number;
  mended: (x: number[][], seed: number) => Prepared;
}

const cut = (x: number[][], seed: number): Prepared => {
  const order = new Random(seed).permutation(x.length);
  const count = Math.ceil(x.length / 4);
  return {
    test: order.slice(0, count).map((row) => x[row]),
    train: order.slice(count).map((row) => x[row]),
  };
};
const scaledBy = (x: number[][], { train, test }: Prepared): Prepared => {
  const scaler = fitStandardizer(x);
  return { train: scaler.transform(train).toArray(), test: scaler.transform(test).toArray() };
};
const distinct = (x: number[][]): number[][] => duplicateRows(x).firstIndices.map((row) => x[row]);
const colleague = (x: number[][], seed: number): Prepared => scaledBy(x, cut(x, seed));
const goodMended = (x: number[][], seed: number): Prepared => {
  const parts = cut(distinct(x), seed);
  return scaledBy(parts.train, parts);
};
const goodSeen = ({ train, test }: Prepared): number => {
  const known = new Set(train.map((row) => row.join()));
  return test.filter((row) => known.has(row.join())).length;
};

/** 24 different rows of two columns, and 8 copies of the first ones. */
const plain: number[][] = Array.from({ length: 24 }, (_, i) => [i, (i * i) % 7]);
const copied: number[][] = [...plain, ...plain.slice(0, 8)];
const seenIn = ({ seenBefore }: LeakAnswer, parts: Prepared, on: string, expected: number): Verdict =>
  expectSame(
    seenBefore({ train: parts.train.map((r) => [...r]), test: parts.test.map((r) => [...r]) }),
    expected,
    {
      on,
    },
  );

const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9;
const meanOf = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
const partsOf = ({ mended }: LeakAnswer, x: number[][], seed: number): Prepared =>
  mended(
    x.map((row) => [...row]),
    seed,
  );
const sizesOf = (parts: Prepared): number[] => [parts.train.length, parts.test.length];

/** What `seenBefore` makes of a few rows, each written as two digits: "12 34" is [[1, 2], [3, 4]]. */
const seenAmong = ({ seenBefore }: LeakAnswer, train: string, test: string): number => {
  const rows = (text: string): number[][] => text.split(" ").map((row) => [...row].map(Number));
  return seenBefore({ train: rows(train), test: rows(test) });
};
const countsPairs = (answer: LeakAnswer): boolean => seenAmong(answer, "34 34", "34 34") === 4;

/** Which rows of `plain` are test rows, by their place in the first column; no scaler changes that order. */
function testPlaces(answer: LeakAnswer, seed: number): string {
  const { train, test } = partsOf(answer, plain, seed);
  const values = [...train, ...test].map(([v]) => v).sort((a, b) => a - b);
  return test
    .map(([v]) => values.indexOf(v))
    .sort((a, b) => a - b)
    .join(" ");
}

/** The first column of `plain` holds whole numbers, and no scaler leaves them whole. */
const unscaled = (answer: LeakAnswer, part: keyof Prepared): boolean =>
  partsOf(answer, plain, 3)[part].every(([v]) => Number.isInteger(v));

function orderVerdict(answer: LeakAnswer): Verdict {
  if (testPlaces(answer, 5) !== testPlaces(answer, 5))
    return fail({ on: "seed 5, twice", note: "The same seed should set the same rows aside." });
  if (new Set([1, 2, 3, 4].map((seed) => testPlaces(answer, seed))).size > 1) return pass;
  return fail({ on: "seeds 1, 2, 3 and 4", note: "All four seeds set the same rows aside for testing." });
}

function scalerVerdict(answer: LeakAnswer): Verdict {
  return each([0, 1], (column) => {
    const { train } = partsOf(answer, plain, 3);
    const values = train.map((row) => row[column]);
    const average = meanOf(values);
    const spread = Math.sqrt(meanOf(values.map((v) => (v - average) ** 2)));
    if (near(average, 0) && near(spread, 1)) return pass;
    return fail({
      on: `training rows without copies, column ${column}`,
      expected: inWords("mean 0 and standard deviation 1"),
      got: inWords(`mean ${average.toFixed(3)} and standard deviation ${spread.toFixed(3)}`),
    });
  });
}

/** Both parts must be moved and stretched alike: the columns of all rows lie as in the table. */
function alikeVerdict(answer: LeakAnswer): Verdict {
  const { train, test } = partsOf(answer, plain, 3);
  const right = goodMended(plain, 3);
  const values = (parts: Prepared): number[] =>
    [...parts.train, ...parts.test].map(([v]) => v).sort((a, b) => a - b);
  // Whatever the scaler is, the distances between neighbours are equal if both parts went through the same one.
  const steps = (list: number[]): number[] => list.slice(1).map((v, i) => v - list[i]);
  const [own, reference] = [steps(values({ train, test })), steps(values(right))];
  const ratios = own.map((step, i) => step / reference[i]);
  if (own.length === reference.length && ratios.every((ratio) => Math.abs(ratio - ratios[0]) < 1e-6))
    return pass;
  return fail({
    on: "a table whose first column counts 0, 1, 2, ...",
    note: "After scaling, the values of both parts together should still lie at equal distances.",
  });
}

interface Turn {
  learn: number[];
  hold: number[];
}
type Folds = (rows: number, k: number) => Turn[];
const upTo = (rows: number): number[] => Array.from({ length: rows }, (_, row) => row);
const goodFolds: Folds = (rows, k) =>
  upTo(k).map((fold) => ({
    learn: upTo(rows).filter((row) => row % k !== fold),
    hold: upTo(rows).filter((row) => row % k === fold),
  }));
const foldCases: readonly (readonly [number, number])[] = [
  [6, 3],
  [10, 5],
  [7, 3],
  [20, 6],
  [4, 4],
];
const sorted = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);
const sameRows = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && sorted(a).every((row, i) => row === sorted(b)[i]);
const forFolds = (folds: Folds, test: (turns: Turn[], rows: number, on: string) => Verdict): Verdict =>
  each(foldCases, ([rows, k]) => test(folds(rows, k), rows, `folds(${rows}, ${k})`));

interface Parts {
  bias: number;
  variance: number;
}
type BiasVariance = (predictions: number[], truth: number) => Parts;
const goodBias: BiasVariance = (predictions, truth) => {
  const average = meanOf(predictions);
  return { bias: average - truth, variance: meanOf(predictions.map((p) => (p - average) ** 2)) };
};
const biasCases: readonly {
  readonly kind: string;
  readonly predictions: number[];
  readonly truth: number;
}[] = [
  // First a case in which every usual slip gives a number of its own, so that no hint speaks of another one.
  { kind: "predictions 0, 2, 3, 7, truth 1", predictions: [0, 2, 3, 7], truth: 1 },
  { kind: "predictions 4, 4, 4, truth 6", predictions: [4, 4, 4], truth: 6 },
  { kind: "predictions -1, 3, truth 1", predictions: [-1, 3], truth: 1 },
  { kind: "predictions 1 and 5, truth 2", predictions: [1, 5], truth: 2 },
];
const biasField = (f: BiasVariance, name: keyof Parts): Verdict =>
  each(biasCases, ({ kind, predictions, truth }) =>
    expectSame(f([...predictions], truth)[name], goodBias(predictions, truth)[name], {
      on: `${kind}: ${name}`,
    }),
  );

interface Reading {
  last: number;
  best: number;
}
interface Readings {
  patience2: Reading;
  patience3: Reading;
}

type StopAt = (losses: number[], patience: number) => Reading;
const goodStop: StopAt = (losses, patience) => {
  let best = 0;
  for (let epoch = 1; epoch < losses.length; epoch++) {
    if (losses[epoch] < losses[best]) best = epoch;
    else if (epoch - best >= patience) return { last: epoch, best };
  }
  return { last: losses.length - 1, best };
};
const stops = (stopAt: StopAt, inputs: [number[], number][], note?: string): Verdict =>
  forInputs(stopAt, { inputs, expected: goodStop, name: "stopAt", ...(note === undefined ? {} : { note }) });

interface Broken {
  candidates: number;
  rows: number;
  enough: number;
}

/** As in the lesson: the best score of coin tossers, mean of ten repetitions. */
function coinWinner(candidates: number, rows: number): number {
  const random = new Random(12);
  let total = 0;
  for (let repetition = 0; repetition < 10; repetition++) {
    let most = 0;
    for (let c = 0; c < candidates; c++) {
      let right = 0;
      for (let row = 0; row < rows; row++) right += random.int(2);
      most = Math.max(most, right / rows);
    }
    total += most;
  }
  return total / 10;
}
const whole = (value: number, low: number, high: number): boolean =>
  Number.isInteger(value) && value >= low && value <= high;
const allowed = ({ candidates, rows, enough }: Broken): boolean =>
  whole(candidates, 1, 1000) && whole(rows, 10, 2000) && whole(enough, 10, 2000);

export default defineExercises({
  "12-two-splits": exercise<Shares>({
    stub: { firstTestSize: NaN, secondTestSize: NaN, rows: [0, 0, 0] },
    checks: [
      {
        says: "the first split sets the right share aside",
        test: ({ firstTestSize }) =>
          computed(
            firstTestSize,
            0.5,
            "firstTestSize",
            "Validation and test together are how many parts of ten?",
          ),
      },
      {
        says: "the second split cuts it into validation and test",
        test: ({ secondTestSize }) =>
          computed(
            secondTestSize,
            0.4,
            "secondTestSize",
            "The second split sees only the rows that were set aside.",
          ),
      },
      {
        says: "200 rows go to the three parts",
        test: ({ rows }) =>
          rows.length === 3 && rows.every((count, i) => count === goodShares.rows[i])
            ? pass
            : fail({ on: "rows", got: rows, note: "In the order training, validation, test." }),
      },
    ],
    wrong: [
      {
        answer: { ...goodShares, firstTestSize: 0.2, secondTestSize: 0.3 },
        means: "takes the shares as they stand, test first",
        hint: "That sets only the test rows aside. Which rows must the second split get?",
        when: ({ firstTestSize }) => close(firstTestSize, 0.2),
      },
      {
        answer: { ...goodShares, secondTestSize: 0.2 },
        means: "takes the test share of the whole table",
        hint: "0.2 of the whole table is right, but the second split sees only half of it. What share of that half is it?",
        when: ({ firstTestSize, secondTestSize }) => close(firstTestSize, 0.5) && close(secondTestSize, 0.2),
      },
      {
        answer: { ...goodShares, secondTestSize: 0.3 },
        means: "takes the validation share of the whole table",
        hint: "0.3 is the share of the validation rows in the whole table. Which rows does the second split see, and whose share is `testSize`?",
        when: ({ secondTestSize }) => close(secondTestSize, 0.3),
      },
      {
        answer: { ...goodShares, secondTestSize: 0.6 },
        means: "gives the validation share",
        hint: "0.6 is the share of the validation rows. Whose share does `testSize` name?",
        when: ({ secondTestSize }) => close(secondTestSize, 0.6),
      },
      {
        answer: { ...goodShares, firstTestSize: 0.4, secondTestSize: 0.5, rows: [120, 40, 40] },
        means: "repeats 60/20/20",
        hint: "These are the values for 60, 20 and 20 %. How many parts of ten leave the training set now?",
        when: ({ firstTestSize }) => close(firstTestSize, 0.4),
      },
      {
        answer: { ...goodShares, rows: [100, 40, 60] },
        means: "exchanges validation and test",
        hint: "The three numbers stand for training, validation, test. Which part is the smallest?",
        when: ({ rows }) => rows[1] === 40 && rows[2] === 60,
      },
    ],
    hints: [
      "The first split parts training from the other two. How many of ten parts are the other two?",
      "5 of 10 go aside. Of these 5 parts, 2 are for the test.",
      "`firstTestSize` is 5 / 10, `secondTestSize` is 2 / 5. Then multiply with 200.",
    ],
    praise: "You can make any three parts with two splits.",
  }),

  "12-leak": exercise<LeakAnswer>({
    stub: { seenBefore: () => NaN, mended: colleague },
    checks: [
      {
        says: "the proof counts the test rows that were seen before",
        test: (answer) =>
          seenIn(
            answer,
            {
              train: [
                [1, 2],
                [3, 4],
                [5, 6],
              ],
              test: [
                [3, 4],
                [7, 8],
                [1, 2],
              ],
            },
            "two of three test rows are copies",
            2,
          ),
      },
      {
        says: "it counts a test row once, however often it was trained on",
        test: (answer) =>
          seenIn(
            answer,
            {
              train: [
                [1, 2],
                [1, 2],
                [5, 6],
              ],
              test: [
                [1, 2],
                [9, 9],
              ],
            },
            "a test row that occurs twice among the training rows",
            1,
          ),
      },
      {
        says: "it compares whole rows",
        test: (answer) =>
          seenIn(
            answer,
            {
              train: [
                [1, 2],
                [3, 4],
              ],
              test: [
                [1, 4],
                [2, 1],
              ],
            },
            "rows that share single numbers only",
            0,
          ),
      },
      {
        says: "mended leaves no test row that was seen before",
        test: (answer) =>
          each([1, 2, 3, 4], (seed) => {
            const count = goodSeen(partsOf(answer, copied, seed));
            return count === 0
              ? pass
              : fail({ on: `32 rows, 8 of them copies, seed ${seed}`, expected: 0, got: count });
          }),
      },
      {
        says: "mended keeps every different row once, a quarter of them for testing",
        test: (answer) =>
          expectSame(sizesOf(partsOf(answer, copied, 1)), [18, 6], { on: "sizes of train and test" }),
      },
      {
        says: "the seed decides which rows are for testing",
        test: orderVerdict,
      },
      {
        says: "the scaler knows the training rows only",
        test: scalerVerdict,
      },
      {
        says: "the test rows go through the same scaler",
        test: alikeVerdict,
      },
    ],
    wrong: [
      {
        answer: {
          seenBefore: ({ train, test }) => test.filter((row) => train.includes(row)).length,
          mended: goodMended,
        },
        means: "compares objects with includes",
        hint: "`includes` and `===` ask whether two rows are the same object. Two copies are two objects with equal numbers. How can you compare the numbers?",
        when: (answer) => seenAmong(answer, "12 34 56", "34 78 12") === 0,
      },
      {
        answer: {
          seenBefore: ({ train, test }) =>
            train.filter((row) => test.some((other) => other.join() === row.join())).length,
          mended: goodMended,
        },
        means: "counts training rows",
        hint: "You count training rows that occur in the test. Which part should be filtered, and which one searched?",
        when: (answer) => seenAmong(answer, "12 12 56", "12 99") === 2 && !countsPairs(answer),
      },
      {
        answer: {
          seenBefore: ({ train, test }) =>
            test.flatMap((row) => train.filter((other) => other.join() === row.join())).length,
          mended: goodMended,
        },
        means: "counts pairs",
        hint: "You count pairs of equal rows. A test row that occurs twice among the training rows is still one test row: when can the search for it end?",
        when: countsPairs,
      },
      {
        answer: {
          seenBefore: ({ train, test }) =>
            test.filter((row) => train.some((other) => other[0] === row[0])).length,
          mended: goodMended,
        },
        means: "compares the first column only",
        hint: "Two rows are copies only if all their numbers are equal. What do you compare?",
        when: (answer) => seenAmong(answer, "12 34", "14 21") === 1,
      },
      {
        answer: { seenBefore: goodSeen, mended: colleague },
        means: "only proves",
        hint: "The proof works. Now let it judge your own `mended`: what has to happen before the split?",
      },
      {
        answer: {
          seenBefore: goodSeen,
          mended: (x, seed) => {
            const parts = cut(x, seed);
            return scaledBy(parts.train, parts);
          },
        },
        means: "mends the scaler only",
        hint: "Your scaler sees training rows only. But copies still stand on both sides of the split: what has to happen before it?",
      },
      {
        answer: {
          seenBefore: goodSeen,
          mended: (x, seed) => {
            const parts = cut(x, seed);
            const known = new Set(parts.train.map((row) => row.join()));
            const test = parts.test.filter((row) => !known.has(row.join()));
            return scaledBy(parts.train, { train: parts.train, test });
          },
        },
        means: "removes copies after the split",
        hint: "No test row is known any more, but the sizes are wrong: copies are still inside the training part, and the test part has shrunk. When should copies go?",
      },
      {
        answer: {
          seenBefore: goodSeen,
          mended: (x) => {
            const once = distinct(x);
            const parts = {
              test: once.slice(0, Math.ceil(once.length / 4)),
              train: once.slice(Math.ceil(once.length / 4)),
            };
            return scaledBy(parts.train, parts);
          },
        },
        means: "ignores the seed",
        hint: "Your test rows are the same for every seed. Which step of `mended` must use `seed`?",
      },
      {
        answer: { seenBefore: goodSeen, mended: (x, seed) => scaledBy(distinct(x), cut(distinct(x), seed)) },
        means: "leaves the scaler on all rows",
        hint: "The copies are gone. Which rows has your scaler seen?",
      },
      {
        answer: {
          seenBefore: goodSeen,
          mended: (x, seed) => {
            const { train, test } = cut(distinct(x), seed);
            return {
              train: fitStandardizer(train).transform(train).toArray(),
              test: fitStandardizer(test).transform(test).toArray(),
            };
          },
        },
        means: "a scaler of its own for the test rows",
        hint: "Two scalers: the same number now means different things in training and test. Which of the two must scale both?",
      },
      {
        answer: { seenBefore: goodSeen, mended: (x, seed) => cut(distinct(x), seed) },
        means: "does not scale",
        hint: "Copies and split are right, but the numbers are still those of the table. Which scaler is missing?",
        when: (answer) => unscaled(answer, "train") && unscaled(answer, "test"),
      },
      {
        answer: {
          seenBefore: goodSeen,
          mended: (x, seed) => {
            const { train, test } = cut(distinct(x), seed);
            return { train: fitStandardizer(train).transform(train).toArray(), test };
          },
        },
        means: "scales the training rows only",
        hint: "The training rows are scaled, the test rows are not. What must a network that learned from scaled rows be given?",
        when: (answer) => !unscaled(answer, "train") && unscaled(answer, "test"),
      },
    ],
    hints: [
      "Which three steps does the colleague take, and which of them look at rows that will be test rows?",
      "Order of the repair: copies out (`duplicateRows(x).firstIndices`), then split, then `fitStandardizer(train)`. For the proof, compare `row.join()`.",
      "`const known = new Set(train.map((row) => row.join())); return test.filter((row) => known.has(row.join())).length;`, and in `mended` one scaler, fitted on the training rows, transforms both parts.",
    ],
    praise: "Copies out, split, then fit: this order leaks nothing.",
  }),

  "12-k-fold": exercise<Folds>({
    stub: () => [],
    checks: [
      {
        says: "there are k turns",
        test: (folds) =>
          each(foldCases, ([rows, k]) =>
            expectSame(folds(rows, k).length, k, { on: `folds(${rows}, ${k})` }),
          ),
      },
      {
        says: "each row is held out exactly once",
        test: (folds) =>
          forFolds(folds, (turns, rows, on) => {
            const held = turns.flatMap(({ hold }) => hold);
            return sameRows(held, upTo(rows))
              ? pass
              : fail({
                  on,
                  got: inWords(`held out: ${sorted(held).join(" ")}`),
                  note: `Expected: 0 to ${rows - 1}, once each.`,
                });
          }),
      },
      {
        says: "each turn learns from exactly the other rows",
        test: (folds) =>
          forFolds(folds, (turns, rows, on) =>
            each(turns, ({ learn, hold }, turn) => {
              const rest = upTo(rows).filter((row) => !hold.includes(row));
              return sameRows(learn, rest)
                ? pass
                : fail({ on: `${on}, turn ${turn}`, expected: rest, got: learn });
            }),
          ),
      },
      {
        says: "fold sizes differ by one row at most",
        test: (folds) =>
          forFolds(folds, (turns, _rows, on) => {
            const sizes = turns.map(({ hold }) => hold.length);
            return Math.max(...sizes) - Math.min(...sizes) <= 1
              ? pass
              : fail({ on, got: sizes, note: "These are the sizes of the folds." });
          }),
      },
    ],
    wrong: [
      {
        answer: (rows, k) => {
          const size = Math.floor(rows / k);
          return upTo(k).map((fold) => {
            const hold = upTo(rows).slice(fold * size, (fold + 1) * size);
            return { hold, learn: upTo(rows).filter((row) => !hold.includes(row)) };
          });
        },
        means: "loses the rows that k does not divide",
        hint: "Rounding down leaves rows over that are never held out. Where do they go?",
      },
      {
        answer: (rows, k) => {
          const size = Math.ceil(rows / k);
          return upTo(k).map((fold) => {
            const hold = upTo(rows).slice(fold * size, (fold + 1) * size);
            return { hold, learn: upTo(rows).filter((row) => !hold.includes(row)) };
          });
        },
        means: "rounds the size of all folds up",
        hint: "Rounding up fills the first folds, and the last one gets what is left. How many of the folds should have the larger size?",
      },
      {
        answer: (rows, k) =>
          goodFolds(rows, k).map(({ learn, hold }) => ({
            learn: learn.map((row) => row + 1),
            hold: hold.map((row) => row + 1),
          })),
        means: "numbers the rows from 1",
        hint: "Your rows are numbered from 1. Which number does the first row of an array have?",
        when: (folds) => {
          const held = folds(6, 3).flatMap(({ hold }) => hold);
          return sameRows(held, [1, 2, 3, 4, 5, 6]);
        },
      },
      {
        answer: (rows, k) => {
          const size = Math.floor(rows / k);
          return upTo(k).map((fold) => {
            const hold = upTo(rows).slice(fold * size, fold === k - 1 ? rows : (fold + 1) * size);
            return { hold, learn: upTo(rows).filter((row) => !hold.includes(row)) };
          });
        },
        means: "puts all the rest into the last fold",
        hint: "Every row is held out once, but the last fold is much larger than the others. How can the remainder be spread?",
      },
      {
        answer: (rows, k) => goodFolds(rows, k).map(({ hold }) => ({ hold, learn: upTo(rows) })),
        means: "learns from all rows, held out or not",
        hint: "The held-out rows are among those you learn from. That is a leak: which rows must be missing in `learn`?",
      },
      {
        answer: (rows, k) => goodFolds(rows, k).map(({ hold, learn }) => ({ hold: learn, learn: hold })),
        means: "exchanges the two parts",
        hint: "You learn from one fold and hold out all the others. Which part should be the small one?",
      },
      {
        answer: (rows, k) => goodFolds(rows, Math.ceil(rows / k)),
        means: "takes k for the size of a fold",
        hint: "`k` is the number of folds. You made folds of k rows each.",
      },
      {
        answer: (rows, k) =>
          upTo(k).map((fold) => {
            const order = new Random(fold).permutation(rows);
            const count = Math.floor(rows / k);
            return { hold: order.slice(0, count), learn: order.slice(count) };
          }),
        means: "a new random split in each turn",
        hint: "Each turn draws its own rows, so some are held out twice and some never. The folds must be fixed before the first turn.",
      },
    ],
    hints: [
      "First decide for each row which fold it is in. Each row must be in exactly one.",
      "`row % k` deals the rows to folds 0 to k - 1 like cards. In turn t, hold out the rows of fold t.",
      "For each `fold` from 0 to k - 1: `hold` is all rows with `row % k === fold`, `learn` all with `row % k !== fold`.",
    ],
    praise: "Every row is used for learning and, once, for judging.",
  }),

  "12-bias-variance": exercise<BiasVariance>({
    stub: () => ({ bias: NaN, variance: NaN }),
    checks: [
      { says: "the bias is that of the average prediction", test: (f) => biasField(f, "bias") },
      { says: "the variance is around the average prediction", test: (f) => biasField(f, "variance") },
    ],
    wrong: [
      {
        answer: (predictions, truth) => ({
          ...goodBias(predictions, truth),
          bias: meanOf(predictions.map((p) => Math.abs(p - truth))),
        }),
        means: "bias as mean distance of the single predictions",
        hint: "You average the distances. Bias averages the predictions first, so that errors to both sides can cancel. What is the average of 0, 2, 3 and 7?",
      },
      {
        answer: (predictions, truth) => ({
          ...goodBias(predictions, truth),
          bias: truth - meanOf(predictions),
        }),
        means: "the sign of the bias",
        hint: "The size is right. Predictions that are too high on average have a positive bias: which of the two is subtracted?",
      },
      {
        answer: (predictions, truth) => ({
          ...goodBias(predictions, truth),
          bias: Math.abs(meanOf(predictions) - truth),
        }),
        means: "drops the sign of the bias",
        hint: "The size is right, the sign is lost. What is the bias of predictions that are too low on average?",
      },
      {
        answer: (predictions, truth) => ({
          ...goodBias(predictions, truth),
          bias: (meanOf(predictions) - truth) ** 2,
        }),
        means: "returns the squared bias",
        hint: "That is bias². Asked is the bias with its sign.",
      },
      {
        answer: (predictions, truth) => ({
          ...goodBias(predictions, truth),
          variance: meanOf(predictions.map((p) => (p - truth) ** 2)),
        }),
        means: "variance around the truth",
        hint: "That is the mean squared error, bias² and variance together. Around which number do the predictions spread?",
      },
      {
        answer: (predictions, truth) => {
          const { bias, variance } = goodBias(predictions, truth);
          return { bias, variance: (variance * predictions.length) / (predictions.length - 1) };
        },
        means: "divides by n - 1",
        hint: "n − 1 estimates the variance of a larger population from a sample. Here you describe these predictions: divide by their number.",
      },
      {
        answer: (predictions, truth) => {
          const { bias, variance } = goodBias(predictions, truth);
          return { bias, variance: variance * predictions.length };
        },
        means: "does not divide",
        hint: "That is the sum of the squares. By what must it be divided to be a mean?",
      },
      {
        answer: (predictions, truth) => {
          const average = meanOf(predictions);
          return { bias: average - truth, variance: meanOf(predictions.map((p) => Math.abs(p - average))) };
        },
        means: "distances without squares",
        hint: "You average the distances themselves. What does the formula do with each distance first?",
      },
      {
        answer: (predictions, truth) => {
          const { bias, variance } = goodBias(predictions, truth);
          return { bias, variance: Math.sqrt(variance) };
        },
        means: "the standard deviation",
        hint: "That is the root of the variance. Without the root, bias² and variance can be added.",
      },
    ],
    hints: [
      "Begin with the average of the predictions. Which of the two numbers needs the truth?",
      "bias: average minus truth. variance: mean of the squared distances from the *average*.",
      "`const average = predictions.reduce((sum, p) => sum + p, 0) / predictions.length`, then `average - truth`, and the mean of `(p - average) ** 2`.",
    ],
    praise: "You can now say how a model is wrong, not only how much.",
  }),

  "12-read-curve": exercise<Readings>({
    stub: { patience2: { last: NaN, best: NaN }, patience3: { last: NaN, best: NaN } },
    checks: [
      {
        says: "patience 2 ends with the right epoch",
        test: ({ patience2 }) =>
          computed(
            patience2.last,
            4,
            "patience2.last",
            "Count the epochs in a row without a new lowest loss.",
          ),
      },
      {
        says: "patience 2 keeps the right weights",
        test: ({ patience2 }) =>
          computed(
            patience2.best,
            2,
            "patience2.best",
            "The lowest loss among the epochs that were trained.",
          ),
      },
      {
        says: "patience 3 ends with the right epoch",
        test: ({ patience3 }) =>
          computed(patience3.last, 8, "patience3.last", "A new lowest loss starts the count again."),
      },
      {
        says: "patience 3 keeps the right weights",
        test: ({ patience3 }) =>
          computed(
            patience3.best,
            5,
            "patience3.best",
            "The lowest loss among the epochs that were trained.",
          ),
      },
    ],
    wrong: [
      {
        answer: { patience2: { last: 3, best: 2 }, patience3: { last: 8, best: 5 } },
        means: "stops at the first rise",
        hint: "After one epoch without progress, patience 2 still waits for another one.",
        when: ({ patience2 }) => patience2.last === 3,
      },
      {
        answer: { patience2: { last: 5, best: 3 }, patience3: { last: 9, best: 6 } },
        means: "counts the epochs from 1",
        hint: "Your numbers would fit if the first epoch were epoch 1. Which number stands above the first loss in the table?",
        when: ({ patience2 }) => patience2.last === 5 && patience2.best === 3,
      },
      {
        answer: { patience2: { last: 5, best: 5 }, patience3: { last: 9, best: 5 } },
        means: "one epoch too many",
        hint: "Patience 2 is used up when the *second* epoch without progress has ended. Which epochs after 2 brought nothing better?",
        when: ({ patience2 }) => patience2.last === 5,
      },
      {
        answer: { patience2: { last: 7, best: 5 }, patience3: { last: 8, best: 5 } },
        means: "compares with the epoch before",
        hint: "Epoch 4 is below epoch 3, but not below the lowest so far, 0.50. Does it count as progress?",
        when: ({ patience2 }) => patience2.last === 7,
      },
      {
        answer: { patience2: { last: 4, best: 4 }, patience3: { last: 8, best: 8 } },
        means: "keeps the last weights",
        hint: "The weights of the last epoch are not the best ones: what was the waiting for?",
        when: ({ patience2, patience3 }) =>
          (patience2.last === 4 && patience2.best === 4) || (patience3.last === 8 && patience3.best === 8),
      },
      {
        answer: { patience2: { last: 4, best: 5 }, patience3: { last: 8, best: 5 } },
        means: "looks at epochs that were never trained",
        hint: "0.45 comes in epoch 5, but with patience 2 the training has ended before. What was the lowest loss up to epoch 4?",
        when: ({ patience2 }) => patience2.last === 4 && patience2.best === 5,
      },
      {
        answer: { patience2: { last: 4, best: 2 }, patience3: { last: 7, best: 5 } },
        means: "ends one epoch early with patience 3",
        hint: "Epoch 5 itself brought progress, so it is not counted. Which three epochs after it brought none?",
        when: ({ patience2, patience3 }) => patience2.last === 4 && patience3.last === 7,
      },
      {
        answer: { patience2: { last: 4, best: 2 }, patience3: { last: 9, best: 5 } },
        means: "starts the count again at any fall",
        hint: "Epoch 8 is below epoch 7, but the lowest so far is 0.45. From which epoch do you count?",
        when: ({ patience3 }) => patience3.last === 9,
      },
    ],
    hints: [
      "Write below each epoch the lowest loss so far. Where does that number not change?",
      "Patience 2: the lowest is 0.50 in epoch 2. Epochs 3 and 4 are not below it. Patience 3: go on in the same way from epoch 5.",
      "Patience 2: epochs 3 and 4 use it up. Patience 3: epochs 6, 7 and 8 use it up.",
    ],
    praise: "You read the curve as the callback does.",
  }),

  "12-early-stopping": exercise<StopAt>({
    stub: () => ({ last: NaN, best: NaN }),
    checks: [
      {
        says: "it stops after a rise without end",
        test: (stopAt) =>
          stops(stopAt, [
            [[0.9, 0.5, 0.6, 0.7, 0.8, 0.9], 2],
            [[0.9, 0.5, 0.6, 0.7, 0.8, 0.9], 1],
          ]),
      },
      {
        says: "it waits through a small rise, and counts anew after progress",
        test: (stopAt) =>
          stops(stopAt, [
            [[0.9, 0.5, 0.6, 0.55, 0.4, 0.5, 0.6, 0.7], 3],
            [[5, 4, 4.5, 3, 3.5, 2, 2.5, 2.6], 2],
          ]),
      },
      {
        says: "it measures progress against the lowest loss so far",
        test: (stopAt) =>
          stops(stopAt, [
            [[0.8, 0.5, 0.7, 0.6, 0.3, 0.4], 2],
            [[0.3, 0.9, 0.8, 0.7, 0.6, 0.5], 3],
          ]),
      },
      {
        says: "an equal loss is no progress",
        test: (stopAt) => stops(stopAt, [[[0.6, 0.4, 0.4, 0.4, 0.2], 2]]),
      },
      {
        says: "a training that never runs out of patience goes to its end",
        test: (stopAt) =>
          stops(stopAt, [
            [[0.9, 0.7, 0.5, 0.4], 1],
            [[0.9, 0.7, 0.8, 0.75], 3],
          ]),
      },
    ],
    wrong: [
      {
        answer: (losses, patience) => {
          let [best, waited] = [0, 0];
          for (let epoch = 1; epoch < losses.length; epoch++) {
            if (losses[epoch] < losses[best]) best = epoch;
            waited = losses[epoch] < losses[epoch - 1] ? 0 : waited + 1;
            if (waited >= patience) return { last: epoch, best };
          }
          return { last: losses.length - 1, best };
        },
        means: "compares with the epoch before",
        hint: "A loss can fall from one epoch to the next and still be above the lowest so far. With which loss should you compare?",
      },
      {
        answer: (losses, patience) => {
          let [best, waited] = [0, 0];
          for (let epoch = 1; epoch < losses.length; epoch++) {
            if (losses[epoch] < losses[epoch - 1]) [best, waited] = [epoch, 0];
            else if (++waited >= patience) return { last: epoch, best };
          }
          return { last: losses.length - 1, best };
        },
        means: "takes each fall for a new best",
        hint: "A loss that falls from one epoch to the next need not be the lowest so far. Which earlier loss must it beat to be the best?",
      },
      {
        answer: (losses, patience) => {
          const { last } = goodStop(losses, patience);
          return { last, best: last };
        },
        means: "returns the last epoch as the best",
        hint: "`last` is right. The epochs of waiting brought nothing better: which epoch did?",
      },
      {
        answer: (losses, patience) => ({
          last: goodStop(losses, patience).last,
          best: losses.indexOf(Math.min(...losses)),
        }),
        means: "looks at epochs that were never trained",
        hint: "The best epoch lies behind the end of the training. Only epochs up to `last` have happened.",
      },
      {
        answer: (losses, patience) => {
          let [best, waited] = [0, 0];
          for (let epoch = 1; epoch < losses.length; epoch++) {
            if (losses[epoch] < losses[best]) best = epoch;
            else if (++waited >= patience) return { last: epoch, best };
          }
          return { last: losses.length - 1, best };
        },
        means: "never sets the count back",
        hint: "You count all epochs without progress together. What must happen to the count when a new lowest loss comes?",
      },
      {
        answer: (losses, patience) => goodStop(losses, patience + 1),
        means: "one epoch too late",
        hint: "Patience 2 ends with the second epoch without progress. You wait for one more.",
      },
      {
        answer: (losses, patience) => {
          const { last, best } = goodStop(losses, patience);
          return { last: last - best >= patience ? last - 1 : last, best };
        },
        means: "names the epoch before the last one",
        hint: "The epoch that uses up the patience has been trained. Which epoch is the last one then?",
      },
      {
        answer: (losses, patience) => {
          const { last, best } = goodStop(losses, patience);
          return { last: last - best >= patience ? last : losses.length, best };
        },
        means: "gives the number of epochs at the end",
        hint: "You return how many epochs there are. They are counted from 0: which number has the last of them?",
      },
      {
        answer: (losses, patience) => {
          let best = 0;
          for (let epoch = 1; epoch < losses.length; epoch++) {
            if (losses[epoch] <= losses[best]) best = epoch;
            else if (epoch - best >= patience) return { last: epoch, best };
          }
          return { last: losses.length - 1, best };
        },
        means: "takes an equal loss for progress",
        hint: "An equal loss has not fallen. Should the count start again?",
      },
      {
        answer: (losses) => goodStop(losses, 1),
        means: "ignores the patience",
        hint: "You stop at the first rise. How long should the loop wait?",
      },
    ],
    hints: [
      "Keep the number of the best epoch so far. How many epochs ago was it?",
      "In each epoch: is the loss below that of the best? Then this is the best. If not, and `epoch - best` has reached the patience: stop.",
      "`if (losses[epoch] < losses[best]) best = epoch; else if (epoch - best >= patience) return { last: epoch, best };` in a loop from epoch 1.",
    ],
    praise: "That is the rule of the library's callback, in a few lines.",
  }),

  "12-break": exercise<Broken>({
    stub: { candidates: 1, rows: 50, enough: 50 },
    checks: [
      {
        says: "the numbers lie in their ranges",
        test: (answer) =>
          allowed(answer)
            ? pass
            : fail({
                on: "candidates, rows, enough",
                got: [answer.candidates, answer.rows, answer.enough],
                note: "Whole numbers: 1 to 1000 candidates, at least 10 rows, at most 2000 of them.",
              }),
      },
      {
        says: "the best coin tosser scores 0.9 or more",
        test: (answer) => {
          if (!allowed(answer)) return fail({ on: "numbers out of range" });
          const score = coinWinner(answer.candidates, answer.rows);
          return score >= 0.9
            ? pass
            : fail({
                on: `${answer.candidates} candidates, ${answer.rows} rows`,
                expected: inWords("0.9 or more"),
                got: Number(score.toFixed(3)),
              });
        },
      },
      {
        says: "with enough rows the winner stays below 0.6",
        test: (answer) => {
          if (!allowed(answer)) return fail({ on: "numbers out of range" });
          const score = coinWinner(answer.candidates, answer.enough);
          return score < 0.6
            ? pass
            : fail({
                on: `${answer.candidates} candidates, ${answer.enough} rows`,
                expected: inWords("below 0.6"),
                got: Number(score.toFixed(3)),
              });
        },
      },
    ],
    wrong: [
      {
        answer: { candidates: 1000, rows: 4, enough: 500 },
        means: "fewer rows than allowed",
        hint: "With so few rows anybody can be perfect. The task allows 10 rows at least.",
        when: ({ rows }) => rows < 10,
      },
      {
        answer: { candidates: 5000, rows: 10, enough: 500 },
        means: "more candidates than allowed",
        hint: "At most 1000 candidates. What else makes a high score by luck more likely?",
        when: ({ candidates }) => candidates > 1000,
      },
      {
        answer: { candidates: 1000, rows: 100, enough: 500 },
        means: "too many rows for luck",
        hint: "Over so many rows luck averages out. Should there be more rows, or fewer?",
        when: (answer) =>
          allowed(answer) && answer.rows > 14 && coinWinner(answer.candidates, answer.rows) < 0.9,
      },
      {
        answer: { candidates: 5, rows: 10, enough: 500 },
        means: "too few candidates",
        hint: "The best of these candidates is not lucky enough. What happens when more of them try?",
        when: (answer) =>
          allowed(answer) && answer.rows <= 14 && coinWinner(answer.candidates, answer.rows) < 0.9,
      },
      {
        answer: { candidates: 1000, rows: 10, enough: 100 },
        means: "too few rows to rescue",
        hint: "The judge is broken. For the rescue, the best of all candidates must stay close to 0.5: more rows, or fewer?",
        when: (answer) =>
          allowed(answer) &&
          coinWinner(answer.candidates, answer.rows) >= 0.9 &&
          coinWinner(answer.candidates, answer.enough) >= 0.6,
      },
    ],
    hints: [
      "Change one number at a time and read the two printed scores. Which direction raises the first?",
      "Many candidates and few rows make luck large. For the rescue, double the rows until the second score is below 0.6.",
      "1000 candidates on 10 rows break the judge. Some hundred rows rescue it: try 300, 400, 500.",
    ],
    praise: "You made a coin look like an expert, and you know what prevents it.",
    timeLimitMs: 6000,
  }),
});
