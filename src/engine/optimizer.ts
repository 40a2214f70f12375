import type { FloatArray } from "./dtype.js";
import { gradientClipping, type ClippingOptions, type GradientClipping } from "./gradient-clipping.js";
import { allocateLongLived } from "./kernels/backend.js";
import type { LearningRateSchedule } from "./learning-rate-schedules.js";
import { positiveNumber } from "./options.js";

export type OptimizerName =
  "sgd" | "momentum" | "nag" | "adagrad" | "adadelta" | "rmsprop" | "adam" | "adamW";

/** One step for one parameter array: changes `values` in place, using ∂loss/∂values. Keeps its own memory (velocity, moments). */
export type UpdateRule = (values: FloatArray, gradient: FloatArray) => void;

/** A way to go downhill. It holds settings only; `createRule` gives each parameter array a rule with memory of its own. */
export interface Optimizer {
  readonly name: OptimizerName;
  /** May be changed between steps; the next step uses it. Of a schedule it is the rate of the next step, and cannot be set. */
  learningRate: number;
  /** What a model does with the gradients before the rules see them. */
  readonly clipping?: GradientClipping | undefined;
  /** A fresh rule for an array like `values`. */
  createRule(values: FloatArray): UpdateRule;
}

export interface OptimizerOptions extends ClippingOptions {
  /** A number, or a schedule: `exponentialDecay({ ... })`. */
  readonly learningRate?: number | LearningRateSchedule;
}

/** A step with the learning rate that is due. */
type Step = (values: FloatArray, gradient: FloatArray, learningRate: number) => void;

/** An optimizer from its formula: adds the learning rate, constant or by schedule, and the clipping. */
export function makeOptimizer(
  name: OptimizerName,
  {
    learningRate,
    begin,
    ...clipping
  }: ClippingOptions & {
    readonly learningRate: number | LearningRateSchedule;
    /** The step for a parameter like this one, with its memory. */
    readonly begin: (like: FloatArray) => Step;
  },
): Optimizer {
  const schedule = typeof learningRate === "function" ? learningRate : undefined;
  let rate = typeof learningRate === "function" ? 0 : learningRate;
  if (schedule === undefined) positiveNumber(name, { option: "learningRate", value: rate });
  let stepsDone = 0;
  return {
    name,
    clipping: gradientClipping(name, clipping),
    get learningRate() {
      return schedule === undefined ? rate : schedule(stepsDone);
    },
    set learningRate(value) {
      if (schedule !== undefined) {
        throw new Error(
          `${name}: the learning rate follows a schedule and cannot be set; give learningRate as a number`,
        );
      }
      rate = positiveNumber(name, { option: "learningRate", value });
    },
    createRule(like) {
      const step = begin(like);
      if (schedule === undefined) return (values, gradient) => step(values, gradient, rate);
      let steps = 0;
      return (values, gradient) => {
        step(values, gradient, schedule(steps++));
        stepsDone = Math.max(stepsDone, steps);
      };
    },
  };
}

/** An array of zeros for a rule's memory. */
export function zerosLike(values: FloatArray): FloatArray {
  return allocateLongLived(values instanceof Float32Array ? "float32" : "float64", values.length);
}
