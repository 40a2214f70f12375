import { describe, expect, test } from "vitest";
import { Matrix, Random } from "../../src/engine/index.js";
import { plot } from "../../src/plots/index.js";

const alt = "what is seen";
type Trace = Record<string, unknown>;
const random = new Random(4);
const bell = Array.from({ length: 400 }, () => random.normal());

describe("plot.histogram", () => {
  test("counts every value once, the greatest one too", () => {
    const [bars] = plot.histogram([0, 0, 1, 2, 2, 2, 4], { alt, bins: 4 }).data as Trace[];
    // Bins [0, 1) [1, 2) [2, 3) [3, 4].
    expect([bars["x"], bars["y"]]).toEqual([[0.5, 1.5, 2.5, 3.5], [2, 1, 3, 1]]); // prettier-ignore
    const [many] = plot.histogram(bell, { alt }).data as Trace[];
    expect((many["y"] as number[]).reduce((a, b) => a + b)).toBe(400);
  });

  test("shares add up to 1 in each group, and values outside the range are left out", () => {
    const groups = plot.histogram([{ name: "a", values: bell }, { name: "b", values: [1, 2] }], { alt, height: "share" }); // prettier-ignore
    for (const trace of groups.data as Trace[]) {
      const steps = (trace["y"] as number[]).slice(0, -1);
      expect(steps.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    }
    const [cut] = plot.histogram([1, 2, 99], { alt, bins: 2, xRange: [0, 4] }).data as Trace[];
    expect(cut["y"]).toEqual([1, 1]);
  });

  test("equal values make one bar, not none", () => {
    const [bars] = plot.histogram([3, 3, 3], { alt }).data as Trace[];
    expect(Math.max(...(bars["y"] as number[]))).toBe(3);
  });

  test.each<[string, () => unknown, string]>([
    ["no value", () => plot.histogram([], { alt }), "plot.histogram: values is empty"],
    ["half a bin", () => plot.histogram([1], { alt, bins: 2.5 }), "bins must be a whole number from 1 to 200, got number 2.5"],
    ["NaN", () => plot.layerHistograms({ one: [1, NaN] }), 'plot.layerHistograms: "one"[1] is NaN'],
  ])("%s is refused", (_name, act, message) => expect(act).toThrow(message)); // prettier-ignore

  test("a matrix stands for all its numbers", () => {
    const layer = Matrix.from([[-2, 2], [2, -2]]); // prettier-ignore
    expect(plot.layerHistograms({ one: layer }).alt).toContain("one has mean 0 and standard deviation 2");
    const [bars] = plot.histogram(layer, { alt, bins: 2 }).data as Trace[];
    expect(bars["y"]).toEqual([2, 2]);
  });

  test("layers share their axes and name mean and spread", () => {
    const figure = plot.layerHistograms({ wide: [-2, 2], narrow: [0.9, 1.1] });
    const axes = Object.entries(figure.layout).filter(([name]) => /^xaxis/.test(name));
    expect(axes).toHaveLength(2);
    expect(new Set(axes.map(([, axis]) => JSON.stringify((axis as Trace)["range"]))).size).toBe(1);
    expect(figure.alt).toBe(
      "Histograms of 2 layers: wide has mean 0 and standard deviation 2; narrow has mean 1 and standard deviation 0.1.",
    );
  });
});

describe("plot.box and plot.ridgeline", () => {
  test("five numbers as NumPy's percentile gives them, and what lies far out apart", () => {
    const [box] = plot.box([{ name: "a", values: [4, 1, 3, 2, 20] }], { alt }).data as Trace[];
    // numpy.percentile([1, 2, 3, 4, 20], [25, 50, 75]) = [2, 3, 4]; 20 is above 4 + 1.5 · 2.
    expect([box["q1"], box["median"], box["q3"], box["lowerfence"], box["upperfence"], box["y"]]).toEqual([[2], [3], [4], [1], [4], [[20]]]); // prettier-ignore
  });

  test("a hill is highest where its values are, and the hills stand above each other in their order", () => {
    const { data } = plot.ridgeline([{ name: "low", values: bell }, { name: "high", values: bell.map((v) => v + 5) }], { alt }); // prettier-ignore
    const peaks = (data as { x: number[]; y: number[] }[]).map(({ x, y }) => ({ at: x[y.indexOf(Math.max(...y))], top: Math.max(...y) })); // prettier-ignore
    expect(peaks[0].at).toBeCloseTo(0, 0);
    expect(peaks[1].at).toBeCloseTo(5, 0);
    expect(peaks[0].top - peaks[1].top).toBeCloseTo(1, 1);
  });
});

describe("bands", () => {
  test("a band around a line goes there and back, in the line's colour", () => {
    const figure = plot.line([{ x: [1, 2], y: [5, 6], band: { low: [4, 5], high: [6, 8] } }], { alt });
    const [band, line] = figure.data as { x: number[]; y: number[]; fillcolor: string; line: { color: string } }[]; // prettier-ignore
    expect([band.x, band.y]).toEqual([[1, 2, 2, 1], [4, 5, 8, 6]]); // prettier-ignore
    expect([band.fillcolor, line.line.color]).toEqual(["rgba(0,114,178,0.2)", "#0072B2"]);
  });

  test("the bracket over a bar ends at the band's numbers", () => {
    const [bar] = plot.bar({ names: ["a", "b"], values: [3, 5], band: { low: [2, 6], high: [4, 7] } }, { alt }).data as { y: number[]; error_y: { array: number[]; arrayminus: number[] } }[]; // prettier-ignore
    expect(bar.y.map((y, i) => [y - bar.error_y.arrayminus[i], y + bar.error_y.array[i]])).toEqual([[2, 4], [6, 7]]); // prettier-ignore
  });

  test.each<[string, () => unknown, string]>([
    ["upside down", () => plot.line([{ y: [1], band: { low: [2], high: [1] } }], { alt }), "band.low[0] = 2 lies above band.high[0] = 1"],
    ["too short", () => plot.bar({ names: ["a"], values: [1], band: { low: [], high: [1] } }, { alt }), "band.low is empty"],
  ])("%s is refused", (_name, act, message) => expect(act).toThrow(message)); // prettier-ignore
});

describe("the bins of plot.histogram", () => {
  test("a value on an edge is counted in the bin on its right, whatever the quotient is rounded to", () => {
    const figure = plot.histogram([0, 0, 0, 2], { alt, bins: 16, xRange: [-1.2, 2] });
    const { x, y } = figure.data[0] as unknown as { x: number[]; y: number[] };
    const [at] = y.flatMap((count, i) => (count === 3 ? [x[i]] : []));
    expect(at).toBeGreaterThan(0);
    expect(y.at(-1)).toBe(1);
  });
});

describe("plot.contour and plot.surface", () => {
  const window = { xRange: [-2, 2], yRange: [-1, 1] } as const;
  const bowl = (x: number, y: number): number => x * x + 4 * y * y;

  test("every point of a line has its height, to the square of the grid's step", () => {
    const figure = plot.contour(bowl, { ...window, alt, levels: [1] });
    const { x, y } = figure.data[0] as unknown as { x: (number | null)[]; y: (number | null)[] };
    expect(x.length).toBeGreaterThan(30);
    x.forEach((own, i) => {
      if (own !== null) expect(bowl(own, y[i]!)).toBeCloseTo(1, 1);
    });
  });

  test("the minimum is marked above the paths, with room for its name", () => {
    const path = { x: [-1, 0], y: [1, 0], name: "SGD" };
    const figure = plot.contour(bowl, { ...window, alt, paths: [path], minimum: [0, 0] });
    expect((figure.data.at(-1) as Trace)["name"]).toBe("minimum");
    const alone = plot.contour(bowl, { ...window, alt, minimum: [0, 0] });
    expect(alone.layout["showlegend"]).toBe(figure.layout["showlegend"]);
    expect((alone.layout["margin"] as Trace)["t"]).toBe((figure.layout["margin"] as Trace)["t"]);
  });

  test("a path is drawn point by point, its end marked by a star", () => {
    const path = { x: [-1, 0.5, 0], y: [1, 0, 0], name: "SGD" };
    const traces = plot.contour(bowl, { ...window, alt, paths: [path] }).data as Trace[];
    const [way, start, end] = traces.slice(-3);
    expect([way["x"], way["y"], way["name"]]).toEqual([path.x, path.y, "SGD"]);
    expect([start["x"], start["y"], (start["marker"] as Trace)["size"]]).toEqual([[-1], [1], 13]);
    expect([end["x"], end["y"], (end["marker"] as Trace)["symbol"]]).toEqual([[0], [0], "star"]);
  });

  test("a path over a surface lies on it, between the grid points too", () => {
    const plane = (x: number, y: number): number => 3 * x - y + 2;
    const figure = plot.surface(plane, {
      ...window,
      alt,
      paths: [{ x: [0.123, -1.7], y: [0.456, 0.9], name: "p" }],
    });
    const { z } = figure.data[1] as unknown as { z: number[] };
    // Lifted by a hundredth of the height, so that the surface does not hide it: the plane spans 14.
    expect(z[0]).toBeCloseTo(plane(0.123, 0.456) + 0.14, 4);
    expect(z[1]).toBeCloseTo(plane(-1.7, 0.9) + 0.14, 4);
  });

  test("a grid says the same as the function on it", () => {
    const [xs, ys] = [[0, 1, 2], [0, 1]]; // prettier-ignore
    const figure = plot.surface({ x: xs, y: ys, z: ys.map((y) => xs.map((x) => bowl(x, y))) }, { alt });
    expect(figure.data[0]["z"]).toEqual([[0, 1, 4], [4, 5, 8]]); // prettier-ignore
  });

  test.each<[string, () => unknown, string]>([
    ["a function without a window", () => plot.contour(bowl, { alt }), "a function needs xRange: [from, to]"],
    ["a pole", () => plot.contour((x) => 1 / (x - x), { ...window, alt }), "the function gives number Infinity at (-2, -1)"],
    ["x that goes back", () => plot.surface({ x: [1, 0], y: [0, 1], z: [[1, 2], [3, 4]] }, { alt }), "x must grow, but x[1] = 0"],
    ["a grid of another shape", () => plot.surface({ x: [0, 1, 2], y: [0, 1], z: [[1, 2], [3, 4]] }, { alt }), "z is [2, 2], but there are 2 y (its rows) and 3 x"],
    ["half a path", () => plot.contour(bowl, { ...window, alt, paths: [{ x: [1], y: [1, 2], name: "p" }] }), 'path "p": x has 1 values but y has 2'],
  ])("%s is refused", (_name, act, message) => expect(act).toThrow(message)); // prettier-ignore
});

describe("plot.roc", () => {
  test("the mark stands where the counts at its threshold say", () => {
    const [actual, scores] = [[0, 0, 1, 1], [0.1, 0.6, 0.4, 0.9]]; // prettier-ignore
    const figure = plot.roc(actual, scores);
    const mark = figure.data[2] as { x: number[]; y: number[] };
    expect([mark.x, mark.y]).toEqual([[0.5], [0.5]]);
    expect(figure.alt).toContain("area of 0.75");
    const moving = plot.roc(actual, scores, { thresholds: [0.05, 0.5, 0.95] });
    expect(moving.frames.map(({ data }) => [data[0]["x"], data[0]["y"]])).toEqual([[[1], [1]], [[0.5], [0.5]], [[0], [0]]]); // prettier-ignore
  });
});
