// The Node side of the exercises room: lessons from files, and a time limit that stops endless loops.
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import * as vm from "node:vm";
import {
  type Course,
  type Exercises,
  type LessonData,
  type LimitTime,
  setCourse,
  TimeLimitError,
} from "./exercises/index.js";
import { codeOf, progressFile, progressStore } from "./progress-file.js";

export interface CourseFilesOptions {
  /** What `require("gradus")` gives to the machine half of a lesson: the running library. */
  readonly library: object;
  /** The folder of `02.json` and `02.cjs`. Default: `lessons` beside this file, else that of the build. */
  readonly lessonsFolder?: string;
  /** Default: {@link progressFile}, looked up at each use. */
  readonly progressFile?: string | undefined;
}

/** Makes the lessons in files the course of this process. `src/index.ts` calls it once. */
export function installCourse(options: CourseFilesOptions): void {
  setCourse(courseFiles(options));
}

/** The course in files; everything is read when it is asked for first. */
export function courseFiles({ library, lessonsFolder, progressFile: file }: CourseFilesOptions): Course {
  const folder = lessonsFolder ?? builtLessons();
  const texts = new Map<string, LessonData | undefined>();
  const exercises = new Map<string, Exercises | undefined>();
  return {
    lessons: () => lessonIds(folder),
    text: (lesson) => remembered(texts, lesson, () => readText(path.join(folder, `${lesson}.json`))),
    exercises: (lesson) =>
      remembered(exercises, lesson, () => loadExercises(path.join(folder, `${lesson}.cjs`), library)),
    limitTime,
    now: () => new Date(),
    progress() {
      const place = file ?? progressFile();
      return place === undefined ? undefined : progressStore(place);
    },
  };
}

/** `dist/lessons`, found from `dist` and from `src`. */
function builtLessons(): string {
  const beside = fileURLToPath(new URL("./lessons", import.meta.url));
  return fs.existsSync(beside) ? beside : fileURLToPath(new URL("../dist/lessons", import.meta.url));
}

function lessonIds(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((name) => /^\d\d\.json$/.test(name))
    .map((name) => name.slice(0, 2))
    .sort();
}

function remembered<Value>(known: Map<string, Value>, key: string, find: () => Value): Value {
  if (!known.has(key)) known.set(key, find());
  return known.get(key) as Value;
}

function readText(file: string): LessonData | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  const lesson = JSON.parse(text) as LessonData;
  if (lesson.format !== 1)
    throw new Error(`${file} has format ${String(lesson.format)}, not 1. Build gradus again: npm run build`);
  return lesson;
}

/** The machine half of a lesson: a CommonJS module whose only import is "gradus", which is the library that runs here. */
function loadExercises(file: string, library: object): Exercises | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  const module: { exports: { default?: Exercises } } = { exports: {} };
  const require = (name: string): object => {
    if (name === "gradus") return library;
    throw new Error(`${file} imports "${name}"; exercises import from "gradus" only`);
  };
  const run = vm.compileFunction(text, ["exports", "require", "module"], { filename: file });
  (run as (...args: unknown[]) => void)(module.exports, require, module);
  if (module.exports.default === undefined)
    throw new Error(`${file} has no default export; write export default defineExercises({ ... })`);
  return module.exports.default;
}

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

// A plain name, because a script that a time limit can stop reaches the call only through a global.
const timedName = "__gradusTimedCall__";
const timedScript = new vm.Script(`${timedName}()`, { filename: "gradus-time-limit.js" });

/**
 * Runs `act` on this thread and stops it after `timeoutMs`, also in an endless loop: Node's watchdog thread terminates a
 * script that runs too long, and everything that the script calls. Does not reach past an `await`.
 *
 * @throws TimeLimitError when it was stopped; what `act` throws otherwise.
 */
export const limitTime: LimitTime = <Result>(act: () => Result, timeoutMs: number): Result => {
  const outer = Object.getOwnPropertyDescriptor(globalThis, timedName);
  Object.defineProperty(globalThis, timedName, { value: act, configurable: true });
  try {
    return timedScript.runInThisContext({ timeout: timeoutMs, displayErrors: false }) as Result;
  } catch (error) {
    if (codeOf(error) === "ERR_SCRIPT_EXECUTION_TIMEOUT")
      throw new TimeLimitError(`stopped after ${timeoutMs} ms`);
    throw error;
  } finally {
    if (outer === undefined) delete (globalThis as Record<string, unknown>)[timedName];
    else Object.defineProperty(globalThis, timedName, outer);
  }
};
