import { type ClassifiedData, readClassified } from "./classes.js";
import { withControls } from "./controls.js";
import { words } from "./diagram.js";
import { Figure, type PlotlyTrace, toPlotlyText } from "./figure.js";
import { sliderState } from "./frames.js";
import type { LinearUnit } from "./half-planes.js";
import { baseLayout, type FigureSize } from "./layout.js";
import { type LinearRule, ruleValues } from "./linear-rule.js";
import { describe, readNumbers, rounded } from "./numbers.js";
import { ink, nth, seriesColors, withOpacity } from "./palette.js";
import { markerOf } from "./series.js";

/** The options of `plot.gateSliders`. */
export interface GateSlidersOptions {
  /** By default what the figure is and how it stands at first. */
  readonly alt?: string;
  readonly title?: string;
  readonly size?: FigureSize;
  /** The ends of the sliders and their step; default -2 to 2 in steps of 0.1. */
  readonly from?: number;
  readonly to?: number;
  readonly step?: number;
  readonly xRange?: readonly [number, number];
  readonly yRange?: readonly [number, number];
}

/** Where x1, x2, target and output stand in the table. */
const COLUMNS = [0, 0.75, 2, 3.6] as const;
const RIGHT = { symbol: "circle", color: "#009E73" } as const;
const WRONG = { symbol: "x", color: "#D55E00" } as const;

/**
 * A perceptron of two inputs with three sliders: w1 and w2 turn its line, the bias moves it, and beside it the truth table
 * says row by row whether the output is the target. No positions are stored: the figure carries rules (sums of slider
 * values) that the viewer follows. A viewer that does not know them shows the first position.
 *
 * @param gate the rows of the truth table and their targets 0 and 1, at most eight.
 * @param unit the position at the start.
 * @throws RangeError when a target is neither 0 nor 1, or a start does not lie on its slider.
 *
 * @example
 * import { plot } from "gradus";
 * const and = { x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [0, 0, 0, 1] };
 * const figure = plot.gateSliders(and, { weights: [0.5, 0.5], bias: -0.7 });
 * console.log(figure.alt.split(": ").at(-1)); // All 4 rows are right.
 */
export function gateSliders(
  gate: ClassifiedData,
  unit: LinearUnit,
  options: GateSlidersOptions = {},
): Figure {
  const where = "plot.gateSliders";
  const samples = readClassified(where, gate);
  const rows = samples.x.rows;
  if (samples.x.cols !== 2)
    throw new RangeError(`${where}: needs 2 inputs, x is [${rows}, ${samples.x.cols}]`);
  if (rows > 8) throw new RangeError(`${where}: a truth table of ${rows} rows is too long; at most 8`);
  const wrong = samples.classes.findIndex((target) => target > 1);
  if (wrong >= 0)
    throw new RangeError(`${where}: the target of row ${wrong} is ${samples.classes[wrong]}, not 0 or 1`);
  const start = [...readNumbers(unit?.weights, `${where}: weights`), unit.bias];
  if (start.length !== 3 || !start.every(Number.isFinite)) {
    throw new RangeError(
      `${where}: the start must be { weights: [w1, w2], bias }, got ${start.length - 1} weights and bias ${describe(unit.bias)}`,
    );
  }
  const values = positions(where, options);
  const sliders = ["w1", "w2", "b"].map((name, k) => sliderState(where, { name, values, start: start[k] }));

  const [xRange, yRange] = [
    options.xRange ?? ([-0.5, 1.5] as const),
    options.yRange ?? ([-0.5, 1.5] as const),
  ];
  const inputs = Array.from({ length: rows }, (_, i) => [samples.x.at(i, 0), samples.x.at(i, 1)]);
  const targets = samples.classes;
  const corners = yRange.flatMap((y) => xRange.map((x) => [x, y]));
  const slopes = (points: readonly number[][]): number[][] => [
    points.map(([x]) => x),
    points.map(([, y]) => y),
    points.map(() => 1),
  ];
  const zeros = (points: readonly unknown[]): number[] => points.map(() => 0);
  const heights = (i: number): number => rows - 1 - i;

  const sums = { constant: zeros(inputs), slopes: slopes(inputs) };
  // A sum towards the target is above 0 exactly when the row is right, except on the line, where the output is 0.
  const towards = {
    constant: targets.map((target) => (target === 1 ? 0 : 1e-9)),
    slopes: slopes(inputs).map((side) => side.map((value, i) => (targets[i] === 1 ? value : 0 - value))),
  };
  const tallies = Array.from({ length: rows + 1 }, (_, right) =>
    right === rows ? `All ${rows} rows are right.` : `${right} of ${rows} rows are right.`,
  );
  const [ABOVE, OUTPUTS, VERDICTS, TALLY, BELOW] = [0, 1, 2, 3, 4];
  const minus = slopes(corners).map((side) => side.map((value) => 0 - value));
  const rules: LinearRule[] = [
    { trace: ABOVE, field: "z", columns: 2, constant: zeros(corners), slopes: slopes(corners) },
    { trace: OUTPUTS, field: "text", ...sums, choose: inputs.map(() => ["1", "0"] as const) },
    {
      trace: VERDICTS,
      field: "marker.symbol",
      ...towards,
      choose: inputs.map(() => [RIGHT.symbol, WRONG.symbol] as const),
    },
    {
      trace: VERDICTS,
      field: "marker.color",
      ...towards,
      choose: inputs.map(() => [RIGHT.color, WRONG.color] as const),
    },
    { trace: VERDICTS, field: "text", ...towards, choose: inputs.map(() => ["  right", "  wrong"] as const) },
    { trace: TALLY, field: "text", ...towards, tally: tallies },
    { trace: BELOW, field: "z", columns: 2, constant: zeros(corners), slopes: minus },
  ];
  const now = rules.map((rule) => ruleValues(rule, start));

  const data: PlotlyTrace[] = [
    halfPlane(xRange, yRange, now[0], 1),
    table(inputs.map((_, i) => ({ x: COLUMNS[3], y: heights(i), text: String(now[1][i]) }))),
    {
      type: "scatter",
      mode: "markers+text",
      xaxis: "x2",
      yaxis: "y2",
      x: inputs.map(() => COLUMNS[3] + 0.85),
      y: inputs.map((_, i) => heights(i)),
      text: now[4],
      textposition: "middle right",
      textfont: { size: 14, color: ink },
      marker: { size: 15, symbol: now[2], color: now[3], line: { width: 1, color: ink } },
      hoverinfo: "skip",
      showlegend: false,
      cliponaxis: false,
    },
    table([{ x: 2.2, y: -1.1, text: String(now[5][0]) }]),
    halfPlane(xRange, yRange, now[6], 0),
    table([
      ...["x1", "x2", "target", "output"].map((text, k) => ({
        x: COLUMNS[k],
        y: rows,
        text: `<b>${text}</b>`,
      })),
      ...inputs.flatMap((input, i) =>
        [...input, targets[i]].map((value, k) => ({
          x: COLUMNS[k],
          y: heights(i),
          text: String(value).replace("-", "\u2212"),
        })),
      ),
    ]),
    ...[0, 1].map((target): PlotlyTrace => {
      const members = targets.flatMap((own, i) => (own === target ? [i] : []));
      return {
        type: "scatter",
        mode: "markers",
        name: `target ${toPlotlyText(samples.classNames[target])}`,
        showlegend: true,
        x: rounded(members.map((i) => inputs[i][0])),
        y: rounded(members.map((i) => inputs[i][1])),
        marker: markerOf(target, 15, ink),
      };
    }),
  ];
  const alt =
    options.alt ??
    `A perceptron with sliders for two weights and a bias: the plane of the inputs cut by its line, and a truth table of ${rows} rows. ` +
      `At w1 = ${start[0]}, w2 = ${start[1]}, b = ${start[2]}: ${String(now[5][0])}`;
  const layout = baseLayout(
    where,
    {
      alt,
      xLabel: "x1",
      yLabel: "x2",
      xRange,
      yRange,
      ...(options.title === undefined ? {} : { title: options.title }),
      ...(options.size === undefined ? {} : { size: options.size }),
    },
    { widthPx: 800, heightPx: 420, legend: true },
  );
  const hidden = { visible: false, fixedrange: true };
  const drawn = {
    ...layout,
    xaxis: { ...(layout["xaxis"] as object), domain: [0, 0.48] },
    xaxis2: { ...hidden, domain: [0.54, 1], anchor: "y2", range: [-0.4, 5.9] },
    yaxis2: { ...hidden, anchor: "x2", range: [-1.8, rows + 0.6] },
  };
  return new Figure({ data, layout: withControls(drawn, { sliders, rules }), alt });
}

/**
 * The side of the plane where z, given at the four corners, is above 0, and the line z = 0: between four corners of a
 * linear function a contour is exact. The other side is clear, because plotly lays one level over the other.
 */
function halfPlane(
  xRange: readonly [number, number],
  yRange: readonly [number, number],
  z: readonly unknown[],
  target: 0 | 1,
): PlotlyTrace {
  return {
    type: "contour",
    x: [...xRange],
    y: [...yRange],
    z,
    zmin: -1,
    zmax: 1,
    contours: { start: 0, end: 0, size: 2, coloring: "fill" },
    colorscale: [
      [0, "rgba(0,0,0,0)"],
      [1, withOpacity(nth(seriesColors, target), 0.25)],
    ],
    line: { color: ink, width: 2 },
    showscale: false,
    hoverinfo: "skip",
  };
}

/** Words in the table at the right. */
function table(labels: readonly { x: number; y: number; text: string }[]): PlotlyTrace {
  return { ...words(labels, { sizePx: 13 }), xaxis: "x2", yaxis: "y2" };
}

function positions(where: string, { from = -2, to = 2, step = 0.1 }: GateSlidersOptions): number[] {
  if (!(Number.isFinite(from) && Number.isFinite(to) && from < to && step > 0)) {
    throw new RangeError(
      `${where}: from < to and a step above 0 are needed, got from ${from}, to ${to}, step ${step}`,
    );
  }
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  if (count > 201)
    throw new RangeError(`${where}: a slider of ${count} positions is too fine; take a larger step`);
  return Array.from({ length: count }, (_, i) => Number((from + i * step).toFixed(6)));
}
