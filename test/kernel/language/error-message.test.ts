import { describe, expect, it } from "vitest";
import { session } from "./session.js";

const traceback = async (code: string, before: readonly string[] = []): Promise<string[]> => {
  const { run } = session();
  for (const cell of before) await run(cell);
  return [...((await run(code)).error?.traceback ?? [])];
};

describe("the error of a cell that must not run", () => {
  it("names the cell and the line, frames the words, repeats TypeScript and explains", async () => {
    const { run } = session();
    await run("const temperatures = [1, 2];");
    const { error } = await run('const a = 1;\ntemperatures.push("warm");');
    expect(error).toEqual({
      ename: "TypeScriptError",
      evalue:
        "cell [2] line 2:19 - Argument of type 'string' is not assignable to parameter of type 'number'. (TS2345)",
      traceback: [
        "TypeScriptError: 1 error in cell [2]. Nothing was run.",
        "cell [2], line 2",
        '  2 | temperatures.push("warm");',
        "    |                   ^^^^^^",
        "  Argument of type 'string' is not assignable to parameter of type 'number'. (TS2345)",
        "  → What is asked for here is number; what you gave is string.",
      ],
    });
  });

  it("is a SyntaxError when the text is no TypeScript", async () => {
    const { error } = await session().run("const a = [1, 2;\n");
    expect(error?.ename).toBe("SyntaxError");
    expect(error?.traceback.slice(1, 4)).toEqual([
      "cell [1], line 1",
      "  1 | const a = [1, 2;",
      "    |                ^",
    ]);
  });

  it("points at the last word when something is missing at the end", async () => {
    expect((await traceback("if (true) {\n\n\n")).slice(1, 4)).toEqual([
      "cell [1], line 1",
      "  1 | if (true) {",
      "    |           ^",
    ]);
  });

  it("counts the faults beyond ten", async () => {
    const lines = await traceback(Array.from({ length: 14 }, (_, i) => `nothing${i};`).join("\n"));
    expect(lines[0]).toBe("TypeScriptError: 14 errors in cell [1]. Nothing was run.");
    expect(lines.filter((line) => line.startsWith("cell [1], line")).length).toBe(10);
    expect(lines.at(-1)).toBe("… and 4 more errors.");
  });

  it("puts the caret under the word after wide characters, tabs and emoji", async () => {
    expect((await traceback('"안녕🙂"; nothing')).slice(2, 4)).toEqual([
      '  1 | "안녕🙂"; nothing',
      "    |           ^^^^^^^",
    ]);
    expect((await traceback("\t\tnothing")).slice(2, 4)).toEqual(["  1 | \t\tnothing", "    | \t\t^^^^^^^"]);
  });

  it("shows a window of a very long line", async () => {
    const lines = await traceback(`${"1;".repeat(500)}nothing;${"2;".repeat(500)}`);
    const [, , source = "", carets = ""] = lines;
    expect(source.length).toBeLessThan(180);
    expect(source.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe("nothing");
  });

  it("names the cell of a type that has been declared again", async () => {
    const text = (
      await traceback("thing = new Thing();", [
        "class Thing { private a = 1 }",
        "let thing = new Thing();",
        "class Thing { private b = 1 }",
      ])
    ).join("\n");
    expect(text).toContain("Thing (of cell [1])");
    expect(text).not.toContain("__gradus");
  });
});

/** What each fault says to a beginner: the cells before, the cell, words of the explanation. */
const explanations: readonly (readonly [before: string, code: string, says: string])[] = [
  ["", "missing", "has the cell that defines it been run?"],
  ["const counter = 1", "countre", "Is it counter?"],
  ["", "const n: number = 'a'", "What is asked for here is number; what you gave is string."],
  ["function f(n: number) {}", "f('a')", "What is asked for here is number; what you gave is string."],
  ["const p = { x: 1 }", "p.y", "has nothing called y"],
  ["const p = { width: 1 }", "p.widht", "Is it width?"],
  ["function f(n: number) {}", "f()", "takes 1 value in its brackets; this call gives 0"],
  ["", "function f(x) {}", "x: number"],
  ["const m = 'a'.match(/a/)", "m.index", "m may be null or undefined here"],
  ["let s: string | undefined", "s.length", "s may be null or undefined here"],
  ["", "('a'.match(/a/)).index", "may be null or undefined here"],
  ["const k = 1", "k = 2", "k was made with const"],
  ["", "const a = [1, 2;", "missing or extra bracket"],
  ["", "}", "missing or extra bracket"],
  ["", "'a' * 2", "Arithmetic needs numbers"],
  ["", "2 * 'a'", "Arithmetic needs numbers"],
  [
    "function f(x: number): void; function f(x: string): void; function f(x: unknown) {}",
    "f(true)",
    "in several ways",
  ],
  ["", "import x from 'no-such-package'", "npm install"],
  ["", "function f() { await 1 }", "write async before the function"],
  ["", "document.body", "belongs to web pages"],
];

describe("explanations", () => {
  it.each(explanations)("after %j, %j is told: %s", async (before, code, says) => {
    const lines = await traceback(code, before === "" ? [] : [before]);
    expect(lines.filter((line) => line.startsWith("  → ")).join("\n")).toContain(says);
  });
});
