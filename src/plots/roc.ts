import { auc, rocCurve } from "../engine/index.js";
import { dataTable, type FigureTable } from "./data-table.js";
import { Figure, type PlotlyTrace } from "./figure.js";
import { slider } from "./frames.js";
import { baseLayout, type FigureSize } from "./layout.js";
import { type Numbers, readNumbers, rounded } from "./numbers.js";
import { grey, ink, nth, seriesColors } from "./palette.js";

/** The options of `plot.roc`. */
export interface RocFigureOptions {
  readonly title?: string;
  /** By default the area and the rates at the threshold. */
  readonly alt?: string;
  readonly size?: FigureSize;
  readonly table?: boolean;
  /** Thresholds of a slider; true for 0.05, 0.1, ... 0.95. Without it the figure stands still at 0.5. */
  readonly thresholds?: Numbers | true;
}

/**
 * What a classifier finds (true positive rate) against what it takes for found by mistake (false positive rate), for
 * every threshold; the mark is at one threshold, which a slider may move. The dotted diagonal is guessing.
 *
 * @param actual 1 for positive, 0 for negative, one a row.
 * @param scores probabilities of class 1, in the same order.
 * @throws DataError when lengths differ, or all rows are positive or all negative.
 *
 * @example
 * import { plot } from "gradus";
 * console.log(plot.roc([0, 0, 1, 1], [0.1, 0.6, 0.4, 0.9]).alt);
 * // ROC curve with an area of 0.75 below it. Threshold 0.5: finds 1 of 2, false alarms 1 of 2.
 */
export function roc(actual: Numbers, scores: Numbers, options: RocFigureOptions = {}): Figure {
  const where = "plot.roc";
  const truth = readNumbers(actual, `${where}: actual`);
  const given = readNumbers(scores, `${where}: scores`);
  const curve = rocCurve(truth, given);
  const area = Number(auc(truth, given).toPrecision(3));
  const at = (threshold: number): Figure =>
    still(where, options, curve, area, ratesAt(truth, given, threshold));
  if (options.thresholds === undefined) return at(0.5);
  const values =
    options.thresholds === true
      ? Array.from({ length: 19 }, (_, i) => Number(((i + 1) * 0.05).toFixed(2)))
      : readNumbers(options.thresholds, `${where}: thresholds`);
  const start = [...values].sort((a, b) => Math.abs(a - 0.5) - Math.abs(b - 0.5))[0];
  const table = options.table === true ? rocTable(curve) : undefined;
  return slider({ name: "threshold", values, start }, at, {
    alt:
      options.alt ?? `ROC curve with an area of ${area} below it, and a mark that a slider moves along it.`,
    ...(table === undefined ? {} : { table }),
  });
}

interface Rates {
  readonly threshold: number;
  readonly found: number;
  readonly positives: number;
  readonly falseAlarms: number;
  readonly negatives: number;
}

function ratesAt(truth: readonly number[], scores: readonly number[], threshold: number): Rates {
  const taken = scores.map((score) => score >= threshold);
  const count = (test: (i: number) => boolean): number => truth.filter((_, i) => test(i)).length;
  return {
    threshold,
    positives: count((i) => truth[i] === 1),
    negatives: count((i) => truth[i] !== 1),
    found: count((i) => truth[i] === 1 && taken[i]),
    falseAlarms: count((i) => truth[i] !== 1 && taken[i]),
  };
}

function still(
  where: string,
  options: RocFigureOptions,
  curve: ReturnType<typeof rocCurve>,
  area: number,
  rates: Rates,
): Figure {
  const { threshold, found, positives, falseAlarms, negatives } = rates;
  const told = `Threshold ${threshold}: finds ${found} of ${positives}, false alarms ${falseAlarms} of ${negatives}.`;
  const alt = `ROC curve with an area of ${area} below it. ${told}`;
  const { title = "ROC curve", size } = options;
  const layout = baseLayout(
    where,
    {
      alt,
      title,
      xLabel: "false positive rate",
      yLabel: "true positive rate",
      xRange: [-0.02, 1.02],
      yRange: [-0.02, 1.02],
      ...(size === undefined ? {} : { size }),
    },
    { widthPx: 520, heightPx: 500, legend: true, note: told.replace(/^Threshold/, "threshold") },
  );
  const data: PlotlyTrace[] = [
    {
      type: "scatter",
      mode: "lines",
      name: `area ${area}`,
      showlegend: true,
      x: rounded(curve.falsePositiveRates),
      y: rounded(curve.truePositiveRates),
      line: { color: nth(seriesColors, 0), width: 2.5 },
    },
    {
      type: "scatter",
      mode: "lines",
      name: "guessing",
      showlegend: true,
      x: [0, 1],
      y: [0, 1],
      line: { color: grey, width: 1.5, dash: "dot" },
      hoverinfo: "skip",
    },
    {
      type: "scatter",
      mode: "markers",
      x: rounded([falseAlarms / negatives]),
      y: rounded([found / positives]),
      name: "threshold",
      showlegend: true,
      marker: { symbol: "diamond", size: 14, color: nth(seriesColors, 1), line: { width: 1.5, color: ink } },
    },
  ];
  const useAlt = options.thresholds === undefined ? (options.alt ?? alt) : alt;
  return new Figure({
    data,
    layout,
    alt: useAlt,
    table: options.table === true && options.thresholds === undefined ? rocTable(curve) : undefined,
  });
}

function rocTable(curve: ReturnType<typeof rocCurve>): FigureTable {
  const [x, y] = [rounded(curve.falsePositiveRates), rounded(curve.truePositiveRates)];
  return dataTable(
    ["threshold", "false positive rate", "true positive rate"],
    curve.thresholds.map((threshold, i) => [
      Number.isFinite(threshold) ? Number(threshold.toPrecision(4)) : "above all",
      x[i],
      y[i],
    ]),
  );
}
