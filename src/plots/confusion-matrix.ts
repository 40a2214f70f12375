import { byNumberThenName } from "./classes.js";
import { dataTable } from "./data-table.js";
import { Figure } from "./figure.js";
import { cellAxes, cellTexts, heatStyle, readNames } from "./heatmap.js";
import { baseLayout, type FigureSize } from "./layout.js";
import { type CheckedGrid, describe, type GridLike, readGrid } from "./numbers.js";

/** One label a sample; or class numbers, as `argmax` gives them. */
export type Labels = ArrayLike<string | number>;

/** The options of `plot.confusionMatrix`. */
export interface ConfusionMatrixOptions {
  /** Class names in the order of the rows; with labels, the order in which the classes are shown. */
  readonly classNames?: readonly string[];
  readonly title?: string;
  /** By default a sentence made from the counts. */
  readonly alt?: string;
  readonly size?: FigureSize;
  /** Puts the counts into the output too, as a table. */
  readonly table?: boolean;
}

/**
 * Row i, column j: how many samples of class i the model took for class j. The diagonal is what it got right.
 * Cells show counts; their colour is the share of the row, so that rare classes count as much as frequent ones.
 *
 * @param source counts as a square table, or `{ actual, predicted }` labels. With `classNames` given, numbers among
 * the labels are taken for positions in it.
 * @throws RangeError when the table is not square, holds anything but counts, or the lists of labels differ in length.
 *
 * @example
 * import { plot } from "gradus";
 * const figure = plot.confusionMatrix(
 *   { actual: [0, 0, 1, 1, 1], predicted: [0, 1, 1, 1, 1] },
 *   { classNames: ["cat", "dog"] },
 * );
 * console.log(figure.alt);
 * // Confusion matrix of 2 classes: 4 of 5 samples on the diagonal; mistakes: 1 of cat taken for dog.
 */
export function confusionMatrix(
  source: GridLike | { readonly actual: Labels; readonly predicted: Labels },
  options: ConfusionMatrixOptions = {},
): Figure {
  const where = "plot.confusionMatrix";
  const { counts, names } = readCounts(where, source, options.classNames);
  const shares = counts.map((row) => {
    const total = sum(row);
    return row.map((count) => (total === 0 ? 0 : count / total));
  });
  const alt = options.alt ?? describeCounts(counts, names);
  const layout = baseLayout(
    where,
    {
      alt,
      xLabel: "predicted class",
      yLabel: "actual class",
      ...(options.title === undefined ? {} : { title: options.title }),
      ...(options.size === undefined ? {} : { size: options.size }),
    },
    { widthPx: Math.min(820, 420 + 40 * names.length), heightPx: Math.min(760, 320 + 40 * names.length) },
  );
  const shown = readNames(where, "classNames", names, names.length);
  const data = [
    {
      type: "heatmap",
      z: shares.map((row) => row.map((share) => Number(share.toPrecision(4)))),
      x: shown,
      y: shown,
      zmin: 0,
      zmax: 1,
      ...heatStyle(),
      text: counts,
      colorbar: { title: { text: "share of row" }, tickformat: ".0%", outlinewidth: 0, thickness: 14 },
      hovertemplate: "actual %{y}, predicted %{x}: %{text} (%{z:.1%} of the row)<extra></extra>",
    },
    cellTexts(
      counts.map((row) => row.map(String)),
      shares,
      shown,
      shown,
    ),
  ];
  const table =
    options.table === true
      ? dataTable(
          ["actual", ...names.map((name) => `predicted ${name}`)],
          counts.map((row, i) => [names[i], ...row]),
        )
      : undefined;
  return new Figure({ data, layout: { ...layout, ...cellAxes(layout) }, alt, table });
}

function readCounts(
  where: string,
  source: GridLike | { readonly actual: Labels; readonly predicted: Labels },
  classNames: readonly string[] | undefined,
): { counts: number[][]; names: readonly string[] } {
  if (typeof source === "object" && source !== null && "actual" in source) {
    return countLabels(where, source.actual, source.predicted, classNames);
  }
  const grid: CheckedGrid = readGrid(source, `${where}: counts`);
  if (grid.rows !== grid.cols) {
    throw new RangeError(
      `${where}: the table must be square, one row and one column a class; got [${grid.rows}, ${grid.cols}]. ` +
        `To count labels give { actual, predicted }.`,
    );
  }
  const counts = Array.from({ length: grid.rows }, (_, i) =>
    Array.from({ length: grid.cols }, (_, j) => grid.at(i, j)),
  );
  counts.forEach((row, i) =>
    row.forEach((count, j) => {
      if (!Number.isInteger(count) || count < 0) {
        throw new RangeError(
          `${where}: counts[${i}][${j}] is ${count}; a count is a whole number of 0 or more`,
        );
      }
    }),
  );
  readNames(where, "classNames", classNames, grid.rows);
  return { counts, names: classNames ?? counts.map((_, i) => String(i)) };
}

function countLabels(
  where: string,
  actual: Labels,
  predicted: Labels,
  classNames: readonly string[] | undefined,
): { counts: number[][]; names: readonly string[] } {
  for (const [name, labels] of Object.entries({ actual, predicted })) {
    if (typeof labels !== "object" || labels === null || typeof labels.length !== "number") {
      throw new TypeError(`${where}: ${name} must be a list of labels, got ${describe(labels)}`);
    }
  }
  if (actual.length !== predicted.length) {
    throw new RangeError(
      `${where}: there are ${actual.length} actual labels but ${predicted.length} predicted ones. Every sample needs both.`,
    );
  }
  if (actual.length === 0)
    throw new RangeError(`${where}: the lists of labels are empty. Nothing can be counted.`);
  const nameOf = (label: string | number): string =>
    typeof label === "number" && classNames !== undefined
      ? (classNames[label] ?? String(label))
      : String(label);
  const rows = Array.from(actual, nameOf);
  const columns = Array.from(predicted, nameOf);
  const names = classNames ?? [...new Set([...rows, ...columns])].sort(byNumberThenName);
  const place = new Map(names.map((name, i) => [name, i]));
  const counts = names.map(() => names.map(() => 0));
  rows.forEach((row, sample) => {
    const [i, j] = [place.get(row), place.get(columns[sample])];
    if (i === undefined || j === undefined) {
      const stranger = i === undefined ? row : columns[sample];
      throw new RangeError(
        `${where}: sample ${sample} has the label "${stranger}", which is not among classNames [${names.join(", ")}]`,
      );
    }
    counts[i][j] += 1;
  });
  return { counts, names };
}

function describeCounts(counts: readonly (readonly number[])[], names: readonly string[]): string {
  const total = sum(counts.map(sum));
  const right = sum(counts.map((row, i) => row[i]));
  const mistakes = counts
    .flatMap((row, i) =>
      row.map((count, j) => ({
        count,
        text: `${count} of ${names[i]} taken for ${names[j]}`,
        wrong: i !== j,
      })),
    )
    .filter(({ count, wrong }) => wrong && count > 0)
    .sort((a, b) => b.count - a.count);
  const most = mistakes.slice(0, 3).map(({ text }) => text);
  const rest = mistakes.length > most.length ? ", and others" : "";
  const verdict = mistakes.length === 0 ? "no mistakes" : `mistakes: ${most.join(", ")}${rest}`;
  return `Confusion matrix of ${names.length} classes: ${right} of ${total} samples on the diagonal; ${verdict}.`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
