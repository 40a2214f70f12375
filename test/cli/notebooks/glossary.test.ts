import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { linkTerms, parseGlossary, readGlossary } from "../../../src/cli/notebooks/glossary.js";
import { lessonNotebook } from "../../../src/cli/notebooks/lesson-notebook.js";
import { parseLesson } from "../../../src/cli/notebooks/myst.js";
import { glossaryFaults, undefinedTerms } from "../../../src/cli/notebooks/proofs/glossary.js";

const row = (
  english: string,
  korean = "가중치",
  meaning = "how much an input counts",
  lesson = "91",
): string => `| ${english} | ${korean} | ${meaning} | ${lesson} |\n`;
const table = "\n| English | Korean | Meaning | Lesson |\n|---|---|---|---|\n";
const glossary = (...letters: readonly (readonly [string, ...string[]])[]) =>
  parseGlossary(
    "# Glossary\n\n| English | in no letter |\n" +
      letters.map(([letter, ...rows]) => `\n## ${letter}\n${table}${rows.join("")}`).join(""),
    "glossary.md",
  );
const small = glossary(
  ["M", row("matrix"), row("multi-layer perceptron (MLP, multilayer perceptron)")],
  ["N", row("NOT")],
  ["W", row("weight")],
);

const lesson = (body: string) =>
  parseLesson(`---\ntitle: T\nid: "91"\ngoals: []\nminutes: {self: 0, workshop: 0}\n---\n${body}`, "91-t.md");
const linked = (body: string, options: { edition?: "workshop" } = {}): string =>
  lessonNotebook(lesson(body), [], { ...options, glossary: small })
    .cells.slice(1)
    .map(({ source }) => source)
    .join("\n");

describe("parseGlossary", () => {
  it("reads names, Korean, meaning and lessons of each row below a letter", () => {
    expect(small.terms).toHaveLength(4);
    expect(small.terms[1]).toEqual({
      names: ["multi-layer perceptron", "MLP", "multilayer perceptron"],
      korean: "가중치",
      meaning: "how much an input counts",
      lessons: [{ id: "91" }],
      heading: "M",
      line: 10,
      columns: 4,
    });
  });

  it("reads lessons with and without a link", () => {
    const { terms } = glossary(["W", row("weight", "가중치", "m", "[02](02-x.ipynb), 05")]);
    expect(terms[0]!.lessons).toEqual([{ id: "02", target: "02-x.ipynb" }, { id: "05" }]);
  });
});

describe("a built notebook", () => {
  it("links the first bold occurrence of a term to its letter", () => {
    expect(linked("A **weight** counts. The **weight** is $w$.\n\n+++\n\nA **weight** again.")).toBe(
      "A [**weight**](glossary.md#W) counts. The **weight** is $w$.\nA **weight** again.",
    );
  });

  it.each([
    ["**Weights**:", "[**Weights**](glossary.md#W):"],
    ["the **matrices**", "the [**matrices**](glossary.md#M)"],
    ["**Multi-layer\nperceptrons**", "[**Multi-layer\nperceptrons**](glossary.md#M)"],
    ["an **MLP**[^a]", "an [**MLP**](glossary.md#M)[^a]"],
    ["| **weight** | w |", "| [**weight**](glossary.md#W) | w |"],
    ["> **weight**", "> [**weight**](glossary.md#W)"],
    ["**NOT** turns around", "[**NOT**](glossary.md#N) turns around"],
  ])("%j becomes %j", (text, wanted) => {
    expect(linked(text)).toBe(wanted);
  });

  it.each([
    "### The **weight**",
    "`**weight**`",
    "```text\n**weight**\n```",
    "$$ **weight** $$",
    "[the **weight**](02-x.ipynb)",
    '<img alt="**weight**">',
    "*weight* and weight",
    "it is **not** so",
    "**weighty** words",
  ])("leaves %j as it is", (text) => {
    expect(linked(text)).toBe(text);
  });

  it("goes on to the next occurrence when the first can't be linked", () => {
    expect(linked("## **Weight**\n\nA **weight**")).toBe("## **Weight**\n\nA [**weight**](glossary.md#W)");
  });

  it("leads to the same glossary from the folder of another edition", () => {
    expect(linked("A **weight**", { edition: "workshop" })).toBe("A [**weight**](../glossary.md#W)");
  });

  it("leaves code cells alone and says which terms it linked", () => {
    const { cells } = lesson("```{code-cell} typescript\n// a **weight**\n```\n\nan **MLP**");
    const { cells: out, linked: found } = linkTerms(cells, small);
    expect(out[0]!.text).toBe("// a **weight**");
    expect([...found].map(({ names }) => names[0])).toEqual(["multi-layer perceptron"]);
  });
});

describe("the proof of the glossary", () => {
  it("finds nothing in a glossary that is in order", () => {
    expect(glossaryFaults(small)).toEqual([]);
  });

  it.each([
    ["a term without Korean", ["W", row("weight", "weight")], 'glossary.md:9: "weight" has no Korean.'],
    ["a term without meaning", ["W", row("weight", "가중치", "")], '"weight" has no meaning.'],
    ["a term without lesson", ["W", row("weight", "가중치", "m", "")], "names no lesson"],
    ["a row with a bar too many", ["W", row("weight", "가중치", "|w|")], "has 6 columns"],
    ["a term twice", ["W", row("weight"), row("Weight")], '10: "Weight" stands in line 9 already.'],
    [
      "another name twice",
      ["U", row("unit (node)"), row("upper (node)")],
      '"node" stands in line 9 already.',
    ],
    ["rows out of order", ["W", row("weighted sum"), row("weight")], '"weight" comes before "weighted sum"'],
    ["a term under another letter", ["V", row("weight")], '"weight" stands under the letter V.'],
    [
      "a link to a lesson that is not there",
      ["W", row("weight", "가중치", "m", "[77](77-x.ipynb)")],
      "is no notebook of that lesson",
    ],
  ] as const)("finds %s", (_what, letter, fault) => {
    const faults = glossaryFaults(glossary(letter));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
  });

  it("finds a link to the file of another lesson", () => {
    const real = readGlossary().file;
    const linking = (target: string) =>
      glossaryFaults({
        ...glossary(["W", row("weight", "가중치", "m", `[02](${target})`)]),
        file: real,
      });
    expect(linking("02-perceptron-gates.ipynb")).toEqual([]);
    expect(linking("03-xor.ipynb")).toEqual([
      `${real}:9: "weight" links lesson 02 to 03-xor.ipynb, which is no notebook of that lesson.`,
    ]);
  });

  it("finds terms that their lesson does not set in bold", () => {
    expect(undefinedTerms(lesson("A **matrix** of an **MLP**. A weight. **NOT**"), small)).toEqual([
      `glossary.md:${small.terms[3]!.line}: "weight" is said to be defined in lesson 91, and is bold nowhere in it.`,
    ]);
  });

  it("takes a term for defined that is bold in what is said after a prediction", () => {
    const one = glossary(["W", row("weight")]);
    const text = (bold: string) => `:::{predict} 91-p\nq\n- [x] a\n- [ ] b\n\nThis is a ${bold}.\n:::`;
    expect(undefinedTerms(lesson(text("**weight**")), one)).toEqual([]);
    expect(undefinedTerms(lesson(text("weight")), one)).toHaveLength(1);
  });

  it("says nothing about terms of other lessons", () => {
    const other = glossary(["W", row("weight", "가중치", "m", "13")]);
    expect(undefinedTerms(lesson("no term"), other)).toEqual([]);
  });
});

describe("the course's glossary", () => {
  const real = readGlossary();

  it("is in order", () => {
    expect(glossaryFaults(real)).toEqual([]);
  });

  it("keeps 규제, 정규화 and 표준화 apart", () => {
    const korean = (name: string) => real.terms.find(({ names }) => names[0] === name)?.korean;
    expect(["regularization", "normalization", "standardization"].map(korean)).toEqual([
      "규제",
      "정규화",
      "표준화",
    ]);
    expect(path.basename(real.file)).toBe("glossary.md");
  });
});
