import { describe, expect, it } from "vitest";
import { parseLesson } from "../../src/cli/notebooks/myst.js";
import { neededCells } from "./needed-cells.js";

const cell = (code: string) => `\`\`\`{code-cell} typescript\n${code}\n\`\`\`\n`;

/** The cells before an exercise whose cells use `code`, of which the needed ones come back. */
function needed(cells: readonly string[], code: string): string[] {
  const exercise = [
    ":::{exercise} 90-a\n:goal: g\n:minutes: 1\n### E",
    cell(`:stub:\n${code}\ncheck("90-a", 0);`) +
      cell(`:solution:\n${code}\ncheck("90-a", 1);`) +
      "why\n:::\n",
  ].join("\n");
  const front = '---\ntitle: T\nid: "90"\ngoals: []\nminutes: {self: 1, workshop: 1}\n---\n';
  const { parts } = parseLesson(front + cells.map(cell).join("") + exercise, "90-t.md");
  return [...neededCells(parts)].sort((a, b) => a.line - b.line).map(({ text }) => text);
}

describe("neededCells", () => {
  it.each([
    ["declarations, and what these need", ["const a = 1;", "const b = a;", "const c = 3;"], "b;", [0, 1]],
    ["imports", ['import { x } from "gradus";', "const c = 3;"], "x();", [0]],
    ["functions and what they use", ["const a = 1;", "function f() { return a; }"], "f();", [0, 1]],
    ["destructured names", ["const { a, b: [c] } = d();", "const e = 2;"], "c;", [0]],
    ["assignments", ["let a = 1;", "a = 2;", "a === 3;"], "a;", [0, 1]],
    ["assignments to a part", ["const a = [1];", "a[0] = 2;", "console.log(a[0]);"], "a;", [0, 1]],
    [
      "calls that may change what they are called on",
      ["const m = make();", "await m.fit(1);", "m.map((x) => x);"],
      "m;",
      [0, 1],
    ],
    [
      "an import, but not what only calls it",
      ['import { plot } from "gradus";', "plot.line([1]);", "Math.max(1);"],
      "plot.bar(Math.min(2));",
      [0],
    ],
    ["nothing that no exercise asks for", ["const m = make();", "await m.fit(1);"], "1;", []],
  ])("keeps %s", (_what, cells, code, kept) => {
    expect(needed(cells, code)).toEqual(kept.map((index) => cells[index]));
  });
});
