import { dataTable } from "./data-table.js";
import { rectangle } from "./diagram.js";
import { Figure, type PlotlyTrace } from "./figure.js";
import { baseLayout, type PlotOptions } from "./layout.js";
import { describe, type GridLike, readGrid, rounded } from "./numbers.js";
import { ink, nth, seriesColors, seriesDashes } from "./palette.js";

/** The options of `plot.image`. */
export interface ImageOptions extends Omit<PlotOptions, "xLabel" | "yLabel"> {
  /** The values that are black and white; by default [0, 1]. What lies outside takes the nearer end. */
  readonly valueRange?: readonly [number, number];
  /** Frames drawn around parts of the picture. */
  readonly boxes?: readonly ImageBox[];
}

/** A part of a picture, counted in pixels from its upper left corner. */
export interface ImageBox {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** A picture is no table: over this size a notebook would grow by more than its other figures together. */
const MOST_PIXELS = 128 * 128;

/**
 * A grey picture: 0 is black, 1 is white, row 0 at the top, square pixels, no axes. Several go side by side with
 * `plot.beside`.
 *
 * @throws RangeError when the picture is empty, ragged, holds NaN or an infinity or over 16,384 pixels, or when a box
 * leaves it.
 *
 * @example
 * import { plot } from "gradus";
 * const cross = [[0, 1, 0], [1, 1, 1], [0, 1, 0]];
 * const box = { row: 0, column: 1, rows: 3, columns: 1 };
 * const figure = plot.image(cross, { title: "A cross", alt: "A white cross on black.", boxes: [box] });
 * console.log(figure); // Figure "A cross": A white cross on black.
 */
export function image(pixels: GridLike, options: ImageOptions): Figure {
  const where = "plot.image";
  const grid = readGrid(pixels, `${where}: pixels`);
  if (grid.rows * grid.cols > MOST_PIXELS) {
    throw new RangeError(
      `${where}: ${grid.rows} by ${grid.cols} are more than ${MOST_PIXELS} pixels. Make the picture smaller first.`,
    );
  }
  const cell = Math.min(28, 260 / Math.max(grid.rows, grid.cols));
  const layout = baseLayout(where, options, {
    widthPx: Math.max(160, Math.round(cell * grid.cols) + 24),
    heightPx: Math.max(140, Math.round(cell * grid.rows) + (options?.title === undefined ? 24 : 64)),
  });
  const [black, white] = options.valueRange ?? [0, 1];
  if (!(Number.isFinite(black) && Number.isFinite(white) && black < white)) {
    throw new RangeError(
      `${where}: valueRange must be two finite numbers in order, got [${black}, ${white}]`,
    );
  }
  const rows = Array.from({ length: grid.rows }, (_, row) =>
    rounded(Array.from({ length: grid.cols }, (__, column) => grid.at(row, column))),
  );
  const data: PlotlyTrace[] = [
    {
      type: "heatmap",
      z: rows,
      zmin: black,
      zmax: white,
      colorscale: [
        [0, "#000000"],
        [1, "#ffffff"],
      ],
      showscale: false,
      hovertemplate: "row %{y}, column %{x}: %{z}<extra></extra>",
    },
  ];
  const hidden = { visible: false, fixedrange: true, constrain: "domain" };
  // A rim: black would melt into a dark page, white into a light one.
  const rim = rectangle(edges({ row: 0, column: 0, rows: grid.rows, columns: grid.cols }), {
    line: ink,
    width: 1,
  });
  const boxes = (options.boxes ?? []).map((box, i) => {
    requireInside(where, box, i, grid);
    return rectangle(edges(box), { line: nth(seriesColors, i + 1), width: 3, dash: nth(seriesDashes, i) });
  });
  return new Figure({
    data,
    layout: {
      ...layout,
      margin: {
        ...(layout["margin"] as object),
        l: 12,
        r: 12,
        b: 12,
        ...(options.title === undefined ? { t: 12 } : {}),
      },
      xaxis: { ...hidden, range: [-0.5, grid.cols - 0.5] },
      yaxis: { ...hidden, range: [grid.rows - 0.5, -0.5], scaleanchor: "x" },
      shapes: [rim, ...boxes],
    },
    alt: options.alt,
    table:
      options.table === true
        ? dataTable(
            ["row", ...rows[0].map((_, column) => String(column))],
            rows.map((row, i) => [String(i), ...row]),
          )
        : undefined,
  });
}

function edges({ row, column, rows, columns }: ImageBox): { x0: number; y0: number; x1: number; y1: number } {
  return { x0: column - 0.5, x1: column + columns - 0.5, y0: row - 0.5, y1: row + rows - 0.5 };
}

function requireInside(
  where: string,
  box: ImageBox,
  index: number,
  { rows, cols }: { readonly rows: number; readonly cols: number },
): void {
  const sides = [box?.row, box?.column, box?.rows, box?.columns];
  const whole = sides.every((side) => Number.isInteger(side) && side >= 0) && box.rows > 0 && box.columns > 0;
  if (whole && box.row + box.rows <= rows && box.column + box.columns <= cols) return;
  throw new RangeError(
    `${where}: box ${index} must be { row, column, rows, columns } inside the picture [${rows}, ${cols}], ` +
      `got ${describe(box)} ${JSON.stringify(box)}`,
  );
}
