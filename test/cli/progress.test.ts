import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { main } from "../../src/cli/main.js";
import { newProgress, type Progress } from "../../src/exercises/index.js";
import { classPage, classPicture, classText } from "../../src/exercises/class-report.js";
import { untouched, withExercise } from "../../src/exercises/progress.js";
import { lesson } from "../exercises/fake-course.js";

let folder: string;
let said: string[];
let complained: string[];
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "gradus-class-")));
  vi.spyOn(process, "cwd").mockReturnValue(folder);
  [said, complained] = [[], []];
  vi.spyOn(console, "log").mockImplementation((text: unknown) => void said.push(String(text)));
  vi.spyOn(console, "error").mockImplementation((text: unknown) => void complained.push(String(text)));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  fs.rmSync(folder, { recursive: true });
});

const inFolder = (name: string): string => path.join(folder, name);
function write(name: string, content: Progress | string): string {
  fs.writeFileSync(inFolder(name), typeof content === "string" ? content : JSON.stringify(content));
  return inFolder(name);
}

const solvedAt = "2026-11-21T01:30:00.000Z";
const ada = withExercise(newProgress("a1"), "02-and-gate", () => ({
  ...untouched,
  tries: 3,
  solved: solvedAt,
  hints: 1,
  misconceptions: { "forgot the bias": 2 },
}));
const bob = withExercise(
  withExercise(newProgress("b2"), "02-and-gate", () => ({
    ...untouched,
    tries: 5,
    hints: 3,
    solutionSeen: true,
    misconceptions: { "forgot the bias": 1, "treats > as >=": 4 },
  })),
  "02-slope",
  () => ({ ...untouched, tries: 1, solved: solvedAt }),
);

describe("the picture of a class", () => {
  it("counts learners: begun, solved, hints, and the misconception that most of them met", () => {
    const { learners, rows } = classPicture([ada, bob], [lesson]);
    expect(learners).toBe(2);
    expect(rows).toEqual([
      {
        id: "02-and-gate",
        title: "Exercise 1: an AND gate",
        begun: 2,
        solved: 1,
        hinted: 2,
        hintsEach: 2,
        solutionsSeen: 1,
        misconception: { means: "forgot the bias", learners: 2 },
      },
      {
        id: "02-slope",
        title: "Exercise 2: a slope",
        begun: 1,
        solved: 1,
        hinted: 0,
        hintsEach: 0,
        solutionsSeen: 0,
      },
    ]);
  });

  it("counts a learner with two files once, by the file that says more, in any order", () => {
    const earlier = withExercise(newProgress("b2"), "02-and-gate", () => ({ ...untouched, tries: 1 }));
    const expected = classPicture([ada, bob], [lesson]);
    expect(classPicture([ada, bob, earlier], [lesson])).toEqual(expected);
    expect(classPicture([earlier, ada, bob], [lesson])).toEqual(expected);
  });

  it("is a table of text", () => {
    expect(classText(classPicture([ada, bob], [lesson]))).toBe(
      [
        "id           exercise                 begun  solved  asked for hints  hints each  saw solution  commonest misconception",
        "02-and-gate  Exercise 1: an AND gate      2       1                2         2.0             1  forgot the bias (2 learners)",
        "02-slope     Exercise 2: a slope          1       1                0                         0",
      ].join("\n"),
    );
  });

  it("is a page that shows what files say as text", () => {
    const sly = withExercise(newProgress("c3"), "02-slope", () => ({
      ...untouched,
      tries: 1,
      misconceptions: { "<script>alert(1)</script>": 1 },
    }));
    const page = classPage(classPicture([sly], []), { problems: ["<b>.json is empty"] });
    expect(page).not.toMatch(/<script|<b>/);
    expect(page).toContain("&#60;script&#62;alert(1)&#60;/script&#62; (1 learner)");
  });
});

describe("gradus progress merge", () => {
  it("puts two learners together, names a damaged third and a foreign fourth, overwrites nothing, exits with 1", async () => {
    const files = [
      write("ada.json", ada),
      write("broken.json", '{ "format": "gradus progress", "ver'),
      write("foreign.json", '{ "name": "left-pad" }'),
      write("bob.json", bob),
    ];
    const before = files.map((file) => fs.readFileSync(file, "utf8"));
    const output = inFolder("class.html");
    expect(await main(["progress", "merge", inFolder("*.json"), "--output", output])).toBe(1);
    expect(said.join("\n")).toMatch(
      /^2 learners\n\nid[^]*02-and-gate +\S.* 2 +1 +2 +2\.0 +1 +forgot the bias \(2 learners\)/,
    );
    expect(complained).toEqual([
      `gradus progress: ${files[1]} can't be used: it is damaged: its text is no JSON. Left out.`,
      `gradus progress: ${files[2]} can't be used: it is no progress file of gradus. Left out.`,
    ]);
    expect(files.map((file) => fs.readFileSync(file, "utf8"))).toEqual(before);
    const page = fs.readFileSync(output, "utf8");
    expect(page).toContain("<h2>Files that were left out</h2>");
    expect(page).toContain("forgot the bias (2 learners)");
  });

  it("exits with 0 when all is well, and says who was there twice", async () => {
    const output = inFolder("class.html");
    expect(
      await main(["progress", "merge", write("a.json", ada), write("copy.json", ada), "--output", output]),
    ).toBe(0);
    expect(said[0]).toContain("1 learner (1 file is of a learner who is counted already)");
  });

  it("writes no page when no file can be used", async () => {
    expect(
      await main([
        "progress",
        "merge",
        write("x.json", ""),
        inFolder("nowhere.json"),
        "--output",
        inFolder("c.html"),
      ]),
    ).toBe(1);
    expect(complained).toHaveLength(2);
    expect(complained[1]).toContain("nowhere.json is not there.");
    expect(fs.existsSync(inFolder("c.html"))).toBe(false);
  });

  it("refuses to write over a file, one of the learners' above all", async () => {
    const file = write("ada.json", ada);
    expect(await main(["progress", "merge", file, "--output", file])).toBe(1);
    expect(complained.join()).toContain("is there already and would be written over");
    expect(fs.readFileSync(file, "utf8")).toBe(JSON.stringify(ada));
  });

  it.each([
    [["merge"], "Name the files to put together"],
    [["merge", "/nonexistent-folder/*.json"], "No file is named like /nonexistent-folder/*.json."],
    [["a.json", "b.json"], "shows one file"],
    [["--output", "x.html"], "--output belongs to gradus progress merge"],
    [["/nonexistent.json"], "There is no file /nonexistent.json."],
  ])("%j is explained", async (args, sentence) => {
    expect(await main(["progress", ...args])).toBe(1);
    expect(complained.join()).toContain(sentence);
  });
});

describe("gradus progress", () => {
  it("says that nothing is there yet", async () => {
    vi.stubEnv("GRADUS_PROGRESS", "mine.json");
    expect(await main(["progress"])).toBe(0);
    expect(said).toEqual(["Nothing is written down yet. Run a check in a lesson first."]);
  });

  it("shows a file, and names one that is damaged", async () => {
    expect(await main(["progress", write("ada.json", ada)])).toBe(0);
    expect(said[0]).toContain(`Kept in ${inFolder("ada.json")}`);
    expect(await main(["progress", write("bad.json", "x")])).toBe(1);
    expect(complained[0]).toContain(
      "bad.json can't be used: it is damaged: its text is no JSON. The file was left as it is.",
    );
  });
});
