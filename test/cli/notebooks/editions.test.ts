import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeEdition } from "../../../src/cli/notebooks/build.js";
import { shownCells, shownExercises } from "../../../src/cli/notebooks/editions.js";
import { missingExercises } from "../../../src/cli/notebooks/exercise-numbers.js";
import { readNotebook } from "../../../src/cli/notebooks/ipynb.js";
import { lessonNotebook } from "../../../src/cli/notebooks/lesson-notebook.js";
import { readLessons } from "../../../src/cli/notebooks/lessons.js";
import { parseLesson } from "../../../src/cli/notebooks/myst.js";

const fixtures = path.resolve(import.meta.dirname, "..", "..", "fixtures", "lessons");
const [switches] = readLessons(fixtures);
const sources = (edition: "learner" | "workshop" | "solutions") =>
  lessonNotebook(switches!, [], { edition }).cells.map(({ source }) => source);

describe("the learner's notebook", () => {
  it("has the task with its minutes, the stub, and neither solution nor worked solution", () => {
    const cells = sources("learner");
    expect(cells).toContain("### Exercise 1: the sum (4 minutes)\n\nWrite the sum of two switches.");
    expect(cells.join("\n")).toContain("return NaN; // your code here");
    expect(cells.join("\n")).not.toContain("return a + b");
    expect(cells.join("\n")).not.toContain("as the text");
  });

  it("asks predictions and quizzes by a call, so that question and answer are not in the source", () => {
    expect(sources("learner")).toContain('predict("90-lamp");');
    expect(sources("learner")).toContain('quiz("90-quiz");');
    expect(sources("learner").join("\n")).not.toContain("The largest sum");
  });

  it("puts a misconception into a box", () => {
    expect(sources("learner")).toContain(
      '> **Often said, but** "a switch that is off counts as minus one". It counts as 0 here.',
    );
  });

  it("numbers references and links citations to their list", () => {
    expect(sources("learner")[1]).toContain("A lamp reads their sum[[1]](#References).");
    expect(sources("learner").at(-1)).toBe("## References\n\n1. A. Turner, *Lamps and switches*, 1999.");
  });

  it("leaves out what belongs to the workshop", () => {
    expect(sources("learner").join("\n")).not.toContain("neighbour");
    expect(sources("workshop").join("\n")).toContain("neighbour");
  });

  it("carries ids, minutes and slides in the metadata of its cells", () => {
    const { cells, metadata } = lessonNotebook(switches!, []);
    expect(cells[1]!.metadata).toEqual({
      slideshow: { slide_type: "slide" },
      gradus: { minutes: { self: 6, workshop: 4 }, covers: ["S9-1"] },
    });
    const task = cells.find(({ source }) => source.startsWith("### Exercise 1"))!;
    expect(task.metadata).toEqual({
      slideshow: { slide_type: "subslide" },
      gradus: {
        minutes: { self: 4, workshop: 3 },
        covers: ["S9-3"],
        exercise: "90-sum",
        goal: "g1",
        part: "task",
      },
    });
    const box = cells.find(({ source }) => source.startsWith("> **Often"))!;
    expect(box.metadata).toEqual({ gradus: { corrects: ["E91"], box: "misconception" } });
    expect(metadata["gradus"]).toMatchObject({
      id: "90",
      edition: "learner",
      lang: "en",
      source: "source/90-switches.md",
    });
  });
});

describe("the other editions", () => {
  it("the solutions have the solution in the place of the stub, and the worked solution after it", () => {
    const cells = sources("solutions");
    const at = cells.findIndex((source) => source.includes("return a + b;"));
    expect(cells[at - 1]).toMatch(/^### Exercise 1/);
    expect(cells[at + 1]).toBe("The sum is $a + b$, as the text[[1]](#References) says.");
    expect(cells.join("\n")).not.toContain("your code here");
  });

  it("the workshop keeps marked exercises as tasks and leaves the others out", () => {
    const cells = sources("workshop").join("\n");
    expect(cells).toContain("return NaN; // your code here");
    expect(cells).not.toContain("90-threshold");
  });

  it("the workshop shows an exercise solved that is marked so", () => {
    const parts = switches!.parts.map((part) =>
      part.kind === "exercise" && part.id === "90-threshold"
        ? { ...part, options: { ...part.options, edition: "solved" } }
        : part,
    );
    const cells = lessonNotebook({ ...switches!, parts }, [], { edition: "workshop" }).cells;
    expect(cells.map(({ source }) => source).join("\n")).toContain("const threshold: number = 0.5;");
  });

  it("begin with a line that says which one it is", () => {
    expect(sources("workshop")[0]).toContain("**Workshop edition:**");
    expect(sources("solutions")[0]).toContain("**Solutions:**");
    expect(sources("learner")[0]).not.toMatch(/Workshop edition|Solutions/);
  });

  it("keep their links to files, and to lessons beside them", () => {
    const lesson = parseLesson(
      '---\ntitle: T\nid: "91"\ngoals: []\nminutes: {self: 1, workshop: 1}\n---\n' +
        "[d](../data/iris/README.md) [l](02-x.ipynb#A) [w](https://a.b/c.md) [h](#Here) ![p](p.png)\n\n```text\n[d](x.md)\n```",
      "91-t.md",
    );
    expect(lessonNotebook(lesson, [], { edition: "solutions" }).cells[1]!.source).toBe(
      "[d](../../data/iris/README.md) [l](02-x.ipynb#A) [w](https://a.b/c.md) [h](#Here) ![p](../p.png)\n\n```text\n[d](x.md)\n```",
    );
  });
});

describe("the exercises of the workshop edition", () => {
  const exercise = (number: number, minutes: string, edition = "", id = `91-${number}`): string =>
    `:::{exercise} ${id}\n:goal: g\n:minutes: ${minutes}\n${edition === "" ? "" : `:edition: ${edition}\n`}` +
    `### Exercise ${number}: e${number}\n\nDo it.\n` +
    `\`\`\`{code-cell} typescript\n:stub:\ncheck("${id}", 0);\n\`\`\`\n` +
    `\`\`\`{code-cell} typescript\n:solution:\ncheck("${id}", 1);\n\`\`\`\nWhy.\n:::\n`;
  const body =
    exercise(1, "8/5", "workshop") +
    exercise(2, "4") +
    exercise(3, "6/1", "solved") +
    exercise(4, "7", "solved") +
    "Exercise 3 and exercise 5 of lesson 02; exercises 2 come before.\n\n" +
    "As exercise 2 said.\n\n```text\nexercise 4\n```\n" +
    exercise(5, "3", "workshop");
  const lesson = parseLesson(
    `---\ntitle: T\nid: "91"\ngoals: []\nminutes: {self: 1, workshop: 1}\n---\n${body}`,
    "91-t.md",
  );
  const made = (edition: "learner" | "workshop" | "solutions"): string =>
    lessonNotebook(lesson, [], { edition })
      .cells.map(({ source }) => source)
      .join("\n");
  const headings = (edition: "learner" | "workshop" | "solutions"): string[] =>
    made(edition).match(/^### .*$/gm) ?? [];

  it("are numbered without gaps and have the workshop's minutes; a solved one only those behind the slash", () => {
    expect(headings("workshop")).toEqual([
      "### Exercise 1: e1 (5 minutes)",
      "### Exercise 2: e3 (1 minute)",
      "### Exercise 3: e4",
      "### Exercise 4: e5 (3 minutes)",
    ]);
  });

  it.each(["learner", "solutions"] as const)("keep numbers and minutes in the edition %s", (edition) => {
    expect(headings(edition)).toEqual([
      "### Exercise 1: e1 (8 minutes)",
      "### Exercise 2: e2 (4 minutes)",
      "### Exercise 3: e3 (6 minutes)",
      "### Exercise 4: e4 (7 minutes)",
      "### Exercise 5: e5 (3 minutes)",
    ]);
    expect(made(edition)).toContain("Exercise 3 and exercise 5 of lesson 02");
  });

  it("have their new numbers where a text of this lesson names them, but not in code", () => {
    expect(made("workshop")).toContain("Exercise 2 and exercise 5 of lesson 02; exercises 2");
    expect(made("workshop")).toContain("```text\nexercise 4\n```");
  });

  it("are told to the author where a text names one that is left out", () => {
    const { parts } = lesson;
    expect(
      missingExercises(shownCells(parts, "workshop"), shownExercises(parts, "workshop"), "91-t.md"),
    ).toEqual([`91-t.md:${parts.at(-2)!.line + 2}: "exercise 2" is left out in the workshop edition.`]);
  });
});

describe("writeEdition", () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-test-"))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it("writes notebooks that can be read, into a folder that it makes", () => {
    const out = path.join(folder, "new", "solutions");
    const [file] = writeEdition([switches!], { lessons: [], edition: "solutions", folder: out });
    expect(file).toBe(path.join(out, "90-switches.ipynb"));
    expect(readNotebook(file!).cells).toHaveLength(sources("solutions").length);
  });
});
