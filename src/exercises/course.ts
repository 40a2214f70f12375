import { type Exercise, type Exercises, lessonOfId } from "./exercise.js";
import type { LessonData } from "./lesson-data.js";
import { nearest } from "./nearest.js";
import type { Progress } from "./progress.js";

/** Runs `act` to its end, or throws {@link TimeLimitError} when it takes longer. Must stop an endless loop. */
export type LimitTime = <Result>(act: () => Result, timeoutMs: number) => Result;

/**
 * Thrown by {@link LimitTime}.
 *
 * @example
 * import { TimeLimitError } from "gradus";
 * console.log(new TimeLimitError("took longer than 3 s").name); // TimeLimitError
 */
export class TimeLimitError extends Error {
  override readonly name = "TimeLimitError";
}

/** Where a learner's progress is kept. Both functions may throw; then the reason is told once and nothing is kept. */
export interface ProgressStore {
  /** What has been done so far. */
  read(): Progress;
  /** Reads, changes and writes as one step, also when two kernels do it at once. */
  update(change: (progress: Progress) => Progress): void;
}

/** What this room needs from the machine that it runs on. `src/course-files.ts` is the one for Node. */
export interface Course {
  /** The ids of all lessons that have data: `00`, `02`. */
  lessons(): readonly string[];
  /** The text half of a lesson, undefined when there is none. */
  text(lesson: string): LessonData | undefined;
  /** The machine half of a lesson, undefined when there is none. */
  exercises(lesson: string): Exercises | undefined;
  readonly limitTime: LimitTime;
  /** The time at which something is solved. */
  now(): Date;
  /** Undefined when progress is switched off. */
  progress(): ProgressStore | undefined;
}

let installed: Course | undefined;

/**
 * Gives the room its lessons; `src/index.ts` does it once.
 *
 * @example
 * import { type Course, progress, setCourse } from "gradus";
 * const empty: Course = {
 *   lessons: () => [],
 *   text: () => undefined,
 *   exercises: () => undefined,
 *   limitTime: (act) => act(),
 *   now: () => new Date(),
 *   progress: () => undefined,
 * };
 * setCourse(empty);
 * progress();
 * // Your progress can't be shown
 * // Progress is switched off here (GRADUS_PROGRESS=off).
 */
export function setCourse(course: Course): void {
  installed = course;
}

/** @throws Error when no course was installed. */
export function currentCourse(): Course {
  if (installed === undefined)
    throw new Error("exercises: no course is installed; import from gradus, not from a part of it");
  return installed;
}

/** @throws RangeError that names ids like this one. */
export function findExercise(operation: string, id: string): Exercise<unknown> {
  const lesson = lessonOfId(String(id));
  const exercises = lesson === undefined ? undefined : currentCourse().exercises(lesson);
  const found = exercises !== undefined && Object.hasOwn(exercises, id) ? exercises[id] : undefined;
  if (found !== undefined) return found;
  throw unknownId(operation, id, "exercise", (of) => Object.keys(currentCourse().exercises(of) ?? {}));
}

type Texts = "exercises" | "quizzes" | "predictions";
const words: Readonly<Record<Texts, string>> = {
  exercises: "exercise",
  quizzes: "quiz",
  predictions: "prediction",
};

/** @throws RangeError that names ids like this one. */
export function findText<Kind extends Texts>(
  operation: string,
  kind: Kind,
  id: string,
): LessonData[Kind][string] {
  const lesson = lessonOfId(String(id));
  const texts = lesson === undefined ? undefined : currentCourse().text(lesson)?.[kind];
  if (texts !== undefined && Object.hasOwn(texts, id)) return texts[id] as LessonData[Kind][string];
  throw unknownId(operation, id, words[kind], (of) => Object.keys(currentCourse().text(of)?.[kind] ?? {}));
}

function unknownId(
  operation: string,
  id: unknown,
  word: string,
  idsOf: (lesson: string) => string[],
): RangeError {
  if (typeof id !== "string")
    return new RangeError(
      `${operation}: the first argument is the id of the ${word}, as text; got ${typeof id}`,
    );
  const all = currentCourse().lessons().flatMap(idsOf);
  const near = nearest(id, all);
  const advice =
    near.length > 0
      ? `Did you mean ${near.map((one) => `"${one}"`).join(" or ")}?`
      : all.length === 0
        ? `No lesson has one. Is gradus built? Run npm start.`
        : `There are: ${all.slice(0, 8).join(", ")}${all.length > 8 ? ", ..." : ""}.`;
  return new RangeError(`${operation}: there is no ${word} "${id}". ${advice}`);
}

/** The title of an exercise, or its id where the text says none. */
export function titleOf(id: string): string {
  const exercises = currentCourse().text(lessonOfId(id) ?? "")?.exercises;
  if (exercises === undefined || !Object.hasOwn(exercises, id)) return id;
  // A workshop counts its exercises anew, so a card names them without their number; and a headline has no code in it.
  const title = exercises[id].title.replace(/^Exercise \d+: /, "").replaceAll("`", "");
  return title.charAt(0).toUpperCase() + title.slice(1);
}
