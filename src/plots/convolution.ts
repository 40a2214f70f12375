import { type Box, type DiagramOptions, diagramLayout, rectangle, shortNumber, words } from "./diagram.js";
import { Figure, type PlotlyTrace } from "./figure.js";
import { frames } from "./frames.js";
import { type CheckedGrid, describe, type GridLike, readGrid, rounded } from "./numbers.js";
import { heatColor, heatStops, ink, nth, paper, seriesColors, textOn } from "./palette.js";

/** The options of `plot.convolution`. */
export interface ConvolutionOptions extends DiagramOptions {
  /** How far the window moves at each step; default 1, for pooling its size. */
  readonly stride?: number;
  readonly play?: boolean | number;
  /** The step that is shown first, counted from 0. */
  readonly start?: number;
}

/** "max" or "mean" over a square window of this size. */
export interface Pooling {
  readonly pool: "max" | "mean";
  readonly size: number;
}

/** A walk of more steps tires, and each step is stored. */
const MOST_STEPS = 144;

/**
 * A window that slides over an image, with a slider: at the left the image with the window, at the right the results so
 * far. With a kernel, a result is the sum of the image's numbers under the window times the kernel's (the convolution of
 * deep learning, which does not mirror the kernel); with `{ pool, size }` it is their maximum or mean.
 *
 * @throws RangeError when the window is larger than the image, the stride is no whole number, or there are over 144 steps.
 *
 * @example
 * import { plot } from "gradus";
 * const image = [[0, 9, 0], [0, 9, 0], [0, 9, 0]];
 * console.log(plot.convolution(image, [[1, -1]]).alt);
 * // A kernel of 1 by 2 over an image of 3 by 3, step by step: 6 results in 3 rows of 2, from −9 to 9.
 */
export function convolution(
  image: GridLike,
  kernel: GridLike | Pooling,
  options: ConvolutionOptions = {},
): Figure {
  const where = "plot.convolution";
  const picture = readGrid(image, `${where}: image`);
  const window = readWindow(where, kernel);
  const stride = options.stride ?? (window.weights === undefined ? window.rows : 1);
  if (!Number.isInteger(stride) || stride < 1) {
    throw new RangeError(`${where}: stride must be a whole number of 1 or more, got ${describe(stride)}`);
  }
  if (window.rows > picture.rows || window.cols > picture.cols) {
    throw new RangeError(
      `${where}: the window [${window.rows}, ${window.cols}] is larger than the image [${picture.rows}, ${picture.cols}]`,
    );
  }
  const rows = Math.floor((picture.rows - window.rows) / stride) + 1;
  const cols = Math.floor((picture.cols - window.cols) / stride) + 1;
  if (rows * cols > MOST_STEPS) {
    throw new RangeError(
      `${where}: ${rows} · ${cols} = ${rows * cols} steps are more than ${MOST_STEPS}. Take a smaller image or a larger stride.`,
    );
  }
  const walk: Walk = { picture, window, stride, rows, cols, results: [] };
  const results = Array.from({ length: rows * cols }, (_, step) => resultAt(walk, step));
  const complete = { ...walk, results };
  const steps = results.map((_, step) => stepFigure(where, complete, step, options));
  const alt =
    options.alt ??
    `${window.name} over an image of ${picture.rows} by ${picture.cols}, step by step: ${rows * cols} results in ${rows} rows of ${cols}, ` +
      `from ${shortNumber(Math.min(...results))} to ${shortNumber(Math.max(...results))}.`;
  if (steps.length === 1) return steps[0];
  return frames(steps, {
    alt,
    name: "position",
    labels: steps.map((_, step) => `${Math.floor(step / cols) + 1}, ${(step % cols) + 1}`),
    ...(options.play === undefined ? {} : { play: options.play }),
    ...(options.start === undefined ? {} : { start: options.start }),
  });
}

interface Window {
  readonly rows: number;
  readonly cols: number;
  readonly name: string;
  readonly weights?: CheckedGrid;
  readonly pool?: "max" | "mean";
}

interface Walk {
  readonly picture: CheckedGrid;
  readonly window: Window;
  readonly stride: number;
  readonly rows: number;
  readonly cols: number;
  readonly results: readonly number[];
}

function readWindow(where: string, kernel: GridLike | Pooling): Window {
  if (typeof kernel === "object" && kernel !== null && "pool" in kernel) {
    const { pool, size } = kernel;
    if (pool !== "max" && pool !== "mean")
      throw new RangeError(`${where}: pool must be "max" or "mean", got ${describe(pool)}`);
    if (!Number.isInteger(size) || size < 1)
      throw new RangeError(`${where}: size must be a whole number of 1 or more, got ${describe(size)}`);
    return {
      rows: size,
      cols: size,
      name: `${pool === "max" ? "Max" : "Mean"} pooling of ${size} by ${size}`,
      pool,
    };
  }
  const weights = readGrid(kernel as GridLike, `${where}: kernel`);
  return {
    rows: weights.rows,
    cols: weights.cols,
    name: `A kernel of ${weights.rows} by ${weights.cols}`,
    weights,
  };
}

function under({ picture, window, stride, cols }: Walk, step: number): number[] {
  const [top, left] = [Math.floor(step / cols) * stride, (step % cols) * stride];
  return Array.from({ length: window.rows * window.cols }, (_, i) =>
    picture.at(top + Math.floor(i / window.cols), left + (i % window.cols)),
  );
}

function resultAt(walk: Walk, step: number): number {
  const values = under(walk, step);
  const { weights, pool, cols } = walk.window;
  if (weights !== undefined) {
    const sum = values.reduce(
      (total, value, i) => total + value * weights.at(Math.floor(i / cols), i % cols),
      0,
    );
    return Number(sum.toPrecision(12));
  }
  return pool === "max"
    ? Math.max(...values)
    : values.reduce((total, value) => total + value, 0) / values.length;
}

/** What is done at one step, in words: 1·2 + ... = 5, zeros left out. */
function sumText({ window }: Walk, values: readonly number[], result: number): string {
  const { weights, pool, cols } = window;
  if (weights === undefined)
    return `${pool === "max" ? "greatest" : "mean"} of ${values.map((value) => shortNumber(value)).join(", ")} = ${shortNumber(result)}`;
  const terms = values.flatMap((value, i) => {
    const weight = weights.at(Math.floor(i / cols), i % cols);
    return value === 0 || weight === 0 ? [] : [`${bracketed(value)}\u00b7${bracketed(weight)}`];
  });
  const told =
    terms.length === 0 ? "all terms are 0" : terms.length > 9 ? `${terms.length} terms` : terms.join(" + ");
  return `${told} = ${shortNumber(result)}`;
}

function stepFigure(where: string, walk: Walk, step: number, options: ConvolutionOptions): Figure {
  const { picture, window, stride, rows, cols, results } = walk;
  const [row, col] = [Math.floor(step / cols), step % cols];
  const gap = 1.2;
  const xOut = picture.cols + gap;
  const top = (picture.rows - rows) / 2;
  const values = under(walk, step);
  const told = sumText(walk, values, results[step]);
  const alt = `Position ${row + 1}, ${col + 1}: ${told}.`;
  const pixels = grid(picture.rows, picture.cols, (r, c) => picture.at(r, c), 0, 0);
  const outputs = grid(rows, cols, (r, c) => results[r * cols + c], xOut, top);
  const kernelText =
    window.weights === undefined
      ? window.name
      : `kernel ${Array.from({ length: window.rows }, (_, r) => `[${Array.from({ length: window.cols }, (__, c) => shortNumber(window.weights!.at(r, c))).join(", ")}]`).join(" ")}`;
  const width = xOut + cols;
  const depth = Math.max(picture.rows, top + rows);
  const cell = Math.min(44, 860 / width);
  const data: PlotlyTrace[] = [
    ...coloured(pixels, picture.cols <= 14),
    ...coloured(outputs, cols <= 14),
    words([
      { x: picture.cols / 2, y: 0.45, text: "image" },
      { x: xOut + cols / 2, y: -top + 0.45, text: "result" },
      { x: width / 2, y: -depth - 0.55, text: kernelText },
    ]),
    words([{ x: width / 2, y: -depth - 1.25, text: told }], { sizePx: 14 }),
  ];
  const layout = diagramLayout(
    where,
    { ...options, alt },
    {
      widthPx: Math.max(460, Math.round(cell * width) + 60),
      heightPx: Math.round(cell * (depth + 2.7)) + 60,
      xRange: [-0.4, width + 0.4],
      yRange: [-depth - 1.7, 0.9],
      square: true,
    },
  );
  const seen: Box = {
    x0: col * stride,
    x1: col * stride + window.cols,
    y0: -row * stride - window.rows,
    y1: -row * stride,
  };
  const made: Box = { x0: xOut + col, x1: xOut + col + 1, y0: -top - row - 1, y1: -top - row };
  // Results that are still to come are covered with the colour of the page.
  const later: Box[] = [
    { x0: xOut + col + 1, x1: xOut + cols, y0: -top - row - 1, y1: -top - row },
    { x0: xOut, x1: xOut + cols, y0: -top - rows, y1: -top - row - 1 },
  ].filter(({ x0, x1, y0, y1 }) => x1 > x0 && y1 > y0);
  const shapes = [
    ...later.map((place) => rectangle(place, { fill: paper, line: paper, width: 2 })),
    rectangle({ x0: xOut, x1: xOut + cols, y0: -top - rows, y1: -top }, { line: ink, width: 1 }),
    ...[seen, made].map((place) => rectangle(place, { line: nth(seriesColors, 1), width: 4 })),
  ];
  return new Figure({ data, layout: { ...layout, shapes }, alt });
}

interface CellGrid {
  readonly rows: number;
  readonly cols: number;
  readonly x: number;
  readonly y: number;
  readonly values: readonly number[];
}

function grid(
  rows: number,
  cols: number,
  at: (row: number, col: number) => number,
  x: number,
  top: number,
): CellGrid {
  const values = Array.from({ length: rows * cols }, (_, i) => at(Math.floor(i / cols), i % cols));
  return { rows, cols, x, y: -top, values: rounded(values) };
}

/** Cells in the colours of their values, and the values themselves where they fit. */
function coloured({ rows, cols, x, y, values }: CellGrid, withText: boolean): PlotlyTrace[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const share = (value: number): number => (high === low ? 0.5 : (value - low) / (high - low));
  const heat: PlotlyTrace = {
    type: "heatmap",
    x0: x + 0.5,
    dx: 1,
    y0: y - 0.5,
    dy: -1,
    z: Array.from({ length: rows }, (_, r) => values.slice(r * cols, (r + 1) * cols)),
    zmin: high === low ? low - 1 : low,
    zmax: high === low ? high + 1 : high,
    colorscale: heatStops,
    showscale: false,
    xgap: 1,
    ygap: 1,
    hoverinfo: "skip",
  };
  if (!withText) return [heat];
  const labels = values.map((value, i) => ({
    x: x + (i % cols) + 0.5,
    y: y - Math.floor(i / cols) - 0.5,
    text: shortNumber(value, 2),
  }));
  return [heat, words(labels, { sizePx: 12, color: values.map((value) => textOn(heatColor(share(value)))) })];
}

function bracketed(value: number): string {
  const text = shortNumber(value);
  return value < 0 ? `(${text})` : text;
}
