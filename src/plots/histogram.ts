import { beside } from "./beside.js";
import { dataTable } from "./data-table.js";
import { Figure, type PlotlyTrace, toPlotlyText } from "./figure.js";
import { type AxisOptions, baseLayout, type FigureSize, type PlotOptions } from "./layout.js";
import { describe, type Numbers, readEveryNumber, rounded } from "./numbers.js";
import { nth, seriesColors, seriesDashes, withOpacity } from "./palette.js";

/** Values of one group, for example of one class. */
export interface NamedValues {
  readonly name: string;
  readonly values: Numbers;
}

/** The options of `plot.histogram`. */
export interface HistogramOptions extends PlotOptions, Pick<AxisOptions, "xRange" | "yRange"> {
  /** The number of bins, 1 to 200; by default 5 to 40, by the square root of the number of values. */
  readonly bins?: number;
  /** The height of a bin: how many values lie in it, or their share. Default "count". */
  readonly height?: "count" | "share";
}

/** The options of `plot.layerHistograms`. */
export interface LayerHistogramsOptions {
  readonly title?: string;
  /** By default a sentence with the mean and spread of each layer. */
  readonly alt?: string;
  /** Name of the values below each panel. */
  readonly xLabel?: string;
  readonly xRange?: readonly [number, number];
  readonly bins?: number;
  readonly size?: FigureSize;
}

/**
 * How many values lie in each of equally wide bins; the last bin holds its right end, too. Several groups are drawn as
 * outlines over each other that differ in colour and dash. With `xRange`, values outside are counted nowhere. A matrix
 * stands for all its numbers.
 *
 * @throws RangeError when there are no values, a value is NaN or infinite, or `bins` is no whole number from 1 to 200.
 *
 * @example
 * import { plot, Random } from "gradus";
 * const random = new Random(1);
 * const values = Array.from({ length: 500 }, () => random.normal());
 * const figure = plot.histogram(values, { bins: 12, xLabel: "value", alt: "A bell around 0." });
 * console.log(figure.data.length, "row of bars"); // 1 row of bars
 */
export function histogram(values: Numbers | readonly NamedValues[], options: HistogramOptions): Figure {
  const where = "plot.histogram";
  const groups = readGroups(where, values);
  const yLabel = options?.height === "share" ? "share" : "count";
  const layout = baseLayout(
    where,
    { ...options, yLabel: options?.yLabel ?? yLabel },
    { widthPx: 640, heightPx: 360, legend: groups.length > 1 },
  );
  const edges = binEdges(
    where,
    groups.flatMap((group) => group.values),
    options,
  );
  const heights = groups.map((group) => {
    const counts = countInBins(group.values, edges);
    return options.height === "share" ? rounded(counts.map((count) => count / group.values.length)) : counts;
  });
  const middles = rounded(edges.slice(1).map((edge, i) => (edge + edges[i]) / 2));
  const data: PlotlyTrace[] = groups.map((group, i) =>
    groups.length === 1
      ? bars(middles, heights[i], edges[1] - edges[0])
      : outline(rounded(edges), heights[i], group.name, i),
  );
  const ends = rounded(edges);
  const table =
    options.table === true
      ? dataTable(
          ["from", "to", ...groups.map(({ name }) => (groups.length === 1 ? yLabel : `${name}: ${yLabel}`))],
          middles.map((_, bin) => [ends[bin], ends[bin + 1], ...heights.map((own) => own[bin])]),
        )
      : undefined;
  const yaxis = {
    ...(layout["yaxis"] as object),
    ...(options.yRange === undefined ? { rangemode: "tozero" } : {}),
  };
  const xaxis = { ...(layout["xaxis"] as object), range: options.xRange ?? [ends[0], ends[ends.length - 1]] };
  return new Figure({ data, layout: { ...layout, xaxis, yaxis, bargap: 0.04 }, alt: options.alt, table });
}

/**
 * A histogram of each layer side by side, on the same axes, so that a signal or a gradient that dies out from layer to
 * layer is seen as such. Each panel says mean and standard deviation.
 *
 * @param layers values by the name of their layer: activations, weights or gradients, as lists or matrices.
 *
 * @example
 * import { plot } from "gradus";
 * const figure = plot.layerHistograms({ first: [-1, 0, 1], second: [-0.1, 0, 0.1] });
 * for (const part of figure.alt.split("; ")) console.log(part);
 * // Histograms of 2 layers: first has mean 0 and standard deviation 0.82
 * // second has mean 0 and standard deviation 0.082.
 */
export function layerHistograms(
  layers: Readonly<Record<string, Numbers>> | readonly NamedValues[],
  options: LayerHistogramsOptions = {},
): Figure {
  const where = "plot.layerHistograms";
  const list = Array.isArray(layers)
    ? (layers as readonly NamedValues[])
    : Object.entries(layers as Record<string, Numbers>).map(([name, values]) => ({ name, values }));
  if (list.length === 0) throw new RangeError(`${where}: there is no layer. Give { name: values }.`);
  const groups = readGroups(where, list);
  const edges = binEdges(
    where,
    groups.flatMap((group) => group.values),
    { bins: 24, ...options },
  );
  const xRange: readonly [number, number] = [edges[0], edges[edges.length - 1]];
  const facts = groups.map(({ name, values }) => ({ name, ...momentsOf(values) }));
  const alt =
    options.alt ??
    `Histograms of ${groups.length} layers: ${facts
      .map(({ name, mean, deviation }) => `${name} has mean ${mean} and standard deviation ${deviation}`)
      .join("; ")}.`;
  const highest = Math.max(
    ...groups.flatMap((group) => countInBins(group.values, edges).map((n) => n / group.values.length)),
  );
  const columns = Math.min(groups.length, 5);
  const panels = groups.map(({ values }, i) =>
    histogram(values, {
      alt,
      xRange,
      yRange: [0, highest * 1.05],
      bins: edges.length - 1,
      height: "share",
      yLabel: i % columns === 0 ? "share" : "",
      ...(options.xLabel === undefined ? {} : { xLabel: options.xLabel }),
    }),
  );
  return beside(panels, {
    alt,
    columns,
    panelTitles: facts.map(({ name, mean, deviation }) => `${name}\n\u03bc ${mean}, \u03c3 ${deviation}`),
    size: {
      widthPx: options.size?.widthPx ?? Math.min(1040, 220 * columns + 80),
      heightPx: options.size?.heightPx ?? 290 * Math.ceil(groups.length / columns),
    },
    ...(options.title === undefined ? {} : { title: options.title }),
  });
}

interface Group {
  readonly name: string;
  readonly values: readonly number[];
}

function readGroups(where: string, input: Numbers | readonly NamedValues[]): Group[] {
  const isNamed = Array.isArray(input) && typeof input[0] === "object" && input[0] !== null;
  if (!isNamed) return [{ name: "", values: readEveryNumber(input as Numbers, `${where}: values`) }];
  return (input as readonly NamedValues[]).map((group, i) => {
    if (typeof group?.name !== "string") {
      throw new TypeError(`${where}: group ${i} must be { name, values }, got ${describe(group)}`);
    }
    return { name: group.name, values: readEveryNumber(group.values, `${where}: "${group.name}"`) };
  });
}

/** Equally wide bins over all values, or over `xRange`. */
function binEdges(
  where: string,
  values: readonly number[],
  { bins, xRange }: Pick<HistogramOptions, "bins" | "xRange">,
): number[] {
  const count = bins ?? Math.min(40, Math.max(5, Math.ceil(Math.sqrt(values.length))));
  if (!Number.isInteger(count) || count < 1 || count > 200) {
    throw new RangeError(`${where}: bins must be a whole number from 1 to 200, got ${describe(bins)}`);
  }
  let [low, high] = xRange ?? [Infinity, -Infinity];
  if (xRange === undefined) {
    for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  // Without the last digits: an edge that is 0 on paper must be 0.
  const tidy = (edge: number): number =>
    Math.abs(edge) < (high - low) * 1e-12 ? 0 : Number(edge.toPrecision(14));
  return Array.from({ length: count + 1 }, (_, i) =>
    i === 0 ? low : i === count ? high : tidy(low + ((high - low) * i) / count),
  );
}

function countInBins(values: readonly number[], edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  const [low, high] = [edges[0], edges[edges.length - 1]];
  for (const value of values) {
    if (value < low || value > high) continue;
    let bin = Math.min(Math.floor(((value - low) / (high - low)) * counts.length), counts.length - 1);
    // The quotient is rounded; the edges decide, and a value on an edge belongs to the bin on its right, the last edge aside.
    if (value < edges[bin]) bin--;
    else if (bin + 1 < counts.length && value >= edges[bin + 1]) bin++;
    counts[bin] += 1;
  }
  return counts;
}

function bars(x: readonly number[], y: readonly number[], width: number): PlotlyTrace {
  return {
    type: "bar",
    x,
    y,
    width: Number(width.toPrecision(6)),
    marker: { color: nth(seriesColors, 0), line: { width: 0.5, color: "paper" } },
    showlegend: false,
  };
}

function outline(edges: readonly number[], heights: readonly number[], name: string, i: number): PlotlyTrace {
  return {
    type: "scatter",
    mode: "lines",
    x: edges,
    y: [...heights, heights[heights.length - 1]],
    name: toPlotlyText(name),
    showlegend: true,
    line: { color: nth(seriesColors, i), width: 2, dash: nth(seriesDashes, i), shape: "hv" },
    fill: "tozeroy",
    fillcolor: withOpacity(nth(seriesColors, i), 0.15),
  };
}

function momentsOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length;
  const short = (value: number): number => Number(value.toPrecision(2));
  return { mean: short(Math.abs(mean) < 1e-12 ? 0 : mean), deviation: short(Math.sqrt(variance)) };
}
