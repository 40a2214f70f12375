import { describe, expect, it } from "vitest";
import { parseLesson } from "../../../src/cli/notebooks/myst.js";

const front = `---
title: "Gates"
id: "02"
goals:
  - {id: g1, text: "compute an output by hand"}
needs: ["00"]
minutes: {self: 60, workshop: 40}
---
`;

const lesson = (body: string) => parseLesson(front + body, "02-gates.md");

describe("parseLesson", () => {
  it("reads the front matter", () => {
    const { id, title, goals, needs, minutes } = lesson("Hello");
    expect({ id, title, goals, needs, minutes }).toEqual({
      id: "02",
      title: "Gates",
      goals: [{ id: "g1", text: "compute an output by hand", exercises: [] }],
      needs: ["00"],
      minutes: { self: 60, workshop: 40 },
    });
  });

  it("splits prose and code, and knows the source line on which each begins", () => {
    const { cells } = lesson(
      "\nA lamp.\n\n```{code-cell} typescript\n:covers: S3-10 S3-11\n\nconst x = 1;\nx\n```\n\nDone.\n",
    );
    expect(cells).toEqual([
      { kind: "markdown", text: "A lamp.", line: 10, options: {} },
      { kind: "code", text: "const x = 1;\nx", line: 15, options: { covers: "S3-10 S3-11" } },
      { kind: "markdown", text: "Done.", line: 19, options: {} },
    ]);
  });

  it("begins a new markdown cell at +++", () => {
    expect(lesson("one\n\n+++\n\ntwo").cells.map(({ text, line }) => [text, line])).toEqual([
      ["one", 9],
      ["two", 13],
    ]);
  });

  it("leaves a fence inside the prose alone, even when it shows +++ or a code cell", () => {
    const body = "````markdown\n+++\n```{code-cell} typescript\nno\n```\n````";
    expect(lesson(body).cells).toEqual([{ kind: "markdown", text: body, line: 9, options: {} }]);
  });

  it("keeps a line of code that only looks like an option once the code has begun", () => {
    expect(lesson("```{code-cell} typescript\nfoo\n:bar: 1\n```").cells[0]).toMatchObject({
      text: "foo\n:bar: 1",
      options: {},
    });
  });

  it("reads a file with Windows line ends like any other", () => {
    expect(
      parseLesson((front + "one\n\n+++\ntwo").replaceAll("\n", "\r\n"), "x.md").cells.map(
        (cell) => cell.text,
      ),
    ).toEqual(["one", "two"]);
  });

  it.each([
    ["no front matter", "Hello", "x.md:1: a lesson begins with its front matter"],
    ["a missing field", "---\ntitle: T\nid: a\ngoals: []\n---\n", "the front matter lacks minutes"],
    ["minutes that are no numbers", front.replace("60", "long"), "minutes needs two numbers"],
    ["broken YAML", "---\ntitle: [\n---\n", "the front matter is not valid YAML"],
    [
      "a fence that never closes",
      front + "```{code-cell} typescript\nx",
      "x.md:9: the fence ``` opened here is never closed",
    ],
    [
      "a foreign language",
      front + "```{code-cell} python\nx\n```",
      'x.md:9: a code cell\'s language is typescript, got "python"',
    ],
  ])("names file, line and fault for %s", (_what, text, message) => {
    expect(() => parseLesson(text, "x.md")).toThrow(message);
  });
});
