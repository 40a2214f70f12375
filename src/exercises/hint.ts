import { display, jupyterDisplay } from "../display/index.js";
import { card } from "./card.js";
import { lastChecked } from "./check.js";
import { findExercise, findText, titleOf } from "./course.js";
import { withExercise } from "./progress.js";
import { record } from "./record.js";

const levels = new Map<string, number>();

/**
 * Shows the next of the three hints of an exercise, with those before it.
 *
 * @param id the exercise; without it, the one that was checked last.
 * @throws RangeError when there is no such exercise; the error names ids like it.
 *
 * @example
 * import { hint } from "gradus";
 * hint("02-and-gate");
 * // AND: hint 1 of 3
 * // 1. Add the inputs.
 * // Run hint("02-and-gate") again for the next one.
 */
export function hint(id: string | undefined = lastChecked()): void {
  if (id === undefined) return showWhich("hint");
  const { hints } = findExercise("hint", id);
  const level = Math.min((levels.get(id) ?? 0) + 1, hints.length);
  levels.set(id, level);
  const trouble = record((progress) =>
    withExercise(progress, id, (before) => (before.hints >= level ? before : { ...before, hints: level })),
  );
  const more =
    level < hints.length
      ? `Run \`hint("${id}")\` again for the next one.`
      : `That was the last one. \`solution("${id}")\` shows a worked solution.`;
  display(
    card({
      mood: "told",
      title: `${titleOf(id)}: hint ${level} of ${hints.length}`,
      parts: [
        ...hints.slice(0, level).map((text, i) => ({ label: `${i + 1}.`, text })),
        { text: more },
        ...(trouble === undefined ? [] : [{ label: "Note.", text: trouble }]),
      ],
    }),
  );
}

/**
 * Shows the worked solution of an exercise, folded: open it with a click.
 *
 * @param id the exercise; without it, the one that was checked last.
 * @throws RangeError when there is no such exercise; the error names ids like it.
 *
 * @example
 * import { solution } from "gradus";
 * solution("02-and-gate");
 * // Exercise 1: AND: worked solution
 * //
 * // const and = (a, b) => (a + b > 1.5 ? 1 : 0);
 */
export function solution(id: string | undefined = lastChecked()): void {
  if (id === undefined) return showWhich("solution");
  const { title, solution: worked } = findText("solution", "exercises", id);
  record((progress) =>
    withExercise(progress, id, (before) =>
      before.solutionSeen ? before : { ...before, solutionSeen: true },
    ),
  );
  const code = `\`\`\`typescript\n${worked.code}\n\`\`\``;
  const markdown = [code, worked.markdown].filter((part) => part !== "").join("\n\n");
  const summary = `${title}: worked solution`;
  display({
    [jupyterDisplay]: () => ({
      "text/markdown": `<details><summary>${summary.replace(/[<>&]/g, "")}</summary>\n\n${markdown}\n\n</details>`,
      "text/plain": `${summary}\n\n${[worked.code, worked.markdown].filter((part) => part !== "").join("\n\n")}`,
    }),
  });
}

function showWhich(name: "hint" | "solution"): void {
  display(
    card({
      mood: "told",
      title: "Which exercise?",
      parts: [{ text: `No exercise was checked yet. Name one, like \`${name}("02-and-weights")\`.` }],
    }),
  );
}
