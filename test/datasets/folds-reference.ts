import { readFileSync } from "node:fs";

interface Points {
  samples: number | [number, number];
  x: number[][];
  codes: number[];
}

export interface FoldsReference {
  madeWith: string;
  folds: { rows: number; splits: number; tests: number[][] }[];
  stratified: { labels: number[]; splits: number; tests: number[][] }[];
  minMax: { x: number[][]; range: [number, number]; min: number[]; max: number[]; transformed: number[][] }[];
  moons: Points[];
  circles: (Points & { factor: number })[];
}

/** The answers of scikit-learn 1.9.1, written by fixtures/datasets/make_folds.py. */
export const reference: FoldsReference = JSON.parse(
  readFileSync(new URL("../fixtures/datasets/folds.json", import.meta.url), "utf8"),
) as FoldsReference;
