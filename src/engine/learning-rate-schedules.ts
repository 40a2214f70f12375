import { nonNegativeNumber, outOfRange, positiveNumber, wholeNumber } from "./options.js";
import { remember } from "./recipe.js";

/** The learning rate of the step with this number, counted from 0 and over all epochs. */
export type LearningRateSchedule = (step: number) => number;

/**
 * learningRate · decayRate^(step / decaySteps); with `staircase` the exponent is rounded down, so that the rate falls in steps.
 *
 * @example
 * import { adam, exponentialDecay } from "gradus";
 * const schedule = exponentialDecay({ learningRate: 0.1, decaySteps: 100, decayRate: 0.5 });
 * console.log(schedule(0), schedule(100), schedule(200)); // 0.1 0.05 0.025
 * console.log(adam({ learningRate: schedule }).learningRate); // 0.1
 */
export function exponentialDecay({
  learningRate,
  decaySteps,
  decayRate,
  staircase = false,
}: {
  readonly learningRate: number;
  readonly decaySteps: number;
  readonly decayRate: number;
  readonly staircase?: boolean;
}): LearningRateSchedule {
  positiveNumber("exponentialDecay", { option: "learningRate", value: learningRate });
  positiveNumber("exponentialDecay", { option: "decaySteps", value: decaySteps });
  positiveNumber("exponentialDecay", { option: "decayRate", value: decayRate });
  const schedule: LearningRateSchedule = (step) => {
    const periods = staircase ? Math.floor(step / decaySteps) : step / decaySteps;
    return learningRate * decayRate ** periods;
  };
  return remember(schedule, "exponentialDecay", { learningRate, decaySteps, decayRate, staircase });
}

/**
 * learningRate · factor^⌊step / every⌋: the staircase by its plain name. Default factor 0.1.
 *
 * @example
 * import { stepDecay } from "gradus";
 * const schedule = stepDecay({ learningRate: 1, every: 10, factor: 0.5 });
 * console.log([0, 9, 10, 20].map(schedule)); // [ 1, 1, 0.5, 0.25 ]
 */
export function stepDecay({
  learningRate,
  every,
  factor = 0.1,
}: {
  readonly learningRate: number;
  readonly every: number;
  readonly factor?: number;
}): LearningRateSchedule {
  wholeNumber("stepDecay", { option: "every", value: every, least: 1 });
  positiveNumber("stepDecay", { option: "factor", value: factor });
  return exponentialDecay({ learningRate, decaySteps: every, decayRate: factor, staircase: true });
}

/**
 * values[0] up to and including step boundaries[0], then values[1] up to boundaries[1], ...: one value more than boundaries.
 *
 * @example
 * import { piecewiseConstantDecay } from "gradus";
 * const schedule = piecewiseConstantDecay({ boundaries: [100, 200], values: [0.1, 0.01, 0.001] });
 * console.log([0, 100, 101, 500].map(schedule)); // [ 0.1, 0.1, 0.01, 0.001 ]
 */
export function piecewiseConstantDecay({
  boundaries,
  values,
}: {
  readonly boundaries: readonly number[];
  readonly values: readonly number[];
}): LearningRateSchedule {
  if (values.length !== boundaries.length + 1) {
    throw outOfRange("piecewiseConstantDecay", {
      option: "values",
      value: values.length,
      rule: `one more than the boundaries, ${boundaries.length + 1}`,
    });
  }
  boundaries.forEach((value, i) => {
    if (!(value > (boundaries[i - 1] ?? -1))) {
      throw outOfRange("piecewiseConstantDecay", {
        option: "boundaries",
        value,
        rule: "steps in growing order",
      });
    }
  });
  for (const value of values) nonNegativeNumber("piecewiseConstantDecay", { option: "values", value });
  const schedule: LearningRateSchedule = (step) => {
    const next = boundaries.findIndex((boundary) => step <= boundary);
    return values[next < 0 ? boundaries.length : next];
  };
  return remember(schedule, "piecewiseConstantDecay", { boundaries, values });
}

/**
 * Half a cosine wave (Loshchilov and Hutter 2017): learningRate · ((1 - alpha) · ½ (1 + cos(π step / decaySteps)) + alpha), and
 * learningRate · alpha from then on. With `warmupTarget` the rate first climbs in a straight line from `learningRate` to the target
 * within `warmupSteps`, and the wave begins there.
 *
 * @example
 * import { cosineDecay } from "gradus";
 * const schedule = cosineDecay({ learningRate: 0.1, decaySteps: 100 });
 * console.log([0, 50, 100, 150].map((step) => schedule(step).toFixed(3)));
 * // [ '0.100', '0.050', '0.000', '0.000' ]
 */
export function cosineDecay({
  learningRate,
  decaySteps,
  alpha = 0,
  warmupTarget,
  warmupSteps = 0,
}: {
  readonly learningRate: number;
  readonly decaySteps: number;
  readonly alpha?: number;
  readonly warmupTarget?: number;
  readonly warmupSteps?: number;
}): LearningRateSchedule {
  nonNegativeNumber("cosineDecay", { option: "learningRate", value: learningRate });
  positiveNumber("cosineDecay", { option: "decaySteps", value: decaySteps });
  nonNegativeNumber("cosineDecay", { option: "alpha", value: alpha });
  wholeNumber("cosineDecay", { option: "warmupSteps", value: warmupSteps, least: 0 });
  if (warmupTarget !== undefined)
    positiveNumber("cosineDecay", { option: "warmupTarget", value: warmupTarget });
  const top = warmupTarget ?? learningRate;
  const wave: LearningRateSchedule = (step) => {
    const part = Math.min(step, decaySteps) / decaySteps;
    return top * ((1 - alpha) * 0.5 * (1 + Math.cos(Math.PI * part)) + alpha);
  };
  const schedule =
    warmupTarget === undefined
      ? wave
      : warmUp({ steps: warmupSteps, from: learningRate, to: warmupTarget, then: wave });
  return remember(schedule, "cosineDecay", { learningRate, decaySteps, alpha, warmupTarget, warmupSteps });
}

/**
 * A straight line from `from` to `to` within `steps` steps; then `to`, or the schedule `then`, whose steps begin at 0 there.
 * A gentle start keeps the first, badly known slopes of large models from doing harm (Goyal et al. 2017).
 *
 * @example
 * import { cosineDecay, warmUp } from "gradus";
 * const then = cosineDecay({ learningRate: 0.1, decaySteps: 90 });
 * const schedule = warmUp({ steps: 10, to: 0.1, then });
 * console.log([0, 5, 10, 100].map((step) => schedule(step).toFixed(2)));
 * // [ '0.00', '0.05', '0.10', '0.00' ]
 */
export function warmUp({
  steps,
  to,
  from = 0,
  then,
}: {
  readonly steps: number;
  readonly to: number;
  readonly from?: number;
  readonly then?: LearningRateSchedule;
}): LearningRateSchedule {
  wholeNumber("warmUp", { option: "steps", value: steps, least: 0 });
  nonNegativeNumber("warmUp", { option: "from", value: from });
  positiveNumber("warmUp", { option: "to", value: to });
  const schedule: LearningRateSchedule = (step) =>
    step < steps ? from + ((to - from) * step) / steps : (then?.(step - steps) ?? to);
  return remember(schedule, "warmUp", { steps, to, from, then });
}
