import {
  arrow,
  type Box,
  type DiagramOptions,
  diagramLayout,
  rectangle,
  shortNumber,
  words,
} from "./diagram.js";
import { Figure, type PlotlyLayout, toPlotlyText } from "./figure.js";
import { describe } from "./numbers.js";
import { grey, nth, seriesColors, withOpacity } from "./palette.js";

/** A number that remembers how it was computed; the engine's `Value` is one. */
export interface GraphValue {
  readonly data: number;
  readonly gradient: number;
  readonly label?: string | undefined;
  readonly operation: string;
  readonly inputs: readonly GraphValue[];
}

/** The options of `plot.computationGraph`. */
export interface ComputationGraphOptions extends DiagramOptions {
  /** Writes the gradients; by default when any of them is not 0, that is after `backward()`. */
  readonly gradients?: boolean;
}

/** More boxes than this are not readable on a page. */
const MOST_VALUES = 40;
const HALF_WIDTH = 0.36;

/**
 * How a value came about, from left to right: a box a value with its name, its number and its gradient, an arrow from each
 * value to those that use it. Boxes of computed values name the operation and have a solid rim, given ones a dashed rim.
 *
 * @throws RangeError when there are more than 40 values.
 *
 * @example
 * import { plot, value } from "gradus";
 * const w = value(2, "w");
 * const y = w.mul(3);
 * y.backward();
 * console.log(plot.computationGraph(y).alt);
 * // Computation graph: w = 2, gradient 3; step 1 = 6 from * of w and 3, gradient 1.
 */
export function computationGraph(result: GraphValue, options: ComputationGraphOptions = {}): Figure {
  const where = "plot.computationGraph";
  if (typeof result !== "object" || result === null || !Array.isArray(result.inputs)) {
    throw new TypeError(`${where}: expects a Value, got ${describe(result)}`);
  }
  const order = inOrder(result);
  if (order.length > MOST_VALUES) {
    throw new RangeError(
      `${where}: the graph has ${order.length} values, more than ${MOST_VALUES}. Draw a smaller expression.`,
    );
  }
  const withGradients = options.gradients ?? order.some(({ gradient }) => gradient !== 0);
  const places = placesOf(order);
  const columns = Math.max(...[...places.values()].map(({ column }) => column)) + 1;
  const tallest = Math.max(...[...places.values()].map(({ y }) => Math.abs(y))) * 2 + 1;
  const halfHeight = withGradients ? 0.4 : 0.32;
  const boxOf = (value: GraphValue): Box => {
    const { column, y } = places.get(value)!;
    return { x0: column - HALF_WIDTH, x1: column + HALF_WIDTH, y0: y - halfHeight, y1: y + halfHeight };
  };
  const alt = options.alt ?? describeGraph(order, withGradients);
  const layout = diagramLayout(
    where,
    { ...options, alt },
    {
      widthPx: Math.min(1100, 60 + 165 * columns),
      heightPx: Math.min(800, 60 + 92 * tallest),
      xRange: [-0.55, columns - 0.45],
      yRange: [-tallest / 2 - 0.05, tallest / 2 + 0.05],
    },
  );
  const shapes: PlotlyLayout[] = order.map((value) =>
    rectangle(boxOf(value), {
      fill: withOpacity(value.inputs.length === 0 ? grey : nth(seriesColors, 0), 0.14),
      line: value.inputs.length === 0 ? grey : nth(seriesColors, 0),
      width: 1.5,
      ...(value.inputs.length === 0 ? { dash: "dash" } : {}),
      layer: "below",
    }),
  );
  const annotations = order.flatMap((value) =>
    // x · x uses one value twice; one arrow is enough.
    [...new Set(value.inputs)].map((input) => {
      const [from, to] = [boxOf(input), boxOf(value)];
      return arrow({ x: from.x1, y: (from.y0 + from.y1) / 2 }, { x: to.x0, y: (to.y0 + to.y1) / 2 });
    }),
  );
  const texts = words(
    order.map((value) => {
      const { column, y } = places.get(value)!;
      const number = shortNumber(value.data, 4);
      const name = [value.label, signOf(value.operation)]
        .filter((part) => part !== undefined && part !== "")
        .join(" : ");
      const lines = [
        ...(name === "" ? [] : [`<b>${toPlotlyText(name)}</b>`]),
        number,
        ...(withGradients ? [`gradient ${shortNumber(value.gradient, 4)}`] : []),
      ];
      return { x: column, y, text: lines.join("<br>") };
    }),
  );
  return new Figure({ data: [texts], layout: { ...layout, shapes, annotations }, alt });
}

/** Every value after those it depends on, the result last. By hand instead of by recursion: a long sum is deep. */
function inOrder(result: GraphValue): GraphValue[] {
  const order: GraphValue[] = [];
  const seen = new Set<GraphValue>([result]);
  const path = [{ value: result, next: 0 }];
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const input = top.value.inputs[top.next++];
    if (input === undefined) order.push(path.pop()!.value);
    else if (!seen.has(input)) {
      seen.add(input);
      path.push({ value: input, next: 0 });
    }
  }
  return order;
}

/**
 * The column of a value is one right of its last input; a given number stands one left of its first use, so that arrows
 * are short. Within a column the values stand at the mean height of what they belong to.
 */
function placesOf(order: readonly GraphValue[]): Map<GraphValue, { column: number; y: number }> {
  const column = new Map<GraphValue, number>();
  for (const value of order) {
    column.set(
      value,
      value.inputs.reduce((most, input) => Math.max(most, column.get(input)! + 1), 0),
    );
  }
  const users = new Map<GraphValue, GraphValue[]>(order.map((value) => [value, []]));
  for (const value of order) for (const input of value.inputs) users.get(input)!.push(value);
  for (const value of order) {
    const uses = users.get(value)!;
    if (value.inputs.length === 0 && uses.length > 0)
      column.set(value, Math.min(...uses.map((use) => column.get(use)!)) - 1);
  }
  const y = new Map<GraphValue, number>();
  const columns = Math.max(...column.values()) + 1;
  // From the result to the left: each value near those that use it.
  for (let at = columns - 1; at >= 0; at -= 1) {
    const members = order.filter((value) => column.get(value) === at);
    const wish = (value: GraphValue): number => {
      const uses = users.get(value)!.filter((use) => y.has(use));
      if (uses.length === 0) return 0;
      const mean = uses.reduce((total, use) => total + y.get(use)!, 0) / uses.length;
      // The first operand stands above the second.
      return mean - 0.1 * uses[0].inputs.indexOf(value);
    };
    const sorted = members.map((value) => ({ value, wish: wish(value) })).sort((a, b) => b.wish - a.wish);
    const middle = sorted.reduce((total, each) => total + each.wish, 0) / Math.max(1, sorted.length);
    sorted.forEach(({ value }, i) => y.set(value, middle + (sorted.length - 1) / 2 - i));
  }
  const all = [...y.values()];
  const centre = (Math.max(...all) + Math.min(...all)) / 2;
  return new Map(order.map((value) => [value, { column: column.get(value)!, y: y.get(value)! - centre }]));
}

function signOf(operation: string): string {
  return { "*": "\u00d7", "/": "\u00f7", "-": "\u2212", neg: "\u2212" }[operation] ?? operation;
}

function describeGraph(order: readonly GraphValue[], withGradients: boolean): string {
  const names = new Map<GraphValue, string>();
  let unnamed = 0;
  for (const value of order) {
    names.set(
      value,
      value.label ?? (value.inputs.length === 0 ? shortNumber(value.data) : `step ${(unnamed += 1)}`),
    );
  }
  const parts = order
    .filter((value) => value.inputs.length > 0 || value.label !== undefined)
    .map((value) => {
      const name = names.get(value)!;
      const made =
        value.inputs.length === 0
          ? ""
          : ` from ${value.operation} of ${value.inputs.map((input) => names.get(input)!).join(" and ")}`;
      const slope = withGradients ? `, gradient ${shortNumber(value.gradient, 4)}` : "";
      return `${name} = ${shortNumber(value.data, 4)}${made}${slope}`;
    });
  return `Computation graph: ${parts.join("; ")}.`;
}
