import { readFileSync } from "node:fs";

export interface Reference {
  madeWith: string;
  iris: {
    columnSums: number[];
    rows: Record<string, number[]>;
    mean: number[];
    scale: number[];
    firstRowStandardized: number[];
  };
  splitSizes: { rows: number; testSize: number; train: number; test: number }[];
  stratified: { counts: number[]; testSize: number; test: number[] }[];
  standardized: { x: number[][]; mean: number[]; scale: number[]; transformed: number[][] }[];
  encoded: { labels: (string | number)[]; classes: (string | number)[]; codes: number[] }[];
}

/** The answers of scikit-learn 1.9.1, written by fixtures/datasets/make_reference.py. */
export const reference: Reference = JSON.parse(
  readFileSync(new URL("../fixtures/datasets/reference.json", import.meta.url), "utf8"),
) as Reference;
