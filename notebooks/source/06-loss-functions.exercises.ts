import { close, defineExercises, each, exercise, expectSame, fail, forInputs, pass } from "gradus";

type Score = (y: number[], yHat: number[]) => number;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const errors = (y: readonly number[], yHat: readonly number[]): number[] =>
  yHat.map((value, i) => value - y[i]);
const squares = (values: readonly number[]): number[] => values.map((value) => value * value);
const meanSquare: Score = (y, yHat) => mean(squares(errors(y, yHat)));
const variance = (y: readonly number[]): number => mean(squares(y.map((value) => value - mean(y))));

/** Forecasts, and what `root_mean_squared_error` and `r2_score` of scikit-learn 1.9.1 say about them. */
const minutes = [32, 41, 27, 36, 44, 30];
const fromScikitLearn = [
  { name: "forecast A", y: minutes, yHat: [37, 36, 32, 31, 49, 25], rmse: 5, r2: 0.3055555555555556 },
  { name: "forecast B", y: minutes, yHat: [32, 41, 27, 36, 44, 48], rmse: 7.3484692283495345, r2: -0.5 },
  { name: "always 35, the mean", y: minutes, yHat: [35, 35, 35, 35, 35, 35], rmse: 6, r2: 0 },
  {
    name: "the targets 3.5, −1, 2, 7.25, 0 and the predictions 3, −0.5, 2.5, 6, 1",
    y: [3.5, -1, 2, 7.25, 0],
    yHat: [3, -0.5, 2.5, 6, 1],
    rmse: 0.8139410298049853,
    r2: 0.9215047393364929,
  },
];

interface Scores {
  rmse: Score;
  r2: Score;
}
const rightScores: Scores = {
  rmse: (y, yHat) => Math.sqrt(meanSquare(y, yHat)),
  r2: (y, yHat) => 1 - meanSquare(y, yHat) / variance(y),
};

type MeanHuber = (y: number[], yHat: number[], delta: number) => number;
const huberOf = (e: number, delta: number): number =>
  Math.abs(e) <= delta ? (e * e) / 2 : delta * (Math.abs(e) - delta / 2);
const meanHuber: MeanHuber = (y, yHat, delta) => mean(errors(y, yHat).map((e) => huberOf(e, delta)));

const logDensity = (y: number, yHat: number): number => -((y - yHat) ** 2) / 2 - Math.log(2 * Math.PI) / 2;
const nll: Score = (y, yHat) => -mean(y.map((value, i) => logDensity(value, yHat[i])));

interface SignAnswer {
  chosen: number;
  nll: Score;
}

interface FromLogits {
  logSumExp: (z: number[]) => number;
  loss: (z: number[], trueClass: number) => number;
}
const logSumExp = (z: readonly number[]): number => {
  const largest = Math.max(...z);
  return largest + Math.log(sum(z.map((score) => Math.exp(score - largest))));
};
const lossOf = (z: number[], trueClass: number): number => logSumExp(z) - z[trueClass];
const naiveSum = (z: readonly number[]): number => Math.log(sum(z.map(Math.exp)));

interface Broken {
  fruits: number[];
  probabilities: number[];
}
const shares = (fruits: readonly number[]): number[] =>
  [0, 1, 2].map((code) => fruits.filter((fruit) => fruit === code).length / fruits.length);
const names = ["apple", "banana", "cherry"];

export default defineExercises({
  "06-rmse-r2": exercise<Scores>({
    stub: { rmse: () => NaN, r2: () => NaN },
    checks: [
      {
        says: "the RMSE is that of scikit-learn",
        test: ({ rmse }) =>
          each(fromScikitLearn, ({ name, y, yHat, rmse: expected }) =>
            expectSame(rmse([...y], [...yHat]), expected, { on: name }),
          ),
      },
      {
        says: "R² is that of scikit-learn",
        test: ({ r2 }) =>
          each(fromScikitLearn, ({ name, y, yHat, r2: expected }) =>
            expectSame(r2([...y], [...yHat]), expected, { on: name }),
          ),
      },
    ],
    wrong: [
      {
        answer: { ...rightScores, rmse: meanSquare },
        means: "forgot the root",
        hint: "That is the MSE, in square minutes. What brings it back to minutes?",
      },
      {
        answer: { ...rightScores, rmse: (y, yHat) => Math.sqrt(sum(squares(errors(y, yHat)))) },
        means: "root of the sum, not of the mean",
        hint: "Ten times the samples would make it larger. First the mean of the squares, then the root.",
      },
      {
        answer: { ...rightScores, rmse: (y, yHat) => mean(errors(y, yHat).map((e) => Math.sqrt(e * e))) },
        means: "root before the mean",
        hint: "The root of each square is the size of the error, so this is the MAE. Take the mean first, then one root.",
      },
      {
        answer: {
          ...rightScores,
          rmse: (y, yHat) => Math.sqrt(sum(squares(errors(y, yHat))) / (y.length - 1)),
        },
        means: "divides by N − 1",
        hint: "N − 1 belongs to the estimate of a variance. The MSE is a plain mean over N samples.",
      },
      {
        answer: { ...rightScores, r2: (y, yHat) => meanSquare(y, yHat) / variance(y) },
        means: "forgot 1 −",
        hint: "Yours is small for good predictions. R² should be 1 for perfect ones.",
      },
      {
        answer: { ...rightScores, r2: (y, yHat) => 1 - meanSquare(y, yHat) / variance(yHat) },
        means: "spread of the predictions below the line",
        hint: "Below the line stands how far the targets lie from their mean, whatever the model says. What happens if all predictions are equal?",
      },
      {
        answer: { ...rightScores, r2: (y, yHat) => Math.max(0, 1 - meanSquare(y, yHat) / variance(y)) },
        means: "a square can't be negative",
        hint: "In spite of its name, R² is no square. Can a model be worse than the mean?",
      },
      {
        answer: { ...rightScores, r2: (y, yHat) => 1 - meanSquare(y, yHat) / mean(squares(y)) },
        means: "squares of the targets, not of their distances from the mean",
        hint: "Below the line, subtract the mean of the targets before you square.",
      },
    ],
    hints: [
      "`meanSquare`, from above, does most of the work of both.",
      "RMSE: `Math.sqrt` of it. R²: 1 less a fraction, whose lower part is the MSE of always answering `mean(y)`.",
      "The lower part is `mean(y.map((each) => (each - mean(y)) ** 2))`.",
    ],
    praise: "Your metrics agree with scikit-learn, also where R² is negative.",
  }),

  "06-huber": exercise<MeanHuber>({
    stub: () => NaN,
    checks: [
      {
        says: "small errors are squared and halved",
        test: (f) =>
          forInputs(f, {
            inputs: [
              [[0], [0.5], 1],
              [[2, 2], [2.5, 1], 1],
            ],
            expected: meanHuber,
            name: "meanHuber",
          }),
      },
      {
        says: "large errors count with their size, on both sides",
        test: (f) =>
          forInputs(f, {
            inputs: [
              [[0], [3], 1],
              [[0], [-3], 1],
              [[1], [11], 1],
            ],
            expected: meanHuber,
            name: "meanHuber",
          }),
      },
      {
        says: "it holds for other deltas, and takes the mean",
        test: (f) =>
          forInputs(f, {
            inputs: [
              [[0], [5], 2],
              [[0], [1.5], 2],
              [[1, 2, 3, 4], [1.25, 0, 9, 3.5], 0.5],
            ],
            expected: meanHuber,
            name: "meanHuber",
          }),
      },
    ],
    wrong: [
      {
        answer: (y, yHat, delta) =>
          mean(errors(y, yHat).map((e) => (e <= delta ? (e * e) / 2 : delta * (e - delta / 2)))),
        means: "compares e, not its size",
        hint: "An error of −3 is large, too. Which of your two lines does it take?",
      },
      {
        answer: (y, yHat, delta) =>
          mean(
            errors(y, yHat).map((e) => (Math.abs(e) <= delta ? e * e : delta * (Math.abs(e) - delta / 2))),
          ),
        means: "forgot the half of the square",
        hint: "At |e| = δ both lines must meet. The second gives δ²/2 there. And the first?",
      },
      {
        answer: (y, yHat, delta) =>
          mean(errors(y, yHat).map((e) => (Math.abs(e) <= delta ? (e * e) / 2 : delta * Math.abs(e)))),
        means: "forgot −δ/2",
        hint: "At |e| = δ your loss jumps from δ²/2 to δ². What has to be taken off the second line?",
      },
      {
        answer: (y, yHat, delta) =>
          mean(errors(y, yHat).map((e) => (Math.abs(e) <= delta ? (e * e) / 2 : Math.abs(e) - delta / 2))),
        means: "forgot the factor δ",
        hint: "With δ = 1 it works. Try δ = 2: the second line has to be δ times as steep.",
      },
      {
        answer: (y, yHat, delta) =>
          mean(
            errors(y, yHat).map((e) =>
              Math.abs(e) > delta ? (e * e) / 2 : delta * (Math.abs(e) - delta / 2),
            ),
          ),
        means: "the two lines exchanged",
        hint: "Small errors should be squared, and large ones count with their size. Yours does the opposite.",
      },
      {
        answer: (y, yHat, delta) => sum(errors(y, yHat).map((e) => huberOf(e, delta))),
        means: "sum, not mean",
        hint: "Each sample is right. Over several samples, take the mean.",
      },
    ],
    hints: [
      "`errors(y, yHat)` gives the list of errors. Turn each into its cost, then take the mean.",
      "For one error e: if `Math.abs(e) <= delta`, the first line of the formula, otherwise the second.",
      "`mean(errors(y, yHat).map((e) => Math.abs(e) <= delta ? (e * e) / 2 : ...))`",
    ],
    praise: "Quadratic near zero, straight far away, and no jump between.",
  }),

  "06-likelihood-sign": exercise<SignAnswer>({
    stub: { chosen: NaN, nll: () => NaN },
    checks: [
      {
        says: "the wrong loss ends where you say",
        test: ({ chosen }) =>
          close(chosen, 10)
            ? pass
            : fail({
                on: "chosen",
                got: chosen,
                note: "Where, from 0 to 10, is the log-likelihood smallest?",
              }),
      },
      {
        says: "the negative log-likelihood has the right value",
        test: (answer) =>
          forInputs((y: number[], yHat: number[]) => answer.nll(y, yHat), {
            inputs: [
              [[2], [2]],
              [[0], [2]],
              [
                [1, 2, 4],
                [1.5, 2, 1],
              ],
            ],
            expected: nll,
            name: "nll",
          }),
      },
      {
        says: "it is lowest at the mean, where the MSE is lowest",
        test: (answer) => {
          const y = [1.2, 2, 2.3, 2.9, 3.1];
          const at = (c: number): number =>
            answer.nll(
              [...y],
              y.map(() => c),
            );
          const better = [0, 1, 2, 2.2, 2.4, 3, 10].find((c) => at(c) <= at(2.3));
          if (better === undefined) return pass;
          return fail({
            on: `ŷ = ${better} against the mean, 2.3`,
            note: "Your loss is not larger away from the mean.",
          });
        },
      },
    ],
    wrong: [
      {
        answer: { chosen: 2.3, nll },
        means: "takes the maximum of the likelihood for the minimum",
        hint: "At 2.3 the log-likelihood is largest. The colleague keeps the smallest value.",
        when: ({ chosen }) => close(chosen, 2.3),
      },
      {
        answer: { chosen: 0, nll },
        means: "takes the near end",
        hint: "It does run to an end. But both ends are candidates: which is farther from the values?",
        when: ({ chosen }) => close(chosen, 0),
      },
      {
        answer: { chosen: 10, nll: (y, yHat) => -nll(y, yHat) },
        means: "forgot the minus sign",
        hint: "This is the mean log-likelihood, the colleague's number. It is largest at the mean. What makes largest into smallest?",
      },
      {
        answer: { chosen: 10, nll: (y, yHat) => meanSquare(y, yHat) / 2 },
        means: "left out the constant",
        hint: "Right up to a constant: the lowest point is the same. The value asked for also has ½ ln 2π in it.",
      },
      {
        answer: { chosen: 10, nll: meanSquare },
        means: "gives the MSE",
        hint: "The MSE has the same lowest point, but it is not the NLL. Look for ½ and for the constant.",
        when: ({ nll: own }) => close(own([0], [2]), 4) && close(own([2], [2]), 0),
      },
      {
        answer: { chosen: 10, nll: (y, yHat) => y.length * nll(y, yHat) },
        means: "sum, not mean",
        hint: "For a single sample yours is right. Over several, divide by their number.",
      },
      {
        answer: {
          chosen: 10,
          nll: (y, yHat) => -Math.log(mean(y.map((value, i) => Math.exp(logDensity(value, yHat[i]))))),
        },
        means: "logarithm of the mean density",
        hint: "The likelihoods are multiplied, and the logarithm makes a sum of the product. So: first the logarithm of each density, then the mean.",
      },
    ],
    hints: [
      "Is the log-likelihood smallest where ŷ explains the values well, or where it explains them worst?",
      "The worst ŷ is the one farthest from the values. For the fix, `-mean(...)` of the logarithms of the densities.",
      "`chosen` is 10. For `nll`, return `-mean(y.map((each, i) => Math.log(density(each, yHat[i]))))`.",
    ],
    praise: "One minus sign is all that lies between the best prediction and the worst.",
  }),

  "06-from-logits": exercise<FromLogits>({
    stub: { logSumExp: () => NaN, loss: () => NaN },
    checks: [
      {
        says: "log-sum-exp is right for small logits",
        test: (answer) =>
          forInputs((z: number[]) => answer.logSumExp(z), {
            inputs: [[[0, 0]], [[5, 1, -0.5]], [[-2, -3, -1.5, -2]]],
            expected: logSumExp,
            name: "logSumExp",
          }),
      },
      {
        says: "the loss is right for small logits",
        test: (answer) =>
          forInputs((z: number[], trueClass: number) => answer.loss(z, trueClass), {
            inputs: [
              [[5, 1, -0.5], 0],
              [[5, 1, -0.5], 1],
              [[0, 0], 1],
            ],
            expected: lossOf,
            name: "loss",
          }),
      },
      {
        says: "large logits do not overflow, very small ones do not vanish",
        test: (answer) =>
          forInputs((z: number[]) => answer.logSumExp(z), {
            inputs: [[[1000, 1000]], [[-1000, -1001]], [[1000, -1000]]],
            expected: logSumExp,
            name: "logSumExp",
          }),
      },
      {
        says: "the loss stays finite for them",
        test: (answer) =>
          forInputs((z: number[], trueClass: number) => answer.loss(z, trueClass), {
            inputs: [
              [[1000, 1000], 0],
              [[-1000, -1001], 1],
              [[0, -1000], 1],
            ],
            expected: lossOf,
            name: "loss",
          }),
      },
    ],
    wrong: [
      {
        answer: { logSumExp: naiveSum, loss: (z, k) => naiveSum(z) - z[k] },
        means: "does not subtract the maximum",
        hint: "This is the formula as written. The exponential of 1000 is too large: which number can you take out of all exponents first?",
        when: ({ logSumExp: own }) => own([1000, 1000]) === Infinity,
      },
      {
        answer: {
          logSumExp: (z) => logSumExp(z) - Math.max(...z),
          loss: (z, k) => logSumExp(z) - Math.max(...z) - z[k],
        },
        means: "does not add the maximum back",
        hint: "What you took out of the exponents has to come back in front of the logarithm.",
      },
      {
        answer: {
          logSumExp,
          loss: (z, k) =>
            -Math.log(Math.exp(z[k] - Math.max(...z)) / Math.exp(logSumExp(z) - Math.max(...z))),
        },
        means: "logarithm of a softmax that is exactly 0",
        hint: "Softmax of −1000 beside 0 is exactly 0 in a computer, and −ln 0 is infinite. Compute `logSumExp(z) - z[trueClass]` without softmax.",
        when: ({ logSumExp: own, loss }) =>
          close(own([1000, 1000]), 1000 + Math.LN2) && loss([0, -1000], 1) === Infinity,
      },
      {
        answer: { logSumExp, loss: (z, k) => z[k] - logSumExp(z) },
        means: "sign turned around",
        hint: "Your number is ln p, which is negative. The loss is −ln p.",
      },
      {
        answer: { logSumExp, loss: (z, k) => logSumExp(z) - z[k - 1] },
        means: "counts classes from 1",
        hint: "Class numbers count from 0 here: the true class 0 is `z[0]`.",
      },
      {
        answer: {
          logSumExp: (z) => {
            const shifted = z.map((score) => score - mean(z));
            return mean(z) + Math.log(sum(shifted.map(Math.exp)));
          },
          loss: lossOf,
        },
        means: "subtracts the mean",
        hint: "The mean helps if all logits are alike. For 1000 and −1000 the mean is 0. Which number makes every exponent at most 0?",
      },
      {
        answer: { logSumExp: (z) => Math.log(sum(z)), loss: (z, k) => Math.log(sum(z)) - z[k] },
        means: "forgot the exponential function",
        hint: "Log-sum-exp: first the exponential of each, then the sum, then the logarithm.",
      },
    ],
    hints: [
      "The formula stands above the exercise. Begin with `const largest = Math.max(...z);`",
      "Add up `Math.exp(score - largest)` over all scores, take `Math.log` of the sum, and add `largest`.",
      "The sum is `z.reduce((sum, score) => sum + Math.exp(score - largest), 0)`, and the loss `fromLogits.logSumExp(z) - z[trueClass]`.",
    ],
    praise: "No logits can make this loss overflow.",
  }),

  "06-break-it": exercise<Broken>({
    accepts: (answer) => {
      const { fruits, probabilities } = (answer ?? {}) as Partial<Broken>;
      if (!Array.isArray(fruits) || fruits.length === 0) return "fruits must be a list of numbers 0, 1, 2.";
      const strange = fruits.find((fruit) => ![0, 1, 2].includes(fruit));
      if (strange !== undefined) return `fruits may hold 0, 1 and 2, got ${String(strange)}.`;
      if (!Array.isArray(probabilities) || probabilities.length !== 3)
        return "probabilities must be three numbers, of apple, banana and cherry.";
      return undefined;
    },
    stub: { fruits: [0, 1, 2], probabilities: [0, 0, 0] },
    checks: [
      {
        says: "the best constant of the MSE is nearest to a fruit that is not in the list",
        test: ({ fruits }) => {
          const best = mean(fruits);
          const nearest = [0, 1, 2].filter((code) => Math.abs(code - best) < 0.5 - 1e-9);
          const note = `The best constant is the mean, ${String(Number(best.toFixed(3)))}.`;
          const on = `the fruits ${fruits.slice(0, 8).join(", ")}${fruits.length > 8 ? ", ..." : ""}`;
          if (nearest.length === 0) return fail({ on, note: `${note} It lies halfway between two fruits.` });
          if (!fruits.includes(nearest[0])) return pass;
          return fail({
            on,
            note: `${note} The nearest fruit is the ${names[nearest[0]]}, which is in the list.`,
          });
        },
      },
      {
        says: "the probabilities have the smallest cross-entropy",
        test: ({ fruits, probabilities }) =>
          each(shares(fruits), (share, code) =>
            close(probabilities[code], share, 0.005)
              ? pass
              : fail({ on: `the ${names[code]}`, got: probabilities[code] }),
          ),
      },
    ],
    wrong: [
      {
        answer: { fruits: [0, 1, 2], probabilities: [1 / 3, 1 / 3, 1 / 3] },
        means: "all fruits are in the list",
        hint: "The MSE says banana, and there is one. Which fruit must be missing, so that its number lies between the others?",
        when: ({ fruits }) => new Set(fruits).size === 3,
      },
      {
        answer: { fruits: [0, 2], probabilities: [0, 1, 0] },
        means: "lets cross-entropy choose the mean, too",
        hint: "With probability 0 for the apple, the loss is infinite at the first apple. How often does each fruit occur?",
        when: ({ probabilities }) => probabilities.join() === "0,1,0",
      },
      {
        answer: { fruits: [0, 2], probabilities: [1, 0, 1] },
        means: "counts in place of shares",
        hint: "Probabilities sum to 1. Divide the counts by the length of the list.",
        when: ({ fruits, probabilities }) =>
          fruits.length > 1 &&
          sameList(
            probabilities,
            shares(fruits).map((share) => share * fruits.length),
          ),
      },
      {
        answer: { fruits: [0, 0, 0, 2], probabilities: [0.75, 0, 0.25] },
        means: "the mean lies halfway",
        hint: "The mean is 0.5: apple and banana are equally near. One more cherry, or one apple less?",
        when: ({ fruits }) => !fruits.includes(1) && [0.5, 1.5].some((half) => close(mean(fruits), half)),
      },
      {
        answer: { fruits: [0, 0, 0, 0, 2], probabilities: [0.8, 0, 0.2] },
        means: "one fruit outweighs the other",
        hint: "With so many of one fruit the mean lies near it. Take about as many of both.",
        when: ({ fruits }) =>
          !fruits.includes(1) && new Set(fruits).size === 2 && Math.abs(mean(fruits) - 1) > 0.5 + 1e-9,
      },
      {
        answer: { fruits: [0, 1], probabilities: [0.5, 0.5, 0] },
        means: "neighbouring numbers",
        hint: "Between 0 and 1 there is no other fruit. Choose two numbers with one between them.",
        when: ({ fruits }) => new Set(fruits).size === 2 && fruits.includes(1),
      },
      {
        answer: { fruits: [0, 0, 2], probabilities: [0.5, 0, 0.5] },
        means: "equal probabilities for the fruits that occur",
        hint: "The MSE part works. Not all fruits of your list occur equally often: what is the share of each?",
      },
    ],
    hints: [
      "The constant with the smallest MSE is the mean of the numbers.",
      "Leave out the banana. Of apples and cherries, take as many that the mean is near 1.",
      "fruits: [0, 2]. Half are apples, none are bananas, half are cherries.",
    ],
    praise: "The MSE has found a banana among apples and cherries. Cross-entropy has not.",
  }),
});

function sameList(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => close(value, b[i]));
}
