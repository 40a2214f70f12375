import { dataTable } from "./data-table.js";
import { words } from "./diagram.js";
import { Figure, type PlotlyTrace, toPlotlyText } from "./figure.js";
import {
  type HeightField,
  type HeightOptions,
  type PlanePath,
  type SampledHeights,
  sampleHeights,
} from "./height-field.js";
import { baseLayout, type PlotOptions } from "./layout.js";
import { type Numbers, readNumbers, rounded } from "./numbers.js";
import { grey, ink, nth, seriesColors, seriesDashes } from "./palette.js";
import { markerOf } from "./series.js";
import { type Polyline, zeroContour } from "./zero-contour.js";

/** The options of `plot.contour`. */
export interface ContourOptions extends PlotOptions, HeightOptions {
  /** Ways over the plane, for example of optimizers; each begins at a large mark and ends at a star. */
  readonly paths?: readonly PlanePath[];
  /** The heights of the lines; by default ten that lie the closer together, the lower they are. */
  readonly levels?: Numbers;
  /** Marks this point, for example the minimum. */
  readonly minimum?: readonly [number, number];
}

/**
 * Lines of equal height of z(x, y), each with its height, and the ways of optimizers over them.
 *
 * `plot.contour((w, b) => loss(w, b), { xRange: [-2, 2], yRange: [-2, 2], paths: [{ x, y, name: "SGD" }], alt })`
 *
 * @throws RangeError when a value is NaN or infinite, a range is missing, or x and y of a path differ in length.
 *
 * @example
 * import { plot } from "gradus";
 * const path = { name: "gradient descent", x: [-2, -1, -0.5], y: [1, -0.5, 0.25] };
 * const figure = plot.contour((w, b) => w * w + 3 * b * b, {
 *   xRange: [-2.5, 2.5],
 *   yRange: [-1.5, 1.5],
 *   paths: [path],
 *   alt: "Ellipses around the origin; the path jumps from side to side towards it.",
 * });
 * console.log(figure.data.some((trace) => trace.name === "gradient descent")); // true
 */
export function contour(field: HeightField, options: ContourOptions): Figure {
  const where = "plot.contour";
  const paths = options?.paths ?? [];
  const layout = baseLayout(where, options, {
    widthPx: 600,
    heightPx: 480,
    legend: paths.length > 0 || options.minimum !== undefined,
  });
  const heights = sampleHeights(where, field, options, 80);
  const levels =
    options.levels === undefined ? bowlLevels(heights) : readNumbers(options.levels, `${where}: levels`);
  const lines = levels.map((level) => ({
    level,
    runs: zeroContour(
      heights.xs,
      heights.ys,
      heights.z.map((value) => value - level),
    ),
  }));
  const data: PlotlyTrace[] = [
    levelTrace(
      lines.flatMap(({ runs }) => runs),
      heights,
    ),
    levelLabels(lines),
  ];
  const read = paths.map((path, i) => readPath(where, path, i));
  data.push(...read.flatMap((path, i) => pathTraces(path, i)));
  // Last, above a path that wanders around it.
  if (options.minimum !== undefined) data.push(minimumTrace(where, options.minimum));
  const [xRange, yRange] = [heights.xs, heights.ys].map((side) => [side[0], side[side.length - 1]]);
  const table =
    options.table === true
      ? dataTable(
          ["path", "step", options.xLabel ?? "x", options.yLabel ?? "y"],
          read.flatMap(({ name, x, y }) => x.map((value, k) => [name, k, value, y[k]])),
        )
      : undefined;
  return new Figure({
    data,
    layout: {
      ...layout,
      xaxis: { ...(layout["xaxis"] as object), range: xRange, showgrid: false },
      yaxis: { ...(layout["yaxis"] as object), range: yRange, showgrid: false },
    },
    alt: options.alt,
    table,
  });
}

export interface ReadPath {
  readonly name: string;
  readonly x: number[];
  readonly y: number[];
}

/** A path, checked. */
export function readPath(where: string, path: PlanePath, index: number): ReadPath {
  const place = `${where}: path "${path?.name ?? index}"`;
  const x = readNumbers(path.x, `${place}: x`);
  const y = readNumbers(path.y, `${place}: y`);
  if (x.length !== y.length) {
    throw new RangeError(`${place}: x has ${x.length} values but y has ${y.length}. Every step needs both.`);
  }
  return { name: String(path.name), x: rounded(x), y: rounded(y) };
}

/** Heights that leave even gaps between the lines of a bowl: they grow with the square. */
function bowlLevels({ low, high }: SampledHeights): number[] {
  if (high === low) return [];
  return Array.from({ length: 10 }, (_, k) =>
    Number((low + (high - low) * ((k + 0.6) / 10) ** 2).toPrecision(2)),
  );
}

function levelTrace(runs: readonly Polyline[], { xs, ys }: SampledHeights): PlotlyTrace {
  const side = (index: 0 | 1, values: readonly number[]): (number | null)[] => {
    const step = (values[values.length - 1] - values[0]) / (values.length - 1);
    const decimals = Math.min(15, Math.max(0, 1 - Math.floor(Math.log10(step))));
    return runs.flatMap((run, i) => [
      ...(i === 0 ? [] : [null]),
      ...thinned(run).map((point) => Number(point[index].toFixed(decimals))),
    ]);
  };
  return {
    type: "scatter",
    mode: "lines",
    x: side(0, xs),
    y: side(1, ys),
    line: { color: grey, width: 1 },
    hoverinfo: "skip",
    showlegend: false,
  };
}

/** Every other point of a long run: a contour of 80 grid steps is still smooth with half of them. */
function thinned(run: Polyline): Polyline {
  return run.length < 40 ? run : run.filter((_, i) => i % 2 === 0 || i === run.length - 1);
}

/** The height of each line, written on its longest run. */
function levelLabels(
  lines: readonly { readonly level: number; readonly runs: readonly Polyline[] }[],
): PlotlyTrace {
  const spots = lines.flatMap(({ level, runs }, k) => {
    const longest = [...runs].sort((a, b) => b.length - a.length)[0];
    if (longest === undefined || longest.length < 8) return [];
    // The places wander around the bowl, so that the labels do not lie on each other.
    const [x, y] = longest[Math.floor(longest.length * ((0.12 + 0.19 * k) % 1))];
    return [{ x, y, text: String(level).replace("-", "\u2212") }];
  });
  return words(spots, { sizePx: 11, color: ink });
}

function minimumTrace(where: string, point: readonly [number, number]): PlotlyTrace {
  const at = readNumbers(point, `${where}: minimum`);
  return {
    type: "scatter",
    mode: "markers",
    x: [at[0]],
    y: [at[1]],
    marker: { symbol: "cross-thin", size: 14, color: ink, line: { width: 2, color: ink } },
    hovertemplate: "minimum (%{x}, %{y})<extra></extra>",
    name: "minimum",
    showlegend: true,
  };
}

function pathTraces({ name, x, y }: ReadPath, index: number): PlotlyTrace[] {
  const color = nth(seriesColors, index);
  const last = x.length - 1;
  return [
    {
      type: "scatter",
      mode: "lines+markers",
      name: toPlotlyText(name),
      showlegend: true,
      legendgroup: name,
      x,
      y,
      line: { color, width: 2, dash: nth(seriesDashes, index) },
      marker: {
        ...markerOf(index, 6),
        ...(x.length > 60 ? { maxdisplayed: 40 } : {}),
      },
      hovertemplate: "%{x}, %{y}",
    },
    // The start is a large mark of the path's shape, by itself: of a long path plotly draws some points only.
    {
      type: "scatter",
      mode: "markers",
      x: [x[0]],
      y: [y[0]],
      marker: { ...markerOf(index, 13), color },
      legendgroup: name,
      showlegend: false,
      hoverinfo: "skip",
    },
    {
      type: "scatter",
      mode: "markers",
      x: [x[last]],
      y: [y[last]],
      marker: { symbol: "star", size: 14, color, line: { width: 1, color: ink } },
      legendgroup: name,
      showlegend: false,
      hoverinfo: "skip",
    },
  ];
}
