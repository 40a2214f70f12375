import { type Classified, type ClassifiedData, readClassified } from "./classes.js";
import { type Classifier, classRegions } from "./class-regions.js";
import { dataTable, type FigureTable } from "./data-table.js";
import { Figure, type PlotlyTrace, toPlotlyText } from "./figure.js";
import { baseLayout, type PlotOptions } from "./layout.js";
import { describe, rounded } from "./numbers.js";
import { ink } from "./palette.js";
import { halfPlanes, type LinearUnit } from "./half-planes.js";
import { markerOf } from "./series.js";

/** The options of `plot.decisionBoundary`. */
export interface DecisionBoundaryOptions extends PlotOptions {
  /** The two features on the axes, by number or name; needed when there are more than two. */
  readonly features?: readonly [number | string, number | string];
  /** Values of the other features, by number or name; by default their means in `data`. */
  readonly fixed?: Readonly<Record<string, number>>;
  readonly xRange?: readonly [number, number];
  readonly yRange?: readonly [number, number];
  /** Grid points a side, 10 to 200. */
  readonly gridSize?: number;
  /** With one output, the probability from which on a point belongs to class 1. */
  readonly threshold?: number;
}

/**
 * Which class the model gives to each point of the plane, with the samples on it. The shading is the stronger, the
 * surer the model is; the line is where the two most likely classes are equal. Each class has a colour and a shape.
 *
 * Give a model with `predict`, or a perceptron as `{ weights: [w1, w2], bias }`, whose line w·x + b = 0 is exact.
 *
 * @throws RangeError when the model's outputs are no probabilities, do not fit the classes, or data and labels differ
 * in length; TypeError when `predict` is missing.
 *
 * @example
 * import { gates, plot } from "gradus";
 * const neuron = { weights: [1, 1], bias: -1.5 } as const;
 * const figure = plot.decisionBoundary(neuron, gates.and, {
 *   title: "A neuron that computes AND",
 *   alt: "The line x1 + x2 = 1.5 parts (1, 1) from the other three points.",
 * });
 * console.log(figure.title); // A neuron that computes AND
 */
export function decisionBoundary(
  model: Classifier | LinearUnit,
  data: ClassifiedData,
  options: DecisionBoundaryOptions,
): Figure {
  const where = "plot.decisionBoundary";
  const samples = readClassified(where, data);
  const view = chooseView(where, samples, options ?? {});
  const layout = baseLayout(
    where,
    {
      ...options,
      xLabel: options?.xLabel ?? samples.featureNames[view.horizontal],
      yLabel: options?.yLabel ?? samples.featureNames[view.vertical],
      xRange: view.xRange,
      yRange: view.yRange,
    },
    { widthPx: 600, heightPx: 500, legend: true, note: view.note },
  );
  const shading = isLinearUnit(model)
    ? halfPlanes(where, model, view.xRange, view.yRange)
    : classRegions(where, model, samples.classNames, { ...view, rowAt: rowAt(view) }, options);
  const table = options.table === true ? sampleTable(samples, view) : undefined;
  return new Figure({ data: [...shading, ...points(samples, view)], layout, alt: options.alt, table });
}

interface View {
  readonly horizontal: number;
  readonly vertical: number;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  /** A full row of features; the two on the axes are overwritten. */
  readonly base: readonly number[];
  readonly note: string | undefined;
}

function chooseView(where: string, samples: Classified, options: Partial<DecisionBoundaryOptions>): View {
  const { x, featureNames } = samples;
  const position = (feature: number | string): number => {
    const at = featureNames.indexOf(String(feature));
    const found = at >= 0 ? at : Number(feature);
    if (Number.isInteger(found) && found >= 0 && found < x.cols) return found;
    throw new RangeError(
      `${where}: there is no feature ${describe(feature)}. Features: ${featureNames.join(", ")}, or 0 to ${x.cols - 1}.`,
    );
  };
  if (x.cols < 2)
    throw new RangeError(`${where}: needs at least 2 features, data.x is [${x.rows}, ${x.cols}]`);
  if (options.features === undefined && x.cols > 2) {
    throw new RangeError(
      `${where}: data.x has ${x.cols} features, a picture has 2 axes. Choose two: features: [0, 1] or by name (${featureNames.join(", ")}).`,
    );
  }
  const [horizontal, vertical] = (options.features ?? [0, 1]).map(position);
  if (horizontal === vertical)
    throw new RangeError(`${where}: the two features must differ, got ${featureNames[horizontal]} twice`);
  const fixed = new Map(Object.entries(options.fixed ?? {}).map(([name, value]) => [position(name), value]));
  const base = Array.from({ length: x.cols }, (_, col) => {
    const value = fixed.get(col) ?? x.column(col).reduce((total, item) => total + item, 0) / x.rows;
    if (Number.isFinite(value)) return value;
    throw new RangeError(
      `${where}: fixed.${featureNames[col]} must be a finite number, got ${describe(value)}`,
    );
  });
  const others = base.map((_, col) => col).filter((col) => col !== horizontal && col !== vertical);
  const told = others.map((col) => `${featureNames[col]} = ${Number(base[col].toPrecision(4))}`);
  return {
    horizontal,
    vertical,
    base,
    xRange: options.xRange ?? padded(x.column(horizontal)),
    yRange: options.yRange ?? padded(x.column(vertical)),
    note: told.length === 0 ? undefined : `held fixed: ${told.join(", ")}`,
  };
}

function padded(values: readonly number[]): readonly [number, number] {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const room = high > low ? (high - low) * 0.15 : 1;
  const [from, to] = rounded([low - room, high + room]);
  return [from, to];
}

/** A full row of features for the point (x, y) of the picture. */
function rowAt({ base, horizontal, vertical }: View): (x: number, y: number) => number[] {
  return (x, y) => {
    const row = [...base];
    row[horizontal] = x;
    row[vertical] = y;
    return row;
  };
}

/** The samples as they are drawn: the two features on the axes and the class. */
function sampleTable(samples: Classified, { horizontal, vertical }: View): FigureTable {
  const [x, y] = [horizontal, vertical].map((col) => rounded(samples.x.column(col)));
  return dataTable(
    [samples.featureNames[horizontal], samples.featureNames[vertical], "class"],
    samples.classes.map((k, i) => [x[i], y[i], samples.classNames[k]]),
  );
}

function points(samples: Classified, view: View): PlotlyTrace[] {
  return samples.classNames.map((name, k) => {
    const members = samples.classes.flatMap((own, i) => (own === k ? [i] : []));
    return {
      type: "scatter",
      mode: "markers",
      name: toPlotlyText(name),
      showlegend: true,
      x: rounded(members.map((i) => samples.x.at(i, view.horizontal))),
      y: rounded(members.map((i) => samples.x.at(i, view.vertical))),
      // On shading of the same colour only a rim in the text colour keeps the marker apart.
      marker: markerOf(k, samples.classes.length > 20 ? 9 : 14, ink),
    };
  });
}

function isLinearUnit(model: Classifier | LinearUnit): model is LinearUnit {
  return typeof model === "object" && model !== null && "weights" in model && !("predict" in model);
}
