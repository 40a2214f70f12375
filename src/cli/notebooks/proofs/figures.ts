import type { Notebook } from "../ipynb.js";

const plotly = "application/vnd.plotly.v1+json";

/** Figures in a notebook's outputs that a reader who can't see them knows nothing about. */
export function figureFaults(notebook: Notebook, name: string): string[] {
  return notebook.cells.flatMap((cell, index) =>
    (cell.outputs ?? []).flatMap((output) => {
      if (output.output_type !== "display_data" && output.output_type !== "execute_result") return [];
      const silent = silentMedia(output.data, output.metadata);
      return silent === undefined
        ? []
        : [`${name}: the figure under cell ${index + 1} (${silent}) has no text alternative.`];
    }),
  );
}

function silentMedia(
  data: Readonly<Record<string, unknown>>,
  metadata: Readonly<Record<string, unknown>>,
): string | undefined {
  if (data[plotly] !== undefined) {
    const { layout } = data[plotly] as { layout?: { meta?: { alt?: unknown } } };
    return says(layout?.meta?.alt) ? undefined : plotly;
  }
  for (const media of ["image/png", "image/jpeg", "image/svg+xml"]) {
    if (data[media] === undefined) continue;
    const own = metadata[media] as { alt?: unknown } | undefined;
    if (!says(own?.alt) && !says(metadata["alt"])) return media;
  }
  const html = data["text/html"];
  if (typeof html !== "string") return undefined;
  for (const [tag] of html.matchAll(/<img\b[^>]*>/gi))
    if (!/\balt\s*=\s*["'][^"']/i.test(tag)) return "an <img>";
  for (const [svg] of html.matchAll(/<svg\b[\s\S]*?(?:<\/svg>|$)/gi)) {
    const head = svg.slice(0, svg.indexOf(">") + 1);
    const named = /\baria-label(ledby)?\s*=\s*["'][^"']/i.test(head) || /<title\b[^>]*>\s*\S/i.test(svg);
    if (!named && !/\baria-hidden\s*=\s*["']true/i.test(head)) return "an <svg>";
  }
  return undefined;
}

function says(text: unknown): boolean {
  return typeof text === "string" && text.trim() !== "";
}

/** An average character is 9 px wide in a title of 17 px, the size that figures use. */
const [charWidth, titleSize] = [9, 17];

/** Titles that are wider than their figure, which cuts them at its right edge. */
export function longTitles(notebook: Notebook, name: string): string[] {
  return notebook.cells.flatMap((cell, index) =>
    (cell.outputs ?? []).flatMap((output) => {
      if (output.output_type !== "display_data" && output.output_type !== "execute_result") return [];
      const figure = output.data[plotly] as
        | {
            layout?: {
              title?: { text?: unknown; font?: { size?: number } };
              width?: number;
              margin?: { l?: number };
            };
          }
        | undefined;
      const { title, width, margin } = figure?.layout ?? {};
      if (typeof title?.text !== "string" || width === undefined) return [];
      const room = width - (margin?.l ?? 80);
      return title.text.split(/<br\s*\/?>|\n/).flatMap((line) => {
        const text = line.replace(/<[^>]*>/g, "").replace(/&\w+;/g, "_");
        const needs = Math.round(
          [...text].length * charWidth * ((title.font?.size ?? titleSize) / titleSize),
        );
        return needs <= room
          ? []
          : [
              `${name}: the title "${text}" under cell ${index + 1} needs about ${needs} px; its figure of ${width} px has room for ${room}.`,
            ];
      });
    }),
  );
}
