import { Figure, toPlotlyText } from "./figure.js";
import { type AxisOptions, baseLayout, type PlotOptions } from "./layout.js";
import { describe, type Numbers, readNumbers, rounded } from "./numbers.js";
import { nth, seriesColors, seriesPatterns } from "./palette.js";

/** Named bars: the height of each name. */
export interface Bars {
  readonly names: ArrayLike<string | number>;
  readonly values: Numbers;
  /** The name of this group of bars in the legend. */
  readonly name?: string;
}

/**
 * One bar a name, from 0 to its value. Several groups stand side by side and differ in colour and hatching.
 *
 * `plot.bar({ names: ["relu", "tanh"], values: [0.97, 0.95] }, { alt })`, or a list of such groups.
 *
 * @throws RangeError when names and values differ in number, a name occurs twice, or a value is NaN or infinite.
 */
export function bar(
  bars: Bars | readonly Bars[],
  options: PlotOptions & Pick<AxisOptions, "yRange">,
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
    };
  });
  const xaxis = { ...(layout["xaxis"] as object), type: "category", showgrid: false };
  return new Figure({ data, layout: { ...layout, xaxis, barmode: "group" }, alt: options.alt });
}
