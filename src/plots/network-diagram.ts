import { type DiagramOptions, diagramLayout, type Point, segments, shortNumber, words } from "./diagram.js";
import { Figure, type PlotlyLayout, type PlotlyTrace, toPlotlyText } from "./figure.js";
import { type CheckedGrid, type Numbers, readNumbers, rounded } from "./numbers.js";
import { type LayeredModel, type LayerWeights, readNetwork } from "./network-weights.js";
import { grey, nth, paper, seriesColors, textOn } from "./palette.js";

/** The options of `plot.networkDiagram`. */
export interface NetworkDiagramOptions extends DiagramOptions {
  /** Weights a layer, in the order of the network; those of a model are taken by themselves. */
  readonly weights?: readonly LayerWeights[];
  /** A number for every unit, layer by layer, the inputs first: for example the activations of one sample. */
  readonly values?: readonly Numbers[];
  /** What stands in the units, layer by layer; by default their values, else x1, x2 for the inputs. */
  readonly unitNames?: readonly (readonly string[])[];
  /** What stands below the layers. */
  readonly layerNames?: readonly string[];
  /** Writes the weights on the lines; by default when there are at most 12. */
  readonly showWeights?: boolean;
}

/** Of a wider layer only the first and last units are drawn. */
const MOST_UNITS = 9;
const WIDTHS = [1.2, 2, 3.2, 5] as const;

/**
 * A network as a drawing: a column of units a layer, a line a weight. With weights, a line is the wider, the greater the
 * weight is; negative ones are dashed and vermilion, positive ones solid and blue, those of 0 thin, dotted and grey.
 *
 * `plot.networkDiagram([2, 3, 1])`, `plot.networkDiagram(model)`, `plot.networkDiagram(model, { values: [x, ...activations] })`
 *
 * @throws RangeError when sizes are no whole numbers, or weights, values or names do not fit them.
 *
 * @example
 * import { plot } from "gradus";
 * console.log(plot.networkDiagram([3, 2]).alt);
 * // Network of 3 inputs, then 2 units, each joined to all of the layer before.
 */
export function networkDiagram(
  network: readonly number[] | LayeredModel,
  options: NetworkDiagramOptions = {},
): Figure {
  const where = "plot.networkDiagram";
  const { sizes, kernels, biases } = readNetwork(where, network, options.weights);
  const names = unitTexts(where, sizes, options);
  const tallest = Math.max(...sizes.map((size) => Math.min(size, MOST_UNITS + 1)));
  const alt = options.alt ?? describeNetwork(sizes, kernels);
  const height = Math.min(700, 130 + 74 * tallest);
  const layout = diagramLayout(
    where,
    { ...options, alt },
    {
      widthPx: Math.min(1000, 150 + 190 * sizes.length),
      heightPx: height,
      xRange: [-0.45, sizes.length - 0.55],
      yRange: [-(tallest / 2) - 0.75, tallest / 2 + 0.35],
      legend: kernels !== undefined,
    },
  );
  const places = sizes.map((size, layer) => unitPlaces(size, layer));
  const data: PlotlyTrace[] = kernels === undefined ? [plainEdges(places)] : weightedEdges(places, kernels);
  data.push(...unitTraces(places, names), ...gapMarks(sizes, places));
  const weightCount = sizes.slice(1).reduce((total, size, k) => total + size * sizes[k], 0);
  const annotations =
    kernels !== undefined && (options.showWeights ?? weightCount <= 12) ? weightLabels(places, kernels) : [];
  if (biases !== undefined && weightCount <= 60) data.push(biasLabels(places, biases));
  data.push(layerLabels(sizes, tallest, options.layerNames));
  return new Figure({
    data,
    layout: { ...layout, ...(annotations.length === 0 ? {} : { annotations }) },
    alt,
  });
}

interface Unit extends Point {
  /** Which unit of its layer this is. */
  readonly unit: number;
}

/** The units of a layer that are drawn, around the middle line; a wide layer leaves one place for the gap. */
function unitPlaces(size: number, layer: number): Unit[] {
  const drawn = Math.min(size, MOST_UNITS + 1);
  return Array.from({ length: drawn }, (_, slot): Unit[] => {
    const y = (drawn - 1) / 2 - slot;
    if (size <= MOST_UNITS) return [{ x: layer, y, unit: slot }];
    if (slot === 5) return [];
    return [{ x: layer, y, unit: slot < 5 ? slot : size - (drawn - slot) }];
  }).flat();
}

function unitTexts(
  where: string,
  sizes: readonly number[],
  { values, unitNames }: NetworkDiagramOptions,
): string[][] {
  for (const [option, lists] of Object.entries({ values, unitNames })) {
    if (lists === undefined) continue;
    if (lists.length !== sizes.length) {
      throw new RangeError(
        `${where}: ${option} needs a list for each of the ${sizes.length} layers, got ${lists.length}`,
      );
    }
  }
  return sizes.map((size, layer) => {
    const own = values === undefined ? undefined : readNumbers(values[layer], `${where}: values[${layer}]`);
    const texts =
      unitNames?.[layer] ??
      own?.map((value) => shortNumber(value, 2)) ??
      (layer === 0 ? Array.from({ length: size }, (_, i) => `x${i + 1}`) : new Array<string>(size).fill(""));
    if (texts.length === size) return texts.map(toPlotlyText);
    throw new RangeError(`${where}: layer ${layer} has ${size} units but ${texts.length} texts`);
  });
}

function plainEdges(places: readonly (readonly Unit[])[]): PlotlyTrace {
  const lines = places
    .slice(1)
    .flatMap((to, k) => places[k].flatMap((a) => to.map((b): [Point, Point] => [a, b])));
  return segments(lines, { color: grey, width: 1 });
}

/** Lines of four widths and two signs, as few traces. */
function weightedEdges(places: readonly (readonly Unit[])[], kernels: readonly CheckedGrid[]): PlotlyTrace[] {
  const edges = places
    .slice(1)
    .flatMap((to, k) =>
      places[k].flatMap((a) =>
        to.map((b) => ({ line: [a, b] as [Point, Point], weight: kernels[k].at(a.unit, b.unit) })),
      ),
    );
  const greatest = Math.max(...edges.map(({ weight }) => Math.abs(weight)), 1e-12);
  const named = new Set<boolean>();
  // A weight of exactly 0 passes nothing on, but the line is there.
  const still = edges.filter(({ weight }) => weight === 0).map(({ line }) => line);
  const zero =
    still.length === 0 ? [] : [segments(still, { color: grey, width: 1, dash: "dot" }, "weight 0")];
  const signed = [false, true].flatMap((negative) =>
    WIDTHS.flatMap((width, step): PlotlyTrace[] => {
      const members = edges.filter(({ weight }) => {
        const share = Math.min(3, Math.floor((Math.abs(weight) / greatest) * 4));
        return share === step && weight < 0 === negative && weight !== 0;
      });
      if (members.length === 0) return [];
      const first = !named.has(negative);
      named.add(negative);
      const style = { color: nth(seriesColors, negative ? 1 : 0), width, dash: negative ? "dash" : "solid" };
      const name = negative ? "weight below 0" : "weight above 0";
      const trace = segments(
        members.map(({ line }) => line),
        style,
        first ? name : undefined,
      );
      return [{ ...trace, legendgroup: name }];
    }),
  );
  return [...zero, ...signed];
}

function unitTraces(
  places: readonly (readonly Unit[])[],
  names: readonly (readonly string[])[],
): PlotlyTrace[] {
  return places.map((units, layer) => {
    const fill = layer === 0 ? grey : nth(seriesColors, layer === places.length - 1 ? 2 : 0);
    return {
      type: "scatter",
      mode: "markers+text",
      x: units.map(({ x }) => x),
      y: rounded(units.map(({ y }) => y)),
      text: units.map(({ unit }) => names[layer][unit]),
      textposition: "middle center",
      textfont: { size: 12, color: textOn(fill) },
      marker: {
        symbol: layer === 0 ? "square" : "circle",
        size: 40,
        color: fill,
        line: { width: 1.5, color: "paper" },
      },
      hoverinfo: "skip",
      showlegend: false,
      cliponaxis: false,
    };
  });
}

/** Three dots where units are left out. */
function gapMarks(sizes: readonly number[], places: readonly (readonly Unit[])[]): PlotlyTrace[] {
  const gaps = sizes.flatMap((size, layer) => {
    if (size <= MOST_UNITS) return [];
    const [above, below] = [places[layer][4], places[layer][5]];
    return [{ x: layer, y: (above.y + below.y) / 2, text: "\u22ee" }];
  });
  return gaps.length === 0 ? [] : [words(gaps, { sizePx: 24 })];
}

/** Each weight on its own line, on a patch of page; the labels of one fan stand at different shares of the way. */
function weightLabels(places: readonly (readonly Unit[])[], kernels: readonly CheckedGrid[]): PlotlyLayout[] {
  return places.slice(1).flatMap((to, k) =>
    places[k].flatMap((a, i) =>
      to.map((b, j): PlotlyLayout => {
        const slots = Math.max(2, to.length);
        const part = 0.26 + (0.48 * ((i * 2 + j) % slots)) / (slots - 1);
        return {
          x: Number((a.x + part * (b.x - a.x)).toFixed(3)),
          y: Number((a.y + part * (b.y - a.y)).toFixed(3)),
          xref: "x",
          yref: "y",
          text: shortNumber(kernels[k].at(a.unit, b.unit), 2),
          showarrow: false,
          font: { size: 12 },
          bgcolor: paper,
          borderpad: 1,
        };
      }),
    ),
  );
}

function biasLabels(
  places: readonly (readonly Unit[])[],
  biases: readonly (readonly number[] | undefined)[],
): PlotlyTrace {
  const labels = biases.flatMap((bias, k) =>
    bias === undefined
      ? []
      : places[k + 1].map(({ x, y, unit }) => ({ x, y: y - 0.46, text: `b ${shortNumber(bias[unit], 2)}` })),
  );
  return words(labels, { sizePx: 11 });
}

function layerLabels(
  sizes: readonly number[],
  tallest: number,
  names: readonly string[] | undefined,
): PlotlyTrace {
  const last = sizes.length - 1;
  const labels = sizes.map((size, layer) => {
    const name =
      names?.[layer] ??
      (layer === 0 ? "input" : layer === last ? "output" : last === 2 ? "hidden" : `hidden ${layer}`);
    return { x: layer, y: -(tallest / 2) - 0.4, text: `${toPlotlyText(name)} (${size})` };
  });
  return words(labels, { sizePx: 13 });
}

function describeNetwork(sizes: readonly number[], kernels: readonly CheckedGrid[] | undefined): string {
  const count = (size: number, word: string): string => `${size} ${size === 1 ? word : `${word}s`}`;
  const layers = sizes.slice(1).map((size) => count(size, "unit"));
  const shape = `Network of ${count(sizes[0], "input")}, then ${layers.join(", then ")}, each joined to all of the layer before`;
  if (kernels === undefined) return `${shape}.`;
  const parts = kernels.map((kernel, k) => {
    const all = Array.from({ length: kernel.rows }, (_, r) =>
      Array.from({ length: kernel.cols }, (__, c) => kernel.at(r, c)),
    ).flat();
    const told =
      all.length <= 12
        ? all.map((value) => shortNumber(value)).join(", ")
        : `from ${shortNumber(Math.min(...all))} to ${shortNumber(Math.max(...all))}`;
    return `weights into layer ${k + 1}: ${told}`;
  });
  return `${shape}; ${parts.join("; ")}.`;
}
