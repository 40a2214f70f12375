import {
  close,
  defineExercises,
  each,
  exercise,
  fail,
  inWords,
  Matrix,
  pass,
  Random,
  sameArray,
  shapeOf,
  type Verdict,
} from "gradus";

type Rows = number[][];
interface Plan {
  side: number;
  channels: number;
  kernels: number;
  k: number;
  padding: number;
  stride: number;
}
type Counts = (plan: Plan) => { side: number; convolution: number; dense: number };
interface Forgotten {
  stays: number[];
  jumps: number[];
  twins: Rows[];
}
type Frozen = (x: Matrix, kernel: Matrix, bias: Matrix) => Matrix;
interface Exhibits {
  loss: (z: number[]) => number;
  standardise: (column: number[]) => number[];
  epochLoss: (batches: Rows) => number;
  argmax: (values: number[]) => number;
  median: (values: number[]) => number;
  meanOfCells: (cells: string[]) => number;
}
interface Proofs {
  loss: number[];
  standardise: number[];
  epochLoss: Rows;
  argmax: number[];
  median: number[];
  meanOfCells: string[];
}
interface Museum {
  proofs: Proofs;
  repaired: Exhibits;
}
interface Card {
  rows: number;
  kind: string;
  score: number;
  range: number[];
  baseline: number;
  notTested: string;
}
interface Exam {
  parameters: number;
  iterations: number;
  loss: number;
  fourLayers: number;
  momentum: number;
  kept: number;
  trainingRows: number;
  padded: number;
}

// Exercise 1

const picture: Rows = [
  [1, 2, 0, 1],
  [0, 3, 1, 0],
  [2, 0, 1, 3],
  [1, 0, 0, 2],
];
const kernel: Rows = [
  [1, 2],
  [0, -1],
];
function convolve(x: Rows, w: Rows, stride = 1): Rows {
  const places = Array.from({ length: Math.floor((x.length - w.length) / stride) + 1 }, (_, i) => i * stride);
  return places.map((r) =>
    places.map((c) => w.flatMap((row, i) => row.map((weight, j) => weight * x[r + i][c + j])).reduce(add)),
  );
}
function add(a: number, b: number): number {
  return a + b;
}
const transposed = (w: Rows): Rows => w[0].map((_, c) => w.map((row) => row[c]));
const halfTurn = (w: Rows): Rows => [...w].reverse().map((row) => [...row].reverse());
const rightMap = convolve(picture, kernel);

// Exercise 2

function rightSide({ side, k, padding, stride }: Plan): number {
  return Math.floor((side + 2 * padding - k) / stride) + 1;
}
/** With a wrong side of the map the dense layer has a wrong number of results, too. */
function rightCounts(
  plan: Plan,
  side = rightSide(plan),
): { side: number; convolution: number; dense: number } {
  const { channels, kernels, k } = plan;
  const inputs = plan.side * plan.side * channels;
  const outputs = side * side * kernels;
  return { side, convolution: (k * k * channels + 1) * kernels, dense: inputs * outputs + outputs };
}
const plans: readonly Plan[] = [
  { side: 12, channels: 1, kernels: 1, k: 3, padding: 0, stride: 1 },
  { side: 12, channels: 1, kernels: 4, k: 3, padding: 1, stride: 1 },
  { side: 12, channels: 1, kernels: 2, k: 3, padding: 0, stride: 2 },
  { side: 32, channels: 3, kernels: 32, k: 3, padding: 0, stride: 1 },
];
function planInWords({ side, channels, kernels, k, padding, stride }: Plan): string {
  return `${side} by ${side} pixels, channels ${channels}, kernels ${kernels}, k = ${k}, padding ${padding}, stride ${stride}`;
}
function countVerdict(counts: Counts, name: "side" | "convolution" | "dense"): Verdict {
  return each(plans, (plan) => {
    const [got, expected] = [counts({ ...plan })[name], rightCounts(plan)[name]];
    return got === expected ? pass : fail({ on: planInWords(plan), expected, got });
  });
}

// Exercise 3

/** The windows of 2 by 2 that are bright, as a text; what leaves the map is gone. */
function afterPooling(bright: Rows): string {
  const windows = bright
    .filter(([r, c]) => r < 6 && c < 6)
    .map(([r, c]) => `${Math.floor(r / 2)},${Math.floor(c / 2)}`);
  return [...new Set(windows)].sort().join(" ");
}
const moved = ([r, c]: number[]): number[] => [r, c + 1];
function isPlace(place: unknown): boolean {
  return (
    Array.isArray(place) &&
    place.length === 2 &&
    place.every((n) => Number.isInteger(n) && (n as number) >= 0 && (n as number) < 6)
  );
}
const sortedPlaces = (places: Rows): string =>
  places
    .map((place) => place.join())
    .sort()
    .join(" ");

// Exercise 4

const random = new Random(17);
function anyMatrix(rows: number, cols: number): Matrix {
  return Matrix.from(
    Array.from({ length: rows }, () => Array.from({ length: cols }, () => random.int(9) - 4)),
  );
}
const frozenCases = [
  [4, 3, 2],
  [3, 3, 3],
  [1, 2, 5],
].map(([rows, inputs, units]) => ({
  x: anyMatrix(rows, inputs),
  kernel: anyMatrix(inputs, units),
  bias: anyMatrix(1, units),
}));
const relu = (sum: number): number => Math.max(0, sum);
const ones = (rows: number, cols: number): Matrix => Matrix.zeros(rows, cols).add(1);
function rightFeatures({ x, kernel: w, bias }: (typeof frozenCases)[number]): Matrix {
  return x.matmul(w).add(bias).map(relu);
}

// Exercise 5

const mean = (values: readonly number[]): number => values.reduce(add, 0) / values.length;
const spread = (values: readonly number[]): number =>
  Math.sqrt(mean(values.map((v) => (v - mean(values)) ** 2)));

/** The exhibits as they hang in the lesson. */
const broken: Exhibits = {
  loss: (z) => -Math.log(Math.exp(z[0]) / z.reduce((sum, v) => sum + Math.exp(v), 0)),
  standardise: (column) => column.map((v) => (v - mean(column)) / spread(column)),
  epochLoss: (batches) => mean(batches.map(mean)),
  argmax: (values) => {
    let [best, place] = [0, 0];
    values.forEach((v, i) => {
      if (v > best) [best, place] = [v, i];
    });
    return place;
  },
  median: (values) => [...values].sort()[(values.length - 1) / 2],
  meanOfCells: (cells) => mean(cells.map(Number)),
};
const mended: Exhibits = {
  loss: (z) => {
    const top = Math.max(...z);
    return top + Math.log(z.reduce((sum, v) => sum + Math.exp(v - top), 0)) - z[0];
  },
  // Equal numbers are compared as such: the mean of three times 0.1 is not exactly 0.1.
  standardise: (column) =>
    column.every((v) => v === column[0])
      ? column.map(() => 0)
      : column.map((v) => (v - mean(column)) / spread(column)),
  epochLoss: (batches) => mean(batches.flat()),
  argmax: (values) => values.indexOf(Math.max(...values)),
  median: (values) => [...values].sort((a, b) => a - b)[(values.length - 1) / 2],
  meanOfCells: (cells) => mean(cells.filter((cell) => cell.trim() !== "").map(Number)),
};
const proven: Proofs = {
  loss: [1000, 0],
  standardise: [3, 3],
  epochLoss: [[1, 1, 1], [5]],
  argmax: [-2, -1],
  median: [10, 9, 8],
  meanOfCells: ["3", "", "5"],
};
const tame: Proofs = {
  loss: [0, 0],
  standardise: [1, 3],
  epochLoss: [
    [1, 2],
    [3, 4],
  ],
  argmax: [1, 3, 2],
  median: [3, 1, 2],
  meanOfCells: ["1", "2"],
};
type Name = keyof Exhibits;
const names: readonly Name[] = ["loss", "standardise", "epochLoss", "argmax", "median", "meanOfCells"];
const trials: { readonly [name in Name]: readonly Proofs[name][] } = {
  loss: [
    [0, 0],
    [1000, 0],
    [0, 1000],
    [-1000, -1000],
    [2, -1, 0.5],
  ],
  standardise: [
    [1, 3],
    [3, 3],
    [2, 4, 9],
  ],
  epochLoss: [
    [
      [1, 2],
      [3, 4],
    ],
    [[1, 1, 1], [5]],
    [[2], [4, 6], [1, 1, 1]],
  ],
  argmax: [
    [1, 3, 2],
    [-2, -1],
    [-1, -2],
    [0, 0, 5],
  ],
  median: [
    [3, 1, 2],
    [10, 9, 8],
    [-1, -2, 5],
    [100, 20, 3, 4, 1],
  ],
  meanOfCells: [
    ["1", "2"],
    ["3", "", "5"],
    ["0", "4"],
    ["", "7"],
  ],
};
function answerOf(exhibits: Exhibits, name: Name, input: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(input)) as never;
  return exhibits[name](copy);
}
/** Equal numbers or lists of numbers; NaN and infinities equal only themselves. */
function agree(a: unknown, b: unknown): boolean {
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]);
  const [as, bs] = [list(a), list(b)];
  return (
    as.length === bs.length &&
    as.every((v, i) => {
      const w = bs[i];
      if (typeof v !== "number" || typeof w !== "number") return v === w;
      if (!Number.isFinite(v) || !Number.isFinite(w)) return Object.is(v, w);
      return close(v, w);
    })
  );
}
const inputFault: { readonly [name in Name]: (input: never) => string | undefined } = {
  loss: (z: number[]) => (z.length >= 2 ? undefined : "It needs two logits or more."),
  standardise: (column: number[]) => (column.length >= 2 ? undefined : "It needs two numbers or more."),
  epochLoss: (batches: Rows) =>
    batches.length > 0 && batches.every((batch) => batch.length > 0)
      ? undefined
      : "It needs batches with at least one loss each.",
  argmax: (values: number[]) => (values.length >= 2 ? undefined : "It needs two numbers or more."),
  median: (values: number[]) => (values.length % 2 === 1 ? undefined : "It needs an odd count of numbers."),
  meanOfCells: (cells: string[]) =>
    cells.some((cell) => cell.trim() !== "") &&
    cells.every((cell) => cell.trim() === "" || Number.isFinite(Number(cell)))
      ? undefined
      : "It needs cells that are numbers or empty, and one that is not empty.",
};
/** Only finite numbers count: NaN as an input proves nothing. */
function isFiniteInput(input: unknown): boolean {
  return Array.isArray(input)
    ? input.every(isFiniteInput)
    : typeof input === "string" || (typeof input === "number" && Number.isFinite(input));
}
function proofVerdict({ proofs }: Museum, name: Name): Verdict {
  const input = proofs[name];
  if (!isFiniteInput(input)) return fail({ on: "proofs", note: "Use finite numbers only." });
  const fault = inputFault[name](input as never);
  if (fault !== undefined) return fail({ on: `proofs.${name}`, note: fault });
  return agree(answerOf(broken, name, input), answerOf(mended, name, input))
    ? fail({ on: `proofs.${name}`, note: "On this input the exhibit is right, so it proves nothing." })
    : pass;
}
function repairVerdict({ repaired }: Museum, name: Name): Verdict {
  return each(trials[name] as readonly unknown[], (input) => {
    const [expected, got] = [answerOf(mended, name, input), answerOf(repaired, name, input)];
    return agree(got, expected) ? pass : fail({ on: `${name}(${JSON.stringify(input)})`, expected, got });
  });
}

// Exercise 6

const testScores = [0.88, 0.9, 0.86, 0.89, 0.87];
/** Also of texts that are written without spaces. */
const words = (text: string): number =>
  [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)].filter(
    ({ isWordLike }) => isWordLike,
  ).length;
/** "test", "on the test mails", "held-out test accuracy": any words for the test, and for no other column. */
const namesTheTest = (kind: string): boolean => /\btest/i.test(kind) && !/train|valid/i.test(kind);
const rangeIsRight = (range: readonly number[]): boolean =>
  sameArray(
    [...range].sort((a, b) => a - b),
    [Math.min(...testScores), Math.max(...testScores)],
  );
/** Only then do the hints for rows, baseline and limits speak of the check that fails first. */
const measuredRight = ({ kind, score, range }: Card): boolean =>
  namesTheTest(kind) && close(score, mean(testScores)) && rangeIsRight(range);
const goodCard: Card = {
  rows: 100,
  kind: "test",
  score: 0.88,
  range: [0.86, 0.9],
  baseline: 0.62,
  notTested: "mails in other languages, from other offices",
};

// Exercise 7

const goodExam: Exam = {
  parameters: 131,
  iterations: 16,
  loss: Math.log(4),
  fourLayers: 0.25 ** 4,
  momentum: 3.6,
  kept: 2.5,
  trainingRows: 80,
  padded: 28,
};
/** Rounded on paper is good enough: one percent, or 0.004 for 0.0039. */
const nearly = (got: number, right: number): boolean =>
  Math.abs(got - right) <= (right < 0.01 ? 0.03 : 0.01) * Math.abs(right);
function examCheck(name: keyof Exam, says: string, note: string) {
  const whole = Number.isInteger(goodExam[name]);
  return {
    says,
    test: (exam: Exam): Verdict => {
      const right = whole ? exam[name] === goodExam[name] : nearly(exam[name], goodExam[name]);
      return right ? pass : fail({ on: name, got: exam[name], note });
    },
  };
}

export default defineExercises({
  "17-by-hand": exercise<Rows>({
    stub: [
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ],
    checks: [
      {
        says: "the map has 3 rows of 3 numbers",
        test: (map) =>
          map.length === 3 && map.every((row) => row.length === 3)
            ? pass
            : fail({
                on: "the map",
                expected: inWords("3 by 3"),
                got: inWords(`${map.length} by ${map[0]?.length ?? 0}`),
              }),
      },
      {
        says: "each number is the sum of four products",
        test: (map) =>
          each([0, 1, 2], (r) =>
            each([0, 1, 2], (c) =>
              map[r][c] === rightMap[r][c]
                ? pass
                : fail({
                    on: `row ${r}, column ${c}`,
                    got: map[r][c],
                    note: `The window there is ${JSON.stringify(picture.slice(r, r + 2).map((row) => row.slice(c, c + 2)))}.`,
                  }),
            ),
          ),
      },
    ],
    wrong: [
      {
        answer: convolve(picture, halfTurn(kernel)),
        means: "turns the kernel around",
        hint: "You have turned the kernel by half a turn, as mathematicians do. Here it stays as it is: which weight lies on the upper left pixel?",
      },
      {
        answer: convolve(picture, transposed(kernel)),
        means: "exchanges rows and columns of the kernel",
        hint: "The 2 stands at the right of the 1, in the same row. Where did you put it?",
      },
      {
        answer: convolve(picture, [
          [1, 2],
          [0, 1],
        ]),
        means: "loses the minus sign",
        hint: "The weight at the lower right is −1. Does that pixel add to the sum, or take away from it?",
      },
      {
        answer: convolve(picture, kernel, 2),
        means: "moves the window by its own size",
        hint: "That is how pooling moves. A convolution moves by one pixel: how many places has a window of 2 in 4 columns?",
        when: (map) => map.length === 2 && map.every((row) => row.length === 2),
      },
      {
        answer: transposed(rightMap),
        means: "writes columns as rows",
        hint: "The first row of the map holds the sums of the windows that begin in the first row of the picture. Did you go down first?",
      },
    ],
    hints: [
      "Lay the kernel on the upper left corner of the picture. Which four pixels are under it?",
      "Multiply each pixel by the weight on it and add up. Then move one column to the right; three places fit in a row.",
      "The first row is 1 + 4 + 0 − 3, then 2 + 0 + 0 − 1, then 0 + 2 + 0 − 0.",
    ],
    praise: "Nine windows, nine sums, four weights.",
  }),

  "17-counts": exercise<Counts>({
    stub: () => ({ side: 0, convolution: 0, dense: 0 }),
    checks: [
      { says: "the side of a map is right", test: (counts) => countVerdict(counts, "side") },
      {
        says: "the parameters of the convolution are right",
        test: (counts) => countVerdict(counts, "convolution"),
      },
      {
        says: "the parameters of the dense layer are right",
        test: (counts) => countVerdict(counts, "dense"),
      },
    ],
    wrong: [
      {
        answer: (plan) => ({
          ...rightCounts(plan),
          convolution: plan.k * plan.k * plan.channels * plan.kernels,
        }),
        means: "forgets the biases of the kernels",
        hint: "Each kernel has a bias, too. How many more numbers are these?",
      },
      {
        answer: (plan) => ({
          ...rightCounts(plan),
          convolution: plan.k * plan.k * plan.channels * plan.kernels + 1,
        }),
        means: "one bias for all kernels",
        hint: "One bias is not enough: each kernel has its own. How many kernels are there?",
      },
      {
        answer: (plan) => ({ ...rightCounts(plan), convolution: (plan.k * plan.k + 1) * plan.kernels }),
        means: "forgets the channels",
        hint: "A kernel has weights for each channel. How many has it for red, green and blue together?",
      },
      {
        answer: (plan) => {
          const right = rightCounts(plan);
          return { ...right, convolution: right.convolution * right.side * right.side };
        },
        means: "gives each place weights of its own",
        hint: "The same weights are used at every place. How many different weights are there?",
      },
      {
        answer: (plan) => rightCounts(plan, rightSide({ ...plan, padding: plan.padding / 2 })),
        means: "pads one side only",
        hint: "Padding puts zeros on the left and on the right. How much wider does the picture get?",
      },
      {
        answer: (plan) => rightCounts(plan, (plan.side + 2 * plan.padding - plan.k) / plan.stride + 1),
        means: "does not round",
        hint: "Half a window makes no number. What does the formula do with the quotient?",
      },
      {
        answer: (plan) =>
          rightCounts(plan, Math.ceil((plan.side + 2 * plan.padding - plan.k) / plan.stride) + 1),
        means: "rounds up",
        hint: "A last window that sticks out does not count. Which way must the quotient be rounded?",
      },
      {
        answer: (plan) => {
          const right = rightCounts(plan);
          const inputs = plan.side * plan.side;
          const outputs = right.side * right.side * plan.kernels;
          return { ...right, dense: inputs * outputs + outputs };
        },
        means: "forgets the channels of the dense layer's inputs",
        hint: "A dense layer reads every number of the picture. How many numbers has a colour picture?",
      },
      {
        answer: (plan) => {
          const right = rightCounts(plan);
          return { ...right, dense: plan.side ** 2 * plan.channels * right.side ** 2 * plan.kernels };
        },
        means: "forgets the biases of the dense layer",
        hint: "Each of the dense layer's results has a bias, too.",
      },
      {
        answer: (plan) => {
          const right = rightCounts(plan);
          return { ...right, dense: (plan.side ** 2 * plan.channels + 1) * right.side ** 2 };
        },
        means: "counts the results of one map only",
        hint: "The convolution layer makes a map for each kernel, and the dense layer is to make as many results. How many are they in all maps together?",
      },
    ],
    hints: [
      "The formula of the map's side stands above the exercise. The other two are weights plus biases.",
      "A kernel has k · k · channels weights and one bias. A dense layer has inputs · outputs weights and a bias for each output.",
      "inputs = side · side · channels of the picture, outputs = (side of the map) squared, times kernels.",
    ],
    praise: "Both layers make the same number of results, and the parameters differ by a large factor.",
  }),

  "17-pooling": exercise<Forgotten>({
    accepts: ({ stays, jumps, twins }) => {
      if (![stays, jumps].every(isPlace))
        return "expects stays and jumps as [row, column], whole numbers from 0 to 5.";
      return twins.length === 2 && twins.every((twin: Rows) => twin.length === 3 && twin.every(isPlace))
        ? undefined
        : "expects twins as two lists of three places [row, column], whole numbers from 0 to 5.";
    },
    stub: {
      stays: [0, 0],
      jumps: [0, 0],
      twins: [
        [
          [0, 0],
          [0, 0],
          [0, 0],
        ],
        [
          [0, 0],
          [0, 0],
          [0, 0],
        ],
      ],
    },
    checks: [
      {
        says: "`stays` is the same after a move by one",
        test: ({ stays }) =>
          afterPooling([stays]) === afterPooling([moved(stays)])
            ? pass
            : fail({
                on: `stays = [${stays.join(", ")}]`,
                note: "From there the move crosses the edge of a window.",
              }),
      },
      {
        says: "`jumps` is not the same after a move by one",
        test: ({ jumps }) =>
          afterPooling([jumps]) !== afterPooling([moved(jumps)])
            ? pass
            : fail({
                on: `jumps = [${jumps.join(", ")}]`,
                note: "From there the move stays within the window.",
              }),
      },
      {
        says: "each twin lights three different windows",
        test: ({ twins }) =>
          each(twins, (twin, i) =>
            afterPooling(twin).split(" ").length === 3
              ? pass
              : fail({
                  on: `twin ${i + 1}`,
                  expected: inWords("3 windows"),
                  got: inWords(`${afterPooling(twin).split(" ").length}`),
                }),
          ),
      },
      {
        says: "the twins are different maps",
        test: ({ twins: [a, b] }) =>
          sortedPlaces(a) === sortedPlaces(b)
            ? fail({ on: "twins", note: "Both lists name the same places; the order does not matter." })
            : pass,
      },
      {
        says: "after pooling the twins look the same",
        test: ({ twins: [a, b] }) =>
          afterPooling(a) === afterPooling(b)
            ? pass
            : fail({ on: "twins", note: "A window is bright for one twin and dark for the other." }),
      },
    ],
    wrong: [
      {
        answer: {
          stays: [0, 1],
          jumps: [0, 0],
          twins: [
            [
              [0, 0],
              [2, 2],
              [4, 4],
            ],
            [
              [1, 1],
              [3, 3],
              [5, 5],
            ],
          ],
        },
        means: "exchanges even and odd columns",
        hint: "The windows hold the columns 0 and 1, 2 and 3, 4 and 5. From which of the two does a move to the right stay inside?",
        when: ({ stays }) => stays[1] % 2 === 1,
      },
      {
        answer: {
          stays: [1, 0],
          jumps: [1, 0],
          twins: [
            [
              [0, 0],
              [2, 2],
              [4, 4],
            ],
            [
              [1, 1],
              [3, 3],
              [5, 5],
            ],
          ],
        },
        means: "thinks that the row decides",
        hint: "The pixel moves to the right, so its column decides. Which column is the last one of a window?",
        when: ({ stays, jumps }) => stays[1] % 2 === 0 && jumps[1] % 2 === 0,
      },
      {
        answer: {
          stays: [0, 0],
          jumps: [0, 1],
          twins: [
            [
              [0, 0],
              [2, 2],
              [4, 4],
            ],
            [
              [4, 4],
              [2, 2],
              [0, 0],
            ],
          ],
        },
        means: "the twins differ in their order only",
        hint: "Exchange a bright place for another one of the same window. Which places share a window with [0, 0]?",
        when: ({ twins: [a, b] }) =>
          sortedPlaces(a) === sortedPlaces(b) && new Set(a.map((place) => place.join())).size === 3,
      },
      {
        answer: {
          stays: [0, 0],
          jumps: [0, 1],
          twins: [
            [
              [0, 0],
              [2, 2],
              [4, 4],
            ],
            [
              [0, 1],
              [2, 3],
              [4, 3],
            ],
          ],
        },
        means: "moves one of the places out of its window",
        hint: "Write down the window of each place: row and column divided by 2, rounded down. Which of them differs?",
        when: ({ twins: [a, b] }) => afterPooling(a) !== afterPooling(b),
      },
      {
        answer: {
          stays: [0, 0],
          jumps: [0, 1],
          twins: [
            [
              [0, 0],
              [0, 1],
              [4, 4],
            ],
            [
              [1, 0],
              [1, 1],
              [4, 4],
            ],
          ],
        },
        means: "puts two places into one window",
        hint: "Two bright places in one window leave a single bright number. Three windows are asked for.",
        when: ({ twins }: Forgotten) => twins.some((twin: Rows) => afterPooling(twin).split(" ").length < 3),
      },
    ],
    hints: [
      "Draw the 6 by 6 map with its nine windows. Where are the edges between windows?",
      "A window holds an even column and the odd one behind it. For the twins, move each place within its own window.",
      "stays: [0, 0]. jumps: [0, 1]. One twin may be [0, 0], [2, 2], [4, 4]; the other takes another place in each of these windows.",
    ],
    praise: "Two different maps that nothing behind the pooling can tell apart: what is forgotten is lost.",
  }),

  "17-frozen": exercise<Frozen>({
    stub: (x, w) => Matrix.zeros(x.rows, w.cols),
    checks: [
      {
        says: "the result has a row for each row of x, and a column for each unit",
        test: (f) =>
          each(frozenCases, (one) => {
            const got = shapeOf(f(one.x.copy(), one.kernel.copy(), one.bias.copy()));
            const expected = [one.x.rows, one.kernel.cols];
            return sameArray(got, expected)
              ? pass
              : fail({
                  on: `x [${one.x.shape.join(", ")}], kernel [${one.kernel.shape.join(", ")}]`,
                  expected,
                  got,
                });
          }),
      },
      {
        says: "no number is below 0",
        test: (f) =>
          each(frozenCases, (one) => {
            const low = Math.min(...f(one.x.copy(), one.kernel.copy(), one.bias.copy()).data);
            return low >= 0
              ? pass
              : fail({ on: `x [${one.x.shape.join(", ")}]`, got: low, note: "ReLU leaves nothing below 0." });
          }),
      },
      {
        says: "a unit whose sum is below 0 hands on 0",
        test: (f) =>
          f(ones(1, 1), ones(1, 1).scale(-2), ones(1, 1).scale(-1)).at(0, 0) === 0
            ? pass
            : fail({ on: "x [1], kernel [-2], bias [-1]", note: "The sum is -3." }),
      },
      {
        says: "a unit whose sum is above 0 hands on what ReLU makes of it",
        test: (f) => {
          const got = f(ones(1, 1), ones(1, 1).scale(3), ones(1, 1).scale(2)).at(0, 0);
          return got === 5 ? pass : fail({ on: "x [1], kernel [3], bias [2]", got, note: "The sum is 5." });
        },
      },
      {
        says: "it is the forward pass of the layer",
        test: (f) =>
          each(frozenCases, (one) => {
            const got = f(one.x.copy(), one.kernel.copy(), one.bias.copy());
            const right = rightFeatures(one);
            if (sameArray(got, right)) return pass;
            const note = sameArray(got, one.x.matmul(one.kernel).map(relu))
              ? "The bias is missing."
              : sameArray(got, one.x.matmul(one.kernel).map(relu).add(one.bias).map(relu)) ||
                  sameArray(got, one.x.matmul(one.kernel).map(relu).add(one.bias))
                ? "The bias came after ReLU."
                : "First the product, then the bias, then ReLU.";
            return fail({
              on: `x [${one.x.shape.join(", ")}], kernel [${one.kernel.shape.join(", ")}]`,
              note,
            });
          }),
      },
    ],
    wrong: [
      {
        answer: (x, w, b) => x.matmul(w).add(b),
        means: "forgets ReLU",
        hint: "The head behind the layer was used to numbers after ReLU. What does it do to negative ones?",
      },
      {
        answer: (x, w) => x.matmul(w).map(relu),
        means: "forgets the bias",
        hint: "A trained layer has two kinds of numbers. Where is the bias?",
      },
      {
        answer: (x, w, b) => x.matmul(w).map(relu).add(b).map(relu),
        means: "adds the bias after ReLU",
        hint: "ReLU is applied to the whole weighted sum, bias included. What comes last?",
      },
      {
        answer: (x, w, b) => x.matmul(w).map(relu).add(b),
        means: "adds the bias after ReLU, and leaves numbers below 0",
        hint: "You use ReLU, and numbers below 0 come out. Which step behind ReLU makes them? The bias belongs into the sum.",
      },
      {
        answer: (x, w, b) =>
          x
            .matmul(w)
            .add(b)
            .map((s) => (s > 0 ? 1 : 0)),
        means: "takes the slope of ReLU for ReLU",
        hint: "0 or 1 is the slope of ReLU. What does ReLU itself give for a positive sum?",
      },
      {
        answer: (x, w, b) =>
          x
            .matmul(w)
            .add(b)
            .map((s) => 1 / (1 + Math.exp(-s))),
        means: "takes the sigmoid",
        hint: "Your numbers lie between 0 and 1, as after a sigmoid. This layer was trained with ReLU: what does it make of the sum?",
      },
      {
        answer: (x, w, b) => x.matmul(w).add(b).map(Math.abs),
        means: "takes the absolute value",
        hint: "ReLU does not turn negative numbers around. What does it make of them?",
      },
    ],
    hints: [
      "It is the forward pass of one dense layer. Which three steps has it?",
      "The product is `x.matmul(kernel)`, and `.add(bias)` adds the bias to each row.",
      "The last step is `.map((sum) => Math.max(0, sum))`.",
    ],
    praise: "A frozen layer is a fixed function: the head learns from what it hands on.",
  }),

  "17-museum": exercise<Museum>({
    timeLimitMs: 3000,
    stub: { proofs: tame, repaired: broken },
    checks: names.flatMap((name) => [
      {
        says: `the input for \`${name}\` proves that it is wrong`,
        test: (museum) => proofVerdict(museum, name),
      },
      { says: `\`${name}\` is repaired`, test: (museum) => repairVerdict(museum, name) },
    ]),
    wrong: [
      {
        answer: { proofs: proven, repaired: { ...mended, loss: (z) => broken.loss(z.map((v) => v / 1000)) } },
        means: "makes the logits smaller",
        hint: "Dividing the logits gives another softmax. What may you subtract from all of them without changing it?",
      },
      {
        answer: {
          proofs: proven,
          repaired: { ...mended, loss: (z) => broken.loss(z.map((v) => v - Math.max(...z))) },
        },
        means: "subtracts the largest logit, and then takes the logarithm of 0",
        hint: "Subtracting the largest logit is right. But for [0, 1000] the quotient is so small that it becomes 0, and its logarithm is infinite. Can you write −ln(a / b) as a difference before you compute a?",
      },
      {
        answer: {
          proofs: proven,
          repaired: {
            ...mended,
            standardise: (column) => column.map((v) => (v - mean(column)) / (spread(column) + 0.1)),
          },
        },
        means: "adds a small number to the spread always",
        hint: "Now the other columns have no longer the standard deviation 1. Treat the spread 0 as a case of its own?",
      },
      {
        answer: {
          proofs: proven,
          repaired: { ...mended, epochLoss: (batches) => batches.flat().reduce(add, 0) / batches.length },
        },
        means: "divides by the number of batches",
        hint: "All losses are added up here. By how many rows must the sum be divided?",
      },
      {
        answer: {
          proofs: proven,
          repaired: { ...mended, argmax: (values) => broken.argmax(values.map(Math.abs)) },
        },
        means: "compares absolute values",
        hint: "Of −2 and −1 the larger one is −1. With which number should the search begin?",
      },
      {
        answer: {
          proofs: proven,
          repaired: { ...mended, median: (values) => [...values][(values.length - 1) / 2] },
        },
        means: "does not sort at all",
        hint: "The median is the middle of the *sorted* numbers. What does `sort` need, so that it compares numbers?",
      },
      {
        answer: {
          proofs: proven,
          repaired: {
            ...mended,
            meanOfCells: (cells) => mean(cells.map(Number).filter((value) => value !== 0)),
          },
        },
        means: "throws real zeros away",
        hint: 'A cell "0" is a value, an empty cell is none. Can you tell them apart after `Number`, or only before?',
      },
      {
        answer: { proofs: tame, repaired: mended },
        means: "repairs without a proof",
        hint: "Your repair may be right. Prove first that the exhibit is wrong: what input did its author not think of?",
      },
      {
        answer: { proofs: proven, repaired: broken },
        means: "proves and does not repair",
        hint: "The proof is good. Now run your own `repaired` function on it: what does it give?",
      },
    ],
    hints: [
      "Try strange inputs: very large, all equal, all negative, of unequal length, with several digits, empty.",
      "`loss`: logits like 1000. `standardise`: equal numbers. `epochLoss`: a short last batch. `argmax`: negative numbers. `median`: 10 and 9. `meanOfCells`: an empty cell.",
      "Repairs: subtract the largest logit; treat the spread 0; take the mean of `batches.flat()`; begin the search with the first value; `sort((a, b) => a - b)`; filter the empty cells first.",
    ],
    praise: "Found, proved, repaired: six bugs that tame inputs hide.",
  }),

  "17-card": exercise<Card>({
    stub: {
      rows: 0,
      kind: "training, validation or test",
      score: 0,
      range: [0, 0],
      baseline: 0,
      notTested: "",
    },
    checks: [
      {
        says: "the kind of the score is the right one for a card",
        test: ({ kind }) =>
          namesTheTest(kind)
            ? pass
            : fail({
                on: `kind = "${kind}"`,
                note: "One word: which of the three columns was not used for any choice?",
              }),
      },
      {
        says: "the score is the mean of that column",
        test: ({ score }) =>
          close(score, mean(testScores))
            ? pass
            : fail({ on: "score", got: score, note: "It is not the mean of the five seeds." }),
      },
      {
        says: "the range goes from the worst seed to the best",
        test: ({ range }) =>
          rangeIsRight(range)
            ? pass
            : fail({
                on: "range",
                got: range,
                note: "The lowest and the highest value of the same column are asked for.",
              }),
      },
      {
        says: "the number of rows belongs to the score",
        test: ({ rows }) =>
          rows === 100
            ? pass
            : fail({ on: "rows", got: rows, note: "On how many mails was this score measured?" }),
      },
      {
        says: "the baseline is the more frequent answer",
        test: ({ baseline }) =>
          close(baseline, 0.62)
            ? pass
            : fail({
                on: "baseline",
                got: baseline,
                note: "What does a filter get that always gives the same answer?",
              }),
      },
      {
        says: "the card says on what it was not tested",
        test: ({ notTested }) =>
          words(notTested) >= 3
            ? pass
            : fail({ on: "notTested", note: "Three words or more are asked for." }),
      },
    ],
    wrong: [
      {
        answer: { ...goodCard, kind: "training", score: 0.996, range: [0.99, 1] },
        means: "reports the training score",
        hint: "These mails trained the filter. What would a student say about an exam with the questions of the exercise book?",
        when: ({ kind }) => /train/i.test(kind) && !/valid|test/i.test(kind),
      },
      {
        answer: { ...goodCard, kind: "validation", score: 0.94, range: [0.92, 0.96] },
        means: "reports the score that chose the network",
        hint: "Mira chose the network by this column. Why is the score of a winner too good on average?",
        when: ({ kind }) => /valid/i.test(kind) && !/train|test/i.test(kind),
      },
      {
        answer: { ...goodCard, score: 0.9 },
        means: "reports the best seed",
        hint: "0.90 is the luckiest of five seeds. What can the next training expect?",
        when: ({ kind, score }) => namesTheTest(kind) && close(score, 0.9),
      },
      {
        answer: { ...goodCard, rows: 400 },
        means: "counts all mails",
        hint: "Most of the 400 mails trained the filter or chose it. On how many was the score of the test measured?",
        when: (card) => measuredRight(card) && card.rows !== 100 && card.rows > 0,
      },
      {
        answer: { ...goodCard, baseline: 0.5 },
        means: "takes a coin as the baseline",
        hint: 'The strongest rival that needs no network gives the more frequent answer every time. What does "no spam" get, given to every mail?',
        when: (card) => measuredRight(card) && card.rows === 100 && close(card.baseline, 0.5),
      },
      {
        answer: { ...goodCard, notTested: "" },
        means: "leaves the limits out",
        hint: "All mails are English, from one office and one year. What else is out there?",
        when: (card) =>
          measuredRight(card) && card.rows === 100 && close(card.baseline, 0.62) && words(card.notTested) < 3,
      },
      {
        answer: { ...goodCard, baseline: 0.38 },
        means: "takes the rarer answer as the baseline",
        hint: "0.38 is what a filter gets that calls every mail spam. Which of the two lazy filters is the stronger rival?",
        when: (card) => measuredRight(card) && card.rows === 100 && close(card.baseline, 0.38),
      },
    ],
    hints: [
      "Which column had no part in any choice? All numbers of the card come from it.",
      "The mean of the five test scores is their sum divided by 5. The baseline is the share of the more frequent answer among the test mails.",
      'rows 100, kind "test", range [0.86, 0.90], baseline 62 / 100. For the score, add 0.88 + 0.90 + 0.86 + 0.89 + 0.87.',
    ],
    praise: "A card that says what was measured, on what, beside what, and where it ends.",
  }),

  "17-exam": exercise<Exam>({
    stub: {
      parameters: 0,
      iterations: 0,
      loss: 0,
      fourLayers: 0,
      momentum: 0,
      kept: 0,
      trainingRows: 0,
      padded: 0,
    },
    checks: [
      examCheck("parameters", "the parameters are counted", "Weights and biases of both layers. Lesson 05."),
      examCheck("iterations", "the iterations are counted", "The last batch may be smaller. Lesson 09."),
      examCheck(
        "loss",
        "the cross-entropy is right",
        "Minus the natural logarithm of the true class's probability. Lesson 06.",
      ),
      examCheck(
        "fourLayers",
        "the product of the slopes is right",
        "The sigmoid's slope is 0.25 at most. Lesson 11.",
      ),
      examCheck(
        "momentum",
        "the second step with momentum is right",
        "The velocity remembers the first step. Lesson 10.",
      ),
      examCheck(
        "kept",
        "the kept unit is scaled",
        "Inverted dropout divides by the share that is kept. Lesson 13.",
      ),
      examCheck(
        "trainingRows",
        "the rows of a fold are counted",
        "One fold is left out each time. Lesson 12.",
      ),
      examCheck("padded", "the side of the map is right", "Padding is added on both sides. This lesson."),
    ],
    wrong: [
      {
        answer: { ...goodExam, parameters: 112 },
        means: "forgets the biases",
        hint: "112 are the weights. How many biases have 16 and 3 units?",
        when: ({ parameters }) => parameters === 112,
      },
      {
        answer: { ...goodExam, iterations: 15 },
        means: "forgets the last batch",
        hint: "15 batches of 64 are 960 rows. What happens to the other 40?",
        when: ({ iterations }) => iterations === 15,
      },
      {
        answer: { ...goodExam, loss: 0.25 },
        means: "takes the probability for the loss",
        hint: "0.25 is the probability. Which function makes a loss of it?",
        when: ({ loss }) => close(loss, 0.25),
      },
      {
        answer: { ...goodExam, loss: 2 },
        means: "takes the logarithm to base 2",
        hint: "Here the logarithm is the natural one, with base e.",
        when: ({ loss }) => nearly(loss, 2),
      },
      {
        answer: { ...goodExam, loss: Math.log(0.25) },
        means: "forgets the minus sign",
        hint: "The logarithm of a probability is below 0. A loss is not: what stands before the logarithm?",
        when: ({ loss }) => nearly(-loss, Math.log(4)),
      },
      {
        answer: { ...goodExam, fourLayers: 1 },
        means: "adds the slopes",
        hint: "Slopes on one way are multiplied, by the chain rule.",
        when: ({ fourLayers }) => close(fourLayers, 1),
      },
      {
        answer: { ...goodExam, momentum: 4.05 },
        means: "forgets the velocity",
        hint: "4.05 is plain descent. What does the second step keep of the first?",
        when: ({ momentum }) => nearly(momentum, 4.05),
      },
      {
        answer: { ...goodExam, kept: 1.6 },
        means: "multiplies in place of dividing",
        hint: "Fewer units are left, so the kept ones must speak louder. Is 1.6 louder than 2?",
        when: ({ kept }) => close(kept, 1.6),
      },
      {
        answer: { ...goodExam, trainingRows: 20 },
        means: "counts the fold that is left out",
        hint: "20 rows are the fold that is left out. How many train?",
        when: ({ trainingRows }) => trainingRows === 20,
      },
      {
        answer: { ...goodExam, padded: 26 },
        means: "pads one side only",
        hint: "26 comes from padding on one side. How wide is the picture with 2 zeros on each side?",
        when: ({ padded }) => padded === 26,
      },
    ],
    hints: [
      "Each number has its lesson in the worked solution's order: 05, 09, 06, 11, 10, 13, 12, 17. Which one is wrong stands on the card.",
      "The velocity is v ← 0.9 v − 0.1 · slope, and w moves by v. Inverted dropout divides by 1 − rate.",
      "w is 4.5 after the first step, with v = −0.5. The second velocity is 0.9 · (−0.5) − 0.1 · 4.5.",
    ],
    praise: "Eight of eight, on paper.",
  }),
});
