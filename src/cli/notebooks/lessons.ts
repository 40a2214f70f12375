import * as fs from "node:fs";
import * as path from "node:path";
import { Problem } from "../problem.js";
import { notebooksFolder, sourcesFolder } from "../project.js";
import { type Edition, editionFolders } from "./editions.js";
import { notebookName } from "./lesson-notebook.js";
import { type LessonSource, parseLesson } from "./myst.js";

/**
 * All lesson sources, in the order of their numbers. A source that can't be read is thrown as a `Problem`,
 * or, with `onFault`, handed over and left out, so that one unfinished lesson does not stop work on another.
 */
export function readLessons(
  folder: string = sourcesFolder,
  { onFault }: { onFault?: (file: string, problem: Problem) => void } = {},
): LessonSource[] {
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .sort()
    .flatMap((name) => {
      const file = path.join(folder, name);
      try {
        return [parseLesson(fs.readFileSync(file, "utf8"), file)];
      } catch (error) {
        if (!(error instanceof Problem) || onFault === undefined) throw error;
        onFault(file, error);
        return [];
      }
    });
}

/** The lessons that names mean, read from a folder; an unreadable one stops the work only when it is among them. */
export function readChosenLessons(
  names: readonly string[],
  folder: string = sourcesFolder,
): { readonly chosen: readonly LessonSource[]; readonly lessons: readonly LessonSource[] } {
  const unreadable = new Map<string, Problem>();
  const lessons = readLessons(folder, { onFault: (file, problem) => unreadable.set(file, problem) });
  for (const [file, problem] of unreadable) {
    const bare = path.basename(file, ".md");
    if (
      names.length === 0 ||
      names.map(bareName).some((name) => bare === name || bare.startsWith(`${name}-`))
    )
      throw problem;
  }
  return { chosen: chooseLessons(lessons, names), lessons };
}

function bareName(name: string): string {
  return path.basename(name).replace(/\.(md|ipynb)$/, "");
}

/** The lessons that the names mean: `02`, `02-perceptron-gates` or a path; all of them when none is named. */
export function chooseLessons(
  lessons: readonly LessonSource[],
  names: readonly string[],
): readonly LessonSource[] {
  if (names.length === 0) return lessons;
  return names.map((name) => {
    const bare = bareName(name);
    const lesson = lessons.find((each) => each.id === bare || path.basename(each.file, ".md") === bare);
    if (lesson === undefined) {
      const known = lessons.map((each) => path.basename(each.file, ".md")).join(", ");
      throw new Problem(`There is no lesson "${name}". The lessons are: ${known}.`);
    }
    return lesson;
  });
}

/** Where a lesson's notebook lies in an edition. */
export function notebookFile(lesson: LessonSource, edition: Edition = "learner"): string {
  return path.join(notebooksFolder, editionFolders[edition], notebookName(lesson));
}
