import { pointTable } from "./data-table.js";
import { Figure, hasLegend, type PlotlyTrace } from "./figure.js";
import { type AxisOptions, baseLayout, type PlotOptions } from "./layout.js";
import { type SeriesInput, seriesTraces } from "./series.js";

/**
 * y against x as lines. Several series differ in colour, dash and marker; `band: { low, high }` shades a range around one.
 *
 * `plot.line([3, 2, 1], { alt })`, `plot.line({ x, y }, { alt })`, `plot.line([{ x, y, name }, ...], { alt })`
 *
 * @throws RangeError when a series is empty, x and y differ in length, or a value is NaN or infinite.
 *
 * @example
 * import { plot } from "gradus";
 * const x = [-2, -1, 0, 1, 2];
 * const square = { x, y: x.map((value) => value ** 2), name: "x²" };
 * const slope = { x, y: x.map((value) => 2 * value), name: "2x" };
 * const alt = "The line 2x is 0 where the curve x² is lowest.";
 * const figure = plot.line([square, slope], { title: "A function and its derivative", alt });
 * console.log(figure.title); // A function and its derivative
 */
export function line(series: SeriesInput, options: PlotOptions & AxisOptions): Figure {
  return xyFigure("plot.line", series, options, "line");
}

/**
 * Points at (x, y). With `labels`, each class has a colour and a shape of its own.
 *
 * `plot.scatter({ x, y, labels }, { alt })`; a series with `draw: "line"` puts a line through the points.
 *
 * @throws RangeError when a series is empty, lengths differ, or a value is NaN or infinite.
 *
 * @example
 * import { loadIris, plot } from "gradus";
 * const iris = loadIris();
 * const figure = plot.scatter(
 *   { x: iris.x.column(2), y: iris.x.column(3), labels: iris.labels },
 *   { xLabel: "petal length (cm)", yLabel: "petal width (cm)", alt: "Setosa lies apart from the other two." },
 * );
 * console.log(figure.data.length, "classes"); // 3 classes
 */
export function scatter(series: SeriesInput, options: PlotOptions & AxisOptions): Figure {
  return xyFigure("plot.scatter", series, options, "points");
}

function xyFigure(
  where: string,
  series: SeriesInput,
  options: PlotOptions & AxisOptions,
  draw: "line" | "points",
): Figure {
  const data = seriesTraces(where, series, draw, options ?? {});
  const layout = baseLayout(where, options, { widthPx: 720, heightPx: 420, legend: hasLegend(data) });
  const table =
    options.table === true
      ? pointTable(
          data.filter((trace) => trace["fill"] === undefined),
          options,
        )
      : undefined;
  return new Figure({
    data,
    layout: { ...layout, xaxis: { ...(layout["xaxis"] as object), ...wholeTicks(data, options) } },
    alt: options.alt,
    table,
  });
}

/** A few whole numbers, as seeds or layers are, each get their tick: plotly would write 2 and 4, or 1.5. */
function wholeTicks(data: readonly PlotlyTrace[], { xRange, xScale }: AxisOptions): PlotlyTrace {
  const x = data.flatMap((trace) => trace["x"] as readonly number[]);
  if (x.length > 1000 || xScale === "log" || !x.every(Number.isInteger)) return {};
  const spread = Math.max(...x) - Math.min(...x);
  const shown = xRange === undefined ? spread : Math.abs(xRange[1] - xRange[0]);
  return spread >= 2 && shown <= 9 ? { dtick: 1 } : {};
}
