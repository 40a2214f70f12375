import { Matrix, OptionError, Random } from "../engine/index.js";
import type { Dataset } from "./dataset.js";
import { oneHot } from "./encoding.js";
import { datasetRows } from "./parts.js";

export type PlanePoint = readonly [x: number, y: number];

/** What `makeMoons`, `makeCircles` and `makeSpirals` have in common. */
export interface PlaneOptions {
  /** Standard deviation of the normal noise on each coordinate; default 0. */
  noise?: number;
  /** Mix the classes; default true. Otherwise class follows class. */
  shuffle?: boolean;
  /** The same seed gives the same points; default 0. */
  seed?: number;
}

interface Drawing {
  readonly name: string;
  /** The points of each class, without noise. */
  readonly classes: readonly (readonly PlanePoint[])[];
  /** How they were made, for the data set's source. */
  readonly description: string;
}

/** A toy set in the plane: the points of each class with noise, shuffled. Classes are called "0", "1", … */
export function planeDataset(
  { name, classes, description }: Drawing,
  { noise = 0, shuffle = true, seed = 0 }: PlaneOptions,
): Dataset {
  const random = new Random(seed);
  const codes = classes.flatMap((points, code) => points.map(() => code));
  const classNames = classes.map((_, code) => String(code));
  const data: Dataset = {
    name,
    source: `synthetic: ${description}, noise ${noise}, seed ${seed}`,
    x: Matrix.from(
      classes.flat().map(([x, y]) => [x + noise * random.normal(), y + noise * random.normal()]),
    ),
    y: oneHot(codes, { classes: classes.length }),
    labels: codes.map((code) => classNames[code]),
    codes,
    featureNames: ["x1", "x2"],
    classNames,
  };
  return shuffle ? datasetRows(data, random.permutation(codes.length)) : data;
}

/** `samples` shared between two classes, the second taking the odd one; or both counts as given. Throws OptionError. */
export function twoCounts(
  operation: string,
  samples: number | readonly [number, number],
): readonly [number, number] {
  const counts: readonly number[] =
    typeof samples === "number" ? [Math.floor(samples / 2), Math.ceil(samples / 2)] : samples;
  const valid = counts.length === 2 && counts.every((count) => Number.isSafeInteger(count) && count >= 1);
  demand(operation, valid && (typeof samples !== "number" || Number.isInteger(samples)), {
    option: "samples",
    value: samples,
    rule: "a whole number of at least 2, or two whole numbers of at least 1",
  });
  return counts as readonly [number, number];
}

/** Throws OptionError unless the noise is a number from 0 on. */
export function checkNoise(operation: string, noise = 0): void {
  demand(operation, Number.isFinite(noise) && noise >= 0, {
    option: "noise",
    value: noise,
    rule: "a number from 0 on",
  });
}

/** Throws OptionError if the rule does not hold. */
export function demand(
  operation: string,
  holds: boolean,
  { option, value, rule }: { readonly option: string; readonly value: unknown; readonly rule: string },
): void {
  if (holds) return;
  const shown = Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
  throw new OptionError(`${operation}: ${option} must be ${rule}, got ${shown}.`, { option, value });
}
