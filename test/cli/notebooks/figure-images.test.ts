import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { addFigureImages } from "../../../src/cli/notebooks/figure-images.js";
import {
  type FigureRenderer,
  findChromium,
  openFigureRenderer,
} from "../../../src/cli/notebooks/figure-renderer.js";
import { indexedPng } from "../../../src/cli/notebooks/indexed-png.js";
import { type Notebook, notebookText, type Output } from "../../../src/cli/notebooks/ipynb.js";
import { toMimeBundle } from "../../../src/display/index.js";
import { type Figure, plot } from "../../../src/plots/index.js";

const PLOTLY = "application/vnd.plotly.v1+json";

function notebookOf(...figures: Figure[]): Notebook {
  const outputs = figures.map((figure): Output => ({
    output_type: "display_data",
    data: JSON.parse(JSON.stringify(toMimeBundle(figure))) as Record<string, unknown>,
    metadata: {},
  }));
  const printed: Output = { output_type: "stream", name: "stdout", text: "hello" };
  return {
    cells: [
      { cell_type: "markdown", id: "m", source: "text", metadata: {} },
      {
        cell_type: "code",
        id: "c",
        source: "x",
        metadata: {},
        execution_count: 1,
        outputs: [printed, ...outputs],
      },
    ],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** A renderer that gives numbered pictures and keeps count. */
function counting(): FigureRenderer & { count: number; closed: boolean } {
  return {
    count: 0,
    closed: false,
    png() {
      this.count += 1;
      return Promise.resolve({ bytes: Buffer.from(`picture ${this.count}`), widthPx: 600, heightPx: 400 });
    },
    close() {
      this.closed = true;
      return Promise.resolve();
    },
  };
}

const bundles = (notebook: Notebook): Extract<Output, { data: unknown }>[] =>
  notebook.cells.flatMap(({ outputs }) => outputs ?? []).filter((output) => "data" in output);

const one = plot.line([1, 2], { alt: "It rises." });
const two = plot.line([2, 1], { alt: "It falls." });

describe("addFigureImages", () => {
  it("puts the picture and its words into the bundle, and takes the light HTML out", async () => {
    const renderer = counting();
    const { notebook, drawn, kept, missing } = await addFigureImages(notebookOf(one), { renderer });
    expect([drawn, kept, missing]).toEqual([1, 0, []]);
    const [{ data, metadata }] = bundles(notebook);
    expect(Object.keys(data).sort()).toEqual([PLOTLY, "image/png", "text/plain"]);
    expect(Buffer.from(String(data["image/png"]), "base64").toString()).toBe("picture 1");
    expect(metadata["image/png"]).toMatchObject({ alt: "It rises.", width: 600, height: 400 });
    // What is not its own is left open.
    expect(renderer.closed).toBe(false);
    expect(notebook.cells[1].outputs![0]).toEqual({ output_type: "stream", name: "stdout", text: "hello" });
  });

  it("keeps the picture of a figure that has not changed, whatever the order of its fields", async () => {
    const renderer = counting();
    const first = await addFigureImages(notebookOf(one, two), { renderer });
    // The file is written with sorted keys.
    const previous = JSON.parse(notebookText(first.notebook)) as Notebook;
    const changed = plot.line([2, 1.5], { alt: "It falls." });
    const second = await addFigureImages(notebookOf(one, changed), { renderer, previous });
    expect([second.drawn, second.kept, renderer.count]).toEqual([1, 1, 3]);
    const pictures = bundles(second.notebook).map(({ data }) => Buffer.from(String(data["image/png"]), "base64").toString()); // prettier-ignore
    expect(pictures).toEqual(["picture 1", "picture 3"]);
    const third = await addFigureImages(notebookOf(one, changed), { renderer, previous: second.notebook });
    expect(notebookText(third.notebook)).toBe(notebookText(second.notebook));
  });

  it("without a browser keeps what it can and names the rest", async () => {
    const previous = (await addFigureImages(notebookOf(one), { renderer: counting() })).notebook;
    const { notebook, drawn, kept, missing } = await addFigureImages(notebookOf(one, two), {
      previous,
      renderer: { reason: "there is no Chromium" },
    });
    expect([drawn, kept]).toEqual([0, 1]);
    expect(missing).toEqual(['c: "It falls." has no picture: there is no Chromium']);
    expect(bundles(notebook).map(({ data }) => "text/html" in data)).toEqual([false, true]);
  });

  it("names a figure that cannot be drawn, and goes on", async () => {
    const renderer = counting();
    const png = renderer.png.bind(renderer);
    renderer.png = (figure) =>
      JSON.stringify(figure).includes("rises")
        ? Promise.reject(new Error("no room\nat line 1"))
        : png(figure);
    const { missing, drawn } = await addFigureImages(notebookOf(one, two), { renderer });
    expect([drawn, missing]).toEqual([1, ['c: "It rises." has no picture: it could not be drawn: no room']]);
  });
});

describe("indexedPng", () => {
  it("writes a file whose parts are those of the specification", () => {
    const file = indexedPng({ width: 2, height: 2, palette: Uint8Array.of(1, 2, 3, 4, 5, 6), pixels: Uint8Array.of(0, 1, 1, 0) }); // prettier-ignore
    expect(file.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
    // The check sum of IEND is the same in every PNG file.
    expect(file.subarray(-12).toString("hex")).toBe("0000000049454e44ae426082");
    const data = file.indexOf("IDAT");
    const length = file.readUInt32BE(data - 4);
    expect([...inflateSync(file.subarray(data + 4, data + 4 + length))]).toEqual([0, 0, 1, 0, 1, 0]);
    expect(() => indexedPng({ width: 2, height: 2, palette: new Uint8Array(3), pixels: new Uint8Array(3) })).toThrow("2 by 2 need 4 pixels"); // prettier-ignore
  });
});

describe("findChromium", () => {
  it("takes the one that is named, or none when it is not there", () => {
    expect(findChromium({ GRADUS_CHROMIUM: process.execPath })).toBe(process.execPath);
    expect(findChromium({ GRADUS_CHROMIUM: "/no/such/browser" })).toBeUndefined();
  });

  it("says so when it cannot be started", async () => {
    expect(await openFigureRenderer({ GRADUS_CHROMIUM: "/no/such/browser" })).toEqual({
      reason: "there is no Chromium on this machine (GRADUS_CHROMIUM may name one)",
    });
  });
});

describe.skipIf(findChromium() === undefined || process.platform === "win32")("in Chromium", () => {
  it("draws small pictures of the size that the figure asks for, a surface too", async () => {
    const surface = plot.surface((x, y) => x * y, { xRange: [-1, 1], yRange: [-1, 1], alt: "A saddle." });
    const boundary = plot.decisionBoundary({ weights: [1, 1], bias: -1 }, { x: [[0, 0], [1, 1]], y: [0, 1] }, { alt: "A line." }); // prettier-ignore
    const { notebook, missing } = await addFigureImages(notebookOf(boundary, surface));
    expect(missing).toEqual([]);
    for (const { data, metadata } of bundles(notebook)) {
      const file = Buffer.from(String(data["image/png"]), "base64");
      const { layout } = data[PLOTLY] as { layout: { width: number; height: number } };
      expect([file.readUInt32BE(16), file.readUInt32BE(20)]).toEqual([layout.width, layout.height]);
      expect(metadata["image/png"]).toMatchObject({ width: layout.width, height: layout.height });
      expect(file.length).toBeGreaterThan(1500);
      expect(file.length).toBeLessThan(60_000);
    }
  }, 60_000);
});
