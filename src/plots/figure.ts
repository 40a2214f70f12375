import { type Displayable, escapeHtml, jupyterDisplay, type MimeBundle } from "../display/index.js";
import { type FigureTable, htmlTable } from "./data-table.js";
import { describe } from "./numbers.js";

/** One plotly trace as plain JSON; its fields are those of plotly's reference. */
export type PlotlyTrace = Readonly<Record<string, unknown>>;
/** A plotly layout as plain JSON. */
export type PlotlyLayout = Readonly<Record<string, unknown>>;

/** One state of a figure with a slider: the fields of some traces and of the layout that differ from state to state. */
export interface PlotlyFrame {
  readonly name: string;
  readonly traces: readonly number[];
  readonly data: readonly PlotlyTrace[];
  readonly layout?: PlotlyLayout;
}

/** What travels in a notebook under `application/vnd.plotly.v1+json`; the text alternative is in `layout.meta.alt`. */
export interface PlotlyFigure {
  readonly data: readonly PlotlyTrace[];
  readonly layout: PlotlyLayout;
  readonly frames?: readonly PlotlyFrame[];
}

/** What a figure is made of. */
export interface FigureParts extends PlotlyFigure {
  /** What a reader who cannot see the figure must know: what is drawn, and what it shows. */
  readonly alt: string;
  /** The numbers of the figure, for readers who want them or cannot see the picture. */
  readonly table?: FigureTable | undefined;
}

const inspectCustom: unique symbol = Symbol.for("nodejs.util.inspect.custom");

/**
 * The media type of plotly figures in notebooks.
 *
 * @example
 * import { jupyterDisplay, plot, plotlyMimeType } from "gradus";
 * const bundle = plot.line([3, 2, 1], { alt: "Falls from 3 to 1." })[jupyterDisplay]();
 * console.log(plotlyMimeType in bundle); // true
 */
export const plotlyMimeType: string = "application/vnd.plotly.v1+json";

/**
 * A figure: plotly JSON and a text alternative, shown by `display(figure)` or as the last line of a cell.
 * JupyterLab draws it with the extension of this project; a viewer without it shows title and text alternative.
 *
 * The text alternative is kept in `layout.meta.alt`: plotly ignores `meta`, and it survives every tool that carries
 * the JSON along. An optional data table is kept beside it as `layout.meta.table`, sliders as `layout.meta.controls`.
 *
 * @throws TypeError when the text alternative is missing or empty.
 *
 * @example
 * import { Figure } from "gradus";
 * const figure = new Figure({
 *   data: [{ type: "pie", labels: ["right", "wrong"], values: [29, 1] }],
 *   layout: { title: { text: "Test flowers" } },
 *   alt: "29 of 30 test flowers are right.",
 * });
 * console.log(figure); // Figure "Test flowers": 29 of 30 test flowers are right.
 */
export class Figure implements Displayable {
  /** The text alternative. */
  readonly alt: string;
  /** plotly's traces. */
  readonly data: readonly PlotlyTrace[];
  /** plotly's layout; `layout.meta.alt` is the text alternative. */
  readonly layout: PlotlyLayout;
  readonly frames: readonly PlotlyFrame[];

  /** Throws TypeError when the text alternative is missing or empty. */
  constructor(parts: FigureParts) {
    this.alt = requireAlt("figure", parts?.alt);
    this.data = parts.data;
    this.frames = parts.frames ?? [];
    this.layout = {
      ...parts.layout,
      meta: {
        ...(parts.layout["meta"] as object | undefined),
        alt: this.alt,
        ...(parts.table === undefined ? {} : { table: parts.table }),
      },
    };
  }

  /** The data table, if the figure carries one. */
  get table(): FigureTable | undefined {
    return (this.layout["meta"] as { table?: FigureTable }).table;
  }

  /** The title as plain text, or an empty string. */
  get title(): string {
    const title = this.layout["title"] as { text?: string } | string | undefined;
    const text = typeof title === "string" ? title : (title?.text ?? "");
    return fromPlotlyText(text);
  }

  /** The plotly figure as plain JSON, text alternative included. */
  toJSON(): PlotlyFigure {
    const { data, layout, frames } = this;
    return frames.length === 0 ? { data, layout } : { data, layout, frames };
  }

  [jupyterDisplay](): MimeBundle {
    const heading = this.title === "" ? "" : `<strong>${escapeHtml(this.title)}</strong><br>`;
    return {
      [plotlyMimeType]: this.toJSON(),
      "text/html": `<figure><figcaption>${heading}${escapeHtml(this.alt)}</figcaption>${this.table === undefined ? "" : htmlTable(this.table)}</figure>`,
      "text/plain": this.toString(),
    };
  }

  [inspectCustom](): string {
    return this.toString();
  }

  /** Title and text alternative in one line. */
  toString(): string {
    return `Figure${this.title === "" ? "" : ` "${this.title}"`}: ${this.alt}`.replace(/\s+/g, " ");
  }
}

/** True when some trace wants a line in the legend. */
export function hasLegend(data: readonly PlotlyTrace[]): boolean {
  return data.some((trace) => trace["showlegend"] === true);
}

/** The trimmed text alternative, or an error that says how to write one. */
export function requireAlt(where: string, alt: unknown): string {
  if (typeof alt === "string" && alt.trim() !== "") return alt.trim();
  throw new TypeError(
    `${where}: the text alternative "alt" is missing (got ${describe(alt)}). Say in a sentence what the figure shows, ` +
      `for readers who cannot see it: alt: "Loss falls from 1.1 to 0.1 within 50 epochs."`,
  );
}

/** Plain text for plotly, which would read `<` as markup and `&lt;` as a sign. */
export function toPlotlyText(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\n/g, "<br>");
}

function fromPlotlyText(text: string): string {
  return text
    .replace(/<br\s*\/?>/g, " ")
    .replace(/<[^>]*>/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}
