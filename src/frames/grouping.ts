import { compareCells, isNumeric } from "./cell.js";
import type { Cell } from "./cell.js";
import { Frame } from "./frame.js";
import { statistics } from "./statistics.js";
import type { Statistic } from "./statistics.js";

interface Group {
  readonly key: readonly Cell[];
  readonly positions: number[];
}

/**
 * Rows that share the values of some columns. Groups come in sorted order of their keys; rows whose key is missing form
 * a group of their own, the last. The statistics leave missing values out, as pandas does.
 *
 * @example
 * import { frame } from "gradus";
 * const trips = frame.from({ city: ["Rome", "Oslo", "Rome"], km: [5, 20, 7] });
 * const byCity = trips.groupby("city");
 * console.log(byCity.size().values, byCity.sum().values);
 * // [ [ 'Oslo', 1 ], [ 'Rome', 2 ] ] [ [ 'Oslo', 20 ], [ 'Rome', 12 ] ]
 * console.log(byCity.agg({ km: ["mean", "max"] }));
 * //    city  km_mean  km_max
 * // 0  Oslo       20      20
 * // 1  Rome        6       7
 * // 2 rows × 3 columns
 */
export class Grouping {
  readonly #frame: Frame;
  readonly #keys: readonly string[];
  readonly #groups: readonly Group[];

  constructor(frame: Frame, keys: readonly string[]) {
    this.#frame = frame;
    this.#keys = keys;
    this.#groups = groupRows(keys.map((name) => frame.column(name)));
  }

  /** Present values of each numeric column; columns of the answer are named `column_statistic`, as in danfojs. */
  count(columns?: readonly string[]): Frame {
    return this.#each("count", columns);
  }

  /** Sum of each numeric column over the present values of a group; 0 for a group without any. */
  sum(columns?: readonly string[]): Frame {
    return this.#each("sum", columns);
  }

  /** Mean of the present values; missing for a group without any. */
  mean(columns?: readonly string[]): Frame {
    return this.#each("mean", columns);
  }

  /** Sample standard deviation; missing for a group with fewer than two present values. */
  std(columns?: readonly string[]): Frame {
    return this.#each("std", columns);
  }

  /** The least of the present values; missing for a group without any. */
  min(columns?: readonly string[]): Frame {
    return this.#each("min", columns);
  }

  /** The greatest of the present values; missing for a group without any. */
  max(columns?: readonly string[]): Frame {
    return this.#each("max", columns);
  }

  /** The middle of the present values, or the mean of the two in the middle; missing for a group without any. */
  median(columns?: readonly string[]): Frame {
    return this.#each("median", columns);
  }

  /** Several statistics at once: `agg({ age: ["mean", "max"], fare: "median" })`. */
  agg(wanted: Readonly<Record<string, Statistic | readonly Statistic[]>>): Frame {
    const pairs = Object.entries(wanted).flatMap(([column, names]) =>
      [names].flat().map((statistic) => ({ column, statistic: statistic as Statistic })),
    );
    return this.#answer("agg", pairs);
  }

  /** How many rows each group has, missing values or not. */
  size(): Frame {
    return new Frame(
      [...this.#keys, "size"],
      this.#groups.map(({ key, positions }) => [...key, positions.length]),
    );
  }

  #each(statistic: Statistic, columns: readonly string[] | undefined): Frame {
    const numeric = this.#frame.columns.filter(
      (name, column) => isNumeric(this.#frame.dtypes[column]) && !this.#keys.includes(name),
    );
    if (columns === undefined && numeric.length === 0) {
      throw new Error(`groupby.${statistic}: there is no numeric column besides ${this.#keys.join(", ")}.`);
    }
    return this.#answer(
      statistic,
      (columns ?? numeric).map((column) => ({ column, statistic })),
    );
  }

  #answer(operation: string, pairs: readonly { column: string; statistic: Statistic }[]): Frame {
    const answers = pairs.map(({ column, statistic }) => {
      if (!Object.hasOwn(statistics, statistic)) {
        throw new Error(
          `groupby.${operation}: unknown statistic "${statistic}"; known are ${Object.keys(statistics).join(", ")}.`,
        );
      }
      const cells = this.#frame.column(column);
      return this.#groups.map(({ positions }) => {
        const values = presentNumbers(
          operation,
          column,
          positions.map((position) => cells[position]),
        );
        return statistics[statistic](values);
      });
    });
    return new Frame(
      [...this.#keys, ...pairs.map(({ column, statistic }) => `${column}_${statistic}`)],
      this.#groups.map(({ key }, group) => [...key, ...answers.map((answer) => answer[group])]),
    );
  }
}

/** Groups rows by their key cells. Keys are compared as JSON, so that "1" and 1, or "a-b","c" and "a","b-c", stay apart. */
function groupRows(keyColumns: readonly (readonly Cell[])[]): Group[] {
  const groups = new Map<string, Group>();
  for (let position = 0; position < keyColumns[0].length; position++) {
    const key = keyColumns.map((cells) => cells[position]);
    const name = JSON.stringify(key);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { key, positions: [position] });
    else group.positions.push(position);
  }
  return [...groups.values()].sort((a, b) => {
    for (const [place, cell] of a.key.entries()) {
      const order = compareCells(cell, b.key[place]);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function presentNumbers(operation: string, column: string, cells: readonly Cell[]): number[] {
  const present = cells.filter((cell) => cell !== null);
  const wrong = present.find((cell) => typeof cell !== "number");
  if (wrong !== undefined) {
    throw new Error(
      `groupby.${operation}: column "${column}" is not numeric: it contains ${JSON.stringify(wrong)}.`,
    );
  }
  return present as number[];
}
