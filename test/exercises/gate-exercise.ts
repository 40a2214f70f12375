import {
  defineExercises,
  each,
  exercise,
  type Exercises,
  fail,
  forInputs,
  pass,
} from "../../src/exercises/index.js";

export interface Gate {
  w: number[];
  b: number;
}

const rows = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const output = ({ w, b }: Gate, x: readonly number[]): number => (w[0] * x[0] + w[1] * x[1] + b > 0 ? 1 : 0);

/** An exercise whose answer is data. */
export const andGate = exercise<Gate>({
  stub: { w: [0, 0], b: 0 },
  checks: [
    {
      says: "there are two weights",
      test: ({ w }) => (w.length === 2 ? pass : fail({ expected: 2, got: w.length })),
    },
    {
      says: "the gate gives 0, 0, 0, 1",
      test: (gate) =>
        each(rows, (x) => {
          const expected = x[0] * x[1];
          const got = output(gate, x);
          return got === expected ? pass : fail({ on: `input (${x.join(", ")})`, expected, got });
        }),
    },
    {
      says: "the two weights differ",
      test: ({ w }) => (w[0] === w[1] ? fail({ note: `Both are ${w[0]}.` }) : pass),
    },
  ],
  wrong: [
    {
      answer: { w: [0.5, 0.5], b: -0.7 },
      means: "kept the weights of the text",
      hint: "Make one weight larger.",
    },
    {
      answer: { w: [0.9, 0.4], b: 0 },
      means: "forgot the bias",
      hint: "Which sum must stay below the threshold?",
    },
    { answer: { w: [1, 0.4], b: -0.6 }, means: "gate is x1 alone", hint: "Look at the row (1, 0)." },
    { answer: { w: [0.9, 0.4], b: -1.3 }, means: "treats > as >=", hint: "At (1, 1) the sum is about 0." },
  ],
  hints: [
    "Write down the four sums.",
    "Choose `w1 = 0.9`. Where must $-b$ lie?",
    "Any $-b$ from 0.9 to 1.3 works.",
  ],
  praise: "Your gate lights for (1, 1) only.",
});

/** An exercise whose answer is a function. */
export const slope = exercise<(x: number) => number>({
  stub: () => 0,
  checks: [
    {
      says: "the slope of x² is right at five places",
      test: (f) =>
        forInputs(f, { inputs: [[-2], [-1], [0.5], [1], [3]], expected: (x) => 2 * x, name: "slope" }),
    },
  ],
  wrong: [
    { answer: (x) => x * x, means: "gives the height", hint: "That is x² itself." },
    { answer: (x) => x, means: "forgot the factor 2", hint: "The exponent comes down as a factor." },
    { answer: (x) => 2 * x * x, means: "kept the exponent", hint: "The exponent becomes one less." },
    { answer: () => 2, means: "took the second derivative", hint: "The slope depends on x." },
  ],
  hints: ["a", "b", "c"],
});

export const exercises: Exercises = defineExercises({ "02-and-gate": andGate, "02-slope": slope });
