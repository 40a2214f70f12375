import type { LimitTime } from "../../../exercises/course.js";
import type { Exercise } from "../../../exercises/exercise.js";
import { judge } from "../../../exercises/judge.js";
import { equalTrials, tryOut } from "../../../exercises/trial.js";

/**
 * What an exercise does with its own stub and its known wrong answers, where it does not do what it should: the stub is "not yet";
 * there are four wrong answers or more; each is refused and meets its own hint; no two are alike in everything that
 * the checks see, for then a learner who errs in the second way reads about the first.
 */
export function mutationFaults(
  id: string,
  exercise: Exercise<unknown>,
  { limitTime }: { readonly limitTime: LimitTime },
): string[] {
  const { wrong } = exercise;
  const task = { exercise, limitTime };
  const faults: string[] = [];
  const nameOf = (index: number): string => `wrong answer ${index + 1} (${wrong[index]!.means})`;
  if (wrong.length < 4) faults.push(`${id}: has ${wrong.length} known wrong answers, needs four.`);
  const ofStub = judge(exercise, exercise.stub, { limitTime }).outcome;
  if (ofStub !== "not yet") faults.push(`${id}: its stub is judged "${ofStub}" in place of "not yet".`);
  const { findings, formFault } = tryOut(task, exercise.stub);
  if (formFault === undefined && findings.every(({ result }) => result === "holds"))
    faults.push(`${id}: its stub passes every check, so it is an answer.`);
  wrong.forEach(({ answer, hint }, index) => {
    const { outcome, diagnosis } = judge(exercise, answer, { limitTime });
    if (outcome !== "not solved") faults.push(`${id}: ${nameOf(index)} is judged "${outcome}".`);
    else if (diagnosis?.hint !== hint)
      faults.push(`${id}: ${nameOf(index)} gets the hint of "${diagnosis?.means ?? "nobody"}".`);
    const seenBy = wrong.findIndex((each) => each.when?.(answer) === true);
    if (wrong[index]!.when !== undefined && wrong[index]!.when(answer) !== true)
      faults.push(`${id}: the "when" of ${nameOf(index)} does not know its own answer.`);
    else if (seenBy >= 0 && seenBy !== index && wrong[seenBy]!.hint !== hint)
      faults.push(`${id}: ${nameOf(index)} is known to the "when" of ${nameOf(seenBy)}.`);
    if (wrong[index]!.when !== undefined) return;
    const trial = tryOut(task, answer);
    const twin = wrong.findIndex(
      (each, other) =>
        other < index &&
        each.when === undefined &&
        each.hint !== hint &&
        equalTrials(trial, tryOut(task, each.answer)),
    );
    if (twin >= 0)
      faults.push(`${id}: no check tells ${nameOf(index)} from ${nameOf(twin)}; give one of them a "when".`);
  });
  return faults;
}
