import { type PlotlyTrace, toPlotlyText } from "./figure.js";
import type { AxisOptions } from "./layout.js";
import { describe, isGrid, type Numbers, readNumbers, rounded } from "./numbers.js";
import { nth, paper, seriesColors, seriesDashes, seriesSymbols, withOpacity } from "./palette.js";

/** Points in order. Without `x` they stand at 0, 1, 2, ... */
export interface Series {
  readonly x?: Numbers;
  readonly y: Numbers;
  readonly name?: string;
  /** Overrides how this series is drawn: a line through a scatter plot, points on a line plot, or a smooth curve without marks. */
  readonly draw?: "line" | "points" | "both" | "curve";
  /** The width of its marks in pixels, 1 to 60; by default 9 for points, 7 on a line. */
  readonly markerSize?: number;
  /** A shaded range around a line, for example the least and the greatest of many runs; one pair a point. */
  readonly band?: { readonly low: Numbers; readonly high: Numbers };
}

/** Points that are told apart by the class they belong to: one colour and one shape a class. */
export interface LabelledSeries extends Series {
  /** The class of each point. */
  readonly labels: ArrayLike<string | number>;
}

/** What `plot.line` and `plot.scatter` draw: numbers in order, one series, or several. */
export type SeriesInput = Numbers | Series | LabelledSeries | readonly (Series | LabelledSeries)[];

/** Above this many points a line carries a dozen markers instead of one a point. */
const MARKED_POINTS = 30;

/** The traces of a line or scatter plot; the n-th series has the n-th colour, shape and dash. */
export function seriesTraces(
  where: string,
  input: SeriesInput,
  draw: "line" | "points",
  scales: Pick<AxisOptions, "xScale" | "yScale">,
): PlotlyTrace[] {
  const list = listOfSeries(where, input).flatMap((series, i, all) =>
    byLabel(nameSeries(where, series, i, all.length), series),
  );
  return list.flatMap(({ place, series }, i) => {
    const y = readNumbers(series.y, `${place}: y`);
    const x = series.x === undefined ? y.map((_, k) => k) : readNumbers(series.x, `${place}: x`);
    if (x.length !== y.length) {
      throw new RangeError(
        `${place}: x has ${x.length} values but y has ${y.length}. Every point needs both.`,
      );
    }
    requirePositive(place, "x", x, scales.xScale);
    requirePositive(place, "y", y, scales.yScale);
    const { markerSize } = series;
    if (markerSize !== undefined && !(markerSize >= 1 && markerSize <= 60)) {
      throw new RangeError(
        `${place}: markerSize must be a number of pixels from 1 to 60, got ${describe(markerSize)}`,
      );
    }
    const drawn = trace(series, rounded(x), rounded(y), i, series.draw ?? draw, list.length);
    return series.band === undefined ? [drawn] : [bandTrace(place, series.band, x, i), drawn];
  });
}

/** One closed outline, there along the low values and back along the high ones. */
function bandTrace(
  place: string,
  band: NonNullable<Series["band"]>,
  x: readonly number[],
  index: number,
): PlotlyTrace {
  const low = readNumbers(band.low, `${place}: band.low`);
  const high = readNumbers(band.high, `${place}: band.high`);
  if (low.length !== x.length || high.length !== x.length) {
    throw new RangeError(
      `${place}: the band has ${low.length} low and ${high.length} high values for ${x.length} points`,
    );
  }
  const upsideDown = low.findIndex((value, i) => value > high[i]);
  if (upsideDown >= 0) {
    throw new RangeError(
      `${place}: band.low[${upsideDown}] = ${low[upsideDown]} lies above band.high[${upsideDown}] = ${high[upsideDown]}`,
    );
  }
  return {
    type: "scatter",
    mode: "lines",
    x: rounded([...x, ...[...x].reverse()]),
    y: rounded([...low, ...[...high].reverse()]),
    fill: "toself",
    fillcolor: withOpacity(nth(seriesColors, index), 0.2),
    line: { width: 0 },
    hoverinfo: "skip",
    showlegend: false,
  };
}

/** Marker of the n-th class: colour and shape together, with a rim that sets it off from its neighbours. */
export function markerOf(index: number, size: number, rim: string = paper): PlotlyTrace {
  return {
    color: nth(seriesColors, index),
    symbol: nth(seriesSymbols, index),
    size,
    line: { width: 1, color: rim },
  };
}

function trace(
  series: Series,
  x: number[],
  y: number[],
  index: number,
  draw: unknown,
  count: number,
): PlotlyTrace {
  const isLine = draw !== "points";
  const mode =
    draw === "points"
      ? "markers"
      : draw !== "curve" && (draw === "both" || count > 1 || x.length <= MARKED_POINTS)
        ? "lines+markers"
        : "lines";
  return {
    type: "scatter",
    mode,
    x,
    y,
    ...(series.name === undefined ? {} : { name: toPlotlyText(series.name) }),
    showlegend: count > 1 && series.name !== undefined,
    ...(isLine
      ? { line: { color: nth(seriesColors, index), width: 2, dash: nth(seriesDashes, index) } }
      : {}),
    marker: {
      ...markerOf(index, series.markerSize ?? (isLine ? 7 : 9)),
      ...(isLine && draw !== "both" && x.length > MARKED_POINTS ? { maxdisplayed: 12 } : {}),
    },
  };
}

function listOfSeries(where: string, input: SeriesInput): readonly (Series | LabelledSeries)[] {
  if (isGrid(input) || ArrayBuffer.isView(input)) return [{ y: input as Numbers }];
  if (Array.isArray(input)) {
    if (input.length === 0) throw new RangeError(`${where}: there is no series. Give at least one { x, y }.`);
    return typeof input[0] === "object" && input[0] !== null
      ? (input as Series[])
      : [{ y: input as number[] }];
  }
  if (typeof input !== "object" || input === null) {
    throw new TypeError(
      `${where}: expects numbers, { x, y } or a list of { x, y, name }, got ${describe(input)}`,
    );
  }
  return [input as Series];
}

function nameSeries(where: string, series: Series, index: number, count: number): string {
  if (typeof series !== "object" || series === null || !("y" in series)) {
    throw new TypeError(
      `${where}: series ${index} must be an object { x, y, name }, got ${describe(series)}`,
    );
  }
  if (!["line", "points", "both", "curve", undefined].includes(series.draw)) {
    throw new RangeError(
      `${where}: draw must be "line", "points", "both" or "curve", got ${describe(series.draw)}`,
    );
  }
  if (series.name !== undefined) return `${where}: series "${series.name}"`;
  return count === 1 ? where : `${where}: series ${index}`;
}

function byLabel(place: string, series: Series | LabelledSeries): { place: string; series: Series }[] {
  if (!("labels" in series) || series.labels === undefined) return [{ place, series }];
  const y = readNumbers(series.y, `${place}: y`);
  const x = series.x === undefined ? y.map((_, i) => i) : readNumbers(series.x, `${place}: x`);
  const labels = Array.from(series.labels, String);
  if (labels.length !== y.length) {
    throw new RangeError(
      `${place}: there are ${labels.length} labels for ${y.length} points. Give one label a point.`,
    );
  }
  if (x.length !== y.length) {
    throw new RangeError(`${place}: x has ${x.length} values but y has ${y.length}. Every point needs both.`);
  }
  return [...new Set(labels)].map((label) => {
    const members = labels.flatMap((own, i) => (own === label ? [i] : []));
    const part: Series = {
      name: label,
      x: members.map((i) => x[i]),
      y: members.map((i) => y[i]),
      ...(series.draw === undefined ? {} : { draw: series.draw }),
    };
    return { place: `${place}: class "${label}"`, series: part };
  });
}

function requirePositive(place: string, name: "x" | "y", values: readonly number[], scale: unknown): void {
  if (scale !== "log") return;
  const bad = values.findIndex((value) => value <= 0);
  if (bad < 0) return;
  throw new RangeError(
    `${place}: ${name}[${bad}] is ${values[bad]}, but a log scale only has room for values above 0`,
  );
}
