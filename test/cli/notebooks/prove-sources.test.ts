import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { proveSources } from "../../../src/cli/notebooks/check.js";
import { notebooksCommand } from "../../../src/cli/notebooks/command.js";
import { parseLesson } from "../../../src/cli/notebooks/myst.js";
import { loadKatex } from "../../../src/cli/notebooks/proofs/math.js";
import { loadSpeller } from "../../../src/cli/notebooks/proofs/spelling.js";

const file = path.resolve(import.meta.dirname, "..", "..", "fixtures", "lessons", "90-switches.md");
const source = fs.readFileSync(file, "utf8");

async function faults(from = "", to = ""): Promise<string[]> {
  expect(source).toContain(from);
  const lesson = parseLesson(source.replace(from, to), file);
  const { faults: found } = await proveSources([lesson], [lesson]);
  // The fixture's ids are its own; the project's tables don't know them.
  return found.filter((fault) => !/(covers S9-|corrects E9)/.test(fault));
}

describe("proveSources", { timeout: 60_000 }, () => {
  it("finds nothing in the fixture but ids that the project's tables do not have", async () => {
    expect(await faults()).toEqual([]);
  });

  it.each([
    ["coverage", '"covers": "S9-1"', '"covers": "S3-4"', "coverage.tsv gives it to 02"],
    ["errata", "{misconception} E91", "{misconception} E60", "errata.tsv gives it to 02"],
    ["goals", ":goal: g2", ":goal: g1", "whose list in the front matter lacks it"],
    ["exercises", "exercise} 90-threshold", "exercise} 90-sum2", "90-threshold has no text"],
    ["minutes", "self: 20", "self: 21", "minutes of the front matter (self) are 21"],
    ["headings", "## A threshold", "##### A threshold", "is a heading of level 5"],
    ["the glossary", 'id: "90"', 'id: "04"', "is said to be defined in lesson 04, and is bold nowhere in it"],
    ["links", "A lamp reads", "A [lamp](nowhere.md) reads", "leads to no file"],
    ["references", "sum[^lamp]", "sum[^lump]", "[^lump] is cited"],
    ["voice", "A lamp reads", "A lamp just reads", '"just" is a word'],
  ])("proves %s", async (_what, from, to, fault) => {
    // A change of an exercise's id must reach its cells too.
    const changed = _what === "exercises" ? source.replaceAll("90-threshold", "90-sum2") : undefined;
    const found =
      changed === undefined
        ? await faults(from, to)
        : (await proveSources([parseLesson(changed, file)], [])).faults;
    expect(found.join("\n")).toContain(fault);
  });

  it("proves that tslab knows the names in shorthand properties", async () => {
    const cell = (code: string): string => `\`\`\`{code-cell} typescript\n${code}\n\`\`\`\n`;
    const withCells = (second: string): string =>
      source.replace("A lamp reads", `\n\n${cell("const glow = 1;")}\n${cell(second)}\nA lamp reads`);
    const of = async (second: string): Promise<string[]> => {
      const lesson = parseLesson(withCells(second), file);
      return (await proveSources([lesson], [lesson])).faults.filter((fault) => fault.includes("tslab"));
    };
    expect(await of("console.log({ glow: glow });")).toEqual([]);
    expect(await of("const dim = 2; console.log({ dim }, [1].map((n) => ({ n })));")).toEqual([]);
    const [fault, ...more] = await of("const dim = 2;\nconsole.log({ dim, glow });");
    expect(more).toEqual([]);
    expect(fault).toMatch(
      /:\d+: tslab does not know "glow" of an earlier cell in \{ glow \}\. Write \{ glow: glow \}\./,
    );
  });

  it.skipIf(loadKatex() === undefined)("proves formulas", async () => {
    expect((await faults("threshold $\\theta$", "threshold $\\thetta$")).join()).toContain("does not parse");
  });

  it.skipIf(loadSpeller() === undefined)("proves spelling", async () => {
    expect((await faults("A lamp reads", "A lamp raeds")).join()).toContain('"raeds" is in no word list');
  });

  it("counts what waits, and leaves out lessons that are older than the directives", async () => {
    const old = parseLesson(source.replace(/:::\{[\s\S]*?\n:::\n/g, ""), file);
    const { faults: found, notes } = await proveSources([old], [old]);
    expect(found).toEqual([]);
    expect(notes.join("\n")).toContain("90-switches.ipynb: written without directives");
    expect(notes.join("\n")).toMatch(/coverage\.tsv: 231 of 231 ids wait/);
  });
});

describe("gradus notebooks", () => {
  it.each([
    [["frob"], 'takes build, edition, check or new, got "frob"'],
    [["edition"], 'takes workshop or solutions, got ""'],
    [["edition", "learner"], "The learner's notebooks are made by: gradus notebooks build"],
    [["edition", "solutions", "--out", "notebooks"], "holds the learner's notebooks"],
    [["check", "--out", "x"], "--out belongs to gradus notebooks edition"],
    [["check", "77"], 'There is no lesson "77"'],
    [["new"], "takes one name"],
  ])("%j is refused", async (args, message) => {
    await expect(notebooksCommand(args)).rejects.toThrow(message);
  });
});
