import { createHash } from "node:crypto";
import { type FigureRenderer, type NoRenderer, openFigureRenderer } from "./figure-renderer.js";
import type { Notebook, Output } from "./ipynb.js";

const PLOTLY = "application/vnd.plotly.v1+json";
const PNG = "image/png";
/** Counts up when the same figure shall be drawn differently, so that old pictures are not kept. */
const DRAWING = 1;

export interface FigureImages {
  readonly notebook: Notebook;
  /** How many pictures were drawn, and how many were taken over from the previous notebook. */
  readonly drawn: number;
  readonly kept: number;
  /** Figures that stay without a picture, a line each, with the reason. */
  readonly missing: readonly string[];
}

export interface FigureImagesOptions {
  /** The notebook as it was built before: its pictures are kept where the figures are the same. */
  readonly previous?: Notebook;
  /** Draws for several notebooks; without it one is opened when it is needed, and closed. */
  readonly renderer?: FigureRenderer | NoRenderer;
}

/**
 * Puts a PNG picture beside every figure of a notebook, with its text alternative as the picture's metadata, and takes
 * the light text/html away: GitHub and nbconvert would show it in place of the picture. JupyterLab with our extension
 * still draws the figure itself.
 *
 * A figure that has not changed keeps its picture to the byte: the picture's metadata hold a hash of the figure. Where
 * there is no Chromium, new figures keep their text/html, and `missing` names them.
 */
export async function addFigureImages(
  notebook: Notebook,
  { previous, renderer }: FigureImagesOptions = {},
): Promise<FigureImages> {
  const known = previous === undefined ? new Map<string, Picture>() : picturesOf(previous);
  const counts = { drawn: 0, kept: 0 };
  const missing: string[] = [];
  let own: FigureRenderer | NoRenderer | undefined;

  const pictureOf = async (figure: object, alt: string): Promise<Picture | string> => {
    const hash = hashOf(figure);
    const old = known.get(hash);
    if (old !== undefined) {
      counts.kept++;
      return old;
    }
    own ??= renderer ?? (await openFigureRenderer());
    if ("reason" in own) return own.reason;
    try {
      const { bytes, widthPx, heightPx } = await own.png(figure);
      counts.drawn++;
      return {
        base64: bytes.toString("base64"),
        metadata: { alt, width: widthPx, height: heightPx, figure: hash },
      };
    } catch (error) {
      return `it could not be drawn: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`;
    }
  };

  try {
    const cells = [];
    for (const cell of notebook.cells) {
      if (cell.outputs === undefined) {
        cells.push(cell);
        continue;
      }
      const outputs: Output[] = [];
      for (const output of cell.outputs) {
        const figure = figureOf(output);
        if (figure === undefined || !("data" in output)) {
          outputs.push(output);
          continue;
        }
        const picture = await pictureOf(figure.json, figure.alt);
        if (typeof picture === "string") {
          missing.push(`${cell.id}: "${figure.alt.slice(0, 60)}" has no picture: ${picture}`);
          outputs.push(output);
          continue;
        }
        const data = Object.fromEntries(Object.entries(output.data).filter(([mime]) => mime !== "text/html"));
        outputs.push({
          ...output,
          data: { ...data, [PNG]: picture.base64 },
          metadata: { ...output.metadata, [PNG]: picture.metadata },
        });
      }
      cells.push({ ...cell, outputs });
    }
    return { notebook: { ...notebook, cells }, ...counts, missing };
  } finally {
    if (renderer === undefined && own !== undefined && "close" in own) await own.close();
  }
}

interface Picture {
  readonly base64: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The pictures of a notebook by the hash of their figure; one whose figure has another hash than it says is left out. */
function picturesOf(notebook: Notebook): Map<string, Picture> {
  const found = new Map<string, Picture>();
  for (const output of notebook.cells.flatMap(({ outputs }) => outputs ?? [])) {
    const figure = figureOf(output);
    if (figure === undefined || !("data" in output)) continue;
    const picture = output.data[PNG];
    const metadata = output.metadata[PNG] as Readonly<Record<string, unknown>> | undefined;
    const hash = hashOf(figure.json);
    // A text or list of texts may be split by other tools; joined, it is base64 without line ends.
    const base64 = typeof picture === "string" ? picture.replace(/\s/g, "") : undefined;
    if (base64 !== undefined && metadata?.["figure"] === hash) found.set(hash, { base64, metadata });
  }
  return found;
}

function figureOf(output: Output): { json: object; alt: string } | undefined {
  if (output.output_type !== "display_data" && output.output_type !== "execute_result") return undefined;
  const json = output.data[PLOTLY];
  if (typeof json !== "object" || json === null) return undefined;
  const { layout } = json as { layout?: { meta?: { alt?: unknown } } };
  const alt = layout?.meta?.alt;
  return { json, alt: typeof alt === "string" ? alt : "Figure" };
}

/** The same for the same figure, whatever order its fields are written in. */
function hashOf(figure: object): string {
  return createHash("sha256")
    .update(`${DRAWING}\n${JSON.stringify(sorted(figure))}`)
    .digest("hex")
    .slice(0, 16);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
