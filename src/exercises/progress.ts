import { lessonOfId } from "./exercise.js";
import { showValue } from "./show-value.js";

/** What one learner has done. Kept in a local file, never sent anywhere. */
export interface Progress {
  readonly format: "gradus progress";
  readonly version: 1;
  /** Chance letters, no name: they tell two copies of one person's file from the files of two persons. */
  readonly learner: string;
  readonly exercises: Readonly<Record<string, ExerciseProgress>>;
  readonly quizzes: Readonly<Record<string, QuizProgress>>;
  /** The letter of the option that was chosen first: `b`. */
  readonly predictions: Readonly<Record<string, string>>;
}

/** What a learner did with one exercise. */
export interface ExerciseProgress {
  /** Answers other than the stub's, up to the first right one. */
  readonly tries: number;
  /** When it was solved first, as `2026-11-21T01:30:00.000Z`. */
  readonly solved?: string;
  /** The highest level of hint that was asked for: 0 to 3. */
  readonly hints: number;
  readonly solutionSeen: boolean;
  /** How often each known misconception was met. */
  readonly misconceptions: Readonly<Record<string, number>>;
}

/** How a learner answered one quiz the last time. */
export interface QuizProgress {
  /** The letters of the last answers, empty where a question was left out. */
  readonly answers: readonly string[];
  readonly right: number;
  readonly questions: number;
}

/**
 * The progress of a learner who has not begun.
 *
 * @example
 * import { newProgress } from "gradus";
 * console.log(newProgress("k3x9").exercises); // {}
 */
export function newProgress(learner: string): Progress {
  return { format: "gradus progress", version: 1, learner, exercises: {}, quizzes: {}, predictions: {} };
}

/** What nobody has tried yet. */
export const untouched: ExerciseProgress = { tries: 0, hints: 0, solutionSeen: false, misconceptions: {} };

/** The progress with one exercise changed. */
export function withExercise(
  progress: Progress,
  id: string,
  change: (before: ExerciseProgress) => ExerciseProgress,
): Progress {
  const before = Object.hasOwn(progress.exercises, id) ? progress.exercises[id] : untouched;
  return { ...progress, exercises: { ...progress.exercises, [id]: change(before) } };
}

/**
 * Progress from a file's text.
 *
 * @throws Error with one sentence: no JSON, not a progress file, of a newer version, or which field is wrong.
 *
 * @example
 * import { newProgress, parseProgress } from "gradus";
 * const text = JSON.stringify(newProgress("k3x9"));
 * console.log(parseProgress(text).learner); // k3x9
 */
export function parseProgress(text: string): Progress {
  const file = record(parseJson(text), "the file");
  if (file["format"] !== "gradus progress") throw new Error("it is no progress file of gradus");
  if (file["version"] !== 1)
    throw new Error(
      `it has version ${showValue(file["version"])}; this gradus reads version 1. Update gradus.`,
    );
  const learner = file["learner"];
  if (typeof learner !== "string" || learner === "") throw new Error(wrong("learner", "a text", learner));
  return {
    format: "gradus progress",
    version: 1,
    learner,
    exercises: readEach(file, "exercises", readExercise),
    quizzes: readEach(file, "quizzes", readQuiz),
    predictions: readEach(file, "predictions", (value, place) => letter(value, place)),
  };
}

function parseJson(text: string): unknown {
  if (text.trim() === "") throw new Error("it is empty");
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("it is damaged: its text is no JSON");
  }
}

function readEach<Value>(
  file: Readonly<Record<string, unknown>>,
  field: string,
  read: (value: unknown, place: string) => Value,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(record(file[field], field)).map(([id, value]) => {
      if (lessonOfId(id) === undefined)
        throw new Error(`"${id.slice(0, 40)}" in ${field} is no id of an exercise or quiz`);
      return [id, read(value, `${field}.${id}`)];
    }),
  );
}

function readExercise(value: unknown, place: string): ExerciseProgress {
  const { tries, solved, hints, solutionSeen, misconceptions } = record(value, place);
  if (solved !== undefined && (typeof solved !== "string" || Number.isNaN(Date.parse(solved))))
    throw new Error(wrong(`${place}.solved`, "a date", solved));
  if (typeof solutionSeen !== "boolean")
    throw new Error(wrong(`${place}.solutionSeen`, "true or false", solutionSeen));
  return {
    tries: count(tries, `${place}.tries`),
    ...(solved === undefined ? {} : { solved }),
    hints: count(hints, `${place}.hints`, 3),
    solutionSeen,
    misconceptions: Object.fromEntries(
      Object.entries(record(misconceptions, `${place}.misconceptions`)).map(([means, times]) => [
        means,
        count(times, `${place}.misconceptions.${means.slice(0, 40)}`),
      ]),
    ),
  };
}

function readQuiz(value: unknown, place: string): QuizProgress {
  const { answers, right, questions } = record(value, place);
  if (!Array.isArray(answers)) throw new Error(wrong(`${place}.answers`, "a list", answers));
  const total = count(questions, `${place}.questions`);
  return {
    answers: answers.map((answer, i) => (answer === "" ? "" : letter(answer, `${place}.answers[${i}]`))),
    right: count(right, `${place}.right`, total),
    questions: total,
  };
}

function record(value: unknown, place: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new Error(
    place === "the file" ? "it is no progress file of gradus" : wrong(place, "an object", value),
  );
}

function count(value: unknown, place: string, most: number = Number.MAX_SAFE_INTEGER): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most)
    return value as number;
  const range = most === Number.MAX_SAFE_INTEGER ? "a whole number" : `a whole number from 0 to ${most}`;
  throw new Error(wrong(place, range, value));
}

function letter(value: unknown, place: string): string {
  if (typeof value === "string" && /^[a-i]$/.test(value)) return value;
  throw new Error(wrong(place, "a letter from a to i", value));
}

function wrong(place: string, wanted: string, got: unknown): string {
  return `${place} must be ${wanted}, got ${showValue(got)}`;
}
