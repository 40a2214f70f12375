import { type DiagramOptions, diagramLayout, rectangle, words, wrapped } from "./diagram.js";
import { Figure, type PlotlyLayout, toPlotlyText } from "./figure.js";
import { describe } from "./numbers.js";
import { nth, seriesColors, seriesDashes, withOpacity } from "./palette.js";

/** A set with what lies inside it. */
export interface NestedSet {
  readonly name: string;
  /** A few words below the name. */
  readonly note?: string;
  readonly inside?: readonly NestedSet[];
}

/** Height of a line of text, and the room around it, in the units of the drawing. */
const LINE = 1;
const ROOM = 0.7;
const CHARACTER = 0.42;

/**
 * Sets inside sets as boxes inside boxes: what lies in a box belongs to it. Sets of one depth share colour and dash.
 *
 * `plot.nestedSets({ name: "AI", inside: [{ name: "Machine learning", inside: [{ name: "Deep learning" }] }] })`
 *
 * @throws TypeError when a set has no name; RangeError when sets are nested deeper than six times.
 *
 * @example
 * import { plot } from "gradus";
 * console.log(plot.nestedSets({ name: "AI", inside: [{ name: "machine learning" }] }).alt);
 * // Nested sets: AI contains machine learning.
 */
export function nestedSets(root: NestedSet, options: DiagramOptions = {}): Figure {
  const where = "plot.nestedSets";
  const laid = layOut(where, root, 0);
  const alt = options.alt ?? `Nested sets: ${describeSet(root)}.`;
  const layout = diagramLayout(
    where,
    { ...options, alt },
    {
      widthPx: Math.min(960, Math.round(laid.width * 19) + 40),
      heightPx: Math.round(laid.height * 22) + 50,
      xRange: [-0.3, laid.width + 0.3],
      yRange: [-laid.height - 0.3, 0.3],
    },
  );
  const shapes: PlotlyLayout[] = [];
  const labels: { x: number; y: number; text: string }[] = [];
  draw(laid, 0, 0, shapes, labels);
  return new Figure({ data: [words(labels)], layout: { ...layout, shapes }, alt });
}

interface LaidOut {
  readonly lines: readonly string[];
  readonly depth: number;
  readonly width: number;
  readonly height: number;
  readonly inside: readonly LaidOut[];
}

function layOut(where: string, set: NestedSet, depth: number): LaidOut {
  if (typeof set?.name !== "string" || set.name.trim() === "") {
    throw new TypeError(`${where}: a set must be { name, inside }, got ${describe(set)}`);
  }
  if (depth > 6)
    throw new RangeError(`${where}: "${set.name}" lies deeper than six boxes, which nobody can read`);
  const inside = (set.inside ?? []).map((each) => layOut(where, each, depth + 1));
  const lines = [
    `<b>${toPlotlyText(set.name)}</b>`,
    ...(set.note === undefined ? [] : wrapped(set.note, 34).map(toPlotlyText)),
  ];
  const textWidth = Math.max(
    set.name.length * 1.08,
    ...(set.note === undefined ? [0] : wrapped(set.note, 34).map((text) => text.length)),
  );
  const innerWidth = inside.reduce((total, { width }) => total + width + ROOM, -ROOM);
  const innerHeight = Math.max(0, ...inside.map(({ height }) => height + ROOM));
  return {
    lines,
    depth,
    inside,
    width: Math.max(textWidth * CHARACTER, innerWidth) + 2 * ROOM,
    height: lines.length * LINE + 2 * ROOM * 0.7 + innerHeight,
  };
}

function draw(
  set: LaidOut,
  left: number,
  top: number,
  shapes: PlotlyLayout[],
  labels: { x: number; y: number; text: string }[],
): void {
  const color = nth(seriesColors, set.depth);
  shapes.push(
    rectangle(
      { x0: left, x1: left + set.width, y0: top - set.height, y1: top },
      {
        fill: withOpacity(color, 0.13),
        line: color,
        width: 2,
        dash: nth(seriesDashes, set.depth),
        layer: "below",
      },
    ),
  );
  set.lines.forEach((text, i) =>
    labels.push({ x: left + set.width / 2, y: top - ROOM * 0.7 - (i + 0.5) * LINE, text }),
  );
  const innerTop = top - ROOM * 0.7 - set.lines.length * LINE;
  const used = set.inside.reduce((total, { width }) => total + width + ROOM, -ROOM);
  let x = left + (set.width - used) / 2;
  const room = innerTop - (top - set.height) - ROOM;
  for (const inner of set.inside) {
    draw(inner, x, innerTop - (room - inner.height) / 2, shapes, labels);
    x += inner.width + ROOM;
  }
}

function describeSet({ name, note, inside = [] }: NestedSet): string {
  const told = note === undefined ? name : `${name} (${note})`;
  if (inside.length === 0) return told;
  return `${told} contains ${inside.map((each) => (each.inside?.length ? `[${describeSet(each)}]` : describeSet(each))).join(" and ")}`;
}
