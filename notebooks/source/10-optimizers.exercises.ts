import {
  adadelta,
  adagrad,
  adam,
  adamW,
  close,
  defineExercises,
  dense,
  each,
  exercise,
  expectSame,
  fail,
  forInputs,
  inWords,
  makeMoons,
  momentum,
  nag,
  pass,
  Random,
  rmsprop,
  Sequential,
  sgd,
  type Verdict,
} from "gradus";

type Rule = (slope: number, w: number) => number;
type MakeMomentum = (eta: number, mu: number) => Rule;
type MakeAdam = (eta: number) => Rule;

/** What a rule adds to the weight 1 for each of these slopes. At 0 a rule that returns the new weight would look right. */
const movesOf = (rule: Rule, slopes: readonly number[]): number[] => slopes.map((g) => rule(g, 1) + 0); // no -0
/** The places of five steps on w²/2 from 5. */
function fivePlaces(rule: Rule): number[] {
  let w = 5;
  return Array.from({ length: 5 }, () => (w += rule(w, w)));
}

const rolling: MakeMomentum = (eta, mu) => {
  let v = 0;
  return (g) => (v = mu * v - eta * g);
};
const goodNag: MakeMomentum = (eta, mu) => {
  let v = 0;
  return (g) => {
    const change = mu * mu * v - (1 + mu) * eta * g;
    v = mu * v - eta * g;
    return change;
  };
};
const bookNag: MakeMomentum = (eta, mu) => {
  let v = 0;
  return (g) => {
    v = mu * v - eta * g;
    return mu * mu * v - (1 + mu) * eta * g;
  };
};
/** The velocity stands outside of the function that makes the rules, so that all of them share it. */
function sharedBall(): MakeMomentum {
  let v = 0;
  return (eta, mu) => (g) => (v = mu * v - eta * g);
}
/** A new rule that moves without a slope has the velocity of another. */
function sharesVelocity(make: MakeMomentum): boolean {
  make(0.1, 0.9)(2, 0);
  return !close(make(0.1, 0.9)(0, 0), 0);
}
/** The first step of a rolling ball with eta 0.1 and mu 0.9 on the slope 2; the right one is -0.2. */
const firstMove = (make: MakeMomentum): number => make(0.1, 0.9)(2, 1);
/** On flat ground a new rule adds 0; one that returns the new weight returns the weight. */
const returnsWeight = (make: MakeMomentum): boolean => close(make(0.1, 0.9)(0, 1), 1);
const goldenNag = [4.05, 2.8755, 1.636605, 0.46944, -0.522908];
const goldenAdam = [4.99, 4.980001, 4.970003, 4.960005, 4.95001];
const apart = (places: readonly number[], golden: readonly number[]): number =>
  Math.max(...places.map((w, k) => Math.abs(w - golden[k])));
const worstOfBook = apart(fivePlaces(bookNag(0.1, 0.9)), goldenNag);

/** Adam with a correction of one's choice: what becomes of a mean after t steps, with the given beta. */
const adamWith =
  (corrected: (mean: number, beta: number, t: number) => number): MakeAdam =>
  (eta) => {
    let [m, s, t] = [0, 0, 0];
    return (g) => {
      t++;
      m = 0.9 * m + 0.1 * g;
      s = 0.999 * s + 0.001 * g * g;
      return (-eta * corrected(m, 0.9, t)) / (Math.sqrt(corrected(s, 0.999, t)) + 1e-7);
    };
  };
const goodAdam = adamWith((mean, beta, t) => mean / (1 - beta ** t));
const browserAdam = adamWith((mean, beta, t) => mean * (1 - beta ** t));
const uncorrected = adamWith((mean) => mean);
const correctedOnce = adamWith((mean, beta) => mean / (1 - beta));
const countsFromTwo = adamWith((mean, beta, t) => mean / (1 - beta ** (t + 1)));
const goodConvicts = (make: MakeAdam): boolean => !(apart(fivePlaces(make(0.01)), goldenAdam) < 1e-5);

interface NagAnswer {
  worst: number;
  mended: MakeMomentum;
}
interface AdamAnswer {
  timesTooLong: number;
  convicts: (make: MakeAdam) => boolean;
  mendedAdam: MakeAdam;
}

const slopesToTry = [2, -1, 0.5, 0, 3];
/** Compares a learner's rule with the right one, one step after the other. */
function stepByStep(got: Rule, right: Rule, slopes: readonly number[], from = 0): Verdict {
  const [moves, expected] = [movesOf(got, slopes), movesOf(right, slopes)];
  return each(moves.slice(from), (move, k) => {
    const step = from + k;
    return expectSame(move, expected[step], {
      on: `step ${step + 1}, slopes so far ${slopes.slice(0, step + 1).join(", ")}`,
    });
  });
}
const judges = ({ convicts }: AdamAnswer, make: MakeAdam, on: string, expected: boolean): Verdict =>
  expectSame(convicts(make), expected, { on });

type RateAt = (base: number, epoch: number, epochs: number) => number;
const goodRate: RateAt = (base, epoch, epochs) =>
  base * 0.1 ** (Number(epoch >= 0.5 * epochs) + Number(epoch >= 0.75 * epochs));
const rates = (rateAt: RateAt, inputs: [number, number, number][]): Verdict =>
  forInputs(rateAt, { inputs, expected: goodRate, name: "rateAt", tolerance: 1e-9 });

type Chosen = ReturnType<typeof adam>;
type Make = () => Chosen;

/** The contest of the lesson: the loss on 100 points kept apart; Infinity when the numbers ran away. */
function heldOutLoss(make: Make, seed: number): number {
  const { x, y } = makeMoons({ samples: 300, noise: 0.2, seed });
  const random = new Random(seed);
  const order = random.permutation(300);
  const [points, classes] = [order.map((i) => x.row(i)), order.map((i) => y.row(i))];
  const layers = [dense(16, { activation: "tanh", inputDim: 2 }), dense(2, { activation: "softmax" })];
  const net = new Sequential({ layers, seed });
  net.compile({ loss: "categoricalCrossentropy", optimizer: make() });
  for (let epoch = 0; epoch < 20; epoch++) {
    const rows = random.permutation(200);
    for (let k = 0; k < 200; k += 20) {
      const batch = rows.slice(k, k + 20);
      const { loss } = net.trainOnBatch(
        batch.map((i) => points[i]),
        batch.map((i) => classes[i]),
      );
      if (!Number.isFinite(loss)) return Infinity;
    }
  }
  const { loss } = net.evaluate(points.slice(200), classes.slice(200));
  return Number.isFinite(loss) ? loss : Infinity;
}
const best: Readonly<Record<string, number>> = { sgd: 0.8, momentum: 0.15, nag: 0.15 };
/** Below the rates that win; the stub's own setting is left out, because it is no answer yet. */
const tooSmall = ({ name, learningRate }: Chosen): boolean =>
  learningRate < (best[name] ?? 0) && !(name === "sgd" && learningRate === 0.01);
const tooLarge = ({ name, learningRate }: Chosen): boolean => learningRate >= (best[name] ?? Infinity);
const newSeeds = [11, 12, 13, 14, 15];
const lossesOf = (make: Make): number[] => newSeeds.map((seed) => heldOutLoss(make, seed));
let adams: number[] | undefined;
const adamLosses = (): number[] => (adams ??= lossesOf(() => adam({ learningRate: 0.01 })));

interface Broken {
  onlySgdStands: number;
  bothStand: number;
  epsilon: number;
}
function sgdEnds(c: number): number {
  let w = 5;
  for (let k = 0; k < 2000; k++) w -= 0.1 * c * w;
  return w;
}
function adamEnds(c: number, epsilon: number): number {
  let [w, m, s] = [5, 0, 0];
  for (let t = 1; t <= 2000; t++) {
    const g = c * w;
    m = 0.9 * m + 0.1 * g;
    s = 0.999 * s + 0.001 * g * g;
    w -= (0.01 * m) / (1 - 0.9 ** t) / (Math.sqrt(s / (1 - 0.999 ** t)) + epsilon);
  }
  return w;
}
const stands = (w: number): boolean => w > 4.9 && w <= 5;
const arrives = (w: number): boolean => Math.abs(w) < 0.5;
const ends = (w: number): ReturnType<typeof inWords> =>
  inWords(Number.isFinite(w) ? `it ends at ${w.toFixed(3)}` : "the numbers run away");
const demand = (holds: boolean, on: string, w: number, note: string): Verdict =>
  holds ? pass : fail({ on, got: ends(w), note });
const positive = (value: number, name: string): Verdict =>
  value > 0 ? pass : fail({ on: name, got: value, note: "It must be a number above 0." });

const goodBroken: Broken = { onlySgdStands: 1e-5, bothStand: 1e-11, epsilon: 1e-15 };

export default defineExercises({
  "10-momentum": exercise<MakeMomentum>({
    stub: () => () => 0,
    checks: [
      {
        says: "the first step goes against the slope, with the length of the learning rate",
        test: (make) => stepByStep(make(0.1, 0.9), rolling(0.1, 0.9), [2]),
      },
      {
        says: "the second step remembers the first",
        test: (make) => stepByStep(make(0.1, 0.9), rolling(0.1, 0.9), [2, 1], 1),
      },
      {
        says: "the ball rolls on where the ground is flat",
        test: (make) => stepByStep(make(0.5, 0.8), rolling(0.5, 0.8), [1, 0, 0, 0], 1),
      },
      {
        says: "mu = 0 forgets everything",
        test: (make) => stepByStep(make(0.1, 0), rolling(0.1, 0), slopesToTry),
      },
      {
        says: "two weights have two velocities",
        test: (make) => {
          const [first, second] = [make(0.1, 0.9), make(0.1, 0.9)];
          first(2, 0);
          first(2, 0);
          return expectSame(second(1, 0), -0.1, {
            on: "the first step of a second rule",
            note: "It seems to know the velocity of the first rule.",
          });
        },
      },
    ],
    wrong: [
      {
        answer: (eta, mu) => {
          let v = 0;
          return (g, w) => {
            v = mu * v - eta * g;
            return w + v;
          };
        },
        means: "returns the new weight",
        hint: "Your rule returns the new weight. `walk` does that sum. What is *added* to the weight is wanted.",
        when: returnsWeight,
      },
      {
        answer: (eta, mu) => {
          let v = 0;
          return (g) => (v = mu * v + eta * g);
        },
        means: "goes uphill",
        hint: "The slope is 2 and your step is above 0. Which way is downhill?",
        when: (make) => firstMove(make) > 0,
      },
      {
        answer: (eta, mu) => {
          let v = 0;
          return (g) => (v = mu * (v - eta * g));
        },
        means: "multiplies the slope by mu, too",
        hint: "Your first step is 0.9 times as long as it should be. In the formula mu stands before the old velocity only.",
        when: (make) => close(firstMove(make), -0.18),
      },
      {
        answer: (eta, mu) => {
          let v = 0;
          return (g) => (v += mu * v - eta * g);
        },
        means: "adds to the velocity with +=",
        hint: "With `+=` the whole old velocity stays, and mu of it comes on top. The formula replaces v.",
      },
      {
        answer: (eta) => (g) => -eta * g,
        means: "forgets the velocity",
        hint: "Each of your steps knows only its own slope. Do you store the new velocity in v? And does v stand outside the rule that is returned? Inside it, it is 0 again at every call.",
      },
      {
        answer: sharedBall(),
        means: "one velocity for all weights",
        hint: "A second rule begins with the velocity of the first. Declare the velocity inside `rollingBall`, so that each rule gets its own.",
        when: sharesVelocity,
      },
      {
        answer: (eta, mu) => {
          let v = 0;
          return (g) => (v = mu * v - (1 - mu) * eta * g);
        },
        means: "takes a running mean with the share 1 - mu",
        hint: "Your first step is a tenth of eta times the slope. The formula has no factor 1 − mu in front of the slope.",
        when: (make) => close(firstMove(make), -0.02),
      },
      {
        answer: (eta, mu) => {
          let v = 0;
          return (g) => {
            const before = v;
            v = mu * v - eta * g;
            return before;
          };
        },
        means: "moves by the old velocity",
        hint: "The first step does not move at all. Is it the old or the new velocity that is added?",
      },
      {
        answer: (eta, mu) => {
          let v = 0;
          return (g) => {
            v = mu * v - eta * g;
            return mu * v - eta * g;
          };
        },
        means: "adds the slope twice, as Nesterov does",
        hint: "Your first step is 1.9 times as long as it should be. Here the new velocity is all that is added.",
        when: (make) => close(firstMove(make), -0.38),
      },
      {
        answer: (eta, mu) => {
          let v = 0;
          return (g) => (v = v - eta * g - (1 - mu) * 0);
        },
        means: "keeps the whole velocity",
        hint: "Without mu the ball never loses speed. Which part of the old velocity is kept?",
      },
    ],
    hints: [
      "The rule must remember one number from call to call. Where can it stand, so that each rule has its own?",
      "Declare `let v = 0` inside `rollingBall` and outside the function that it returns. In the rule, compute the new v, then return it.",
      "`let v = 0; return (slope) => { v = mu * v - eta * slope; return v; };`",
    ],
    praise: "Your ball rolls, and each weight has its own.",
  }),

  "10-nag-order": exercise<NagAnswer>({
    stub: { worst: NaN, mended: bookNag },
    checks: [
      {
        says: "the largest distance from the known trajectory is right",
        test: ({ worst }) =>
          close(worst, worstOfBook, 1e-3)
            ? pass
            : fail({
                on: "worst",
                got: worst,
                note: "Walk five steps on the bowl from 5 and compare each place.",
              }),
      },
      {
        says: "the first step of the mended rule is right",
        test: ({ mended }) => stepByStep(mended(0.1, 0.9), goodNag(0.1, 0.9), [2]),
      },
      {
        says: "its velocity is updated, too",
        test: ({ mended }) => stepByStep(mended(0.1, 0.9), goodNag(0.1, 0.9), slopesToTry, 1),
      },
      {
        says: "it works with another mu",
        test: ({ mended }) => stepByStep(mended(0.5, 0.6), goodNag(0.5, 0.6), slopesToTry),
      },
    ],
    wrong: [
      {
        answer: { worst: worstOfBook, mended: bookNag },
        means: "proved but not mended",
        hint: "The proof is right. Which v does the formula want in front: the one before or after its update?",
      },
      {
        answer: { worst: Math.abs(fivePlaces(bookNag(0.1, 0.9))[0] - goldenNag[0]), mended: goodNag },
        means: "compared the first place only",
        hint: "That is the distance after one step. All five places count, and the distance grows at first.",
        when: ({ worst }) => close(worst, 0.405, 1e-3),
      },
      {
        answer: {
          worst: apart([5, ...fivePlaces(bookNag(0.1, 0.9))].slice(0, 5), goldenNag),
          mended: goodNag,
        },
        means: "compared the start with the first place",
        hint: "`walk` begins with the start, and `golden.nag` with the first step. Leave out the start, so that the same steps are compared.",
        when: ({ worst }) => close(worst, 0.95, 1e-3),
      },
      {
        answer: { worst: fivePlaces(bookNag(0.1, 0.9))[4] - goldenNag[4], mended: goodNag },
        means: "differences with a sign",
        hint: "A distance has no sign. Take `Math.abs` of each difference before you look for the largest.",
        when: ({ worst }) => worst < 0,
      },
      {
        answer: { worst: Math.abs(fivePlaces(bookNag(0.1, 0.9))[4] - goldenNag[4]), mended: goodNag },
        means: "compared the last place only",
        hint: "That is the distance after the fifth step. The largest of all five distances is asked for.",
        when: ({ worst }) => close(worst, 0.1258, 1e-3),
      },
      {
        answer: {
          worst: worstOfBook,
          mended: (eta, mu) => {
            let v = 0;
            return (g) => {
              v = mu * v - eta * g;
              return v;
            };
          },
        },
        means: "went back to plain momentum",
        hint: "That is momentum without looking ahead. Keep the formula, and change the order of the two lines.",
      },
      {
        answer: {
          worst: worstOfBook,
          mended: (eta, mu) => {
            const v = 0;
            return (g) => mu * mu * v - (1 + mu) * eta * g;
          },
        },
        means: "the velocity is never updated",
        hint: "The first step is right. From the second on the velocity is missing: where is it updated?",
      },
      {
        answer: {
          worst: worstOfBook,
          mended: (eta, mu) => {
            let v = 0;
            return (g) => {
              const change = mu * v - (1 + mu) * eta * g;
              v = mu * v - eta * g;
              return change;
            };
          },
        },
        means: "mu in place of mu squared",
        hint: "The order is right now. Compare the factor in front of the old velocity with the formula.",
      },
      {
        answer: {
          worst: worstOfBook,
          mended: (eta, mu) => {
            let v = 0;
            return (g) => {
              v = mu * v - eta * g;
              return mu * mu * v - eta * g;
            };
          },
        },
        means: "changed the factor and left the order",
        hint: "Another factor cannot repair it: the velocity in the step is still the new one. Compute the step first.",
      },
    ],
    hints: [
      "Compare the two lines of `bookNag` with the two formulas of the task. Which comes first there?",
      "For `worst`: `walk(() => bookNag(0.1, 0.9), bowl, [5], 5)`, leave out the start, and take the largest distance from `golden.nag`. For `mended`: compute the step with the old v, keep it in a constant, and then update v.",
      "`const change = mu * mu * v - (1 + mu) * eta * g; v = mu * v - eta * g; return change;`",
    ],
    praise: "Found, proved and fixed: a fault that still trains networks.",
  }),

  "10-adam-fault": exercise<AdamAnswer>({
    stub: { timesTooLong: NaN, convicts: () => false, mendedAdam: browserAdam },
    checks: [
      {
        says: "the first step is measured",
        test: ({ timesTooLong }) =>
          close(timesTooLong, 10, 1e-2)
            ? pass
            : fail({
                on: "timesTooLong",
                got: timesTooLong,
                note: "Call a new rule once, with the slope 2, and divide by eta.",
              }),
      },
      {
        says: "the proof convicts the rule with the fault",
        test: (answer) => judges(answer, browserAdam, "the rule with the fault", true),
      },
      {
        says: "it convicts an Adam without any correction",
        test: (answer) => judges(answer, uncorrected, "an Adam without correction", true),
      },
      {
        says: "it convicts an Adam whose correction is right at the first step only",
        test: (answer) =>
          judges(answer, correctedOnce, "an Adam that divides by 1 - beta in every step", true),
      },
      {
        says: "it lets a right Adam go",
        test: (answer) => judges(answer, goodAdam, "a right Adam", false),
      },
      {
        says: "the first step of the mended rule is right",
        test: ({ mendedAdam }) => stepByStep(mendedAdam(0.01), goodAdam(0.01), [2]),
      },
      {
        says: "its later steps are right",
        test: ({ mendedAdam }) => stepByStep(mendedAdam(0.5), goodAdam(0.5), slopesToTry, 1),
      },
    ],
    wrong: [
      {
        answer: { timesTooLong: 0.1, convicts: goodConvicts, mendedAdam: goodAdam },
        means: "the step divided the wrong way round",
        hint: "The step is longer than eta. Did you divide eta by the step, or forget to divide by eta?",
        when: ({ timesTooLong }) => timesTooLong < 1 && timesTooLong > -1,
      },
      {
        answer: { timesTooLong: -10, convicts: goodConvicts, mendedAdam: goodAdam },
        means: "kept the sign of the step",
        hint: "The size is right. A length has no sign.",
        when: ({ timesTooLong }) => close(timesTooLong, -10, 1e-2),
      },
      {
        answer: {
          timesTooLong: 10,
          convicts: (make) => !(Math.abs(make(0.01)(2, 0) + 0.01) < 1e-6),
          mendedAdam: goodAdam,
        },
        means: "looked at the first step only",
        hint: "An Adam that divides by 1 − beta in every step has a perfect first step. What happens at its second?",
      },
      {
        answer: { timesTooLong: 10, convicts: () => true, mendedAdam: goodAdam },
        means: "convicts every rule",
        hint: "Your proof convicts a right Adam. Compare with `golden.adam`, and allow for the rounding of its last digits.",
      },
      {
        answer: { timesTooLong: 10, convicts: (make) => !goodConvicts(make), mendedAdam: goodAdam },
        means: "answers the wrong way round",
        hint: "`convicts` should be true for the rule with the fault. Yours is true for the right one.",
      },
      {
        answer: {
          timesTooLong: 10,
          convicts: (make) => make(0.01)(2, 0) < -0.05,
          mendedAdam: goodAdam,
        },
        means: "convicts only steps that are far too long",
        hint: "An Adam without correction begins with 3.2 times eta, and you let it go. Compare with known numbers.",
      },
      {
        answer: { timesTooLong: 10, convicts: goodConvicts, mendedAdam: browserAdam },
        means: "proved but not mended",
        hint: "The proof is right. Let it judge your own rule: both means are too small, so what must be done to them?",
      },
      {
        answer: { timesTooLong: 10, convicts: goodConvicts, mendedAdam: uncorrected },
        means: "removed the correction",
        hint: "Without a correction the first step is 3.2 times eta. The factor is known: divide by it.",
      },
      {
        answer: { timesTooLong: 10, convicts: goodConvicts, mendedAdam: correctedOnce },
        means: "divides by 1 - beta in every step",
        hint: "The first step is right, the second is not. The factor depends on the number t of the step.",
      },
      {
        answer: { timesTooLong: 10, convicts: goodConvicts, mendedAdam: countsFromTwo },
        means: "counts the steps from 2",
        hint: "Your first step uses the square of beta. Is t already 1 when it is used, and not yet 2?",
      },
    ],
    hints: [
      "After one step m is a tenth of the slope. By what must it be multiplied or divided to become the slope?",
      "Proof: walk five steps on the bowl from 5 with eta 0.01, and compare all places with `golden.adam`, up to 0.00001.",
      "`const [mHat, sHat] = [m / (1 - 0.9 ** t), s / (1 - 0.999 ** t)];`, and `timesTooLong` is `-browserAdam(1)(2, 0)`.",
    ],
    praise: "Found, proved and fixed: a fault that stood in a published library.",
  }),

  "10-schedule": exercise<RateAt>({
    stub: (base) => base,
    checks: [
      {
        says: "the first half has the base rate",
        test: (rateAt) =>
          rates(rateAt, [
            [0.1, 0, 200],
            [0.1, 99, 200],
            [0.4, 3, 8],
          ]),
      },
      {
        says: "the first drop comes at half of the epochs",
        test: (rateAt) =>
          rates(rateAt, [
            [0.1, 100, 200],
            [0.4, 4, 8],
          ]),
      },
      {
        says: "the rate stays there until three quarters",
        test: (rateAt) =>
          rates(rateAt, [
            [0.1, 120, 200],
            [0.1, 149, 200],
            [0.4, 5, 8],
          ]),
      },
      {
        says: "the second drop comes at three quarters",
        test: (rateAt) =>
          rates(rateAt, [
            [0.1, 150, 200],
            [0.4, 6, 8],
          ]),
      },
      {
        says: "the rate stays there until the end",
        test: (rateAt) =>
          rates(rateAt, [
            [0.1, 199, 200],
            [0.4, 7, 8],
            [1, 299, 300],
          ]),
      },
    ],
    wrong: [
      {
        answer: (base, epoch, epochs) => (epoch >= 0.5 * epochs ? base * 0.1 : base),
        means: "only one drop",
        hint: "The first drop is right. What happens at three quarters? If you ask for the half first, the last quarter is never reached.",
      },
      {
        answer: (base, epoch, epochs) => {
          if (epoch > 0.75 * epochs) return base * 0.01;
          return epoch > 0.5 * epochs ? base * 0.1 : base;
        },
        means: "one epoch too late",
        hint: "With 200 epochs, epochs 0 to 99 are the first half. To which half belongs epoch 100?",
      },
      {
        answer: (base, epoch, epochs) => (epoch > 0.5 * epochs ? base * 0.1 : base),
        means: "one drop, one epoch too late",
        hint: "To which half belongs epoch 100 of 200? And is the last quarter ever reached, if you ask for the half first?",
      },
      {
        answer: (base, epoch) => goodRate(base, epoch, 100),
        means: "drops at the epochs 50 and 75",
        hint: "50 and 75 are per cent, and not numbers of epochs. With 200 epochs the first drop is at 100.",
      },
      {
        answer: (base, epoch, epochs) => goodRate(base, epoch + 1, epochs),
        means: "one epoch too early",
        hint: "Epochs count from 0. With 200 epochs, epoch 99 is the hundredth, the last one of the first half.",
      },
      {
        answer: (base, epoch, epochs) => base * 0.1 ** Math.floor((4 * epoch) / epochs),
        means: "drops at every quarter",
        hint: "Your rate falls at 25 %, too. The recipe holds the base rate for the whole first half.",
        when: (rateAt) =>
          close(rateAt(1, 60, 400), 1) && close(rateAt(1, 60, 200), 0.1) && close(rateAt(1, 120, 200), 0.01),
      },
      {
        answer: (base, epoch, epochs) =>
          epoch === 0.5 * epochs || epoch === 0.75 * epochs ? base * 0.1 : base,
        means: "low for one epoch only",
        hint: "Your rate is low in one epoch and rises again in the next. It should stay low: compare with >= in place of ===.",
      },
      {
        answer: (base, epoch, epochs) => base * 0.1 ** Math.max(0, epoch - Math.ceil(0.5 * epochs) + 1),
        means: "drops again in each epoch",
        hint: "Epoch by epoch your rate falls by a factor of 10. There are two drops in all; between them nothing changes.",
      },
      {
        answer: (base, epoch, epochs) => {
          if (epoch >= 0.75 * epochs) return base * 0.001;
          return epoch >= 0.5 * epochs ? base * 0.1 : base;
        },
        means: "the second drop is too deep",
        hint: "A tenth of a tenth is wanted in the last quarter. Which share of the base is that?",
      },
      {
        answer: (base, epoch, epochs) => base - 0.9 * base * (epoch / epochs),
        means: "a straight line",
        hint: "Your rate falls in every epoch. The recipe holds it for half of the training.",
      },
    ],
    hints: [
      "How many different values does the rate have during the whole training?",
      "Ask first whether `epoch >= 0.75 * epochs`, then whether `epoch >= 0.5 * epochs`.",
      "Return `base * 0.01`, `base * 0.1` or `base`.",
    ],
    praise: "Three values, two drops: the recipe of the residual networks.",
  }),

  "10-beat-adam": exercise<Make>({
    accepts: (make) =>
      typeof make === "function"
        ? undefined
        : "expects a function that makes an optimizer: () => sgd({ ... })",
    stub: () => sgd({ learningRate: 0.01 }),
    timeLimitMs: 20_000,
    checks: [
      {
        says: "it is another optimizer than Adam and AdamW",
        test: (make) => {
          const { name } = make();
          return name === "adam" || name === "adamW"
            ? fail({ on: "rival", got: inWords(name), note: "Choose one of the other six." })
            : pass;
        },
      },
      {
        says: "its loss on points kept apart is below Adam's on four of five new seeds",
        test: (make) => {
          const losses = lossesOf(make);
          const better = losses.filter((loss, k) => loss < adamLosses()[k]).length;
          if (better >= 4) return pass;
          return fail({
            on: "the seeds 11 to 15",
            expected: inWords("better on at least 4 of 5"),
            got: inWords(`better on ${better} of 5`),
          });
        },
      },
    ],
    wrong: [
      {
        answer: () => adam({ learningRate: 0.1 }),
        means: "beats Adam with Adam",
        hint: "A faster Adam is a good idea, and the page tries it below. Here another rule is wanted: which one has the fewest settings to tune?",
        when: (make) => make().name === "adam",
      },
      {
        answer: () => adamW({ learningRate: 0.1 }),
        means: "beats Adam with AdamW",
        hint: "AdamW is Adam with decay. Try one from the other branches of the family.",
        when: (make) => make().name === "adamW",
      },
      {
        answer: () => adagrad(),
        means: "takes AdaGrad with a rate that does not suit it",
        hint: "AdaGrad's default rate of 0.001 is far too small here, since its steps only shrink from there; 1 is too large. Which is between?",
        when: (make) => make().name === "adagrad",
      },
      {
        answer: () => adadelta(),
        means: "takes Adadelta with the rate 0.001",
        hint: "The paper's Adadelta has the rate 1, and it starts slowly even so: its first steps have the size of the root of epsilon.",
        when: (make) => make().name === "adadelta",
      },
      {
        answer: () => nag({ learningRate: 3 }),
        means: "a rate that is too large",
        hint: "On some seeds the loss is larger than Adam's: the steps jump across the valley. Lower the rate, and watch all five columns.",
        when: (make) => tooLarge(make()),
      },
      {
        answer: () => momentum({ learningRate: 0.01 }),
        means: "a rate that is too small",
        hint: "The rate is too small for 200 updates. Double it until all five columns are below Adam's.",
        when: (make) => tooSmall(make()),
      },
      {
        answer: () => rmsprop({ learningRate: 0.001 }),
        means: "takes RMSProp",
        hint: "RMSProp is so close to Adam that it wins on some seeds only. What does the other branch of the family do?",
        when: (make) => make().name === "rmsprop",
      },
    ],
    hints: [
      "Which rules reach further in 200 updates: those with a larger rate, or those that roll?",
      "Try `momentum` or `nag` with rates of 0.1 and more, and compare the report with Adam's, column by column.",
      "`const rival = () => nag({ learningRate: 0.2 });`",
    ],
    praise: "Better on seeds that you did not tune on: that is evidence.",
  }),

  "10-break": exercise<Broken>({
    stub: { onlySgdStands: 1, bothStand: 1, epsilon: 1e-7 },
    checks: [
      {
        says: "SGD stands still on `onlySgdStands`",
        test: ({ onlySgdStands: c }) =>
          positive(c, "onlySgdStands").holds
            ? demand(stands(sgdEnds(c)), `SGD, c = ${c}`, sgdEnds(c), "It should end above 4.9.")
            : positive(c, "onlySgdStands"),
      },
      {
        says: "Adam arrives on `onlySgdStands`",
        test: ({ onlySgdStands: c }) =>
          demand(arrives(adamEnds(c, 1e-7)), `Adam, c = ${c}`, adamEnds(c, 1e-7), "It should end near 0."),
      },
      {
        says: "both stand still on `bothStand`",
        test: ({ bothStand: c }) =>
          positive(c, "bothStand").holds
            ? demand(
                stands(sgdEnds(c)) && stands(adamEnds(c, 1e-7)),
                `Adam, c = ${c}`,
                adamEnds(c, 1e-7),
                "Adam should end above 4.9.",
              )
            : positive(c, "bothStand"),
      },
      {
        says: "Adam arrives on `bothStand` with your epsilon",
        test: ({ bothStand: c, epsilon }) =>
          positive(epsilon, "epsilon").holds
            ? demand(
                arrives(adamEnds(c, epsilon)),
                `Adam, c = ${c}, epsilon = ${epsilon}`,
                adamEnds(c, epsilon),
                "It should end near 0.",
              )
            : positive(epsilon, "epsilon"),
      },
    ],
    wrong: [
      {
        answer: { ...goodBroken, onlySgdStands: 0.01 },
        means: "a factor with which SGD still moves",
        hint: "With this factor SGD still gets somewhere in 2000 steps. Its step is 0.1 · c · w: how small must it be so that 2000 of them are less than 0.1?",
        when: ({ onlySgdStands: c }) => c > 0 && !stands(sgdEnds(c)),
      },
      {
        answer: { ...goodBroken, onlySgdStands: 1e-12 },
        means: "a factor with which Adam stands still as well",
        hint: "That answers the second question already. For the first, c · w must stay well above epsilon.",
        when: ({ onlySgdStands: c }) => c > 0 && !arrives(adamEnds(c, 1e-7)),
      },
      {
        answer: { ...goodBroken, bothStand: 1e-7 },
        means: "slopes of the size of epsilon",
        hint: "There c · w is not yet far below epsilon, and Adam is slower but not still. Go some powers of ten further.",
        when: ({ bothStand: c }) => c > 0 && !stands(adamEnds(c, 1e-7)),
      },
      {
        answer: { ...goodBroken, bothStand: 0 },
        means: "no slope at all",
        hint: "With c = 0 there is no bowl, and nothing to arrive at. The factor should be small and not zero.",
        when: ({ bothStand, onlySgdStands }) => bothStand <= 0 || onlySgdStands <= 0,
      },
      {
        answer: { ...goodBroken, epsilon: 1e-7 },
        means: "leaves epsilon as it is",
        hint: "The two factors are right. Now Adam divides by epsilon in place of the root: what must epsilon be small beside?",
        when: ({ epsilon, bothStand }) => epsilon >= bothStand,
      },
      {
        answer: { ...goodBroken, epsilon: 0 },
        means: "no epsilon",
        hint: "That works until a slope is exactly 0: then Adam computes 0 / 0. Give a small number above 0.",
        when: ({ epsilon }) => epsilon <= 0,
      },
    ],
    hints: [
      "SGD's step is 0.1 · c · w. Adam's is 0.01 · c·w / (c·w + epsilon). When does each become tiny?",
      "SGD stands still for c below about 0.0001. Adam stands still when 5 · c is far below 1e-7.",
      "Something like c = 1e-5, then c = 1e-11, and an epsilon of 1e-15.",
    ],
    praise: "You found where the scale of a slope matters even to Adam.",
  }),
});
