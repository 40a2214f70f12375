import {
  checkGradient,
  close,
  defineExercises,
  each,
  exercise,
  expectGradient,
  expectSame,
  expectShape,
  fail,
  forInputs,
  inWords,
  Matrix,
  pass,
  Random,
  type Verdict,
} from "gradus";

interface LocalSlopes {
  add: (a: number, b: number) => number[];
  mul: (a: number, b: number) => number[];
  relu: (a: number) => number[];
  exp: (a: number) => number[];
}

const rightSlopes: LocalSlopes = {
  add: () => [1, 1],
  mul: (a, b) => [b, a],
  relu: (a) => [a > 0 ? 1 : 0],
  exp: (a) => [Math.exp(a)],
};

const pairs: [number, number][] = [
  [2, 5],
  [-1.5, 0.25],
  [3, -4],
];
const singles: [number][] = [[2], [-1], [0.5], [-3]];

/** A number of a graph, as in the lesson. */
interface Scalar {
  data: number;
  gradient: number;
  inputs: Scalar[];
  slopes: number[];
  operation: string;
  label?: string;
}
type Sweep = (order: Scalar[]) => void;

const leaf = (label: string, data: number): Scalar => ({
  data,
  gradient: 0,
  inputs: [],
  slopes: [],
  operation: "",
  label,
});
const made = (label: string, data: number, parts: [Scalar, number][]): Scalar => ({
  ...leaf(label, data),
  operation: label,
  inputs: parts.map(([input]) => input),
  slopes: parts.map(([, slope]) => slope),
});

/** v = 3u, L = v²: nothing is used twice. */
function plainChain(): Scalar[] {
  const u = leaf("u", 2);
  const v = made("v", 6, [[u, 3]]);
  return [u, v, made("L", 36, [[v, 12]])];
}
/** L = x · x at 3. */
function squareGraph(): Scalar[] {
  const x = leaf("x", 3);
  const result = made("L", 9, [
    [x, 3],
    [x, 3],
  ]);
  return [x, result];
}
/** p = 2x, q = x², L = p · q at x = 3, which is 2x³ with the slope 54. */
function diamond(): Scalar[] {
  const x = leaf("x", 3);
  const p = made("p", 6, [[x, 2]]);
  const q = made("q", 9, [[x, 6]]);
  const result = made("L", 54, [
    [p, 9],
    [q, 6],
  ]);
  return [x, p, q, result];
}

function gradientsAfter(sweep: Sweep, order: Scalar[], calls: number): number[] {
  for (let call = 0; call < calls; call++) sweep(order);
  return order.map(({ gradient }) => gradient);
}

const sweepWith =
  (rule: (part: Scalar, slope: number, gradient: number) => void, start: (order: Scalar[]) => void): Sweep =>
  (order) => {
    start(order);
    for (const number of [...order].reverse())
      number.inputs.forEach((part, i) => rule(part, number.slopes[i], number.gradient));
  };
const setOne = (order: Scalar[]): void => {
  order[order.length - 1].gradient = 1;
};
const setAllToZero = (order: Scalar[]): void => {
  for (const number of order) number.gradient = 0;
};
const addUp = (part: Scalar, slope: number, gradient: number): void => {
  part.gradient += slope * gradient;
};

interface DenseGradients {
  gx: Matrix;
  gw: Matrix;
  gb: Matrix;
}
type DenseBackward = (input: Matrix, kernel: Matrix, gz: Matrix) => DenseGradients;

const columnSums = (matrix: Matrix): Matrix =>
  Matrix.from([
    Array.from({ length: matrix.cols }, (_, j) => matrix.column(j).reduce((sum, slope) => sum + slope, 0)),
  ]);
const rightDense: DenseBackward = (input, kernel, gz) => ({
  gx: gz.matmul(kernel.transpose()),
  gw: input.transpose().matmul(gz),
  gb: columnSums(gz),
});
const randomMatrix = (random: Random, rows: number, cols: number): Matrix =>
  Matrix.zeros(rows, cols).map(() => random.normal());
/** Input, kernel and the gradient of the output, of a layer that has no two sizes alike, and of one that has all alike. */
const layerCases = [
  { sizes: "5 rows, 3 inputs, 2 units", rows: 5, inputs: 3, units: 2 },
  { sizes: "3 rows, 3 inputs, 3 units", rows: 3, inputs: 3, units: 3 },
].map(({ sizes, rows, inputs, units }) => {
  const random = new Random(11);
  return {
    sizes,
    input: randomMatrix(random, rows, inputs),
    kernel: randomMatrix(random, inputs, units),
    gz: randomMatrix(random, rows, units),
  };
});

function denseVerdict(backward: DenseBackward, part: keyof DenseGradients): Verdict {
  return each(layerCases, ({ sizes, input, kernel, gz }) => {
    const found = backward(input.copy(), kernel.copy(), gz.copy())[part];
    const right = rightDense(input, kernel, gz)[part];
    const on = `${part}, ${sizes}`;
    const shape = expectShape(found, right.shape, { on });
    return shape.holds ? expectSame(found, right, { on }) : shape;
  });
}

type Gradient = (v: number[]) => number[];
interface Museum {
  proofs: number[][];
  repaired: Gradient[];
}
const share = (a: number, c: number): number => Math.exp(a) / (Math.exp(a) + Math.exp(c));

const exhibits: {
  name: string;
  f: (v: number[]) => number;
  gradient: Gradient;
  places: number[][];
  /** Why a slope can't be measured there, or undefined. */
  unfit?: (v: number[]) => string | undefined;
}[] = [
  { name: "square", f: ([v]) => v * v, gradient: ([v]) => [v], places: [[1.5], [-2]] },
  { name: "tanh", f: ([v]) => Math.tanh(v), gradient: ([v]) => [1 - v ** 2], places: [[0.7], [-1.2]] },
  {
    name: "three times ReLU",
    f: ([v]) => 3 * Math.max(0, v),
    gradient: () => [3],
    places: [[1.5], [-0.5]],
    unfit: ([v]) =>
      Math.abs(v) < 1e-4 ? "This is the kink: the right gradient would be red here, too." : undefined,
  },
  {
    name: "quotient",
    f: ([u, v]) => u / v,
    gradient: ([u, v]) => [1 / v, -u / v],
    places: [
      [3, 2],
      [-1, 0.5],
    ],
    unfit: ([, v]) => (Math.abs(v) < 1e-3 ? "Nobody can divide by 0." : undefined),
  },
  {
    name: "cross-entropy",
    f: ([u, v]) => Math.log(Math.exp(u) + Math.exp(v)) - u,
    gradient: ([u, v]) => [share(u, v) - 1, share(u, v)],
    places: [
      [1, -0.5],
      [0.3, 2],
    ],
  },
  {
    name: "mean squared error",
    f: ([u, v]) => ((u - 1) ** 2 + (v - 5) ** 2) / 2,
    gradient: ([u, v]) => [2 * (u - 1), 2 * (v - 5)],
    places: [
      [3, 4],
      [-1, 7],
    ],
  },
];

const checked = (f: (v: number[]) => number, gradient: number[], at: number[]): { red: boolean } => ({
  red: !checkGradient({ f: (v) => f(Array.from(v)), gradient, at }).ok,
});

const stubMuseum: Museum = {
  proofs: [[0], [0], [2], [3, 1], [0, 0], [1, 5]],
  repaired: exhibits.map(({ gradient }) => gradient),
};
const rightMuseum: Museum = {
  proofs: [[1], [0.5], [-2], [3, 2], [1, 0], [2, 3]],
  repaired: [
    ([v]) => [2 * v],
    ([v]) => [1 - Math.tanh(v) ** 2],
    ([v]) => [v > 0 ? 3 : 0],
    ([u, v]) => [1 / v, -u / v ** 2],
    ([u, v]) => [share(u, v) - 1, share(v, u)],
    ([u, v]) => [u - 1, v - 5],
  ],
};
/** The right answer with one proof or one gradient replaced. */
const museumWith = (index: number, change: { proof?: number[]; gradient?: Gradient }): Museum => ({
  proofs: rightMuseum.proofs.map((place, i) => (i === index ? (change.proof ?? place) : place)),
  repaired: rightMuseum.repaired.map((gradient, i) =>
    i === index ? (change.gradient ?? gradient) : gradient,
  ),
});

interface Kink {
  red: number;
  green: number;
}
const kinkLoss = ([w]: number[]): number => (Math.max(0, 2 * w - 3) - 1) ** 2;
const kinkSlope = (w: number): number => (2 * w - 3 > 0 ? 4 * (2 * w - 4) : 0);
const isRed = (w: number): boolean => checked(kinkLoss, [kinkSlope(w)], [w]).red;

interface Cost {
  differencesSeconds: number;
  backpropagationSeconds: number;
}

export default defineExercises({
  "08-local-slopes": exercise<LocalSlopes>({
    stub: {
      add: () => [NaN, NaN],
      mul: () => [NaN, NaN],
      relu: () => [NaN],
      exp: () => [NaN],
    },
    checks: [
      {
        says: "`add` passes a nudge on as it is",
        test: ({ add }) => forInputs(add, { inputs: pairs, expected: rightSlopes.add, name: "add" }),
      },
      {
        says: "`mul` stretches a nudge by the other number",
        test: ({ mul }) => forInputs(mul, { inputs: pairs, expected: rightSlopes.mul, name: "mul" }),
      },
      {
        says: "`relu` is a gate",
        test: ({ relu }) => forInputs(relu, { inputs: singles, expected: rightSlopes.relu, name: "relu" }),
      },
      {
        says: "`exp` is its own slope",
        test: ({ exp }) => forInputs(exp, { inputs: singles, expected: rightSlopes.exp, name: "exp" }),
      },
    ],
    wrong: [
      {
        answer: { ...rightSlopes, add: (a, b) => [a, b] },
        means: "gives the inputs of a sum as its slopes",
        hint: "Nudge a by 0.1 and leave b alone. By how much does a + b move, whatever a and b are?",
      },
      {
        answer: { ...rightSlopes, mul: (a, b) => [a, b] },
        means: "does not exchange the factors",
        hint: "At a = 2 and b = 5, nudge a by 0.1. The product moves from 10 to 10.5. Which of the two numbers stretched the nudge?",
      },
      {
        answer: { ...rightSlopes, relu: (a) => [Math.max(0, a)] },
        means: "gives the value of ReLU in place of its slope",
        hint: "That is the height of ReLU. How steep is it to the right of 0, and how steep to the left?",
      },
      {
        answer: { ...rightSlopes, relu: () => [1] },
        means: "forgets the closed side of ReLU",
        hint: "At a = -1 ReLU is 0, and a small nudge leaves it at 0. What is its slope there?",
      },
      {
        answer: { ...rightSlopes, exp: (a) => [a * Math.exp(a - 1)] },
        means: "uses the power rule for exp",
        hint: "The power rule is for a fixed exponent. Here the exponent itself moves. Which function is its own slope?",
      },
    ],
    hints: [
      "Nudge one input by 0.1, leave the other alone, and see by how much y moves.",
      "A sum passes the nudge on as it is. A product stretches it by the other factor. ReLU passes it on or stops it. exp is special: see lesson 04.",
      "`add`: `[1, 1]`. `mul`: `[b, a]`. `relu`: `[a > 0 ? 1 : 0]`. What is left for `exp`?",
    ],
    praise: "These four local slopes are enough for a network with ReLU.",
  }),

  "08-accumulate": exercise<Sweep>({
    stub: sweepWith((part, slope, gradient) => {
      part.gradient = slope * gradient;
    }, setOne),
    checks: [
      {
        says: "a plain chain, `v = 3u` and `L = v · v`, gets its slopes",
        test: (sweep) =>
          expectSame(gradientsAfter(sweep, plainChain(), 1), [36, 12, 1], { on: "gradients of u, v, L" }),
      },
      {
        says: "`x · x` at 3 has the slope 6",
        test: (sweep) =>
          expectSame(gradientsAfter(sweep, squareGraph(), 1), [6, 1], { on: "gradients of x, L" }),
      },
      {
        says: "a number that two steps use gets both parts: `2x · x²` at 3 has the slope 54",
        test: (sweep) =>
          expectSame(gradientsAfter(sweep, diamond(), 1), [54, 9, 6, 1], { on: "gradients of x, p, q, L" }),
      },
      {
        says: "a second call gives the same gradients",
        test: (sweep) =>
          expectSame(gradientsAfter(sweep, diamond(), 2), [54, 9, 6, 1], {
            on: "gradients of x, p, q, L after two calls",
          }),
      },
    ],
    wrong: [
      {
        answer: sweepWith(addUp, setOne),
        means: "adds up without setting back to 0",
        hint: "The first call is right. What is still in `gradient` when the second call begins?",
      },
      {
        answer: sweepWith(addUp, (order) => {
          setOne(order);
          setAllToZero(order);
        }),
        means: "sets the gradient of the result back to 0, too",
        hint: "All gradients are 0 now. The result needs its 1 after everything has been set to 0, not before. In which order are your two lines?",
      },
      {
        answer: (order) => {
          setAllToZero(order);
          setOne(order);
          for (const number of order)
            number.inputs.forEach((part, i) => addUp(part, number.slopes[i], number.gradient));
        },
        means: "walks from the inputs to the result",
        hint: "You walk from the first number to the last. Which number has a gradient to hand on when you begin?",
      },
      {
        answer: (order) => {
          setAllToZero(order);
          setOne(order);
          for (const number of [...order].reverse()) {
            for (const part of number.inputs) part.gradient = 0;
            number.inputs.forEach((part, i) => addUp(part, number.slopes[i], number.gradient));
          }
        },
        means: "sets the inputs back to 0 at every step",
        hint: "`x · x` is right now, for both uses are in one step. In `2x · x²` they are in two steps: who wipes out the first part? Set back to 0 once, before the loop.",
      },
      {
        answer: sweepWith(
          (part, slope) => {
            part.gradient += slope;
          },
          (order) => {
            setAllToZero(order);
            setOne(order);
          },
        ),
        means: "adds the local slope without the gradient of the step's result",
        hint: "You add the local slope alone. The chain rule multiplies: local slope times what?",
      },
    ],
    hints: [
      "Try it on `x · x`. Which line decides what happens to the first of the two parts?",
      "Use `+=` in place of `=`. Then ask what a second call finds in `gradient`.",
      "Before the 1 is set: `for (const number of order) number.gradient = 0;` and in the loop: `part.gradient += ...`",
    ],
    praise: "Gradients from all uses are added, and each call starts from zero.",
  }),

  "08-dense-backward": exercise<DenseBackward>({
    stub: () => ({ gx: Matrix.zeros(1, 1), gw: Matrix.zeros(1, 1), gb: Matrix.zeros(1, 1) }),
    checks: [
      {
        says: "`gw`, the gradient of the kernel, is right",
        test: (backward) => denseVerdict(backward, "gw"),
      },
      { says: "`gb`, the gradient of the bias, is right", test: (backward) => denseVerdict(backward, "gb") },
      { says: "`gx`, the gradient of the input, is right", test: (backward) => denseVerdict(backward, "gx") },
    ],
    wrong: [
      {
        answer: (input, kernel, gz) => ({
          ...rightDense(input, kernel, gz),
          gw: gz.transpose().matmul(input),
        }),
        means: "gives the gradient of the kernel transposed",
        hint: "The numbers are there, but lying on their side. Which shape has the kernel, and which factor must come first to give it?",
      },
      {
        answer: (input, kernel, gz) => ({
          ...rightDense(input, kernel, gz),
          gw: input
            .transpose()
            .matmul(gz)
            .scale(1 / input.rows),
        }),
        means: "divides by the number of rows a second time",
        hint: "Your numbers are too small by the number of rows. The mean belongs to the loss. Is its 1/n not in `gz` already?",
      },
      {
        answer: (input, kernel, gz) => ({ ...rightDense(input, kernel, gz), gb: gz.copy() }),
        means: "does not add up the rows for the bias",
        hint: "One bias serves all rows. What does accumulation do with what comes back from each of them?",
      },
      {
        answer: (input, kernel, gz) => ({
          ...rightDense(input, kernel, gz),
          gb: columnSums(gz).scale(1 / gz.rows),
        }),
        means: "takes the mean over the rows for the bias",
        hint: "You took the mean over the rows. Accumulation adds. Where is the 1/n of the mean loss hidden?",
      },
      {
        answer: (input, kernel, gz) => ({ ...rightDense(input, kernel, gz), gx: gz.matmul(kernel) }),
        means: "forgets to transpose the kernel",
        hint: "`gz` is [rows, units] and the kernel [inputs, units]. How must the kernel be turned, so that the inner sizes fit and the result is [rows, inputs]?",
      },
    ],
    hints: [
      "Write the shapes next to each other: `input` [n, d], `kernel` [d, u], `gz` [n, u]. Which products give [d, u] and [n, d]?",
      "`gw` is the transposed input times `gz`; `gx` is `gz` times the transposed kernel; `gb` adds up each column of `gz`.",
      "`gw = input.transpose().matmul(gz)`, `gx = gz.matmul(kernel.transpose())`, `gb = Matrix.from([sums])` with `gz.column(j).reduce((sum, slope) => sum + slope, 0)` for each column j.",
    ],
    praise: "With these three products a network of any depth can be trained.",
  }),

  "08-museum": exercise<Museum>({
    accepts: (answer) => {
      const { proofs, repaired } = (answer ?? {}) as Partial<Museum>;
      if (!Array.isArray(proofs) || !Array.isArray(repaired))
        return "The answer must be { proofs, repaired }.";
      if (proofs.length !== 6 || repaired.length !== 6) return "Six proofs and six gradients are asked for.";
      const odd = exhibits.findIndex(
        ({ places }, i) =>
          !Array.isArray(proofs[i]) ||
          proofs[i].length !== places[0].length ||
          !proofs[i].every((number: unknown) => Number.isFinite(number)),
      );
      if (odd >= 0) {
        const { name, places } = exhibits[odd];
        return `The proof of "${name}" must be a list of ${places[0].length === 1 ? "one number" : "two numbers"}.`;
      }
      const noFunction = repaired.findIndex((gradient) => typeof gradient !== "function");
      return noFunction < 0
        ? undefined
        : `The gradient of "${exhibits[noFunction].name}" must be a function.`;
    },
    stub: stubMuseum,
    checks: [
      ...exhibits.map(({ name, f, gradient, unfit }, i) => ({
        says: `the proof of "${name}" turns the check red`,
        test: ({ proofs }: Museum): Verdict => {
          const place = proofs[i];
          const on = `proof of "${name}"`;
          const problem = unfit?.(place);
          if (problem !== undefined) return fail({ on, got: place, note: problem });
          if (checked(f, gradient(place), place).red) return pass;
          return fail({ on, got: place, note: "Here the wrong gradient has the right value." });
        },
      })),
      ...exhibits.map(({ name, f, places }, i) => ({
        says: `the gradient of "${name}" is right`,
        test: ({ repaired }: Museum): Verdict =>
          expectGradient(repaired[i], { f, at: places }, { on: `"${name}"` }),
      })),
    ],
    wrong: [
      {
        answer: { proofs: rightMuseum.proofs, repaired: stubMuseum.repaired },
        means: "proves the bugs and repairs none",
        hint: "Your proofs hold. Now the first repair: in v · v the number is used twice. What must happen to the two parts?",
      },
      {
        answer: { proofs: stubMuseum.proofs, repaired: rightMuseum.repaired },
        means: "repairs the bugs and proves none",
        hint: "At the old places every check is green. Take the first exhibit: for which numbers differ v and 2v?",
      },
      {
        answer: museumWith(2, { proof: [0] }),
        means: "proves a bug at the kink of ReLU",
        hint: "At 0 even the right gradient is red, so this proves nothing. On which side of 0 does the missing gate show?",
      },
      {
        answer: museumWith(1, { gradient: ([v]) => [1 - Math.tanh(v)] }),
        means: "forgets the square in the slope of tanh",
        hint: "The slope of tanh is 1 minus the output. Is it the output itself, or its square?",
      },
      {
        answer: museumWith(2, { gradient: ([v]) => [v > 0 ? 1 : 0] }),
        means: "repairs the gate and loses the factor 3",
        hint: "The gate is there now. But what happened to the factor 3, where the gate is open?",
      },
      {
        answer: museumWith(3, { gradient: ([u, v]) => [1 / v, u / v ** 2] }),
        means: "loses the minus of the quotient",
        hint: "A larger divisor makes the quotient of two positive numbers smaller. Which sign has the slope by v?",
      },
      {
        answer: museumWith(4, { gradient: ([u, v]) => [share(u, v), share(v, u)] }),
        means: "forgets to subtract the target",
        hint: "Probability minus target. Class 0 is the true one: which of the two slopes needs the minus 1?",
      },
      {
        answer: museumWith(5, { gradient: ([u, v]) => [(u - 1) / 2, (v - 5) / 2] }),
        means: "loses the 2 of the square's slope",
        hint: "Two factors meet here: 2 from the square, and one half from the mean. What is left when both are there?",
      },
    ],
    hints: [
      "All old places are special: 0, 1, two equal numbers, a perfect answer. Try numbers that are not special.",
      "Compare each gradient with the rules of this lesson: added uses, the output of tanh, the gate of ReLU, probability minus target, the 1/n of the mean.",
      "square: `2 * v`. tanh: `1 - Math.tanh(v) ** 2`. ReLU: 3 or 0. quotient: `-u / v ** 2`. cross-entropy: the second share is `share(v, u)`. Mean: without the 2. Proofs: 1; 0.5; a negative number; a divisor of 2; two different logits; two wrong predictions.",
    ],
    praise: "Each bug is found, proved and repaired.",
  }),

  "08-kink": exercise<Kink>({
    stub: { red: 0, green: 0 },
    checks: [
      {
        says: "the weight `red` turns the check red, although the program is right",
        test: ({ red }) =>
          isRed(red)
            ? pass
            : fail({
                on: `w = ${red}`,
                got: inWords("a green check"),
                note: "Measured and computed slope agree here.",
              }),
      },
      {
        says: "the weight `green` passes the check",
        test: ({ green }) =>
          isRed(green)
            ? fail({
                on: `w = ${green}`,
                got: inWords("a red check"),
                note: "The step of 1e-5 still reaches across.",
              })
            : pass,
      },
      {
        says: "the two are at most 0.01 apart",
        test: ({ red, green }) =>
          Math.abs(red - green) <= 0.01 + 1e-9
            ? pass
            : fail({ on: `w = ${red} and w = ${green}`, note: "A nearer weight is green, too." }),
      },
    ],
    wrong: [
      {
        answer: { red: 2, green: 2.005 },
        means: "takes the lowest point of the loss for the kink",
        when: ({ red }) => Math.abs(red - 2) < 0.1,
        hint: "At w = 2 the loss is smooth and flat. You need the place where max(0, ...) bends: where is 2w - 3 zero?",
      },
      {
        answer: { red: 3, green: 3.005 },
        means: "takes the 3 for the kink",
        when: ({ red }) => Math.abs(red - 3) < 0.1,
        hint: "The kink is where the inside of max, 2w - 3, is zero. At w = 3 it is 3. Which w makes it zero?",
      },
      {
        answer: { red: 1.5, green: 1.500001 },
        means: "stays within the step of the difference",
        when: ({ red, green }) => red !== green && isRed(red) && isRed(green),
        hint: "Red is right. Green is less than a step away from the kink, so the two points of the difference still lie on both sides of it. How far must you go at least?",
      },
      {
        answer: { red: 1.5, green: 1.5 },
        means: "gives one place for both",
        when: ({ red, green }) => red === green && isRed(red),
        hint: "Red is right. Now move away from the kink by more than the step, and by at most 0.01.",
      },
      {
        answer: { red: 1.5, green: 2 },
        means: "goes farther away than needed",
        when: ({ red, green }) => isRed(red) && !isRed(green) && Math.abs(red - green) > 0.01,
        hint: "Both have the right colour, but they are too far apart. How near to the kink may you go, with a step of 0.00001?",
      },
    ],
    hints: [
      "At which places has a function no slope? Draw max(0, 2w - 3).",
      "The kink is where 2w - 3 = 0. Near it, one point of the central difference lies on each side.",
      "red: 1.5. For green, any weight from 1.5001 to 1.51 will do.",
    ],
    praise: "A red check at a kink is the fault of the check.",
  }),

  "08-cost": exercise<Cost>({
    stub: { differencesSeconds: 0, backpropagationSeconds: 0 },
    checks: [
      {
        says: "the seconds by differences are right",
        test: ({ differencesSeconds: got }) =>
          close(got, 2780)
            ? pass
            : fail({
                on: "differencesSeconds",
                got,
                note: "Passes for one gradient, times 1 ms, times 10 000 steps.",
              }),
      },
      {
        says: "the seconds by backpropagation are right",
        test: ({ backpropagationSeconds: got }) =>
          close(got, 30)
            ? pass
            : fail({
                on: "backpropagationSeconds",
                got,
                note: "Passes for one gradient in ms, times 10 000 steps.",
              }),
      },
    ],
    wrong: [
      {
        answer: { differencesSeconds: 1390, backpropagationSeconds: 30 },
        means: "counts one pass for each parameter",
        when: ({ differencesSeconds }) => close(differencesSeconds, 1390) || close(differencesSeconds, 1400),
        hint: "A central difference nudges up and down. How many passes is that for each parameter?",
      },
      {
        answer: { differencesSeconds: 2400, backpropagationSeconds: 30 },
        means: "forgets the biases",
        when: ({ differencesSeconds }) => close(differencesSeconds, 2400) || close(differencesSeconds, 1200),
        hint: "4 · 8 + 8 · 8 + 8 · 3 = 120 are the weights only. Which parameters are missing up to 139?",
      },
      {
        answer: { differencesSeconds: 2780, backpropagationSeconds: 20 },
        means: "forgets the forward pass before the backward pass",
        when: ({ backpropagationSeconds }) => close(backpropagationSeconds, 20),
        hint: "The backward pass needs the numbers of a forward pass. What do both take together?",
      },
      {
        answer: { differencesSeconds: 2780000, backpropagationSeconds: 30000 },
        means: "gives milliseconds in place of seconds",
        when: ({ differencesSeconds }) => differencesSeconds >= 1_000_000,
        hint: "These are milliseconds. How many of them make a second?",
      },
      {
        answer: { differencesSeconds: 2780, backpropagationSeconds: 4170 },
        means: "multiplies backpropagation by the number of parameters",
        hint: "One backward pass gives the slopes by all parameters at once. How often must it run for one gradient?",
      },
    ],
    hints: [
      "How many forward passes does one gradient take by central differences?",
      "By differences: 2 · 139 passes of 1 ms each. By backpropagation: one pass of 1 ms and one of 2 ms. Both 10 000 times.",
      "278 ms and 3 ms for each step. 10 000 ms are 10 s.",
    ],
    praise: "Three quarters of an hour against half a minute, for a tiny network.",
  }),
});
