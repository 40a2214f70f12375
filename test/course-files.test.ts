import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { courseFiles, limitTime } from "../src/course-files.js";
import * as exercises from "../src/exercises/index.js";
import { judge, TimeLimitError } from "../src/exercises/index.js";
import { buildCourse } from "./exercises/built-course.js";
import { lesson } from "./exercises/fake-course.js";
import { openNotebook } from "./kernel/execution/start-executor.js";

describe("the lessons of a folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-lessons-"));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const course = () => courseFiles({ library: exercises, lessonsFolder: folder });
  const write = (name: string, text: string): void => fs.writeFileSync(path.join(folder, name), text);
  const machineHalf = `
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    const gradus_1 = require("gradus");
    exports.default = gradus_1.defineExercises({
      "02-ten": (0, gradus_1.exercise)({
        stub: 0,
        checks: [{ says: "it is ten", test: (n) => (n === 10 ? gradus_1.pass : gradus_1.fail({ expected: 10, got: n })) }],
        wrong: [],
        hints: ["a", "b", "c"],
      }),
    });`;

  it("are read when they are asked for, text and machine half", () => {
    write("02.json", JSON.stringify(lesson));
    write("02.cjs", machineHalf);
    write("readme.txt", "");
    const { lessons, text, exercises: machine } = course();
    expect(lessons()).toEqual(["02"]);
    expect(text("02")).toEqual(lesson);
    expect(text("03")).toBeUndefined();
    expect(machine("03")).toBeUndefined();
    expect(judge(machine("02")!["02-ten"], 10, { limitTime }).outcome).toBe("solved");
    expect(machine("02")).toBe(machine("02"));
  });

  it("are none where nothing was built", () => {
    fs.rmSync(folder, { recursive: true });
    expect(course().lessons()).toEqual([]);
    fs.mkdirSync(folder);
  });

  it("import nothing but gradus", () => {
    write("02.cjs", 'require("node:fs");');
    expect(() => course().exercises("02")).toThrow('imports "node:fs"; exercises import from "gradus" only');
  });

  it("have a default export and a known format", () => {
    write("02.cjs", "exports.other = 1;");
    write("02.json", '{ "format": 9 }');
    expect(() => course().exercises("02")).toThrow("02.cjs has no default export");
    expect(() => course().text("02")).toThrow("02.json has format 9, not 1");
  });
});

describe("limitTime", () => {
  it("gives what the call gives, and throws what it throws", () => {
    const error = new Error("mine");
    expect(limitTime(() => 5, 1000)).toBe(5);
    expect(() =>
      limitTime(() => {
        throw error;
      }, 1000),
    ).toThrow(error);
    expect(Object.getOwnPropertyNames(globalThis).filter((name) => name.startsWith("__gradus"))).toEqual([]);
  });

  it("stops an endless loop, and the next call works", () => {
    const forever = (): void => {
      for (;;);
    };
    expect(() => limitTime(forever, 30)).toThrow(TimeLimitError);
    expect(limitTime(() => "again", 1000)).toBe("again");
  });

  it("stops a loop that catches everything, and one within another limit", () => {
    const stubborn = (): void => {
      for (;;) {
        try {
          for (;;);
        } catch {
          // stays
        }
      }
    };
    expect(() => limitTime(stubborn, 30)).toThrow(TimeLimitError);
    const inner = limitTime(() => {
      try {
        return limitTime(stubborn, 30);
      } catch (error) {
        return error;
      }
    }, 5000);
    expect(inner).toBeInstanceOf(TimeLimitError);
  });
});

describe("in the runtime of our kernel", () => {
  const notebook = openNotebook();
  let built: string;
  beforeAll(async () => {
    built = buildCourse();
    const lessons = path.join(built, "lessons");
    fs.mkdirSync(lessons);
    fs.writeFileSync(path.join(lessons, "02.json"), JSON.stringify(lesson));
    fs.writeFileSync(
      path.join(lessons, "02.cjs"),
      `const { defineExercises, forInputs } = require("gradus");
       exports.default = defineExercises({ "02-slope": {
         stub: () => 0,
         checks: [{ says: "right everywhere", test: (f) => forInputs(f, { inputs: [[1], [2]], expected: (x) => 2 * x, name: "slope" }) }],
         wrong: [], hints: ["a", "b", "c"], timeLimitMs: 300 } });`,
    );
    const url = (name: string): string => JSON.stringify(pathToFileURL(path.join(built, name)).href);
    await notebook.run(`
      const { installCourse } = await import(${url("course-files.js")});
      const library = await import(${url("exercises/index.js")});
      const { check, hint } = library;
      process.env.GRADUS_PROGRESS = "off";
      installCourse({ library });
      let kept = 1;`);
  });
  afterAll(async () => {
    await notebook.close();
    fs.rmSync(built, { recursive: true, force: true });
  });

  const cardOf = async (code: string): Promise<string> => {
    const { outcome, sink } = await notebook.run(code);
    expect(outcome).toMatchObject({ status: "ok" });
    const shown = sink.events.find((event) => event.kind === "display");
    return String(shown?.kind === "display" && shown.data["text/plain"]);
  };

  it("a card reaches the notebook, and a check throws for no answer", async () => {
    expect(await cardOf('check("02-slope", (x) => 2 * x);')).toContain("A slope: solved");
    expect(await cardOf('check("02-slope", () => { throw new Error("oops"); });')).toContain("Error: oops");
  });

  it("an endless loop in an answer is reported, and the variables are kept", async () => {
    expect(await cardOf('check("02-slope", (x) => { for (;;); });')).toContain(
      "Is there a loop that never ends?",
    );
    expect((await notebook.run("kept")).text).toBe("1");
    expect(await cardOf('check("02-slope", (x) => 2 * x);')).toContain("solved");
  });

  it("Stop reaches a check that runs, and the next check works", async () => {
    const slow =
      'check("02-slope", (x) => { const end = Date.now() + 250; while (Date.now() < end); return 2 * x; });';
    const { outcome } = await notebook.runAndStop(`for (;;) ${slow}`, { afterMs: 100 });
    expect(outcome).toMatchObject({ status: "error", error: { ename: "Interrupted" } });
    expect(await cardOf('check("02-slope", (x) => 2 * x);')).toContain("solved");
  });

  it("an answer that is async is told so, and what it throws later disturbs nobody", async () => {
    const { sink } = await notebook.run(
      'check("02-slope", async (x) => { throw new Error("late"); }); await new Promise((r) => setTimeout(r, 20));',
    );
    expect(sink.events.map(({ kind }) => kind)).toEqual(["display"]);
    const [shown] = sink.events;
    expect(String(shown.kind === "display" && shown.data["text/plain"])).toContain(
      "A promise is not the value yet",
    );
  });
});
