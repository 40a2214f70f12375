import {
  close,
  defineExercises,
  each,
  exercise,
  expectSame,
  fail,
  fitStandardizer,
  forInputs,
  inWords,
  loadWine,
  Matrix,
  pass,
  Random,
  sameArray,
  type Verdict,
} from "gradus";

/** A number that the learner computed: never shown, only doubted with a note. */
const computed = (got: number, right: number, on: string, note: string): Verdict =>
  close(got, right) ? pass : fail({ on, got, note });
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

interface Line {
  w: number[];
  b: number;
}
type Slopes = (x: number[][], y: number[], w: number[], b: number) => Line;

const sumOf = (row: readonly number[], w: readonly number[], b: number): number =>
  row.reduce((z, value, j) => z + value * w[j], b);
/** The slopes when each wine's error is what `error(sum, label)` says, divided by `divisor(rows)`. */
const slopesWith =
  (
    error: (z: number, y: number) => number,
    { divisor = (rows: number): number => rows, bias = true } = {},
  ): Slopes =>
  (x, y, w, b) => {
    const errors = x.map((row, i) => error(sumOf(row, w, b), y[i]) / divisor(x.length));
    return {
      w: w.map((_, j) => errors.reduce((sum, e, i) => sum + e * x[i][j], 0)),
      b: bias ? errors.reduce((sum, e) => sum + e, 0) : 0,
    };
  };
const pMinusY = (z: number, y: number): number => sigmoid(z) - y;
const goodSlopes = slopesWith(pMinusY);

type SlopeCase = [number[][], number[], number[], number];
const oneRow: SlopeCase[] = [
  [[[2, -1]], [1], [0, 0], 0],
  [[[2, -1]], [0], [0.5, 1], -0.5],
];
const manyRows: SlopeCase[] = [
  [
    [
      [1, 0],
      [0, 2],
      [-1, 3],
    ],
    [1, 0, 1],
    [0.3, -0.2],
    0.1,
  ],
  [[[1], [2], [3], [-4]], [0, 0, 1, 1], [1], -1],
];
const slopesAgree = (slopes: Slopes, inputs: SlopeCase[], field: "w" | "b", note: string): Verdict =>
  forInputs((...args: SlopeCase) => slopes(...args)[field], {
    inputs,
    expected: (...args: SlopeCase) => goodSlopes(...args)[field],
    name: `the ${field} of slopes`,
    note,
  });

/** Whether an answer does on every case what a known wrong one does: other mistakes must not meet its hint. */
const slopesLike =
  (known: Slopes) =>
  (slopes: Slopes): boolean =>
    [...oneRow, ...manyRows].every(
      ([x, y, w, b]) =>
        expectSame(
          slopes(
            x.map((row) => [...row]),
            [...y],
            [...w],
            b,
          ),
          known(x, y, w, b),
        ).holds,
    );
const wrongSlopes = (answer: Slopes, means: string, hint: string) => ({
  answer,
  means,
  hint,
  when: slopesLike(answer),
});

interface Band {
  parameters: number;
  updates: number;
  wrong: number;
  scores: number[];
  kind: string;
}
const rows = 6497;
/** What this network reaches on the rows it learned from, real or stand-in, with room for unlucky seeds. */
const bandEnds = { low: 0.975, high: 0.998 };
const goodBand: Band = {
  parameters: 875,
  updates: 6600,
  wrong: 92,
  scores: [6405 / rows, 6413 / rows],
  kind: "training score",
};
const isShareOfAll = (score: number): boolean => Math.abs(score * rows - Math.round(score * rows)) < 1e-4;
const inBand = (score: number): boolean => score >= bandEnds.low && score <= bandEnds.high;

interface Parts {
  train: number[];
  test: number[];
}
type SplitGroups = (groups: number[], testRows: number, random: Random) => Parts;

/** Rows of equal group stand apart from each other, as in a real table. */
const groupCases: readonly { groups: number[]; testRows: number; largest: number }[] = [
  { groups: [0, 1, 2, 0, 4, 2, 6, 0, 8, 9, 1, 11], testRows: 4, largest: 3 },
  {
    groups: Array.from({ length: 60 }, (_, row) => (row < 40 ? row : row % 15)),
    testRows: 12,
    largest: 3,
  },
];
const goodSplit: SplitGroups = (groups, testRows, random) => {
  const names = [...new Set(groups)];
  const parts: Parts = { train: [], test: [] };
  for (const place of random.permutation(names.length)) {
    const part = parts.test.length < testRows ? parts.test : parts.train;
    groups.forEach((group, row) => {
      if (group === names[place]) part.push(row);
    });
  }
  return parts;
};
const byRows: SplitGroups = (groups, testRows, random) => {
  const order = random.permutation(groups.length);
  return { test: order.slice(0, testRows), train: order.slice(testRows) };
};
const onSplits = (
  split: SplitGroups,
  test: (parts: Parts, given: (typeof groupCases)[number]) => Verdict,
): Verdict =>
  each(groupCases, (given) =>
    each([1, 2, 3, 4, 5], (seed) => test(split([...given.groups], given.testRows, new Random(seed)), given)),
  );
/** The rows of the test part for the seeds 1, 2 and 3, each as a text. */
const testParts = (split: SplitGroups): string[] => {
  const { groups, testRows } = groupCases[1];
  return [1, 2, 3].map((seed) =>
    [...split([...groups], testRows, new Random(seed)).test].sort((a, b) => a - b).join(),
  );
};
/** Whether every split of the cases has a property. */
const inEachSplit =
  (holds: (parts: Parts, given: (typeof groupCases)[number]) => boolean) =>
  (split: SplitGroups): boolean =>
    onSplits(split, (parts, given) => (holds(parts, given) ? pass : fail({ note: "other" }))).holds;
const usesAll = ({ train, test }: Parts, rowCount: number): boolean =>
  train.length + test.length === rowCount && new Set([...train, ...test]).size === rowCount;
const leaksNot = ({ train, test }: Parts, groups: readonly number[]): boolean =>
  !test.some((row) => train.some((other) => groups[other] === groups[row]));
const groupsIn = (part: readonly number[], groups: readonly number[]): number =>
  new Set(part.map((row) => groups[row])).size;
const nameOf = ({ groups, testRows }: { groups: number[]; testRows: number }): string =>
  groups.length <= 12
    ? `groups [${groups.join(", ")}], testRows ${testRows}`
    : `${groups.length} rows, testRows ${testRows}`;

interface Prices {
  missed: number;
  falseAlarm: number;
}
type Cheapest = (y: number[], p: number[], prices: Prices) => number;

const costOf = (t: number, y: readonly number[], p: readonly number[], prices: Prices): number =>
  y.reduce((sum, label, i) => {
    if (label === 1) return sum + (p[i] < t ? prices.missed : 0);
    return sum + (p[i] >= t ? prices.falseAlarm : 0);
  }, 0);
const goodCheapest: Cheapest = (y, p, prices) =>
  [Infinity, ...p].reduce((best, t) => (costOf(t, y, p, prices) < costOf(best, y, p, prices) ? t : best));

type CostCase = [number[], number[], Prices];
const plainCosts: CostCase[] = [
  [[0, 0, 1, 1], [0.1, 0.3, 0.35, 0.9], { missed: 1, falseAlarm: 1 }],
  [[0, 1, 0, 1, 0], [0.55, 0.6, 0.7, 0.8, 0.2], { missed: 1, falseAlarm: 3 }],
];
const dearMisses: CostCase[] = [
  [[0, 1, 0, 0, 1, 1], [0.1, 0.2, 0.3, 0.4, 0.7, 0.9], { missed: 20, falseAlarm: 1 }],
  [[1, 0, 0, 1, 0], [0.25, 0.3, 0.5, 0.6, 0.9], { missed: 10, falseAlarm: 2 }],
];
/** Two probabilities closer than a hundredth: trying 0.00, 0.01, 0.02 ... misses what lies between them. */
const closeTogether: CostCase[] = [[[0, 1, 0, 1], [0.4021, 0.4078, 0.2, 0.8], { missed: 2, falseAlarm: 1 }]];
const noneRed: CostCase[] = [[[0, 0, 1, 0], [0.2, 0.6, 0.4, 0.9], { missed: 1, falseAlarm: 5 }]];
const cheapestOn = (cheapest: Cheapest, cases: CostCase[]): Verdict =>
  each(cases, ([y, p, prices]) => {
    const t = cheapest([...y], [...p], { ...prices });
    const on = `y [${y.join(", ")}], p [${p.join(", ")}], missed ${prices.missed}, false alarm ${prices.falseAlarm}`;
    if (typeof t !== "number" || Number.isNaN(t))
      return fail({ on, got: t, note: "A threshold is a number." });
    const [cost, least] = [t, goodCheapest(y, p, prices)].map((at) => costOf(at, y, p, prices));
    if (cost === least) return pass;
    return fail({
      on,
      expected: inWords(`a threshold with the cost ${least}`),
      got: inWords(`${Number(t.toFixed(4))}, which costs ${cost}`),
    });
  });

const costCases = (): CostCase[] => [...plainCosts, ...dearMisses, ...closeTogether, ...noneRed];
/** Whether an answer gives the threshold of a known wrong one, or on every case one that costs the same. */
const thresholdsLike =
  (known: Cheapest, { same }: { same: "threshold" | "cost" }) =>
  (cheapest: Cheapest): boolean =>
    costCases().every(([y, p, prices]) => {
      const [got, other] = [cheapest, known].map((one) => one([...y], [...p], { ...prices }));
      if (same === "threshold") return close(got, other) || got === other;
      return costOf(got, y, p, prices) === costOf(other, y, p, prices) && !Number.isNaN(got);
    });
const wrongCheapest = (
  same: "threshold" | "cost",
  answer: Cheapest,
  means: string,
  hint: string,
  alsoSo: readonly Cheapest[] = [],
) => ({
  answer,
  means,
  hint,
  when: (cheapest: Cheapest): boolean =>
    [answer, ...alsoSo].some((known) => thresholdsLike(known, { same })(cheapest)),
});
const above = (probability: number, t: number): boolean => probability > t;
/** The cheapest of some thresholds, where a wine is called red when `isRed` says so. */
const cheapestOf = (
  thresholds: readonly number[],
  [y, p, { missed, falseAlarm }]: CostCase,
  isRed: (p: number, t: number) => boolean,
): number => {
  const cost = (t: number): number =>
    y.reduce((sum, label, i) => {
      if (label === 1) return sum + (isRed(p[i], t) ? 0 : missed);
      return sum + (isRed(p[i], t) ? falseAlarm : 0);
    }, 0);
  return thresholds.reduce((best, t) => (cost(t) < cost(best) ? t : best));
};

interface Ablation {
  dropColumn: (table: number[][], column: number) => number[][];
  paired: (full: number[], smaller: number[]) => { meanChange: number; worse: number };
}
const goodDrop: Ablation["dropColumn"] = (table, column) =>
  table.map((row) => row.filter((_, j) => j !== column));
const goodPaired: Ablation["paired"] = (full, smaller) => {
  const change = smaller.map((score, i) => score - full[i]);
  return { meanChange: mean(change), worse: change.filter((value) => value < 0).length };
};
const tables: [number[][], number][] = [
  [
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    1,
  ],
  [
    [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ],
    0,
  ],
  [[[1, 2, 3, 4]], 3],
  [
    [
      [5, 5, 2],
      [7, 0, 7],
    ],
    0,
  ],
];
const pairs: [number[], number[]][] = [
  [
    [0.9, 0.8, 0.7],
    [0.8, 0.9, 0.4],
  ],
  [
    [0.5, 0.5, 0.5, 0.5],
    [0.5, 0.5, 0.6, 0.4],
  ],
];
const pairedOn = ({ paired }: Ablation, field: "meanChange" | "worse", note: string): Verdict =>
  forInputs((full: number[], smaller: number[]) => paired(full, smaller)[field], {
    inputs: pairs,
    expected: (full, smaller) => goodPaired(full, smaller)[field],
    name: `the ${field} of paired`,
    note,
  });

const dropsLike =
  (known: Ablation) =>
  ({ dropColumn }: Ablation): boolean =>
    tables.every(([table, column]) => {
      const [got, other] = [dropColumn, known.dropColumn].map((drop) =>
        drop(
          table.map((row) => [...row]),
          column,
        ),
      );
      return expectSame(got, other).holds;
    });
const pairsLike =
  (known: Ablation) =>
  ({ dropColumn, paired }: Ablation): boolean =>
    dropsLike({ dropColumn: goodDrop, paired })({ dropColumn, paired }) &&
    pairs.every(
      ([full, smaller]) =>
        expectSame(paired([...full], [...smaller]), known.paired([...full], [...smaller])).holds,
    );
const wrongDrop = (dropColumn: Ablation["dropColumn"], means: string, hint: string) => {
  const answer = { dropColumn, paired: goodPaired };
  return { answer, means, hint, when: dropsLike(answer) };
};
const wrongPaired = (
  wrong: (change: number[]) => Partial<ReturnType<Ablation["paired"]>>,
  means: string,
  hint: string,
) => {
  const paired: Ablation["paired"] = (full, smaller) => ({
    ...goodPaired(full, smaller),
    ...wrong(smaller.map((score, i) => score - full[i])),
  });
  const answer = { dropColumn: goodDrop, paired };
  return { answer, means, hint, when: pairsLike(answer) };
};
const splices: Ablation["dropColumn"] = (table, column) => {
  for (const row of table) row.splice(column, 1);
  return table;
};
const bestScores: Ablation = {
  dropColumn: goodDrop,
  paired: (full, smaller) => ({
    ...goodPaired(full, smaller),
    meanChange: Math.max(...smaller) - Math.max(...full),
  }),
};

interface Cellar {
  picks: (colour: string, row: number[]) => boolean;
  prepare: (train: Matrix, delivery: Matrix) => Matrix;
}
const goodPrepare: Cellar["prepare"] = (train, delivery) => fitStandardizer(train).transform(delivery);
const ownPrepare: Cellar["prepare"] = (_train, delivery) => fitStandardizer(delivery).transform(delivery);
const onlyReds: Cellar["picks"] = (colour) => colour === "red";

/** The 13-parameter model, and the wines that it judges: every fourth of the table, which is enough and quick. */
interface Judge {
  labels: readonly string[];
  raw: number[][];
  x: Matrix;
  scaled: Matrix;
  isRed: (row: readonly number[]) => boolean;
}
let trained: Judge | undefined;
function judge(): Judge {
  if (trained !== undefined) return trained;
  const wine = loadWine();
  const rowNumbers = wine.labels.flatMap((_, row) => (row % 4 === 0 ? [row] : []));
  const x = wine.x.takeRows(rowNumbers);
  const y = rowNumbers.map((row) => wine.codes[row]);
  const scaled = fitStandardizer(x).transform(x);
  const table = scaled.toArray();
  let line: Line = { w: x.row(0).map(() => 0), b: 0 };
  for (let turn = 0; turn < 60; turn++) {
    const slope = goodSlopes(table, y, line.w, line.b);
    line = { w: line.w.map((weight, j) => weight - 2 * slope.w[j]), b: line.b - 2 * slope.b };
  }
  const labels = rowNumbers.map((row) => wine.labels[row]);
  trained = { labels, raw: x.toArray(), x, scaled, isRed: (row) => sumOf(row, line.w, line.b) > 0 };
  return trained;
}
/** Which of the judged wines are on the lorry. */
function lorry({ picks }: Pick<Cellar, "picks">): number[] {
  const { labels, raw } = judge();
  return raw.flatMap((row, i) => (picks(labels[i], [...row]) === true ? [i] : []));
}
/** The share of the picked wines that the model judges right, when their scaler is that of the table, or their own. */
function rightWith(scaler: "table" | "own", picked: readonly number[]): number {
  if (picked.length === 0) return 0;
  const { x, scaled, labels, isRed } = judge();
  const delivery = x.takeRows(picked);
  const table = scaler === "table" ? scaled.takeRows(picked) : fitStandardizer(delivery).transform(delivery);
  return mean(picked.map((row, i) => (isRed(table.row(i)) === (labels[row] === "red") ? 1 : 0)));
}
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const redShare = (picked: readonly number[]): number =>
  mean(picked.map((row) => (judge().labels[row] === "red" ? 1 : 0)));

const smallTrain = Matrix.from([
  [0, 10],
  [2, 30],
  [4, 20],
]);
const deliveries = [
  Matrix.from([
    [2, 20],
    [3, 35],
  ]),
  Matrix.from([[8, -10]]),
];

/** Whether deliveries are standardised with the training rows. */
const prepareVerdict = ({ prepare }: Cellar): Verdict =>
  each(deliveries, (delivery, i) =>
    expectSame(prepare(smallTrain, delivery).toArray(), goodPrepare(smallTrain, delivery).toArray(), {
      on: `delivery ${i + 1} of ${delivery.rows === 1 ? "one wine" : "two wines"}`,
    }),
  );

const bothPrepare: Cellar["prepare"] = (train, delivery) =>
  fitStandardizer([...train.toArray(), ...delivery.toArray()]).transform(delivery);
const trainPrepare: Cellar["prepare"] = (train) => fitStandardizer(train).transform(train);
/** Whether the lorry breaks the colleague's scaler, and the deliveries are prepared as a known wrong answer does it. */
const breaksBut =
  (known: Cellar["prepare"]) =>
  ({ picks, prepare }: Cellar): boolean =>
    rightWith("own", lorry({ picks })) < 0.5 &&
    deliveries.every(
      (delivery) =>
        expectSame(prepare(smallTrain, delivery).toArray(), known(smallTrain, delivery).toArray()).holds,
    );

export default defineExercises({
  "15-slopes": exercise<Slopes>({
    stub: (_x, _y, w) => ({ w: w.map(() => 0), b: 0 }),
    checks: [
      {
        says: "the slopes of the weights are right for one wine",
        test: (slopes) =>
          slopesAgree(
            slopes,
            oneRow,
            "w",
            "For one wine the slope of weight j is (p − y) times its input j.",
          ),
      },
      {
        says: "the slope of the bias is right for one wine",
        test: (slopes) =>
          slopesAgree(slopes, oneRow, "b", "The bias is like a weight whose input is always 1."),
      },
      {
        says: "the slopes of the weights are right for several wines",
        test: (slopes) => slopesAgree(slopes, manyRows, "w", "The loss is the mean over the wines."),
      },
      {
        says: "the slope of the bias is right for several wines",
        test: (slopes) => slopesAgree(slopes, manyRows, "b", "The loss is the mean over the wines."),
      },
    ],
    wrong: [
      wrongSlopes(
        slopesWith((z, y) => y - sigmoid(z)),
        "the sign is turned",
        "With these slopes the loss rises. If p is larger than y, should the slope be positive or negative?",
      ),
      wrongSlopes(
        slopesWith((z, y) => z - y),
        "forgets the sigmoid",
        "You compared the sum with the label. What must happen to the sum before it is a probability?",
      ),
      wrongSlopes(
        slopesWith((z, y) => (z > 0 ? 1 : 0) - y),
        "compares the decision with the label",
        "You turned the sum into 0 or 1 first. The loss speaks of the probability p: which function gives it?",
      ),
      wrongSlopes(
        slopesWith((z, y) => {
          const p = sigmoid(z);
          return (p - y) * p * (1 - p);
        }),
        "keeps the derivative of the sigmoid",
        "That factor p (1 − p) belongs to the squared error. What does the logarithm of the cross-entropy do to it?",
      ),
      wrongSlopes(
        (x, y, w, b) => slopesWith((z, label) => sigmoid(z - b) - label)(x, y, w, b),
        "leaves the bias out of the sum",
        "Your sum z has the weights and the inputs. What else belongs to it before the sigmoid?",
      ),
      wrongSlopes(
        slopesWith(pMinusY, { bias: false }),
        "forgets the bias",
        "The weights are right. The bias learns, too: what is its input?",
      ),
      wrongSlopes(
        (x, y, w, b) => {
          const slope = goodSlopes(x, y, w, b);
          return { w: w.map((weight, j) => weight - slope.w[j]), b: b - slope.b };
        },
        "returns the new weights",
        "These are the weights after a step. The cell takes the step itself: what does it need from you?",
      ),
      wrongSlopes(
        (x, y, w, b) => {
          const last = x.length - 1;
          const { w: slopes, b: slope } = goodSlopes([x[last]], [y[last]], w, b);
          return { w: slopes.map((value) => value / x.length), b: slope / x.length };
        },
        "keeps only the last wine",
        "Only the last wine is left in your slopes. Does each wine add to them, or does it replace what was there?",
      ),
      wrongSlopes(
        slopesWith(pMinusY, { divisor: () => 1 }),
        "sums where a mean is wanted",
        "One wine is right, several are not. By what must the sum over the wines be divided?",
      ),
    ],
    hints: [
      "For one wine: compute z, then p, then the error p − y. Each slope is this error times something.",
      "Slope of weight j: the mean over the wines of (p − y) times x[i][j]. Slope of the bias: the mean of (p − y).",
      "In a loop over the rows: `const p = sigmoid(...)`, then add `(p - y[i]) * value / x.length` to `slope.w[j]` and `(p - y[i]) / x.length` to `slope.b`.",
    ],
    praise: "Thirteen numbers, trained by your own hand, far above the majority.",
  }),

  "15-band": exercise<Band>({
    stub: { parameters: NaN, updates: NaN, wrong: NaN, scores: [], kind: "" },
    checks: [
      {
        says: "the parameters are counted",
        test: ({ parameters }) =>
          computed(parameters, 875, "parameters", "Weights and biases of all four layers."),
      },
      {
        says: "the updates are counted",
        test: ({ updates }) => computed(updates, 6600, "updates", "All 200 epochs together."),
      },
      {
        says: "the wines that 0.9858 leaves wrong are counted",
        test: ({ wrong }) =>
          Math.round(wrong) === 92
            ? pass
            : fail({ on: "wrong", got: wrong, note: "A share of all 6,497 rows." }),
      },
      {
        // Two seeds may leave equally many wines wrong, so equal scores are no fault.
        says: "there are two scores",
        test: ({ scores }) =>
          scores.length >= 2 ? pass : fail({ on: "scores", got: scores, note: "Two seeds, two scores." }),
      },
      {
        says: "each score is a share of all 6,497 rows",
        test: ({ scores }) =>
          each(scores, (score, i) =>
            isShareOfAll(score) && score <= 1
              ? pass
              : fail({
                  on: `score ${i + 1}`,
                  got: score,
                  note: "Times 6,497 it should be a whole number of wines.",
                }),
          ),
      },
      {
        says: "the scores lie where those of this network lie",
        test: ({ scores }) =>
          each(scores, (score, i) =>
            inBand(score)
              ? pass
              : fail({
                  on: `score ${i + 1}`,
                  got: score,
                  note:
                    score > bandEnds.high
                      ? "More than this network reaches. Did it read the columns as they are?"
                      : "Less than this network reaches. Did it train 200 epochs?",
                }),
          ),
      },
      {
        says: "the kind of the scores is named",
        test: ({ kind }) =>
          kind.trim().toLowerCase() === "training score"
            ? pass
            : fail({ on: "kind", got: kind, note: 'Write "training score" or "held-out score".' }),
      },
    ],
    wrong: [
      {
        answer: { ...goodBand, parameters: 824 },
        means: "counts weights without biases",
        hint: "These are the weights. What does each unit have besides them?",
        when: ({ parameters }) => parameters === 824,
      },
      {
        answer: { ...goodBand, updates: 6400 },
        means: "loses the last, smaller batch",
        hint: "32 full batches hold 6,400 rows. What becomes of the other 97 in each epoch?",
        when: ({ updates }) => updates === 6400 || updates === 32,
      },
      {
        answer: { ...goodBand, updates: 33 },
        means: "gives the updates of one epoch",
        hint: "That is one epoch. How many epochs are there?",
        when: ({ updates }) => updates === 33,
      },
      {
        answer: { ...goodBand, wrong: 6405 },
        means: "counts the right ones",
        hint: "So many wines are right. How many are left of the 6,497?",
        when: ({ wrong }) => wrong > 6000,
      },
      {
        answer: { ...goodBand, scores: [6405 / rows] },
        means: "reports one run",
        hint: "One run is one draw. Run the loop with two seeds: `for (const seed of [11, 12])`.",
        when: ({ scores }) => scores.length === 1,
      },
      {
        answer: { ...goodBand, scores: [98.6, 98.7] },
        means: "gives percent",
        hint: "These look like percent. `evaluate` gives a share from 0 to 1: leave it as it is.",
        when: ({ scores }) => scores.some((score) => score > 1),
      },
      {
        answer: { ...goodBand, scores: [1283 / 1300, 1287 / 1300] },
        means: "evaluates other rows",
        hint: "These are shares of fewer rows, or rounded. Which table must `evaluate` get, if all rows are meant?",
        when: ({ scores }) =>
          scores.length >= 2 && scores.some((score) => score <= 1 && !isShareOfAll(score)),
      },
      {
        answer: { ...goodBand, kind: "held-out score" },
        means: "takes a training score for a held-out score",
        hint: "Were there rows that the network had not learned from?",
        when: ({ kind }) => kind.toLowerCase().includes("held"),
      },
    ],
    hints: [
      "A layer has (inputs + 1) times units parameters. An epoch has 6,497 / 200 batches, rounded up.",
      "In the loop: `wineNet(seed)`, then `fit(wine.x, red, asPrinted)`, then push the accuracy of `evaluate(wine.x, red)`.",
      'parameters 875, updates 33 · 200, wrong (1 − 0.9858) · 6497, seeds 11 and 12 in the loop, kind "training score".',
    ],
    praise: "You reproduced the band, and you named it for what it is: training scores.",
  }),

  "15-groups": exercise<SplitGroups>({
    stub: byRows,
    checks: [
      {
        says: "each row is used once",
        test: (split) =>
          onSplits(split, (parts, given) => {
            const used = [...parts.train, ...parts.test].sort((a, b) => a - b);
            return sameArray(
              used,
              given.groups.map((_, row) => row),
            )
              ? pass
              : fail({
                  on: nameOf(given),
                  got: inWords(`${new Set(used).size} different rows of ${given.groups.length}`),
                  note: used.length > new Set(used).size ? "A row occurs twice." : "Rows are missing.",
                });
          }),
      },
      {
        says: "no group has rows on both sides",
        test: (split) =>
          onSplits(split, ({ train, test }, given) => {
            const known = new Set(train.map((row) => given.groups[row]));
            const leak = test.find((row) => known.has(given.groups[row]));
            return leak === undefined
              ? pass
              : fail({
                  on: nameOf(given),
                  got: inWords(`row ${leak} in the test part, its copy in the training part`),
                });
          }),
      },
      {
        says: "the test part is as large as asked for",
        test: (split) =>
          onSplits(split, ({ test }, given) => {
            const most = given.testRows + given.largest - 1;
            return test.length >= given.testRows && test.length <= most
              ? pass
              : fail({
                  on: nameOf(given),
                  expected: inWords(`${given.testRows} to ${most} rows`),
                  got: inWords(`${test.length} rows`),
                });
          }),
      },
      {
        says: "the same seed gives the same split, another seed another one",
        test: (split) => {
          const [drawn, again] = [testParts(split), testParts(split)];
          if (!sameArray(drawn, again))
            return fail({ on: "seed 1, twice", note: "The two test parts differ: draw from `random` only." });
          return new Set(drawn).size > 1
            ? pass
            : fail({ on: "seeds 1, 2 and 3", note: "The test part is the same each time: draw by lot." });
        },
      },
    ],
    wrong: [
      {
        answer: (groups, testRows, random) => {
          const parts = byRows(groups, testRows, random);
          const tested = new Set(parts.test.map((row) => groups[row]));
          return { test: parts.test, train: parts.train.filter((row) => !tested.has(groups[row])) };
        },
        means: "throws the copies out of the training part",
        hint: "The leak is closed, but these rows are lost. Could they go to the test part together with their copies?",
        when: inEachSplit((parts, { groups, testRows }) => {
          const { train, test } = parts;
          const lost = groups.filter((_, row) => !train.includes(row) && !test.includes(row));
          const sizes = train.length > 0 && test.length === testRows;
          const inTest = lost.every((group) => test.some((row) => groups[row] === group));
          return sizes && inTest && leaksNot(parts, groups);
        }),
      },
      {
        answer: (groups, testRows, random) => {
          const firsts = groups.flatMap((group, row) => (groups.indexOf(group) === row ? [row] : []));
          const order = random.permutation(firsts.length).map((place) => firsts[place]);
          return { test: order.slice(0, testRows), train: order.slice(testRows) };
        },
        means: "removes the copies from the table",
        hint: "No leak, but the later copies are in neither part. Each row should be used once.",
        when: inEachSplit(({ train, test }, { groups }) =>
          sameArray(
            [...train, ...test].sort((a, b) => a - b),
            groups.flatMap((group, row) => (groups.indexOf(group) === row ? [row] : [])),
          ),
        ),
      },
      {
        answer: (groups, testRows, random) => {
          const names = [...new Set(groups)];
          const drawn = random
            .permutation(names.length)
            .slice(0, testRows)
            .map((place) => names[place]);
          const all = groups.map((_, row) => row);
          return {
            test: all.filter((row) => drawn.includes(groups[row])),
            train: all.filter((row) => !drawn.includes(groups[row])),
          };
        },
        means: "counts groups in place of rows",
        hint: "You drew as many groups as rows were asked for. A group can have several rows: when is it enough?",
        when: inEachSplit(
          (parts, { groups, testRows }) =>
            usesAll(parts, groups.length) && groupsIn(parts.test, groups) === testRows,
        ),
      },
      {
        answer: (groups, testRows) => {
          const parts: Parts = { train: [], test: [] };
          for (const name of new Set(groups)) {
            const part = parts.test.length < testRows ? parts.test : parts.train;
            groups.forEach((group, row) => {
              if (group === name) part.push(row);
            });
          }
          return parts;
        },
        means: "takes the first groups of the table",
        hint: "The groups stay together, but they are taken in the order of the table, and that begins with the reds only. Where can the lot come in?",
        when: (split) => new Set(testParts(split)).size === 1,
      },
      {
        answer: (groups, testRows, random) => {
          const { train, test } = goodSplit(groups, testRows, random);
          return { train: test, test: train };
        },
        means: "swaps the two parts",
        hint: "The groups are right, the sizes are not. Which part is the small one?",
        when: inEachSplit((parts, { groups, testRows, largest }) => {
          const right = parts.train.length >= testRows && parts.train.length < testRows + largest;
          return right && leaksNot(parts, groups) && usesAll(parts, groups.length);
        }),
      },
      {
        answer: (groups, testRows, random) => ({ test: goodSplit(groups, testRows, random).test, train: [] }),
        means: "leaves the training part empty",
        hint: "The test part is drawn. Where do all the other rows go?",
        when: inEachSplit(({ train, test }) => train.length === 0 && test.length > 0),
      },
    ],
    hints: [
      "What must be drawn by lot: the rows, or the groups?",
      "List the different groups with `[...new Set(groups)]`, go through them in the order of `random.permutation`, and put all rows of a group into one part.",
      "`const part = parts.test.length < testRows ? parts.test : parts.train;` for each group, then push every row with `groups[row]` equal to this group.",
    ],
    praise: "Whatever a model learns by heart: it will not meet it again in your test part.",
  }),

  "15-threshold": exercise<Cheapest>({
    stub: () => NaN,
    checks: [
      {
        says: "it finds the cheapest threshold for plain cases",
        test: (cheapest) => cheapestOn(cheapest, plainCosts),
      },
      {
        says: "it listens to a high price for a missed red",
        test: (cheapest) => cheapestOn(cheapest, dearMisses),
      },
      {
        says: "it tells probabilities apart that lie close together",
        test: (cheapest) => cheapestOn(cheapest, closeTogether),
      },
      { says: "it can call none of them red", test: (cheapest) => cheapestOn(cheapest, noneRed) },
    ],
    wrong: [
      wrongCheapest(
        "threshold",
        () => 0.5,
        "always 0.5",
        "0.5 suits equal prices and probabilities that can be trusted. Which thresholds could you try instead?",
      ),
      wrongCheapest(
        "threshold",
        (_y, _p, { missed, falseAlarm }) => falseAlarm / (falseAlarm + missed),
        "takes the formula",
        "The formula trusts the probabilities, and these few do not deserve it. Count what each threshold costs.",
      ),
      wrongCheapest(
        "cost",
        (y, p, { missed, falseAlarm }) => goodCheapest(y, p, { missed: falseAlarm, falseAlarm: missed }),
        "swaps the two prices",
        "Your threshold treats the other mistake as the expensive one. Which wines are missed: reds below it, or whites above it?",
      ),
      wrongCheapest(
        "cost",
        (y, p) => goodCheapest(y, p, { missed: 1, falseAlarm: 1 }),
        "counts mistakes in place of cost",
        "This makes the fewest mistakes. But one kind is more expensive than the other: where do the prices come in?",
      ),
      wrongCheapest(
        "threshold",
        (y, p, prices) => costOf(goodCheapest(y, p, prices), y, p, prices),
        "returns the cost",
        "That is the lowest cost. The threshold that reaches it is wanted.",
      ),
      wrongCheapest(
        "cost",
        (y, p, prices) =>
          [...p].reduce((best, t) => (costOf(t, y, p, prices) < costOf(best, y, p, prices) ? t : best)),
        "must call at least one wine red",
        "All thresholds that you try call at least one wine red. Which one would call none?",
      ),
      wrongCheapest(
        "cost",
        (y, p, prices) => cheapestOf([Infinity, ...p], [y, p, prices], above),
        "calls a wine at the threshold white",
        "A wine whose p equals the threshold is called red. Look at your comparison: is it > or ≥?",
        [
          (y, p, prices) => cheapestOf([...p, Infinity], [y, p, prices], above),
          (y, p, prices) => cheapestOf(p, [y, p, prices], above),
        ],
      ),
      wrongCheapest(
        "cost",
        (y, p, prices) => cheapestOf([...p, 2], [y, p, prices], (probability, t) => probability < t),
        "calls the low probabilities red",
        "Your wines are called red below the threshold. p is the probability of red: which side should be red?",
      ),
      wrongCheapest(
        "cost",
        (y, p, prices) =>
          cheapestOf(
            Array.from({ length: 102 }, (_, i) => i / 100),
            [y, p, prices],
            (probability, t) => probability >= t,
          ),
        "tries a grid of hundredths",
        "Two probabilities can lie closer together than your steps. Which thresholds are sure to be enough?",
      ),
    ],
    hints: [
      "First write a function that gives the cost of one threshold: a sum over all wines.",
      "Try every probability in `p` as a threshold, and one that is above them all. Keep the cheapest.",
      "`[Infinity, ...p].reduce((best, t) => (cost(t) < cost(best) ? t : best))`, where `cost` adds `missed` for a red with p < t and `falseAlarm` for a white with p ≥ t.",
    ],
    praise: "Your threshold now follows the price of the mistakes.",
  }),

  "15-ablate": exercise<Ablation>({
    stub: { dropColumn: (table) => table, paired: () => ({ meanChange: NaN, worse: NaN }) },
    checks: [
      {
        says: "dropColumn takes the right column away, and keeps the table that it was given",
        test: ({ dropColumn }) =>
          forInputs(dropColumn, {
            inputs: tables,
            expected: goodDrop,
            name: "dropColumn",
            keepsInputs: true,
          }),
      },
      {
        says: "meanChange is the mean of smaller minus full",
        test: (answer) => pairedOn(answer, "meanChange", "Subtract split by split, then take the mean."),
      },
      {
        says: "worse counts the splits in which the smaller model is worse",
        test: (answer) =>
          pairedOn(answer, "worse", "Count the splits in which smaller is below full; equal is not worse."),
      },
    ],
    wrong: [
      wrongDrop(
        (table, column) => table.filter((_, i) => i !== column),
        "takes a row away",
        "A row is missing in place of a column. Where must the filter stand: around the table, or inside each row?",
      ),
      wrongDrop(
        (table, column) => table.map((row) => row.map((value, j) => (j === column ? 0 : value))),
        "sets the column to 0",
        "The table has as many columns as before. The smaller model should not even have a weight for the column.",
      ),
      {
        answer: { dropColumn: splices, paired: goodPaired },
        means: "changes the table that it was given",
        hint: "The rows that you were given are changed, so the next ablation would miss two columns. Which method leaves a list alone?",
        when: ({ dropColumn }) => {
          const table = [[1, 2, 3]];
          dropColumn(table, 1);
          return !sameArray(table[0], [1, 2, 3]);
        },
      },
      wrongDrop(
        (table) => table.map((row) => row.slice(0, -1)),
        "always takes the last column",
        "That is right for `quality`, which stands last. What if column 0 is asked for?",
      ),
      wrongDrop(
        (table, column) => table.map((row) => row.filter((value) => value !== row[column])),
        "compares the values",
        "In a row two columns can hold equal numbers, and then you lose both. Which argument of filter's function is the place?",
      ),
      wrongPaired(
        (change) => ({ meanChange: -mean(change) }),
        "subtracts the other way round",
        "The sign is turned. A smaller model that is worse should give a negative change.",
      ),
      wrongPaired(
        (change) => ({ meanChange: mean(change) * change.length }),
        "gives the sum of the changes",
        "That is the sum over the splits. By what must it be divided?",
      ),
      {
        answer: bestScores,
        means: "compares the best scores",
        hint: "The best score of each model may come from different splits. Subtract split by split.",
        when: pairsLike(bestScores),
      },
      wrongPaired(
        (change) => ({ worse: change.filter((value) => value <= 0).length }),
        "counts ties as worse",
        "Equal scores were counted, too. Is an equal model worse?",
      ),
      wrongPaired(
        (change) => ({ worse: change.filter((value) => value > 0).length }),
        "counts the better ones",
        "You counted the splits in which the smaller model is better. Which sign has a change for the worse?",
      ),
    ],
    hints: [
      "`table.map` gives a new row for each row; `row.filter` can leave one place out.",
      "For `paired`, first make the list of differences, smaller minus full; its mean and the number of its negative values are the answer.",
      "`table.map((row) => row.filter((_, j) => j !== column))`, and `const change = smaller.map((score, i) => score - full[i])`.",
    ],
    praise: "An ablation in two functions: take away, train anew, compare split by split.",
  }),

  "15-break": exercise<Cellar>({
    stub: { picks: () => true, prepare: ownPrepare },
    checks: [
      {
        says: "at least 100 wines are on the lorry",
        test: (answer) => {
          const picked = lorry(answer);
          return 4 * picked.length >= 100
            ? pass
            : fail({ on: "picks", got: inWords(`about ${4 * picked.length} wines`) });
        },
      },
      {
        says: "with the scaler of the training rows, 95 % are judged right",
        test: (answer) => {
          const right = rightWith("table", lorry(answer));
          return right >= 0.95
            ? pass
            : fail({
                on: "picks",
                got: inWords(`${percent(right)} right`),
                note: "Choose wines that the model knows well.",
              });
        },
      },
      {
        says: "with the colleague's scaler, less than half are judged right",
        test: (answer) => {
          const right = rightWith("own", lorry(answer));
          return right < 0.5 ? pass : fail({ on: "picks", got: inWords(`${percent(right)} right`) });
        },
      },
      {
        says: "prepare uses the mean and the deviation of the table `train` that it is given",
        test: prepareVerdict,
      },
    ],
    wrong: [
      {
        answer: { picks: () => true, prepare: goodPrepare },
        means: "a delivery like the training rows",
        hint: "This delivery has the same mixture as the training rows, so its mean and deviation are the same. Which mixture has other means?",
        // The stub takes every wine, too, and is no answer yet.
        when: (answer) => {
          const picked = lorry(answer);
          const share = redShare(picked);
          const begun = picked.length < judge().labels.length || prepareVerdict(answer).holds;
          return begun && 4 * picked.length >= 100 && share > 0.1 && share < 0.6;
        },
      },
      {
        answer: { picks: (colour) => colour === "white", prepare: goodPrepare },
        means: "whites only",
        hint: "The whites move to the middle, where the model expects the average wine, and three of four of those are white. Which wines would suffer more there?",
        when: ({ picks }) => {
          const picked = lorry({ picks });
          return 4 * picked.length >= 100 && redShare(picked) <= 0.1;
        },
      },
      {
        answer: { picks: (colour, row) => colour === "red" && row[11] >= 8, prepare: goodPrepare },
        means: "too few wines",
        hint: "There are too few wines on this lorry. Can you relax the condition?",
        when: ({ picks }) => {
          const picked = lorry({ picks });
          return picked.length > 0 && 4 * picked.length < 100;
        },
      },
      {
        answer: { picks: (colour) => colour === "Red", prepare: goodPrepare },
        means: "no wine at all",
        hint: 'No wine is on this lorry. A colour is the text "red" or "white", in small letters.',
        when: ({ picks }) => lorry({ picks }).length === 0,
      },
      {
        answer: { picks: onlyReds, prepare: ownPrepare },
        means: "broken but not mended",
        hint: "The delivery breaks it. Now `prepare` still measures the delivery: which table should be measured?",
        when: breaksBut(ownPrepare),
      },
      {
        answer: {
          picks: onlyReds,
          prepare: bothPrepare,
        },
        means: "measures both tables together",
        hint: "The delivery still moves the mean. The model was trained with one scaler, before the delivery came: with which one?",
        when: breaksBut(bothPrepare),
      },
      {
        answer: { picks: onlyReds, prepare: trainPrepare },
        means: "transforms the training rows",
        hint: "The right table is measured, but the wrong one is transformed. Which one does the model have to judge?",
        when: breaksBut(trainPrepare),
      },
      {
        answer: { picks: onlyReds, prepare: (_train, delivery) => delivery },
        means: "does not scale at all",
        hint: "Now nothing is scaled, and the model has learned from scaled columns. Which table gives the mean and the deviation?",
        when: breaksBut((_train, delivery) => delivery),
      },
    ],
    hints: [
      "When is the mean of a delivery far from the mean of all wines? Think of its colours.",
      "A lorry with one colour only. Try both, and read on the card how many are right.",
      '`colour === "red"`, and `fitStandardizer(train).transform(delivery)`.',
    ],
    praise: "A scaler belongs to the model, not to the delivery.",
    timeLimitMs: 8000,
  }),
});
