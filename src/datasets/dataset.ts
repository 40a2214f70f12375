import type { Matrix } from "../engine/index.js";

/** A labelled table for classification; row `i` of every member is the same example. */
export interface Dataset {
  /** A short name, such as `iris`; a part of a split says which: `iris (train)`. */
  readonly name: string;
  /** Where the figures come from, in one sentence. */
  readonly source: string;
  /** The features, `[rows, features]`. */
  readonly x: Matrix;
  /** The classes one-hot, `[rows, classes]`: column `k` stands for `classNames[k]`. */
  readonly y: Matrix;
  /** The class of each row by name. */
  readonly labels: readonly string[];
  /** The class of each row by number: `classNames[codes[i]] === labels[i]`. */
  readonly codes: readonly number[];
  /** One name for each column of `x`. */
  readonly featureNames: readonly string[];
  /** One name for each column of `y`. */
  readonly classNames: readonly string[];
  /** True for a stand-in that this project made up in place of data that are not on this machine. */
  readonly synthetic?: boolean;
}
