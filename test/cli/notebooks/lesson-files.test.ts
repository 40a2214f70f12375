import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lessonData, writeLessonFiles } from "../../../src/cli/notebooks/lesson-files.js";
import { readChosenLessons, readLessons } from "../../../src/cli/notebooks/lessons.js";
import { loadMachineHalf, transpileMachineHalf } from "../../../src/cli/notebooks/machine-half.js";
import { courseFiles } from "../../../src/course-files.js";
import * as gradus from "../../../src/index.js";

const fixtures = path.resolve(import.meta.dirname, "..", "..", "fixtures", "lessons");
const [switches] = readLessons(fixtures);

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-test-"))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

describe("lessonData", () => {
  const data = lessonData(switches!);

  it("has titles, minutes and worked solutions, with numbered references", () => {
    expect(data.exercises["90-sum"]).toEqual({
      title: "Exercise 1: the sum",
      minutes: 4,
      solution: {
        code: 'function sumOf(a: number, b: number): number {\n  return a + b;\n}\ncheck("90-sum", sumOf);',
        markdown: "The sum is $a + b$, as the text[[1]](#References) says.",
      },
    });
  });

  it("has predictions and quizzes with what is right and why", () => {
    expect(data.predictions["90-lamp"]).toMatchObject({
      text: "The lamp lights when the sum is greater than 1.5.\nWhen does it light?",
      options: [{ right: false }, { text: "when both are on", right: true }, { right: false }],
      after: "Only $1 + 1$ is greater than 1.5.",
    });
    expect(data.quizzes["90-quiz"]![0]!.options[0]).toEqual({
      text: "1",
      right: false,
      why: "One of them is on.",
    });
  });
});

describe("writeLessonFiles", () => {
  it("writes what the course of the running library reads", () => {
    writeLessonFiles([switches!], folder);
    const course = courseFiles({ library: gradus, lessonsFolder: folder });
    expect(course.lessons()).toEqual(["90"]);
    expect(course.text("90")).toEqual(JSON.parse(JSON.stringify(lessonData(switches!))));
    expect(Object.keys(course.exercises("90")!)).toEqual(["90-sum", "90-threshold"]);
  });

  it("removes what a lesson has no longer", () => {
    fs.writeFileSync(path.join(folder, "90.cjs"), "old");
    writeLessonFiles([{ ...switches!, file: path.join(folder, "90-alone.md"), parts: [] }], folder);
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});

describe("a machine half", () => {
  it.each([
    [
      "that imports something else",
      'import { a } from "gradus";\nimport * as fs from "node:fs";',
      'x.ts:2: exercises import from "gradus" alone, got "node:fs"',
    ],
    ["that is no TypeScript", "export default {\n  a: ;\n};", "x.ts:2: Expression expected."],
  ])("%s is refused with its line", (_what, text, message) => {
    expect(() => transpileMachineHalf(text, "x.ts")).toThrow(message);
  });

  it.each([
    [
      "throws",
      "export default (() => { throw new Error('no'); })();",
      "x.ts: its exercises could not be loaded: Error: no",
    ],
    ["has no default export", "export const a = 1;", 'x.ts: needs "export default defineExercises'],
  ])("that %s is refused by name", (_what, text, message) => {
    const code = transpileMachineHalf(text, "x.ts");
    expect(() => loadMachineHalf(code, { file: "x.ts", gradus })).toThrow(message);
  });

  it("gets the library that it is given, and no other", () => {
    const code = transpileMachineHalf('import { mark } from "gradus";\nexport default { a: mark };', "x.ts");
    expect(loadMachineHalf(code, { file: "x.ts", gradus: { mark: 7 } })).toEqual({ a: 7 });
  });
});

describe("readChosenLessons", () => {
  const write = (name: string, text: string): void => fs.writeFileSync(path.join(folder, name), text);
  beforeEach(() => {
    fs.copyFileSync(path.join(fixtures, "90-switches.md"), path.join(folder, "90-switches.md"));
    write("91-draft.md", "no front matter");
  });

  it("reads a lesson beside one that is half written", () => {
    expect(readChosenLessons(["90"], folder).chosen.map(({ id }) => id)).toEqual(["90"]);
  });

  it.each([[["91"]], [["91-draft"]], [[]]])("throws the fault of one that is meant by %j", (names) => {
    expect(() => readChosenLessons(names, folder)).toThrow(
      "91-draft.md:1: a lesson begins with its front matter",
    );
  });
});
