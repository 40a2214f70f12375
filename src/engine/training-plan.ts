import type { Compilation } from "./compilation.js";
import type { FitOptions } from "./fit-options.js";
import type { InputsLike } from "./inputs.js";
import { isColumn, type MatrixLike } from "./matrix-like.js";
import { checkCallbacks, checkTrainable } from "./model-checks.js";
import { fraction, knownOptions, outOfRange, wholeNumber } from "./options.js";
import { progressReporter } from "./progress.js";
import { Random } from "./random.js";
import { weightsByClass } from "./sample-weights.js";
import { splitOffEnd, type Samples } from "./training-data.js";
import type { TrainingPlan } from "./training-loop.js";

export interface FitArguments {
  readonly x: InputsLike;
  readonly y: MatrixLike;
  readonly options: FitOptions;
  /** The model's own generator of the order of the rows. */
  readonly order: Random;
}

/** Checks everything that `fit` was given and lays it out for the loop. Throws what `fit` throws for bad data and options. */
export function planTraining(compiled: Compilation, { x, y, options, order }: FitArguments): TrainingPlan {
  knownOptions("fit", { options, known: fitOptions, example: "{ epochs: 10 }" });
  if (options.callbacks !== undefined) checkCallbacks(options.callbacks);
  const { epochs = 1, initialEpoch = 0, batchSize = 32, shuffle = true, verbose = 1 } = options;
  wholeNumber("fit", { option: "epochs", value: epochs, least: 1 });
  wholeNumber("fit", { option: "initialEpoch", value: initialEpoch, least: 0 });
  if (initialEpoch >= epochs) {
    throw outOfRange("fit", {
      option: "initialEpoch",
      value: initialEpoch,
      rule: `below epochs (${epochs}), which is the number to end at, not how many more: epochs ${initialEpoch + epochs} trains ${epochs} more`,
    });
  }
  wholeNumber("fit", { option: "batchSize", value: batchSize, least: 1 });
  checkTrainable(compiled.layers);
  const { training, validation } = splitSamples(compiled, { x, y, options });
  return {
    network: compiled.network,
    trainees: compiled.trainees,
    clip: compiled.optimizer.clipping,
    metrics: compiled.metrics,
    training,
    validate: validation && (() => compiled.measure(validation, { batchSize, prefix: "val_" })),
    ...{ initialEpoch, epochs, batchSize },
    order: shuffle ? (options.seed === undefined ? order : new Random(options.seed)) : undefined,
    report: verbose === 0 ? undefined : progressReporter(),
    learningRate: () => compiled.optimizer.learningRate,
  };
}

const fitOptions: Readonly<Record<keyof FitOptions, true>> = {
  ...{ epochs: true, initialEpoch: true, batchSize: true, validationData: true, validationSplit: true },
  ...{ sampleWeight: true, classWeight: true, shuffle: true, verbose: true, callbacks: true, seed: true },
  signal: true,
};

/** The rows to train on, weighted, and those to validate with. */
function splitSamples(
  compiled: Compilation,
  { x, y, options }: Omit<FitArguments, "order">,
): { training: Samples; validation: Samples | undefined } {
  const { validationData, validationSplit = 0, sampleWeight, classWeight } = options;
  fraction("fit", { option: "validationSplit", value: validationSplit });
  if (sampleWeight !== undefined && classWeight !== undefined) {
    throw new Error("fit: give either sampleWeight or classWeight, not both; multiply them row by row");
  }
  let training = compiled.checkedSamples({ x, y, sampleWeight }, "fit", isColumn(x));
  let validation: Samples | undefined;
  if (validationData !== undefined) {
    validation = compiled.checkedSamples(validationData, "fit, validationData", false);
  } else if (validationSplit > 0) ({ training, validation } = splitOffEnd(training, validationSplit));
  if (classWeight !== undefined) training = { ...training, weight: weightsByClass(training.y, classWeight) };
  return { training, validation };
}
