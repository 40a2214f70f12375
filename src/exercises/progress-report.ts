import { type Displayable, display, escapeHtml, jupyterDisplay } from "../display/index.js";
import { card } from "./card.js";
import { currentCourse } from "./course.js";
import type { LessonData } from "./lesson-data.js";
import { type Progress, untouched } from "./progress.js";
import { textTable } from "./text-table.js";

/** How far a learner is in one lesson. */
export interface LessonProgress {
  readonly id: string;
  readonly title: string;
  readonly exercises: readonly {
    readonly title: string;
    readonly solved: boolean;
    readonly tries: number;
    readonly hints: number;
    readonly solutionSeen: boolean;
  }[];
  /** The quizzes that were answered in code. */
  readonly quizzes: readonly { readonly id: string; readonly right: number; readonly questions: number }[];
}

/**
 * Shows how far you are: each lesson with its solved exercises. What it knows is in one file on this computer.
 *
 * @example
 * import { progress } from "gradus";
 * progress();
 * // 02 The perceptron
 * //    [....................] 0 of 1 solved
 */
export function progress(): void {
  const course = currentCourse();
  try {
    const store = course.progress();
    if (store === undefined) return showNote("Progress is switched off here (GRADUS_PROGRESS=off).");
    display(progressReport(lessonProgress(store.read(), lessonTexts())));
  } catch (error) {
    showNote(error instanceof Error ? error.message : String(error));
  }
}

function showNote(text: string): void {
  display(card({ mood: "told", title: "Your progress can't be shown", parts: [{ text }] }));
}

/** The texts of all lessons of the installed course. */
export function lessonTexts(): LessonData[] {
  const course = currentCourse();
  return course.lessons().flatMap((lesson) => course.text(lesson) ?? []);
}

/** Progress beside what there is to do, for lessons that have exercises. */
export function lessonProgress(progress: Progress, lessons: readonly LessonData[]): LessonProgress[] {
  return lessons
    .filter(({ exercises }) => Object.keys(exercises).length > 0)
    .map(({ id, title, exercises, quizzes }) => ({
      id,
      title,
      exercises: Object.entries(exercises).map(([exercise, text]) => {
        const { solved, ...rest } = progress.exercises[exercise] ?? untouched;
        const { tries, hints, solutionSeen } = rest;
        return { title: text.title, solved: solved !== undefined, tries, hints, solutionSeen };
      }),
      quizzes: Object.keys(quizzes).flatMap((quiz) => {
        const answered = progress.quizzes[quiz];
        return answered === undefined
          ? []
          : [{ id: quiz, right: answered.right, questions: answered.questions }];
      }),
    }));
}

/** The report as a table with bars, and as text. */
export function progressReport(lessons: readonly LessonProgress[]): Displayable {
  return {
    [jupyterDisplay]: () => ({ "text/html": reportHtml(lessons), "text/plain": reportText(lessons) }),
  };
}

export function reportText(lessons: readonly LessonProgress[]): string {
  if (lessons.length === 0) return "No lesson has exercises yet.";
  const blocks = lessons.map((lesson) => {
    const { done, all } = countsOf(lesson);
    const filled = Math.round((20 * done) / all);
    const head = `${lesson.id} ${lesson.title}\n   [${"#".repeat(filled)}${".".repeat(20 - filled)}] ${done} of ${all} solved${quizWords(lesson)}`;
    if (!isBegun(lesson)) return head;
    const table = textTable(
      ["", "tries", "hints", "exercise"],
      lesson.exercises.map((one) => [
        one.solved ? "[x]" : "[ ]",
        String(one.tries),
        hintWords(one),
        one.title,
      ]),
    );
    return `${head}\n${table.replace(/^/gm, "   ")}`;
  });
  return blocks.join("\n\n");
}

function reportHtml(lessons: readonly LessonProgress[]): string {
  if (lessons.length === 0) return "<p>No lesson has exercises yet.</p>";
  return `<div class="gradus-progress" style="line-height: 1.5">${lessons.map(lessonHtml).join("")}</div>`;
}

function lessonHtml(lesson: LessonProgress): string {
  const { done, all } = countsOf(lesson);
  const percent = Math.round((100 * done) / all);
  const bar =
    `<div aria-hidden="true" style="width: 240px; height: 10px; border: 1px solid #808080; border-radius: 5px; margin: 4px 0">` +
    `<div style="width: ${percent}%; height: 10px; background-color: #2e8b57; border-radius: 5px"></div></div>`;
  const head = `<p style="margin: 10px 0 0"><strong>${lesson.id} ${escapeHtml(lesson.title)}</strong><br>${done} of ${all} solved${escapeHtml(quizWords(lesson))}</p>${bar}`;
  return isBegun(lesson) ? head + exerciseTable(lesson) : head;
}

function exerciseTable({ title, exercises }: LessonProgress): string {
  const cell = `style="text-align: left; padding: 2px 14px 2px 0; vertical-align: top"`;
  const rows = exercises.map(
    (one) =>
      `<tr><th scope="row" ${cell}>${escapeHtml(one.title)}</th><td ${cell}>${one.solved ? "\u2713 solved" : one.tries > 0 ? "begun" : ""}</td>` +
      `<td ${cell}>${one.tries}</td><td ${cell}>${hintWords(one)}</td></tr>`,
  );
  const names = ["Exercise", "", "Tries", "Hints"].map((name) =>
    name === "" ? `<td ${cell}></td>` : `<th scope="col" ${cell}>${name}</th>`,
  );
  return `<table style="margin-left: 0" aria-label="Exercises of ${escapeHtml(title)}"><thead><tr>${names.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function countsOf({ exercises }: LessonProgress): { done: number; all: number } {
  return { done: exercises.filter(({ solved }) => solved).length, all: exercises.length };
}

function isBegun({ exercises, quizzes }: LessonProgress): boolean {
  return (
    quizzes.length > 0 ||
    exercises.some(({ tries, hints, solutionSeen }) => tries > 0 || hints > 0 || solutionSeen)
  );
}

function hintWords({ hints, solutionSeen }: LessonProgress["exercises"][number]): string {
  return solutionSeen ? `${hints}, solution` : String(hints);
}

function quizWords({ quizzes }: LessonProgress): string {
  if (quizzes.length === 0) return "";
  const right = quizzes.reduce((sum, quiz) => sum + quiz.right, 0);
  const all = quizzes.reduce((sum, quiz) => sum + quiz.questions, 0);
  return `, quiz ${right} of ${all} right`;
}
