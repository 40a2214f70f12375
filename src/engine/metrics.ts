import {
  accuracy,
  binaryAccuracy,
  topK,
  type BinaryAccuracyOptions,
  type TopKAccuracyOptions,
} from "./accuracies.js";
import { aucMetric } from "./auc-metric.js";
import { decisionMetric, type DecisionMetricOptions } from "./decision-metrics.js";
import {
  coefficientOfDetermination,
  meanAbsoluteError,
  meanSquaredError,
  rootMeanSquaredError,
} from "./error-metrics.js";
import type { Metric, MetricName, MetricNameOption } from "./metric.js";
import { lookUp, outOfRange } from "./options.js";

export type {
  CompiledMetric,
  Metric,
  MetricContext,
  MetricCount,
  MetricName,
  MetricNameOption,
} from "./metric.js";
export type { BinaryAccuracyOptions, TopKAccuracyOptions } from "./accuracies.js";
export type { DecisionMetricOptions } from "./decision-metrics.js";

/** What each metric may be told. */
export interface MetricOptions extends Record<MetricName, MetricNameOption> {
  readonly accuracy: MetricNameOption;
  readonly binaryAccuracy: BinaryAccuracyOptions;
  readonly topKAccuracy: TopKAccuracyOptions;
  readonly precision: DecisionMetricOptions;
  readonly recall: DecisionMetricOptions;
  readonly f1: DecisionMetricOptions;
}

/**
 * The known metrics; each entry makes one: `metrics.topKAccuracy({ k: 3 })`. Without options the name is enough: `"accuracy"`.
 *
 * @example
 * import { dense, gates, metrics, Sequential } from "gradus";
 * const model = new Sequential({ layers: [dense(1, { activation: "sigmoid", inputDim: 2 })] });
 * model.weights = [{ kernel: [[10], [10]], bias: [[-5]] }];
 * model.compile({ loss: "binaryCrossentropy", metrics: ["accuracy", metrics.precision()] });
 * const { loss, ...scores } = model.evaluate(gates.and.x, gates.and.y);
 * console.log(loss > 0, scores); // true { accuracy: 0.5, precision: 0.3333333333333333 }
 */
export const metrics: { readonly [Name in MetricName]: (options?: MetricOptions[Name]) => Metric } = {
  accuracy,
  binaryAccuracy,
  topKAccuracy: topK,
  precision: (options) => decisionMetric("precision", options),
  recall: (options) => decisionMetric("recall", options),
  f1: (options) => decisionMetric("f1", options),
  auc: aucMetric,
  mse: meanSquaredError,
  mae: meanAbsoluteError,
  rmse: rootMeanSquaredError,
  r2: coefficientOfDetermination,
};

/** The metric with this name and its defaults, or the metric itself. */
export function resolveMetric(metric: MetricName | Metric): Metric {
  return typeof metric === "object" && metric !== null && "forLoss" in metric
    ? metric
    : lookUp<MetricName, () => Metric>(metrics, { kind: "metric", name: metric })();
}

/** All metrics of a model. Throws OptionError if two of them would have the same name in the history. */
export function resolveMetrics(wanted: readonly (MetricName | Metric)[]): Metric[] {
  if (!Array.isArray(wanted)) {
    throw outOfRange("compile", { option: "metrics", value: wanted, rule: 'a list, such as ["accuracy"]' });
  }
  const all = wanted.map(resolveMetric);
  const names = ["loss", ...all.map(({ name }) => name)];
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) {
    throw outOfRange("compile", {
      option: "metrics",
      value: twice,
      rule: `names that differ from each other and from "loss" (give one of them another: { name: "..." })`,
    });
  }
  return all;
}
