import { dataTable } from "./data-table.js";
import { Figure, type PlotlyTrace, toPlotlyText } from "./figure.js";
import { type AxisOptions, baseLayout, type PlotOptions } from "./layout.js";
import { describe, type Numbers, readNumbers, rounded } from "./numbers.js";
import { ink, nth, seriesColors, seriesPatterns } from "./palette.js";

/** Named bars: the height of each name. */
export interface Bars {
  readonly names: ArrayLike<string | number>;
  readonly values: Numbers;
  /** The name of this group of bars in the legend. */
  readonly name?: string;
  /** A bracket over each bar: the range that is expected, published or seen over many runs. */
  readonly band?: { readonly low: Numbers; readonly high: Numbers };
}

/**
 * One bar a name, from 0 to its value; with `yScale: "log"` from the lower end of the axis. Several groups stand side by side and differ in colour and hatching.
 *
 * `plot.bar({ names: ["relu", "tanh"], values: [0.97, 0.95] }, { alt })`, or a list of such groups.
 *
 * @throws RangeError when names and values differ in number, a name occurs twice, or a value is NaN or infinite.
 *
 * @example
 * import { plot } from "gradus";
 * const scores = { names: ["relu", "tanh"], values: [0.97, 0.95] };
 * const figure = plot.bar(scores, { title: "Accuracy", alt: "relu reaches 0.97, tanh 0.95.", yRange: [0, 1] });
 * console.log(figure); // Figure "Accuracy": relu reaches 0.97, tanh 0.95.
 */
export function bar(
  bars: Bars | readonly Bars[],
  options: PlotOptions & Pick<AxisOptions, "yRange" | "yScale">,
): Figure {
  const where = "plot.bar";
  const groups: readonly Bars[] = Array.isArray(bars) ? bars : [bars as Bars];
  const legend = groups.length > 1 && groups.some((group) => group?.name !== undefined);
  const layout = baseLayout(where, options, { widthPx: 720, heightPx: 400, legend });
  if (groups.length === 0)
    throw new RangeError(`${where}: there is no group of bars. Give { names, values }.`);
  const data = groups.map((group, i) => {
    if (
      typeof group !== "object" ||
      group === null ||
      group.names === undefined ||
      group.values === undefined
    ) {
      throw new TypeError(`${where}: expects { names, values }, got ${describe(group)}`);
    }
    const place = group.name === undefined ? where : `${where}: group "${group.name}"`;
    const values = readNumbers(group.values, `${place}: values`);
    const names = Array.from(group.names, String);
    if (names.length !== values.length) {
      throw new RangeError(
        `${place}: there are ${names.length} names for ${values.length} values. Give one name a bar.`,
      );
    }
    const twice = names.find((name, k) => names.indexOf(name) !== k);
    if (twice !== undefined) {
      throw new RangeError(`${place}: the name "${twice}" occurs twice; its bars would lie on each other`);
    }
    if (options.yScale === "log") requireAboveZero(place, names, values);
    const pattern = nth(seriesPatterns, i);
    return {
      type: "bar",
      x: names.map(toPlotlyText),
      y: rounded(values),
      ...(group.name === undefined ? {} : { name: toPlotlyText(group.name) }),
      showlegend: groups.length > 1 && group.name !== undefined,
      marker: {
        color: nth(seriesColors, i),
        ...(pattern === "" ? {} : { pattern: { shape: pattern, size: 6, solidity: 0.3 } }),
      },
      ...(group.band === undefined ? {} : { error_y: bracket(place, group.band, values) }),
    };
  });
  const xaxis = { ...(layout["xaxis"] as object), type: "category", showgrid: false };
  const table = options.table === true ? barTable(groups, options) : undefined;
  return new Figure({ data, layout: { ...layout, xaxis, barmode: "group" }, alt: options.alt, table });
}

/** A bar of height 0 has no place on a log scale, and plotly would leave it out without a word. */
function requireAboveZero(place: string, names: readonly string[], values: readonly number[]): void {
  const index = values.findIndex((value) => value <= 0);
  if (index < 0) return;
  throw new RangeError(
    `${place}: "${names[index]}" is ${values[index]}, and a log scale has only values above 0. ` +
      `Leave it out, or take yScale: "linear".`,
  );
}

/** plotly's error bars are distances from the top of the bar; a band may lie wholly above or below it. */
function bracket(place: string, band: NonNullable<Bars["band"]>, values: readonly number[]): PlotlyTrace {
  const low = readNumbers(band.low, `${place}: band.low`);
  const high = readNumbers(band.high, `${place}: band.high`);
  if (low.length !== values.length || high.length !== values.length) {
    throw new RangeError(
      `${place}: the band has ${low.length} low and ${high.length} high ends for ${values.length} bars`,
    );
  }
  const upsideDown = low.findIndex((value, i) => value > high[i]);
  if (upsideDown >= 0) {
    throw new RangeError(
      `${place}: band.low[${upsideDown}] = ${low[upsideDown]} lies above band.high[${upsideDown}] = ${high[upsideDown]}`,
    );
  }
  return {
    type: "data",
    symmetric: false,
    array: rounded(high.map((value, i) => value - values[i])),
    arrayminus: rounded(low.map((value, i) => values[i] - value)),
    color: ink,
    thickness: 2,
    width: 9,
  };
}

function barTable(groups: readonly Bars[], options: PlotOptions): ReturnType<typeof dataTable> {
  const banded = groups.some((group) => group.band !== undefined);
  const columns = [
    options.xLabel ?? "name",
    ...(groups.length > 1 ? ["group"] : []),
    options.yLabel ?? "value",
    ...(banded ? ["band from", "band to"] : []),
  ];
  const rows = groups.flatMap((group, g) => {
    const values = rounded(readNumbers(group.values, "plot.bar: values"));
    const ends =
      group.band === undefined
        ? []
        : [group.band.low, group.band.high].map((end) => readNumbers(end, "plot.bar: band"));
    return values.map((value, i) => [
      String(group.names[i]),
      ...(groups.length > 1 ? [group.name ?? `group ${g + 1}`] : []),
      value,
      ...(banded ? (ends.length === 0 ? ["", ""] : ends.map((end) => end[i])) : []),
    ]);
  });
  return dataTable(columns, rows);
}
