import { describe, expect, test } from "vitest";
import { Random } from "../../src/engine/index.js";
import type { Figure } from "../../src/plots/index.js";
import { plot } from "../../src/plots/index.js";
import { type LinearRule, ruleValues } from "../../src/plots/linear-rule.js";

type Json = Record<string, unknown>;
interface Controls {
  readonly sliders: { name: string; labels: string[]; at: number; values?: number[] }[];
  readonly intervalMs?: number;
  readonly roomPx: number;
}
/** The browser's half, as JupyterLab loads it. */
interface States {
  readControls(figure: Json): Controls | undefined;
  figureAt(figure: Json, controls: Controls, positions: number[]): { data: Json[]; layout: Json };
  wordsAt(controls: Controls, positions: number[]): string;
  ruleValues(rule: LinearRule, values: readonly number[]): unknown[];
}
const states = (await import(
  new URL("../../src/labextension/browser/states.js", import.meta.url).href
)) as States;

/** The figure as a browser gets it: through JSON. */
function received(figure: Figure): { json: Json; controls: Controls } {
  const json = { frames: [], ...(JSON.parse(JSON.stringify(figure)) as Json) };
  return { json, controls: states.readControls(json)! };
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const line = (slope: number, offset = 0): Figure =>
  plot.line([0, slope, 2 * slope].map((y) => y + offset), { alt: `slope ${slope}, offset ${offset}`, title: `k = ${slope}` }); // prettier-ignore

describe("plot.slider", () => {
  const slopes = [0, 1, 5];
  const figure = plot.slider({ name: "k", values: slopes, start: 1 }, (k) => line(k), {
    alt: "lines",
    play: 300,
  });

  test("holds every position to the last field", () => {
    const { json, controls } = received(figure);
    slopes.forEach((slope, k) => {
      const { data, layout } = states.figureAt(json, controls, [k]);
      expect(data).toEqual(plain(line(slope).data));
      expect(layout["title"]).toEqual(plain(line(slope).layout["title"]));
    });
  });

  test("shows its start when nobody moves it, and keeps one scale for all positions", () => {
    expect(plain(figure.data)).toEqual(plain(line(1).data));
    const { range } = figure.layout["yaxis"] as { range: number[] };
    expect(range[0]).toBeLessThan(0);
    expect(range[1]).toBeGreaterThan(10);
    const { json, controls } = received(figure);
    for (const k of [0, 1, 2])
      expect(states.figureAt(json, controls, [k]).layout["yaxis"]).toMatchObject({ range });
  });

  test("brings plotly's own slider and play button for viewers that know nothing else, and our page takes them away", () => {
    const sliders = figure.layout["sliders"] as {
      active: number;
      steps: { label: string; args: unknown[] }[];
    }[];
    expect(sliders[0].active).toBe(1);
    expect(sliders[0].steps.map(({ label, args }) => [label, args[0]])).toEqual([["0", ["0"]], ["1", ["1"]], ["5", ["2"]]]); // prettier-ignore
    expect(figure.frames.map(({ name }) => name)).toEqual(["0", "1", "2"]);
    const { json, controls } = received(figure);
    const { layout } = states.figureAt(json, controls, [0]);
    expect("sliders" in layout || "updatemenus" in layout).toBe(false);
    expect(layout["height"]).toBe(Number(figure.layout["height"]) - controls.roomPx);
    expect(controls.intervalMs).toBe(300);
  });

  test("says what each position shows", () => {
    const { controls } = received(figure);
    expect(slopes.map((_, k) => states.wordsAt(controls, [k]))).toEqual(
      slopes.map((slope) => line(slope).alt),
    );
    expect(figure.alt).toBe("lines");
  });

  test("counts the positions of two sliders like digits, the last one turning fastest", () => {
    const [first, second] = [[1, 2], [10, 20, 30]]; // prettier-ignore
    const both = plot.slider([{ name: "w", values: first }, { name: "b", values: second, start: 20 }], line, { alt: "x" }); // prettier-ignore
    const { json, controls } = received(both);
    first.forEach((w, i) =>
      second.forEach((b, j) =>
        expect(states.figureAt(json, controls, [i, j]).data).toEqual(plain(line(w, b).data)),
      ),
    );
    expect(plain(both.data)).toEqual(plain(line(1, 20).data));
    expect("sliders" in both.layout).toBe(false);
  });

  test("a position may have fewer traces, or other kinds of them, than the next", () => {
    const draw = (k: number): Figure =>
      plot.decisionBoundary({ weights: [k, 0], bias: 0.5 }, { x: [[0, 0], [1, 1]], y: [0, 1] }, { alt: `k ${k}`, xRange: [-1, 1], yRange: [-1, 1] }); // prettier-ignore
    expect(new Set([0, 1, -1].map((k) => draw(k).data.length)).size).toBeGreaterThan(1);
    const { json, controls } = received(plot.slider({ name: "k", values: [0, 1, -1] }, draw, { alt: "x" }));
    [0, 1, -1].forEach((k, i) => {
      const { data } = states.figureAt(json, controls, [i]);
      expect(data.filter(({ visible }) => visible !== false)).toEqual(plain(draw(k).data));
    });
  });

  test("bars that grow keep 0 in the picture", () => {
    const bars = plot.slider({ name: "h", values: [1, 9] }, (h) => plot.bar({ names: ["a"], values: [h] }, { alt: `${h}` }), { alt: "x" }); // prettier-ignore
    const { range } = bars.layout["yaxis"] as { range: number[] };
    expect(range[0]).toBe(0);
    expect(range[1]).toBeGreaterThan(9);
  });

  test.each<[string, () => unknown, string]>([
    ["no alt", () => plot.slider({ name: "k", values: [1, 2] }, line, {} as never), "plot.slider: the text alternative"],
    ["one value", () => plot.slider({ name: "k", values: [1] }, line, { alt: "x" }), 'the control "k" needs at least two finite values'],
    ["NaN", () => plot.slider({ name: "k", values: [1, NaN] }, line, { alt: "x" }), "two finite values, got [1, NaN]"],
    ["a start that is no value", () => plot.slider({ name: "k", values: [1, 2], start: 3 }, line, { alt: "x" }), "starts at 3, which is not among its values"],
    ["too many positions", () => plot.slider(["a", "b", "c"].map((name) => ({ name, values: [1, 2, 3, 4, 5, 6, 7, 8, 9] })), line, { alt: "x" }), "9 · 9 · 9 = 729 positions"],
    ["what is no figure", () => plot.slider({ name: "k", values: [1, 2] }, (() => 7) as never, { alt: "x" }), "step 1 must be a figure, got number 7"],
    ["sliders in sliders", () => plot.slider({ name: "k", values: [1, 2] }, () => figure, { alt: "x" }), "step 1 has sliders of its own"],
    ["a play button for two", () => plot.slider([{ name: "a", values: [1, 2] }, { name: "b", values: [1, 2] }], line, { alt: "x", play: true }), "a play button needs a single slider"],
    ["half a megabyte", () => plot.slider({ name: "k", values: [1, 2, 3, 4, 5] }, (k) => plot.line(Array.from({ length: 20_000 }, (_, i) => i * k), { alt: "x" }), { alt: "x" }), "KB, more than 400 KB"],
    ["a label too many", () => plot.frames([line(1), line(2)], { alt: "x", labels: ["one"] }), "1 labels for 2 figures"],
    ["a start outside", () => plot.frames([line(1), line(2)], { alt: "x", start: 2 }), "start must be a position from 0 to 1"],
  ])("%s is refused", (_name, act, message) => {
    expect(act).toThrow(message);
  }); // prettier-ignore
});

describe("a linear rule", () => {
  test("gives the same in the browser and here", () => {
    const random = new Random(3);
    for (let round = 0; round < 50; round += 1) {
      const list = (): number[] => Array.from({ length: 6 }, () => Math.round(random.normal() * 10) / 10);
      const base = { trace: 0, field: "x", constant: list(), slopes: [list(), list()] };
      const values = list().slice(0, 2);
      for (const extra of [
        {},
        { columns: 3 },
        { choose: list().map((v) => [v, "no"] as const) },
        { tally: list().concat(9).map(String) },
      ]) {
        expect(states.ruleValues({ ...base, ...extra }, values)).toEqual(
          ruleValues({ ...base, ...extra }, values),
        );
      }
    }
  });
});

describe("plot.gateSliders", () => {
  const inputs = [[0, 0], [0, 1], [1, 0], [1, 1]]; // prettier-ignore
  const targets = [0, 1, 1, 1];
  const figure = plot.gateSliders({ x: inputs, y: targets }, { weights: [0.6, 0.6], bias: -0.5 });
  const { json, controls } = received(figure);

  test("answers like the perceptron, row by row, wherever the sliders stand", () => {
    const { values } = controls.sliders[0];
    const random = new Random(8);
    for (let round = 0; round < 200; round += 1) {
      const positions = [0, 1, 2].map(() => random.int(values!.length));
      const [w1, w2, b] = positions.map((at) => values![at]);
      const outputs = inputs.map(([x1, x2]) => Number(Number((w1 * x1 + w2 * x2 + b).toFixed(9)) > 0));
      const { data } = states.figureAt(json, controls, positions);
      expect(data[1]["text"]).toEqual(outputs.map(String));
      const right = outputs.map((output, i) => output === targets[i]);
      expect((data[2]["text"] as string[]).map((text) => text.trim() === "right")).toEqual(right);
      const { symbol, color } = data[2]["marker"] as { symbol: string[]; color: string[] };
      expect(symbol).toEqual(right.map((ok) => (ok ? "circle" : "x")));
      expect(new Set(color.map((own, i) => `${own} ${right[i]}`)).size).toBe(new Set(right).size);
      const count = right.filter(Boolean).length;
      expect(states.wordsAt(controls, positions)).toBe(
        count === 4 ? "All 4 rows are right." : `${count} of 4 rows are right.`,
      );
    }
  });

  test("stands still at its start, and its line is exact", () => {
    expect(states.figureAt(json, controls, controls.sliders.map(({ at }) => at)).data).toEqual(plain(figure.data)); // prettier-ignore
    const { x, y, z } = figure.data[0] as { x: number[]; y: number[]; z: number[][] };
    y.forEach((own, row) =>
      x.forEach((other, col) => expect(z[row][col]).toBeCloseTo(0.6 * other + 0.6 * own - 0.5, 9)),
    );
  });

  test.each<[string, () => unknown, string]>([
    ["a target of 2", () => plot.gateSliders({ x: inputs, y: [0, 1, 2, 1] }, { weights: [0, 0], bias: 0 }), "the target of row 2 is 2, not 0 or 1"],
    ["a start between the steps", () => plot.gateSliders({ x: inputs, y: targets }, { weights: [0.55, 0], bias: 0 }), 'the control "w1" starts at 0.55'],
    ["one weight", () => plot.gateSliders({ x: inputs, y: targets }, { weights: [1], bias: 0 }), "got 1 weights"],
  ])("%s is refused", (_name, act, message) => {
    expect(act).toThrow(message);
  }); // prettier-ignore
});
