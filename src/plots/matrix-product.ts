import { type Box, type DiagramOptions, diagramLayout, rectangle, shortNumber, words } from "./diagram.js";
import { Figure, type PlotlyTrace, toPlotlyText } from "./figure.js";
import { frames } from "./frames.js";
import { type CheckedGrid, type GridLike, readGrid } from "./numbers.js";
import { ink, nth, seriesColors, withOpacity } from "./palette.js";

/** The options of `plot.matrixProduct`. */
export interface MatrixProductOptions extends DiagramOptions {
  /** Names of the factors and of the product; default ["A", "B", "AB"]. */
  readonly names?: readonly [string, string, string];
  /** A play button beside the slider: true, or milliseconds a step. */
  readonly play?: boolean | number;
}

/** The product of larger matrices has too many steps to walk through. */
const MOST_ENTRIES = 48;

/**
 * A matrix product entry by entry, with a slider: A at the left, B above, the product where their rows and columns meet
 * (the scheme of S. Falk). Each step frames a row of A, a column of B and the entry that they give, and writes the sum out.
 *
 * @throws RangeError when the columns of A are not as many as the rows of B, or the product has more than 48 entries.
 *
 * @example
 * import { plot } from "gradus";
 * const figure = plot.matrixProduct([[1, 2]], [[3, 0], [4, 1]], { names: ["X", "W", "XW"] });
 * console.log(figure.frames.length, "steps"); // 2 steps
 */
export function matrixProduct(a: GridLike, b: GridLike, options: MatrixProductOptions = {}): Figure {
  const where = "plot.matrixProduct";
  const [left, right] = [readGrid(a, `${where}: a`), readGrid(b, `${where}: b`)];
  if (left.cols !== right.rows) {
    throw new RangeError(
      `${where}: a row of A meets a column of B, so both need the same length; A is [${left.rows}, ${left.cols}], ` +
        `B is [${right.rows}, ${right.cols}]: ${left.cols} is not ${right.rows}. Swap them, or transpose one?`,
    );
  }
  const entries = left.rows * right.cols;
  if (entries > MOST_ENTRIES || left.cols > 10) {
    throw new RangeError(
      `${where}: the product has ${entries} entries of ${left.cols} terms each; at most ${MOST_ENTRIES} entries of 10 terms can be walked through`,
    );
  }
  const names = options.names ?? ["A", "B", "AB"];
  const steps = Array.from({ length: entries }, (_, step) =>
    stepFigure(where, left, right, step, names, options),
  );
  const alt =
    options.alt ??
    `The product of ${names[0]} [${left.rows}, ${left.cols}] and ${names[1]} [${right.rows}, ${right.cols}], entry by entry: ` +
      `${entries} steps, each the sum over a row of ${names[0]} times a column of ${names[1]}.`;
  if (steps.length === 1) return steps[0];
  return frames(steps, {
    alt,
    name: "entry",
    labels: steps.map((_, step) => `${Math.floor(step / right.cols) + 1}, ${(step % right.cols) + 1}`),
    ...(options.play === undefined ? {} : { play: options.play }),
  });
}

function entryOf(left: CheckedGrid, right: CheckedGrid, row: number, col: number): number {
  let sum = 0;
  for (let k = 0; k < left.cols; k += 1) sum += left.at(row, k) * right.at(k, col);
  return Number(sum.toPrecision(12));
}

function stepFigure(
  where: string,
  left: CheckedGrid,
  right: CheckedGrid,
  step: number,
  names: readonly [string, string, string],
  options: MatrixProductOptions,
): Figure {
  const [row, col] = [Math.floor(step / right.cols), step % right.cols];
  const inner = left.cols;
  // Columns: A, a gap, B and the product. Rows from the top: B, a gap, A and the product.
  const [xB, yA] = [inner + 0.7, -(inner + 0.7)];
  const at = (x: number, y: number, text: string) => ({ x: x + 0.5, y: y - 0.5, text });
  const terms = Array.from(
    { length: inner },
    (_, k) => `${withSign(left.at(row, k))}\u00b7${withSign(right.at(k, col))}`,
  ).join(" + ");
  const value = shortNumber(entryOf(left, right, row, col), 4);
  const sum = `${names[2]}[${row + 1}, ${col + 1}] = ${terms} = ${value}`;
  const labels = [
    ...cells(left, (r, k) => at(k, yA - r, shortNumber(left.at(r, k)))),
    ...cells(right, (k, c) => at(xB + c, -k, shortNumber(right.at(k, c)))),
  ];
  const known = cells({ rows: left.rows, cols: right.cols }, (r, c) =>
    at(xB + c, yA - r, r * right.cols + c <= step ? shortNumber(entryOf(left, right, r, c)) : ""),
  );
  const boxes: Box[] = [
    { x0: 0, x1: inner, y0: yA - left.rows, y1: yA },
    { x0: xB, x1: xB + right.cols, y0: -right.rows, y1: 0 },
    { x0: xB, x1: xB + right.cols, y0: yA - left.rows, y1: yA },
  ];
  const lit: [Box, number][] = [
    [{ x0: 0, x1: inner, y0: yA - row - 1, y1: yA - row }, 0],
    [{ x0: xB + col, x1: xB + col + 1, y0: -inner, y1: 0 }, 1],
    [{ x0: xB + col, x1: xB + col + 1, y0: yA - row - 1, y1: yA - row }, 2],
  ];
  const [width, depth] = [xB + right.cols, -(yA - left.rows)];
  const heads = [
    { x: inner / 2, y: yA + 0.32, text: `<b>${toPlotlyText(names[0])}</b> [${left.rows}, ${inner}]` },
    { x: xB + right.cols / 2, y: 0.36, text: `<b>${toPlotlyText(names[1])}</b> [${inner}, ${right.cols}]` },
    {
      x: xB + right.cols / 2,
      y: -depth - 0.36,
      text: `<b>${toPlotlyText(names[2])}</b> [${left.rows}, ${right.cols}]`,
    },
  ];
  const data: PlotlyTrace[] = [
    words(labels, { sizePx: 14 }),
    words(known, { sizePx: 14 }),
    words(heads),
    words([{ x: width / 2, y: -depth - 1.05, text: toPlotlyText(sum) }], { sizePx: 15 }),
  ];
  const alt = `Entry ${row + 1}, ${col + 1}: row ${row + 1} of ${names[0]} times column ${col + 1} of ${names[1]}: ${terms} = ${value}.`;
  const layout = diagramLayout(
    where,
    { ...options, alt },
    {
      widthPx: Math.max(460, Math.round(60 * width) + 60),
      heightPx: Math.round(50 * (depth + 2.2)) + 60,
      xRange: [-0.4, width + 0.4],
      yRange: [-depth - 1.5, 0.8],
    },
  );
  const shapes = [
    ...boxes.map((place) => rectangle(place, { line: ink, width: 1.5, layer: "below" })),
    ...lit.map(([place, k]) =>
      rectangle(place, {
        fill: withOpacity(nth(seriesColors, k), 0.28),
        line: nth(seriesColors, k),
        width: 3,
        ...(k === 1 ? { dash: "dash" } : k === 2 ? { dash: "dot" } : {}),
        layer: "below",
      }),
    ),
  ];
  return new Figure({ data, layout: { ...layout, shapes }, alt });
}

function cells<T>(
  { rows, cols }: { readonly rows: number; readonly cols: number },
  make: (row: number, col: number) => T,
): T[] {
  return Array.from({ length: rows * cols }, (_, i) => make(Math.floor(i / cols), i % cols));
}

function withSign(value: number): string {
  const text = shortNumber(value);
  return value < 0 ? `(${text})` : text;
}
