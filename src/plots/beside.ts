import { Figure, type PlotlyLayout, type PlotlyTrace, requireAlt, toPlotlyText } from "./figure.js";
import { type FigureSize, without } from "./layout.js";
import { describe } from "./numbers.js";

/** The options of `plot.beside`. */
export interface BesideOptions {
  /** What the figures show together. */
  readonly alt: string;
  /** The title of the whole; by default there is only that of each panel. */
  readonly title?: string;
  /** Panels a row; by default all in one row. */
  readonly columns?: number;
  /** A headline for each panel; by default the title of each figure. */
  readonly panelTitles?: readonly string[];
  readonly size?: FigureSize;
}

const PANEL_WIDTH = 390;
const PANEL_HEIGHT = 330;

/**
 * Figures next to each other as one figure; each keeps its own axes, a class or series that occurs in several has one
 * entry in the legend.
 *
 * @throws RangeError when there are no figures, or one of them has sliders: put the figures beside each other inside
 * `plot.slider`, not the other way round.
 *
 * @example
 * import { plot } from "gradus";
 * const [left, right] = [[1, 2], [2, 1]].map((y) => plot.line(y, { alt: "A line." }));
 * const figure = plot.beside([left, right], { panelTitles: ["before", "after"], alt: "One rises, one falls." });
 * console.log(figure.data.length, "lines"); // 2 lines
 */
export function beside(figures: readonly Figure[], options: BesideOptions): Figure {
  const where = "plot.beside";
  const alt = requireAlt(where, options?.alt);
  if (!isList(figures) || figures.length === 0) {
    throw new RangeError(`${where}: expects a list of figures, got ${describe(figures)}`);
  }
  figures.forEach((figure: unknown, i) => {
    if (!(figure instanceof Figure))
      throw new TypeError(`${where}: panel ${i + 1} must be a figure, got ${describe(figure)}`);
    if (figure.frames.length > 0 || "controls" in (figure.layout["meta"] as object)) {
      throw new RangeError(
        `${where}: panel ${i + 1} has sliders. Put the figures beside each other inside plot.slider, for each value.`,
      );
    }
  });
  const columns = options.columns ?? figures.length;
  if (!Number.isInteger(columns) || columns < 1) {
    throw new RangeError(`${where}: columns must be a whole number of 1 or more, got ${describe(columns)}`);
  }
  const titles = options.panelTitles ?? figures.map((figure) => figure.title);
  if (titles.length !== figures.length) {
    throw new RangeError(`${where}: there are ${titles.length} panelTitles for ${figures.length} figures`);
  }
  const rows = Math.ceil(figures.length / columns);
  const width = options.size?.widthPx ?? Math.min(1040, PANEL_WIDTH * Math.min(columns, figures.length));
  const legend = figures.some(({ data }) => data.some((trace) => trace["showlegend"] === true));
  const lines = Math.max(0, ...titles.map((title) => (title === "" ? 0 : title.split("\n").length)));
  const top = (options.title === undefined ? 14 : 44) + (legend ? 26 : 0) + 18 * lines + 6;
  const bare = figures.every(hasNoAxes);
  const frame = {
    ...(bare ? { left: 12, bottom: 14 } : { left: 58, bottom: 52 }),
    // Between panels stand tick labels and a name; pictures need none, a colour bar needs its own.
    gapX: (bare ? 28 : 88) + (figures.some(hasColorBar) ? 48 : 0),
    gapY: bare ? 30 + 18 * lines : 100,
  };
  const across = Math.min(columns, figures.length);
  const panelWidth = (width - frame.left - 16 - frame.gapX * (across - 1)) / across;
  const shapes = figures.flatMap((figure) => squareShape(figure) ?? []);
  const inside =
    bare && shapes.length === figures.length
      ? panelWidth * Math.max(...shapes) * rows + frame.gapY * (rows - 1) + frame.bottom
      : PANEL_HEIGHT * rows;
  const height = options.size?.heightPx ?? Math.round(inside + top);
  const room: Room = { ...frame, top, width, height };
  const panels = figures.map((figure, i) =>
    panel(figure, i, titles[i], cellOf(i, Math.min(columns, figures.length), rows, room)),
  );
  const named = new Set<unknown>();
  const data = panels.flatMap(({ traces }) =>
    traces.map((trace) => {
      if (trace["name"] === undefined) return trace;
      // One name may stand for two looks; then both are explained.
      const { symbol, color } = (trace["marker"] ?? {}) as { symbol?: unknown; color?: unknown };
      const look = JSON.stringify([trace["name"], symbol, color, trace["line"]]);
      const first = !named.has(look);
      if (trace["showlegend"] === true) named.add(look);
      // The legend's switch works on all panels.
      return { ...trace, legendgroup: trace["name"], showlegend: trace["showlegend"] === true && first };
    }),
  );
  const shared = without(figures[0].layout, "xaxis", "yaxis", "title", "meta", "annotations", "shapes");
  const layout = {
    ...shared,
    width,
    height,
    margin: { l: room.left, r: 16, t: top, b: room.bottom },
    legend: {
      ...(shared["legend"] as object | undefined),
      x: 0,
      y: 1 + (18 * lines + 8) / (height - top - room.bottom),
    },
    ...(options.title === undefined ? {} : { title: { ...titleStyle, text: toPlotlyText(options.title) } }),
    ...Object.assign({}, ...panels.map(({ axes }) => axes)),
    annotations: panels.flatMap(({ annotations }) => annotations),
    shapes: panels.flatMap(({ shapes }) => shapes),
  };
  return new Figure({ data, layout, alt });
}

const titleStyle = {
  x: 0,
  xref: "paper",
  xanchor: "left",
  y: 1,
  yref: "container",
  yanchor: "top",
  pad: { t: 14 },
};

type Range = readonly [number, number];
/** The whole figure and what stays free in it, in pixels. */
interface Room {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
  readonly gapX: number;
  readonly gapY: number;
}

interface PanelPlace {
  readonly x: Range;
  readonly y: Range;
}

/** Where panel i stands, as shares of the room inside the margins; between panels there is room for ticks and titles. */
function cellOf(i: number, columns: number, rows: number, room: Room): PanelPlace {
  const inner = { width: room.width - room.left - 16, height: room.height - room.top - room.bottom };
  const [gapX, gapY] = [room.gapX / inner.width, room.gapY / inner.height];
  const [w, h] = [(1 - gapX * (columns - 1)) / columns, (1 - gapY * (rows - 1)) / rows];
  const [column, row] = [i % columns, Math.floor(i / columns)];
  const [x, y] = [column * (w + gapX), 1 - row * (h + gapY) - h];
  return { x: [clip(x), clip(x + w)], y: [clip(y), clip(y + h)] };
}

interface Panel {
  readonly traces: PlotlyTrace[];
  readonly axes: Record<string, unknown>;
  readonly annotations: PlotlyLayout[];
  readonly shapes: PlotlyLayout[];
}

function panel(figure: Figure, index: number, title: string, place: PanelPlace): Panel {
  // A figure may have several axes of its own; ten numbers a panel are room enough.
  const renamed = (id: unknown, side: string): string => {
    const own = Number(String(id ?? side).slice(1) || "1");
    const number = index * 10 + own;
    return number === 1 ? side : `${side}${number}`;
  };
  const axisName = (name: string): string => {
    const id = renamed(name.replace("axis", ""), name[0]);
    return `${id[0]}axis${id.slice(1)}`;
  };
  const axes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(figure.layout)) {
    if (/^[xy]axis\d*$/.test(name)) {
      const axis = value as Record<string, unknown>;
      const other = name.startsWith("x") ? "y" : "x";
      axes[axisName(name)] = {
        ...axis,
        domain: within(place[name[0] as "x" | "y"], axis["domain"] as Range | undefined),
        anchor: renamed(axis["anchor"], other),
        ...(axis["scaleanchor"] === undefined
          ? {}
          : { scaleanchor: renamed(axis["scaleanchor"], String(axis["scaleanchor"])[0]) }),
        ...(axis["matches"] === undefined ? {} : { matches: renamed(axis["matches"], name[0]) }),
      };
    }
    if (/^scene\d*$/.test(name)) axes[`scene${index + 1}`] = { ...(value as object), domain: place };
  }
  const traces = figure.data.map((trace) => {
    if (trace["scene"] !== undefined || trace["type"] === "surface" || trace["type"] === "scatter3d") {
      return { ...trace, scene: `scene${index + 1}`, ...besideBar(trace, place) };
    }
    return {
      ...trace,
      xaxis: renamed(trace["xaxis"], "x"),
      yaxis: renamed(trace["yaxis"], "y"),
      ...besideBar(trace, place),
    };
  });
  const moved = (item: PlotlyLayout): PlotlyLayout => {
    const copy: Record<string, unknown> = { ...item };
    for (const key of ["xref", "yref", "axref", "ayref"]) {
      const value = item[key];
      const side = key.includes("x") ? "x" : "y";
      if (typeof value === "string" && /^[xy]\d*$/.test(value)) copy[key] = renamed(value, side);
      else if (value === undefined && (key === "xref" || key === "yref"))
        copy[key] = renamed(undefined, side);
    }
    return copy;
  };
  const headline: PlotlyLayout[] =
    title === ""
      ? []
      : [
          {
            text: `<b>${toPlotlyText(title)}</b>`,
            x: place.x[0],
            y: place.y[1],
            xref: "paper",
            yref: "paper",
            xanchor: "left",
            yanchor: "bottom",
            yshift: 4,
            showarrow: false,
          },
        ];
  return {
    traces,
    axes,
    annotations: [
      ...((figure.layout["annotations"] as PlotlyLayout[] | undefined) ?? []).map(moved),
      ...headline,
    ],
    shapes: ((figure.layout["shapes"] as PlotlyLayout[] | undefined) ?? []).map(moved),
  };
}

/** Height by width of what a figure draws whose units are as long across as up; undefined for others. */
function squareShape({ layout }: Figure): number | undefined {
  if ((layout["yaxis"] as { scaleanchor?: unknown } | undefined)?.scaleanchor === undefined) return undefined;
  const span = (axis: unknown): number => {
    const [from, to] = (axis as { range?: readonly [number, number] }).range ?? [0, 1];
    return Math.abs(to - from);
  };
  return span(layout["yaxis"]) / span(layout["xaxis"]);
}

function hasNoAxes({ layout }: Figure): boolean {
  return [layout["xaxis"], layout["yaxis"]].every(
    (axis) => (axis as { visible?: boolean } | undefined)?.visible === false,
  );
}

function hasColorBar({ data }: Figure): boolean {
  return data.some((trace) => trace["colorbar"] !== undefined && trace["showscale"] !== false);
}

/** A colour bar at the right edge of its panel instead of the right edge of the figure. */
function besideBar(trace: PlotlyTrace, place: PanelPlace): PlotlyTrace {
  if (trace["colorbar"] === undefined || trace["showscale"] === false) return {};
  return {
    colorbar: {
      ...(trace["colorbar"] as object),
      x: place.x[1],
      xanchor: "left",
      y: place.y[0],
      yanchor: "bottom",
      len: place.y[1] - place.y[0],
      thickness: 10,
    },
  };
}

function within(outer: Range, inner: Range = [0, 1]): Range {
  const length = outer[1] - outer[0];
  return [clip(outer[0] + inner[0] * length), clip(outer[0] + inner[1] * length)];
}

function clip(share: number): number {
  return Number(Math.min(1, Math.max(0, share)).toFixed(4));
}

function isList(value: unknown): value is readonly Figure[] {
  return Array.isArray(value);
}
