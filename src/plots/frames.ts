import { type SliderState, withControls } from "./controls.js";
import type { FigureTable } from "./data-table.js";
import { Figure, type PlotlyFrame, type PlotlyLayout, type PlotlyTrace, requireAlt } from "./figure.js";
import { describe } from "./numbers.js";

/** A quantity that a reader moves: its name, and the values that it can take. */
export interface SliderControl {
  readonly name: string;
  readonly values: ArrayLike<number>;
  /** The value at which the slider stands at first; by default the first. */
  readonly start?: number;
  /** How a value is written; by default up to four digits. */
  readonly format?: (value: number) => string;
}

/** The options of `plot.slider`. */
export interface SliderOptions {
  /** What the figure shows over all positions of the sliders. The figure of each position has an `alt` of its own. */
  readonly alt: string;
  /** Offers a play button for a single slider: true, or milliseconds a step. Default false. */
  readonly play?: boolean | number;
  readonly table?: FigureTable;
}

/** The options of `plot.frames`. */
export interface FramesOptions extends SliderOptions {
  /** What the steps are called; default "step". */
  readonly name?: string;
  /** A label for each figure; by default 1, 2, 3, ... */
  readonly labels?: readonly string[];
  /** The figure that is shown first, counted from 0. */
  readonly start?: number;
}

/** More states than this no one visits, and each of them is stored. */
const MOST_STATES = 500;
/** A notebook of ten figures should stay below a megabyte. */
const MOST_BYTES = 400_000;
const PLAY_MS = 500;

/**
 * A figure with sliders, drawn beforehand at every position, so that it moves without a kernel: in an untrusted notebook
 * and in exported HTML too. Axes without a range get one that holds all positions.
 *
 * `plot.slider({ name: "k", values: [1, 2, 5] }, (k) => plot.line(curve(k), { alt: ... }), { alt })`; with a list of
 * controls, `draw` gets one value of each.
 *
 * @throws RangeError when a control has fewer than two values, or the positions are too many or too big to store.
 *
 * @example
 * import { plot } from "gradus";
 * const x = [-2, -1, 0, 1, 2];
 * const figure = plot.slider(
 *   { name: "slope", values: [0, 1, 2] },
 *   (slope) => plot.line({ x, y: x.map((value) => slope * value) }, { alt: `slope ${slope}` }),
 *   { alt: "A line that a slider turns." },
 * );
 * console.log(figure.alt); // A line that a slider turns.
 */
export function slider(
  control: SliderControl,
  draw: (value: number) => Figure,
  options: SliderOptions,
): Figure;
export function slider(
  controls: readonly SliderControl[],
  draw: (...values: number[]) => Figure,
  options: SliderOptions,
): Figure;
export function slider(
  control: SliderControl | readonly SliderControl[],
  draw: (...values: number[]) => Figure,
  options: SliderOptions,
): Figure {
  const where = "plot.slider";
  const list = Array.isArray(control) ? (control as readonly SliderControl[]) : [control as SliderControl];
  if (list.length === 0) throw new RangeError(`${where}: there is no control. Give { name, values }.`);
  if (typeof draw !== "function") {
    throw new TypeError(
      `${where}: expects a function that draws a figure for a value, got ${describe(draw)}`,
    );
  }
  const sliders = list.map((each) => sliderState(where, each));
  const count = sliders.reduce((product, { labels }) => product * labels.length, 1);
  if (count > MOST_STATES) {
    const sizes = sliders.map(({ labels }) => labels.length).join(" · ");
    throw new RangeError(
      `${where}: ${sizes} = ${count} positions are more than ${MOST_STATES}. Give fewer values or fewer sliders.`,
    );
  }
  const figures = Array.from({ length: count }, (_, state) => {
    const values = digits(state, sliders).map((at, k) => sliders[k].values![at]);
    return draw(...values);
  });
  return composed(where, figures, sliders, options);
}

/**
 * Figures as the steps of one figure, with a slider and, if wanted, a play button. Every step is stored, so that it
 * moves without a kernel.
 *
 * @throws RangeError for fewer than two figures, or labels that do not fit their number.
 *
 * @example
 * import { plot } from "gradus";
 * const steps = [[3, 2], [2, 1], [1, 0]].map((y) => plot.line(y, { alt: `From ${y[0]} to ${y[1]}.` }));
 * console.log(plot.frames(steps, { play: true, alt: "A line that sinks." }).frames.length, "steps"); // 3 steps
 */
export function frames(figures: readonly Figure[], options: FramesOptions): Figure {
  const where = "plot.frames";
  const labels = options?.labels ?? figures.map((_, i) => String(i + 1));
  if (labels.length !== figures.length) {
    throw new RangeError(`${where}: there are ${labels.length} labels for ${figures.length} figures`);
  }
  const at = options?.start ?? 0;
  if (!Number.isInteger(at) || at < 0 || at >= figures.length) {
    throw new RangeError(
      `${where}: start must be a position from 0 to ${figures.length - 1}, got ${describe(at)}`,
    );
  }
  return composed(where, figures, [{ name: options?.name ?? "step", labels, at }], options);
}

/** A control with its values read and its labels written. */
export function sliderState(where: string, control: SliderControl): SliderState {
  if (typeof control !== "object" || control === null || typeof control.name !== "string") {
    throw new TypeError(`${where}: a control is { name, values }, got ${describe(control)}`);
  }
  const values = Array.from(control.values ?? []);
  if (values.length < 2 || !values.every(Number.isFinite)) {
    throw new RangeError(
      `${where}: the control "${control.name}" needs at least two finite values, got [${values.slice(0, 5).join(", ")}]`,
    );
  }
  const at = control.start === undefined ? 0 : values.indexOf(control.start);
  if (at < 0) {
    throw new RangeError(
      `${where}: the control "${control.name}" starts at ${control.start}, which is not among its values`,
    );
  }
  const format =
    control.format ?? ((value: number) => String(Number(value.toPrecision(4))).replace("-", "\u2212"));
  return { name: control.name, labels: values.map(format), at, values };
}

function composed(
  where: string,
  figures: readonly Figure[],
  sliders: readonly SliderState[],
  options: SliderOptions,
): Figure {
  const alt = requireAlt(where, options?.alt);
  if (figures.length < 2) throw new RangeError(`${where}: needs at least two figures, got ${figures.length}`);
  figures.forEach((figure, i) => {
    if (!(figure instanceof Figure)) {
      throw new TypeError(`${where}: step ${i + 1} must be a figure, got ${describe(figure)}`);
    }
    if (figure.frames.length > 0) throw new RangeError(`${where}: step ${i + 1} has sliders of its own`);
  });
  const layouts = sharedRanges(figures);
  const start = sliders.reduce((state, { labels, at }) => state * labels.length + at, 0);
  const states = padded(figures);
  const stored = frameList(states, layouts);
  const bytes = JSON.stringify(stored).length;
  if (bytes > MOST_BYTES) {
    throw new RangeError(
      `${where}: the ${figures.length} steps would take ${Math.round(bytes / 1000)} KB, more than ${MOST_BYTES / 1000} KB. ` +
        `Give fewer steps or fewer points.`,
    );
  }
  const play = options.play === true ? PLAY_MS : options.play === false ? undefined : options.play;
  if (play !== undefined && !(play >= 50 && play <= 10_000)) {
    throw new RangeError(
      `${where}: play must be true or 50 to 10000 milliseconds a step, got ${describe(play)}`,
    );
  }
  if (play !== undefined && sliders.length > 1) {
    throw new RangeError(`${where}: a play button needs a single slider, there are ${sliders.length}`);
  }
  const alts = figures.map((figure) => figure.alt);
  const layout = withControls(layouts[start], {
    // The numbers behind the labels are only of use to rules.
    sliders: sliders.map(({ name, labels, at }) => ({ name, labels, at })),
    ...(play === undefined ? {} : { intervalMs: play }),
    ...(new Set(alts).size > 1 ? { alts } : {}),
  });
  return new Figure({ data: states[start], layout, frames: stored, alt, table: options.table });
}

/** The positions of the sliders in a state; the last slider turns fastest. */
function digits(state: number, sliders: readonly SliderState[]): number[] {
  const found: number[] = [];
  let rest = state;
  for (const { labels } of [...sliders].reverse()) {
    found.unshift(rest % labels.length);
    rest = Math.floor(rest / labels.length);
  }
  return found;
}

/** The traces of every state. A state may have fewer than another; what it lacks is there, but not seen. */
function padded(figures: readonly Figure[]): PlotlyTrace[][] {
  const count = Math.max(...figures.map(({ data }) => data.length));
  return figures.map(({ data }) =>
    Array.from({ length: count }, (_, i): PlotlyTrace => data[i] ?? { type: "scatter", visible: false }),
  );
}

/** For every state the fields that are not the same in all states; a field that a state lacks is null there. */
function frameList(states: readonly PlotlyTrace[][], layouts: readonly PlotlyLayout[]): PlotlyFrame[] {
  const varying = states[0].map((_, i) => varyingKeys(states.map((data) => data[i])));
  const traces = varying.flatMap((keys, i) => (keys.length === 0 ? [] : [i]));
  const layoutKeys = varyingKeys(layouts).filter((key) => key !== "meta");
  return states.map((data, state) => ({
    name: String(state),
    traces,
    data: traces.map((i) => pick(data[i], varying[i])),
    ...(layoutKeys.length === 0 ? {} : { layout: pick(layouts[state], layoutKeys) }),
  }));
}

function varyingKeys(records: readonly Readonly<Record<string, unknown>>[]): string[] {
  const keys = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return keys.filter((key) => new Set(records.map((record) => JSON.stringify(record[key]))).size > 1);
}

function pick(record: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, record[key] ?? null]));
}

/**
 * The layouts with a range on every plain axis that has none, wide enough for all states: an axis that changes its
 * scale at each step would hide the change of the data.
 */
function sharedRanges(figures: readonly Figure[]): PlotlyLayout[] {
  const fixed: Record<string, readonly [number, number]> = {};
  for (const name of Object.keys(figures[0].layout).filter((key) => /^[xy]axis\d*$/.test(key))) {
    const axis = figures[0].layout[name] as Record<string, unknown>;
    if (axis["range"] !== undefined || axis["type"] !== undefined || axis["autorange"] !== undefined)
      continue;
    const range = extentOf(figures, name);
    if (range !== undefined) fixed[name] = range;
  }
  return figures.map(({ layout }) => ({
    ...layout,
    ...Object.fromEntries(
      Object.entries(fixed).map(([name, range]) => [name, { ...(layout[name] as object), range }]),
    ),
  }));
}

function extentOf(figures: readonly Figure[], axisName: string): readonly [number, number] | undefined {
  const side = axisName[0];
  const id = axisName.replace("axis", "");
  let [low, high] = [Infinity, -Infinity];
  let bars = false;
  for (const trace of figures.flatMap(({ data }) => data)) {
    if ((trace[`${side}axis`] ?? side) !== id) continue;
    const values = trace[side];
    if ((trace["type"] !== "scatter" && trace["type"] !== "bar") || !Array.isArray(values)) return undefined;
    bars ||= trace["type"] === "bar" && side === "y";
    for (const value of values as unknown[]) {
      if (typeof value !== "number") {
        if (value === null) continue;
        return undefined;
      }
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return undefined;
  if (bars) [low, high] = [Math.min(0, low), Math.max(0, high)];
  const room = high > low ? (high - low) * 0.06 : 1;
  return [bars && low === 0 ? 0 : low - room, bars && high === 0 ? 0 : high + room];
}
