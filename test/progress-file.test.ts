import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { newProgress, parseProgress, type Progress } from "../src/exercises/index.js";
import { untouched, withExercise } from "../src/exercises/progress.js";
import { progressFile, progressStore } from "../src/progress-file.js";
import { buildCourse } from "./exercises/built-course.js";

let folder: string;
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "gradus-progress-")));
});
afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(folder, { recursive: true, force: true });
});

const oneMoreTry = (progress: Progress): Progress =>
  withExercise(progress, "02-and-gate", (before) => ({ ...before, tries: before.tries + 1 }));

describe("where progress is kept", () => {
  beforeEach(() => vi.stubEnv("GRADUS_PROGRESS", ""));

  it("is in the course, from any folder below its package.json", () => {
    const below = path.join(folder, "notebooks", "mine");
    fs.mkdirSync(below, { recursive: true });
    fs.writeFileSync(path.join(folder, "package.json"), '{ "name": "gradus" }');
    fs.writeFileSync(path.join(below, "package.json"), '{ "name": "something else" }');
    expect(progressFile(below)).toBe(path.join(folder, ".gradus", "progress.json"));
  });

  it("is in the working folder elsewhere, also beside a damaged package.json", () => {
    fs.writeFileSync(path.join(folder, "package.json"), "{ null");
    expect(progressFile(folder)).toBe(path.join(folder, ".gradus", "progress.json"));
  });

  it("follows GRADUS_PROGRESS, and is nowhere with off", () => {
    vi.stubEnv("GRADUS_PROGRESS", "mine.json");
    expect(progressFile(folder)).toBe(path.join(folder, "mine.json"));
    vi.stubEnv("GRADUS_PROGRESS", "off");
    expect(progressFile(folder)).toBeUndefined();
  });
});

describe("the file", () => {
  const file = (): string => path.join(folder, ".gradus", "progress.json");

  it("appears at the first entry, git-ignored, with no name in it", () => {
    expect(progressStore(file()).read().exercises).toEqual({});
    expect(fs.existsSync(path.dirname(file()))).toBe(false);
    progressStore(file()).update(oneMoreTry);
    expect(fs.readdirSync(path.dirname(file())).sort()).toEqual([".gitignore", "progress.json"]);
    expect(fs.readFileSync(path.join(folder, ".gradus", ".gitignore"), "utf8")).toBe("*\n");
    expect(progressStore(file()).read().exercises["02-and-gate"].tries).toBe(1);
    expect(fs.readFileSync(file(), "utf8")).not.toContain(os.userInfo().username + '"');
  });

  it("keeps the learner's letters from entry to entry", () => {
    progressStore(file()).update(oneMoreTry);
    const { learner } = progressStore(file()).read();
    progressStore(file()).update(oneMoreTry);
    expect(progressStore(file()).read().learner).toBe(learner);
  });

  it("is not touched when nothing changes", () => {
    progressStore(file()).update(oneMoreTry);
    fs.utimesSync(file(), 1, 1);
    progressStore(file()).update((progress) => progress);
    expect(fs.statSync(file()).mtimeMs).toBe(1000);
  });

  it.each([
    ["empty", "", "it is empty"],
    ["half written", '{ "format": "gradus progress", "vers', "it is damaged: its text is no JSON"],
    ["somebody else's", '{ "name": "x" }', "it is no progress file of gradus"],
    ["a list", "[]", "it is no progress file of gradus"],
    [
      "of a newer gradus",
      '{ "format": "gradus progress", "version": 2 }',
      "it has version 2; this gradus reads version 1",
    ],
  ])("that is %s is named and never written over", (_, text, words) => {
    fs.mkdirSync(path.dirname(file()));
    fs.writeFileSync(file(), text);
    for (const act of [() => progressStore(file()).read(), () => progressStore(file()).update(oneMoreTry)]) {
      expect(act).toThrow(`${file()} can't be used: ${words}`);
    }
    expect(fs.readFileSync(file(), "utf8")).toBe(text);
    expect(fs.readdirSync(path.dirname(file()))).toEqual(["progress.json"]);
  });

  it("that can't be read is named", () => {
    fs.mkdirSync(file(), { recursive: true });
    expect(() => progressStore(file()).read()).toThrow(`${file()} can't be read: EISDIR`);
  });

  it("is written after a lock that a dead process, or a Stop of this one, left behind", () => {
    fs.mkdirSync(path.dirname(file()));
    const { pid: dead } = { pid: 2 ** 22 + 1 };
    for (const pid of [dead, process.pid]) {
      const lock = JSON.stringify({
        host: os.hostname(),
        pid,
        thread: pid === dead ? 0 : threadOfThisTest,
        id: "old",
      });
      fs.writeFileSync(`${file()}.lock`, lock);
      progressStore(file()).update(oneMoreTry);
      expect(fs.existsSync(`${file()}.lock`)).toBe(false);
    }
    expect(progressStore(file()).read().exercises["02-and-gate"].tries).toBe(2);
  });

  it("is written after a lock that nobody can read and that is old", () => {
    fs.mkdirSync(path.dirname(file()));
    fs.writeFileSync(`${file()}.lock`, "?");
    const longAgo = Date.now() / 1000 - 60;
    fs.utimesSync(`${file()}.lock`, longAgo, longAgo);
    progressStore(file()).update(oneMoreTry);
    expect(progressStore(file()).read().exercises["02-and-gate"].tries).toBe(1);
  });
});

const { threadId: threadOfThisTest } = await import("node:worker_threads");

describe("two kernels at once", () => {
  let course: string;
  beforeAll(() => {
    course = buildCourse();
  });
  afterAll(() => fs.rmSync(course, { recursive: true, force: true }));

  it("lose no entry of each other", async () => {
    const file = path.join(folder, "progress.json");
    const times = 60;
    const code = (id: string): string => `
      import { progressStore } from ${JSON.stringify(pathToFileURL(path.join(course, "progress-file.js")).href)};
      import { withExercise } from ${JSON.stringify(pathToFileURL(path.join(course, "exercises/progress.js")).href)};
      const store = progressStore(${JSON.stringify(file)});
      const more = (before) => ({ ...before, tries: before.tries + 1 });
      for (let i = 0; i < ${times}; i++) {
        store.update((progress) => withExercise(withExercise(progress, "02-both", more), "02-${id}", more));
      }`;
    const ended = await Promise.all(
      ["one", "two", "three"].map(
        (id) =>
          new Promise((resolve) => {
            const child = spawn(process.execPath, ["--input-type=module", "--eval", code(id)], {
              stdio: "inherit",
            });
            child.on("close", resolve);
          }),
      ),
    );
    expect(ended).toEqual([0, 0, 0]);
    const { exercises } = parseProgress(fs.readFileSync(file, "utf8"));
    expect(
      Object.entries(exercises)
        .map(([id, { tries }]) => [id, tries])
        .sort(),
    ).toEqual([
      ["02-both", 3 * times],
      ["02-one", times],
      ["02-three", times],
      ["02-two", times],
    ]);
    expect(fs.readdirSync(folder)).toEqual(["progress.json"]);
  });
});

describe("parseProgress", () => {
  const good = withExercise(newProgress("abc"), "02-x", () => ({
    ...untouched,
    tries: 1,
    misconceptions: { "<b>": 2 },
  }));

  it("reads what was written", () => {
    expect(parseProgress(JSON.stringify(good))).toEqual(good);
  });

  it.each<[string, object]>([
    ["learner must be a text, got 5", { learner: 5 }],
    ["exercises must be an object, got [1]", { exercises: [1] }],
    ['"x" in exercises is no id', { exercises: { x: {} } }],
    [
      "exercises.02-x.tries must be a whole number, got -1",
      { exercises: { "02-x": { ...untouched, tries: -1 } } },
    ],
    [
      "exercises.02-x.hints must be a whole number from 0 to 3, got 4",
      { exercises: { "02-x": { ...untouched, hints: 4 } } },
    ],
    [
      'exercises.02-x.solved must be a date, got "yes"',
      { exercises: { "02-x": { ...untouched, solved: "yes" } } },
    ],
    [
      "exercises.02-x.solutionSeen must be true or false",
      { exercises: { "02-x": { ...untouched, solutionSeen: 1 } } },
    ],
    [
      "exercises.02-x.misconceptions.a must be a whole number",
      { exercises: { "02-x": { ...untouched, misconceptions: { a: "b" } } } },
    ],
    [
      "quizzes.02-q.right must be a whole number from 0 to 1, got 2",
      { quizzes: { "02-q": { answers: ["a"], right: 2, questions: 1 } } },
    ],
    [
      'quizzes.02-q.answers[0] must be a letter from a to i, got "z"',
      { quizzes: { "02-q": { answers: ["z"], right: 0, questions: 1 } } },
    ],
    ["predictions.02-p must be a letter from a to i, got 1", { predictions: { "02-p": 1 } }],
  ])("names the field: %s", (words, part) => {
    expect(() => parseProgress(JSON.stringify({ ...good, ...part }))).toThrow(words);
  });

  it("takes no prototype from a file", () => {
    const text = JSON.stringify(good).replace('"02-x":', '"__proto__":');
    expect(() => parseProgress(text)).toThrow('"__proto__" in exercises is no id');
  });
});
