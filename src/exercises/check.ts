import { display } from "../display/index.js";
import { card, type Part } from "./card.js";
import { currentCourse, findExercise, titleOf } from "./course.js";
import type { Exercise } from "./exercise.js";
import { judge, type Judgement } from "./judge.js";
import { withExercise } from "./progress.js";
import { record } from "./record.js";
import type { Finding } from "./trial.js";

let last: string | undefined;

/** The exercise that was checked last in this kernel. */
export function lastChecked(): string | undefined {
  return last;
}

/**
 * Tries your answer to an exercise and shows a card: what holds already, and the first thing that does not, with the
 * input, what was expected and what came. Run it as often as you like.
 *
 * It throws for an id that does not exist, never for an answer: what the answer throws is on the card, and a loop that
 * never ends is stopped after some seconds.
 *
 * @throws RangeError when there is no such exercise; the error names ids like it.
 *
 * @example
 * import { check } from "gradus";
 * const gate = (a: number, b: number): number => (a + b > 1.5 ? 1 : 0);
 * check("02-and-gate", gate);
 * // AND: solved
 * // Your gate is AND.
 * //   [x] the gate gives 0 0 0 1
 * // To compare: solution("02-and-gate") shows a worked solution.
 */
export function check(id: string, answer: unknown): void {
  const exercise = findExercise("check", id);
  last = id;
  const course = currentCourse();
  const judgement = judge(exercise, answer, course);
  const trouble = judgement.outcome === "not yet" ? undefined : recordJudgement(id, judgement, course.now());
  display(
    card(
      judgementCard({
        id,
        title: titleOf(id),
        exercise,
        judgement,
        ...(trouble === undefined ? {} : { trouble }),
      }),
    ),
  );
}

function recordJudgement(id: string, { outcome, diagnosis }: Judgement, now: Date): string | undefined {
  return record((progress) =>
    withExercise(progress, id, (before) => {
      if (before.solved !== undefined) return before;
      const solved = outcome === "solved" ? { solved: now.toISOString() } : {};
      const misconceptions =
        diagnosis?.sure !== true
          ? before.misconceptions
          : {
              ...before.misconceptions,
              [diagnosis.means]: (before.misconceptions[diagnosis.means] ?? 0) + 1,
            };
      return { ...before, tries: before.tries + 1, misconceptions, ...solved };
    }),
  );
}

interface JudgementCard {
  readonly id: string;
  readonly title: string;
  readonly exercise: Pick<Exercise<unknown>, "praise">;
  readonly judgement: Judgement;
  /** Why progress could not be kept. */
  readonly trouble?: string;
}

/** What a learner reads about a judgement. */
export function judgementCard(of: JudgementCard): Parameters<typeof card>[0] {
  const { id, title, exercise, judgement, trouble } = of;
  const end: Part[] = trouble === undefined ? [] : [{ text: trouble, label: "Note." }];
  switch (judgement.outcome) {
    case "not yet":
      return {
        mood: "open",
        title: headline(title, "waiting for your answer"),
        parts: [{ text: openText(judgement) }, ...end],
      };
    case "solved":
      return {
        mood: "right",
        title: headline(title, "solved"),
        parts: [
          ...(exercise.praise === undefined ? [] : [{ text: exercise.praise }]),
          { marks: judgement.findings.map(({ check }) => ({ mark: "holds", text: check })) },
          { text: `To compare: \`solution("${id}")\` shows a worked solution.` },
          ...end,
        ],
      };
    case "not solved":
      return {
        mood: "wrong",
        title: headline(title, "not right yet"),
        parts: [...faultParts(judgement), ...hintParts(id, judgement), ...end],
      };
  }
}

function openText({ findings }: Judgement): string {
  return findings.length === 0
    ? "Write your answer in the cell above this card and run it again."
    : "It still behaves as it did before you began. Change the code in the cell above this card and run it again.";
}

function faultParts({ formFault, findings }: Judgement): Part[] {
  if (formFault !== undefined) return [{ text: `The form isn't right yet: ${escapeMarks(formFault)}` }];
  const first = findings.find(({ result }) => result !== "holds");
  const marks = findings.map(({ check, result }) => {
    if (result === "holds") return { mark: "holds" as const, text: check };
    if (result === "not run") return { mark: "open" as const, text: check };
    // In words, too: a cross beside "the sum is right" says both.
    return { mark: "fails" as const, text: `not yet: ${check}` };
  });
  return [{ marks }, ...(first === undefined ? [] : findingParts(first, findings))];
}

function findingParts(first: Finding, findings: readonly Finding[]): Part[] {
  const { on, expected, got, note } = first;
  const rows = (
    [
      ["Where", on],
      ["Expected", expected],
      ["Got", got],
    ] as const
  ).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const several = findings.filter(({ result }) => result !== "holds").length > 1;
  const about: Part[] = several ? [{ text: `This should hold first: ${first.check}.` }] : [];
  const words: Part[] = note === undefined ? [] : [{ text: escapeMarks(note) }];
  return [...about, ...(rows.length === 0 ? [] : [{ rows }]), ...words];
}

function hintParts(id: string, { diagnosis }: Judgement): Part[] {
  if (diagnosis === undefined) return [{ text: `Stuck? \`hint("${id}")\` gives a hint.` }];
  const label = diagnosis.sure ? "Hint." : "Perhaps:";
  return [{ label, text: diagnosis.hint }, { text: `More help: \`hint("${id}")\`` }];
}

/** Words that may hold a value are no Markdown. */
function escapeMarks(text: string): string {
  return text.replace(/[\\`*_$]/g, "\\$&");
}

/** A title that ends in a sign of its own needs no colon. */
function headline(title: string, state: string): string {
  return /[?.]$/.test(title)
    ? `${title} ${state.charAt(0).toUpperCase()}${state.slice(1)}`
    : `${title}: ${state}`;
}
