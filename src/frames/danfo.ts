import { createRequire } from "node:module";
import type * as danfojs from "danfojs-node";

/** A DataFrame of danfojs-node. */
export type DanfoFrame = danfojs.DataFrame;
type Danfo = typeof danfojs;

const require = createRequire(import.meta.url);
let loaded: Danfo | undefined;

/**
 * danfojs-node (with the guards below), loaded at the first use of a frame, so that `import "gradus"` stays fast.
 *
 * @throws Error that says what to do if the package is not installed.
 */
export function danfo(): Danfo {
  if (loaded !== undefined) return loaded;
  try {
    loaded = guarded(require("danfojs-node") as Danfo);
  } catch (cause) {
    throw new Error(
      `frame: danfojs-node cannot be loaded; run npm ci in the project folder. (${String(cause)})`,
      {
        cause,
      },
    );
  }
  return loaded;
}

/**
 * danfojs-node 1.2.0 answers two questions wrongly without a word: `groupby(...).mean()` counts a missing value as 0, and
 * grouping by several columns joins their texts with "-", so that ("a-b", "c") and ("a", "b-c") become one group.
 * `sortValues` sorts a missing value as 0. Here they are refused instead.
 */
function guarded(module: Danfo): Danfo {
  const { groupby, sortValues } = module.DataFrame.prototype;
  module.DataFrame.prototype.groupby = function (columns) {
    refuseMissing(this, "groupby");
    if (
      columns.length > 1 &&
      columns.some((name) => this.column(name).values.some((key) => String(key).includes("-")))
    ) {
      throw new Error(
        'danfojs groupby: joins several keys with "-", and a key contains one. Use the groupby of the frame.',
      );
    }
    return groupby.call(this, columns);
  };
  module.DataFrame.prototype.sortValues = function (by, options) {
    refuseMissing(this, "sortValues");
    return sortValues.call(this, by, options) as DanfoFrame;
  };
  return module;
}

function refuseMissing(table: DanfoFrame, operation: string): void {
  const missing = table.values
    .flat()
    .some((cell) => cell === null || cell === undefined || Number.isNaN(cell));
  if (!missing) return;
  throw new Error(
    `danfojs ${operation}: counts missing values as 0. Use dropNa() or fillNa(value) first, or ${operation} of the frame.`,
  );
}
