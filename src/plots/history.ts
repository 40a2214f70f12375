import { dataTable } from "./data-table.js";
import { Figure, type PlotlyTrace, toPlotlyText } from "./figure.js";
import { axis, baseLayout, type FigureSize } from "./layout.js";
import { describe, rounded } from "./numbers.js";
import { nth, seriesColors, seriesSymbols } from "./palette.js";

/** What `fit` returns: one number an epoch for the loss and for each metric; `val_...` is on validation data. */
export interface TrainingHistory {
  readonly epoch: readonly number[];
  readonly history: Readonly<Record<string, readonly number[]>>;
}

/** The options of `plot.history`. */
export interface HistoryOptions {
  readonly title?: string;
  /** By default a sentence made from the first and last values. */
  readonly alt?: string;
  readonly size?: FigureSize;
  /** Puts the numbers into the output too, a row an epoch. */
  readonly table?: boolean;
  /** The loss often spans powers of ten; "log" shows them evenly. */
  readonly lossScale?: "linear" | "log";
}

const PREFIX = "val_";

/**
 * Loss above, metrics below, over the epochs counted from 1; training solid, validation dashed in the same colour.
 *
 * A loss that became NaN or infinite is drawn up to there, and the title and text alternative say so: a diverging
 * run is a result worth seeing.
 *
 * @throws RangeError when there is no epoch, or a list is not as long as `epoch`.
 *
 * @example
 * import { plot } from "gradus";
 * const run = { epoch: [0, 1, 2], history: { loss: [1.1, 0.6, 0.4], val_loss: [1.2, 0.8, 0.7] } };
 * console.log(plot.history(run).alt);
 * // Training history over 3 epochs: loss falls from 1.1 to 0.4; val_loss falls from 1.2 to 0.7.
 */
export function history(source: TrainingHistory, options: HistoryOptions = {}): Figure {
  const where = "plot.history";
  const curves = readCurves(where, source);
  const epochs = source.epoch.map((epoch) => epoch + (source.epoch[0] === 0 ? 1 : 0));
  const names = [...new Set(curves.map(({ name }) => baseName(name)))];
  const hasMetrics = names.some((name) => !isLoss(name));
  const hasBoth = hasMetrics && names.some(isLoss);
  const diverged = curves.filter(({ stop }) => stop < epochs.length);
  const breaks = diverged.map(({ name, stop }) => `${name} is not finite from epoch ${epochs[stop]} on`);
  const alt = options.alt ?? describeRun(curves, epochs, breaks);
  const layout = baseLayout(
    where,
    {
      alt,
      title: options.title ?? "Training history",
      xLabel: "epoch",
      ...(options.size === undefined ? {} : { size: options.size }),
    },
    {
      widthPx: 720,
      heightPx: hasBoth ? 520 : 400,
      legend: true,
      note: breaks.length === 0 ? undefined : breaks.join("; "),
    },
  );
  const lossAxis = {
    ...axis(where, "y", "loss", undefined, options.lossScale),
    ...(hasBoth ? { domain: [0.55, 1] } : {}),
  };
  const metricAxis = axis(where, "y", names.filter((name) => !isLoss(name)).join(", "));
  const yAxes = hasBoth
    ? { yaxis: lossAxis, yaxis2: { ...metricAxis, domain: [0, 0.45] } }
    : { yaxis: hasMetrics ? metricAxis : lossAxis };
  const xaxis = {
    ...(layout["xaxis"] as object),
    ...(hasBoth ? { anchor: "y2" } : {}),
    // There is no epoch 1.5.
    ...(epochs.length <= 12 ? { dtick: 1 } : {}),
  };
  const inPairs = names.flatMap((name) => curves.filter((curve) => baseName(curve.name) === name));
  const data = inPairs.map((curve) => trace(curve, epochs, names.indexOf(baseName(curve.name)), hasBoth));
  const table =
    options.table === true
      ? dataTable(
          ["epoch", ...curves.map(({ name }) => name)],
          epochs.map((epoch, i) => [epoch, ...curves.map(({ values }) => Number(values[i].toPrecision(6)))]),
        )
      : undefined;
  return new Figure({ data, layout: { ...layout, ...yAxes, xaxis, hovermode: "x unified" }, alt, table });
}

interface Curve {
  readonly name: string;
  readonly values: readonly number[];
  /** The first epoch (as a position) whose value is not finite, or the number of epochs. */
  readonly stop: number;
}

function readCurves(where: string, source: TrainingHistory): Curve[] {
  const table: unknown = source?.history;
  if (!Array.isArray(source?.epoch) || typeof table !== "object" || table === null) {
    const hint = source instanceof Promise ? " Write: const history = await model.fit(...)." : "";
    throw new TypeError(
      `${where}: expects what fit() returns, { epoch, history }, got ${describe(source)}.${hint}`,
    );
  }
  if (source.epoch.length === 0) throw new RangeError(`${where}: there is no epoch yet. Train first.`);
  const names = Object.keys(source.history);
  if (names.length === 0) throw new RangeError(`${where}: the history holds no loss and no metric`);
  return names.map((name) => {
    const values = source.history[name];
    if (values.length !== source.epoch.length) {
      throw new RangeError(
        `${where}: "${name}" has ${values.length} values for ${source.epoch.length} epochs`,
      );
    }
    const bad = values.findIndex((value) => !Number.isFinite(value));
    return { name, values, stop: bad < 0 ? values.length : bad };
  });
}

function trace(curve: Curve, epochs: readonly number[], index: number, hasBoth: boolean): PlotlyTrace {
  const isValidation = curve.name.startsWith(PREFIX);
  const color = nth(seriesColors, index);
  return {
    type: "scatter",
    mode: epochs.length === 1 ? "markers" : "lines+markers",
    x: epochs.slice(0, curve.stop),
    y: rounded(curve.values.slice(0, curve.stop)),
    name: toPlotlyText(curve.name),
    showlegend: true,
    ...(hasBoth && !isLoss(baseName(curve.name)) ? { yaxis: "y2" } : {}),
    line: { color, width: 2, dash: isValidation ? "dash" : "solid" },
    marker: {
      color,
      symbol: nth(seriesSymbols, index) + (isValidation ? "-open" : ""),
      size: 6,
      maxdisplayed: 10,
    },
  };
}

function describeRun(curves: readonly Curve[], epochs: readonly number[], breaks: readonly string[]): string {
  const parts = curves.map(({ name, values, stop }) => {
    if (stop === 0) return `${name} has no finite value`;
    const [first, last] = [values[0], values[stop - 1]].map((value) => Number(value.toPrecision(3)));
    if (stop === 1) return `${name} is ${last}`;
    if (first === last) return `${name} stays near ${last}`;
    return `${name} ${last < first ? "falls" : "rises"} from ${first} to ${last}`;
  });
  const count = `${epochs.length} ${epochs.length === 1 ? "epoch" : "epochs"}`;
  return `Training history over ${count}: ${[...parts, ...breaks].join("; ")}.`;
}

function baseName(name: string): string {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
}

function isLoss(name: string): boolean {
  return name === "loss";
}
