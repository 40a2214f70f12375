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
  type Verdict,
} from "gradus";

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

type ProxStep = (w: number[], g: number[], eta: number, lambda: number) => number[];
const soft = (v: number, by: number): number => Math.sign(v) * Math.max(Math.abs(v) - by, 0);
const goodProx: ProxStep = (w, g, eta, lambda) => w.map((v, i) => soft(v - eta * g[i], eta * lambda));
const proxCase = (step: ProxStep, inputs: [number[], number[], number, number][]): Verdict =>
  forInputs(step, { inputs, expected: goodProx, name: "proxStep" });

interface Unit {
  w: number[];
  b: number;
}
interface Slopes {
  gw: number[];
  gb: number;
}
type DecayStep = (unit: Unit, slopes: Slopes, eta: number, lambda: number) => Unit;
const goodDecay: DecayStep = ({ w, b }, { gw, gb }, eta, lambda) => ({
  w: w.map((v, i) => (1 - 2 * eta * lambda) * v - eta * gw[i]),
  b: b - eta * gb,
});
type DecayCase = [Unit, Slopes, number, number];
const decayPart = (step: DecayStep, part: "w" | "b", cases: DecayCase[]): Verdict =>
  each(cases, ([unit, slopes, eta, lambda]) => {
    const args = [structuredClone(unit), structuredClone(slopes)] as const;
    const on = `w = [${unit.w.join(", ")}], b = ${unit.b}, gw = [${slopes.gw.join(", ")}], gb = ${slopes.gb}, eta = ${eta}, lambda = ${lambda}: new ${part}`;
    return expectSame(step(...args, eta, lambda)?.[part], goodDecay(unit, slopes, eta, lambda)[part], { on });
  });

interface Trial {
  lambda: number;
  training: number[];
  validation: number[];
}
interface Choice {
  lambda: number;
  mean: number;
  half: number;
}
type Choose = (trials: Trial[]) => Choice;
const spreadOf = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, v) => sum + (v - mean(values)) ** 2, 0) / (values.length - 1));
const report = ({ lambda, validation }: Trial): Choice => ({
  lambda,
  mean: mean(validation),
  half: (2 * spreadOf(validation)) / Math.sqrt(validation.length),
});
const lowest = (trials: readonly Trial[], score: (trial: Trial) => number): Trial =>
  trials.reduce((best, trial) => (score(trial) < score(best) ? trial : best));
const goodChoose: Choose = (trials) => report(lowest(trials, ({ validation }) => mean(validation)));

/** The trials of two sweeps: the best mean, the luckiest draw, the best training loss, the largest λ all differ. */
const sweeps: readonly Trial[][] = [
  [
    { lambda: 0.001, training: [0.01, 0.02, 0.01, 0.02, 0.01], validation: [0.9, 0.8, 0.7, 0.8, 0.85] },
    { lambda: 0.003, training: [0.05, 0.06, 0.05, 0.04, 0.05], validation: [0.1, 0.7, 0.6, 0.2, 0.4] },
    { lambda: 0.01, training: [0.1, 0.12, 0.11, 0.11, 0.1], validation: [0.3, 0.2, 0.25, 0.25, 0.2] },
    { lambda: 0.1, training: [0.5, 0.52, 0.51, 0.51, 0.5], validation: [1.6, 1.55, 1.65, 1.6, 1.6] },
  ],
  [
    { lambda: 0.5, training: [0.6, 0.6, 0.7], validation: [0.68, 0.7, 0.69] },
    { lambda: 0.05, training: [0.2, 0.3, 0.25], validation: [0.35, 0.31, 0.33] },
    { lambda: 0.005, training: [0.1, 0.02, 0.03], validation: [0.9, 0.05, 0.4] },
  ],
];
const chosenPart = (choose: Choose, part: keyof Choice, note: string): Verdict =>
  each(sweeps, (trials, i) => {
    const got = choose(structuredClone(trials))?.[part];
    return close(got, goodChoose(trials)[part]) ? pass : fail({ on: `sweep ${i + 1}, ${part}`, got, note });
  });

type Drop = (x: number[], mask: number[], p: number, training: boolean) => number[];
const goodDrop: Drop = (x, mask, p, training) =>
  training ? x.map((v, i) => (v * mask[i]) / (1 - p)) : [...x];
const dropCase = (drop: Drop, inputs: [number[], number[], number, boolean][], note?: string): Verdict =>
  forInputs(drop, { inputs, expected: goodDrop, name: "drop", ...(note === undefined ? {} : { note }) });

interface Review {
  text: string;
  label: string;
}
type Synonyms = Record<string, string[]>;
type Augment = (example: Review, synonyms: Synonyms) => Review[];
const goodAugment: Augment = ({ text, label }, synonyms) => {
  const words = text.split(" ");
  return words.flatMap((word, place) =>
    (Object.hasOwn(synonyms, word) ? synonyms[word] : []).map((other) => ({
      text: words.map((own, i) => (i === place ? other : own)).join(" "),
      label,
    })),
  );
};
const forAwesome: Synonyms = { awesome: ["amazing", "superb"] };
const twoWords: Synonyms = { awesome: ["amazing"], film: ["movie", "picture"] };

/** The same texts, in any order. */
function sameTexts(augment: Augment, text: string, synonyms: Synonyms): Verdict {
  const made = augment({ text, label: "praise" }, structuredClone(synonyms));
  if (!Array.isArray(made)) return fail({ on: `"${text}"`, note: "It should return a list of examples." });
  if (made.some((example) => typeof example?.text !== "string"))
    return fail({ on: `"${text}"`, note: "Each element should be an example { text, label }." });
  const texts = made.map((example) => example.text).sort();
  const right = goodAugment({ text, label: "praise" }, synonyms).map((example) => example.text);
  return expectSame(texts, right.sort(), { on: `the texts made from "${text}"` });
}

interface Turned {
  turn: (point: number[]) => number[];
  mended: (point: number[], label: number) => { point: number[]; label: number };
}
const angles = [0.2, 0.7, 1.2, 1.9, 2.5, 3];
const moon = (label: number, t: number): number[] =>
  label === 0 ? [Math.cos(t), Math.sin(t)] : [1 - Math.cos(t), 0.5 - Math.sin(t)];
/** How far a point lies from a moon's half circle, on its own side of the diameter. */
function farFrom(label: number, [x1, x2]: readonly number[]): number {
  const [x, y] = label === 0 ? [x1, x2] : [1 - x1, 0.5 - x2];
  return Math.abs(Math.hypot(x, y) - 1) + Math.max(0, -y);
}
/** Where the highest point of the upper moon lands. */
const topOf = (turn: Turned["turn"]): number[] => turn([0, 1]);
const half = ([x1, x2]: number[]): number[] => [1 - x1, 0.5 - x2];
const landsOn = ({ turn }: Turned, from: 0 | 1): Verdict =>
  each(angles, (t) => {
    const point = moon(from, t);
    const got = turn([...point]);
    if (farFrom(1 - from, got) < 0.02) return pass;
    const two = (list: readonly number[]): string => `(${list.map((v) => Number(v).toFixed(2)).join(", ")})`;
    return fail({
      on: `the point ${two(point)} of the ${from === 0 ? "upper" : "lower"} moon`,
      got: inWords(two(got)),
      note: `That is not on the ${from === 0 ? "lower" : "upper"} moon.`,
    });
  });
const breaks = (turn: Turned["turn"], relabel = (label: number): number => 1 - label): Turned => ({
  turn,
  mended: (point, label) => ({ point: turn(point), label: relabel(label) }),
});

export default defineExercises({
  "13-prox": exercise<ProxStep>({
    stub: (w) => w,
    checks: [
      {
        says: "with strength 0 it is a plain step along the slope",
        test: (step) =>
          proxCase(step, [
            [[1, -2], [0.5, 1], 0.1, 0],
            [[0, 3], [-1, 2], 0.5, 0],
          ]),
      },
      {
        says: "without a slope, a large positive weight loses eta times lambda",
        test: (step) =>
          proxCase(step, [
            [[2], [0], 0.1, 1],
            [[0.5, 3], [0, 0], 0.5, 0.4],
          ]),
      },
      {
        says: "a large negative weight comes nearer to 0 by the same amount",
        test: (step) => proxCase(step, [[[-2, -0.5], [0, 0], 0.1, 1]]),
      },
      {
        says: "a small weight becomes exactly 0",
        test: (step) =>
          proxCase(step, [
            [[0.05, -0.05], [0, 0], 0.1, 1],
            [[0.1, -0.02, 0], [0, 0, 0], 0.5, 0.4],
          ]),
      },
      {
        says: "the loss moves the weight first, then the price takes its part",
        test: (step) =>
          proxCase(step, [
            [[0.05, 0.3], [-4, 4], 0.1, 1],
            [[-0.1, 1], [3, 12], 0.1, 2],
          ]),
      },
    ],
    wrong: [
      {
        answer: (w, g, eta, lambda) => w.map((v, i) => soft(v - eta * g[i], lambda)),
        means: "takes lambda in place of eta times lambda",
        hint: "Your step takes too much. How large would a step along the slope of λ|w| be?",
      },
      {
        answer: (w, g, eta, lambda) => w.map((v, i) => v - eta * (g[i] + lambda * Math.sign(v))),
        means: "follows the slope of the price",
        hint: "That is the plain slope of λ|w|: a small weight jumps over 0 to the other side. Where should it stop?",
      },
      {
        answer: (w, g, eta, lambda) => w.map((v, i) => soft(v + eta * g[i], eta * lambda)),
        means: "steps uphill",
        hint: "The loss grows in the direction of its slope. Which sign takes your weight downhill?",
      },
      {
        answer: (w, g, eta, lambda) =>
          w.map((v, i) => {
            const moved = v - eta * (g[i] + lambda * Math.sign(v));
            return Math.sign(moved) === Math.sign(v) ? moved : 0;
          }),
        means: "follows the slope of the price and stops where the sign changes",
        hint: "A weight of 0 can never leave 0 in your step, however steep the loss is. What if the loss moves the weight first, without any price?",
      },
      {
        answer: (w, g, eta, lambda) => w.map((v, i) => Math.max(v - eta * g[i] - eta * lambda, 0)),
        means: "forgets the negative weights",
        hint: "All your negative weights became 0. A weight of −2 should come nearer to 0 from its own side: what does the sign do in the formula?",
      },
      {
        answer: (w, g, eta, lambda) => w.map((v, i) => v - eta * g[i] - eta * lambda),
        means: "subtracts from negative weights, too",
        hint: "A weight of −2 has moved away from 0. In which direction must the price move it?",
      },
      {
        answer: (w, g, eta, lambda) => w.map((v, i) => soft(v, eta * lambda) - eta * g[i]),
        means: "thresholds before the loss has moved the weight",
        hint: "You cut first and step then, so the step can leave 0 again. Which half comes first?",
      },
      {
        answer: (w, g, eta, lambda) => w.map((v, i) => (v - eta * g[i]) / (1 + 2 * eta * lambda)),
        means: "shrinks by a factor, as L2 does",
        hint: "A factor never gives 0. L1 takes the same amount from every weight.",
      },
      {
        answer: (w, g, eta, lambda) =>
          w.map((v, i) => (Math.abs(v - eta * g[i]) <= eta * lambda ? 0 : v - eta * g[i])),
        means: "cuts small weights and leaves large ones as they are",
        hint: "Your small weights are right. But the large ones pay, too: how much?",
      },
    ],
    hints: [
      "Two halves: first `moved = w - eta * g`, as without any price. What happens to `moved` then?",
      "Soft-threshold `moved` with eta * lambda: take the sign, and the size minus eta * lambda, but not below 0.",
      "`Math.sign(moved) * Math.max(Math.abs(moved) - eta * lambda, 0)` for each weight.",
    ],
    praise: "Your step stops at 0, where a slope would have jumped over it.",
  }),

  "13-decay": exercise<DecayStep>({
    stub: ({ w, b }) => ({ w, b }),
    checks: [
      {
        says: "without a price the weights take a plain step",
        test: (step) =>
          decayPart(step, "w", [
            [{ w: [1, -2], b: 3 }, { gw: [0.5, 1], gb: 2 }, 0.1, 0],
            [{ w: [0, 4], b: -1 }, { gw: [-2, 0], gb: 1 }, 0.5, 0],
          ]),
      },
      {
        says: "without a slope the weights shrink by the right factor",
        test: (step) =>
          decayPart(step, "w", [
            [{ w: [1, -2], b: 0 }, { gw: [0, 0], gb: 0 }, 0.1, 0.5],
            [{ w: [10], b: 0 }, { gw: [0], gb: 0 }, 0.25, 0.2],
          ]),
      },
      {
        says: "decay and step together are right",
        test: (step) =>
          decayPart(step, "w", [
            [{ w: [1, -2], b: 0 }, { gw: [3, 1], gb: 0 }, 0.1, 0.5],
            [{ w: [5, 0], b: 0 }, { gw: [-1, 2], gb: 0 }, 0.2, 0.3],
          ]),
      },
      {
        says: "the bias takes its step",
        test: (step) =>
          decayPart(step, "b", [
            [{ w: [1], b: 0 }, { gw: [0], gb: 2 }, 0.1, 0.5],
            [{ w: [1], b: 3 }, { gw: [1], gb: -1 }, 0.5, 0],
          ]),
      },
      {
        says: "the bias does not pay",
        test: (step) =>
          decayPart(step, "b", [
            [{ w: [1], b: 3 }, { gw: [0], gb: 2 }, 0.1, 0.5],
            [{ w: [1], b: -4 }, { gw: [1], gb: 0 }, 0.5, 0.2],
          ]),
      },
    ],
    wrong: [
      {
        answer: ({ w, b }, { gw, gb }, eta, lambda) => ({
          w: w.map((v, i) => (1 - eta * lambda) * v - eta * gw[i]),
          b: b - eta * gb,
        }),
        means: "forgets the 2 from the slope of the square",
        hint: "The slope of λw² is not λw. Which number is missing?",
      },
      {
        answer: ({ w, b }, { gw, gb }, eta, lambda) => ({
          w: w.map((v, i) => (1 - 2 * lambda) * v - eta * gw[i]),
          b: b - eta * gb,
        }),
        means: "decays without the learning rate",
        hint: "The price is a slope like any other, so the learning rate multiplies it as well.",
      },
      {
        answer: ({ w, b }, { gw, gb }, eta, lambda) => ({
          w: w.map((v, i) => (1 - 2 * eta * lambda) * v - eta * gw[i]),
          b: (1 - 2 * eta * lambda) * b - eta * gb,
        }),
        means: "decays the bias",
        hint: "The weights are right. Does the bias pay?",
      },
      {
        answer: ({ w, b }, { gw }, eta, lambda) => ({
          w: w.map((v, i) => (1 - 2 * eta * lambda) * v - eta * gw[i]),
          b,
        }),
        means: "leaves the bias where it is",
        hint: "The weights are right. The bias pays nothing, but the loss moves it, too: by how much?",
      },
      {
        answer: ({ w, b }, { gw, gb }, eta, lambda) => ({
          w: w.map((v, i) => v - eta * (gw[i] + 2 * lambda * w.reduce((sum, other) => sum + other, 0))),
          b: b - eta * gb,
        }),
        means: "charges each weight for the sum of all",
        hint: "Each of your weights pays for all the others. Which terms of the sum of squares change when only this weight changes?",
      },
      {
        answer: ({ w, b }, { gw, gb }, eta, lambda) => ({
          w: w.map((v, i) => (1 - 2 * eta * lambda) * (v - eta * gw[i])),
          b: b - eta * gb,
        }),
        means: "decays the step as well",
        hint: "You shrink the weight after its step, so the step shrinks, too. The slope of the price is taken at the old weight.",
      },
      {
        answer: ({ w, b }, { gw, gb }, eta, lambda) => ({
          w: w.map((v, i) => v - eta * gw[i] - 2 * eta * lambda * Math.sign(v)),
          b: b - eta * gb,
        }),
        means: "takes the slope of an absolute value",
        hint: "You take the same amount from each weight: that is L1. L2 takes a share.",
      },
      {
        answer: ({ w, b }, { gw, gb }, eta, lambda) => ({
          w: w.map((v, i) => (1 + 2 * eta * lambda) * v - eta * gw[i]),
          b: b - eta * gb,
        }),
        means: "lets the weights grow",
        hint: "Your weights grow without any slope. Which sign has a step downhill?",
      },
    ],
    hints: [
      "Write down the slope of loss plus price for one weight, then take a step of eta against it.",
      "`w - eta * (gw + 2 * lambda * w)`. The bias has only `gb`.",
      "`w: w.map((weight, i) => (1 - 2 * eta * lambda) * weight - eta * gw[i]), b: b - eta * gb`",
    ],
    praise: "One factor before the step: that is all that weight decay is.",
  }),

  "13-sweep": exercise<Choose>({
    stub: () => ({ lambda: NaN, mean: NaN, half: NaN }),
    checks: [
      {
        says: "it chooses the strength with the smallest mean validation loss",
        test: (choose) =>
          chosenPart(choose, "lambda", "Compare the means of the validation losses, over all draws."),
      },
      {
        says: "it reports that mean",
        test: (choose) => chosenPart(choose, "mean", "The mean validation loss of the chosen strength."),
      },
      {
        says: "it reports half the width of the interval",
        test: (choose) => chosenPart(choose, "half", "2 · s / √n, where s divides by n − 1."),
      },
    ],
    wrong: [
      {
        answer: (trials) => report(lowest(trials, ({ training }) => mean(training))),
        means: "chooses by the training loss",
        hint: "The training loss always prefers the weakest price. Which losses were measured on points kept apart?",
      },
      {
        answer: (trials) => report(lowest(trials, ({ validation }) => Math.min(...validation))),
        means: "chooses the luckiest draw",
        hint: "One lucky draw won your contest. What do all draws of a strength say together?",
      },
      {
        answer: (trials) => report(lowest(trials, ({ validation }) => -mean(validation))),
        means: "looks for the largest loss",
        hint: "A loss is good when it is small.",
      },
      {
        answer: (trials) => {
          const best = lowest(trials, ({ validation }) => mean(validation));
          return { ...report(best), lambda: trials.indexOf(best) };
        },
        means: "returns the place in the list",
        hint: "That is where the strength stands in the list. Which field of the trial holds the strength itself?",
      },
      {
        answer: (trials) => {
          const chosen = goodChoose(trials);
          return { ...chosen, mean: mean(trials.map(({ validation }) => mean(validation))) };
        },
        means: "takes the mean over all strengths",
        hint: "The strength is right. Report the mean of *its* draws alone.",
      },
      {
        answer: (trials) => {
          const { validation } = lowest(trials, (trial) => mean(trial.validation));
          return { ...goodChoose(trials), mean: validation.reduce((sum, loss) => sum + loss, 0) };
        },
        means: "reports the sum of the draws",
        hint: "The strength is right. What turns the sum of its losses into their mean?",
      },
      {
        answer: (trials) => {
          const chosen = goodChoose(trials);
          return { ...chosen, half: (2.045 / 2) * chosen.half };
        },
        means: "takes the factor of 30 values",
        hint: "Check the parts of 2 · s / √n one by one. Is your factor 2? (The function `interval` has 2.045, which is for 30 values.)",
      },
      {
        answer: (trials) => {
          const chosen = goodChoose(trials);
          return { ...chosen, half: 2 * chosen.half };
        },
        means: "reports the whole width",
        hint: "That is the whole interval, from its low end to its high one. How far is it from the mean to one end?",
      },
      {
        answer: (trials) => {
          const best = lowest(trials, ({ validation }) => mean(validation));
          return { ...report(best), half: 2 * spreadOf(best.validation) };
        },
        means: "takes the spread of the draws for that of their mean",
        hint: "That is where single draws lie. A mean of n draws is surer: by which factor?",
      },
      {
        answer: (trials) => {
          const { validation, lambda } = lowest(trials, (trial) => mean(trial.validation));
          const s = Math.sqrt(mean(validation.map((v) => (v - mean(validation)) ** 2)));
          return { lambda, mean: mean(validation), half: (2 * s) / Math.sqrt(validation.length) };
        },
        means: "divides by n in the standard deviation",
        hint: "Close: your interval is a little too narrow. The mean was estimated from the same values, so s divides by n − 1.",
      },
    ],
    hints: [
      "First a list of means, one for each trial. Which trial has the smallest?",
      "For that trial: s is the root of the summed squared distances from the mean, divided by n − 1. Then half = 2 · s / √n.",
      "`const means = trials.map((trial) => mean(trial.validation)); const best = means.indexOf(Math.min(...means));` and then `s` from `trials[best].validation`.",
    ],
    praise: "You let all draws vote, and you say how sure the vote is.",
  }),

  "13-dropout": exercise<Drop>({
    stub: (x) => x,
    checks: [
      {
        says: "units whose mask is 0 are silent in training",
        test: (drop) =>
          each(
            [
              [[1, 2, 3, 4], [0, 1, 0, 1], 0.5],
              [[5, -5], [0, 0], 0.2],
            ] as [number[], number[], number][],
            ([x, mask, p]) => {
              const got = drop([...x], [...mask], p, true);
              const loud = mask.findIndex((m, i) => m === 0 && got?.[i] !== 0);
              return loud < 0
                ? pass
                : fail({
                    on: `unit ${loud} of [${x.join(", ")}], mask [${mask.join(", ")}]`,
                    expected: 0,
                    got: got?.[loud],
                  });
            },
          ),
      },
      {
        says: "with p = 0.5 the others are scaled so that the expected sum stays",
        test: (drop) =>
          dropCase(drop, [
            [[1, 2, 3, 4], [0, 1, 0, 1], 0.5, true],
            [[-2, 6], [1, 0], 0.5, true],
          ]),
      },
      {
        says: "the scale is right for other p",
        test: (drop) =>
          dropCase(drop, [
            [[1, 2, 3, 4], [1, 1, 0, 1], 0.2, true],
            [[8, -8], [1, 1], 0.75, true],
          ]),
      },
      {
        says: "the scale comes from p, not from this mask",
        test: (drop) =>
          dropCase(
            drop,
            [
              [[1, 2, 3, 4], [1, 1, 1, 1], 0.5, true],
              [[1, 2, 3, 4], [1, 0, 0, 0], 0.25, true],
            ],
            "Only with the probability itself is the expected value right.",
          ),
      },
      {
        says: "at inference nothing changes",
        test: (drop) =>
          dropCase(drop, [
            [[1, 2, 3, 4], [0, 1, 0, 1], 0.5, false],
            [[-2, 6], [1, 0], 0.2, false],
          ]),
      },
    ],
    wrong: [
      {
        answer: (x, mask, _p, training) => (training ? x.map((v, i) => v * mask[i]) : [...x]),
        means: "forgets the scale",
        hint: "Half of the units are silent, so the next layer hears about half of the sum. What must the others do?",
      },
      {
        answer: (x, mask, p, training) => (training ? x.map((v, i) => (v * mask[i]) / p) : [...x]),
        means: "divides by p in place of 1 - p",
        hint: "With p = 0.5 nobody sees the difference. Which share of the units is still heard when p = 0.2?",
      },
      {
        answer: (x, mask, p, training) => (training ? x.map((v, i) => v * mask[i] * (1 - p)) : [...x]),
        means: "multiplies in place of dividing",
        hint: "Your outputs become even smaller. Should the units that are left be louder or quieter?",
      },
      {
        answer: (x, mask, p) => x.map((v, i) => (v * mask[i]) / (1 - p)),
        means: "drops at inference, too",
        hint: "In training all is right. What does the argument `training` say?",
      },
      {
        answer: (x, mask, p, training) => x.map((v, i) => (training ? v * mask[i] : v * (1 - p))),
        means: "scales at inference, as the original paper did",
        hint: "That is the older form, and it works on average. Here the scale belongs into training, so that inference stays as it is.",
      },
      {
        answer: (x, mask, _p, training) => {
          const kept = mean(mask);
          return training ? x.map((v, i) => (kept === 0 ? 0 : (v * mask[i]) / kept)) : [...x];
        },
        means: "scales by the share that this mask keeps",
        hint: "Your scale changes from mask to mask. The probability p is known: use it.",
      },
      {
        answer: (x, mask, p, training) =>
          training ? x.map((v, i) => (v * (1 - mask[i])) / (1 - p)) : [...x],
        means: "drops the units whose mask is 1",
        hint: "You silence the units with mask 1. What does a 1 in the mask stand for?",
      },
    ],
    hints: [
      "Three questions: who is silent, how much louder are the others, and what happens when `training` is false?",
      "In training each output is multiplied by its mask and divided by the share of units that is heard, 1 − p.",
      "`if (!training) return [...x]; return x.map((value, i) => (value * mask[i]) / (1 - p));`",
    ],
    praise: "The expected output is the same with and without gaps, so inference needs no change.",
  }),

  "13-synonyms": exercise<Augment>({
    stub: () => [],
    checks: [
      {
        says: "each synonym of a word gives one example",
        test: (augment) => sameTexts(augment, "this film is awesome", forAwesome),
      },
      {
        says: "each word of the table is replaced, one at a time",
        test: (augment) => sameTexts(augment, "awesome film", twoWords),
      },
      {
        says: "a word that occurs twice is replaced in each place",
        test: (augment) => sameTexts(augment, "awesome plot and awesome music", forAwesome),
      },
      {
        says: "longer words stay whole",
        test: (augment) => sameTexts(augment, "awesomely bad", forAwesome),
      },
      {
        says: "a text without listed words gives nothing new",
        test: (augment) => sameTexts(augment, "a long film", forAwesome),
      },
      {
        says: "the label stays",
        test: (augment) =>
          each(["praise", "complaint"], (label) =>
            each(augment({ text: "awesome film", label }, structuredClone(forAwesome)), (made) =>
              made?.label === label
                ? pass
                : fail({ on: `an example with the label "${label}"`, expected: label, got: made?.label }),
            ),
          ),
      },
    ],
    wrong: [
      {
        answer: ({ text, label }, synonyms) =>
          Object.entries(synonyms).flatMap(([word, others]) =>
            text.includes(word) ? others.map((other) => ({ text: text.replace(word, other), label })) : [],
          ),
        means: "replaces letters in place of words, and only the first time",
        hint: "`replace` takes the first place only, and it also finds the letters inside a longer word. What if you split the text into words first?",
      },
      {
        answer: ({ text, label }, synonyms) =>
          Object.entries(synonyms).flatMap(([word, others]) =>
            text.split(" ").includes(word)
              ? others.map((other) => ({ text: text.replaceAll(word, other), label }))
              : [],
          ),
        means: "replaces all places at once",
        hint: "Where the word occurs twice, you changed both places. The task wants one change in each example: count places, not words.",
      },
      {
        answer: ({ text, label }, synonyms) => {
          const words = text.split(" ");
          return Object.entries(synonyms).flatMap(([word, others]) =>
            words.includes(word)
              ? others.map((other) => ({
                  text: words.map((own, i) => (i === words.indexOf(word) ? other : own)).join(" "),
                  label,
                }))
              : [],
          );
        },
        means: "replaces only the first place",
        hint: "You changed the first place of the word only. Its second place makes examples of its own: go through the places, not through the table.",
      },
      {
        answer: ({ text, label }, synonyms) => {
          const words = text.split(" ");
          return words.flatMap((word, place) =>
            (synonyms[word] ?? []).map((other) => {
              words[place] = other;
              return { text: words.join(" "), label };
            }),
          );
        },
        means: "keeps the change for the next example",
        hint: "A word that you replaced stays replaced in the examples after it. From which words should each example start?",
      },
      {
        answer: (example, synonyms) => [example, ...goodAugment(example, synonyms)],
        means: "returns the original, too",
        hint: "The original is among your examples. Only new ones are wanted.",
      },
      {
        answer: ({ text, label }, synonyms) =>
          goodAugment(
            { text, label },
            Object.fromEntries(Object.entries(synonyms).map(([w, s]) => [w, s.slice(0, 1)])),
          ),
        means: "uses only the first synonym",
        hint: '"awesome" has several synonyms in the table. Each of them makes an example.',
      },
      {
        answer: ({ text, label }, synonyms) => {
          const words = text.split(" ");
          const made = words
            .map((word) => (Object.hasOwn(synonyms, word) ? synonyms[word][0] : word))
            .join(" ");
          return made === text ? [] : [{ text: made, label }];
        },
        means: "replaces every listed word in one example",
        hint: "You make one example in which everything is replaced. How many examples does one word with two synonyms give?",
      },
      {
        answer: (example, synonyms) =>
          goodAugment(example, synonyms).map(({ text }) => ({ text, label: "augmented" })),
        means: "gives the new examples another label",
        hint: "The texts are right. But a new example must have the label of its original, or nothing can be learned from it.",
      },
    ],
    hints: [
      '`text.split(" ")` gives the words. For each place: does the table know this word?',
      "`flatMap` over the places; inside, `map` over the synonyms of this word, or over `[]` if there are none.",
      '`words.flatMap((word, place) => (synonyms[word] ?? []).map((other) => ...))`, where the new text is `words.map((own, i) => (i === place ? other : own)).join(" ")`.',
    ],
    praise: "New sentences, true labels, and no word cut in half.",
  }),

  "13-break": exercise<Turned>({
    stub: breaks(
      ([x1, x2]) => [x1, x2],
      (label) => label,
    ),
    checks: [
      { says: "`turn` puts the upper moon on the lower one", test: (answer) => landsOn(answer, 0) },
      { says: "`turn` puts the lower moon on the upper one", test: (answer) => landsOn(answer, 1) },
      {
        says: "`mended` moves the point in the same way",
        test: ({ turn, mended }) =>
          each(angles, (t) =>
            expectSame(mended(moon(0, t), 0)?.point, turn(moon(0, t)), { on: "the point of mended" }),
          ),
      },
      {
        says: "`mended` gives the copy of an upper point the right label",
        test: ({ mended }) => expectSame(mended(moon(0, 1), 0)?.label, 1, { on: "a point with the label 0" }),
      },
      {
        says: "and that of a lower point, too",
        test: ({ mended }) => expectSame(mended(moon(1, 1), 1)?.label, 0, { on: "a point with the label 1" }),
      },
    ],
    wrong: [
      {
        answer: breaks(([x1, x2]) => [-x1, x2]),
        when: ({ turn }) => close(topOf(turn)[1], 1) && !close(turn([1, 0])[0], 1),
        means: "mirrors left and right",
        hint: "Your move leaves (0, 1), the highest point of the upper moon, as high as it is. How low lies the deepest point of the lower moon?",
      },
      {
        answer: breaks(([x1, x2]) => [-x1, -x2]),
        when: ({ turn }) => close(topOf(turn)[1], -1),
        means: "turns about the height 0",
        hint: "Turning over is right, but (0, 1), the highest point of the upper moon, must land on (1, −0.5), the deepest of the lower one. Where does it land now?",
      },
      {
        answer: breaks(([x1, x2]) => [x1, 0.5 - x2]),
        when: ({ turn }) => close(topOf(turn)[0], 0) && close(topOf(turn)[1], -0.5),
        means: "turns the moons over in place",
        hint: "The heights are right now. But (0, 1) must land on (1, −0.5): what has to happen to x1?",
      },
      {
        answer: breaks(([x1, x2]) => [x1 + 1, 0.5 - x2]),
        means: "moves the upper moon only",
        hint: "The upper moon lands on the lower one. But where does your move send the lower moon?",
      },
      {
        answer: breaks(([x1, x2]) => [x1 + 1, x2 - 0.5]),
        means: "shifts without turning",
        hint: "The upper moon is open below, the lower one above. A shift alone does not turn it over.",
      },
      {
        answer: breaks(half, (label) => label),
        means: "keeps the label",
        hint: "`turn` is right, and it ruins the network. To mend it: on which moon does the copy lie now?",
      },
      {
        answer: breaks(half, (label) => -label),
        means: "changes the sign of the label",
        hint: "The labels are 0 and 1, and −0 is still 0. Which sum turns 0 into 1 and 1 into 0?",
      },
      {
        answer: breaks(half, () => 1),
        means: "labels all copies alike",
        hint: "Copies of the lower moon now lie on the upper one. Which label is theirs?",
      },
      {
        answer: { turn: half, mended: (point, label) => ({ point, label }) },
        means: "mends by not augmenting at all",
        hint: "Your `mended` hands back the original. That does no harm, and it makes nothing new: move the point, then ask which label it has now.",
      },
      {
        answer: { turn: half, mended: (point, label) => ({ point, label: 1 - label }) },
        means: "changes the label and not the point",
        hint: "With the point left in place, the new label is false. Both must change together.",
      },
    ],
    hints: [
      "Compare the formulas of the moons: what was done to (cos t, sin t) to make (1 − cos t, ½ − sin t)?",
      "The lower moon is 1 minus the first, ½ minus the second coordinate. Do the same to the lower moon: what comes out?",
      "`turn`: `[1 - x1, 0.5 - x2]`. `mended`: the same point, with the label `1 - label`.",
    ],
    praise: "You made a 9 out of a 6, and then you told the truth about it.",
  }),
});
