import type { PlotlyLayout, PlotlyTrace } from "./figure.js";
import { baseLayout, type FigureSize } from "./layout.js";
import { rounded } from "./numbers.js";
import { ink } from "./palette.js";

/** What a drawing without axes understands. */
export interface DiagramOptions {
  readonly title?: string;
  /** By default sentences made from what is drawn. */
  readonly alt?: string;
  readonly size?: FigureSize;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Label extends Point {
  readonly text: string;
}

/** A corner and the opposite one. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export interface DiagramFrame extends Required<FigureSize> {
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  /** One unit across is as long as one unit up. */
  readonly square?: boolean;
  readonly legend?: boolean;
}

/** A layout without axes: a window on a plane in which boxes, lines and words stand. */
export function diagramLayout(
  where: string,
  options: DiagramOptions & { readonly alt: string },
  frame: DiagramFrame,
): Record<string, unknown> {
  const { xRange, yRange, square = false, legend = false, ...size } = frame;
  const layout = baseLayout(where, options, { ...size, legend });
  const margin = { l: 12, r: 12, t: (layout["margin"] as { t: number }).t, b: 14 };
  const hidden = { visible: false, fixedrange: true };
  return {
    ...layout,
    margin,
    hovermode: false,
    dragmode: false,
    xaxis: { ...hidden, range: xRange, ...(square ? { constrain: "domain" } : {}) },
    yaxis: { ...hidden, range: yRange, ...(square ? { scaleanchor: "x", constrain: "domain" } : {}) },
  };
}

/** Words at places. `position` is plotly's: "middle center", "top center", "middle right". */
export function words(
  labels: readonly Label[],
  {
    sizePx = 13,
    position = "middle center",
    color = ink,
  }: {
    readonly sizePx?: number;
    readonly position?: string;
    readonly color?: string | readonly string[];
  } = {},
): PlotlyTrace {
  return {
    type: "scatter",
    mode: "text",
    x: rounded(labels.map(({ x }) => x)),
    y: rounded(labels.map(({ y }) => y)),
    text: labels.map(({ text }) => text),
    textposition: position,
    textfont: { size: sizePx, color },
    hoverinfo: "skip",
    showlegend: false,
    cliponaxis: false,
  };
}

/** Straight lines as one trace, the pen lifted between them. */
export function segments(
  lines: readonly (readonly [Point, Point])[],
  style: { readonly color: string; readonly width: number; readonly dash?: string },
  name?: string,
): PlotlyTrace {
  const side = (pick: (point: Point) => number): (number | null)[] =>
    lines.flatMap(([from, to], i) => [...(i === 0 ? [] : [null]), short(pick(from)), short(pick(to))]);
  return {
    type: "scatter",
    mode: "lines",
    x: side(({ x }) => x),
    y: side(({ y }) => y),
    line: { color: style.color, width: style.width, dash: style.dash ?? "solid" },
    hoverinfo: "skip",
    ...(name === undefined ? {} : { name }),
    showlegend: name !== undefined,
  };
}

/** A rectangle as a plotly shape. */
export function rectangle(
  { x0, y0, x1, y1 }: Box,
  style: {
    readonly fill?: string;
    readonly line?: string;
    readonly width?: number;
    readonly dash?: string;
    readonly layer?: "above" | "below";
  },
): PlotlyLayout {
  return {
    type: "rect",
    x0: short(x0),
    y0: short(y0),
    x1: short(x1),
    y1: short(y1),
    ...(style.fill === undefined ? {} : { fillcolor: style.fill }),
    line: {
      color: style.line ?? ink,
      width: style.width ?? 1,
      ...(style.dash === undefined ? {} : { dash: style.dash }),
    },
    ...(style.layer === undefined ? {} : { layer: style.layer }),
  };
}

/** An arrow as a plotly annotation. */
export function arrow(from: Point, to: Point, color: string = ink): PlotlyLayout {
  return {
    x: short(to.x),
    y: short(to.y),
    ax: short(from.x),
    ay: short(from.y),
    xref: "x",
    yref: "y",
    axref: "x",
    ayref: "y",
    text: "",
    showarrow: true,
    arrowhead: 2,
    arrowsize: 1,
    arrowwidth: 1.4,
    arrowcolor: color,
  };
}

/** A number as short as it reads well: at most `digits` digits, with the minus sign that plotly's axes use. */
export function shortNumber(value: number, digits: number = 3): string {
  const text =
    Number.isInteger(value) && Math.abs(value) < 1e6
      ? String(value)
      : String(Number(value.toPrecision(digits)));
  return text.replace(/-/g, "\u2212");
}

/** Lines of at most `width` characters, broken at blanks. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 1 <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function short(value: number): number {
  return Number(value.toFixed(4));
}
