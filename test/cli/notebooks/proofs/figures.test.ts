import { describe, expect, it } from "vitest";
import type { Notebook } from "../../../../src/cli/notebooks/ipynb.js";
import { longTitles } from "../../../../src/cli/notebooks/proofs/figures.js";
import { plot } from "../../../../src/index.js";

const showing = (layout: object): Notebook => ({
  cells: [
    {
      cell_type: "code",
      id: "a",
      source: "",
      metadata: {},
      execution_count: 1,
      outputs: [
        {
          output_type: "display_data",
          data: { "application/vnd.plotly.v1+json": { data: [], layout } },
          metadata: {},
        },
      ],
    },
  ],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});

describe("longTitles", () => {
  it("names a title that its figure has no room for", () => {
    // 45 characters of 9 px; 460 px less a margin of 64 px.
    const title = "x".repeat(45);
    expect(longTitles(showing({ title: { text: title }, width: 460, margin: { l: 64 } }), "n")).toEqual([
      `n: the title "${title}" under cell 1 needs about 405 px; its figure of 460 px has room for 396.`,
    ]);
  });

  it.each([
    ["fits exactly", { title: { text: "x".repeat(44) }, width: 460, margin: { l: 64 } }],
    ["is broken into lines", { title: { text: `${"x".repeat(30)}<br>${"x".repeat(30)}` }, width: 400 }],
    ["is long only in marks", { title: { text: `<b>${"x".repeat(30)}</b> &lt;&lt;&lt;` }, width: 400 }],
    ["is set in small type", { title: { text: "x".repeat(60), font: { size: 8 } }, width: 400 }],
    ["is of a figure without a width", { title: { text: "x".repeat(300) } }],
    ["is not there", { width: 100 }],
  ])("is content with a title that %s", (_what, layout) => {
    expect(longTitles(showing(layout), "n")).toEqual([]);
  });

  it("reads the titles that plot makes", () => {
    const figure = plot.line([1, 2], {
      alt: "Two points.",
      title: "t".repeat(80),
      size: { widthPx: 460 },
    });
    expect(longTitles(showing(figure.toJSON().layout), "n")).toHaveLength(1);
  });
});
