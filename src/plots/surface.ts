import { readPath } from "./contour.js";
import { Figure, type PlotlyTrace, toPlotlyText } from "./figure.js";
import {
  type HeightField,
  type HeightOptions,
  type PlanePath,
  type SampledHeights,
  sampleHeights,
} from "./height-field.js";
import { baseLayout, type PlotOptions, without } from "./layout.js";
import { rounded } from "./numbers.js";
import { grey, heatStops, nth, seriesColors, seriesDashes } from "./palette.js";

/** The options of `plot.surface`. */
export interface SurfaceOptions extends PlotOptions, HeightOptions {
  readonly zLabel?: string;
  /** Ways over the surface; their heights are read from it. */
  readonly paths?: readonly PlanePath[];
}

/**
 * z(x, y) as a surface in space that can be turned, dark blue for low and yellow for high, with the ways of optimizers.
 * A contour says the same and is easier to read off; a surface shows the shape.
 *
 * @throws RangeError when a value is NaN or infinite, or a range is missing.
 *
 * @example
 * import { plot } from "gradus";
 * const figure = plot.surface((x, y) => x * x - y * y, { xRange: [-1, 1], yRange: [-1, 1], alt: "A saddle." });
 * console.log(figure.data[0].type); // surface
 */
export function surface(field: HeightField, options: SurfaceOptions): Figure {
  const where = "plot.surface";
  const paths = (options?.paths ?? []).map((path, i) => readPath(where, path, i));
  const layout = baseLayout(where, options, { widthPx: 640, heightPx: 480, legend: paths.length > 0 });
  const heights = sampleHeights(where, field, options, 36);
  const z = rounded(heights.z);
  const data: PlotlyTrace[] = [
    {
      type: "surface",
      x: heights.xs,
      y: heights.ys,
      z: heights.ys.map((_, row) => z.slice(row * heights.xs.length, (row + 1) * heights.xs.length)),
      colorscale: heatStops,
      colorbar: { outlinewidth: 0, thickness: 14, len: 0.7 },
      contours: { z: { show: true, color: grey, width: 1 } },
      opacity: paths.length > 0 ? 0.9 : 1,
    },
    ...paths.map(({ name, x, y }, i): PlotlyTrace => ({
      type: "scatter3d",
      mode: "lines+markers",
      name: toPlotlyText(name),
      showlegend: true,
      x,
      y,
      z: rounded(x.map((value, k) => heightAt(heights, value, y[k]) + 0.01 * (heights.high - heights.low))),
      line: { color: nth(seriesColors, i + 1), width: 5, dash: nth(seriesDashes, i) },
      marker: { color: nth(seriesColors, i + 1), size: 3 },
    })),
  ];
  const rest = without(layout, "xaxis", "yaxis");
  const axis = (label: string | undefined): object =>
    label === undefined ? {} : { title: { text: toPlotlyText(label) } };
  const scene = {
    xaxis: axis(options.xLabel ?? "x"),
    yaxis: axis(options.yLabel ?? "y"),
    zaxis: axis(options.zLabel ?? "z"),
    aspectmode: "manual",
    aspectratio: { x: 1, y: 1, z: 0.7 },
    camera: { eye: { x: 1.2, y: -1.35, z: 1.15 }, center: { x: 0, y: 0, z: -0.12 } },
  };
  const margin = { ...(layout["margin"] as object), l: 8, r: 8, b: 8 };
  return new Figure({ data, layout: { ...rest, margin, scene }, alt: options.alt });
}

/** The height at a place, linear between the grid points; outside the grid that of its edge. */
function heightAt({ xs, ys, z }: SampledHeights, x: number, y: number): number {
  const [col, tx] = cellOf(xs, x);
  const [row, ty] = cellOf(ys, y);
  const at = (r: number, c: number): number => z[r * xs.length + c];
  const lower = at(row, col) * (1 - tx) + at(row, col + 1) * tx;
  const upper = at(row + 1, col) * (1 - tx) + at(row + 1, col + 1) * tx;
  return lower * (1 - ty) + upper * ty;
}

function cellOf(values: readonly number[], value: number): readonly [number, number] {
  const found = values.findIndex((edge) => edge > value);
  const at = Math.min(values.length - 2, Math.max(0, (found < 0 ? values.length : found) - 1));
  const share = (value - values[at]) / (values[at + 1] - values[at]);
  return [at, Math.min(1, Math.max(0, share))];
}
