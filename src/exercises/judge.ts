import type { LimitTime } from "./course.js";
import { diagnose, type Diagnosis, isKnown } from "./diagnosis.js";
import type { Exercise } from "./exercise.js";
import { sameData } from "./same-data.js";
import {
  endlessNote,
  equalTrials,
  type Finding,
  isTimeLimit,
  lookTimeLimitMs,
  stubTrial,
  type Task,
  tryOut,
} from "./trial.js";

/** What an exercise makes of an answer. */
export interface Judgement {
  readonly outcome: "not yet" | "solved" | "not solved";
  /** One for each check; empty when the answer was not tried. */
  readonly findings: readonly Finding[];
  /** Why the answer could not be tried, in one sentence. */
  readonly formFault?: string;
  readonly diagnosis?: Diagnosis;
}

/**
 * Judges an answer by what it does. Never throws for an answer: what it throws is a finding, an endless loop too.
 *
 * 1. "not yet": its data are those of the stub; or it holds functions and behaves as the stub on every check.
 * 2. "solved": every check holds.
 * 3. "not solved", with the first known wrong answer that fits (`diagnose`).
 *
 * An answer that is a promise has the wrong form: nothing waits for it. A function that returns a promise is told so
 * by the comparisons, and an endless loop after its first `await` is nobody's to stop but the kernel's Stop.
 *
 * @example
 * import { exercise, expectSame, judge } from "gradus";
 * const task = exercise<unknown>({
 *   stub: 0,
 *   checks: [{ says: "it is 42", test: (n) => expectSame(n, 42) }],
 *   wrong: [],
 *   hints: ["Ask a computer.", "Wait.", "42"],
 * });
 * const limitTime = <Result>(act: () => Result): Result => act();
 * for (const answer of [0, 7, 42]) console.log(answer, judge(task, answer, { limitTime }).outcome);
 * // 0 not yet
 * // 7 not solved
 * // 42 solved
 */
export function judge(
  exercise: Exercise<unknown>,
  answer: unknown,
  { limitTime }: { readonly limitTime: LimitTime },
): Judgement {
  const task = { exercise, limitTime };
  const likeStub = compareWithStub(task, answer);
  if (likeStub === "endless")
    return { outcome: "not solved", findings: [], formFault: endlessNote(lookTimeLimitMs) };
  if (likeStub === true) return { outcome: "not yet", findings: [] };
  const trial = tryOut(task, answer);
  const { findings, formFault } = trial;
  if (formFault === undefined && findings.every(({ result }) => result === "holds"))
    return { outcome: "solved", findings };
  if (likeStub === undefined && equalTrials(trial, stubTrial(task)) && !isKnown(task, answer))
    return { outcome: "not yet", findings };
  const diagnosis = diagnose(task, answer, trial);
  return {
    outcome: "not solved",
    findings,
    ...(formFault === undefined ? {} : { formFault }),
    ...(diagnosis === undefined ? {} : { diagnosis }),
  };
}

function compareWithStub({ exercise, limitTime }: Task, answer: unknown): boolean | undefined | "endless" {
  try {
    return limitTime(() => sameData(answer, exercise.stub), lookTimeLimitMs);
  } catch (error) {
    return isTimeLimit(error) ? "endless" : undefined;
  }
}
