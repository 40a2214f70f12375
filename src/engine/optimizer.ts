import type { FloatArray } from "./dtype.js";
import { gradientClipping, type ClippingOptions, type GradientClipping } from "./gradient-clipping.js";
import { allocateLongLived } from "./kernels/backend.js";
import type { SparseGradient } from "./kernels/sparse-steps.js";
import type { LearningRateSchedule } from "./learning-rate-schedules.js";
import { nonNegativeNumber, positiveNumber, unknownOption } from "./options.js";
import { remember } from "./recipe.js";

/** The names of the optimizers, as `compile` takes them. */
export type OptimizerName =
  "sgd" | "momentum" | "nag" | "adagrad" | "adadelta" | "rmsprop" | "adam" | "adamW";

/** What a rule keeps from step to step. A saved model holds it, so that training goes on as if it had never stopped. */
export interface RuleMemory {
  /** As long as the parameter: velocity, moments. */
  readonly arrays: Readonly<Record<string, FloatArray>>;
  /** Counters and running products; the next step reads them. */
  readonly numbers: Record<string, number>;
}

/** One step for one parameter array: changes `values` in place, using ∂loss/∂values. */
export interface UpdateRule {
  (values: FloatArray, gradient: FloatArray): void;
  readonly memory: RuleMemory;
  /** The same step, to the last bit, with a gradient that is not written out. Without it the gradient is written out for the step. */
  readonly fromSparse?: ((values: FloatArray, gradient: SparseGradient) => void) | undefined;
}

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

/** What all optimizers take: the learning rate and how gradients are clipped. */
export interface OptimizerOptions extends ClippingOptions {
  /** A number, or a schedule: `exponentialDecay({ ... })`. */
  readonly learningRate?: number | LearningRateSchedule;
}

/** A step with the learning rate that is due, and what it remembers. */
export interface Stepper extends Partial<RuleMemory> {
  readonly step: (values: FloatArray, gradient: FloatArray, learningRate: number) => void;
  readonly sparseStep?: (values: FloatArray, gradient: SparseGradient, learningRate: number) => void;
}

/** An optimizer from its formula: adds the learning rate, constant or by schedule, and the clipping. */
export function makeOptimizer(
  name: OptimizerName,
  {
    learningRate,
    settings,
    begin,
    ...clipping
  }: ClippingOptions & {
    readonly learningRate: number | LearningRateSchedule;
    /** What the optimizer was made with, besides the rate and the clipping. */
    readonly settings: Readonly<Record<string, number | boolean>>;
    /** The step for a parameter like this one, with its memory. */
    readonly begin: (like: FloatArray) => Stepper;
  },
): Optimizer {
  const known = ["learningRate", ...Object.keys(settings), "clipNorm", "clipValue", "globalClipNorm"];
  const stranger = Object.keys(clipping).find((option) => !known.includes(option));
  if (stranger !== undefined) throw unknownOption(name, { name: stranger, known });
  const schedule = typeof learningRate === "function" ? checkedSchedule(name, learningRate) : undefined;
  let rate = typeof learningRate === "function" ? 0 : learningRate;
  if (schedule === undefined) positiveNumber(name, { option: "learningRate", value: rate });
  const counts: Record<string, number>[] = [];
  const made: Optimizer = {
    name,
    clipping: gradientClipping(name, clipping),
    get learningRate() {
      return schedule === undefined ? rate : schedule(Math.max(0, ...counts.map(({ steps }) => steps)));
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
      const { step, sparseStep, arrays = {}, numbers = {} } = begin(like);
      const memory = { arrays, numbers };
      if (schedule === undefined) {
        const rule = (values: FloatArray, gradient: FloatArray): void => step(values, gradient, rate);
        const fromSparse: UpdateRule["fromSparse"] =
          sparseStep && ((values, gradient) => sparseStep(values, gradient, rate));
        return Object.assign(rule, { memory, fromSparse });
      }
      numbers["steps"] = 0;
      counts.push(numbers);
      const rule = (values: FloatArray, gradient: FloatArray): void =>
        step(values, gradient, schedule(numbers["steps"]++));
      const fromSparse: UpdateRule["fromSparse"] =
        sparseStep && ((values, gradient) => sparseStep(values, gradient, schedule(numbers["steps"]++)));
      return Object.assign(rule, { memory, fromSparse });
    },
  };
  return remember(made, name, { learningRate, ...settings, ...clipping });
}

/** The schedule, whose every value is looked at: a wrong one would spoil the weights before anyone sees it. */
function checkedSchedule(name: OptimizerName, schedule: LearningRateSchedule): LearningRateSchedule {
  return (step) =>
    nonNegativeNumber(name, { option: `the learning rate of step ${step}`, value: schedule(step) });
}

/** An array of zeros for a rule's memory. */
export function zerosLike(values: FloatArray): FloatArray {
  return allocateLongLived(values instanceof Float32Array ? "float32" : "float64", values.length);
}
