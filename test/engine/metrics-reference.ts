import { readFileSync } from "node:fs";

type Scores = Record<"macro" | "weighted" | "micro", number> & { none: number[] } & Partial<
    Record<"binary 0" | "binary 1", number>
  >;

interface Curve {
  fpr: number[];
  tpr: number[];
  /** Without the first, which is Infinity. */
  thresholds: number[];
}

export interface MetricsReference {
  madeWith: string;
  classes: {
    name: string;
    actual: number[];
    predicted: number[];
    classes?: number;
    zeroDivision: 0 | 1;
    confusion: number[][];
    precision: Scores;
    recall: Scores;
    f1: Scores;
  }[];
  roc: { name: string; actual: number[]; scores: number[]; kept: Curve; dropped: Curve; auc: number }[];
  topK: { actual: number[]; scores: number[][]; accuracy: Record<string, number> }[];
  regression: {
    name: string;
    actual: number[] | number[][];
    predicted: number[] | number[][];
    rmse: number;
    r2: number;
  }[];
}

/** The answers of scikit-learn 1.9.1, written by fixtures/metrics/make_metrics.py. */
export const reference: MetricsReference = JSON.parse(
  readFileSync(new URL("../fixtures/metrics/metrics.json", import.meta.url), "utf8"),
) as MetricsReference;
