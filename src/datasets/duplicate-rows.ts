import type { MatrixLike } from "../engine/index.js";
import type { Dataset } from "./dataset.js";
import { asTable, isDataset } from "./parts.js";

/** What `duplicateRows` finds: row numbers, counted from 0. */
export interface DuplicateRows {
  /** Rows that repeat an earlier row, rising. */
  readonly indices: readonly number[];
  /** For each of them, the first row with the same numbers: row `indices[i]` repeats row `repeats[i]`. */
  readonly repeats: readonly number[];
  /** All other rows: each distinct row once, where it first occurs. */
  readonly firstIndices: readonly number[];
}

/**
 * Finds the rows that repeat an earlier one, number for number; in a data set, the label must be the same too
 * (as in pandas' `duplicated`). A split that puts one copy into the training part and another into the test part tests what
 * was learnt by heart: split `datasetRows(data, duplicateRows(data).firstIndices)` instead.
 *
 * @throws Error naming row and column of a value that is not finite.
 *
 * @example
 * import { datasetRows, duplicateRows, loadIris } from "gradus";
 * const iris = loadIris();
 * const { indices, repeats, firstIndices } = duplicateRows(iris);
 * console.log(`flower ${indices[0]} repeats flower ${repeats[0]}`); // flower 142 repeats flower 101
 * console.log(datasetRows(iris, firstIndices).x.shape); // [ 149, 4 ]
 */
export function duplicateRows(data: Dataset | MatrixLike): DuplicateRows {
  const table = asTable("duplicateRows", isDataset(data) ? data.x : data);
  const labels = isDataset(data) ? data.labels : undefined;
  const firsts = new Map<string, number>();
  const found = { indices: [] as number[], repeats: [] as number[], firstIndices: [] as number[] };
  for (let row = 0; row < table.rows; row++) {
    const key = `${table.row(row).join(",")} ${labels?.[row] ?? ""}`;
    const first = firsts.get(key);
    if (first === undefined) {
      firsts.set(key, row);
      found.firstIndices.push(row);
    } else {
      found.indices.push(row);
      found.repeats.push(first);
    }
  }
  return found;
}
