import { dataTable } from "./data-table.js";
import { Figure, type PlotlyTrace, toPlotlyText } from "./figure.js";
import type { NamedValues } from "./histogram.js";
import { type AxisOptions, baseLayout, type PlotOptions } from "./layout.js";
import { describe, readNumbers, rounded } from "./numbers.js";
import { nth, seriesColors, seriesDashes, seriesPatterns, withOpacity } from "./palette.js";

/**
 * A density a group, one above the other, so that features or classes can be compared at a glance. The curves are
 * kernel density estimates with a Gaussian of Silverman's width, 0.9 · min(σ, IQR / 1.34) · n^(-1/5) (B. W. Silverman,
 * "Density Estimation for Statistics and Data Analysis", 1986, eq. 3.31); all have the same height.
 *
 * @throws RangeError when a group is empty or holds NaN or an infinity.
 *
 * @example
 * import { plot } from "gradus";
 * const figure = plot.ridgeline(
 *   [{ name: "red", values: [9, 9.5, 10, 11] }, { name: "white", values: [8, 10, 11, 13] }],
 *   { xLabel: "alcohol (%)", alt: "White wines spread wider than red ones." },
 * );
 * console.log(figure.data.length, "hills"); // 2 hills
 */
export function ridgeline(
  groups: readonly NamedValues[],
  options: PlotOptions & Pick<AxisOptions, "xRange">,
): Figure {
  const where = "plot.ridgeline";
  const read = readGroups(where, groups);
  const layout = baseLayout(where, options, { widthPx: 640, heightPx: 120 + 60 * read.length });
  const all = read.flatMap(({ values }) => values);
  const widths = read.map(({ values }) => bandwidth(values));
  const [low, high] = options.xRange ?? [
    Math.min(...all) - 2 * Math.max(...widths),
    Math.max(...all) + 2 * Math.max(...widths),
  ];
  const xs = rounded(Array.from({ length: 81 }, (_, i) => low + ((high - low) * i) / 80));
  // The first group stands at the top; the lowest is drawn last, in front of the one behind it.
  const data = read.map(({ name, values }, i): PlotlyTrace => {
    const base = read.length - 1 - i;
    const curve = density(values, xs, widths[i]);
    const top = Math.max(...curve);
    return {
      type: "scatter",
      mode: "lines",
      name: toPlotlyText(name),
      showlegend: false,
      x: [...xs, xs[80], xs[0], xs[0]],
      y: [
        ...curve.map((value) => Number((base + (1.25 * value) / top).toFixed(3))),
        base,
        base,
        Number((base + (1.25 * curve[0]) / top).toFixed(3)),
      ],
      fill: "toself",
      fillcolor: withOpacity(nth(seriesColors, i), 0.4),
      line: { color: nth(seriesColors, i), width: 2, dash: nth(seriesDashes, i) },
      hoverinfo: "name",
    };
  });
  const yaxis = {
    ...(layout["yaxis"] as object),
    tickvals: read.map((_, i) => read.length - 1 - i),
    ticktext: read.map(({ name }) => toPlotlyText(name)),
    range: [-0.15, read.length + 0.35],
    showgrid: false,
  };
  return new Figure({
    data,
    layout: { ...layout, yaxis },
    alt: options.alt,
    table: options.table === true ? summaryTable(read) : undefined,
  });
}

/**
 * The five numbers of each group: a box from the first to the third quartile with a line at the median, whiskers to the
 * last values within 1.5 boxes of it, and what lies farther out as points (J. W. Tukey, "Exploratory Data Analysis", 1977).
 *
 * @throws RangeError when a group is empty or holds NaN or an infinity.
 *
 * @example
 * import { plot } from "gradus";
 * const wines = [{ name: "red", values: [1, 2, 3, 4, 20] }];
 * const figure = plot.box(wines, { alt: "Most lie from 2 to 4, one at 20.", table: true });
 * console.log(figure.table?.rows[0].join(", ")); // red, 5, 1, 2, 3, 4, 4
 */
export function box(
  groups: readonly NamedValues[],
  options: PlotOptions & Pick<AxisOptions, "yRange">,
): Figure {
  const where = "plot.box";
  const read = readGroups(where, groups);
  const layout = baseLayout(where, options, { widthPx: 640, heightPx: 400 });
  const data = read.map(({ name, values }, i): PlotlyTrace => {
    const { q1, median, q3, low, high, far } = fiveNumbers(values);
    const pattern = nth(seriesPatterns, i);
    return {
      type: "box",
      name: toPlotlyText(name),
      x: [toPlotlyText(name)],
      q1: [q1],
      median: [median],
      q3: [q3],
      lowerfence: [low],
      upperfence: [high],
      ...(far.length === 0 ? {} : { y: [rounded(far)], boxpoints: "outliers", jitter: 0.4, pointpos: 0 }),
      line: { color: nth(seriesColors, i), width: 2 },
      fillcolor: withOpacity(nth(seriesColors, i), pattern === "" ? 0.35 : 0.2),
      marker: { size: 5, color: nth(seriesColors, i) },
      showlegend: false,
    };
  });
  const xaxis = { ...(layout["xaxis"] as object), type: "category", showgrid: false };
  return new Figure({
    data,
    layout: { ...layout, xaxis },
    alt: options.alt,
    table: options.table === true ? summaryTable(read) : undefined,
  });
}

interface Group {
  readonly name: string;
  readonly values: readonly number[];
}

function readGroups(where: string, groups: readonly NamedValues[]): Group[] {
  if (!Array.isArray(groups) || groups.length === 0) {
    throw new RangeError(`${where}: expects a list of { name, values }, got ${describe(groups)}`);
  }
  return (groups as readonly NamedValues[]).map((group, i) => {
    if (typeof group?.name !== "string") {
      throw new TypeError(`${where}: group ${i} must be { name, values }, got ${describe(group)}`);
    }
    return { name: group.name, values: readNumbers(group.values, `${where}: "${group.name}"`) };
  });
}

function fiveNumbers(values: readonly number[]): {
  q1: number;
  median: number;
  q3: number;
  low: number;
  high: number;
  far: number[];
} {
  const sorted = [...values].sort((a, b) => a - b);
  const [q1, median, q3] = [0.25, 0.5, 0.75].map((share) => Number(quantile(sorted, share).toPrecision(6)));
  const reach = 1.5 * (q3 - q1);
  const near = sorted.filter((value) => value >= q1 - reach && value <= q3 + reach);
  return {
    q1,
    median,
    q3,
    low: near[0] ?? q1,
    high: near[near.length - 1] ?? q3,
    far: sorted.filter((value) => value < q1 - reach || value > q3 + reach),
  };
}

/** The value below which a share of the sorted values lies, linear between neighbours: R's type 7, NumPy's default. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  return sorted[low] + (place - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
}

function bandwidth(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const deviation = Math.sqrt(
    values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length,
  );
  const middle = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.34;
  const spread = middle > 0 ? Math.min(deviation, middle) : deviation;
  // All values equal: any small width draws one narrow hill.
  return spread > 0 ? 0.9 * spread * values.length ** -0.2 : Math.max(1e-3, Math.abs(mean) * 1e-3);
}

function density(values: readonly number[], xs: readonly number[], width: number): number[] {
  return xs.map((x) =>
    values.reduce((total, value) => total + Math.exp(-0.5 * ((x - value) / width) ** 2), 0),
  );
}

function summaryTable(groups: readonly Group[]): ReturnType<typeof dataTable> {
  return dataTable(
    ["group", "values", "lower whisker", "first quartile", "median", "third quartile", "upper whisker"],
    groups.map(({ name, values }) => {
      const { q1, median, q3, low, high } = fiveNumbers(values);
      return [name, values.length, low, q1, median, q3, high];
    }),
  );
}
