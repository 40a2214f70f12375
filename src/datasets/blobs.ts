import { Matrix, OptionError, Random } from "../engine/index.js";
import type { Dataset } from "./dataset.js";
import { oneHot } from "./encoding.js";

/** The options of `makeBlobs`. */
export interface BlobsOptions {
  /** Points in all, shared out evenly; default 100. */
  samples?: number;
  /** How many blobs (their centres are drawn evenly from -`range` to `range`), or the centres themselves; default 2. */
  centers?: number | readonly (readonly [x: number, y: number])[];
  /** Standard deviation of a blob in each direction; default 1. */
  std?: number;
  /** Half the width of the square from which centres are drawn; default 10. */
  range?: number;
  /** The same seed gives the same points; default 0. */
  seed?: number;
}

/**
 * Round clouds of points in the plane, `x = centre + std · N(0, 1)`, one class a cloud, in shuffled order:
 * a toy set for a straight line to part, made by this project after the idea of scikit-learn's `make_blobs`.
 * `x` is `[samples, 2]` float64; the classes are `"0"`, `"1"`, …, and `codes` holds them as numbers.
 *
 * @throws Error for fewer points than blobs, a negative `std`, or a centre that is not two finite numbers.
 *
 * @example
 * import { makeBlobs } from "gradus";
 * const blobs = makeBlobs({ samples: 90, centers: [[-3, 0], [0, 3], [3, 0]], std: 0.5, seed: 1 });
 * console.log(blobs.x.shape, blobs.classNames); // [ 90, 2 ] [ '0', '1', '2' ]
 * console.log(blobs.x.row(0).map((value) => value.toFixed(2)), "is a point of cloud", blobs.labels[0]);
 * // [ '-2.99', '-0.22' ] is a point of cloud 0
 */
export function makeBlobs({
  samples = 100,
  centers = 2,
  std = 1,
  range = 10,
  seed = 0,
}: BlobsOptions = {}): Dataset {
  checkOptions({ samples, centers, std, range });
  const random = new Random(seed);
  const between = (): number => random.uniform({ low: -range, high: range });
  const points =
    typeof centers === "number" ? Array.from({ length: centers }, () => [between(), between()]) : centers;
  const drawn = Array.from({ length: samples }, (_, index) => {
    const code = index % points.length;
    return { code, at: points[code].map((center) => center + std * random.normal()) };
  });
  const order = random.shuffle(drawn);
  const codes = order.map((point) => point.code);
  const classNames = points.map((_, code) => String(code));
  return {
    name: "blobs",
    source: `synthetic: ${points.length} normal clouds with standard deviation ${std}, seed ${seed}`,
    x: Matrix.from(order.map((point) => point.at)),
    y: oneHot(codes, { classes: points.length }),
    labels: codes.map((code) => classNames[code]),
    codes,
    featureNames: ["x1", "x2"],
    classNames,
  };
}

function checkOptions({ samples, centers, std, range }: Required<Omit<BlobsOptions, "seed">>): void {
  const count = typeof centers === "number" ? centers : centers.length;
  const demand = (option: string, value: unknown, holds: boolean, rule: string): void => {
    if (!holds)
      throw new OptionError(`makeBlobs: ${option} must be ${rule}, got ${String(value)}.`, { option, value });
  };
  demand(
    "centers",
    count,
    Number.isInteger(count) && count >= 1,
    "a whole number from 1 on or a list of points",
  );
  demand(
    "samples",
    samples,
    Number.isInteger(samples) && samples >= count,
    `a whole number, at least ${count} (the blobs)`,
  );
  demand("std", std, Number.isFinite(std) && std >= 0, "a number from 0 on");
  demand("range", range, Number.isFinite(range) && range >= 0, "a number from 0 on");
  if (typeof centers === "number") return;
  for (const [index, center] of centers.entries()) {
    const isPoint = center.length === 2 && center.every(Number.isFinite);
    demand(`centers[${index}]`, `[${center.join(", ")}]`, isPoint, "two finite numbers");
  }
}
