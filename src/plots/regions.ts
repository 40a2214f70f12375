import { type Classified, type ClassifiedData, readClassified } from "./classes.js";
import { words } from "./diagram.js";
import { Figure, type PlotlyTrace, toPlotlyText } from "./figure.js";
import { clipped, type LinearUnit, type PlanePoint } from "./half-planes.js";
import { baseLayout, type PlotOptions } from "./layout.js";
import { describe, readNumbers, rounded } from "./numbers.js";
import { ink, nth, seriesColors, seriesDashes, withOpacity } from "./palette.js";
import { markerOf } from "./series.js";

/** A perceptron of two inputs with a name for the legend. */
export interface NamedUnit extends LinearUnit {
  readonly name?: string;
}

/** The options of `plot.regions`. */
export interface RegionsOptions extends PlotOptions {
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  /** Shades the regions and writes the outputs of all units into each, as (1, 0). Default: with at most four units. */
  readonly shade?: boolean;
  /** Points on top, each class with its shape. */
  readonly points?: ClassifiedData;
}

/** With more lines the names of the regions would cover each other. */
const MOST_SHADED = 4;

/**
 * The lines w·x + b = 0 of several perceptrons, and the regions into which they cut the plane. In each region stands
 * what the units say there: the hidden code. All is exact, nothing is sampled.
 *
 * @throws RangeError when a unit has not two finite weights and a bias, or the window has no width or height.
 *
 * @example
 * import { plot } from "gradus";
 * const nand = { weights: [-0.5, -0.5], bias: 0.7, name: "NAND" };
 * const or = { weights: [0.6, 0.6], bias: -0.5, name: "OR" };
 * const window = { xRange: [-0.5, 1.5], yRange: [-0.5, 1.5] } as const;
 * const figure = plot.regions([nand, or], { ...window, alt: "A strip between two lines." });
 * console.log(figure.data.map(({ name }) => name).slice(0, 3).join(" ")); // (0, 1) (1, 0) (1, 1)
 */
export function regions(units: readonly NamedUnit[], options: RegionsOptions): Figure {
  const where = "plot.regions";
  if (!Array.isArray(units) || units.length === 0) {
    throw new RangeError(`${where}: expects a list of { weights: [w1, w2], bias }, got ${describe(units)}`);
  }
  const read = (units as readonly NamedUnit[]).map((unit, i) => readUnit(where, unit, i));
  const layout = baseLayout(where, options, { widthPx: 600, heightPx: 500, legend: true });
  if (options.xRange === undefined || options.yRange === undefined) {
    throw new RangeError(`${where}: give the window: xRange: [from, to] and yRange: [from, to]`);
  }
  const [[left, right], [bottom, top]] = [options.xRange, options.yRange];
  const frame: PlanePoint[] = [
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
  ];
  const shaded = options.shade ?? units.length <= MOST_SHADED;
  const cells = shaded ? cut(frame, read) : [];
  const samples = options.points === undefined ? undefined : readPoints(where, options.points);
  const taken =
    samples === undefined
      ? []
      : samples.classes.map((_, i): PlanePoint => [samples.x.at(i, 0), samples.x.at(i, 1)]);
  const data: PlotlyTrace[] = [
    ...cells.map(({ corners, code }, i): PlotlyTrace => ({
      type: "scatter",
      mode: "lines",
      x: rounded(corners.map(([x]) => x)),
      y: rounded(corners.map(([, y]) => y)),
      fill: "toself",
      // The first two colours belong to the classes of the points.
      fillcolor: withOpacity(nth(seriesColors, i + 2), 0.18),
      line: { width: 0 },
      name: code,
      hoverinfo: "skip",
      showlegend: false,
    })),
    ...read.map((unit, i) => lineOf(unit, i, frame)),
    ...pointsOf(samples),
    words(cells.map(({ corners, code }) => ({ ...freePlace(corners, taken), text: code }))),
  ];
  return new Figure({ data, layout, alt: options.alt });
}

interface ReadUnit {
  readonly name: string;
  readonly sum: (point: PlanePoint) => number;
}

interface Region {
  readonly corners: readonly PlanePoint[];
  /** (1, 0): the outputs of the units here, in their order. */
  readonly code: string;
}

function readUnit(where: string, unit: NamedUnit, index: number): ReadUnit {
  const place = `${where}: unit ${unit?.name ?? index + 1}`;
  const weights = readNumbers(unit?.weights, `${place}: weights`);
  if (weights.length !== 2)
    throw new RangeError(`${place}: a line in the plane needs 2 weights, got ${weights.length}`);
  if (!Number.isFinite(unit.bias))
    throw new RangeError(`${place}: bias must be a finite number, got ${describe(unit.bias)}`);
  return {
    name: unit.name ?? `line ${index + 1}`,
    sum: ([x, y]) => weights[0] * x + weights[1] * y + unit.bias,
  };
}

/** Cuts the window by one line after the other; what is left is convex, so clipping is enough. */
function cut(frame: readonly PlanePoint[], units: readonly ReadUnit[]): Region[] {
  let pieces: { corners: readonly PlanePoint[]; bits: readonly number[] }[] = [{ corners: frame, bits: [] }];
  for (const { sum } of units) {
    pieces = pieces.flatMap(({ corners, bits }) =>
      [0, 1].flatMap((bit) => {
        const part = clipped(corners, (point) => (bit === 1 ? sum(point) : -sum(point)));
        return areaOf(part) < 1e-9 * areaOf(frame) ? [] : [{ corners: part, bits: [...bits, bit] }];
      }),
    );
  }
  return pieces.map(({ corners, bits }) => ({
    corners,
    code: bits.length === 1 ? String(bits[0]) : `(${bits.join(", ")})`,
  }));
}

function areaOf(corners: readonly PlanePoint[]): number {
  let doubled = 0;
  corners.forEach(([x, y], i) => {
    const [nextX, nextY] = corners[(i + 1) % corners.length];
    doubled += x * nextY - nextX * y;
  });
  return Math.abs(doubled) / 2;
}

function middleOf(corners: readonly PlanePoint[]): { x: number; y: number } {
  const mean = (side: 0 | 1): number =>
    corners.reduce((total, point) => total + point[side], 0) / corners.length;
  return { x: mean(0), y: mean(1) };
}

function lineOf({ name, sum }: ReadUnit, i: number, frame: readonly PlanePoint[]): PlotlyTrace {
  const ends = frame.flatMap((from, k): PlanePoint[] => {
    const to = frame[(k + 1) % frame.length];
    const [a, b] = [sum(from), sum(to)];
    if (a === 0) return [from];
    if (a * b >= 0) return [];
    const part = a / (a - b);
    return [[from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])]];
  });
  return {
    type: "scatter",
    mode: "lines",
    name: toPlotlyText(name),
    showlegend: true,
    x: rounded(ends.slice(0, 2).map(([x]) => x)),
    y: rounded(ends.slice(0, 2).map(([, y]) => y)),
    line: { color: ink, width: 2.5, dash: nth(seriesDashes, i) },
  };
}

function readPoints(where: string, data: ClassifiedData): Classified {
  const samples = readClassified(where, data);
  if (samples.x.cols === 2) return samples;
  throw new RangeError(`${where}: points need 2 features, got ${samples.x.cols}`);
}

function pointsOf(samples: Classified | undefined): PlotlyTrace[] {
  if (samples === undefined) return [];
  return samples.classNames.map((name, k) => {
    const members = samples.classes.flatMap((own, i) => (own === k ? [i] : []));
    return {
      type: "scatter",
      mode: "markers",
      name: toPlotlyText(name),
      showlegend: true,
      x: rounded(members.map((i) => samples.x.at(i, 0))),
      y: rounded(members.map((i) => samples.x.at(i, 1))),
      marker: markerOf(k, samples.x.rows > 20 ? 9 : 14, ink),
    };
  });
}

/** The middle of a region or a place on the way to one of its corners, whichever is farthest from all points. */
function freePlace(corners: readonly PlanePoint[], taken: readonly PlanePoint[]): { x: number; y: number } {
  const middle = middleOf(corners);
  if (taken.length === 0) return middle;
  const towards = corners.flatMap(([x, y]) =>
    [0.25, 0.45].map((part) => ({
      x: middle.x + part * (x - middle.x),
      y: middle.y + part * (y - middle.y),
    })),
  );
  const room = ({ x, y }: { x: number; y: number }): number =>
    Math.min(...taken.map(([px, py]) => Math.hypot(x - px, y - py)));
  return [middle, ...towards].reduce((best, place) => (room(place) > room(best) + 1e-9 ? place : best));
}
