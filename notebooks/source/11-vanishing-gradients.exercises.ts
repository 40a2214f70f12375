import {
  activation,
  adam,
  batchNormalization,
  close,
  defineExercises,
  dense,
  each,
  exercise,
  expectSame,
  fail,
  forInputs,
  formFault,
  type Initializer,
  initializers,
  inWords,
  makeSpirals,
  numericGradient,
  pass,
  Random,
  randomNormal,
  Sequential,
  type Verdict,
} from "gradus";

interface Ruler {
  layers: number;
  weight: number;
  doubled: number;
}
type Rule = "sigmoid" | "tanh" | "relu";
type Spread = (rule: Rule, nIn: number, nOut: number) => number;
type Backward = (
  g: number[],
  normal: number[],
  gamma: number,
  s: number,
) => { dx: number[]; dGamma: number; dBeta: number };
interface Running {
  update: (old: number, seen: number, m: number) => number;
  use: (x: number, mean: number, variance: number, gamma: number, beta: number) => number;
}
interface Tiny {
  one: number;
  slope: number;
  two: number[];
}
interface Rescue {
  depth: number;
  rule: Rule;
  init: "zeros" | "deviation 0.01" | "deviation 1" | "Xavier" | "He";
  normalize: boolean;
  learningRate: number;
}

const epsilon = 0.001;
const width = 16;
const spiralsOf = (seed: number) => makeSpirals({ samples: 200, turns: 0.75, noise: 0.03, seed });
const training = spiralsOf(1);
const heldOut = spiralsOf(2);

const isNumber = (value: number, right: number, on: string, note: string): Verdict =>
  close(value, right) ? pass : fail({ on, got: value, note });

/** How many different columns the hidden kernel has after some steps of training from this start. */
function unitsAfterTraining(start: number[][]): number {
  const model = new Sequential({ layers: [dense(4, { activation: "tanh", inputDim: 2 })], seed: 1 });
  model.add(dense(2, { activation: "softmax" })).build(2);
  const outgoing = start[0].map(() => [0.5, -0.5]);
  model.weights = [{ kernel: start }, { kernel: outgoing }];
  model.compile({ loss: "categoricalCrossentropy", optimizer: adam({ learningRate: 0.01 }) });
  for (let step = 0; step < 40; step++) model.trainOnBatch(training.x, training.y);
  const { kernel } = model.weights[0];
  const columns = start[0].map((_, j) =>
    kernel
      .column(j)
      .map((w) => w.toFixed(5))
      .join(),
  );
  return new Set(columns).size;
}
const usesOnlyHalves = (start: number[][]): boolean => start.flat().every((w) => Math.abs(w) === 0.5);
const kindsOf = (start: number[][]): number =>
  new Set(start[0].map((_, j) => `${start[0][j]},${start[1][j]}`)).size;
const allZero = (start: number[][]): boolean => start.flat().every((w) => w === 0);

const rightSpread: Spread = (rule, nIn, nOut) => Math.sqrt(rule === "relu" ? 2 / nIn : 2 / (nIn + nOut));
const spreadOn = (spread: Spread, inputs: [Rule, number, number][]): Verdict =>
  forInputs(spread, { inputs, expected: rightSpread, name: "spread" });

/** x̂ and s of one column. */
function normalized(x: number[]): { normal: number[]; s: number } {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
  const s = Math.sqrt(variance + epsilon);
  return { normal: x.map((value) => (value - mean) / s), s };
}
const columnOfBatch = [1, 2, 4, 9];
const mixedGradient = [0.5, -1, 2, 0.25];
/** Rounded, so that a slope of 0 is shown as 0. */
function measuredDx(g: number[], gamma: number): number[] {
  const loss = (x: Float64Array): number =>
    normalized([...x]).normal.reduce((sum, value, i) => sum + g[i] * gamma * value, 0);
  return [...numericGradient({ f: loss, at: columnOfBatch })].map(
    (slope) => Math.round(slope * 1e8) / 1e8 + 0,
  );
}
function dxVerdict(backward: Backward, g: number[], gamma: number, on: string): Verdict {
  const { normal, s } = normalized(columnOfBatch);
  const { dx } = backward([...g], [...normal], gamma, s);
  return expectSame(dx, measuredDx(g, gamma), {
    on,
    note: "Expected are the measured slopes.",
    tolerance: 1e-5,
  });
}
const withDx =
  (dxOf: (g: number[], normal: number[], gamma: number, s: number) => number[]): Backward =>
  (g, normal, gamma, s) => ({ ...rightBackward(g, normal, gamma, s), dx: dxOf(g, normal, gamma, s) });
const sumOf = (list: number[]): number => list.reduce((sum, value) => sum + value, 0);
const alongOf = (g: number[], normal: number[]): number => sumOf(g.map((gi, i) => gi * normal[i]));
const rightBackward: Backward = (g, normal, gamma, s) => {
  const [n, dBeta, dGamma] = [g.length, sumOf(g), alongOf(g, normal)];
  return { dx: g.map((gi, i) => (gamma / s) * (gi - dBeta / n - (normal[i] * dGamma) / n)), dGamma, dBeta };
};

const rightRunning: Running = {
  update: (old, seen, m) => m * old + (1 - m) * seen,
  use: (x, mean, variance, gamma, beta) => (gamma * (x - mean)) / Math.sqrt(variance + epsilon) + beta,
};
const updateOn = ({ update }: Running, inputs: [number, number, number][]): Verdict =>
  forInputs(update, { inputs, expected: rightRunning.update, name: "update" });
const useOn = ({ use }: Running, inputs: [number, number, number, number, number][]): Verdict =>
  forInputs(use, { inputs, expected: rightRunning.use, name: "use" });

/** Then the first check that fails is the one about two rows. */
const restIsRight = (one: number, slope: number): boolean => close(one, 0.5) && close(slope, 0);
const rightTiny: Tiny = { one: 0.5, slope: 0, two: [-1.5, 2.5] };

const starts: Record<Rescue["init"], Initializer> = {
  zeros: initializers.zeros,
  "deviation 0.01": randomNormal({ standardDeviation: 0.01 }),
  "deviation 1": randomNormal({ standardDeviation: 1 }),
  Xavier: initializers.glorotUniform,
  He: initializers.heUniform,
};
const rules: readonly string[] = ["sigmoid", "tanh", "relu"];
const deadPlan: Rescue = {
  depth: 10,
  rule: "sigmoid",
  init: "deviation 0.01",
  normalize: false,
  learningRate: 0.01,
};

/** Trained once for each plan and seed: a plan is judged several times. */
const reached = new Map<string, number>();
function heldOutAccuracy(plan: Rescue, seed: number): number {
  const key = JSON.stringify([plan, seed]);
  const score = reached.get(key) ?? trainedAccuracy(plan, seed);
  reached.set(key, score);
  return score;
}

/** The held-out accuracy after 30 epochs, without waiting: as the lesson's `train` does it. */
function trainedAccuracy({ depth, rule, init, normalize, learningRate }: Rescue, seed: number): number {
  const model = new Sequential({ seed });
  for (let layer = 0; layer < depth; layer++) {
    model.add(dense(width, { kernelInitializer: starts[init] }));
    if (normalize) model.add(batchNormalization({ momentum: 0.9 }));
    model.add(activation(rule));
  }
  model.add(dense(2, { activation: "softmax" })).build(2);
  const optimizer = adam({ learningRate });
  model.compile({ loss: "categoricalCrossentropy", optimizer, metrics: ["accuracy"] });
  const order = new Random(seed);
  for (let epoch = 0; epoch < 30; epoch++) {
    const rows = order.permutation(training.x.rows);
    for (let from = 0; from < rows.length; from += 50) {
      const batch = rows.slice(from, from + 50);
      model.trainOnBatch(training.x.takeRows(batch), training.y.takeRows(batch));
    }
  }
  return model.evaluate(heldOut.x, heldOut.y).accuracy;
}

export default defineExercises({
  "11-ruler": exercise<Ruler>({
    stub: { layers: 0, weight: 0, doubled: 0 },
    accepts: (answer) => formFault(answer, { layers: 0, weight: 0, doubled: 0 }),
    checks: [
      {
        says: "the number of units is right",
        test: ({ layers }) => isNumber(layers, 5, "layers", "0.25 · 0.25 · ... until it is below 0.001."),
      },
      {
        says: "the weight that passes all on is right",
        test: ({ weight }) => isNumber(weight, 4, "weight", "Each factor is the weight times the slope."),
      },
      {
        says: "the part that is left with weights of 2 is right",
        test: ({ doubled }) => isNumber(doubled, 0.125, "doubled", "Three factors, multiplied."),
      },
    ],
    wrong: [
      {
        answer: { layers: 6, weight: 4, doubled: 0.125 },
        means: "takes 0.3 for the largest slope",
        hint: "With 0.3 it would take 6. What is σ(0) · (1 − σ(0)) exactly?",
        when: ({ layers, weight }) => layers === 6 || close(weight, 10 / 3, 0.01),
      },
      {
        answer: { layers: 4, weight: 4, doubled: 0.125 },
        means: "stops one unit too early",
        hint: "0.25 to the 4 is 0.0039. Is that less than a thousandth?",
        when: ({ layers }) => layers === 4,
      },
      {
        answer: { layers: 10, weight: 2, doubled: 0.125 },
        means: "takes 0.5, the value of the sigmoid, for its slope",
        hint: "0.5 is the height of the sigmoid at 0. How steep is it there?",
        when: ({ layers }) => layers === 10,
      },
      {
        answer: { layers: 5, weight: 0.25, doubled: 0.125 },
        means: "gives the slope in place of the weight",
        hint: "Weight times 0.25 must be 1. Which weight does that?",
        when: ({ layers, weight }) => layers === 5 && close(weight, 0.25),
      },
      {
        answer: { layers: 5, weight: 1, doubled: 0.125 },
        means: "takes a weight of 1 for neutral",
        hint: "Each factor is the weight times the slope, and the slope is 0.25 here. Weight times 0.25 must be 1: which weight does that?",
        when: ({ layers, weight }) => layers === 5 && !close(weight, 4) && !close(weight, 0.25),
      },
      {
        answer: { layers: 5, weight: 4, doubled: 0.5 },
        means: "counts one unit only",
        hint: "One unit leaves 2 · 0.25 = 0.5. What do three of them leave?",
        when: ({ layers, weight, doubled }) => layers === 5 && close(weight, 4) && close(doubled, 0.5),
      },
      {
        answer: { layers: 5, weight: 4, doubled: 0.015625 },
        means: "forgets the weight",
        hint: "That is 0.25 to the 3. Each factor also has its weight of 2.",
        when: ({ layers, weight, doubled }) => layers === 5 && close(weight, 4) && close(doubled, 0.25 ** 3),
      },
      {
        answer: { layers: 5, weight: 4, doubled: 1.5 },
        means: "adds the factors",
        hint: "Slopes along a chain are multiplied. What is 0.5 · 0.5 · 0.5?",
        when: ({ layers, weight, doubled }) => layers === 5 && close(weight, 4) && doubled >= 1,
      },
    ],
    hints: [
      "What is the largest slope of the sigmoid, and where?",
      "Each unit multiplies the nudge by weight · 0.25.",
      "0.25 to the 5 is below 0.001, 0.25 to the 4 is not. For `weight` solve w · 0.25 = 1. For `doubled` take (2 · 0.25) to the 3.",
    ],
    praise: "You can read the fate of a chain off two numbers: slope and weight.",
  }),

  "11-symmetry": exercise<number[][]>({
    stub: [
      [0.5, 0.5, 0.5, 0.5],
      [0.5, 0.5, 0.5, 0.5],
    ],
    accepts: (answer) => {
      const fault = formFault(answer, [[0.5]]);
      if (fault !== undefined) return fault;
      const rows = answer as number[][];
      return rows.length === 2 && rows.every((row) => row.length === 4)
        ? undefined
        : `The kernel has 2 rows (one for each input) and 4 columns (one for each unit), got ${rows.length} rows.`;
    },
    checks: [
      {
        says: "only 0.5 and −0.5 are used",
        test: (start) =>
          usesOnlyHalves(start)
            ? pass
            : fail({
                on: "the kernel",
                got: start.flat().find((w) => Math.abs(w) !== 0.5),
                note: "Only the numbers 0.5 and −0.5 are allowed.",
              }),
      },
      {
        says: "after training the four units are different",
        test: (start) => {
          const kinds = unitsAfterTraining(start);
          return kinds === 4
            ? pass
            : fail({
                on: "the trained kernel",
                expected: inWords("4 different columns"),
                got: inWords(`${kinds} different`),
              });
        },
      },
    ],
    wrong: [
      {
        answer: [
          [0, 0, 0, 0],
          [0, 0, 0, 0],
        ],
        means: "takes zeros",
        hint: "Zeros are equal, too, and they are not allowed here. What must differ from unit to unit?",
        when: allZero,
      },
      {
        answer: [
          [0.1, 0.2, 0.3, 0.4],
          [0.5, 0.6, 0.7, 0.8],
        ],
        means: "takes other numbers",
        hint: "Here only 0.5 and −0.5 are allowed. How many different columns can you make of these two?",
        when: (start) => !usesOnlyHalves(start) && !allZero(start),
      },
      {
        answer: [
          [0.5, 0.5, 0.5, 0.5],
          [-0.5, -0.5, -0.5, -0.5],
        ],
        means: "makes the rows different",
        hint: "Your rows differ, and all four columns are still equal. Which of the two belongs to a unit?",
        when: (start) => kindsOf(start) === 1,
      },
      {
        answer: [
          [0.5, -0.5, 0.5, -0.5],
          [0.5, -0.5, 0.5, -0.5],
        ],
        means: "two pairs of twins",
        hint: "You have two kinds of units, each twice. Which columns of 0.5 and −0.5 are not used yet?",
        when: (start) => kindsOf(start) === 2,
      },
      {
        answer: [
          [0.5, 0.5, -0.5, -0.5],
          [0.5, -0.5, 0.5, 0.5],
        ],
        means: "one pair of twins",
        hint: "Three kinds, so two of the units are still twins. Look for the two equal columns. Which column is missing?",
        when: (start) => kindsOf(start) === 3,
      },
    ],
    hints: [
      "A unit is a column of the kernel. When are two units twins?",
      "A column has two numbers, each 0.5 or −0.5. List all columns that exist.",
      "(0.5, 0.5), (0.5, −0.5), (−0.5, 0.5) and (−0.5, −0.5), each once.",
    ],
    praise: "Four different columns, four different units.",
  }),

  "11-spread": exercise<Spread>({
    stub: () => 0,
    checks: [
      {
        says: "tanh has the spread of Xavier",
        test: (spread) =>
          spreadOn(spread, [
            ["tanh", 300, 100],
            ["tanh", 2, 16],
          ]),
      },
      { says: "so has sigmoid", test: (spread) => spreadOn(spread, [["sigmoid", 100, 300]]) },
      {
        says: "ReLU has the spread of He in a square layer",
        test: (spread) => spreadOn(spread, [["relu", 200, 200]]),
      },
      {
        says: "ReLU has the spread of He when inputs and units differ in number",
        test: (spread) =>
          spreadOn(spread, [
            ["relu", 200, 50],
            ["relu", 50, 200],
          ]),
      },
    ],
    wrong: [
      {
        answer: (rule, nIn, nOut) => rightSpread(rule, nIn, nOut) ** 2,
        means: "returns the variance",
        hint: "These are variances. How do you get the standard deviation from a variance?",
      },
      {
        answer: (rule, nIn) => Math.sqrt((rule === "relu" ? 2 : 1) / nIn),
        means: "meets the forward condition only",
        hint: "`1 / nIn` keeps the signal forward. Xavier looks both ways. Where is `nOut`?",
      },
      {
        answer: (_rule, nIn) => Math.sqrt(2 / nIn),
        means: "takes He for all",
        hint: "That is He, also for tanh. Does tanh set half of the numbers to 0?",
      },
      {
        answer: (_rule, nIn, nOut) => Math.sqrt(2 / (nIn + nOut)),
        means: "takes Xavier for all",
        hint: "Tanh and sigmoid are right. What does ReLU do to half of the signal, and who makes up for it?",
      },
      {
        answer: (rule, nIn, nOut) => Math.sqrt(rule === "relu" ? 2 / nOut : 2 / (nIn + nOut)),
        means: "divides by the units for ReLU",
        hint: "For ReLU you divide by the number of units. A sum has one term for each what?",
      },
      {
        answer: (rule, nIn, nOut) => Math.sqrt(rule === "relu" ? 1 / nIn : 2 / (nIn + nOut)),
        means: "forgets the half that ReLU loses",
        hint: "`1 / nIn` keeps the signal if nothing is lost. ReLU loses half of the mean square. Which factor makes up for it?",
      },
      {
        answer: (rule, nIn, nOut) => Math.sqrt(3) * rightSpread(rule, nIn, nOut),
        means: "returns the limit of the uniform form",
        hint: "That is a, the end of the range of the uniform form. Which number under the root gives the deviation itself?",
      },
    ],
    hints: [
      "Look at the two formulas for Var(w). Which one belongs to ReLU?",
      "The standard deviation is the square root of the variance: `Math.sqrt(...)`.",
      'For `"relu"`: the root of `2 / nIn`. For the others: the root of `2 / (nIn + nOut)`.',
    ],
    praise: "With this spread a signal keeps its size through many layers.",
  }),

  "11-bn-backward": exercise<Backward>({
    stub: withDx((g, _normal, gamma, s) => g.map((gi) => (gamma * gi) / s)),
    checks: [
      {
        says: "`dGamma` and `dBeta` are right",
        test: (backward) => {
          const { normal, s } = normalized(columnOfBatch);
          const { dGamma, dBeta } = backward([...mixedGradient], [...normal], 2.5, s);
          const right = rightBackward(mixedGradient, normal, 2.5, s);
          return expectSame({ dGamma, dBeta }, { dGamma: right.dGamma, dBeta: right.dBeta });
        },
      },
      {
        says: "a gradient that is equal in all rows does not come through",
        test: (backward) => dxVerdict(backward, [1, 1, 1, 1], 1, "g = (1, 1, 1, 1), gamma = 1"),
      },
      {
        says: "a gradient along `normal` does not come through",
        test: (backward) =>
          dxVerdict(backward, normalized(columnOfBatch).normal, 1, "g equal to normal, gamma = 1"),
      },
      {
        says: "any other gradient agrees with the measured slopes",
        test: (backward) => dxVerdict(backward, mixedGradient, 1, "g = (0.5, −1, 2, 0.25), gamma = 1"),
      },
      {
        says: "gamma counts",
        test: (backward) => dxVerdict(backward, mixedGradient, 2.5, "g = (0.5, −1, 2, 0.25), gamma = 2.5"),
      },
    ],
    wrong: [
      {
        answer: withDx((g, _normal, gamma, s) => g.map((gi) => (gamma / s) * (gi - sumOf(g) / g.length))),
        means: "forgets the way through the deviation",
        hint: "The way through the mean is there. What comes back through s, the deviation?",
      },
      {
        answer: withDx((g, normal, gamma, s) =>
          g.map((gi, i) => (gamma / s) * (gi - (normal[i] * alongOf(g, normal)) / g.length)),
        ),
        means: "forgets the way through the mean",
        hint: "The way through the deviation is there. What comes back through the mean?",
      },
      {
        answer: withDx((g, normal, gamma, s) =>
          g.map((gi, i) => (gamma / s) * (gi - sumOf(g) - normal[i] * alongOf(g, normal))),
        ),
        means: "forgets the 1/n",
        hint: "You subtract the whole sums. Each row has only a part 1/n of the mean: where must you divide by n?",
      },
      {
        answer: withDx((g, normal, gamma, s) =>
          g.map(
            (gi, i) => (gamma * gi) / s - sumOf(g) / g.length - (normal[i] * alongOf(g, normal)) / g.length,
          ),
        ),
        means: "divides only the direct way by s",
        hint: "All three ways are there, but the factor gamma / s belongs to each of them. Where do the brackets go?",
      },
      {
        answer: withDx((g, normal, gamma) =>
          g.map((gi, i) => gamma * (gi - sumOf(g) / g.length - (normal[i] * alongOf(g, normal)) / g.length)),
        ),
        means: "forgets s",
        hint: "The bracket is right. In the formula, what stands before it?",
      },
      {
        answer: withDx((g, normal, _gamma, s) =>
          g.map(
            (gi, i) => (1 / s) * (gi - sumOf(g) / g.length - (normal[i] * alongOf(g, normal)) / g.length),
          ),
        ),
        means: "forgets gamma",
        hint: "With gamma = 1 all is right. The gradient by `normal` is gamma times g.",
      },
      {
        answer: withDx((g, normal, gamma, s) =>
          g.map(
            (gi, i) => (gamma / s) * (gi + sumOf(g) / g.length + (normal[i] * alongOf(g, normal)) / g.length),
          ),
        ),
        means: "adds in place of subtracting",
        hint: "Both ways have a minus in the table: a larger mean makes every `normal[i]` smaller. Which signs must change?",
      },
      {
        answer: withDx((g, normal, gamma, s) =>
          g.map((gi) => (gamma / s) * (gi - sumOf(g) / g.length - alongOf(g, normal) / g.length)),
        ),
        means: "forgets the factor of the row in the last term",
        hint: "The last term is different for every row. By which number of the row is the mean of `g[i] * normal[i]` multiplied?",
      },
    ],
    hints: [
      "Both missing sums are computed already. Under which names?",
      "Subtract from `gi` the mean of g, `dBeta / n`, and `normal[i]` times the mean of `g[i] * normal[i]`, which is `dGamma / n`.",
      "`dx = g.map((gi, i) => (gamma / s) * (gi - dBeta / n - (normal[i] * dGamma) / n))`",
    ],
    praise: "All three ways are there, and the measured slopes agree.",
  }),

  "11-running": exercise<Running>({
    stub: { update: (old) => old, use: (x) => x },
    checks: [
      {
        says: "`update` is right with a memory of 0.9",
        test: (running) =>
          updateOn(running, [
            [0, 10, 0.9],
            [4, -2, 0.9],
          ]),
      },
      {
        says: "`update` is right with other memories",
        test: (running) =>
          updateOn(running, [
            [1, 3, 0.5],
            [1, 3, 0.99],
          ]),
      },
      {
        says: "`use` makes 0 of a number equal to the running mean",
        test: (running) =>
          useOn(running, [
            [5, 5, 4, 1, 0],
            [-2, -2, 4, 1, 0],
          ]),
      },
      {
        says: "`use` divides by the root of variance plus epsilon",
        test: (running) =>
          useOn(running, [
            [7, 5, 4, 1, 0],
            [7, 5, 0, 1, 0],
          ]),
      },
      {
        says: "`use` scales by gamma and then adds beta",
        test: (running) => useOn(running, [[7, 5, 4, 3, -1]]),
      },
    ],
    wrong: [
      {
        answer: { ...rightRunning, update: (old, seen, m) => (1 - m) * old + m * seen },
        means: "swaps old and new",
        hint: "A memory of 0.9 means that 0.9 of the old value stays. Which of the two do you multiply by m?",
      },
      {
        answer: { ...rightRunning, update: (old, seen, m) => m * old + seen },
        means: "adds the whole new value",
        hint: "The two parts must add up to 1. What does the new value count when the old one counts m?",
      },
      {
        answer: { ...rightRunning, update: (old, seen) => (old + seen) / 2 },
        means: "takes the plain mean",
        hint: "With a memory of 0.5 this is right. Where is m in your formula?",
      },
      {
        answer: {
          ...rightRunning,
          use: (x, mean, variance, gamma, beta) => (gamma * (x - mean)) / (variance + epsilon) + beta,
        },
        means: "divides by the variance",
        hint: "You divide by the variance. The deviation is its root.",
      },
      {
        answer: {
          ...rightRunning,
          use: (x, mean, variance, gamma, beta) => (gamma * (x - mean)) / Math.sqrt(variance) + beta,
        },
        means: "forgets epsilon",
        hint: "What happens with a unit whose running variance is 0? Epsilon, 0.001, belongs under the root here, too.",
      },
      {
        answer: {
          ...rightRunning,
          use: (x, mean, variance, gamma, beta) =>
            (gamma * (x - mean)) / (Math.sqrt(variance) + epsilon) + beta,
        },
        means: "adds epsilon outside the root",
        hint: "Nearly: epsilon is added to the variance. Does it stand under the root, or behind it?",
      },
      {
        answer: {
          ...rightRunning,
          use: (x, mean, variance) => (x - mean) / Math.sqrt(variance + epsilon),
        },
        means: "forgets gamma and beta",
        hint: "That is the normalised number. The last step of the layer is missing: what do gamma and beta do?",
      },
      {
        answer: {
          ...rightRunning,
          use: (x, mean, variance, gamma, beta) =>
            gamma * ((x - mean) / Math.sqrt(variance + epsilon) + beta),
        },
        means: "adds beta before scaling",
        hint: "First the factor gamma, then the offset beta: gamma times the normalised number, plus beta.",
      },
    ],
    hints: [
      "`update` is the formula with the arrow; `use` is the formula of the forward pass with running values.",
      "`update`: m times the old value and (1 − m) times the new one. `use`: first normalise, with the root of `variance + 0.001`, then gamma and beta.",
      "`update`: `m * old + (1 - m) * seen`. `use`: `(gamma * (x - mean)) / Math.sqrt(variance + 0.001) + beta`.",
    ],
    praise: "Each row has an answer of its own again.",
  }),

  "11-batch-of-one": exercise<Tiny>({
    stub: { one: NaN, slope: NaN, two: [NaN, NaN] },
    accepts: (answer) =>
      formFault(answer, { one: 0, slope: 0, two: [0] }) ??
      ((answer as Tiny).two.length === 2 ? undefined : "two must hold two numbers."),
    checks: [
      {
        says: "the answer to a single row is right",
        test: ({ one }) =>
          isNumber(one, rightTiny.one, "one", "What is the mean of a batch with the single row 7?"),
      },
      {
        says: "the gradient that comes back is right",
        test: ({ slope }) =>
          isNumber(slope, rightTiny.slope, "slope", "How does the answer change when the 7 becomes an 8?"),
      },
      {
        says: "the answers to two rows are right",
        test: ({ two }) =>
          each(rightTiny.two, (right, i) =>
            isNumber(two[i], right, `two[${i}]`, "First mean and deviation of 7 and 9, then normalise."),
          ),
      },
    ],
    wrong: [
      {
        answer: { ...rightTiny, one: 14.5 },
        means: "scales and shifts without normalising",
        hint: "2 · 7 + 0.5 leaves out the main step. What does normalising make of a row that is its own mean?",
        when: ({ one }) => close(one, 14.5),
      },
      {
        answer: { ...rightTiny, one: 0 },
        means: "forgets beta",
        hint: "The normalised number is 0, that is right. What do gamma and beta make of it?",
        when: ({ one }) => one === 0,
      },
      {
        answer: { ...rightTiny, one: 2.5 },
        means: "takes 1 for the normalised number",
        hint: "You took 1 for the normalised number. How far is 7 from the mean of this batch?",
        when: ({ one }) => close(one, 2.5),
      },
      {
        answer: { ...rightTiny, slope: 6 },
        means: "lets the gradient through",
        hint: "Gamma times g would be right if the mean did not move. But with a single row the mean moves along. What does the answer do?",
        when: ({ one, slope }) => close(one, 0.5) && !Number.isNaN(slope) && !close(slope, 0),
      },
      {
        answer: { ...rightTiny, two: [-1, 1] },
        means: "forgets gamma and beta for two rows",
        hint: "−1 and 1 are the normalised numbers. Now the last step: times gamma, plus beta.",
        when: ({ one, slope, two }) => restIsRight(one, slope) && close(two[0], -1) && close(two[1], 1),
      },
      {
        answer: { ...rightTiny, two: [-0.914214, 1.914214] },
        means: "divides by n − 1",
        hint: "You divided the squares by n − 1. The formula divides by n, here by 2. What is the deviation then?",
        when: ({ one, slope, two }) =>
          restIsRight(one, slope) &&
          close(two[0], 0.5 - Math.SQRT2, 1e-3) &&
          close(two[1], 0.5 + Math.SQRT2, 1e-3),
      },
      {
        answer: { ...rightTiny, two: [2.5, -1.5] },
        means: "swaps the signs",
        hint: "The row 7 lies below the mean 8. Which sign has its normalised number?",
        when: ({ one, slope, two }) => restIsRight(one, slope) && close(two[0], 2.5) && close(two[1], -1.5),
      },
    ],
    hints: [
      "What is the mean of a batch that has one row only?",
      "A single row is normalised to 0. For 7 and 9: the mean is 8, the deviation 1.",
      "one: 2 · 0 + 0.5. The answer never changes with the row, so the slope is 0. two: 2 · (−1) + 0.5 and 2 · 1 + 0.5.",
    ],
    praise: "A batch of one tells batch normalization nothing.",
  }),

  "11-rescue": exercise<Rescue>({
    timeLimitMs: 20_000,
    stub: deadPlan,
    accepts: (answer) => {
      const fault = formFault(answer, deadPlan);
      if (fault !== undefined) return fault;
      const { depth, rule, init, learningRate } = answer as Rescue;
      if (!Number.isInteger(depth) || depth < 1 || depth > 20) return `depth must stay 10, got ${depth}.`;
      if (!rules.includes(rule)) return `rule must be "sigmoid", "tanh" or "relu", got "${rule}".`;
      if (!Object.keys(starts).includes(init))
        return `init must be one of ${Object.keys(starts).join(", ")}, got "${init}".`;
      return learningRate > 0 && learningRate <= 1
        ? undefined
        : `learningRate must be above 0 and at most 1, got ${learningRate}.`;
    },
    checks: [
      {
        says: "the net still has ten hidden layers",
        test: ({ depth }) => (depth === 10 ? pass : fail({ on: "depth", expected: 10, got: depth })),
      },
      {
        says: "each of five seeds reaches 0.8 on held-out points",
        test: (plan) => {
          if (plan.depth !== 10) return fail({ on: "depth", note: "Only ten layers are tried." });
          return each([5, 4, 3, 2, 1], (seed) => {
            const score = heldOutAccuracy(plan, seed);
            return score >= 0.8
              ? pass
              : fail({
                  on: `seed ${seed}`,
                  expected: inWords("a held-out accuracy of at least 0.8"),
                  got: Number(score.toFixed(3)),
                });
          });
        },
      },
    ],
    wrong: [
      {
        answer: { ...deadPlan, depth: 2 },
        means: "takes layers away",
        hint: "Fewer layers would help, but the task is to keep ten. What can you change about the first weights?",
        when: ({ depth }) => depth !== 10,
      },
      {
        answer: { ...deadPlan, init: "zeros", normalize: true },
        means: "begins with zeros",
        hint: "With zeros all units are twins, and no remedy can break that symmetry. Which starts use chance?",
        when: ({ init }) => init === "zeros",
      },
      {
        answer: { ...deadPlan, rule: "relu" },
        means: "changes the activation function only",
        hint: "The slope is better now, but weights of 0.01 let the signal die out in any case. Which start keeps its size?",
        when: ({ rule, init, normalize }) => rule !== "sigmoid" && init === "deviation 0.01" && !normalize,
      },
      {
        answer: { ...deadPlan, init: "deviation 1" },
        means: "takes larger weights for the sigmoid",
        hint: "Large weights do lift the gradient, and some learning begins. But the slope of a sigmoid is 0.25 at most. Which function has a steeper slope?",
        when: ({ rule, init, normalize }) => rule === "sigmoid" && init === "deviation 1" && !normalize,
      },
      {
        answer: { ...deadPlan, init: "Xavier" },
        means: "changes the start only",
        hint: "The start is better, but each sigmoid still multiplies by 0.25 at most. Which function has a steeper slope?",
        when: ({ rule, init, normalize }) =>
          rule === "sigmoid" && (init === "Xavier" || init === "He") && !normalize,
      },
      {
        answer: { ...deadPlan, learningRate: 0.1 },
        means: "turns up the learning rate only",
        hint: "A larger step along a gradient that says nothing leads nowhere. What makes the gradient vanish: which two factors of the product?",
        when: ({ rule, init, normalize, learningRate }) =>
          rule === "sigmoid" && init === "deviation 0.01" && !normalize && learningRate !== 0.01,
      },
      {
        answer: { ...deadPlan, normalize: true },
        means: "keeps the sigmoid, with batch normalization",
        hint: "There is life in it now: some seeds learn, but not all. Which activation function has a steeper slope?",
        when: ({ rule, init, normalize }) => rule === "sigmoid" && init !== "zeros" && normalize,
      },
      {
        answer: { ...deadPlan, rule: "tanh", init: "Xavier", learningRate: 0.1 },
        means: "steps too far",
        hint: "These steps are too long for ten layers: the learning rate is above 0.01. Which one would you try?",
        when: ({ learningRate }) => learningRate > 0.01,
      },
      {
        answer: { ...deadPlan, rule: "tanh", init: "Xavier", learningRate: 0.0001 },
        means: "steps too short",
        hint: "With steps this short, 30 epochs are not enough: the learning rate is below 0.01. Which one would you try?",
        when: ({ learningRate }) => learningRate < 0.01,
      },
    ],
    hints: [
      "The gradient is multiplied by slope times weight in each layer. Which of the two is too small in this plan?",
      "Both are. Take an activation function with a steeper slope, and a start that keeps the size of its signal.",
      'For example `rule: "relu"` with `init: "He"`, or `"tanh"` with `"Xavier"`, at a learning rate of 0.01.',
    ],
    praise: "Ten layers, and five seeds to prove that they learn.",
  }),
});
