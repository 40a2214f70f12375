import { close, defineExercises, each, exercise, fail, forInputs, pass, type Verdict } from "gradus";

interface Curve {
  f: (x: number) => number;
  df: (x: number) => number;
}
type Leaky = (a: number) => Curve;
type Gap = (curve: Curve, at: number[]) => number;
interface Stable {
  sigmoid: (x: number) => number;
  softmax: (z: number[]) => number[];
}

const names = ["step", "sigmoid", "tanh", "ReLU", "ELU"];
const letters = { A: "ELU", B: "sigmoid", C: "step", D: "ReLU", E: "tanh" };
type Letters = Record<keyof typeof letters, string>;
/** What is seen at a letter, when the name does not fit. */
const seen: Letters = {
  A: "It rises in a bend up to 0, and is 1 from there on.",
  B: "It is a hill with a height of only 0.25.",
  C: "It is 0 everywhere.",
  D: "It jumps from 0 to 1.",
  E: "It is a hill with a height of 1.",
};

/** The first slope on which a leaky ReLU and its claim differ. */
function leakyVerdict(myLeaky: Leaky, part: "f" | "df", xs: readonly number[]): Verdict {
  return each([0.1, 0.01, 0.3], (a) => {
    const curve = myLeaky(a);
    const right = (x: number): number => (part === "f" ? (x > 0 ? x : a * x) : x > 0 ? 1 : a);
    return forInputs(curve[part], {
      inputs: xs.map((x) => [x] as const),
      expected: right,
      name: `myLeaky(${a}).${part}`,
    });
  });
}

function slopeAt(f: (x: number) => number, x: number): number {
  return (f(x + 1e-5) - f(x - 1e-5)) / 2e-5;
}
const cubes: readonly {
  readonly on: string;
  readonly curve: Curve;
  readonly at: number[];
  readonly right: number;
}[] = [
  {
    on: "f(x) = x³ with f′(x) = 3x², at 1, 2, −1",
    curve: { f: (x) => x ** 3, df: (x) => 3 * x * x },
    at: [1, 2, -1],
    right: 0,
  },
  {
    on: "f(x) = x² with the claim 2x + 1, at 0, 1, 2",
    curve: { f: (x) => x * x, df: (x) => 2 * x + 1 },
    at: [0, 1, 2],
    right: 1,
  },
  {
    on: "f(x) = 3x with the claim 1, at 0, 5",
    curve: { f: (x) => 3 * x, df: () => 1 },
    at: [0, 5],
    right: 2,
  },
  {
    on: "f(x) = x² with the claim 0, at 3, 0, 1",
    curve: { f: (x) => x * x, df: () => 0 },
    at: [3, 0, 1],
    right: 6,
  },
  {
    on: "f(x) = x² with the claim x, at 1, 2, 4",
    curve: { f: (x) => x * x, df: (x) => x },
    at: [1, 2, 4],
    right: 4,
  },
];
function gapsAt(largestGap: Gap, cases: typeof cubes): Verdict {
  return each(cases, ({ on, curve, at, right }) => {
    const got = largestGap(curve, [...at]);
    return close(got, right, 1e-4) ? pass : fail({ on, expected: right, got });
  });
}
const gap: Gap = (curve, at) => Math.max(...at.map((x) => Math.abs(curve.df(x) - slopeAt(curve.f, x))));
const isLetters = (wanted: readonly string[], got: readonly string[]): boolean =>
  [...new Set(got)].sort().join() === [...wanted].sort().join();
const rightClaims = ["A", "E"];

/** Where one step from b = 2, with slope 4, lands. */
function landing(rate: number): number {
  return 2 - 4 * rate;
}

const shares = (z: readonly number[], shift: number): number[] => {
  const e = z.map((score) => Math.exp(score - shift));
  const sum = e.reduce((total, value) => total + value, 0);
  return e.map((value) => value / sum);
};
const goodSigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const goodSoftmax = (z: readonly number[]): number[] => shares(z, Math.max(...z));
const softmaxOn = (softmax: Stable["softmax"], lists: readonly number[][], keepsInputs = false): Verdict =>
  forInputs<[number[]], number[]>(softmax, {
    inputs: lists.map((z): [number[]] => [z]),
    expected: goodSoftmax,
    name: "softmax",
    keepsInputs,
  });
const sigmoidOn = (sigmoid: Stable["sigmoid"], xs: readonly number[]): Verdict =>
  forInputs<[number], number>(sigmoid, {
    inputs: xs.map((x): [number] => [x]),
    expected: goodSigmoid,
    name: "sigmoid",
  });

export default defineExercises({
  "04-leaky": exercise<Leaky>({
    stub: () => ({ f: (x) => (x > 0 ? x : 0), df: (x) => (x > 0 ? 1 : 0) }),
    checks: [
      {
        says: "positive numbers pass as they are",
        test: (myLeaky) => leakyVerdict(myLeaky, "f", [2, 0.5, 30]),
      },
      {
        says: "negative numbers are multiplied by a",
        test: (myLeaky) => leakyVerdict(myLeaky, "f", [-2, -20, -0.5]),
      },
      { says: "the slope on the right is 1", test: (myLeaky) => leakyVerdict(myLeaky, "df", [0.5, 3]) },
      { says: "the slope on the left is a", test: (myLeaky) => leakyVerdict(myLeaky, "df", [-3, -0.5]) },
    ],
    wrong: [
      {
        answer: () => ({ f: (x) => (x > 0 ? x : 0.001), df: (x) => (x > 0 ? 1 : 0) }),
        means: "returns a very small constant",
        hint: "A constant is as flat as a ReLU. What should the answer do when x goes from −2 to −20?",
      },
      {
        answer: (a) => ({ f: (x) => (x > 0 ? x : a), df: (x) => (x > 0 ? 1 : a) }),
        means: "returns a in place of a times x",
        hint: "The number a is a slope, not an answer. How far has a line of slope a come at x = −2?",
      },
      {
        answer: (a) => ({ f: (x) => (x > 0 ? x : a * x), df: (x) => (x > 0 ? 1 : 0) }),
        means: "forgets the leak in the derivative",
        hint: "The function leaks, its derivative does not know it yet. How steep is a · x?",
      },
      {
        answer: () => ({ f: (x) => (x > 0 ? x : 0.01 * x), df: (x) => (x > 0 ? 1 : 0.01) }),
        means: "writes 0.01 in place of a",
        hint: "Your leak is always 0.01. Which slope does `myLeaky(0.1)` ask for?",
      },
      {
        answer: (a) => ({ f: (x) => (x > 0 ? x : -a * x), df: (x) => (x > 0 ? 1 : -a) }),
        means: "makes the left side positive",
        hint: "On the left your curve goes up. A small slope a > 0 gives negative answers to negative numbers.",
      },
      {
        answer: (a) => ({ f: (x) => (x > 0 ? x : a * x), df: (x) => (x > 0 ? 1 : a * x) }),
        means: "leaves the x in the derivative",
        hint: "The function is a · x on the left: a straight line. Does its slope depend on x?",
      },
    ],
    hints: [
      "Which two zeros of the stub make the left side flat?",
      "On the left the curve is a straight line through 0 with slope a.",
      "Write a * x in place of the first 0, and a in place of the second.",
    ],
    praise: "Now the unit has a slope on both sides.",
  }),

  "04-match": exercise<Letters>({
    stub: { A: "?", B: "?", C: "?", D: "?", E: "?" },
    checks: [
      {
        says: "each letter has one of the five names",
        test: (answer) =>
          each(Object.entries(answer), ([letter, name]) =>
            names.includes(name)
              ? pass
              : fail({ on: letter, got: name, note: `The names are ${names.join(", ")}, in this spelling.` }),
          ),
      },
      ...(["C", "D", "B", "E", "A"] as const).map((letter) => ({
        says: `${letter} has its function`,
        test: (answer: Letters): Verdict =>
          answer[letter] === letters[letter]
            ? pass
            : fail({ on: letter, got: answer[letter], note: seen[letter] }),
      })),
    ],
    wrong: [
      {
        answer: { ...letters, B: "tanh", E: "sigmoid" },
        means: "exchanges sigmoid and tanh",
        hint: "Both are hills. Which function has the largest slope 0.25, and which 1?",
        when: ({ B, E }) => B === "tanh" && E === "sigmoid",
      },
      {
        answer: { ...letters, C: "ReLU", D: "step" },
        means: "takes a derivative for its function",
        hint: "D looks like a step, but it is a derivative. Which function rises with slope 1 on the right and is flat on the left?",
        when: ({ C, D }) => C === "ReLU" && D === "step",
      },
      {
        answer: { ...letters, A: "ReLU", D: "ELU" },
        means: "exchanges ReLU and ELU",
        hint: "A changes in a bend, D in a jump. Which of the two functions has a kink?",
        when: ({ A, D }) => A === "ReLU" && D === "ELU",
      },
      {
        answer: { A: "sigmoid", B: "ELU", C: "step", D: "ReLU", E: "tanh" },
        means: "takes the derivative of ELU for the sigmoid itself",
        hint: "A looks like the left half of a sigmoid, but it is a derivative. Whose slope goes to 0 on the left and stays 1 on the right?",
        when: ({ A }) => A === "sigmoid",
      },
    ],
    hints: [
      "Ask for each function: where is it flat, and where is it steepest?",
      "The step is flat everywhere. Sigmoid and tanh are flat at both ends, so their slopes are hills.",
      "The low hill, 0.25, is the sigmoid. The jump from 0 to 1 is the slope of a kink. The one that is left is ELU.",
    ],
    praise: "You know them by their slopes.",
  }),

  "04-numeric": exercise<{ largestGap: Gap; wrongClaims: string[] }>({
    stub: { largestGap: () => NaN, wrongClaims: [] },
    checks: [
      {
        says: "a right derivative has no gap",
        test: ({ largestGap }) => gapsAt(largestGap, cubes.slice(0, 1)),
      },
      {
        says: "a claim that is too large has a gap",
        test: ({ largestGap }) => gapsAt(largestGap, cubes.slice(1, 2)),
      },
      {
        says: "a claim that is too small has a gap, too",
        test: ({ largestGap }) => gapsAt(largestGap, cubes.slice(2, 3)),
      },
      {
        says: "the largest gap counts, wherever it is",
        test: ({ largestGap }) => gapsAt(largestGap, cubes.slice(3)),
      },
      {
        says: "the wrong claims are named, and only they",
        test: ({ wrongClaims }) =>
          isLetters(rightClaims, wrongClaims)
            ? pass
            : fail({
                on: "wrongClaims",
                got: wrongClaims,
                note: "A right claim has a gap of less than 0.000001.",
              }),
      },
    ],
    wrong: [
      {
        answer: {
          largestGap: (curve, at) => Math.max(...at.map((x) => curve.df(x) - slopeAt(curve.f, x))),
          wrongClaims: rightClaims,
        },
        means: "forgets to take away the sign",
        hint: "A claim that is too small gives a negative difference. Which function of Math takes the sign away?",
      },
      {
        answer: {
          largestGap: (curve, at) => Math.abs(curve.df(at[0]) - slopeAt(curve.f, at[0])),
          wrongClaims: rightClaims,
        },
        means: "looks at the first place only",
        hint: "Your function has its answer after the first place. The gap may be at any of them.",
      },
      {
        answer: {
          largestGap: (curve, at) =>
            at.reduce((total, x) => total + Math.abs(curve.df(x) - slopeAt(curve.f, x)), 0) / at.length,
          wrongClaims: rightClaims,
        },
        means: "takes the mean of the gaps",
        hint: "The task asks for the largest gap, not for the mean. A single bad place must be seen.",
      },
      {
        answer: {
          largestGap: (curve, at) => Math.max(...at.map((x) => Math.abs(curve.df(x) - curve.f(x)))),
          wrongClaims: rightClaims,
        },
        means: "compares the derivative with the function",
        hint: "You compare df with f itself. Compare it with the slope of f: `slopeAt(curve.f, x)`.",
      },
      {
        answer: { largestGap: gap, wrongClaims: ["A"] },
        means: "finds one wrong claim of two",
        hint: "A is right to be doubted, and there is another. Print the gap of each letter: which are not nearly 0?",
        when: ({ wrongClaims }) => isLetters(["A"], wrongClaims) || isLetters(["E"], wrongClaims),
      },
      {
        answer: { largestGap: gap, wrongClaims: ["A", "D", "E"] },
        means: "doubts a claim that only looks strange",
        hint: "D looks strange, but what does the measurement say? Compute e to the x and ELU(x) + 1 at x = −1.",
        when: ({ wrongClaims }) => wrongClaims.includes("D"),
      },
    ],
    hints: [
      "For one place: claimed minus measured, without its sign. Then the largest of all.",
      "`Math.abs(curve.df(x) - slopeAt(curve.f, x))` is the gap at one place, and `at.map(...)` makes the list of all.",
      "`return Math.max(...at.map((x) => ...))` with the gap of the second hint. Then read the printed gaps: which are not nearly 0?",
    ],
    praise: "You don't have to believe a derivative any more: you can measure it.",
  }),

  "04-dying": exercise<{ rate: number; slopeAfter: number }>({
    stub: { rate: 0.1, slopeAfter: NaN },
    checks: [
      {
        says: "after one step all three sums are negative",
        test: ({ rate }) =>
          landing(rate) < -3 && !close(landing(rate), -3)
            ? pass
            : fail({
                on: `rate ${rate}`,
                note: `The unit lands at b = ${Number(landing(rate).toFixed(3))}. Look at the sums 1 + b, 2 + b and 3 + b there.`,
              }),
      },
      {
        says: "the slope of the loss is known where it lands",
        test: ({ slopeAfter }) =>
          close(slopeAfter, 0)
            ? pass
            : fail({
                on: "slopeAfter",
                got: slopeAfter,
                note: "What do all answers of the unit do when b changes a little?",
              }),
      },
    ],
    wrong: [
      {
        answer: { rate: 0.5, slopeAfter: 0 },
        means: "takes the best rate",
        hint: "With this rate the sums stay above 0. Take longer steps: how far down must b go?",
        when: ({ rate }) => rate >= 0 && landing(rate) > -1,
      },
      {
        answer: { rate: 1, slopeAfter: 0 },
        means: "leaves one sum above 0",
        hint: "The input 3 still has a sum above 0, and it will pull the unit back. How low must b be for 3 + b to be negative?",
        when: ({ rate }) => landing(rate) <= -1 && landing(rate) > -3 && !close(landing(rate), -3),
      },
      {
        answer: { rate: 1.25, slopeAfter: 0 },
        means: "stops at the kink",
        hint: "You land exactly on −3, where the sum of the input 3 is 0: that is the kink. Go a little further.",
        when: ({ rate }) => close(landing(rate), -3),
      },
      {
        answer: { rate: -1.5, slopeAfter: 0 },
        means: "goes up the slope",
        hint: "A negative rate goes uphill, to larger b. There all sums are positive.",
        when: ({ rate }) => rate < 0,
      },
      {
        answer: { rate: 1.5, slopeAfter: 4 },
        means: "gives the slope of the start",
        hint: "That is the slope at b = 2, before the step. How steep is the loss where the unit lands?",
        when: ({ rate, slopeAfter }) =>
          landing(rate) < -3 && !close(landing(rate), -3) && close(slopeAfter, 4),
      },
      {
        answer: { rate: 1.5, slopeAfter: NaN },
        means: "leaves out the slope",
        hint: "The unit is dead. Now measure the slope of its loss there: `slopeAt(unitLoss(relu), b)`.",
        when: ({ rate, slopeAfter }) =>
          landing(rate) < -3 && !close(landing(rate), -3) && Number.isNaN(slopeAfter),
      },
    ],
    hints: [
      "For which b is even the largest sum, 3 + b, negative?",
      "One step goes from 2 to 2 − 4 · rate. That must lie below −3.",
      "Any rate above 1.25. There the answers are 0 whatever b does a little, so the slope is 0.",
    ],
    praise: "You broke it: this unit will never learn again.",
  }),

  "04-stable": exercise<Stable>({
    stub: { sigmoid: (x) => Math.exp(x) / (1 + Math.exp(x)), softmax: (z) => shares(z, 0) },
    checks: [
      {
        says: "the sigmoid of small numbers is right",
        test: ({ sigmoid }) => sigmoidOn(sigmoid, [0, 2, -3, 10]),
      },
      {
        says: "the sigmoid of huge numbers is 0 or 1",
        test: ({ sigmoid }) => sigmoidOn(sigmoid, [1000, -1000, 1e6]),
      },
      {
        says: "the softmax of small scores is right",
        test: ({ softmax }) => softmaxOn(softmax, [[2, 1, 0.1], [0, 0], [3]]),
      },
      {
        says: "the softmax of huge scores is right",
        test: ({ softmax }) =>
          softmaxOn(softmax, [
            [1000, 1000],
            [1000, 999],
            [2000, 0, 0],
          ]),
      },
      {
        says: "the softmax of very negative scores is right",
        test: ({ softmax }) =>
          softmaxOn(softmax, [
            [-1000, -1000],
            [-1000, -1001, -3000],
          ]),
      },
      {
        says: "the list of scores stays as it was",
        test: ({ softmax }) => softmaxOn(softmax, [[2, 1, 0.1]], true),
      },
    ],
    wrong: [
      {
        answer: { sigmoid: goodSigmoid, softmax: (z) => shares(z, 0) },
        means: "mends the sigmoid only",
        hint: "The sigmoid is safe. In the softmax, which exponents are too large, and what may you take away from all scores?",
      },
      {
        answer: { sigmoid: (x) => Math.exp(x) / (1 + Math.exp(x)), softmax: goodSoftmax },
        means: "mends the softmax only",
        hint: "The softmax is safe. In the sigmoid, divide top and bottom of the fraction by e to the x.",
      },
      {
        answer: {
          sigmoid: goodSigmoid,
          softmax: (z) => shares(z, z.reduce((total, score) => total + score, 0) / z.length),
        },
        means: "subtracts the mean",
        hint: "With the mean taken away, the largest of 2000, 0, 0 is still above 1300. Which number makes the largest exponent 0?",
      },
      {
        answer: {
          sigmoid: goodSigmoid,
          softmax: (z) =>
            shares(
              z.map((score) => Math.min(score, 700)),
              0,
            ),
        },
        means: "cuts large scores off",
        hint: "1000 and 999 become the same when both are cut to 700. Move all scores by the same amount in place of that.",
      },
      {
        answer: {
          sigmoid: goodSigmoid,
          softmax: (z) =>
            shares(
              z.map((score) => score / Math.max(...z)),
              0,
            ),
        },
        means: "divides by the largest score",
        hint: "Dividing the scores is a temperature: it changes the shares. Subtracting leaves them as they are.",
      },
      {
        answer: { sigmoid: goodSigmoid, softmax: (z) => shares(z, Math.max(0, ...z)) },
        means: "protects against large scores only",
        hint: "When all scores are very negative, your largest is 0 and every exponential is 0. Is 0 one of the scores?",
      },
      {
        answer: {
          sigmoid: goodSigmoid,
          softmax: (z) => {
            const largest = Math.max(...z);
            const sum = z.reduce((total, score) => total + Math.exp(score), 0);
            return z.map((score) => Math.exp(score - largest) / sum);
          },
        },
        means: "subtracts above but not below",
        hint: "Do your shares add up to 1? The same number must be taken away in the top and in the bottom of the fraction.",
      },
      {
        answer: {
          sigmoid: goodSigmoid,
          softmax: (z) => {
            const largest = Math.max(...z);
            z.forEach((score, i) => (z[i] = score - largest));
            return shares(z, 0);
          },
        },
        means: "changes the list of scores",
        hint: "The shares are right, but the scores were overwritten. `map` makes a new list.",
      },
    ],
    hints: [
      "Which exponents are too large? Softmax stays the same when all scores move by the same amount.",
      "Find the largest score with `Math.max(...z)` and subtract it inside `Math.exp`. For the sigmoid, divide top and bottom by e to the x.",
      "`Math.exp(score - largest)` in the softmax, and `1 / (1 + Math.exp(-x))` for the sigmoid.",
    ],
    praise: "No finite score can break these two.",
  }),
});
