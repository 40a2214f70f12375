import type { PlotlyTrace } from "./figure.js";
import { describe, type Numbers, readNumbers, rounded } from "./numbers.js";
import { ink, nth, seriesColors, withOpacity } from "./palette.js";

/** A perceptron of two inputs: class 1 where w1·x1 + w2·x2 + b > 0, class 0 elsewhere. */
export interface LinearUnit {
  readonly weights: Numbers;
  readonly bias: number;
}

export type PlanePoint = readonly [number, number];

/**
 * The two half-planes of a perceptron inside a window, and the line w·x + b = 0 between them, all exact.
 *
 * @throws RangeError when there are not two weights, or a weight or the bias is not finite.
 */
export function halfPlanes(
  where: string,
  unit: LinearUnit,
  [left, right]: PlanePoint,
  [bottom, top]: PlanePoint,
): PlotlyTrace[] {
  const weights = readNumbers(unit.weights, `${where}: weights`);
  if (weights.length !== 2)
    throw new RangeError(`${where}: a line in the plane needs 2 weights, got ${weights.length}`);
  if (!Number.isFinite(unit.bias))
    throw new RangeError(`${where}: bias must be a finite number, got ${describe(unit.bias)}`);
  const sum = ([x, y]: PlanePoint): number => weights[0] * x + weights[1] * y + unit.bias;
  const window: PlanePoint[] = [
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
  ];
  const one = clipped(window, sum);
  const zero = clipped(window, (point) => -sum(point));
  const line = one.filter((point) => Math.abs(sum(point)) <= 1e-9 * scaleOf(weights, unit.bias, window));
  return [
    ...[zero, one].flatMap((corners, k) => (corners.length < 3 ? [] : [area(corners, k)])),
    ...(line.length < 2 ? [] : [lineTrace(line)]),
  ];
}

/** The part of a convex polygon where f >= 0: Sutherland and Hodgman, "Reentrant polygon clipping", CACM 17(1), 1974. */
export function clipped(polygon: readonly PlanePoint[], f: (point: PlanePoint) => number): PlanePoint[] {
  return polygon.flatMap((from, i) => {
    const to = polygon[(i + 1) % polygon.length];
    const [a, b] = [f(from), f(to)];
    const kept: PlanePoint[] = a >= 0 ? [from] : [];
    if ((a > 0 && b < 0) || (a < 0 && b > 0)) {
      const part = a / (a - b);
      kept.push([from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])]);
    }
    return kept;
  });
}

function area(corners: readonly PlanePoint[], k: number): PlotlyTrace {
  return {
    type: "scatter",
    mode: "lines",
    ...coordinates(corners),
    fill: "toself",
    fillcolor: withOpacity(nth(seriesColors, k), 0.25),
    line: { width: 0 },
    hoverinfo: "skip",
    showlegend: false,
  };
}

function lineTrace(points: readonly PlanePoint[]): PlotlyTrace {
  return {
    type: "scatter",
    mode: "lines",
    ...coordinates(points),
    line: { color: ink, width: 2 },
    hoverinfo: "skip",
    showlegend: false,
  };
}

function coordinates(points: readonly PlanePoint[]): { x: number[]; y: number[] } {
  return { x: rounded(points.map(([x]) => x)), y: rounded(points.map(([, y]) => y)) };
}

function scaleOf(weights: readonly number[], bias: number, window: readonly PlanePoint[]): number {
  const reach = Math.max(...window.flat().map(Math.abs));
  return Math.abs(bias) + (Math.abs(weights[0]) + Math.abs(weights[1])) * reach;
}
