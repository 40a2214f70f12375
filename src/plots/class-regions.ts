import type { PlotlyTrace } from "./figure.js";
import { describe, type GridLike, readGrid, rounded } from "./numbers.js";
import { ink, nth, seriesColors, withOpacity } from "./palette.js";
import { type Polyline, zeroContour } from "./zero-contour.js";

/** Anything that turns rows of features into class probabilities: [n, 1] for two classes, or [n, classes]. */
export interface Classifier {
  /** One row of probabilities for each row of features. */
  predict(x: number[][]): GridLike;
}

/** The part of the plane that is drawn, and the model's input at each of its points. */
export interface Plane {
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  rowAt(x: number, y: number): number[];
}

/**
 * The traces behind the samples: a shading that says class and confidence at each grid point, and the line where the
 * two most likely classes are equal.
 *
 * @throws RangeError when the model's outputs are no probabilities or do not fit the classes.
 */
export function classRegions(
  where: string,
  model: Classifier,
  classNames: readonly string[],
  plane: Plane,
  { gridSize = 60, threshold = 0.5 }: { readonly gridSize?: number; readonly threshold?: number },
): PlotlyTrace[] {
  if (!Number.isInteger(gridSize) || gridSize < 10 || gridSize > 200) {
    throw new RangeError(
      `${where}: gridSize must be a whole number from 10 to 200, got ${describe(gridSize)}`,
    );
  }
  const xs = steps(plane.xRange, gridSize);
  const ys = steps(plane.yRange, gridSize);
  const inputs = ys.flatMap((y) => xs.map((x) => plane.rowAt(x, y)));
  const columns = predictColumns(where, model, inputs, classNames, threshold);
  const leads = columns.length === 1 ? [columns[0].map((p) => p - threshold)] : leadsOf(columns);
  return [
    region(columns.length === 1 ? twoScores(columns[0], threshold) : columns, xs, ys),
    boundary(leads, xs, ys),
  ];
}

/** The model's probabilities over the grid, checked, as one column an output. */
function predictColumns(
  where: string,
  model: Classifier,
  inputs: number[][],
  classNames: readonly string[],
  threshold: number,
): number[][] {
  if (typeof model?.predict !== "function") {
    throw new TypeError(
      `${where}: the model must have predict(x) or be { weights: [w1, w2], bias }, got ${describe(model)}`,
    );
  }
  if (!(threshold > 0 && threshold < 1)) {
    throw new RangeError(`${where}: threshold must lie between 0 and 1, got ${describe(threshold)}`);
  }
  const output: unknown = model.predict(inputs);
  if (output instanceof Promise) {
    throw new TypeError(
      `${where}: predict returned a promise; the model must answer at once. Compute first, then draw.`,
    );
  }
  const grid = readGrid(output as GridLike, `${where}: the model's output`);
  if (grid.rows !== inputs.length) {
    throw new RangeError(
      `${where}: predict got ${inputs.length} rows but returned [${grid.rows}, ${grid.cols}]`,
    );
  }
  const expected = grid.cols === 1 ? 2 : grid.cols;
  if (expected !== classNames.length) {
    throw new RangeError(
      `${where}: the model has ${grid.cols} ${grid.cols === 1 ? "output (2 classes)" : "outputs"}, but the data has ` +
        `${classNames.length} classes: ${classNames.join(", ")}`,
    );
  }
  const columns = Array.from({ length: grid.cols }, (_, col) => grid.column(col));
  for (const column of columns) {
    const bad = column.findIndex((value) => value < -1e-6 || value > 1 + 1e-6);
    if (bad < 0) continue;
    throw new RangeError(
      `${where}: the model's outputs must be probabilities from 0 to 1, got ${column[bad]}. ` +
        `End the model with sigmoid or softmax, or wrap it: { predict: (x) => toProbabilities(model.predict(x)) }.`,
    );
  }
  return columns;
}

/** Scores of class 0 and class 1 from one output p: 1 - p and p, bent so that both are 0.5 at the threshold. */
function twoScores(output: readonly number[], threshold: number): number[][] {
  const bent = output.map(
    (p) => 0.5 * (p < threshold ? p / threshold : 1 + (p - threshold) / (1 - threshold)),
  );
  return [bent.map((p) => 1 - p), bent];
}

/**
 * By how much each class leads its strongest rival, over the grid; 0 is its border. The last class is left out: its
 * borders are those that the others have with it.
 */
function leadsOf(columns: readonly number[][]): number[][] {
  return columns.slice(0, -1).map((own, k) =>
    own.map((value, i) => {
      let rival = -Infinity;
      columns.forEach((column, other) => {
        if (other !== k) rival = Math.max(rival, column[i]);
      });
      return value - rival;
    }),
  );
}

/** One byte a grid point says class and confidence: class k owns an equal share of 0 to 255, from unsure to sure. */
function region(columns: readonly number[][], xs: readonly number[], ys: readonly number[]): PlotlyTrace {
  const count = columns.length;
  const levels = Math.floor(256 / count);
  const top = count * levels - 1;
  const bytes = Uint8Array.from(columns[0], (_, i) => {
    const winner = bestOf(columns, i);
    const confidence = (columns[winner][i] - 1 / count) / (1 - 1 / count);
    return winner * levels + Math.round(Math.min(1, Math.max(0, confidence)) * (levels - 1));
  });
  const colorscale = Array.from({ length: count }, (_, k) => [
    [(k * levels) / top, withOpacity(nth(seriesColors, k), 0.08)],
    [((k + 1) * levels - 1) / top, withOpacity(nth(seriesColors, k), 0.45)],
  ]).flat();
  return {
    type: "heatmap",
    x0: xs[0],
    dx: xs[1] - xs[0],
    y0: ys[0],
    dy: ys[1] - ys[0],
    // plotly reads base64 of raw bytes; as decimal text the same grid would cost four times as much.
    z: { dtype: "u1", bdata: base64(bytes), shape: `${ys.length}, ${xs.length}` },
    zmin: 0,
    zmax: top,
    colorscale,
    showscale: false,
    hoverinfo: "skip",
  };
}

function boundary(leads: readonly number[][], xs: readonly number[], ys: readonly number[]): PlotlyTrace {
  const lines = leads.flatMap((lead) => zeroContour(xs, ys, lead));
  return {
    type: "scatter",
    mode: "lines",
    x: withGaps(lines, 0, xs[1] - xs[0]),
    y: withGaps(lines, 1, ys[1] - ys[0]),
    line: { color: ink, width: 1.5 },
    hoverinfo: "skip",
    showlegend: false,
  };
}

/** One coordinate of all lines, to a twentieth of a grid step or better, with a null between lines where the pen is lifted. */
function withGaps(lines: readonly Polyline[], side: 0 | 1, step: number): (number | null)[] {
  const decimals = Math.min(15, Math.max(0, 1 - Math.floor(Math.log10(step))));
  const drawn = lines.map((line) => line.map((point) => Number(point[side].toFixed(decimals))));
  return drawn.flatMap((line, i) => (i === 0 ? line : [null, ...line]));
}

function bestOf(columns: readonly number[][], i: number): number {
  let best = 0;
  for (let k = 1; k < columns.length; k += 1) if (columns[k][i] > columns[best][i]) best = k;
  return best;
}

function steps([from, to]: readonly [number, number], count: number): number[] {
  return rounded(Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1)));
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
