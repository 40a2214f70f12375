import {
  close,
  defineExercises,
  each,
  exercise,
  expectSame,
  expectShape,
  fail,
  forInputs,
  freshCopy,
  Matrix,
  pass,
  Random,
  type Verdict,
} from "gradus";

type Rows = number[][];
type RowFunction = (row: number[]) => number[];
type DenseForward = (X: Rows, W: Rows, b: number[], f: RowFunction) => Rows;

/** The sums of one row: its products with the columns of W, plus what `biasOf` says of unit j. */
function sums(x: number[], W: Rows, biasOf: (j: number) => number): number[] {
  return W[0].map((_, j) => x.reduce((sum, value, i) => sum + value * W[i][j], biasOf(j)));
}

const denseForward: DenseForward = (X, W, b, f) => X.map((x) => f(sums(x, W, (j) => b[j])));

const same: RowFunction = (row) => [...row];
const relu: RowFunction = (row) => row.map((value) => Math.max(0, value));
const softmax: RowFunction = (row) => {
  const powers = row.map((value) => Math.exp(value - Math.max(...row)));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
};

const advice = {
  W: [
    [1, -2],
    [0.5, -0.5],
    [-1, 1],
  ],
  b: [-1, 1],
};
const morning = [
  [0, 2, 1],
  [2, 4, 1],
  [1, 6, 2],
  [0, 8, 3],
];
const wide = {
  W: [
    [1, 0, -2, 0.5],
    [2, -1, 1, 3],
  ],
  b: [0.5, 1, 0, -1],
};

function forwardVerdict(
  answer: DenseForward,
  X: Rows,
  { W, b }: { W: Rows; b: number[] },
  [name, f]: readonly [string, RowFunction],
): Verdict {
  const on = `X [${X.length}, ${X[0].length}], W [${W.length}, ${W[0].length}], ${name}`;
  const got: unknown = answer(freshCopy(X), freshCopy(W), [...b], f);
  const shape = expectShape(got, [X.length, W[0].length], { on });
  return shape.holds ? expectSame(got, denseForward(X, W, b, f), { on }) : shape;
}

interface Saved {
  weight: Matrix;
  bias: Matrix;
}
type ScoresFrom = (x: Matrix, saved: Saved[]) => Matrix;

/** The layers of a network as a file with [units, inputs] has them. */
function savedNetwork(sizes: number[], seed: number): Saved[] {
  const random = new Random(seed);
  const draw = (rows: number, cols: number): Matrix => Matrix.zeros(rows, cols).map(() => random.normal());
  return sizes.slice(1).map((units, k) => ({ weight: draw(units, sizes[k]), bias: draw(1, units) }));
}

/** The scores, with a way to make [inputs, units] of each saved weight. */
function scoresBy(turn: (weight: Matrix, k: number) => Matrix): ScoresFrom {
  return (x, saved) =>
    saved.reduce((h, { weight, bias }, k) => {
      const next = h.matmul(turn(weight, k)).add(bias);
      return k === saved.length - 1 ? next : next.map((value) => Math.max(0, value));
    }, x);
}

const flowers = Matrix.from([
  [5.1, 3.5, 1.4, 0.2],
  [6.3, 2.5, 4.9, 1.5],
]);

type Count = (sizes: number[]) => number;
/** The sum over the layers of what one with so many inputs and units has. */
const countBy =
  (layer: (inputs: number, units: number) => number): Count =>
  (sizes) =>
    sizes.slice(1).reduce((total, units, k) => total + layer(sizes[k], units), 0);

interface Coffee {
  inputs: number;
  units: number;
  lastParams: number;
  total: number;
}

interface Perfect {
  predictions: number[];
  wanted: number[];
}
/** The mean over all pairs, as the program of the exercise reports it. */
function reportedMiss({ predictions, wanted }: Perfect): number {
  const misses = predictions.flatMap((p) => wanted.map((w) => Math.abs(p - w)));
  return misses.reduce((sum, miss) => sum + miss, 0) / misses.length;
}

export default defineExercises({
  "05-dense-forward": exercise<DenseForward>({
    stub: () => [],
    checks: [
      {
        says: "one sample gives one row",
        test: (answer) => forwardVerdict(answer, morning.slice(0, 1), advice, ["no activation", same]),
      },
      {
        says: "each row of a batch gives its own row",
        test: (answer) => forwardVerdict(answer, morning, advice, ["no activation", same]),
      },
      {
        says: "other shapes work too",
        test: (answer) =>
          forwardVerdict(
            answer,
            [
              [1, 2],
              [-3, 1],
              [0, 0.5],
            ],
            wide,
            ["relu", relu],
          ),
      },
      {
        says: "the activation gets the whole row",
        test: (answer) => forwardVerdict(answer, morning, advice, ["softmax", softmax]),
      },
    ],
    wrong: [
      {
        answer: (X, W, _b, f) => X.map((x) => f(sums(x, W, () => 0))),
        means: "forgets the bias",
        hint: "The products are right. What is added to every row before the activation?",
      },
      {
        answer: (X, W, b) => X.map((x) => sums(x, W, (j) => b[j])),
        means: "forgets the activation",
        hint: "The sums are right. Where does `f` come in?",
      },
      {
        answer: (X, W, b, f) => X.map((x) => sums(x, W, (j) => b[j]).map((sum) => f([sum])[0])),
        means: "hands the activation one number at a time",
        hint: "Softmax of a single number is always 1. What must `f` see to share out one total over the row?",
      },
      {
        answer: (X, W, b, f) => X.map(() => f(sums(X[0], W, (j) => b[j]))),
        means: "takes the first sample for all",
        hint: "All your rows are equal. Which row of `X` belongs to row i of the answer?",
      },
      {
        answer: (X, W, b, f) => X.map((x, i) => f(sums(x, W, () => b[i % b.length]))),
        means: "gives the bias to the sample and not to the unit",
        hint: "Your bias depends on the row. There is one bias for each unit: with which index does it go?",
      },
      {
        answer: (X, W, b, f) =>
          X.map((x) => f(W[0].map((_, j) => x.reduce((sum, v, i) => sum + v * W[i][j] + b[j], 0)))),
        means: "adds the bias at every product",
        hint: "How often is the bias added to one sum? It belongs outside the inner loop.",
      },
      {
        answer: (X, W, b, f) =>
          X.map((x) => f(b.map((bias, j) => x.reduce((sum, v, i) => sum + v * (W[j] ?? [])[i], bias)))),
        means: "reads W with its indices exchanged",
        hint: "`W[i][j]` leads from input i to unit j. Which of the two indices runs along the sum?",
      },
    ],
    hints: [
      "Three steps: products, bias, activation. Which functions of the text do the first two?",
      "`matmul(X, W)` gives the sums of all samples, and `addRow` adds the bias to every row. What is left is a function for each row.",
      "`return addRow(matmul(X, W), b).map(f);`",
    ],
    praise: "Your layer takes any batch, any shapes that fit and any activation.",
  }),

  "05-count": exercise<Count>({
    stub: () => NaN,
    checks: [
      {
        says: "one layer is counted",
        test: (count) =>
          forInputs(count, { inputs: [[[3, 2]], [[4, 3]]], expected: [8, 15], name: "countParameters" }),
      },
      {
        says: "two layers are counted",
        test: (count) =>
          forInputs(count, { inputs: [[[4, 16, 3]]], expected: [131], name: "countParameters" }),
      },
      {
        says: "deeper networks are counted",
        test: (count) =>
          forInputs(count, {
            inputs: [[[4, 8, 8, 3]], [[2, 10, 10, 8, 2]], [[12, 30, 12, 8, 1]]],
            expected: [139, 246, 875],
            name: "countParameters",
          }),
      },
    ],
    wrong: [
      {
        answer: countBy((inputs, units) => inputs * units),
        means: "counts no biases",
        hint: "You have counted the weights. What else does each unit own?",
      },
      {
        answer: countBy((inputs, units) => inputs * units + 1),
        means: "counts one bias for each layer",
        hint: "You have one bias for each layer. Look at the drawing of the bus app: where do the biases stand?",
      },
      {
        answer: countBy((inputs, units) => inputs * (units + 1)),
        means: "counts a bias for each input",
        hint: "Do the biases belong to the numbers that come in, or to the units that add them up?",
      },
      {
        answer: (sizes) =>
          sizes.reduce((total, units, k) => total + (k === 0 ? 0 : sizes[k - 1] * units) + units, 0),
        means: "gives the inputs biases of their own",
        hint: "The first column only holds the data. Does it make any sums?",
      },
      {
        answer: (sizes) => {
          const last = sizes[sizes.length - 1];
          return countBy((inputs, units) => (inputs + 1) * units)([...sizes, last]);
        },
        means: "adds a matrix behind the outputs",
        hint: "You have as many matrices as columns of units. How many gaps are between the columns?",
      },
      {
        answer: ([inputs, units]) => (inputs + 1) * units,
        means: "counts the first layer only",
        hint: "One layer is right. A loop over the gaps between the columns does the others.",
      },
    ],
    hints: [
      "Count one gap between two columns first: what is the formula above the exercise?",
      "A loop over k from 1: the layer has `sizes[k - 1]` inputs and `sizes[k]` units. Add up (inputs + 1) · units.",
      "`for (let k = 1; k < sizes.length; k++) total += (sizes[k - 1] + 1) * sizes[k];`",
    ],
    praise: "It counts every network of dense layers in this course.",
  }),

  "05-summary": exercise<Coffee>({
    stub: { inputs: NaN, units: NaN, lastParams: NaN, total: NaN },
    checks: [
      {
        says: "the number of inputs explains the 96",
        test: ({ inputs }) =>
          inputs === 7
            ? pass
            : fail({
                on: "inputs",
                got: inputs,
                note: `12 units with ${inputs} inputs have ${(inputs + 1) * 12} parameters.`,
              }),
      },
      {
        says: "the number of units explains the 65",
        test: ({ units }) =>
          units === 5
            ? pass
            : fail({
                on: "units",
                got: units,
                note: `${units} units with 12 inputs have ${13 * units} parameters.`,
              }),
      },
      {
        says: "the last layer has its parameters",
        test: ({ lastParams }) =>
          lastParams === 12
            ? pass
            : fail({
                on: "lastParams",
                got: lastParams,
                note: "Its inputs are the units of dense_1, and it has 2 units.",
              }),
      },
      {
        says: "the total is the sum of the column",
        test: ({ total }) =>
          total === 173
            ? pass
            : fail({ on: "total", got: total, note: "Add up the three numbers of the column Param #." }),
      },
    ],
    wrong: [
      {
        answer: { inputs: 8, units: 5, lastParams: 12, total: 173 },
        means: "forgets the biases of the first layer",
        hint: "96 / 12 is 8 numbers for each unit. Is each of the 8 a weight?",
        when: ({ inputs }) => inputs === 8,
      },
      {
        answer: { inputs: 84, units: 5, lastParams: 12, total: 173 },
        means: "takes away the biases and does not divide",
        hint: "84 is the number of weights in the first layer. They are shared out over 12 units: how many for each?",
        when: ({ inputs }) => inputs === 84,
      },
      {
        answer: { inputs: 7, units: 53, lastParams: 108, total: 269 },
        means: "subtracts the inputs in place of dividing",
        hint: "Each unit of `dense_1` has 12 weights and a bias. How many such units make 65?",
        when: ({ units }) => units === 53,
      },
      {
        answer: { inputs: 7, units: 5, lastParams: 10, total: 171 },
        means: "forgets the biases of the last layer",
        hint: "10 are the weights from 5 units to 2. What else do the two units have?",
      },
      {
        answer: { inputs: 7, units: 5, lastParams: 12, total: 346 },
        means: "adds the trainable ones to the total",
        hint: "You have counted everything twice. Trainable parameters are already among the total.",
      },
    ],
    hints: [
      "Begin with `dense`: 96 = (inputs + 1) · 12. Divide first.",
      "The same for `dense_1`: its inputs are the 12 units before it, so 65 = 13 · units. Its units are the inputs of `dense_2`.",
      "7 inputs, 5 units. Then (5 + 1) · 2 for the last layer, and the sum of the three.",
    ],
    praise: "You can read a network from its counts.",
  }),

  "05-shape-bug": exercise<ScoresFrom>({
    stub: scoresBy((weight) => weight),
    checks: [
      {
        says: "every product fits",
        test: (answer) =>
          expectShape(answer(flowers.copy(), savedNetwork([4, 8, 8, 3], 1)), [2, 3], { on: "2 samples" }),
      },
      {
        says: "the scores are those of the network",
        test: (answer) =>
          each([1, 2], (seed) => {
            const saved = (): Saved[] => savedNetwork([4, 8, 8, 3], seed);
            const right = scoresBy((weight) => weight.transpose())(flowers, saved());
            return expectSame(answer(flowers.copy(), saved()), right, {
              on: `network ${seed}`,
              note: "The shapes fit, the numbers don't.",
            });
          }),
      },
    ],
    wrong: [
      {
        answer: scoresBy((weight, k) => (k === 1 ? weight : weight.transpose())),
        means: "turns only the matrices that complain",
        hint: "Every product fits now, but one of them fits by accident. Which matrix is square?",
      },
      {
        answer: scoresBy((weight, k) => (k === 0 ? weight.transpose() : weight)),
        means: "turns only the first matrix",
        hint: "The first product fits. The whole file is written the other way round, not only its first matrix.",
      },
      {
        answer: scoresBy((weight) => Matrix.fromArray(weight.data, [weight.cols, weight.rows])),
        means: "cuts the numbers into rows anew in place of transposing",
        hint: "Your matrices have the right shape with the numbers in the wrong places. What does `transpose()` do that a new shape does not?",
      },
      {
        answer: (x, saved) => scoresBy((weight) => weight)(x.transpose(), saved),
        means: "turns the data",
        hint: "The data is as it should be: one row, one sample. What is stored the other way round?",
      },
      {
        answer: (x, [first]) => x.matmul(first.weight.transpose()).add(first.bias),
        means: "stops after the first layer",
        hint: "These are the 8 sums of the first layer. The scores come out of the third.",
      },
    ],
    hints: [
      "A weight of the file is [units, inputs]. Which shape does a product need on its right?",
      "`transpose()` turns a matrix. Which of the three need it? Don't trust the error messages alone.",
      "All three: `first.weight.transpose()`, `second.weight.transpose()`, `third.weight.transpose()`.",
    ],
    praise: "You have found the bug that complained and the one that kept silent.",
  }),

  "05-silent": exercise<Perfect>({
    stub: { predictions: [0, 0, 0, 0], wanted: [0, 0, 0, 0] },
    checks: [
      {
        says: "there are four of each",
        test: ({ predictions, wanted }) =>
          predictions.length === 4 && wanted.length === 4
            ? pass
            : fail({
                note: `There are ${predictions.length} predictions and ${wanted.length} wanted values.`,
              }),
      },
      {
        says: "every prediction is exactly right",
        test: ({ predictions, wanted }) =>
          each(predictions, (p, i) =>
            close(p, wanted[i], 0) ? pass : fail({ on: `prediction ${i + 1}`, expected: wanted[i], got: p }),
          ),
      },
      {
        says: "the program reports a miss of 2 or more",
        test: (answer) => {
          const miss = reportedMiss(answer);
          return miss >= 2 ? pass : fail({ note: `It reports ${Number(miss.toFixed(4))}.` });
        },
      },
    ],
    wrong: [
      {
        answer: { predictions: [5, 5, 5, 5], wanted: [5, 5, 5, 5] },
        means: "takes four equal numbers",
        hint: "All pairs of equal numbers differ by 0. What must the four be for the mistake to show?",
        when: ({ wanted }) =>
          wanted.length === 4 && wanted.every((value) => value === wanted[0] && value !== 0),
      },
      {
        answer: { predictions: [1, 2, 3, 4], wanted: [1, 2, 3, 4] },
        means: "takes numbers that lie too close together",
        hint: "That is the idea. 4 of the 16 pairs give 0; how large must the other 12 be?",
      },
      {
        answer: { predictions: [10, 20, 30, 40], wanted: [40, 30, 20, 10] },
        means: "takes the right numbers in another order",
        hint: "Each prediction belongs to the wanted value at the same place. Are yours equal place by place?",
      },
      {
        answer: { predictions: [0, 10, 20, 33], wanted: [0, 10, 20, 30] },
        means: "takes a prediction that is off",
        hint: "A miss that is really there is no bug. Make all four predictions right.",
      },
      {
        answer: { predictions: [0, 10], wanted: [0, 10] },
        means: "takes two predictions",
        hint: "Two would do for the idea. The task has four.",
      },
    ],
    hints: [
      "Write the table of all 16 differences for predictions 1, 2, 3, 4. Where are the zeros?",
      "Use the same list twice, and move its numbers apart.",
      "For example 0, 10, 20, 30, for the predictions and for the wanted values.",
    ],
    praise: "Four perfect predictions, and the program calls them bad.",
  }),
});
