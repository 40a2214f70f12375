import { type ClassifiedData, readClassified } from "./classes.js";
import { Figure, type PlotlyTrace, toPlotlyText } from "./figure.js";
import { frames } from "./frames.js";
import type { LinearUnit } from "./half-planes.js";
import { baseLayout, type FigureSize } from "./layout.js";
import { describe, readNumbers } from "./numbers.js";
import { grey, ink, nth, seriesColors, seriesSymbols } from "./palette.js";
import { markerOf } from "./series.js";

/** A space that the points reach: what it is called, and where an input lands in it. */
export interface FeatureStage {
  readonly name: string;
  /** From the two inputs to two features. */
  readonly map: (input: number[]) => ArrayLike<number>;
}

/** The options of `plot.featureSpace`. */
export interface FeatureSpaceOptions {
  /** What moves, and where to. */
  readonly alt: string;
  readonly title?: string;
  readonly size?: FigureSize;
  /** The window of inputs that the grid covers. */
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  /** Pictures on the way from one space to the next, 1 to 20. Default 8. */
  readonly steps?: number;
  /** Lines of the grid in each direction, 2 to 21. Default 9, with `regionOf` 7. */
  readonly gridLines?: number;
  /** Names the region of an input; the crossings of the grid then carry its colour and shape. */
  readonly regionOf?: (input: number[]) => string;
  /** In the last space, the line of the unit that looks at it. */
  readonly separator?: LinearUnit;
  /** The picture that is shown first; default the last. */
  readonly start?: "first" | "last";
  readonly play?: boolean | number;
  readonly xLabel?: string;
  readonly yLabel?: string;
}

const PLAY_MS = 160;

/**
 * How a hidden layer moves the points: the plane of the inputs with a grid on it, carried in small steps into the space
 * of the hidden units, with a slider and a play button. Between two spaces every point moves on a straight line.
 *
 * `plot.featureSpace({ x, labels }, [{ name: "hidden layer", map: (x) => hidden(x) }], { xRange, yRange, alt })`
 *
 * @throws RangeError when a map gives anything but two finite numbers.
 *
 * @example
 * import { plot } from "gradus";
 * const hidden = ([a, b]: number[]) => [a + b < 1.5 ? 1 : 0, a + b > 0.5 ? 1 : 0];
 * const figure = plot.featureSpace(
 *   { x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [0, 1, 1, 0] },
 *   [{ name: "hidden layer", map: hidden }],
 *   { xRange: [-0.5, 1.5], yRange: [-0.5, 1.5], steps: 6, alt: "Two of the four corners meet in one point." },
 * );
 * console.log(figure.frames.length, "pictures"); // 7 pictures
 */
export function featureSpace(
  data: ClassifiedData,
  stages: readonly FeatureStage[],
  options: FeatureSpaceOptions,
): Figure {
  const where = "plot.featureSpace";
  const samples = readClassified(where, data);
  if (samples.x.cols !== 2)
    throw new RangeError(`${where}: needs 2 inputs, data.x is [${samples.x.rows}, ${samples.x.cols}]`);
  if (!Array.isArray(stages) || stages.length === 0) {
    throw new RangeError(`${where}: expects a list of { name, map }, got ${describe(stages)}`);
  }
  const steps = whole(where, "steps", options?.steps ?? 8, 1, 20);
  const lines = whole(
    where,
    "gridLines",
    options.gridLines ?? (options.regionOf === undefined ? 9 : 7),
    2,
    21,
  );
  const mesh = meshOf(where, options, lines);
  const points = Array.from({ length: samples.x.rows }, (_, i) => [samples.x.at(i, 0), samples.x.at(i, 1)]);
  const inputs = [...mesh, ...points];
  const spaces = [
    inputs,
    ...(stages as readonly FeatureStage[]).map(({ name, map }) =>
      inputs.map((input) => mapped(where, name, map, input)),
    ),
  ];
  const names = ["inputs", ...stages.map(({ name }) => name)];
  const ranges = [0, 1].map((side) =>
    paddedRange(spaces.flatMap((space) => space.map((point) => point[side]))),
  );
  const regions =
    options.regionOf === undefined ? undefined : mesh.map((input) => options.regionOf!([...input]));
  const count = (spaces.length - 1) * steps + 1;
  const figures = Array.from({ length: count }, (_, step) => {
    const stage = Math.min(spaces.length - 2, Math.floor(step / steps));
    const part = (step - stage * steps) / steps;
    const now = inputs.map((_input, i) =>
      [0, 1].map((side) => mix(spaces[stage][i][side], spaces[stage + 1][i][side], part)),
    );
    const label =
      part === 0
        ? names[stage]
        : part === 1
          ? names[stage + 1]
          : `${Math.round(part * 100)} % of the way to ${names[stage + 1]}`;
    return { label, figure: picture(now, label, step === count - 1) };
  });

  function picture(now: readonly number[][], label: string, last: boolean): Figure {
    const alt = `${samples.x.rows} points and a grid: ${label}.`;
    const [xRange, yRange] = ranges;
    const layout = baseLayout(
      where,
      {
        alt,
        xRange,
        yRange,
        ...(options.title === undefined ? {} : { title: options.title }),
        ...(options.size === undefined ? {} : { size: options.size }),
        ...(options.xLabel === undefined ? {} : { xLabel: options.xLabel }),
        ...(options.yLabel === undefined ? {} : { yLabel: options.yLabel }),
      },
      { widthPx: 760, heightPx: 500, note: label },
    );
    const gridPoints = now.slice(0, mesh.length);
    const traces: PlotlyTrace[] = [
      ...gridTraces(gridPoints, lines),
      ...(regions === undefined ? [] : regionTraces(gridPoints, regions)),
      ...(options.separator === undefined
        ? []
        : [separatorTrace(where, options.separator, xRange, yRange, last)]),
      ...samples.classNames.map((name, k): PlotlyTrace => {
        const members = samples.classes.flatMap((own, i) => (own === k ? [mesh.length + i] : []));
        return {
          type: "scatter",
          mode: "markers",
          name: toPlotlyText(name),
          showlegend: true,
          x: members.map((i) => short(now[i][0])),
          y: members.map((i) => short(now[i][1])),
          marker: markerOf(k, points.length > 20 ? 9 : 15, ink),
        };
      }),
    ];
    // Beside the data: above it, many names would need several lines.
    const legend = { orientation: "v", x: 1.02, xanchor: "left", y: 1, yanchor: "top" };
    return new Figure({
      data: traces,
      layout: { ...layout, legend, margin: { ...(layout["margin"] as object), r: 190 } },
      alt,
    });
  }

  return frames(
    figures.map(({ figure }) => figure),
    {
      alt: options.alt,
      name: "space",
      labels: figures.map(({ label }) => label),
      start: options.start === "first" ? 0 : count - 1,
      play: options.play === undefined || options.play === true ? PLAY_MS : options.play,
    },
  );
}

/** The crossings of a grid, row by row. */
function meshOf(where: string, { xRange, yRange }: FeatureSpaceOptions, lines: number): number[][] {
  for (const [name, range] of Object.entries({ xRange, yRange })) {
    if (Array.isArray(range) && range.length === 2 && range.every(Number.isFinite) && range[0] < range[1])
      continue;
    throw new RangeError(
      `${where}: ${name} must be [from, to] with from < to, got ${range === undefined ? "nothing" : `[${range.join(", ")}]`}`,
    );
  }
  const along = ([from, to]: readonly [number, number], i: number): number =>
    short(from + ((to - from) * i) / (lines - 1));
  return Array.from({ length: lines * lines }, (_, i) => [
    along(xRange, i % lines),
    along(yRange, Math.floor(i / lines)),
  ]);
}

function mapped(where: string, name: string, map: FeatureStage["map"], input: readonly number[]): number[] {
  if (typeof map !== "function")
    throw new TypeError(`${where}: the map of "${name}" must be a function, got ${describe(map)}`);
  const output: unknown = map([...input]);
  const values =
    typeof output === "object" && output !== null && "length" in output
      ? Array.from(output as ArrayLike<number>)
      : [];
  if (values.length === 2 && values.every(Number.isFinite)) return values;
  throw new RangeError(
    `${where}: the map of "${name}" must give two finite numbers, but for (${input.join(", ")}) it gives ${values.length === 0 ? describe(output) : `[${values.join(", ")}]`}`,
  );
}

/** The lines of the grid along x solid, along y dotted, so that they can be told apart when the grid is bent. */
function gridTraces(points: readonly number[][], lines: number): PlotlyTrace[] {
  return [0, 1].map((direction) => {
    const runs = Array.from({ length: lines }, (_, a) =>
      Array.from({ length: lines }, (__, b) => points[direction === 0 ? a * lines + b : b * lines + a]),
    );
    const side = (k: number): (number | null)[] =>
      runs.flatMap((run, i) => [...(i === 0 ? [] : [null]), ...run.map((point) => short(point[k]))]);
    return {
      type: "scatter",
      mode: "lines",
      x: side(0),
      y: side(1),
      line: { color: grey, width: 1, dash: direction === 0 ? "solid" : "dot" },
      hoverinfo: "skip",
      showlegend: false,
    };
  });
}

function regionTraces(points: readonly number[][], regions: readonly string[]): PlotlyTrace[] {
  return [...new Set(regions)].sort().map((region, k) => {
    const members = regions.flatMap((own, i) => (own === region ? [i] : []));
    return {
      type: "scatter",
      mode: "markers",
      name: toPlotlyText(region),
      showlegend: true,
      x: members.map((i) => short(points[i][0])),
      y: members.map((i) => short(points[i][1])),
      // The samples have the first colours and shapes.
      marker: { size: 6, color: nth(seriesColors, k + 2), symbol: nth(seriesSymbols, k + 2) },
      hoverinfo: "name",
    };
  });
}

function separatorTrace(
  where: string,
  unit: LinearUnit,
  xRange: readonly number[],
  yRange: readonly number[],
  shown: boolean,
): PlotlyTrace {
  const [a, b] = readNumbers(unit.weights, `${where}: separator.weights`);
  if ((a === 0 && b === 0) || !Number.isFinite(unit.bias)) {
    throw new RangeError(`${where}: the separator needs two weights that are not both 0, and a bias`);
  }
  const steep = Math.abs(a) > Math.abs(b);
  const ends = steep ? yRange : xRange;
  const other = ends.map((end) => short(steep ? -(b * end + unit.bias) / a : -(a * end + unit.bias) / b));
  return {
    type: "scatter",
    mode: "lines",
    name: "line of the next unit",
    showlegend: shown,
    visible: shown,
    x: steep ? other : [...ends],
    y: steep ? [...ends] : other,
    line: { color: ink, width: 2, dash: "dash" },
    hoverinfo: "skip",
  };
}

function paddedRange(values: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = high > low ? (high - low) * 0.07 : 1;
  return [short(low - room), short(high + room)];
}

function whole(where: string, name: string, value: number, from: number, to: number): number {
  if (Number.isInteger(value) && value >= from && value <= to) return value;
  throw new RangeError(
    `${where}: ${name} must be a whole number from ${from} to ${to}, got ${describe(value)}`,
  );
}

function mix(from: number, to: number, part: number): number {
  return from + (to - from) * part;
}

function short(value: number): number {
  // A thousandth of a unit, or three digits of what is larger: finer than a pixel.
  return Math.abs(value) < 10 ? Number(value.toFixed(3)) : Number(value.toPrecision(4));
}
