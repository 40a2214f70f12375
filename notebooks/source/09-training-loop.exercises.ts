import {
  close,
  defineExercises,
  each,
  exercise,
  expectSame,
  fail,
  forInputs,
  inWords,
  pass,
  Random,
  type Verdict,
} from "gradus";

interface Counts {
  iterations: number;
  lastBatch: number;
  updates: number;
  batchSizeFor50: number;
}

/** A number that the learner computed: never shown, only doubted with a note. */
const computed = (got: number, right: number, on: string, note: string): Verdict =>
  close(got, right) ? pass : fail({ on, got, note });

const goodCounts: Counts = { iterations: 33, lastBatch: 97, updates: 6600, batchSizeFor50: 40 };

type Cut = (order: number[], batchSize: number) => number[][];

const goodCut: Cut = (order, batchSize) => {
  const batches: number[][] = [];
  for (let start = 0; start < order.length; start += batchSize)
    batches.push(order.slice(start, start + batchSize));
  return batches;
};
const cuts = (cut: Cut, inputs: [number[], number][], note?: string): Verdict =>
  forInputs(cut, { inputs, expected: goodCut, name: "cut", ...(note === undefined ? {} : { note }) });

type Orders = (rows: number, epochs: number, random: Random) => number[][];
interface ShuffleAnswer {
  forgets: (loop: Orders) => boolean;
  mended: Orders;
}

const inOrder = (rows: number): number[] => Array.from({ length: rows }, (_, i) => i);
const never: Orders = (rows, epochs) => Array.from({ length: epochs }, () => inOrder(rows));
const always: Orders = (rows, epochs, random) =>
  Array.from({ length: epochs }, () => random.permutation(rows));
const once: Orders = (rows, epochs, random) => {
  const order = random.permutation(rows);
  return Array.from({ length: epochs }, () => [...order]);
};
const goodForgets = (loop: Orders): boolean => {
  const [first, ...others] = loop(50, 3, new Random(1)).map((order) => order.join());
  return others.includes(first) || others[0] === others[1];
};

const judges = ({ forgets }: ShuffleAnswer, loop: Orders, on: string, expected: boolean): Verdict =>
  expectSame(forgets(loop), expected, { on });

/** What is wrong with the orders of a loop as lists of rows. */
function rowsFault({ mended }: ShuffleAnswer): Verdict {
  const orders = mended(12, 4, new Random(5));
  if (!Array.isArray(orders) || orders.length !== 4)
    return fail({ on: "mended(12, 4, random)", note: "It should return 4 orders, one for each epoch." });
  return each(orders, (order, epoch) => {
    const seen = new Set(order);
    if (order.length === 12 && inOrder(12).every((row) => seen.has(row))) return pass;
    return fail({
      on: `mended(12, 4, random), epoch ${epoch}`,
      got: order,
      note: "Each of the rows 0 to 11 must be there exactly once.",
    });
  });
}

const ordersOf = ({ mended }: ShuffleAnswer): string[] =>
  mended(50, 4, new Random(5)).map((order) => order.join());

/** How often each of 6 rows comes first in 4000 orders; a fair shuffle gives about 667. */
function fairness({ mended }: ShuffleAnswer): Verdict {
  const firsts = new Array<number>(6).fill(0);
  for (const [row] of mended(6, 4000, new Random(11))) firsts[row]++;
  return each(firsts, (count, row) =>
    count > 550 && count < 790
      ? pass
      : fail({
          on: "4000 orders of 6 rows",
          expected: inWords("each row first about 667 times"),
          got: inWords(`row ${row} first ${count} times`),
        }),
  );
}

interface Scores {
  mse: number;
  rmse: number;
  r2: number;
}
interface AccuracyAnswer {
  impossible: number[];
  accOfPerfect: number;
  regressionScores: (actual: number[], guess: number[]) => Scores;
}

const targets = [10, 20, 30, 40];
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const mseOf = (actual: readonly number[], guess: readonly number[]): number =>
  mean(actual.map((y, i) => (guess[i] - y) ** 2));
const variance = (values: readonly number[]): number =>
  mean(values.map((value) => (value - mean(values)) ** 2));
const goodScores = (actual: number[], guess: number[]): Scores => {
  const mse = mseOf(actual, guess);
  return { mse, rmse: Math.sqrt(mse), r2: 1 - mse / variance(actual) };
};
const withScores = (regressionScores: AccuracyAnswer["regressionScores"]): AccuracyAnswer => ({
  impossible: [10, 20, 30, 50],
  accOfPerfect: 0,
  regressionScores,
});

/** Predictions of several kinds: near, all too high, the mean, worse than the mean. */
const guesses: readonly { readonly kind: string; readonly guess: number[] }[] = [
  { kind: "predictions near the targets", guess: [12, 19, 33, 38] },
  { kind: "predictions that are all 10 too high", guess: [20, 30, 40, 50] },
  { kind: "the mean four times", guess: [25, 25, 25, 25] },
  { kind: "predictions the wrong way round", guess: [40, 30, 20, 10] },
];
const field = ({ regressionScores }: AccuracyAnswer, name: keyof Scores): Verdict =>
  each(guesses, ({ kind, guess }) =>
    expectSame(regressionScores([...targets], [...guess])[name], goodScores(targets, guess)[name], {
      on: `${kind}, ${name}`,
    }),
  );

interface Line {
  w: number;
  b: number;
}

// The students of the lesson, drawn in the same order.
const students = 2000;
const chance = new Random(9);
const hours = Array.from({ length: students }, () => chance.uniform());
const scores = hours.map((h) => 0.5 * h + 0.35 + 0.08 * chance.normal());
const lossOf = ({ w, b }: Line): number => mean(hours.map((h, i) => (w * h + b - scores[i]) ** 2));
const slope = mean(hours.map((h, i) => (h - mean(hours)) * (scores[i] - mean(scores)))) / variance(hours);
const least = lossOf({ w: slope, b: mean(scores) - slope * mean(hours) });
const flat = variance(scores);

/** The final loss in smallest losses, or Infinity when the numbers ran away. */
function endOf(eta: number, batchSize: number, epochs: number): number {
  const random = new Random(2);
  let [w, b] = [0, 0];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = random.permutation(students);
    for (let start = 0; start < students; start += batchSize) {
      let [slopeW, slopeB] = [0, 0];
      const rows = order.slice(start, start + batchSize);
      for (const row of rows) {
        const error = w * hours[row] + b - scores[row];
        slopeW += 2 * error * hours[row];
        slopeB += 2 * error;
      }
      w -= (eta * slopeW) / rows.length;
      b -= (eta * slopeB) / rows.length;
    }
  }
  const loss = lossOf({ w, b });
  return Number.isFinite(loss) ? loss / least : Infinity;
}

const fullSettles = (eta: number): boolean => endOf(eta, students, 300) < 1.05;
const singleBreaks = (eta: number): boolean => endOf(eta, 1, 3) > flat / least;
const singleArrives = (eta: number): boolean => endOf(eta, 1, 3) < 1.1;
const times = (ratio: number): string =>
  ratio > 1e6 ? "more than a million times the smallest loss" : `${ratio.toFixed(2)} times the smallest loss`;

interface Rates {
  eta: number;
  rescue: number;
}

export default defineExercises({
  "09-arithmetic": exercise<Counts>({
    stub: { iterations: NaN, lastBatch: NaN, updates: NaN, batchSizeFor50: NaN },
    checks: [
      {
        says: "the iterations of an epoch are right",
        test: ({ iterations }) =>
          computed(iterations, 33, "iterations", "6497 rows, 200 at a time, until none is left."),
      },
      {
        says: "the last batch has the rows that are left over",
        test: ({ lastBatch }) =>
          computed(lastBatch, 97, "lastBatch", "How many rows do the full batches leave?"),
      },
      {
        says: "the number of all updates is right",
        test: ({ updates }) => computed(updates, 6600, "updates", "One for each iteration of each epoch."),
      },
      {
        says: "2000 rows make 50 iterations",
        test: ({ batchSizeFor50 }) =>
          computed(batchSizeFor50, 40, "batchSizeFor50", "How many rows does each of the 50 batches get?"),
      },
    ],
    wrong: [
      {
        answer: { ...goodCounts, iterations: 32, updates: 6400 },
        means: "rounds down and loses the last batch",
        hint: "32 batches hold 6400 rows. Where do the other 97 go?",
        when: ({ iterations }) => iterations === 32,
      },
      {
        answer: { ...goodCounts, iterations: 32.485, updates: 6497 },
        means: "does not round",
        hint: "There is no half update. Does a smaller batch at the end count as an iteration?",
        when: ({ iterations }) => close(iterations, 32.485),
      },
      {
        answer: { ...goodCounts, lastBatch: 200 },
        means: "takes all batches for equally large",
        hint: "33 batches of 200 would be 6600 rows. There are only 6497.",
        when: ({ lastBatch }) => lastBatch === 200 || lastBatch === 0,
      },
      {
        answer: { ...goodCounts, lastBatch: 103 },
        means: "counts the rows that are missing",
        hint: "103 rows are missing to a full batch. How many are there?",
        when: ({ lastBatch }) => lastBatch === 103,
      },
      {
        answer: { ...goodCounts, updates: 200 },
        means: "takes epochs for updates",
        hint: "200 is the number of epochs. How many updates has each of them?",
        when: ({ updates }) => updates === 200 || updates === 33,
      },
      {
        answer: { ...goodCounts, updates: 6497 * 200 },
        means: "takes rows for updates",
        hint: "That many rows are seen. An update sees 200 of them at once.",
        when: ({ updates }) => updates === 6497 * 200,
      },
      {
        answer: { ...goodCounts, batchSizeFor50: 50 },
        means: "takes the number of batches for the batch size",
        hint: "A batch size of 50 makes 40 iterations. You want 50 iterations.",
        when: ({ batchSizeFor50 }) => batchSizeFor50 === 50,
      },
    ],
    hints: [
      "Divide the rows by the batch size, and ask what happens to the remainder.",
      "6497 = 32 · 200 + 97. The remainder is a batch, too. All updates: iterations times epochs.",
      "33 iterations, 97 rows in the last, 33 · 200 updates. The last answer is 2000 / 50.",
    ],
    praise: "You can now say how long any training is, in updates.",
  }),

  "09-batches": exercise<Cut>({
    stub: () => [],
    checks: [
      {
        says: "it cuts a list that the batch size divides",
        test: (cut) =>
          cuts(cut, [
            [[3, 0, 2, 1], 2],
            [[5, 4, 3, 2, 1, 0], 3],
            [[1, 0], 1],
          ]),
      },
      {
        says: "it keeps the rows that are left over as a smaller batch",
        test: (cut) =>
          cuts(cut, [
            [[4, 1, 3, 0, 2], 2],
            [[6, 5, 4, 3, 2, 1, 0], 3],
          ]),
      },
      {
        says: "a batch size above the number of rows gives one batch",
        test: (cut) => cuts(cut, [[[2, 0, 1], 10]], "One batch with the three rows that exist."),
      },
      {
        says: "it leaves the list as it was",
        test: (cut) =>
          forInputs(cut, {
            inputs: [[[3, 0, 2, 1], 2]],
            expected: goodCut,
            name: "cut",
            keepsInputs: true,
          }),
      },
    ],
    wrong: [
      {
        answer: (order, batchSize) =>
          Array.from({ length: Math.floor(order.length / batchSize) }, (_, k) =>
            order.slice(k * batchSize, (k + 1) * batchSize),
          ),
        means: "drops the rows that are left over",
        hint: "Your full batches are right. Which rows of five are in no batch of two?",
      },
      {
        answer: (order, batchSize) => {
          const length = Math.ceil(order.length / batchSize);
          return Array.from({ length }, (_, k) =>
            Array.from({ length: batchSize }, (__, i) => order[(k * batchSize + i) % order.length]),
          );
        },
        means: "fills the last batch up with rows from the beginning",
        hint: "Some rows are seen twice in the epoch. The last batch may be smaller.",
      },
      {
        answer: (order, batchSize) => {
          const size = Math.ceil(order.length / batchSize);
          return goodCut(order, size);
        },
        means: "takes the batch size for the number of batches",
        hint: "You made that many batches. The number says how many rows one batch has.",
      },
      {
        answer: (order, batchSize) => goodCut(inOrder(order.length), batchSize),
        means: "uses the places in place of the rows",
        hint: "Your batches hold 0, 1, 2, ... The rows and their order stand in the list that was handed over.",
      },
      {
        answer: (order, batchSize) => {
          const batches: number[][] = [];
          while (order.length > 0) batches.push(order.splice(0, batchSize));
          return batches;
        },
        means: "takes the rows out of the list",
        hint: "The batches are right, but the list is empty now, and so is the next epoch. Which relative of `splice` only copies?",
      },
      {
        answer: (order, batchSize) => {
          const batches: number[][] = [];
          for (let start = 0; start < order.length; start++)
            batches.push(order.slice(start, start + batchSize));
          return batches;
        },
        means: "moves on by one row",
        hint: "Neighbouring batches share rows. How far must the start move after each batch?",
      },
      {
        answer: (order, batchSize) => {
          const batches: number[][] = [];
          for (let start = 0; start < order.length; start += batchSize)
            batches.push(order.slice(start, batchSize));
          return batches;
        },
        means: "gives slice a length in place of an end",
        hint: "The second argument of `slice` is where to end, counted from the beginning of the list. Where does the second batch end?",
      },
    ],
    hints: [
      "At which places does each batch begin? With a batch size of 3: 0, 3, ...",
      "Use a loop whose `start` grows by `batchSize`, and `slice` one batch out in each turn.",
      "`for (let start = 0; start < order.length; start += batchSize) batches.push(order.slice(start, start + batchSize));`",
    ],
    praise: "Every row once, none lost: that is the batch iterator of every library.",
  }),

  "09-shuffle": exercise<ShuffleAnswer>({
    stub: { forgets: () => false, mended: never },
    checks: [
      {
        says: "the proof convicts the colleague's loop",
        test: (answer) => judges(answer, never, "the colleague's loop", true),
      },
      {
        says: "it convicts a loop that shuffles only before the first epoch",
        test: (answer) => judges(answer, once, "a loop that shuffles once", true),
      },
      {
        says: "it lets a loop go that shuffles in each epoch",
        test: (answer) => judges(answer, always, "a loop that shuffles in each epoch", false),
      },
      { says: "the mended loop has each row once in each epoch", test: rowsFault },
      {
        says: "no epoch repeats the order of another",
        test: (answer) => {
          const orders = ordersOf(answer);
          const at = orders.findIndex((order, i) => orders.indexOf(order) < i);
          return at < 0
            ? pass
            : fail({
                on: `mended(50, 4, random), epoch ${at}`,
                note: "It has the order of an epoch before.",
              });
        },
      },
      {
        says: "the same seed gives the same orders",
        test: (answer) =>
          ordersOf(answer).join() === ordersOf(answer).join()
            ? pass
            : fail({ on: "mended, called twice with new Random(5)", note: "The orders differ." }),
      },
      { says: "all orders are about equally likely", test: fairness },
    ],
    wrong: [
      {
        answer: {
          forgets: (loop) => loop(50, 1, new Random(1))[0].join() === inOrder(50).join(),
          mended: always,
        },
        means: "only asks whether the first epoch is in the order of the file",
        hint: "A loop that shuffles once, before the first epoch, passes your test. What do its epochs have in common?",
      },
      {
        answer: { forgets: (loop) => !goodForgets(loop), mended: always },
        means: "answers the wrong way round",
        hint: "`forgets` should be true for the loop that is wrong. Yours is true for the good one.",
      },
      {
        answer: { forgets: () => true, mended: always },
        means: "convicts every loop",
        hint: "Your proof convicts a loop that does everything right. Run the loop you get and compare its epochs.",
      },
      {
        answer: { forgets: goodForgets, mended: never },
        means: "proved but not mended",
        hint: "The proof is right. Let it judge your own loop: where does the result of `random.permutation` go?",
      },
      {
        answer: { forgets: goodForgets, mended: once },
        means: "shuffles once before the first epoch",
        hint: "Your loop shuffles, but all epochs share one order. Should the permutation stand before the loop or in it?",
      },
      {
        answer: {
          forgets: goodForgets,
          mended: (rows, epochs, random) => {
            const order = inOrder(rows);
            return Array.from({ length: epochs }, () => random.shuffle(order));
          },
        },
        means: "hands out the same list again and again",
        hint: "All your epochs are one and the same list. Draw a new order inside the loop; if you shuffle in place, push a copy: `[...order]`.",
        when: ({ mended }) => sharesOneList(mended),
      },
      {
        answer: {
          forgets: goodForgets,
          mended: (rows, epochs, random) =>
            Array.from({ length: epochs }, () => Array.from({ length: rows }, () => random.int(rows))),
        },
        means: "draws rows with replacement",
        hint: "Some rows come twice in an epoch, and others not at all. Each must come exactly once, in a new order.",
      },
      {
        answer: {
          forgets: goodForgets,
          mended: (rows, epochs, random) =>
            Array.from({ length: epochs }, () => inOrder(rows).sort(() => random.uniform() - 0.5)),
        },
        means: "sorts by chance",
        hint: "Sorting with a comparison that contradicts itself leaves some rows near their old place. `random.permutation` is fair.",
      },
      {
        answer: {
          forgets: goodForgets,
          mended: (rows, epochs) =>
            Array.from({ length: epochs }, () => {
              const keys = inOrder(rows).map(() => Math.random());
              return inOrder(rows).sort((a, b) => keys[a] - keys[b]);
            }),
        },
        means: "uses `Math.random`",
        hint: "The orders are fair, but nobody can repeat them. Draw from the `random` that is handed over.",
        when: (answer) => ordersOf(answer).join() !== ordersOf(answer).join(),
      },
    ],
    hints: [
      "`permutation(rows)` does not change the list `order`. What does it do with the new order, and who keeps it?",
      "Proof: run the loop with many rows and a few epochs, and compare the epochs with each other, joined to text.",
      "`mended`: `orders.push(random.permutation(rows))` in each epoch. `forgets`: `const [a, b] = loop(50, 2, new Random(1));` then compare `a.join() === b.join()`.",
    ],
    praise: "Found, proved and fixed: a fault that no error message would have shown you.",
  }),

  "09-accuracy": exercise<AccuracyAnswer>({
    stub: {
      impossible: [...targets],
      accOfPerfect: NaN,
      regressionScores: () => ({ mse: NaN, rmse: NaN, r2: NaN }),
    },
    checks: [
      {
        says: "your four predictions have an `acc` above 1",
        test: ({ impossible }) => {
          if (impossible.length !== 4)
            return fail({ on: "impossible", got: impossible, note: "It needs four predictions." });
          const acc = mseOf(targets, impossible);
          if (acc > 1) return pass;
          return fail({
            on: "impossible",
            got: inWords(`an "acc" of ${acc}`),
            note: "No share is above 1, but a mean squared error may be.",
          });
        },
      },
      {
        says: "the `acc` of perfect predictions is right",
        test: ({ accOfPerfect }) =>
          computed(accOfPerfect, 0, "accOfPerfect", "What is the mean squared error when every error is 0?"),
      },
      { says: "`mse` is the mean of the squared errors", test: (answer) => field(answer, "mse") },
      { says: "`rmse` is in the unit of the target", test: (answer) => field(answer, "rmse") },
      { says: "`r2` compares with the mean of the targets", test: (answer) => field(answer, "r2") },
      {
        says: "there is no `acc` in the report",
        test: ({ regressionScores }) =>
          "acc" in regressionScores([...targets], [12, 19, 33, 38])
            ? fail({ on: "regressionScores", note: "Leave acc out: there is nothing that it could mean." })
            : pass,
      },
    ],
    wrong: [
      {
        answer: { ...withScores(goodScores), accOfPerfect: 1 },
        means: "takes `acc` for an accuracy",
        hint: "A true accuracy would be 1. But this number is a mean squared error: of which errors?",
        when: ({ accOfPerfect }) => accOfPerfect === 1 || accOfPerfect === 100,
      },
      {
        answer: { ...withScores(goodScores), impossible: [10, 20, 30, 41] },
        means: "an error too small to show it",
        hint: "One error of 1 among four gives 1 / 4. Make an error larger: what does squaring do to it?",
      },
      {
        answer: withScores((actual, guess) => ({ ...goodScores(actual, guess), rmse: mseOf(actual, guess) })),
        means: "forgets the root",
        hint: "That is the mean squared error again. What does the R in RMSE stand for?",
      },
      {
        answer: withScores((actual, guess) => {
          const mse = mseOf(actual, guess) * actual.length;
          return { mse, rmse: Math.sqrt(mse), r2: 1 - mse / actual.length / variance(actual) };
        }),
        means: "sums where a mean is wanted",
        hint: "That is the sum of the squared errors. By what must it be divided?",
      },
      {
        answer: withScores((actual, guess) => {
          const mse = (mseOf(actual, guess) * actual.length) / (actual.length - 1);
          return { mse, rmse: Math.sqrt(mse), r2: 1 - mseOf(actual, guess) / variance(actual) };
        }),
        means: "divides by n - 1",
        hint: "n − 1 belongs to the variance of a sample around its own mean. The mean of n squared errors divides by n.",
      },
      {
        answer: withScores((actual, guess) => ({
          ...goodScores(actual, guess),
          r2: 1 - mseOf(actual, guess),
        })),
        means: "R² without the spread of the targets",
        hint: "One minus a squared error mixes units. Divide the squared errors by those of the mean first.",
      },
      {
        answer: withScores((actual, guess) => ({
          ...goodScores(actual, guess),
          r2: 1 - mseOf(actual, guess) / mean(guess.map((value) => (value - mean(actual)) ** 2 || 1)),
        })),
        means: "takes the spread of the predictions",
        hint: "The lower sum is about the targets: how far do they stray from their own mean?",
      },
      {
        answer: withScores((actual, guess) => {
          const [a, g] = [mean(actual), mean(guess)];
          const together = mean(actual.map((y, i) => (y - a) * (guess[i] - g)));
          const r2 = together ** 2 / (variance(actual) * (variance(guess) || 1));
          return { ...goodScores(actual, guess), r2 };
        }),
        means: "takes the squared correlation for R²",
        hint: "A correlation forgives predictions that are all 10 too high. R² must not: start from the squared errors.",
      },
      {
        answer: withScores((actual, guess) => ({ ...goodScores(actual, guess), acc: mseOf(actual, guess) })),
        means: "keeps `acc` beside the true names",
        hint: "All three numbers are right. But a reader will still take `acc` for an accuracy.",
      },
    ],
    hints: [
      "What would an accuracy of 25 mean? And how large can a squared error become?",
      "`mse`: mean of the squared errors. `rmse`: its root. `r2`: 1 minus the squared errors divided by the squared distances of the targets from their mean.",
      "`const middle = actual.reduce((sum, y) => sum + y, 0) / actual.length`; the spread sums `(y - middle) ** 2`; `r2` is `1 - squares / spread`.",
    ],
    praise: "Each number in the report now has a name that says what it is.",
  }),

  "09-break": exercise<Rates>({
    stub: { eta: 0, rescue: 0 },
    checks: [
      {
        says: "the full batch comes to rest with eta",
        test: ({ eta }) =>
          fullSettles(eta)
            ? pass
            : fail({ on: `eta = ${eta}, full batch`, got: inWords(times(endOf(eta, students, 300))) }),
      },
      {
        says: "batch size 1 breaks with the same eta",
        test: ({ eta }) =>
          singleBreaks(eta)
            ? pass
            : fail({
                on: `eta = ${eta}, batch size 1`,
                got: inWords(times(endOf(eta, 1, 3))),
                note: `The flat line has ${times(flat / least)}.`,
              }),
      },
      {
        says: "batch size 1 arrives with rescue",
        test: ({ rescue }) =>
          singleArrives(rescue)
            ? pass
            : fail({ on: `rescue = ${rescue}, batch size 1`, got: inWords(times(endOf(rescue, 1, 3))) }),
      },
    ],
    wrong: [
      {
        answer: { eta: 0.3, rescue: 0.01 },
        means: "a rate at which both still work",
        hint: "The single rows are restless here, but not broken. Go up with eta, and watch the full batch at the same time.",
        when: ({ eta }) => eta > 0 && fullSettles(eta) && !singleBreaks(eta),
      },
      {
        answer: { eta: 1.5, rescue: 0.01 },
        means: "a rate at which both break",
        hint: "Now the full batch does not come to rest either. Its limit is a little below 0.8.",
        when: ({ eta }) => eta > 0.3 && !fullSettles(eta),
      },
      {
        answer: { eta: -0.1, rescue: 0.01 },
        means: "a negative rate",
        hint: "With a negative rate every step goes uphill. That breaks both.",
        when: ({ eta, rescue }) => eta < 0 || rescue < 0,
      },
      {
        answer: { eta: 0.01, rescue: 0.01 },
        means: "a rate too small for the full batch",
        hint: "The full batch has only 300 steps and has not arrived yet. Is the rate you look for smaller or larger?",
        when: ({ eta }) => eta > 0 && eta <= 0.3 && !fullSettles(eta),
      },
      {
        answer: { eta: 0.75, rescue: 0.75 },
        means: "no rescue",
        hint: "eta is found. The rescue needs another rate: what must happen to steps that are too wild?",
        when: ({ eta, rescue }) => rescue >= 0.06 && fullSettles(eta) && singleBreaks(eta),
      },
      {
        answer: { eta: 0.75, rescue: 0.00001 },
        means: "a rescue that never arrives",
        hint: "So small a rate is calm, but after 6000 steps it is still on its way. Something in between is wanted.",
        when: ({ eta, rescue }) => rescue > 0 && rescue < 0.002 && fullSettles(eta) && singleBreaks(eta),
      },
    ],
    hints: [
      "Try 0.3, 0.6 and 0.9 for eta and read the two numbers above the check each time.",
      "The full batch is stable up to almost 0.79. Look close below that limit. For the rescue, divide by ten until it works.",
      "eta = 0.75, and for the rescue something near 0.01.",
    ],
    praise: "You found where one rate for all batch sizes ends.",
  }),
});

/** Whether the epochs of a loop are one and the same list. */
function sharesOneList(loop: Orders): boolean {
  const [first, second] = loop(10, 2, new Random(1));
  return first === second;
}
