import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readLessons } from "../../../../src/cli/notebooks/lessons.js";
import { readMachineHalf } from "../../../../src/cli/notebooks/machine-half.js";
import { type LessonSource, parseLesson } from "../../../../src/cli/notebooks/myst.js";
import {
  exerciseTexts,
  formulasOf,
  lessonTexts,
  type Text,
  wordsOnly,
} from "../../../../src/cli/notebooks/prose.js";
import {
  coverageFaults,
  type DutyTable,
  readDutyTables,
  readTable,
  waitingDuties,
} from "../../../../src/cli/notebooks/proofs/coverage.js";
import { figureFaults } from "../../../../src/cli/notebooks/proofs/figures.js";
import { exerciseFaults, goalFaults } from "../../../../src/cli/notebooks/proofs/goals.js";
import { headingFaults } from "../../../../src/cli/notebooks/proofs/headings.js";
import { citationFaults, linkFaults } from "../../../../src/cli/notebooks/proofs/links.js";
import { loadKatex, mathFaults } from "../../../../src/cli/notebooks/proofs/math.js";
import { minuteFaults, summedMinutes } from "../../../../src/cli/notebooks/proofs/minutes.js";
import { longSentences, voiceFaults } from "../../../../src/cli/notebooks/proofs/voice.js";
import * as gradus from "../../../../src/index.js";

const fixtures = path.resolve(import.meta.dirname, "..", "..", "..", "fixtures", "lessons");
const source = fs.readFileSync(path.join(fixtures, "90-switches.md"), "utf8");
const [switches] = readLessons(fixtures) as [LessonSource];

/** The fixture lesson after a change of its text; the change must find what it changes. */
function changed(from: string, to: string): LessonSource {
  expect(source).toContain(from);
  return parseLesson(source.replace(from, to), "90-switches.md");
}

/** A lesson without exercises around some text. */
function lesson(body: string): LessonSource {
  const front = '---\ntitle: T\nid: "91"\ngoals: []\nminutes: {self: 0, workshop: 0}\n---\n';
  return parseLesson(front + body, "91-t.md");
}
const text = (markdown: string): Text => ({ markdown, file: "t.md", line: 1 });

const tables: readonly DutyTable[] = [
  {
    name: "coverage.tsv",
    option: "covers",
    duties: ["S9-1", "S9-2", "S9-3", "S9-4"].map((id) => ({ id, lessons: id === "S9-4" ? ["91"] : ["90"] })),
  },
  {
    name: "errata.tsv",
    option: "corrects",
    duties: ["E91", "E92"].map((id) => ({ id, lessons: ["90"] })),
  },
];

describe("coverage and errata", () => {
  it("hold for a lesson whose cells, boxes, exercises and quizzes name exactly its ids", () => {
    expect(coverageFaults(switches, tables)).toEqual([]);
  });

  it.each([
    [
      "a missing id",
      ":covers: S9-2\n",
      "",
      "90-switches.md:1: coverage.tsv gives this lesson S9-2; no cell has them",
    ],
    [
      "an id of another lesson",
      ":covers: S9-2",
      ":covers: S9-2 S9-4",
      "covers S9-4, but coverage.tsv gives it to 91.",
    ],
    [
      "an id that no table has",
      ":covers: S9-2",
      ":covers: S9-2 S9-9",
      "covers S9-9, but no row of coverage.tsv has this id.",
    ],
    [
      "an erratum that nothing corrects",
      "{misconception} E91",
      "{misconception}",
      "errata.tsv gives this lesson E91",
    ],
    [
      "an id in a cell of another edition",
      '{"edition": "workshop", ',
      '{"edition": "workshop", "covers": "S9-8", ',
      "",
    ],
  ])("names %s", (_what, from, to, fault) => {
    const faults = coverageFaults(changed(from, to), tables);
    expect(faults.length).toBe(fault === "" ? 0 : 1);
    if (fault !== "") expect(faults[0]).toContain(fault);
  });

  it("count the ids that wait for lessons not written yet", () => {
    expect(waitingDuties(new Set(["90"]), tables)).toEqual([
      "coverage.tsv: 1 of 4 ids wait for lessons that are not written yet.",
    ]);
    expect(waitingDuties(new Set(["90", "91"]), tables)).toEqual([]);
  });

  it("come from tables of 231 and 64 rows whose lessons are 00 to 17", () => {
    const [coverage, errata] = readDutyTables();
    expect(coverage!.duties).toHaveLength(231);
    expect(errata!.duties).toHaveLength(64);
    for (const { id, lessons } of [...coverage!.duties, ...errata!.duties]) {
      expect(id).toMatch(/^(S[0-4]-\d+|E\d+)$/);
      for (const number of lessons) expect(Number(number)).toBeLessThan(18);
    }
    // Two errata are about spelling and belong to no lesson.
    expect(errata!.duties.filter(({ lessons }) => lessons.length === 0).map(({ id }) => id)).toEqual([
      "E33",
      "E64",
    ]);
    expect(coverage!.duties.filter(({ lessons }) => lessons.length === 0)).toEqual([]);
  });

  describe("a table that is wrong is refused with file and line:", () => {
    let folder: string;
    beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-test-"))));
    afterEach(() => fs.rmSync(folder, { recursive: true }));

    it.each([
      ["an id that stands twice", "id\tnotebooks\n# note\nA\t01\nA\t02\n", ":4: the id A stands twice"],
      ["a row with a column too many", "id\tnotebooks\nA\t01\tx\n", ":2: has 3 columns, the head has 2"],
      [
        "a notebook that is none",
        "id\tnotebooks\nA\t1\n",
        ':2: notebooks are numbers of two digits, got "1"',
      ],
      ["a head without notebooks", "id\titem\n", "names the columns, among them id and notebooks"],
    ])("%s", (_what, content, message) => {
      const file = path.join(folder, "t.tsv");
      fs.writeFileSync(file, content);
      expect(() => readTable(file)).toThrow(message);
    });
  });
});

describe("goals and exercises", () => {
  const exercises = readMachineHalf(switches, gradus);

  it("hold for the fixture", () => {
    expect(goalFaults(switches)).toEqual([]);
    expect(exerciseFaults(switches, exercises)).toEqual([]);
  });

  it.each([
    [
      "a goal without exercises",
      "exercises: [90-sum]",
      "exercises: []",
      "90-switches.md:1: goal g1 has no exercise.",
    ],
    [
      "a goal with an exercise that is not there",
      "exercises: [90-sum]",
      "exercises: [90-sum, 90-no]",
      "names the exercise 90-no, which is not there",
    ],
    [
      "an exercise with a goal that is not there",
      ":goal: g2",
      ":goal: g3",
      'belongs to goal "g3"; the goals are g1, g2.',
    ],
    [
      "an exercise that its goal does not list",
      ":goal: g2",
      ":goal: g1",
      "belongs to goal g1, whose list in the front matter lacks it",
    ],
  ])("names %s", (_what, from, to, fault) => {
    expect(goalFaults(changed(from, to)).join("\n")).toContain(fault);
  });

  it("names an exercise of the text that has no checks, and checks that have no text", () => {
    const { "90-sum": sum, ...rest } = exercises;
    const faults = exerciseFaults(switches, { ...rest, "90-more": sum! });
    expect(faults[0]).toContain("exercise 90-sum has no checks in");
    expect(faults[1]).toContain("90-more has no text in");
    expect(faults).toHaveLength(2);
  });

  it("names three wrong answers, a hint that says nothing, and hints that are not three", () => {
    const sum = exercises["90-sum"]!;
    const [first, ...others] = sum.wrong;
    const poor = { ...sum, wrong: others, hints: ["a", "b", ""] as const };
    const silent = { ...sum, wrong: [{ ...first!, hint: " " }, ...others] };
    expect(exerciseFaults(switches, { ...exercises, "90-sum": poor }).join("\n")).toMatch(
      /90-sum needs four known wrong answers, has 3[\s\S]*90-sum needs three hints/,
    );
    expect(exerciseFaults(switches, { ...exercises, "90-sum": silent }).join()).toContain(
      "wrong answer 1 of 90-sum needs a meaning and a hint",
    );
  });

  it("names an id that belongs to another lesson", () => {
    expect(exerciseFaults(changed("{predict} 90-lamp", "{predict} 91-lamp"), exercises).join()).toContain(
      "ids of this lesson begin with 90-, got 91-lamp",
    );
  });
});

describe("minutes", () => {
  it("add up: alone 6 + 1 + 4 + 5 + 4; in the workshop 4 + 1 + 3 + 3 + 1, without the exercise that it leaves out", () => {
    expect(summedMinutes(switches)).toEqual({ self: 20, workshop: 12 });
    expect(minuteFaults(switches)).toEqual([]);
  });

  it("that don't add up are named with both sums", () => {
    expect(minuteFaults(changed("workshop: 12", "workshop: 11"))).toEqual([
      "90-switches.md:1: minutes of the front matter (workshop) are 11, those of the parts add up to 12.",
    ]);
  });

  it("of a solved exercise count what stands behind the slash", () => {
    const solved = (minutes: string) =>
      summedMinutes(changed(":goal: g2\n:minutes: 5", `:goal: g2\n:minutes: ${minutes}\n:edition: solved`));
    expect(solved("5/2")).toEqual({ self: 20, workshop: 14 });
    expect(solved("5")).toEqual({ self: 20, workshop: 12 });
  });
});

describe("headings", () => {
  it("may go down one level and up any number", () => {
    expect(headingFaults(lesson("## A\n\n### B\n\n#### C\n\n## D"))).toEqual([]);
  });

  it("that skip a level or are of level 1 are named with their line", () => {
    expect(headingFaults(lesson("## A\n\n#### C"))).toEqual([
      '91-t.md:9: "C" is a heading of level 4 after one of level 2.',
    ]);
    expect(headingFaults(lesson("# A"))[0]).toContain("is a heading of level 1");
  });

  it("in a code fence are none", () => {
    expect(headingFaults(lesson("```text\n#### C\n```"))).toEqual([]);
  });
});

describe("links", () => {
  const faults = (body: string) => linkFaults(lesson(body), [lesson(body), switches]).faults;

  it.each([
    ["a lesson", "[a](90-switches.ipynb)"],
    ["a heading of a lesson", "[a](90-switches.ipynb#A-threshold)"],
    ["a heading of this lesson", "## Here we are\n\n[a](#Here-we-are)"],
    ["a file", "[a](../README.md)"],
    ["an image with a text", "![what it shows](../README.md)"],
    ["the web", "[a](https://example.org/x)"],
    ["nothing, as code", "`[a](nowhere.md)` and\n\n```text\n[a](nowhere.md)\n```"],
  ])("to %s hold", (_what, body) => {
    expect(faults(body)).toEqual([]);
  });

  it.each([
    ["no file", "one\n\n[a](nowhere.md)", "91-t.md:9: the link nowhere.md leads to no file."],
    ["no heading", "[a](90-switches.ipynb#Nope)", "90-switches.ipynb has no heading for #Nope."],
    ["no heading of its own", "[a](#nope)", "91-t.ipynb has no heading for #nope."],
    ["a file of this machine", "[a](/etc/hosts)", "is neither https nor relative"],
    ["another scheme", "[a](ftp://a.b)", "is neither https nor relative"],
    ["an image without a text", "![](../README.md)", "the image ../README.md has no text alternative"],
    ["an HTML image without a text", '<img src="../README.md">', "has no text alternative"],
    ["an HTML link to no file", '<a href="nowhere.md">a</a>', "leads to no file"],
  ])("to %s are named", (_what, body, fault) => {
    expect(faults(body).join("\n")).toContain(fault);
  });

  it("to lessons that nobody has written yet are counted, not faults", () => {
    const own = lesson("[a](17-capstone.ipynb)");
    expect(linkFaults(own, [own])).toEqual({ faults: [], waiting: 1 });
  });
});

describe("references", () => {
  it("hold when each is cited and listed", () => {
    expect(citationFaults(switches)).toEqual([]);
  });

  it.each([
    ["cited and not listed", "Look[^a].", "[^a] is cited, and no line"],
    ["listed and not cited", "[^a]: A book.", "the reference a is listed and never cited"],
    ["listed twice", "Look[^a].\n\n[^a]: A book.\n[^a]: Another.", "the reference a is listed twice"],
  ])("that are %s are named", (_what, body, fault) => {
    expect(citationFaults(lesson(body)).join()).toContain(fault);
  });
});

describe("formulas", () => {
  it("are found between dollars, on one line or several, and not in code", () => {
    const found = formulasOf(
      "a $x_1$ b `$no$` c\n\n$$\ny = 2\n$$\n\n```text\n$no$\n```\nfor \\$5 and \\$6, $z$.",
    );
    expect(found.map(({ tex }) => tex.trim())).toEqual(["x_1", "y = 2", "z"]);
  });

  const katex = loadKatex();

  it.skipIf(katex === undefined)("of the fixture parse", () => {
    expect(mathFaults(lessonTexts(switches), katex!)).toEqual([]);
  });

  it.skipIf(katex === undefined).each([
    ["an open brace", "a\n\n$\\frac{1}{2$", "t.md:3: the formula \\frac{1}{2 does not parse"],
    ["an unknown command", "$\\nosuch x$", "does not parse: Undefined control sequence"],
    ["an environment that never ends", "$$\\begin{cases} 1$$", "does not parse"],
  ])("with %s are named with their line", (_what, markdown, fault) => {
    expect(mathFaults([text(markdown)], katex!).join()).toContain(fault);
  });
});

describe("voice", () => {
  it.each([
    ["a word that we don't use", "one\nIt is Simply so.", 't.md:2: "Simply" is a word'],
    ["an exclamation mark", "Well done!", "t.md:1: an exclamation mark"],
  ])("names %s with its line", (_what, markdown, fault) => {
    expect(voiceFaults([text(markdown)]).join()).toContain(fault);
  });

  it("leaves code, formulas, images and addresses alone", () => {
    const markdown =
      "`just!` and $n!$ and ![a picture](x.png) and https://a.b/just!\n\n```text\nsimply!\n```\n<!-- easy -->";
    expect(voiceFaults([text(markdown)])).toEqual([]);
  });

  it("reads what the checks say as well", () => {
    const exercises = readMachineHalf(switches, gradus);
    const sum = { ...exercises["90-sum"]!, hints: ["Just add.", "b", "c"] as const };
    expect(voiceFaults(exerciseTexts(switches, { "90-sum": sum })).join()).toContain(
      '90-switches.exercises.ts: 90-sum, hint 1: "Just"',
    );
  });

  it("counts the words of sentences over several lines, and not those of tables", () => {
    const long = Array.from({ length: 31 }, () => "word")
      .join(" ")
      .replace(" word word", "\nword word");
    expect(longSentences([text(`Short. ${long}. Short.`)])).toEqual(["t.md:1: a sentence of 31 words."]);
    expect(longSentences([text(`| ${long.replace("\n", " ")} |`)])).toEqual([]);
  });
});

describe("wordsOnly", () => {
  it("keeps positions", () => {
    const markdown = "a `b` $c$ [d](e.md) <b>f</b>\n\n```text\ng\n```\nh[^i]";
    const words = wordsOnly(markdown);
    expect(words).toHaveLength(markdown.length);
    expect(words.replace(/[\s[\]]+/g, " ").trim()).toBe("a d f h");
  });
});

describe("figures", () => {
  const plotly = "application/vnd.plotly.v1+json";
  const faults = (data: Record<string, unknown>, metadata: Record<string, unknown> = {}) =>
    figureFaults(
      {
        cells: [
          {
            cell_type: "code",
            id: "a",
            source: "",
            metadata: {},
            execution_count: 1,
            outputs: [{ output_type: "display_data", data, metadata }],
          },
        ],
        metadata: {},
        nbformat: 4,
        nbformat_minor: 5,
      },
      "n.ipynb",
    );

  it.each([
    ["a plotly figure", { [plotly]: { layout: { meta: { alt: "It falls." } } }, "image/png": "x" }, {}],
    ["a picture", { "image/png": "x" }, { "image/png": { alt: "It falls." } }],
    ["HTML", { "text/html": '<img src="x" alt="It falls."><svg aria-label="It falls."></svg>' }, {}],
    ["SVG with a title", { "text/html": "<svg><title>It falls.</title></svg>" }, {}],
    ["SVG that decorates", { "text/html": '<svg aria-hidden="true"></svg>' }, {}],
  ])("with a text alternative hold: %s", (_what, data, metadata) => {
    expect(faults(data, metadata)).toEqual([]);
  });

  it.each([
    ["a plotly figure", { [plotly]: { layout: {} } }, plotly],
    ["a picture", { "image/png": "x", "text/plain": "<image>" }, "image/png"],
    ["an HTML image", { "text/html": '<img src="x">' }, "an <img>"],
    ["an SVG", { "text/html": "<svg><path/></svg>" }, "an <svg>"],
  ])("without one are named: %s", (_what, data, media) => {
    expect(faults(data)).toEqual([`n.ipynb: the figure under cell 1 (${media}) has no text alternative.`]);
  });
});
