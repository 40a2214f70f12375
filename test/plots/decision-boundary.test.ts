import { describe, expect, test } from "vitest";
import { plot } from "../../src/plots/index.js";
import { zeroContour } from "../../src/plots/zero-contour.js";

const alt = "what is seen";
type Trace = Record<string, unknown>;
interface Shading {
  z: { bdata: string; shape: string; dtype: string };
  x0: number;
  dx: number;
  y0: number;
  dy: number;
}

const corners = { x: [[0, 0], [0, 1], [1, 0], [1, 1]], labels: ["no", "no", "no", "yes"] }; // prettier-ignore
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const steep = { predict: (x: number[][]): number[][] => x.map(([a, b]) => [sigmoid(20 * (a + b - 1.5))]) };

function bytesOf(trace: Trace): Uint8Array {
  return Uint8Array.from(atob((trace as unknown as Shading).z.bdata), (sign) => sign.charCodeAt(0));
}

describe("plot.decisionBoundary", () => {
  test("shades each grid point with the class the model gives it", () => {
    const [shading] = plot.decisionBoundary(steep, corners, { alt }).data as Trace[];
    const { x0, dx, y0, dy, z } = shading as unknown as Shading;
    expect([z.dtype, z.shape]).toEqual(["u1", "60, 60"]);
    bytesOf(shading).forEach((byte, i) => {
      const sum = x0 + (i % 60) * dx + y0 + Math.floor(i / 60) * dy;
      if (Math.abs(sum - 1.5) > 1e-6) expect(byte >= 128).toBe(sum > 1.5);
    });
  });

  test("is the surer the farther from the line", () => {
    const bytes = bytesOf(plot.decisionBoundary(steep, corners, { alt }).data[0] as Trace);
    expect([bytes[0], bytes[3599]]).toEqual([127, 255]);
  });

  test("draws the line where the model is undecided", () => {
    const line = plot.decisionBoundary(steep, corners, { alt }).data[1] as { x: number[]; y: number[] };
    expect(line.x.length).toBeGreaterThan(10);
    line.x.forEach((x, i) => expect(x + line.y[i]).toBeCloseTo(1.5, 2));
  });

  test("a threshold moves the line", () => {
    const gentle = { predict: (x: number[][]): number[][] => x.map(([a]) => [Math.min(1, Math.max(0, a))]) };
    const line = plot.decisionBoundary(gentle, corners, { alt, threshold: 0.8 }).data[1] as { x: number[] };
    for (const x of line.x) expect(x).toBeCloseTo(0.8, 3);
  });

  test("a perceptron's line and half-planes are exact", () => {
    const unit = { weights: [0.5, 0.5], bias: -0.7 };
    const options = { alt, xRange: [0, 2], yRange: [0, 2] } as const;
    const [zero, one, line] = plot.decisionBoundary(unit, corners, options).data as {
      x: number[];
      y: number[];
    }[];
    const ends = line.x.map((x, i) => [x, line.y[i]]).sort((a, b) => a[0] - b[0]);
    expect(ends).toEqual([[0, 1.4], [1.4, 0]]); // prettier-ignore
    expect(area(zero) + area(one)).toBeCloseTo(4, 9);
    expect(area(zero)).toBeCloseTo((1.4 * 1.4) / 2, 9);
  });

  test("a line outside the window leaves one class, and no line", () => {
    const drawn = plot.decisionBoundary({ weights: [1, 1], bias: 9 }, corners, { alt }).data as Trace[];
    expect(drawn.map((t) => t["fill"] ?? t["mode"])).toEqual(["toself", "markers", "markers"]);
  });

  test("every class has points of its own colour and shape", () => {
    const marks = plot.decisionBoundary(steep, corners, { alt }).data.slice(2) as {
      name: string;
      x: number[];
      marker: Trace;
    }[];
    expect(marks.map((t) => [t.name, t.x.length, t.marker["symbol"]])).toEqual([
      ["no", 3, "circle"],
      ["yes", 1, "square"],
    ]);
    expect(marks[0].marker["color"]).not.toBe(marks[1].marker["color"]);
  });

  test("three classes of four features: the others are held fixed and the figure says where", () => {
    const seen: number[][] = [];
    const model = {
      predict(x: number[][]): number[][] {
        seen.push(...x);
        return x.map((row) =>
          [0, 1, 2].map((k) => (k === (row[2] < 1 ? 0 : row[2] < 2 ? 1 : 2) ? 0.9 : 0.05)),
        );
      },
    };
    const data = {
      x: [[1, 7, 0, 0], [3, 7, 1.5, 1], [5, 7, 3, 2]],
      y: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
      featureNames: ["a", "b", "c", "d"],
    }; // prettier-ignore
    const figure = plot.decisionBoundary(model, data, { alt, features: ["c", 3], fixed: { b: 4 } });
    expect(new Set(seen.map((row) => `${row[0]} ${row[1]}`))).toEqual(new Set(["3 4"]));
    expect(JSON.stringify(figure.layout["title"])).toContain("held fixed: a = 3, b = 4");
    expect(new Set(bytesOf(figure.data[0] as Trace)).size).toBe(3);
  });

  test("a 60 by 60 grid with 150 samples costs less than 20 KB of notebook", () => {
    const wavy = {
      predict: (x: number[][]): number[][] =>
        x.map(([a, b]) => [sigmoid(5 * Math.sin(6 * a) * Math.cos(6 * b))]),
    };
    const x = Array.from({ length: 150 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
    const figure = plot.decisionBoundary(wavy, { x, y: x.map(([a]) => Number(a > 0)) }, { alt });
    expect(JSON.stringify(figure).length).toBeLessThan(20_000);
  });

  test.each<[string, unknown, unknown, object, string]>([
    ["logits", { predict: (x: unknown[]) => x.map(() => [7]) }, corners, {}, "must be probabilities from 0 to 1, got 7"],
    ["NaN", { predict: (x: unknown[]) => x.map(() => [NaN]) }, corners, {}, "the model's output[0][0] is NaN"],
    ["a promise", { predict: async () => [[1]] }, corners, {}, "predict returned a promise"],
    ["too many outputs", { predict: (x: unknown[]) => x.map(() => [0, 0, 1]) }, corners, {}, "the model has 3 outputs, but the data has 2 classes"],
    ["too few rows", { predict: () => [[1]] }, corners, {}, "predict got 3600 rows but returned [1, 1]"],
    ["no model", {}, corners, {}, "the model must have predict(x)"],
    ["three weights", { weights: [1, 2, 3], bias: 0 }, corners, {}, "needs 2 weights, got 3"],
    ["a missing bias", { weights: [1, 2] }, corners, {}, "bias must be a finite number, got undefined"],
    ["labels of another length", steep, { ...corners, labels: ["a"] }, {}, "1 labels for 4 samples"],
    ["no labels", steep, { x: corners.x }, {}, "has neither labels nor y"],
    ["rows that are not one-hot", steep, { x: corners.x, y: [[1, 1], [0, 1], [1, 0], [1, 0]] }, {}, "not one-hot"],
    ["three features", steep, { x: [[1, 2, 3]], labels: ["a"] }, {}, "Choose two: features"],
    ["an unknown feature", steep, corners, { features: ["x1", "size"] }, 'there is no feature "size"'],
    ["a silly grid", steep, corners, { gridSize: 5 }, "gridSize must be"],
  ])("%s is refused", (_name, model, data, options, message) => {
    expect(() => plot.decisionBoundary(model as never, data as never, { alt, ...options })).toThrow(message);
  }); // prettier-ignore
});

describe("zeroContour", () => {
  const axis = Array.from({ length: 41 }, (_, i) => -1 + i / 20);

  test("finds a circle as one closed line at its radius", () => {
    const values = axis.flatMap((y) => axis.map((x) => x * x + y * y - 0.49));
    const lines = zeroContour(axis, axis, values);
    expect(lines).toHaveLength(1);
    expect(lines[0][0]).toEqual(lines[0].at(-1));
    for (const [x, y] of lines[0]) expect(Math.hypot(x, y)).toBeCloseTo(0.7, 2);
  });

  test("a straight line is exact and goes from border to border", () => {
    const lines = zeroContour(
      axis,
      axis,
      axis.flatMap((y) => axis.map((x) => y - x / 3 - 0.01)),
    );
    expect(lines).toHaveLength(1);
    for (const [x, y] of lines[0]) expect(y).toBeCloseTo(x / 3 + 0.01, 10);
    expect(Math.abs(lines[0][0][0] - lines[0].at(-1)![0])).toBeCloseTo(2, 9);
  });

  test("a saddle gives two lines that do not cross", () => {
    const third = expect.closeTo(1 / 3, 12) as number;
    const two = expect.closeTo(2 / 3, 12) as number;
    const around = (sign: number): unknown =>
      zeroContour(
        [0, 1],
        [0, 1],
        [1, -2, -2, 1].map((value) => sign * value),
      )
        .map((line) => [...line].sort((a, b) => a[0] - b[0]))
        .sort((a, b) => a[0][0] - b[0][0]);
    // The mean is negative, so the positive corners (0, 0) and (1, 1) are cut off, whatever the sign outside.
    expect(around(1)).toEqual([
      [
        [0, third],
        [third, 0],
      ],
      [
        [two, 1],
        [1, two],
      ],
    ]);
    expect(around(-1)).toEqual(around(1));
  });

  test("a field of one sign has no contour", () => {
    expect(zeroContour([0, 1], [0, 1], [1, 1, 1, 1])).toEqual([]);
  });
});

function area({ x, y }: { x: number[]; y: number[] }): number {
  return (
    Math.abs(
      x.reduce((total, xi, i) => total + xi * y[(i + 1) % x.length] - x[(i + 1) % x.length] * y[i], 0),
    ) / 2
  );
}
