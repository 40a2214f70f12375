import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { readLessons } from "../../../src/cli/notebooks/lessons.js";
import { type Part, parseLesson } from "../../../src/cli/notebooks/myst.js";

const fixtures = path.resolve(import.meta.dirname, "..", "..", "fixtures", "lessons");
const [switches] = readLessons(fixtures);

const front = `---
title: "T"
id: "90"
goals: [{id: g, text: "do it", exercises: [90-a]}]
minutes: {self: 1, workshop: 1}
---
`;
const parse = (body: string) => parseLesson(front + body, "90-t.md");
const only = <Kind extends Part["kind"]>(kind: Kind) =>
  switches!.parts.filter((part): part is Extract<Part, { kind: Kind }> => part.kind === kind);

describe("the directives of a lesson", () => {
  it("stand among its text and code in the order of the source", () => {
    expect(switches!.parts.map(({ kind }) => kind).join(" ")).toBe(
      "markdown code predict code misconception exercise markdown exercise quiz markdown markdown",
    );
  });

  it("make an exercise of heading, task, stub, solution and worked solution", () => {
    expect(only("exercise")[0]).toMatchObject({
      id: "90-sum",
      goal: "g1",
      title: "Exercise 1: the sum",
      headingLevel: 3,
      options: { minutes: "4/3", edition: "workshop", covers: "S9-3" },
      task: { text: "### Exercise 1: the sum\n\nWrite the sum of two switches." },
      worked: { text: "The sum is $a + b$, as the text[^lamp] says." },
    });
    expect(only("exercise")[0]!.stub.text).toMatch(
      /^function sumOf[\s\S]*NaN[\s\S]*check\("90-sum", sumOf\);$/,
    );
    expect(only("exercise")[0]!.solution.text).toContain("return a + b;");
  });

  it("make a prediction of question, choices and what is said afterwards", () => {
    expect(only("predict")).toMatchObject([
      {
        id: "90-lamp",
        question: "The lamp lights when the sum is greater than 1.5.\nWhen does it light?",
        choices: [
          { text: "when one switch is on", right: false },
          { text: "when both are on", right: true },
          { text: "never", right: false },
        ],
        why: "Only $1 + 1$ is greater than 1.5.",
      },
    ]);
  });

  it("make a quiz of questions whose options have their reasons", () => {
    const [quiz] = only("quiz");
    expect(quiz!.questions.map(({ question }) => question)).toEqual([
      "Which sum do two switches never have?",
      "What does a threshold of 5 do\nto the lamp?",
    ]);
    expect(quiz!.questions[0]!.choices[1]).toEqual({
      text: "3",
      right: true,
      why: "The largest sum is $1 + 1$.",
    });
  });

  it("read the options behind +++ for the text that follows", () => {
    expect(switches!.parts[0]).toMatchObject({ line: 13, options: { minutes: "6/4", covers: "S9-1" } });
  });

  it("know the line on which each cell begins, within a directive too", () => {
    expect(only("exercise")[0]!.stub.line).toBe(53);
    expect(only("quiz")[0]!.questions[1]!.line).toBe(106);
  });
});

const stub = '```{code-cell} typescript\n:stub:\ncheck("90-a", 0);\n```\n';
const solution = '```{code-cell} typescript\n:solution:\ncheck("90-a", 1);\n```\n';
const exercise = (inside: string, options = ":goal: g\n:minutes: 1\n") =>
  `:::{exercise} 90-a\n${options}${inside}:::\n`;
const quiz = (inside: string) => `:::{quiz} 90-q\n${inside}\n:::\n`;

describe("a directive that is wrong is refused with file and line:", () => {
  it.each([
    ["an unknown one", ":::{exercize} 90-a\n:::", '90-t.md:7: there is no directive "exercize"'],
    [
      "one that never closes",
      "\n:::{quiz} 90-q\n1. a",
      "90-t.md:8: the directive opened here is never closed",
    ],
    [
      "an unknown option",
      ":::{quiz} 90-q\n:goal: g\n:::",
      '90-t.md:8: the directive quiz has no option "goal"',
    ],
    ["a close without an open", "text\n:::", '90-t.md:8: ":::" closes nothing here'],
    [
      "one inside another",
      exercise(":::{quiz} 90-q\n"),
      "90-t.md:7: the directive opened here is never closed",
    ],
    ["an id that is none", ":::{quiz} Quiz 1\n:::", 'like :::{quiz} 02-and-weights; got "Quiz 1"'],
    [
      "an exercise without a goal",
      exercise("", ":minutes: 1\n"),
      "90-t.md:7: exercise 90-a needs the option :goal:",
    ],
    [
      "minutes that are none",
      exercise("", ":goal: g\n:minutes: two\n"),
      'like 5 or 8/5 (alone/workshop), got "two"',
    ],
    ["an exercise without a solution cell", exercise(`### E\n${stub}why\n`), "option :solution:, got 0"],
    ["an exercise with two stubs", exercise(`### E\n${stub}${stub}${solution}why\n`), "option :stub:, got 2"],
    [
      "an exercise without a worked solution",
      exercise(`### E\n${stub}${solution}`),
      "got text, stub, solution.",
    ],
    [
      "an exercise with solution first",
      exercise(`### E\n${solution}${stub}why\n`),
      "got text, solution, stub, text.",
    ],
    ["an exercise without a heading", exercise(`Do.\n${stub}${solution}why\n`), "begins with its heading"],
    [
      "a stub that checks another exercise",
      exercise(`### E\n${stub.replace("90-a", "90-b")}${solution}why\n`),
      '90-t.md:13: the stub of 90-a ends with check("90-a", ...)',
    ],
    [
      "a prediction with two right options",
      ":::{predict} 90-p\nq\n- [x] a\n- [x] b\n\nwhy\n:::",
      "needs one right option, marked [x], got 2",
    ],
    [
      "a prediction with one option",
      ":::{predict} 90-p\nq\n- [x] a\n\nwhy\n:::",
      "needs two options or more",
    ],
    [
      "a prediction without a word afterwards",
      ":::{predict} 90-p\nq\n- [x] a\n- [ ] b\n:::",
      "what is said after committing",
    ],
    [
      "a prediction whose option has two lines",
      ":::{predict} 90-p\nq\n- [x] a\n  more\n- [ ] b\n\nwhy\n:::",
      "90-t.md:10: an option of a prediction is one line",
    ],
    [
      "a quiz without a right option",
      quiz("1. q\n   - [ ] a\n     w\n   - [ ] b\n     w"),
      "90-t.md:8: question 1 of 90-q needs one right option, marked [x], got 0",
    ],
    [
      "a quiz option without its reason",
      quiz("1. q\n   - [x] a\n     w\n   - [ ] b"),
      'the option "b" needs its reason',
    ],
    ["a quiz that begins with prose", quiz("Hello\n1. q"), "90-t.md:8: a quiz is a numbered list"],
    ["a misconception with code", `:::{misconception} E1\n${stub}:::`, "holds text, and no code cell"],
    [
      "a misconception of something else",
      ":::{misconception} S1-1\ntext\n:::",
      'names errata, like E60; got "S1-1"',
    ],
    [
      "an id that is taken",
      quiz("1. q\n   - [x] a\n     w\n   - [ ] b\n     w").repeat(2),
      "90-t.md:14: the id 90-q is taken by line 7",
    ],
    [
      "options behind +++ that are no JSON",
      "+++ covers S1-1\ntext",
      "90-t.md:7: behind +++ stands nothing or a JSON object",
    ],
    [
      "options behind +++ for nothing",
      '+++ {"covers": "S1-1"}\n```{code-cell} typescript\n1\n```',
      "90-t.md:7: +++ with options belongs to a text",
    ],
    [
      "an option of a text that is none",
      '+++ {"cover": "S1-1"}\ntext',
      '90-t.md:7: a text cell has no option "cover"',
    ],
    [
      "an option of a code cell that is none",
      "```{code-cell} typescript\n:cover: S1\n1\n```",
      '90-t.md:8: a code cell has no option "cover"',
    ],
  ])("%s", (_what, body, message) => {
    expect(() => parse(body)).toThrow(message);
  });

  it("a field of the front matter that is none", () => {
    expect(() => parseLesson(front.replace("goals", "language: ko\ngoals"), "90-t.md")).toThrow(
      "90-t.md: the front matter has no field language. It takes title, id, lang",
    );
  });
});

describe("what looks like a directive", () => {
  it("is left alone inside a code fence", () => {
    expect(parse("```text\n:::{quiz} 90-q\n```\n").parts).toHaveLength(1);
  });

  it("may be shown inside an exercise's fence", () => {
    const shown = exercise(`### E\n\n\`\`\`text\n:::\n\`\`\`\n${stub}${solution}why\n`);
    expect(parse(shown).parts[0]).toMatchObject({ kind: "exercise" });
  });
});
