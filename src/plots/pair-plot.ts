import { type ClassifiedData, readClassified } from "./classes.js";
import { dataTable } from "./data-table.js";
import { Figure, type PlotlyTrace, toPlotlyText } from "./figure.js";
import { baseLayout, type FigureSize, without } from "./layout.js";
import { rounded } from "./numbers.js";
import { nth, seriesColors, seriesDashes, seriesSymbols, withOpacity } from "./palette.js";

/** The options of `plot.pairPlot`. */
export interface PairPlotOptions {
  /** What the figure shows, for readers who cannot see it. */
  readonly alt: string;
  readonly title?: string;
  readonly size?: FigureSize;
  readonly table?: boolean;
}

/** More features than this give panels too small to read. */
const MOST_FEATURES = 6;

/**
 * Every feature against every other: points below the diagonal, on it how often each value occurs in each class. The
 * upper half would show the same mirrored and stays empty. Each class has a colour, a shape and a dash.
 *
 * @throws RangeError for fewer than 2 or more than 6 features, or when data and labels differ in length.
 *
 * @example
 * import { loadIris, plot } from "gradus";
 * const figure = plot.pairPlot(loadIris(), { alt: "Setosa lies apart in every panel with a petal." });
 * console.log(figure.data.length / 3, "panels"); // 10 panels
 */
export function pairPlot(data: ClassifiedData, options: PairPlotOptions): Figure {
  const where = "plot.pairPlot";
  const samples = readClassified(where, data);
  const { x, classes, classNames, featureNames } = samples;
  const count = x.cols;
  if (count < 2 || count > MOST_FEATURES) {
    throw new RangeError(
      `${where}: draws 2 to ${MOST_FEATURES} features, data.x is [${x.rows}, ${count}]. Choose some columns.`,
    );
  }
  const side = Math.min(220, Math.max(130, 820 / count));
  const layout = baseLayout(where, options, {
    widthPx: Math.round(side * count + 90),
    heightPx: Math.round(side * 0.82 * count + 110),
    legend: true,
  });
  const members = classNames.map((_, k) => classes.flatMap((own, i) => (own === k ? [i] : [])));
  const columns = featureNames.map((_, col) => rounded(x.column(col)));
  const ranges = columns.map(padded);
  const traces: PlotlyTrace[] = [];
  const axes: Record<string, unknown> = {};
  const gap = 0.05;
  const size = (1 - gap * (count - 1)) / count;
  const share = (k: number): [number, number] => [
    Number((k * (size + gap)).toFixed(4)),
    Number((k * (size + gap) + size).toFixed(4)),
  ];
  let number = 0;
  for (let row = 0; row < count; row += 1) {
    for (let col = 0; col <= row; col += 1) {
      number += 1;
      const id = number === 1 ? "" : String(number);
      const bottom = row === count - 1;
      const diagonal = row === col;
      axes[`xaxis${id}`] = {
        domain: share(col),
        anchor: `y${id}`,
        range: ranges[col],
        zeroline: false,
        nticks: 4,
        showticklabels: bottom,
        ...(bottom ? { title: { text: toPlotlyText(featureNames[col]), standoff: 8 } } : {}),
      };
      axes[`yaxis${id}`] = {
        domain: share(count - 1 - row),
        anchor: `x${id}`,
        zeroline: false,
        nticks: 4,
        showticklabels: col === 0 && !diagonal,
        ...(diagonal ? { rangemode: "tozero" } : { range: ranges[row] }),
        ...(col === 0 ? { title: { text: toPlotlyText(featureNames[row]), standoff: 6 } } : {}),
      };
      for (const [k, own] of members.entries()) {
        const place = {
          xaxis: `x${id}`,
          yaxis: `y${id}`,
          name: toPlotlyText(classNames[k]),
          legendgroup: classNames[k],
        };
        const values = own.map((i) => columns[col][i]);
        traces.push(
          diagonal
            ? { ...place, ...hill(values, ranges[col], k), showlegend: false }
            : {
                ...place,
                type: "scatter",
                mode: "markers",
                x: values,
                y: own.map((i) => columns[row][i]),
                marker: {
                  color: nth(seriesColors, k),
                  symbol: nth(seriesSymbols, k),
                  size: 7,
                  opacity: 0.85,
                },
                // The first panel of points stands for all of them.
                showlegend: row === 1 && col === 0,
              },
        );
      }
    }
  }
  const rest = without(layout, "xaxis", "yaxis");
  const table =
    options.table === true
      ? dataTable(
          ["class", ...featureNames],
          classes.map((k, i) => [classNames[k], ...columns.map((column) => column[i])]),
        )
      : undefined;
  return new Figure({ data: traces, layout: { ...rest, ...axes }, alt: options.alt, table });
}

function padded(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = high > low ? (high - low) * 0.08 : 1;
  return [Number((low - room).toPrecision(6)), Number((high + room).toPrecision(6))];
}

/** Counts in 12 bins as a stepped outline. */
function hill(values: readonly number[], [low, high]: readonly [number, number], k: number): PlotlyTrace {
  const bins = 12;
  const counts = new Array<number>(bins).fill(0);
  for (const value of values)
    counts[Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins))] += 1;
  return {
    type: "scatter",
    mode: "lines",
    x: rounded(Array.from({ length: bins + 1 }, (_, i) => low + ((high - low) * i) / bins)),
    y: [...counts, counts[bins - 1]],
    line: { color: nth(seriesColors, k), width: 1.5, dash: nth(seriesDashes, k), shape: "hv" },
    fill: "tozeroy",
    fillcolor: withOpacity(nth(seriesColors, k), 0.2),
    hoverinfo: "skip",
  };
}
