import { type PlotlyLayout, requireAlt, toPlotlyText } from "./figure.js";
import { describe } from "./numbers.js";
import { seriesColors } from "./palette.js";

/** How large a figure is, in pixels of the page, each from 120 to 4000. */
export interface FigureSize {
  /** The greatest width; in a narrower cell the figure shrinks. */
  readonly widthPx?: number;
  /** The height, which never changes. */
  readonly heightPx?: number;
}

/** What every figure of two axes understands. */
export interface PlotOptions {
  /** What a reader who cannot see the figure must know: what is drawn, and what it shows. Required. */
  readonly alt: string;
  /** Above the data, at the left. */
  readonly title?: string;
  /** Below the horizontal axis; with the unit: `petal length (cm)`. */
  readonly xLabel?: string;
  /** Beside the vertical axis. */
  readonly yLabel?: string;
  readonly size?: FigureSize;
  /** Puts the numbers into the output too, as a table that can be opened below the figure. */
  readonly table?: boolean;
}

/** Axes whose ends or scale the caller may fix. */
export interface AxisOptions {
  /** The two ends of the horizontal axis; by default all data is seen. */
  readonly xRange?: readonly [number, number];
  /** The two ends of the vertical axis; by default all data is seen. */
  readonly yRange?: readonly [number, number];
  /** Default "linear". */
  readonly xScale?: AxisScale;
  /** Default "linear". */
  readonly yScale?: AxisScale;
}

/** How an axis counts: evenly, or by powers of ten. */
export type AxisScale = "linear" | "log";

/** What a kind of figure brings along, before the caller's wishes. */
export interface LayoutDefaults extends Required<FigureSize> {
  /** Keeps room for a legend between title and data. */
  readonly legend?: boolean;
  /** A second, smaller line below the title. */
  readonly note?: string | undefined;
}

const clear = "rgba(0,0,0,0)";

/**
 * The layout that all figures share: transparent background, title at the left, legend above the data so that it
 * covers none, no colour of text or grid (the theme gives them at draw time).
 *
 * @throws TypeError for a missing `alt` or an option of the wrong type, RangeError for a size or range out of bounds.
 */
export function baseLayout(
  where: string,
  options: PlotOptions & AxisOptions,
  { legend = false, note, ...defaults }: LayoutDefaults,
): Record<string, unknown> {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(
      `${where}: needs options with at least { alt: "what the figure shows" }, got ${describe(options)}`,
    );
  }
  const alt = requireAlt(where, options.alt);
  const hasTitle = options.title !== undefined || note !== undefined;
  return {
    ...(hasTitle ? { title: titleOf(where, options.title ?? "", note) } : {}),
    meta: { alt },
    width: pixels(where, "size.widthPx", options.size?.widthPx ?? defaults.widthPx),
    height: pixels(where, "size.heightPx", options.size?.heightPx ?? defaults.heightPx),
    margin: {
      l: 64,
      r: 24,
      t: (hasTitle ? 52 : 24) + (note === undefined ? 0 : 22) + (legend ? 26 : 0),
      b: 60,
    },
    paper_bgcolor: clear,
    plot_bgcolor: clear,
    colorway: seriesColors,
    hovermode: "closest",
    legend: { orientation: "h", x: 0, xanchor: "left", y: 1.01, yanchor: "bottom" },
    xaxis: axis(where, "x", options.xLabel, options.xRange, options.xScale),
    yaxis: axis(where, "y", options.yLabel, options.yRange, options.yScale),
  };
}

/** An axis that makes room for its own labels. On a log scale plotly wants the exponents of a range. */
export function axis(
  where: string,
  name: "x" | "y",
  label?: string,
  range?: readonly [number, number],
  scale: AxisScale = "linear",
): PlotlyLayout {
  if (scale !== "linear" && scale !== "log") {
    throw new RangeError(`${where}: ${name}Scale must be "linear" or "log", got ${describe(scale)}`);
  }
  if (range !== undefined && !(range.length === 2 && range.every(Number.isFinite) && range[0] !== range[1])) {
    throw new RangeError(
      `${where}: ${name}Range must be two different finite numbers, got [${String(range)}]`,
    );
  }
  if (range !== undefined && scale === "log" && range.some((end) => end <= 0)) {
    throw new RangeError(`${where}: ${name}Range [${String(range)}] must be above 0 on a log scale`);
  }
  return {
    ...(label === undefined ? {} : { title: { text: toPlotlyText(String(label)), standoff: 12 } }),
    ...(range === undefined ? {} : { range: scale === "log" ? range.map(Math.log10) : range }),
    ...(scale === "log" ? { type: "log", ...logTicks(range) } : {}),
    automargin: true,
    zeroline: false,
  };
}

/** Powers of ten written as such, not as "10f" or "1M"; over several of them no digits between. */
function logTicks(range: readonly [number, number] | undefined): PlotlyLayout {
  const decades = range === undefined ? 0 : Math.abs(Math.log10(range[1] / range[0]));
  return { exponentformat: "power", ...(decades >= 2 ? { dtick: Math.ceil(decades / 12) } : {}) };
}

/** A title at the left edge of the data, with an optional second line. */
function titleOf(where: string, title: unknown, subtitle?: string): PlotlyLayout {
  if (typeof title !== "string")
    throw new TypeError(`${where}: title must be a string, got ${describe(title)}`);
  return {
    text: toPlotlyText(title),
    x: 0,
    xref: "paper",
    xanchor: "left",
    y: 1,
    yref: "container",
    yanchor: "top",
    pad: { t: 14 },
    ...(subtitle === undefined ? {} : { subtitle: { text: toPlotlyText(subtitle) } }),
  };
}

function pixels(where: string, name: string, value: unknown): number {
  if (typeof value === "number" && value >= 120 && value <= 4000) return Math.round(value);
  throw new RangeError(
    `${where}: ${name} must be a number of pixels from 120 to 4000, got ${describe(value)}`,
  );
}

/** A copy without some of its fields. */
export function without(record: PlotlyLayout, ...names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}
