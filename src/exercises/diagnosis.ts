import type { WrongAnswer } from "./exercise.js";
import { sameData } from "./same-data.js";
import {
  equalTrials,
  isTimeLimit,
  lookTimeLimitMs,
  rememberedTrial,
  similarTrials,
  type Task,
  type Trial,
  tryOut,
} from "./trial.js";

/** The misconception that fits an answer. */
export interface Diagnosis {
  readonly means: string;
  readonly hint: string;
  /** False when only the failing checks and the place are the same; then it is a guess. */
  readonly sure: boolean;
}

const wrongTrials = new WeakMap<object, Trial>();

/**
 * The first known wrong answer with the same data; else the first whose `when` knows the answer; else the first with the
 * same findings; else (not sure) the first that fails the same checks at the same place; else undefined.
 * One that has a `when` is found by it or by its data only.
 */
export function diagnose(task: Task, answer: unknown, trial: Trial): Diagnosis | undefined {
  const { wrong } = task.exercise;
  const certain = knownBySight(task, answer);
  if (certain !== undefined) return toDiagnosis(certain, true);
  const others = wrong.filter(({ when }) => when === undefined);
  const trialOf = (one: WrongAnswer<unknown>): Trial =>
    rememberedTrial(wrongTrials, one, () => tryOut(task, one.answer));
  const equal = others.find((one) => equalTrials(trial, trialOf(one)));
  if (equal !== undefined) return toDiagnosis(equal, true);
  const similar = others.find((one) => similarTrials(trial, trialOf(one)));
  return similar === undefined ? undefined : toDiagnosis(similar, false);
}

/** True when a known wrong answer has the same data or says by its `when` that this is it. */
export function isKnown(task: Task, answer: unknown): boolean {
  return knownBySight(task, answer) !== undefined;
}

function knownBySight({ exercise, limitTime }: Task, answer: unknown): WrongAnswer<unknown> | undefined {
  let stopped = false;
  const holds = (ask: () => boolean | undefined): boolean => {
    // One loop without an end is enough to wait for.
    if (stopped) return false;
    try {
      return limitTime(ask, lookTimeLimitMs) === true;
    } catch (error) {
      stopped = isTimeLimit(error);
      return false;
    }
  };
  return (
    exercise.wrong.find((one) => holds(() => sameData(answer, one.answer))) ??
    exercise.wrong.find((one) => one.when !== undefined && holds(() => one.when?.(answer)))
  );
}

function toDiagnosis({ means, hint }: WrongAnswer<unknown>, sure: boolean): Diagnosis {
  return { means, hint, sure };
}
