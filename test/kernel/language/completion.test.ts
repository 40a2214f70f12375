import { beforeAll, describe, expect, it } from "vitest";
import type { CompletionItem, Completions } from "../../../src/kernel/session/language.js";
import { atCursor, gradusFromSource, session } from "./session.js";

const { language, run } = session({
  packages: gradusFromSource(),
  leanPackages: ["danfojs-node"],
  globals: "declare function prompt(text?: string): Promise<string>;",
});

beforeAll(async () => {
  for (const code of [
    "interface Point { /** Across. */ x: number; y?: string }\nconst point: Point = { x: 1 };",
    "function addTwo(a: number, b = 2) { return a + b } let counter = 0; class Net { train(epochs: number) {} } enum Colour { Red }",
    'import { Sequential, dense } from "gradus"; const model = new Sequential({ layers: [dense(3)] });',
    "const losses = []; losses.push(1);",
  ]) {
    expect((await run(code)).error).toBeUndefined();
  }
}, 60_000);

const ask = (text: string): Promise<Completions> => {
  const { code, offset } = atCursor(text);
  return language.complete(code, offset);
};
const texts = async (text: string): Promise<string[]> => (await ask(text)).items.map((item) => item.text);
const item = async (text: string, name: string): Promise<CompletionItem | undefined> =>
  (await ask(text)).items.find((each) => each.text === name);

describe("complete", () => {
  it.each([
    ["members of an interface of an earlier cell", "point.|", ["x", "y"]],
    ["members after a partial word", "point.x|", ["x"]],
    ["members in an unfinished call", "console.log(point.|", ["x", "y"]],
    ["members in an unfinished block", "for (const p of [point]) { p.|", ["x", "y"]],
    ["members in a template", "`${point.|}`", ["x", "y"]],
    ["members after ?.", "point?.|", ["x", "y"]],
    ["methods of a class of an earlier cell", "new Net().|", ["train"]],
    ["enum members", "Colour.|", ["Red"]],
    ["string literals in an open quote", 'model.compile({ loss: "cat|', ["categoricalCrossentropy"]],
    ["a function of an earlier cell, whatever the case", "addt|", ["addTwo"]],
    ["types of earlier cells", "let p: Poi|", ["Point"]],
    ["globals of the notebook", "promp|", ["prompt"]],
    ["names of the same cell", "const lonely = 1; lonel|", ["lonely"]],
    ["the evolved type of an empty list", "losses[0].toFi|", ["toFixed"]],
  ])("offers %s", async (_, text, expected) => {
    expect(await texts(text)).toEqual(expected);
  });

  // The package grows, so what it offers is looked for, not listed.
  it.each([
    [
      "string literals of an option",
      'model.compile({ loss: "|" })',
      ["binaryCrossentropy", "categoricalCrossentropy", "mae", "mse"],
    ],
    [
      "names of the package, in braces",
      'import { Matrix| } from "gradus"',
      ["Matrix", "MatrixLike", "MatrixOptions"],
    ],
  ])("offers %s, and no other names", async (_, text, expected) => {
    const offered = await texts(text);
    expect(offered).toEqual(expect.arrayContaining(expected));
    expect(offered).not.toContain("console");
  });

  it.each([
    [
      "names of options in a call",
      "await model.fit([[1]], [[1]], { |",
      ["epochs", "batchSize", "validationSplit"],
    ],
    ["packages in quotes", 'import x from "|"', ["gradus", "node:fs"]],
    ["keywords", "con|", ["const", "continue", "console"]],
    ["names of Node that are not loaded yet", "proces|", ["process"]],
    ["members of Node", "process.|", ["argv", "version"]],
    ["statics of a class that is not imported", "Matrix.|", ["from", "zeros"]],
  ])("offers %s, among others", async (_, text, expected) => {
    expect(await texts(text)).toEqual(expect.arrayContaining(expected));
  });

  it("offers an export of the package that is not imported, and says what to import", async () => {
    expect(await item("Matr|", "Matrix")).toEqual({
      text: "Matrix",
      start: 0,
      end: 4,
      type: "class",
      signature: 'import { Matrix } from "gradus"',
    });
    expect((await item("Matrix|", "Matrix"))?.signature).toBe('import { Matrix } from "gradus"');
  });

  it("names kinds and signatures", async () => {
    expect(await item("addTw|", "addTwo")).toMatchObject({
      type: "function",
      signature: "(a: number, b?: number) => number",
    });
    expect(await item("counte|", "counter")).toMatchObject({ type: "variable", signature: "number" });
    expect(await item("Ne|", "Net")).toMatchObject({ type: "class" });
    expect(await item("point.|", "y")).toMatchObject({ type: "property", signature: "string | undefined" });
    expect(await item("new Net().|", "train")).toMatchObject({
      type: "method",
      signature: "(epochs: number) => void",
    });
  });

  it.each([
    ["point.x|", 6, 7],
    ["po|int", 0, 5],
    ['"🙂"; poi|', 6, 9],
    ["point.|", 6, 6],
    ['model.compile({ loss: "ca|t" })', 23, 26],
    ["/* 안녕 */ coun|", 9, 13],
    ["|", 0, 0],
  ])("replaces the whole word at %j", async (text, start, end) => {
    const { items, ...place } = await ask(text);
    expect(place).toEqual({ start, end });
    expect(items.length).toBeGreaterThan(0);
  });

  it("puts members that need ?. or brackets into their own place", async () => {
    expect(await item("point.y.|", "?.length")).toMatchObject({ start: 7, end: 8 });
    expect(await item("const o = { 'a-b': 1 }; o.|", '["a-b"]')).toMatchObject({ start: 25, end: 26 });
  });

  it("is silent in comments and after a number", async () => {
    expect(await texts("// poi|")).toEqual([]);
    expect(await texts("const a = 12|")).toEqual([]);
  });

  it("shows none of the names behind the scenes, and at most some hundreds", async () => {
    const all = await texts("|");
    expect(all.filter((text) => /gradus|__now/.test(text))).toEqual([]);
    expect(all.length).toBeLessThanOrEqual(300);
    expect(all.slice(0, 20)).toContain("model");
  });
});
