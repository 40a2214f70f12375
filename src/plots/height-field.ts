import { describe, type GridLike, type Numbers, readGrid, readNumbers, rounded } from "./numbers.js";

/** A function of two numbers, or its values on a grid: `z` has a row for each y and a column for each x. */
export type HeightField =
  ((x: number, y: number) => number) | { readonly x: Numbers; readonly y: Numbers; readonly z: GridLike };

/** The way of an optimizer over the plane. */
export interface PlanePath {
  readonly x: Numbers;
  readonly y: Numbers;
  readonly name: string;
}

/** The window of `plot.contour` and `plot.surface`, and how finely a function is sampled in it. */
export interface HeightOptions {
  /** The window; needed for a function. */
  readonly xRange?: readonly [number, number];
  readonly yRange?: readonly [number, number];
  /** Grid points a side for a function, 10 to 200. */
  readonly gridSize?: number;
}

export interface SampledHeights {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** Row by row, a row for each y. */
  readonly z: readonly number[];
  readonly low: number;
  readonly high: number;
}

/** Reads heights from a grid, or samples a function on one. */
export function sampleHeights(
  where: string,
  field: HeightField,
  options: HeightOptions,
  gridSize: number,
): SampledHeights {
  const sampled =
    typeof field === "function" ? fromFunction(where, field, options, gridSize) : fromGrid(where, field);
  let [low, high] = [Infinity, -Infinity];
  for (const value of sampled.z) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return { ...sampled, low, high };
}

function fromFunction(
  where: string,
  field: (x: number, y: number) => number,
  options: HeightOptions,
  defaultSize: number,
): Pick<SampledHeights, "xs" | "ys" | "z"> {
  const size = options.gridSize ?? defaultSize;
  if (!Number.isInteger(size) || size < 10 || size > 200) {
    throw new RangeError(`${where}: gridSize must be a whole number from 10 to 200, got ${describe(size)}`);
  }
  const [xs, ys] = (["xRange", "yRange"] as const).map((name) => {
    const range = options[name];
    if (
      range === undefined ||
      !(Number.isFinite(range[0]) && Number.isFinite(range[1]) && range[0] < range[1])
    ) {
      throw new RangeError(
        `${where}: a function needs ${name}: [from, to] with from < to, got ${range === undefined ? "nothing" : `[${range.join(", ")}]`}`,
      );
    }
    return rounded(
      Array.from({ length: size }, (_, i) => range[0] + ((range[1] - range[0]) * i) / (size - 1)),
    );
  });
  const z = ys.flatMap((y) =>
    xs.map((x) => {
      const value = field(x, y);
      if (Number.isFinite(value)) return value;
      throw new RangeError(
        `${where}: the function gives ${describe(value)} at (${x}, ${y}); it must be a finite number`,
      );
    }),
  );
  return { xs, ys, z };
}

function fromGrid(
  where: string,
  field: { readonly x: Numbers; readonly y: Numbers; readonly z: GridLike },
): Pick<SampledHeights, "xs" | "ys" | "z"> {
  if (typeof field !== "object" || field === null || !("z" in field)) {
    throw new TypeError(`${where}: expects a function (x, y) => z or { x, y, z }, got ${describe(field)}`);
  }
  const xs = readNumbers(field.x, `${where}: x`);
  const ys = readNumbers(field.y, `${where}: y`);
  const grid = readGrid(field.z, `${where}: z`);
  if (grid.rows !== ys.length || grid.cols !== xs.length) {
    throw new RangeError(
      `${where}: z is [${grid.rows}, ${grid.cols}], but there are ${ys.length} y (its rows) and ${xs.length} x (its columns)`,
    );
  }
  if (grid.rows < 2 || grid.cols < 2) throw new RangeError(`${where}: z must be at least [2, 2]`);
  for (const [name, values] of [
    ["x", xs],
    ["y", ys],
  ] as const) {
    const back = values.findIndex((value, i) => i > 0 && value <= values[i - 1]);
    if (back > 0) throw new RangeError(`${where}: ${name} must grow, but ${name}[${back}] = ${values[back]}`);
  }
  return { xs, ys, z: ys.flatMap((_, row) => xs.map((__, col) => grid.at(row, col))) };
}
