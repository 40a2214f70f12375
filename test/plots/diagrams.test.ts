import { describe, expect, test } from "vitest";
import { dense, Sequential, value } from "../../src/engine/index.js";
import { type Figure, plot } from "../../src/plots/index.js";

const alt = "what is seen";
type Trace = Record<string, unknown>;
const texts = (figure: Figure): string[] =>
  (figure.data as Trace[]).flatMap((trace) => (trace["text"] as string[] | undefined) ?? []);
const inputs = [[0, 0], [0, 1], [1, 0], [1, 1]]; // prettier-ignore

describe("plot.networkDiagram", () => {
  test("draws a line a weight, dashed below 0, the wider the greater", () => {
    const figure = plot.networkDiagram([2, 1], { weights: [{ kernel: [[4], [-1]], bias: [0.5] }] });
    const lines = (figure.data as Trace[]).filter(({ mode }) => mode === "lines");
    const looks = lines.map(({ line, name }) => ({
      ...(line as { dash: string; width: number; color: string }),
      name,
    }));
    expect(looks.map(({ dash, name }) => [dash, name])).toEqual([["solid", "weight above 0"], ["dash", "weight below 0"]]); // prettier-ignore
    expect(looks[0].width).toBeGreaterThan(looks[1].width);
    const labels = figure.layout["annotations"] as { text: string }[];
    expect(labels.map(({ text }) => text)).toEqual(["4", "\u22121"]);
    expect(texts(figure)).toContain("b 0.5");
    expect(figure.alt).toBe(
      "Network of 2 inputs, then 1 unit, each joined to all of the layer before; weights into layer 1: 4, \u22121.",
    );
  });

  test("a weight of 0 keeps its line", () => {
    const figure = plot.networkDiagram([2, 1], { weights: [{ kernel: [[4], [0]] }] });
    const looks = (figure.data as Trace[]).filter(({ mode }) => mode === "lines").map(({ line, name }) => [(line as Trace)["dash"], name]); // prettier-ignore
    expect(looks).toEqual([["dot", "weight 0"], ["solid", "weight above 0"]]); // prettier-ignore
  });

  test("reads a model, counts its lines, and leaves out the middle of a wide layer", () => {
    const model = new Sequential({ seed: 1 });
    model.add(dense(3, { inputDim: 2 }));
    model.add(dense(1));
    const edges = (figure: Figure): number =>
      (figure.data as Trace[]).filter(({ mode }) => mode === "lines").reduce((total, { x }) => total + ((x as number[]).length + 1) / 3, 0); // prettier-ignore
    expect(edges(plot.networkDiagram(model))).toBe(2 * 3 + 3 * 1);
    const wide = plot.networkDiagram([2, 30]);
    expect(edges(wide)).toBe(2 * 9);
    expect(texts(wide)).toEqual(expect.arrayContaining(["\u22ee", "output (30)"]));
  });

  test("writes values into the units", () => {
    expect(texts(plot.networkDiagram([1, 2], { values: [[7], [0.25, -1]] }))).toEqual(expect.arrayContaining(["7", "0.25", "\u22121"])); // prettier-ignore
  });

  test.each<[string, () => unknown, string]>([
    ["one layer", () => plot.networkDiagram([3]), "sizes must be at least two whole numbers"],
    ["weights of another shape", () => plot.networkDiagram([2, 1], { weights: [{ kernel: [[1, 2]] }] }), "the weights of layer 1 are [1, 2], but it joins 2 and 1 units"],
    ["values of another length", () => plot.networkDiagram([2, 1], { values: [[1], [1]] }), "layer 0 has 2 units but 1 texts"],
    ["a model that is not built", () => plot.networkDiagram(new Sequential()), "the model has no layer with weights yet"],
  ])("%s is refused", (_name, act, message) => expect(act).toThrow(message)); // prettier-ignore
});

describe("plot.computationGraph", () => {
  test("an arrow for every use of a value, from left to right", () => {
    const x = value(3, "x");
    const result = x.mul(x).add(x);
    result.backward();
    const figure = plot.computationGraph(result);
    const arrows = figure.layout["annotations"] as { x: number; ax: number }[];
    // x into x·x (twice, one arrow), x into the sum, the product into the sum.
    expect(arrows).toHaveLength(3);
    for (const { x: to, ax: from } of arrows) expect(to).toBeGreaterThan(from);
    expect(texts(figure)).toContain("<b>x</b><br>3<br>gradient 7");
    expect(figure.layout["shapes"]).toHaveLength(3);
  });

  test("says nothing of gradients before backward", () => {
    expect(texts(plot.computationGraph(value(1, "a").add(2))).join()).not.toContain("gradient");
  });

  test("boxes never lie on each other", () => {
    const [a, b, c] = ["a", "b", "c"].map((name, i) => value(i + 1, name));
    const boxes = plot.computationGraph(a.mul(b).add(c.exp()).mul(a.add(c)).tanh()).layout["shapes"] as { x0: number; x1: number; y0: number; y1: number }[]; // prettier-ignore
    boxes.forEach((p, i) =>
      boxes.slice(i + 1).forEach((q) => {
        expect(p.x1 <= q.x0 || q.x1 <= p.x0 || p.y1 <= q.y0 || q.y1 <= p.y0).toBe(true);
      }),
    );
  });
});

describe("plot.matrixProduct", () => {
  test("the last step shows the whole product, each step its own sum", () => {
    const figure = plot.matrixProduct([[1, 2], [3, 4]], [[5, 6], [7, 8]], { names: ["X", "W", "Y"] }); // prettier-ignore
    expect(figure.frames).toHaveLength(4);
    const last = figure.frames[3].data.flatMap((trace) => trace["text"] as string[]);
    // [1 2; 3 4] [5 6; 7 8] = [19 22; 43 50]
    expect(last).toEqual(["19", "22", "43", "50", "Y[2, 2] = 3\u00b76 + 4\u00b78 = 50"]);
    const first = figure.frames[0].data.flatMap((trace) => trace["text"] as string[]);
    expect(first).toEqual(["19", "", "", "", "Y[1, 1] = 1\u00b75 + 2\u00b77 = 19"]);
  });

  test("refuses what cannot be multiplied, and says why", () => {
    expect(() => plot.matrixProduct([[1, 2]], [[1, 2]])).toThrow("A is [1, 2], B is [1, 2]: 2 is not 1");
    expect(() => plot.matrixProduct(Array.from({ length: 9 }, () => [1]), [[1, 2, 3, 4, 5, 6, 7]])).toThrow("63 entries of 1 terms"); // prettier-ignore
  });
});

describe("plot.convolution", () => {
  const image = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]; // prettier-ignore
  const results = (figure: Figure): unknown =>
    (figure.data as Trace[]).filter(({ type }) => type === "heatmap")[1]["z"];

  test("sums the image under the kernel, which is not mirrored", () => {
    // 1·1 - 1·5 = -4 at the first place; mirrored it would be +4.
    expect(results(plot.convolution(image, [[1, 0], [0, -1]]))).toEqual([[-4, -4], [-4, -4]]); // prettier-ignore
    expect(results(plot.convolution(image, [[1, 0]]))).toEqual([[1, 2], [4, 5], [7, 8]]); // prettier-ignore
  });

  test("pools with a stride of its size, or another one", () => {
    expect(results(plot.convolution(image, { pool: "max", size: 2 }, { stride: 1 }))).toEqual([[5, 6], [8, 9]]); // prettier-ignore
    const square = Array.from({ length: 4 }, (_, r) => [0, 1, 2, 3].map((c) => 4 * r + c));
    expect(results(plot.convolution(square, { pool: "mean", size: 2 }))).toEqual([[2.5, 4.5], [10.5, 12.5]]); // prettier-ignore
  });

  test("covers what is still to come", () => {
    const { frames } = plot.convolution(image, [[1]]);
    const covers = frames.map(({ layout }) => (layout!["shapes"] as { fillcolor?: string }[]).filter(({ fillcolor }) => fillcolor === "paper").length); // prettier-ignore
    expect([covers[0], covers[7], covers[8]]).toEqual([2, 1, 0]);
  });

  test("refuses a window larger than the image", () => {
    expect(() => plot.convolution([[1]], [[1, 1]])).toThrow(
      "the window [1, 2] is larger than the image [1, 1]",
    );
  });
});

describe("plot.regions", () => {
  const nand = { weights: [-0.5, -0.5], bias: 0.7, name: "NAND" };
  const or = { weights: [0.6, 0.6], bias: -0.5, name: "OR" };
  const window = { xRange: [-0.5, 1.5], yRange: [-0.5, 1.5] } as const;

  test("two parallel lines make three regions, each named by what the units say in it", () => {
    const figure = plot.regions([nand, or], { ...window, alt });
    const labels = (figure.data as { mode: string; x: number[]; y: number[]; text?: string[] }[]).find(({ mode }) => mode === "text")!; // prettier-ignore
    const says = (unit: typeof nand, x: number, y: number): number => Number(unit.weights[0] * x + unit.weights[1] * y + unit.bias > 0); // prettier-ignore
    expect(labels.text).toHaveLength(3);
    labels.text!.forEach((text, i) => {
      expect(text).toBe(`(${says(nand, labels.x[i], labels.y[i])}, ${says(or, labels.x[i], labels.y[i])})`);
    });
  });

  test("a name moves aside for a point that lies in the middle of its region", () => {
    const one = { weights: [1, 0], bias: 5 };
    const figure = plot.regions([one], { ...window, alt, points: { x: [[0.5, 0.5]], y: [0] } });
    const label = (figure.data as { mode: string; x: number[]; y: number[] }[]).find(
      ({ mode }) => mode === "text",
    )!;
    expect(Math.hypot(label.x[0] - 0.5, label.y[0] - 0.5)).toBeGreaterThan(0.3);
  });
});

describe("plot.featureSpace", () => {
  const squared = { name: "squares", map: ([a, b]: number[]) => [a * a, b * b] };
  const swapped = { name: "swapped", map: ([a, b]: number[]) => [b, a] };
  const options = { xRange: [0, 2], yRange: [0, 2], steps: 4, gridLines: 3, alt } as const;
  const data = { x: [[2, 1], [0, 2]], y: [0, 1] }; // prettier-ignore

  test("begins at the inputs, passes half way, ends at the map; then goes on to the next space", () => {
    const { frames, layout } = plot.featureSpace(data, [squared, swapped], options);
    expect(frames).toHaveLength(9);
    const firstClass = (state: number): unknown => {
      const trace = frames[state].data[frames[state].traces.indexOf(2)];
      return [trace["x"], trace["y"]];
    };
    expect([0, 2, 4, 8].map(firstClass)).toEqual([[[2], [1]], [[3], [1]], [[4], [1]], [[1], [2]]]); // prettier-ignore
    const { sliders } = (layout["meta"] as { controls: { sliders: { labels: string[] }[] } }).controls;
    expect(sliders[0].labels[2]).toBe("50 % of the way to squares");
  });

  test("refuses a map that leaves the plane", () => {
    const where = 'plot.featureSpace: the map of "bad" must give two finite numbers';
    expect(() => plot.featureSpace(data, [{ name: "bad", map: () => [1] }], options)).toThrow(`${where}, but for (0, 0) it gives [1]`); // prettier-ignore
    expect(() => plot.featureSpace(data, [{ name: "bad", map: ([a]) => [1 / a, 0] }], options)).toThrow("it gives [Infinity, 0]"); // prettier-ignore
  });
});

describe("plot.timeline and plot.nestedSets", () => {
  test("events stand in the order of their years, from top to bottom", () => {
    const figure = plot.timeline([{ year: 2017, name: "late" }, { year: 1958, name: "early" }, { year: 2012, name: "middle" }]); // prettier-ignore
    const names = figure.data.at(-2) as unknown as { text: string[]; y: number[] };
    expect(names.text).toEqual(["early", "middle", "late"]);
    expect([...names.y].sort((a, b) => b - a)).toEqual(names.y);
    expect(() => plot.timeline([{ year: NaN, name: "never" }])).toThrow(
      'the year of "never" must be a number',
    );
  });

  test("a box lies wholly inside the box it belongs to, and beside its neighbours", () => {
    const figure = plot.nestedSets({ name: "all", inside: [{ name: "left" }, { name: "right", inside: [{ name: "core", note: "a longer note" }] }] }); // prettier-ignore
    const [all, left, right, core] = figure.layout["shapes"] as { x0: number; x1: number; y0: number; y1: number }[]; // prettier-ignore
    for (const [inner, outer] of [
      [left, all],
      [right, all],
      [core, right],
    ]) {
      // prettier-ignore
      expect(inner.x0 > outer.x0 && inner.x1 < outer.x1 && inner.y0 > outer.y0 && inner.y1 < outer.y1).toBe(true);
    }
    expect(left.x1).toBeLessThan(right.x0);
    expect(figure.alt).toBe("Nested sets: all contains left and [right contains core (a longer note)].");
  });
});

describe("plot.pairPlot", () => {
  test("has a panel for every pair and a hill for every feature, and one legend entry a class", () => {
    const x = Array.from({ length: 12 }, (_, i) => [i, i * i, -i]);
    const figure = plot.pairPlot({ x, labels: x.map((_, i) => "ab"[i % 2]) }, { alt });
    expect(figure.data).toHaveLength(6 * 2);
    expect(
      (figure.data as Trace[]).filter(({ showlegend }) => showlegend === true).map(({ name }) => name),
    ).toEqual(["a", "b"]);
    const hill = figure.data[0] as unknown as { y: number[] };
    expect(hill.y.slice(0, -1).reduce((a, b) => a + b)).toBe(6);
    expect(() => plot.pairPlot({ x: [[1]], y: [0] }, { alt })).toThrow("draws 2 to 6 features");
  });
});

describe("plot.beside", () => {
  const left = plot.decisionBoundary({ weights: [1, 1], bias: -1 }, { x: inputs, y: [0, 1, 1, 1] }, { alt, title: "OR" }); // prettier-ignore
  const both = plot.history({ epoch: [0, 1], history: { loss: [2, 1], accuracy: [0, 1] } });

  test("each panel keeps its axes, in a place of its own", () => {
    const figure = plot.beside([left, both, plot.heatmap([[1]], { alt })], { alt });
    const domains = (side: string): number[][] =>
      Object.entries(figure.layout).filter(([name]) => name.startsWith(`${side}axis`)).map(([, axis]) => (axis as { domain: number[] }).domain); // prettier-ignore
    const columns = domains("x");
    expect(columns).toHaveLength(3);
    columns.slice(1).forEach(([from], i) => expect(from).toBeGreaterThan(columns[i][1]));
    // The history has two axes up, one above the other.
    expect(domains("y")).toHaveLength(4);
    for (const trace of figure.data as Trace[]) {
      for (const side of ["x", "y"]) {
        const id = String(trace[`${side}axis`]);
        expect(figure.layout[`${side}axis${id.slice(1)}`], `${id} of ${String(trace["type"])}`).toBeDefined();
      }
    }
  });

  test("a class that occurs in two panels has one entry in the legend", () => {
    const legend = (plot.beside([left, left], { alt }).data as Trace[]).filter(
      ({ showlegend }) => showlegend === true,
    );
    expect(legend.map(({ name }) => name)).toEqual(["0", "1"]);
  });

  test("a row of pictures is as high as they are", () => {
    const heightOf = (rows: number, columns?: number): number => {
      const picture = plot.image(
        Array.from({ length: rows }, () => [0, 1, 0, 1]),
        { alt },
      );
      const { layout } = plot.beside(new Array<Figure>(4).fill(picture), { alt, size: { widthPx: 800 }, ...(columns === undefined ? {} : { columns }) }); // prettier-ignore
      return layout["height"] as number;
    };
    expect(heightOf(4)).toBeGreaterThan(172); // four panels of 172 px and the gaps fill 800
    expect(heightOf(4)).toBeLessThan(240);
    expect(heightOf(2)).toBeLessThan(heightOf(4) - 80);
    expect(heightOf(4, 2)).toBeGreaterThan(2 * 372);
  });

  test("pictures stand closer than panels with ticks, a colour bar gets room", () => {
    const gapOf = (panel: Figure): number => {
      const { layout } = plot.beside([panel, panel], { alt, size: { widthPx: 800 } });
      const places = ["xaxis", "xaxis11"].map((name) => (layout[name] as { domain: number[] }).domain);
      return places[1][0] - places[0][1];
    };
    const [picture, ticks, colored] = [plot.image([[1]], { alt }), plot.line([1, 2], { alt }), plot.heatmap([[1]], { alt })]; // prettier-ignore
    expect(gapOf(picture)).toBeLessThan(gapOf(ticks) / 2);
    expect(gapOf(colored)).toBeGreaterThan(gapOf(ticks) * 1.4);
  });

  test("titles stand over their panels, and rows below each other", () => {
    const figure = plot.beside([left, left, left], { alt, columns: 2, panelTitles: ["a", "b", "c"] });
    const titles = figure.layout["annotations"] as { text: string; x: number; y: number }[];
    expect(titles.map(({ text }) => text)).toEqual(["<b>a</b>", "<b>b</b>", "<b>c</b>"]);
    expect(titles[2].y).toBeLessThan(titles[0].y);
    expect(titles[2].x).toBe(titles[0].x);
  });

  test("refuses a panel with sliders and tells the way out", () => {
    const moving = plot.slider({ name: "k", values: [1, 2] }, (k) => plot.line([k], { alt }), { alt });
    expect(() => plot.beside([moving], { alt })).toThrow(
      "Put the figures beside each other inside plot.slider",
    );
    expect(() => plot.beside([], { alt })).toThrow("expects a list of figures");
  });
});
