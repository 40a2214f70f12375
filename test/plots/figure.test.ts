import { describe, expect, test } from "vitest";
import { toMimeBundle } from "../../src/display/index.js";
import { Figure, plot, plotlyMimeType } from "../../src/plots/index.js";

const alt = "what is seen";
type Trace = Record<string, unknown>;
const traces = (figure: Figure): Trace[] => figure.toJSON().data as Trace[];

describe("Figure", () => {
  const figure = plot.line([1, 2, 4], { title: "a < b & c", alt: 'one "two" <three>', xLabel: "x\ny" });

  test("shows itself as plotly JSON, light HTML and plain text", () => {
    const bundle = toMimeBundle(figure);
    expect(Object.keys(bundle)).toEqual([plotlyMimeType, "text/html", "text/plain"]);
    expect(bundle["text/plain"]).toBe('Figure "a < b & c": one "two" <three>');
    expect(bundle["text/html"]).toBe(
      "<figure><figcaption><strong>a &#60; b &#38; c</strong><br>one &#34;two&#34; &#60;three&#62;</figcaption></figure>",
    );
  });

  test("keeps the text alternative in layout.meta.alt and escapes what plotly would read as markup", () => {
    const layout = figure.toJSON().layout as {
      meta: unknown;
      title: { text: string };
      xaxis: { title: { text: string } };
    };
    expect(layout.meta).toEqual({ alt: 'one "two" <three>' });
    expect(layout.title.text).toBe("a &lt; b &amp; c");
    expect(layout.xaxis.title.text).toBe("x<br>y");
  });

  test("its inspection is one readable line", () => {
    const inspect = figure as unknown as Record<symbol, () => string>;
    expect(inspect[Symbol.for("nodejs.util.inspect.custom")]()).toBe('Figure "a < b & c": one "two" <three>');
  });

  test.each([undefined, "", "   ", 7])("is refused without a text alternative (%j)", (bad) => {
    expect(() => plot.line([1, 2], { alt: bad as never })).toThrow(
      /plot\.line: the text alternative "alt" is missing/,
    );
    expect(() => new Figure({ data: [], layout: {}, alt: bad as never })).toThrow(
      /figure: the text alternative/,
    );
  });

  test("forgotten options are named", () => {
    expect(() => plot.line([1, 2], undefined as never)).toThrow(/plot\.line: needs options with at least/);
  });

  test("hard-codes no colour of text, grid or background", () => {
    const all = [
      figure,
      plot.scatter({ x: [1, 2], y: [1, 2], labels: ["a", "b"] }, { alt }),
      plot.bar({ names: ["a"], values: [1] }, { alt }),
      plot.history({ epoch: [0, 1], history: { loss: [2, 1] } }),
    ];
    for (const one of all) expect(JSON.stringify(one)).not.toMatch(/#000|#fff|#444|black|white/i);
    expect(figure.toJSON().layout["paper_bgcolor"]).toBe("rgba(0,0,0,0)");
  });
});

describe("plot.line and plot.scatter", () => {
  test("several lines differ in colour, dash and marker", () => {
    const list = ["a", "b", "c"].map((name) => ({ x: [1, 2], y: [1, 2], name }));
    const drawn = traces(plot.line(list, { alt })) as {
      line: { color: string; dash: string };
      marker: { symbol: string };
    }[];
    for (const pick of [
      drawn.map((t) => t.line.color),
      drawn.map((t) => t.line.dash),
      drawn.map((t) => t.marker.symbol),
    ]) {
      expect(new Set(pick).size).toBe(3);
    }
    expect(drawn.map((t) => (t as Trace)["showlegend"])).toEqual([true, true, true]);
  });

  test("labels split the points into one trace a class, each with its shape", () => {
    const drawn = traces(plot.scatter({ x: [1, 2, 3], y: [4, 5, 6], labels: ["b", "a", "b"] }, { alt }));
    expect(
      drawn.map((t) => [t["name"], t["mode"], t["x"], t["y"], (t["marker"] as Trace)["symbol"]]),
    ).toEqual([
      ["b", "markers", [1, 3], [4, 6], "circle"],
      ["a", "markers", [2], [5], "square"],
    ]);
  });

  test("a series may be drawn its own way", () => {
    const drawn = traces(plot.scatter([{ y: [1, 2] }, { y: [1, 2], draw: "line" }], { alt }));
    expect(drawn.map((t) => t["mode"])).toEqual(["markers", "lines+markers"]);
  });

  test("numbers are rounded to six digits of their spread and no further", () => {
    const y = (values: number[]): unknown => traces(plot.line(values, { alt }))[0]["y"];
    expect(y([0.1 + 0.2, 1 / 3, 12345.6789])).toEqual([0.3, 0.333333, 12345.7]);
    expect(y([1e9, 1e9 + 1, 1e9 + 2])).toEqual([1e9, 1e9 + 1, 1e9 + 2]);
    expect(y([1e-12, 1])).toEqual([1e-12, 1]);
  });

  test("a matrix of one column, typed arrays and plain arrays say the same", () => {
    const matrix = { rows: 3, cols: 1, data: new Float32Array([1, 2, 3]) };
    const expected = JSON.stringify(plot.line([1, 2, 3], { alt }));
    expect(JSON.stringify(plot.line(matrix, { alt }))).toBe(expected);
    expect(JSON.stringify(plot.line(new Float64Array([1, 2, 3]), { alt }))).toBe(expected);
  });

  test("a range on a log axis is given to plotly as exponents", () => {
    const { layout } = plot.line([1, 10], { alt, yScale: "log", yRange: [0.1, 100] });
    expect(layout["yaxis"]).toMatchObject({ type: "log", range: [-1, 2] });
  });

  test.each<[string, () => unknown, string]>([
    ["an empty list", () => plot.line([], { alt }), "plot.line: there is no series"],
    ["an empty series", () => plot.line({ y: [] }, { alt }), "plot.line: y is empty"],
    [
      "NaN",
      () => plot.line([{ y: [1, NaN], name: "loss" }], { alt }),
      'plot.line: series "loss": y[1] is NaN',
    ],
    [
      "an infinity",
      () => plot.scatter({ x: [1, -Infinity], y: [1, 2] }, { alt }),
      "plot.scatter: x[1] is -Infinity",
    ],
    ["other lengths", () => plot.scatter({ x: [1, 2, 3], y: [1, 2] }, { alt }), "x has 3 values but y has 2"],
    [
      "other labels",
      () => plot.scatter({ y: [1, 2], labels: ["a"] }, { alt }),
      "there are 1 labels for 2 points",
    ],
    ["text", () => plot.line(["1"] as never, { alt }), 'y[0] must be a number, got "1"'],
    [
      "a promise",
      () => plot.line(Promise.resolve([1]) as never, { alt }),
      "plot.line: series 0 must be an object",
    ],
    [
      "a wide matrix",
      () => plot.line({ rows: 2, cols: 2, data: [1, 2, 3, 4] }, { alt }),
      "got a matrix [2, 2]",
    ],
    ["0 on a log axis", () => plot.line([1, 0], { alt, yScale: "log" }), "y[1] is 0, but a log scale"],
    ["a word for draw", () => plot.line([{ y: [1], draw: "dots" as never }], { alt }), 'draw must be "line"'],
    ["a silly size", () => plot.line([1], { alt, size: { widthPx: 3 } }), "size.widthPx must be"],
    ["a range of nothing", () => plot.line([1], { alt, xRange: [1, 1] }), "xRange must be two different"],
  ])("%s is refused", (_name, act, message) => {
    expect(act).toThrow(message);
  });
});

test("a few whole numbers on the horizontal axis all get their tick", () => {
  const ticks = (x: number[], options = {}): unknown =>
    (plot.scatter({ x, y: x }, { alt, ...options }).layout["xaxis"] as { dtick?: number }).dtick;
  expect([ticks([1, 2, 3, 4, 5]), ticks([1, 9]), ticks([1, 3])]).toEqual([1, 1, 1]);
  expect([ticks([1, 5], { xRange: [0.5, 5.5] }), ticks([1, 5], { xRange: [0, 60] })]).toEqual([1, undefined]);
  expect([ticks([0, 1]), ticks([1, 50]), ticks([1, 2.5, 5])]).toEqual([undefined, undefined, undefined]);
});

test("markers have the size that was asked for, within reason", () => {
  const [dots] = plot.scatter({ y: [1, 2], markerSize: 14 }, { alt }).data as { marker: { size: number } }[];
  expect(dots.marker.size).toBe(14);
  expect(() => plot.scatter({ y: [1, 2], markerSize: 0 }, { alt })).toThrow(
    "markerSize must be a number of pixels",
  );
});

describe("plot.bar", () => {
  test("groups differ in colour and hatching", () => {
    const group = { names: ["a", "b"], values: [1, 2] };
    const drawn = traces(
      plot.bar(
        [
          { ...group, name: "g" },
          { ...group, name: "h" },
        ],
        { alt },
      ),
    );
    expect(drawn.map((t) => [t["x"], t["y"], t["name"]])).toEqual([
      [["a", "b"], [1, 2], "g"],
      [["a", "b"], [1, 2], "h"],
    ]);
    const markers = drawn.map((t) => t["marker"] as { color: string; pattern?: { shape: string } });
    expect(markers[0].color).not.toBe(markers[1].color);
    expect([markers[0].pattern, markers[1].pattern?.shape]).toEqual([undefined, "/"]);
  });

  test("refuses names that do not fit or repeat", () => {
    expect(() => plot.bar({ names: ["a"], values: [1, 2] }, { alt })).toThrow("1 names for 2 values");
    expect(() => plot.bar({ names: ["a", "b"], values: [1, 0] }, { alt, yScale: "log" })).toThrow(
      '"b" is 0, and a log scale has only values above 0',
    );
    expect(plot.bar({ names: ["a"], values: [1] }, { alt, yScale: "log" }).layout["yaxis"]).toMatchObject({
      type: "log",
    });
    expect(() => plot.bar({ names: ["a", "a"], values: [1, 2] }, { alt })).toThrow(
      'the name "a" occurs twice',
    );
  });
});
