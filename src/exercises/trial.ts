import { type LimitTime, TimeLimitError } from "./course.js";
import type { Exercise } from "./exercise.js";
import { formFault } from "./form.js";
import { isPromise, showPair, showValue } from "./show-value.js";
import type { Found, Verdict } from "./verdict.js";

/** What one check found, in words that can be compared and printed. */
export interface Finding {
  /** What the check says. */
  readonly check: string;
  readonly result: "holds" | "fails" | "throws" | "endless" | "not run";
  readonly on?: string;
  readonly expected?: string;
  readonly got?: string;
  readonly note?: string;
}

/** All that came out when an answer was tried. */
export interface Trial {
  readonly findings: readonly Finding[];
  readonly formFault?: string;
}

export interface Task {
  readonly exercise: Exercise<unknown>;
  readonly limitTime: LimitTime;
}

const defaultTimeLimitMs = 3000;
/** How long looking at an answer may take, without trying it. */
export const lookTimeLimitMs = 1000;

/** Looks at the form, then runs all checks, each under the time limit. After an endless one the others are not run. */
export function tryOut({ exercise, limitTime }: Task, answer: unknown): Trial {
  const timeLimitMs = exercise.timeLimitMs ?? defaultTimeLimitMs;
  const limited = (check: string, act: () => Finding): Finding => {
    try {
      return limitTime(act, timeLimitMs);
    } catch (error) {
      if (isTimeLimit(error)) return { check, result: "endless", note: endlessNote(timeLimitMs) };
      return { check, result: "throws", note: `Your code stopped with an error: ${errorText(error)}` };
    }
  };
  const form = limited("form", () => {
    const fault =
      exercise.accepts === undefined ? formFault(answer, exercise.stub) : acceptFault(exercise, answer);
    return fault === undefined
      ? { check: "form", result: "holds" }
      : { check: "form", result: "fails", note: fault };
  });
  if (form.result !== "holds") return { findings: [], formFault: form.note ?? "It can't be read." };
  const findings: Finding[] = [];
  for (const { says, test } of exercise.checks.map((check) => ({
    says: check.says,
    test: check.test.bind(check),
  }))) {
    const stopped = findings.some(({ result }) => result === "endless");
    findings.push(
      stopped ? { check: says, result: "not run" } : limited(says, () => readVerdict(says, test(answer))),
    );
  }
  return { findings };
}

/** What is said about an answer that was stopped. */
export function endlessNote(timeLimitMs: number): string {
  return `It was stopped after ${timeLimitMs / 1000} seconds. Is there a loop that never ends?`;
}

/** A thrown Proxy may refuse even this question. */
export function isTimeLimit(error: unknown): boolean {
  return findOr(false, () => error instanceof TimeLimitError);
}

/** A promise is told before anything else is asked of it. */
function acceptFault(exercise: Exercise<unknown>, answer: unknown): string | undefined {
  if (isPromise(answer) && !isPromise(exercise.stub)) return formFault(answer, 0);
  return exercise.accepts?.(answer);
}

function readVerdict(check: string, verdict: Verdict): Finding {
  if (typeof verdict !== "object" || verdict === null || typeof verdict.holds !== "boolean")
    throw new TypeError(
      `the check "${check}" returns ${showValue(verdict)} in place of pass or fail({ ... })`,
    );
  if (verdict.holds) return { check, result: "holds" };
  const { on, note }: Found = verdict;
  const [hasExpected, hasGot] = ["expected" in verdict, "got" in verdict];
  const [expected, got] =
    hasExpected && hasGot
      ? showPair(verdict.expected, verdict.got)
      : [showValue(verdict.expected), showValue(verdict.got)];
  return {
    check,
    result: "fails",
    ...(on === undefined ? {} : { on }),
    ...(hasExpected ? { expected } : {}),
    ...(hasGot ? { got } : {}),
    ...(note === undefined ? {} : { note }),
  };
}

// The trials of stubs and known wrong answers never change.
const stubTrials = new WeakMap<object, Trial>();

export function stubTrial(task: Task): Trial {
  return rememberedTrial(stubTrials, task.exercise, () => tryOut(task, task.exercise.stub));
}

/** The trial kept under `key`, made on first use. */
export function rememberedTrial(trials: WeakMap<object, Trial>, key: object, make: () => Trial): Trial {
  const known = trials.get(key);
  if (known !== undefined) return known;
  const made = make();
  trials.set(key, made);
  return made;
}

export function equalTrials(a: Trial, b: Trial): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The same checks fail in the same way at the same place; values and words may differ. */
export function similarTrials(a: Trial, b: Trial): boolean {
  const outline = ({ findings, formFault: fault }: Trial): string =>
    JSON.stringify([fault, findings.map(({ result, on }) => [result, on])]);
  return outline(a) === outline(b);
}

/** What `find` gives, or `otherwise` when it throws. */
export function findOr<Result>(otherwise: Result, find: () => Result): Result {
  try {
    return find();
  } catch {
    return otherwise;
  }
}

function errorText(error: unknown): string {
  const text = findOr("an error that can't be read", () =>
    error instanceof Error ? `${error.name}: ${error.message}` : `thrown ${showValue(error)}`,
  );
  if (/Maximum call stack/.test(text))
    return "a function calls itself without end (Maximum call stack size exceeded).";
  return text.length <= 200 ? text : `${text.slice(0, 200)} ...`;
}
