import { describe, expect, it, vi } from "vitest";
import { outputFaults, sourceFaults, standInFaults } from "../../../src/cli/notebooks/check.js";
import type { Cell, Notebook } from "../../../src/cli/notebooks/ipynb.js";
import { lessonNotebook } from "../../../src/cli/notebooks/lesson-notebook.js";
import { parseLesson } from "../../../src/cli/notebooks/myst.js";
import { typeCheckLessons } from "../../../src/cli/notebooks/type-check.js";
import { loadWine } from "../../../src/datasets/index.js";
import { forgetNotices } from "../../../src/datasets/stand-in.js";

const lesson = (body: string, file = "90-test.md") =>
  parseLesson(
    `---\ntitle: T\nid: "90"\ngoals: [{id: g, text: "do it"}]\nneeds: ["00", "91"]\nminutes: {self: 1, workshop: 1}\n---\n${body}`,
    file,
  );

const cell = (code: string, options = "") => "```{code-cell} typescript\n" + options + code + "\n```\n";

describe("lessonNotebook", () => {
  const made = lessonNotebook(
    lesson(`Text\n${cell("let a = 1;", ":tags: [slow, demo]\n:covers: S3-1 S3-2\n")}`),
    [lesson("", "91-other.md")],
  );

  it("begins with a header of title, goals, time and what comes before", () => {
    expect(made.cells[0]!.source).toMatch(
      /^# 90 · T\n[\s\S]*- do it\n[\s\S]*1 minutes alone[\s\S]*lesson 00/,
    );
  });

  it("carries tags and coverage ids in the cell's metadata", () => {
    expect(made.cells[2]!.metadata).toMatchObject({
      tags: ["slow", "demo"],
      gradus: { covers: ["S3-1", "S3-2"] },
    });
  });

  it("folds the code of a cell that checks an answer", () => {
    const checking = lessonNotebook(lesson(cell("report();", ":check: 90-a\n")), []);
    expect(checking.cells[1]!.metadata).toMatchObject({
      jupyter: { source_hidden: true },
      gradus: { check: "90-a" },
    });
  });

  it("gives every cell an id of its own that the format allows", () => {
    const ids = made.cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
  });
});

describe("sourceFaults", () => {
  const source = lesson(`Text\n${cell("let a = 1;")}`);
  const wanted = lessonNotebook(source, []);
  const changed = (change: (cells: Cell[]) => Cell[]): Notebook => ({
    ...wanted,
    cells: change([...wanted.cells]),
  });

  it("finds nothing in the notebook that was just made", () => {
    expect(sourceFaults(wanted, wanted, source)).toEqual([]);
  });

  it("names the first cell that differs", () => {
    const edited = changed((cells) =>
      cells.map((each) => (each.cell_type === "code" ? { ...each, source: "let a = 2;" } : each)),
    );
    expect(sourceFaults(edited, wanted, source)).toEqual([
      "90-test.ipynb: cell 3 differs from the source. Rebuild it: gradus notebooks build 90",
    ]);
  });

  it("counts cells that are missing", () => {
    expect(
      sourceFaults(
        changed((cells) => cells.slice(1)),
        wanted,
        source,
      )[0],
    ).toContain("has 2 cells, its source makes 3");
  });
});

describe("outputFaults", () => {
  const withOutput = (count: number | null, outputs: NonNullable<Cell["outputs"]>): Notebook => ({
    cells: [{ cell_type: "code", id: "a", source: "", metadata: {}, execution_count: count, outputs }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });

  it.each([
    ["was not run", withOutput(null, [])],
    [
      "ends in an error: TypeError: no",
      withOutput(1, [{ output_type: "error", ename: "TypeError", evalue: "no", traceback: [] }]),
    ],
    [
      "wrote to stderr: careful",
      withOutput(1, [{ output_type: "stream", name: "stderr", text: "careful\nmore" }]),
    ],
  ])("reports a cell that %s", (sentence, notebook) => {
    expect(outputFaults(notebook, "n")).toHaveLength(1);
    expect(outputFaults(notebook, "n")[0]).toContain(sentence);
  });

  it("finds a lab that was made from stand-in data, by what the loader said", () => {
    // What the loader really says, so that a change of its words is seen here.
    const said: string[] = [];
    const log = vi.spyOn(console, "log").mockImplementation((text: string) => void said.push(text));
    vi.stubEnv("GRADUS_DATA", "off");
    forgetNotices();
    loadWine();
    vi.unstubAllEnvs();
    log.mockRestore();
    const printed = (text: string): Notebook =>
      withOutput(1, [{ output_type: "stream", name: "stdout", text }]);
    expect(said).toHaveLength(1);
    expect(standInFaults(printed(`first\n${said[0]}\n`), lesson(""))[0]).toContain(
      "90-test.ipynb: was made from stand-in data",
    );
    expect(standInFaults(printed("6497 wines"), lesson(""))).toEqual([]);
  });

  it("is content with a cell that printed to stdout", () => {
    expect(outputFaults(withOutput(1, [{ output_type: "stream", name: "stdout", text: "hi" }]), "n")).toEqual(
      [],
    );
  });
});

describe("typeCheckLessons", () => {
  it("accepts cells that build on each other, with await at the top", () => {
    expect(
      typeCheckLessons([
        lesson(cell("const a: number = await Promise.resolve(1);") + cell("console.log(a + 1);")),
      ]),
    ).toEqual([]);
  });

  it("names file and line of a type error in a later cell", () => {
    const faults = typeCheckLessons([
      lesson(cell("const a = 1;") + "\n" + cell('let b = 0;\nconst c: number = "x";')),
    ]);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ file: "90-test.md", line: 14 });
    expect(faults[0]!.text).toContain("TS2322");
  });

  it("finds a name that two cells declare", () => {
    expect(typeCheckLessons([lesson(cell("const a = 1;") + cell("const a = 2;"))])[0]!.text).toContain(
      "redeclare",
    );
  });

  it("names the edition in which a later cell lacks a name, because its exercise is left out there", () => {
    const exercise = (edition: string) =>
      `:::{exercise} 90-a\n:goal: g\n:minutes: 1\n${edition}### E\n` +
      cell('const mine = 0;\ncheck("90-a", mine);', ":stub:\n") +
      cell('const mine = 1;\ncheck("90-a", mine);', ":solution:\n") +
      "why\n:::\n";
    const checked = (edition: string) =>
      typeCheckLessons([
        lesson(
          cell("declare function check(id: string, answer: number): void;") +
            exercise(edition) +
            cell("console.log(mine);"),
        ),
      ]);
    expect(checked("").map(({ text }) => text)).toEqual([
      "Cannot find name 'mine'. (TS2304), in the workshop edition",
    ]);
    expect(checked(":edition: solved\n")).toEqual([]);
  });
});
