import type { Verdict } from "./verdict.js";

/** One thing that a right answer does, and how to find out. */
export interface Check<Answer> {
  /** What holds when it holds, as a learner reads it: `each gate gives 0 0 0 1`. No capital, no full stop. */
  readonly says: string;
  /**
   * Tries the answer: its behaviour on many inputs, never its text. Called as often as needed, so it must give the same
   * verdict each time (seed what is random) and leave the answer as it was. It may throw what the answer throws.
   * Synchronous: a pending promise can't be judged.
   */
  test(answer: Answer): Verdict;
}

/** An answer that people really give, and what to tell them. */
export interface WrongAnswer<Answer> {
  readonly answer: Answer;
  /** The misconception it stands for, in a few words, as an instructor reads it: `forgot the bias`. */
  readonly means: string;
  /** One or two sentences for the learner; a question is better than the solution. */
  readonly hint: string;
  /** Knows the misconception by itself; without it, an answer that fails the same way has the same misconception. */
  when?(answer: Answer): boolean;
}

/** The machine half of one exercise. The other half, task and worked solution, is in the lesson's text. */
export interface Exercise<Answer> {
  /**
   * What is wrong with the form of the answer, in one sentence, or undefined: `expects three gates { w, b }, got 2`.
   * Without it, the answer must have the form of the stub ({@link formFault}).
   */
  accepts?(answer: unknown): string | undefined;
  /** Equal to the answer of the stub cell; a function of it may differ, but must behave the same. */
  readonly stub: Answer;
  /** At least one. All are tried; the learner reads about the first that does not hold. */
  readonly checks: readonly Check<Answer>[];
  /** At least four. */
  readonly wrong: readonly WrongAnswer<Answer>[];
  /** From a nudge to nearly the answer. */
  readonly hints: readonly [string, string, string];
  /** What is said when it is solved, one plain sentence about what was achieved. */
  readonly praise?: string;
  /** How long one check may take. Default 3000. */
  readonly timeLimitMs?: number;
}

/** The exercises of one lesson by id, which begins with the lesson's: `02-and-weights`. */
export type Exercises = Readonly<Record<string, Exercise<unknown>>>;

const idPattern = /^(\d\d)-[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * The lesson that an id belongs to: `02` of `02-and-weights`; undefined when it is no id.
 *
 * @example
 * import { lessonOfId } from "gradus";
 * console.log(lessonOfId("02-and-weights"), lessonOfId("and-weights")); // 02 undefined
 */
export function lessonOfId(id: string): string | undefined {
  return idPattern.exec(id)?.[1];
}

/**
 * One exercise, typed: `exercise<Gate[]>({ stub, checks, wrong, hints })`.
 *
 * @throws TypeError when there is no check, or when the hints are not three.
 *
 * @example
 * import { exercise, expectSame } from "gradus";
 * const area = exercise<(side: number) => number>({
 *   stub: () => 0,
 *   checks: [{ says: "a square of side 3 has 9", test: (f) => expectSame(f(3), 9, { on: "side 3" }) }],
 *   wrong: [{ answer: (side) => 4 * side, means: "the rim", hint: "That is the way around it." }],
 *   hints: ["Draw it.", "Rows times columns.", "side * side"],
 * });
 * console.log(area.checks[0].test((side) => 4 * side));
 * // { on: 'side 3', expected: 9, got: 12, holds: false }
 */
export function exercise<Answer>(parts: Exercise<Answer>): Exercise<Answer> {
  if (!("stub" in parts)) throw new TypeError("exercise: there is no stub");
  if (!Array.isArray(parts.checks) || parts.checks.length === 0)
    throw new TypeError("exercise: there are no checks; a right answer must be known by something");
  if (!Array.isArray(parts.wrong)) throw new TypeError("exercise: wrong must be a list of wrong answers");
  if (!Array.isArray(parts.hints) || parts.hints.length !== 3)
    throw new TypeError(
      `exercise: hints are three, from a nudge to nearly the answer; got ${lengthOf(parts.hints)}`,
    );
  const twice = parts.checks.find(
    ({ says }, i) => parts.checks.findIndex((other) => other.says === says) < i,
  );
  if (twice !== undefined) throw new TypeError(`exercise: two checks say "${twice.says}"`);
  return parts;
}

/**
 * The exercises of a lesson; the default export of `NN-name.exercises.ts`.
 *
 * @throws TypeError when an id does not look like `02-and-weights`, or when two ids belong to different lessons.
 *
 * @example
 * import { defineExercises, exercise, expectSame } from "gradus";
 * const answer = exercise<unknown>({
 *   stub: 0,
 *   checks: [{ says: "it is 42", test: (n) => expectSame(n, 42) }],
 *   wrong: [],
 *   hints: ["Ask a computer.", "Wait.", "42"],
 * });
 * console.log(Object.keys(defineExercises({ "07-answer": answer }))); // [ '07-answer' ]
 */
export function defineExercises(exercises: Exercises): Exercises {
  const ids = Object.keys(exercises);
  for (const id of ids) {
    if (lessonOfId(id) === undefined)
      throw new TypeError(
        `defineExercises: "${id}" is no id; write the lesson's number and a few words, like 02-and-weights`,
      );
    if (lessonOfId(id) !== lessonOfId(ids[0]))
      throw new TypeError(`defineExercises: ${ids[0]} and ${id} belong to different lessons`);
    exercise(exercises[id]);
  }
  return exercises;
}

function lengthOf(value: unknown): string {
  return Array.isArray(value) ? String(value.length) : typeof value;
}
