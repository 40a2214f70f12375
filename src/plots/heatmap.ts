import { dataTable } from "./data-table.js";
import { Figure, type PlotlyTrace, toPlotlyText } from "./figure.js";
import { baseLayout, type PlotOptions } from "./layout.js";
import { type CheckedGrid, type GridLike, readGrid, rounded } from "./numbers.js";
import { heatColor, heatStops, textOn } from "./palette.js";

/** The options of `plot.heatmap`. */
export interface HeatmapOptions extends PlotOptions {
  /** Names of the columns, left to right, and of the rows, top to bottom; by default 0, 1, 2, ... */
  readonly xNames?: readonly string[];
  readonly yNames?: readonly string[];
  /** Writes each value into its cell; by default in tables of at most 12 columns and 150 cells. */
  readonly showValues?: boolean;
  /** The values at the two ends of the colour scale; by default the smallest and the greatest value. */
  readonly valueRange?: readonly [number, number];
}

/** Above these counts the numbers in the cells would touch each other. */
const READABLE_COLUMNS = 12;
const READABLE_CELLS = 150;

/**
 * A table as coloured cells, row 0 at the top, dark blue for small and yellow for great values.
 *
 * @throws RangeError when the table is empty, ragged or holds NaN or an infinity, or when names do not fit its shape.
 *
 * @example
 * import { plot } from "gradus";
 * const weights = [[0.5, -1.2], [2, 0]];
 * const figure = plot.heatmap(weights, { title: "Weights", alt: "The largest weight is 2." });
 * console.log(figure); // Figure "Weights": The largest weight is 2.
 */
export function heatmap(values: GridLike, options: HeatmapOptions): Figure {
  const where = "plot.heatmap";
  const grid = readGrid(values, `${where}: values`);
  const layout = baseLayout(where, options, { widthPx: 600, heightPx: 460 });
  const xNames = readNames(where, "xNames", options.xNames, grid.cols);
  const yNames = readNames(where, "yNames", options.yNames, grid.rows);
  const z = roundedRows(grid);
  const [low, high] = options.valueRange ?? extent(z.flat());
  if (!(Number.isFinite(low) && Number.isFinite(high) && low <= high)) {
    throw new RangeError(`${where}: valueRange must be two finite numbers in order, got [${low}, ${high}]`);
  }
  const share = (value: number): number =>
    high === low ? 0.5 : Math.min(1, Math.max(0, (value - low) / (high - low)));
  const data: PlotlyTrace[] = [
    {
      type: "heatmap",
      z,
      x: xNames,
      y: yNames,
      zmin: high === low ? low - 1 : low,
      zmax: high === low ? high + 1 : high,
      ...heatStyle(),
      colorbar: { outlinewidth: 0, thickness: 14 },
      hovertemplate: "row %{y}, column %{x}: %{z}<extra></extra>",
    },
  ];
  if (options.showValues ?? (grid.cols <= READABLE_COLUMNS && grid.rows * grid.cols <= READABLE_CELLS)) {
    // As many decimals as tell a hundredth of the range apart, with the minus sign that plotly's axes use.
    const decimals = Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(high === low ? 1 : high - low))));
    const texts = z.map((row) => row.map((value) => cellText(value, decimals)));
    data.push(
      cellTexts(
        texts,
        z.map((row) => row.map(share)),
        xNames,
        yNames,
      ),
    );
  }
  const table =
    options.table === true
      ? dataTable(
          ["row", ...(options.xNames ?? xNames).map(String)],
          z.map((row, i) => [String((options.yNames ?? yNames)[i]), ...row]),
        )
      : undefined;
  return new Figure({ data, layout: { ...layout, ...cellAxes(layout) }, alt: options.alt, table });
}

/** What every coloured table shares: the scale, and a hair of page between the cells. */
export function heatStyle(): PlotlyTrace {
  return { colorscale: heatStops, xgap: 1, ygap: 1 };
}

/**
 * The texts in the cells of a heat map, as a trace of their own: plotly's own cell text only comes in one dark and one
 * light grey and falls below a contrast of 4.5 on the middle of the scale.
 *
 * @param shares where each cell stands on the colour scale, 0 to 1.
 */
export function cellTexts(
  texts: readonly (readonly string[])[],
  shares: readonly (readonly number[])[],
  xNames: readonly string[],
  yNames: readonly string[],
): PlotlyTrace {
  return {
    type: "scatter",
    mode: "text",
    x: texts.flatMap(() => xNames),
    y: texts.flatMap((row, i) => row.map(() => yNames[i])),
    text: texts.flat(),
    textfont: { color: shares.flat().map((share) => textOn(heatColor(share))) },
    hoverinfo: "skip",
    showlegend: false,
  };
}

/** Category axes without grid, row 0 at the top. */
export function cellAxes(layout: Readonly<Record<string, unknown>>): PlotlyTrace {
  const plain = { type: "category", showgrid: false, ticks: "" };
  return {
    xaxis: { ...(layout["xaxis"] as object), ...plain },
    yaxis: { ...(layout["yaxis"] as object), ...plain, autorange: "reversed" },
  };
}

/** Names for one side of a table; distinct, and as many as the side is long. */
export function readNames(
  where: string,
  option: string,
  names: readonly string[] | undefined,
  length: number,
): string[] {
  if (names === undefined) return Array.from({ length }, (_, i) => String(i));
  if (names.length !== length) {
    throw new RangeError(
      `${where}: ${option} has ${names.length} names, but the table has ${length} on that side`,
    );
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new RangeError(`${where}: ${option} holds "${twice}" twice; names must differ`);
  return names.map((name) => toPlotlyText(String(name)));
}

function cellText(value: number, decimals: number): string {
  if (Number.isInteger(value)) return String(value).replace("-", "\u2212");
  return value.toFixed(decimals).replace(/^-/, "\u2212");
}

function roundedRows(grid: CheckedGrid): number[][] {
  const all: number[] = [];
  for (let row = 0; row < grid.rows; row += 1)
    for (let col = 0; col < grid.cols; col += 1) all.push(grid.at(row, col));
  const short = rounded(all);
  return Array.from({ length: grid.rows }, (_, row) => short.slice(row * grid.cols, (row + 1) * grid.cols));
}

function extent(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
}
