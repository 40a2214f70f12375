/**
 * The headings of the API reference in the order in which a learner meets them, and whose exports stand below each:
 * folders of `src` end with a slash, everything else is a file without its `.ts`.
 */
const groups: Readonly<Record<string, readonly string[]>> = {
  "Models and training": [
    ...[
      "engine/sequential",
      "engine/sequential-options",
      "engine/fit",
      "engine/fit-options",
      "engine/history",
    ],
    ...["engine/inputs", "engine/training-data", "engine/sample-weights", "engine/progress"],
  ],
  Layers: [
    ...[
      "engine/dense",
      "engine/dense-options",
      "engine/activation-layer",
      "engine/dropout",
      "engine/flatten",
    ],
    ...[
      "engine/batch-normalization",
      "engine/input",
      "engine/layer",
      "engine/shape-keeping-layer",
      "engine/unit-count",
    ],
  ],
  Activations: [...["engine/activation", "engine/activations", "engine/smooth-rectifiers", "engine/softmax"]],
  "Initializers, regularizers and constraints": [
    ...["engine/initializers", "engine/regularizers", "engine/constraints"],
  ],
  Losses: [
    ...["engine/loss", "engine/losses", "engine/crossentropy", "engine/sparse-crossentropy", "engine/huber"],
    ...["engine/gaussian-negative-log-likelihood"],
  ],
  Optimizers: [
    ...["engine/optimizer", "engine/optimizers", "engine/adaptive-rates", "engine/gradient-clipping"],
    ...["engine/learning-rate-schedules"],
  ],
  Callbacks: [
    ...["engine/callbacks", "engine/early-stopping", "engine/model-checkpoint", "engine/csv-logger"],
    ...["engine/reduce-lr-on-plateau", "engine/monitored-figure"],
  ],
  "Metrics and scores": [
    ...[
      "engine/metric",
      "engine/metrics",
      "engine/accuracies",
      "engine/decision-metrics",
      "engine/class-numbers",
      "engine/confusion-matrix",
    ],
    ...["engine/precision-recall", "engine/regression-scores", "engine/roc-curve", "engine/top-k-accuracy"],
  ],
  "Saving and loading": ["engine/saving/", "model-files"],
  Data: ["datasets/"],
  Text: ["text/"],
  Plots: ["plots/"],
  Tables: ["frames/"],
  Exercises: ["exercises/"],
  Experiments: ["experiments/"],
  Display: ["display/"],
  "Matrices and shapes": [
    ...["engine/matrix", "engine/matrix-like", "engine/sparse-matrix", "engine/dtype", "engine/shape-error"],
  ],
  "Random numbers": ["engine/random"],
  "Gradients by hand": [
    "engine/value",
    "engine/gradient-check",
    "engine/gradient-report",
    "engine/shape-ledger",
  ],
  Backends: ["engine/kernels/"],
  Errors: ["engine/data-error", "engine/divergence-error", "engine/options"],
};

/** All headings, in order. */
export const groupNames: readonly string[] = Object.keys(groups);

/** The heading for what a source exports; the path is relative to `src`, with `/`. Undefined for a file that nobody has placed. */
export function groupOf(file: string): string | undefined {
  const path = file.replace(/\.ts$/, "");
  return groupNames.find((name) =>
    groups[name].some((place) => (place.endsWith("/") ? path.startsWith(place) : path === place)),
  );
}
