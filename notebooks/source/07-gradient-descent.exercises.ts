import {
  close,
  defineExercises,
  each,
  exercise,
  expectGradient,
  fail,
  formFault,
  forInputs,
  inWords,
  pass,
  type Verdict,
} from "gradus";

type Curve = (t: number) => number;
type Diff = (f: Curve, at: number, h: number) => number;

const line: Curve = (t) => 5 - 2 * t;
const square: Curve = (t) => t * t;
const cube: Curve = (t) => t * t * t;
const central: Diff = (f, at, h) => (f(at + h) - f(at - h)) / (2 * h);
const slopesOf = (centralDiff: Diff, inputs: [Curve, number, number][]): Verdict =>
  forInputs<[Curve, number, number], number>(centralDiff, { inputs, expected: central, name: "centralDiff" });

interface Data {
  readonly x: number[];
  readonly y: number[];
}

/** The errors y - wx - b of a line, one for each pair. */
const errorsOf = ([w, b]: readonly number[], { x, y }: Data): number[] => x.map((xi, i) => y[i] - w * xi - b);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const lossOf = (p: readonly number[], data: Data): number => mean(errorsOf(p, data).map((e) => e * e));
const gradientOf = (p: readonly number[], data: Data): number[] => {
  const e = errorsOf(p, data);
  return [-2 * mean(e.map((ei, i) => data.x[i] * ei)), -2 * mean(e)];
};

interface Museum {
  gapA: number;
  gapB: number;
  mended: (p: number[], x: number[], y: number[]) => number[];
}

/** The lesson's four pairs, and the places at which a gradient is compared. */
const four: Data = { x: [0, 1, 2, 3], y: [1, 3, 5, 7] };
const museumPlace = [1, 0];
const places = [[0, 0], museumPlace, [2.5, -1], [-1, 4]];
const others: readonly Data[] = [
  { x: [2], y: [7] },
  { x: [1, 4], y: [-2, 3] },
  { x: [-1, 0.5, 2, 3, 5, 8], y: [2, 2, 1, 0, 4, -3] },
];
const [rightSlope, slopeByBias] = gradientOf(museumPlace, four);
const formA = 2 * mean(errorsOf(museumPlace, four));
const formB = -formA;
const mendedRight: Museum["mended"] = (p, x, y) => gradientOf(p, { x, y });
const museum = (part: Partial<Museum>): Museum => ({
  gapA: Math.abs(formA - rightSlope),
  gapB: Math.abs(formB - rightSlope),
  mended: mendedRight,
  ...part,
});

const gapVerdict = (got: number, { name, form }: { name: string; form: number }): Verdict =>
  close(got, Math.abs(form - rightSlope), 1e-5)
    ? pass
    : fail({
        on: name,
        got,
        note: Number.isNaN(got)
          ? "It is not filled in yet."
          : `The form gives ${String(form).replace("-", "−")} there. Measure the slope by w, and take the distance.`,
      });

const mendedAgrees = (mended: Museum["mended"], data: Data): Verdict =>
  expectGradient(
    (p) => mended(p, [...data.x], [...data.y]),
    { f: (p) => lossOf(p, data), at: places },
    {
      on: `mended, ${data.x.length} ${data.x.length === 1 ? "pair" : "pairs"}`,
      note: "Expected is the measured slope. Slope 0 is that by w, slope 1 that by b.",
    },
  );

interface Line {
  w: number;
  b: number;
}
type Fit = (x: number[], y: number[], eta: number, steps: number) => Line;
type FitArgs = [x: number[], y: number[], eta: number, steps: number];

/** Gradient descent on the line, with a gradient of one's own: the right one, or a wrong one. */
const fitWith =
  (gradient: (p: number[], data: Data) => number[]): Fit =>
  (x, y, eta, steps) => {
    let p = [0, 0];
    for (let k = 0; k < steps; k++) {
      const slopes = gradient(p, { x, y });
      p = p.map((value, j) => value - eta * slopes[j]);
    }
    return { w: p[0], b: p[1] };
  };
const fit = fitWith(gradientOf);
const fitVerdict = (fitLine: Fit, inputs: FitArgs[], note?: string): Verdict =>
  forInputs<FitArgs, Line>(fitLine, {
    inputs,
    expected: fit,
    name: "fitLine",
    keepsInputs: true,
    ...(note === undefined ? {} : { note }),
  });

const inputSets = [[1, 2, 3], [0.5], [-2, 2, 4, 1], [10, 20]];

/** By how much the distance from the best w is multiplied in one step of the line through the origin. */
const factorOf = (x: readonly number[], eta: number): number =>
  Math.abs(1 - eta * 2 * mean(x.map((xi) => xi * xi)));

type Rate = (x: number[]) => number;
const rateVerdict = (
  largestRate: Rate,
  part: number,
  { holds, note }: { holds: (factor: number) => boolean; note: string },
): Verdict =>
  each(inputSets, (x) => {
    const rate = largestRate([...x]);
    return holds(factorOf(x, part * rate)) ? pass : fail({ on: `x = [${x.join(", ")}]`, got: rate, note });
  });

interface Failures {
  worse: number[];
  saddle: number[];
  plateau: number;
}
const eta = 0.1;
const stepsOnTerrain = 400;

/** Where the descent on the terrain ends. */
function endOf([u, v]: readonly number[]): number[] {
  let [atU, atV] = [u, v];
  for (let k = 0; k < stepsOnTerrain; k++) {
    atU -= eta * atU * (atU + 1) * (atU - 1.5);
    atV -= eta * 2 * atV;
  }
  return [atU, atV];
}
const isAt = (place: readonly number[], target: readonly number[]): boolean =>
  Math.hypot(place[0] - target[0], place[1] - target[1]) < 1e-2;

/** How far a thousand steps on the plateau lead. */
function walked(start: number): number {
  let t = start;
  for (let k = 0; k < 1000; k++) t -= (eta * 2 * t) / (1 + t * t) ** 2;
  return Math.abs(start - t);
}
const notFilled = (values: readonly number[]): boolean => !values.every(Number.isFinite);
const rounded = (place: readonly number[]): number[] => place.map((value) => Number(value.toFixed(3)));
const failures = (part: Partial<Failures>): Failures => ({
  worse: [-0.5, 1],
  saddle: [0, 1],
  plateau: 20,
  ...part,
});

export default defineExercises({
  "07-central-diff": exercise<Diff>({
    stub: () => NaN,
    checks: [
      { says: "it measures the slope of a line", test: (diff) => slopesOf(diff, [[line, 1, 0.1]]) },
      {
        says: "it is exact on a parabola, because it looks to both sides",
        test: (diff) =>
          slopesOf(diff, [
            [square, 3, 0.1],
            [square, -1, 0.5],
          ]),
      },
      {
        says: "it uses the h that it is given",
        test: (diff) =>
          slopesOf(diff, [
            [cube, 2, 0.1],
            [cube, 2, 0.5],
            [cube, -1, 1],
          ]),
      },
    ],
    wrong: [
      {
        answer: (f, at, h) => (f(at + h) - f(at)) / h,
        means: "the forward difference",
        hint: "This looks to the right only. Which second place lies as far to the left?",
      },
      {
        answer: (f, at, h) => (f(at) - f(at - h)) / h,
        means: "the backward difference",
        hint: "This looks to the left only. Where is the place on the right?",
      },
      {
        answer: (f, at, h) => (f(at + h) - f(at - h)) / h,
        means: "divides by h",
        hint: "Your slope is twice too large. How far apart are at + h and at - h?",
      },
      {
        answer: (f, at, h) => f(at + h) - f(at - h) / (2 * h),
        means: "forgot the brackets of the difference",
        hint: "Division comes before subtraction. What should be divided by 2h: one value, or the difference?",
      },
      {
        answer: (f, at, h) => ((f(at + h) - f(at - h)) / 2) * h,
        means: "multiplies by h (a / 2 * h)",
        hint: "a / 2 * h divides by 2 and then multiplies by h. Where do brackets belong?",
      },
      {
        answer: (f, at, h) => (f(at - h) - f(at + h)) / (2 * h),
        means: "the wrong way round",
        hint: "A curve that rises should have a positive slope. Which value comes first in the difference?",
      },
      {
        answer: (f, at) => (f(at + 1e-5) - f(at - 1e-5)) / 2e-5,
        means: "a fixed h",
        hint: "It measures well, but with a distance of its own. Which argument says how far to look?",
      },
    ],
    hints: [
      "You need two values of f. At which two places?",
      "The places are at + h and at - h, so they are 2h apart. A slope is the difference of the values, divided by that distance.",
      "return (f(at + h) - f(at - h)) / (2 * h);",
    ],
    praise: "You can now measure the slope of any function, without a formula for it.",
  }),

  "07-wrong-gradient": exercise<Museum>({
    stub: { gapA: NaN, gapB: NaN, mended: () => [NaN, NaN] },
    checks: [
      {
        says: "the distance of form A is measured",
        test: ({ gapA }) => gapVerdict(gapA, { name: "gapA", form: formA }),
      },
      {
        says: "the distance of form B is measured",
        test: ({ gapB }) => gapVerdict(gapB, { name: "gapB", form: formB }),
      },
      {
        says: "mended is the gradient on the four pairs",
        test: ({ mended }) => mendedAgrees(mended, four),
      },
      {
        says: "mended is the gradient on any number of pairs",
        test: ({ mended }) => each(others, (data) => mendedAgrees(mended, data)),
      },
    ],
    wrong: [
      {
        answer: museum({ gapA: rightSlope - formA, gapB: rightSlope - formB }),
        means: "a distance with a sign",
        hint: "The amounts are right. Can a distance be negative?",
      },
      {
        answer: museum({ gapA: formA, gapB: formB }),
        means: "entered what the forms give",
        hint: "These are the values of the two forms. How far is each from the slope that you measured?",
      },
      {
        answer: museum({ gapA: Math.abs(formA - slopeByBias), gapB: Math.abs(formB - slopeByBias) }),
        means: "compared with the slope by b",
        hint: "`measuredGradient` returns two slopes, first by w, then by b. Which one do the forms claim to be?",
      },
      {
        answer: museum({ gapA: Math.abs(rightSlope), gapB: Math.abs(rightSlope) }),
        means: "entered the measured slope",
        hint: "This is the measured slope itself, without its sign. How far is it from 5, and how far from −5?",
      },
      {
        answer: museum({ mended: (p, x, y) => gradientOf(p, { x, y }).map((value) => -value) }),
        means: "the sign is lost",
        hint: "The sizes are right. When w grows, the error y − wx − b falls: which sign does that bring?",
      },
      {
        answer: museum({
          mended: (p, x, y) => {
            const [, db] = gradientOf(p, { x, y });
            return [db, db];
          },
        }),
        means: "the factor x is lost",
        hint: "Both of your slopes are that by b. By how much does the error of pair i change when w grows by 1?",
      },
      {
        answer: museum({
          mended: (p, x, y) => {
            const [dw, db] = gradientOf(p, { x, y });
            return [dw, mean(x) * db];
          },
        }),
        means: "x in the slope by b, too",
        hint: "The slope by w is right. Does b get multiplied by x in the prediction wx + b?",
      },
      {
        answer: museum({ mended: (p, x, y) => gradientOf(p, { x, y }).map((value) => value * x.length) }),
        means: "the sum in place of the mean",
        hint: "Your slopes are N times too large. What stands in front of the sum?",
      },
      {
        answer: museum({ mended: (p, x, y) => gradientOf(p, { x, y }).map((value) => value / 2) }),
        means: "the factor 2 is lost",
        hint: "Your slopes are half of what is measured. What is the derivative of $e^2$?",
      },
      {
        answer: museum({
          mended: (p, x, y) => gradientOf(p, { x, y }).map((value) => (value * x.length) / 4),
        }),
        means: "N is always 4",
        hint: "It works for four pairs only. Which number in your code should be x.length?",
      },
    ],
    hints: [
      "Start with the measurement: print `measuredGradient(lossOn(museumX, museumY), [1, 0])`. The first of its two numbers is the slope by w.",
      "`gapA` is the absolute value of form A minus the measured slope. For `mended`, compute the errors e = y − wx − b first; by w they are summed with the factor x, by b without.",
      "With e as the error of pair i: the slope by w is (-2 / N) times the sum of x[i] * e, the slope by b is (-2 / N) times the sum of e.",
    ],
    praise: "You proved two printed formulas wrong by measuring, and mended both slopes.",
  }),

  "07-line-fit": exercise<Fit>({
    stub: () => ({ w: NaN, b: NaN }),
    checks: [
      {
        says: "the first step is right",
        test: (fitLine) => fitVerdict(fitLine, [[[1, 2], [3, 5], 0.1, 1]]),
      },
      {
        says: "three steps are right",
        test: (fitLine) =>
          fitVerdict(
            fitLine,
            [[[1, 2], [3, 5], 0.1, 3]],
            "One step is right. What is different when there are several?",
          ),
      },
      {
        says: "it works for other data and rates",
        test: (fitLine) =>
          fitVerdict(fitLine, [
            [[2], [7], 0.05, 2],
            [[-1, 0, 2, 5], [4, 1, 0, -3], 0.02, 10],
            [[1, 2], [3, 5], 0.1, 0],
          ]),
      },
      {
        says: "2000 steps find the line 2x + 1",
        test: (fitLine) => fitVerdict(fitLine, [[[0, 1, 2, 3], [1, 3, 5, 7], 0.1, 2000]]),
      },
    ],
    wrong: [
      {
        answer: fitWith((p, data) => {
          const [, db] = gradientOf(p, data);
          return [db, db];
        }),
        means: "the factor x is lost",
        hint: "Your w and b move alike. Which factor does only the slope by w have?",
      },
      {
        answer: fitWith((p, data) => gradientOf(p, data).map((value) => -value)),
        means: "walks uphill",
        hint: "The steps have the right length and the wrong direction. How many minus signs are there, in the slope and in the update together?",
      },
      {
        answer: (x, y, rate, steps) => {
          let [w, b] = [0, 0];
          for (let k = 0; k < steps; k++) {
            w -= rate * gradientOf([w, b], { x, y })[0];
            b -= rate * gradientOf([w, b], { x, y })[1];
          }
          return { w, b };
        },
        means: "b is moved with the new w",
        hint: "Your w is right, and b is not: its slope was computed after w had moved. Can both slopes be computed first?",
      },
      {
        answer: fitWith((p, data) => gradientOf(p, data).map((value) => value * data.x.length)),
        means: "the sum in place of the mean",
        hint: "Your step is N times too long. What stands in front of the sum?",
      },
      {
        answer: fitWith((p, data) => gradientOf(p, data).map((value) => value / 2)),
        means: "the factor 2 is lost",
        hint: "Your step is half as long as it should be. What is the derivative of $e^2$?",
      },
      {
        answer: (x, y, rate, steps) => fit(x, y, rate, steps + 1),
        means: "one step too many",
        hint: "It makes one step more than asked. Does your loop end with k < steps or with k <= steps?",
      },
      {
        answer: fitWith((p, data) => [gradientOf(p, data)[0], 0]),
        means: "b never moves",
        hint: "Your b stays at 0. Which update is missing?",
      },
      {
        answer: (x, y, rate, steps) => {
          let [w, b, dw, db] = [0, 0, 0, 0];
          for (let k = 0; k < steps; k++) {
            const slopes = gradientOf([w, b], { x, y });
            dw += slopes[0];
            db += slopes[1];
            w -= rate * dw;
            b -= rate * db;
          }
          return { w, b };
        },
        means: "slopes of all steps are added up",
        hint: "The first step is right and the later ones are too long. Are the slopes set back to zero in each step?",
      },
    ],
    hints: [
      "Two loops: the outer one over the steps, the inner one over the pairs. Where do the weights move: in the inner loop, or after it?",
      "In each step begin with dw = 0 and db = 0. For each pair compute e = y[i] - w * x[i] - b, and add to both slopes. After the inner loop move w and b.",
      "Inner loop: dw -= (2 / N) * x[i] * e and db -= (2 / N) * e. After it: w -= eta * dw and b -= eta * db.",
    ],
    praise: "That is gradient descent, whole, without a library.",
  }),

  "07-largest-rate": exercise<Rate>({
    stub: () => NaN,
    checks: [
      {
        says: "it is a positive number",
        test: (largestRate) =>
          each(inputSets, (x) => {
            const rate = largestRate([...x]);
            return rate > 0 && Number.isFinite(rate)
              ? pass
              : fail({
                  on: `x = [${x.join(", ")}]`,
                  got: rate,
                  note: "A learning rate is greater than 0 and finite.",
                });
          }),
      },
      {
        says: "one hundredth below it, each step comes nearer",
        test: (largestRate) =>
          rateVerdict(largestRate, 0.99, {
            holds: (factor) => factor < 1,
            note: "With 0.99 of this rate the descent goes away from the best w: the rate is too large.",
          }),
      },
      {
        says: "one hundredth above it, each step goes away",
        test: (largestRate) =>
          rateVerdict(largestRate, 1.01, {
            holds: (factor) => factor > 1,
            note: "With 1.01 of this rate the descent still arrives: a larger rate is possible.",
          }),
      },
    ],
    wrong: [
      {
        answer: (x) => 1 / (2 * mean(x.map((xi) => xi * xi))),
        means: "1 / λ: the fastest, not the largest",
        hint: "At 1/λ the factor 1 − ηλ is 0: the fastest rate, in one step. At which rate is the factor −1?",
      },
      {
        answer: (x) => 2 / mean(x.map((xi) => xi * xi)),
        means: "forgot the 2 of the square",
        hint: "Your rate is twice the limit. The second derivative of $(y - wx)^2$ by w is not $x^2$. What is it?",
      },
      {
        answer: (x) => 1 / sum(x.map((xi) => xi * xi)),
        means: "the sum in place of the mean",
        hint: "Your rate is right for a single pair and too small for more. The loss is a mean: where does N go?",
      },
      {
        answer: (x) => 2 / sum(x.map((xi) => xi * xi)),
        means: "the sum in place of the mean, and no 2 of the square",
        hint: "Two things are missing: the loss is a mean, and the derivative of a square brings a 2. Where do they go?",
      },
      {
        answer: () => 0.2473,
        means: "the limit of the lesson's line",
        hint: "Your rate is the same for all inputs. Is the bowl equally steep for x = [1, 2, 3] and for x = [10, 20]?",
        when: (largestRate) => close(largestRate([1, 2, 3]), largestRate([10, 20])),
      },
      {
        answer: (x) => 1 / mean(x),
        means: "x in place of its square",
        hint: "Two factors x: one comes from the slope, one from taking the derivative again. Do you have both?",
      },
      {
        answer: (x) => 1 / mean(x) ** 2,
        means: "the square of the mean",
        hint: "Square first, then take the mean: these are different numbers. Try x = [−2, 2].",
      },
      {
        answer: (x) => 2 * mean(x.map((xi) => xi * xi)),
        means: "the curvature itself",
        hint: "This is λ. The more curved the bowl, the smaller the rate must be. How does the limit follow from λ?",
      },
    ],
    hints: [
      "The loss is a parabola in w. How large is its curvature, the second derivative?",
      "The slope is $-\\frac{2}{N} \\sum x_i (y_i - w x_i)$. Its derivative by w is $\\lambda = \\frac{2}{N} \\sum x_i^2$. The limit is $2 / \\lambda$.",
      "Sum the squares of x, multiply by 2 / x.length: that is λ. Return 2 / λ.",
    ],
    praise: "You know the limit before the first step is made.",
  }),

  "07-break-it": exercise<Failures>({
    accepts: (answer) => {
      const model: Failures = { worse: [0, 0], saddle: [0, 0], plateau: 0 };
      const fault = formFault(answer, model);
      if (fault !== undefined) return fault;
      const { worse, saddle } = answer as Failures;
      const short = Object.entries({ worse, saddle }).find(([, start]) => start.length !== 2);
      return short === undefined
        ? undefined
        : `${short[0]} is a place [u, v], got ${short[1].length} numbers.`;
    },
    stub: { worse: [NaN, NaN], saddle: [NaN, NaN], plateau: NaN },
    checks: [
      {
        says: "worse ends in the shallow valley",
        test: ({ worse }) => {
          if (notFilled(worse)) return fail({ on: "worse", note: "It needs two numbers." });
          const end = endOf(worse);
          if (notFilled(end))
            return fail({ on: "worse, far out", got: worse, note: "The path flies away from there." });
          return isAt(end, [-1, 0])
            ? pass
            : fail({ on: "worse, the end", expected: inWords("near (−1, 0)"), got: rounded(end) });
        },
      },
      {
        says: "saddle ends on the saddle, and begins elsewhere",
        test: ({ saddle }) => {
          if (notFilled(saddle)) return fail({ on: "saddle", note: "It needs two numbers." });
          if (Math.hypot(...saddle) < 0.5)
            return fail({
              on: "saddle, its start",
              got: saddle,
              note: "It begins less than 0.5 from (0, 0).",
            });
          const end = endOf(saddle);
          return isAt(end, [0, 0])
            ? pass
            : fail({ on: "saddle, the end", expected: inWords("near (0, 0)"), got: rounded(end) });
        },
      },
      {
        says: "plateau does not get away",
        test: ({ plateau }) => {
          if (notFilled([plateau])) return fail({ on: "plateau", note: "It needs a number." });
          if (Math.abs(plateau) < 1)
            return fail({
              on: "plateau, its start",
              got: plateau,
              note: "This lies in the dip around the minimum.",
            });
          const way = walked(plateau);
          return way < 0.1
            ? pass
            : fail({ on: "plateau, 1000 steps", got: inWords(`it moves by ${Number(way.toPrecision(3))}`) });
        },
      },
    ],
    wrong: [
      {
        answer: failures({ worse: [1, 1] }),
        means: "a start on the side of the deep valley",
        hint: "This path finds the deep valley. On which side of the saddle must it begin?",
        when: ({ worse }) => isAt(endOf(worse), [1.5, 0]),
      },
      {
        answer: failures({ worse: [-6, 1] }),
        means: "a start that is far too steep",
        hint: "So far out the slope is so large that the first step flies over everything. Can you begin nearer?",
        when: ({ worse }) => !notFilled(worse) && notFilled(endOf(worse)),
      },
      {
        answer: failures({ saddle: [0, 0] }),
        means: "starts on the saddle",
        hint: "It stays because it begins there. From where does the path lead in?",
      },
      {
        answer: failures({ saddle: [0.01, 1] }),
        means: "starts beside the ridge",
        hint: "Near the saddle every step makes a small u larger. For which u does it stay the same?",
        when: ({ saddle }) => saddle[0] !== 0 && Math.abs(saddle[0]) < 0.3 && Math.abs(saddle[1]) >= 0.5,
      },
      {
        answer: failures({ plateau: 0 }),
        means: "the minimum is no plateau",
        hint: "At 0 it does not move because it has arrived. Where is the slope small without a minimum?",
      },
      {
        answer: failures({ plateau: 10 }),
        means: "not far enough out",
        hint: "Here the ground still slopes enough. Far from 0 the slope is about $2/t^3$: is it smaller further out?",
        when: ({ plateau }) => Math.abs(plateau) >= 1 && walked(plateau) >= 0.1,
      },
    ],
    hints: [
      "Use the slider of the terrain for the first. For the second, ask where the slope in the direction of u is exactly zero.",
      "The slope by u is u (u + 1)(u − 1.5). If u is 0, it stays 0 in every step. On the plateau, go further out.",
      "Try worse with u = -0.5, saddle with u = 0 and v = 1, and a plateau beyond 13.",
    ],
    praise: "Three failures, and in each the code did what it should.",
  }),
});
