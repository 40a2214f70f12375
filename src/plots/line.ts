import { Figure, hasLegend } from "./figure.js";
import { type AxisOptions, baseLayout, type PlotOptions } from "./layout.js";
import { type SeriesInput, seriesTraces } from "./series.js";

/**
 * y against x as lines. Several series differ in colour, dash and marker.
 *
 * `plot.line([3, 2, 1], { alt })`, `plot.line({ x, y }, { alt })`, `plot.line([{ x, y, name }, ...], { alt })`
 *
 * @throws RangeError when a series is empty, x and y differ in length, or a value is NaN or infinite.
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
  return new Figure({ data, layout, alt: options.alt });
}
