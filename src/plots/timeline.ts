import { dataTable } from "./data-table.js";
import { type DiagramOptions, diagramLayout, segments, words, wrapped } from "./diagram.js";
import { Figure, type PlotlyTrace, toPlotlyText } from "./figure.js";
import { describe } from "./numbers.js";
import { grey, ink, nth, seriesColors, seriesSymbols } from "./palette.js";

/** Something that happened in a year. */
export interface TimelineEvent {
  readonly year: number;
  readonly name: string;
  /** A sentence below the name. */
  readonly note?: string;
  /** Events of one kind share a colour and a shape. */
  readonly kind?: string;
}

/** The options of `plot.timeline`. */
export interface TimelineOptions extends DiagramOptions {
  readonly table?: boolean;
}

/**
 * Events from top to bottom in the order of their years, one after the other at even distances: years that are crowded
 * stay readable, and gaps are told by the years themselves.
 *
 * @throws RangeError when there is no event or a year is not a finite number.
 *
 * @example
 * import { plot } from "gradus";
 * console.log(plot.timeline([{ year: 2012, name: "AlexNet" }, { year: 1958, name: "Perceptron" }]).alt);
 * // Timeline of 2 events from 1958 to 2012: 1958 Perceptron; 2012 AlexNet.
 */
export function timeline(events: readonly TimelineEvent[], options: TimelineOptions = {}): Figure {
  const where = "plot.timeline";
  if (!Array.isArray(events) || events.length === 0) {
    throw new RangeError(`${where}: expects a list of { year, name }, got ${describe(events)}`);
  }
  const list = [...(events as readonly TimelineEvent[])].map((event, i) => readEvent(where, event, i));
  list.sort((a, b) => a.year - b.year);
  const kinds = [...new Set(list.map(({ kind }) => kind ?? ""))];
  const notes = list.map(({ note }) => (note === undefined ? [] : wrapped(note, 86)));
  // A line of text is 18 pixels high; heights are counted in those.
  let top = 0;
  const places = list.map((_, i) => {
    const y = 0 - top;
    top += 2 + Math.max(0.6, notes[i].length);
    return y;
  });
  const years = list.map(({ year }) => year);
  const alt =
    options.alt ??
    `Timeline of ${list.length} events from ${years[0]} to ${years[years.length - 1]}: ${list.map(({ year, name }) => `${year} ${name}`).join("; ")}.`;
  const layout = diagramLayout(
    where,
    { ...options, alt },
    {
      widthPx: 720,
      heightPx: Math.round(18 * (top + 1)) + 70,
      xRange: [-1.3, 9],
      yRange: [-top + 0.5, 1.4],
      legend: kinds.length > 1,
    },
  );
  const data: PlotlyTrace[] = [
    segments(
      [
        [
          { x: 0, y: 0 },
          { x: 0, y: places[places.length - 1] },
        ],
      ],
      { color: grey, width: 2 },
    ),
    ...kinds.map((kind, k): PlotlyTrace => {
      const members = list.flatMap((event, i) => ((event.kind ?? "") === kind ? [i] : []));
      return {
        type: "scatter",
        mode: "markers",
        name: toPlotlyText(kind),
        showlegend: kinds.length > 1,
        x: members.map(() => 0),
        y: members.map((i) => places[i]),
        marker: {
          size: 14,
          color: nth(seriesColors, k),
          symbol: nth(seriesSymbols, k),
          line: { width: 1, color: ink },
        },
        hoverinfo: "skip",
      };
    }),
    words(
      list.map(({ year }, i) => ({
        x: -0.25,
        y: places[i],
        text: `<b>${String(year).replace("-", "\u2212")}</b>`,
      })),
      { sizePx: 14, position: "middle left" },
    ),
    words(
      list.map(({ name }, i) => ({ x: 0.25, y: places[i], text: toPlotlyText(name) })),
      { sizePx: 14, position: "middle right" },
    ),
    words(
      list.flatMap((_, i) =>
        notes[i].map((text, k) => ({ x: 0.25, y: places[i] - 1.1 - k, text: toPlotlyText(text) })),
      ),
      { sizePx: 12, position: "middle right" },
    ),
  ];
  const table =
    options.table === true
      ? dataTable(
          ["year", "event", "note"],
          list.map(({ year, name, note }) => [year, name, note ?? ""]),
        )
      : undefined;
  return new Figure({ data, layout, alt, table });
}

function readEvent(where: string, event: TimelineEvent, index: number): TimelineEvent {
  if (typeof event?.name !== "string" || event.name.trim() === "") {
    throw new TypeError(`${where}: event ${index} must be { year, name }, got ${describe(event)}`);
  }
  if (!Number.isFinite(event.year)) {
    throw new RangeError(
      `${where}: the year of "${event.name}" must be a number, got ${describe(event.year)}`,
    );
  }
  return event;
}
