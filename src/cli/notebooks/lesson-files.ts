import * as fs from "node:fs";
import * as path from "node:path";
import type { LessonData } from "../../exercises/lesson-data.js";
import { findCitations, headingAboveList, numberIn } from "./citations.js";
import { editionCells } from "./editions.js";
import { writeWhole } from "./ipynb.js";
import { machineHalfFile, transpileMachineHalf } from "./machine-half.js";
import type { LessonSource, Part } from "./myst.js";
import { parseMinutes } from "./options.js";

/** What the running course needs of a lesson's text: titles, worked solutions, quizzes, predictions. */
export function lessonData(lesson: LessonSource): LessonData {
  const parts = <Kind extends Part["kind"]>(kind: Kind): Extract<Part, { kind: Kind }>[] =>
    lesson.parts.filter((part): part is Extract<Part, { kind: Kind }> => part.kind === kind);
  const cells = editionCells(lesson.parts, "solutions");
  const { listed } = findCitations(cells);
  const numbers = new Map([...listed.keys()].map((key, index) => [key, index + 1]));
  const heading = headingAboveList(cells);
  return {
    format: 1,
    id: lesson.id,
    title: lesson.title,
    exercises: Object.fromEntries(
      parts("exercise").map(({ id, title, options, solution, worked }) => [
        id,
        {
          title,
          minutes: parseMinutes(options["minutes"]!, id).self,
          solution: { code: solution.text, markdown: numberIn(worked.text, numbers, heading) },
        },
      ]),
    ),
    quizzes: Object.fromEntries(
      parts("quiz").map(({ id, questions }) => [
        id,
        questions.map(({ question, choices }) => ({ text: question, options: choices })),
      ]),
    ),
    predictions: Object.fromEntries(
      parts("predict").map(({ id, question, choices, why }) => [
        id,
        { text: question, options: choices, after: why },
      ]),
    ),
  };
}

/** True when a lesson is written with directives; the older lessons carry their checks in their own cells. */
export function hasDirectives(lesson: LessonSource): boolean {
  return lesson.parts.some(({ kind }) => kind !== "markdown" && kind !== "code");
}

/**
 * Writes `NN.json` and `NN.cjs` of lessons into a folder; a lesson without directives has none.
 * Throws a `Problem` when a machine half can't be translated.
 */
export function writeLessonFiles(lessons: readonly LessonSource[], folder: string): void {
  fs.mkdirSync(folder, { recursive: true });
  for (const lesson of lessons) {
    const machineHalf = machineHalfFile(lesson);
    const files = {
      json: hasDirectives(lesson) ? JSON.stringify(lessonData(lesson)) : undefined,
      cjs: fs.existsSync(machineHalf)
        ? transpileMachineHalf(fs.readFileSync(machineHalf, "utf8"), machineHalf)
        : undefined,
    };
    for (const [ending, text] of Object.entries(files)) {
      const file = path.join(folder, `${lesson.id}.${ending}`);
      if (text === undefined) fs.rmSync(file, { force: true });
      else writeWhole(file, text);
    }
  }
}
