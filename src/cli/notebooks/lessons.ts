import * as fs from "node:fs";
import * as path from "node:path";
import { Problem } from "../problem.js";
import { notebooksFolder, sourcesFolder } from "../project.js";
import { notebookName } from "./lesson-notebook.js";
import { type LessonSource, parseLesson } from "./myst.js";

/** All lesson sources, in the order of their numbers. */
export function readLessons(folder: string = sourcesFolder): LessonSource[] {
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => parseLesson(fs.readFileSync(path.join(folder, name), "utf8"), path.join(folder, name)));
}

/** The lessons that the names mean: `02`, `02-perceptron-gates` or a path; all of them when none is named. */
export function chooseLessons(
  lessons: readonly LessonSource[],
  names: readonly string[],
): readonly LessonSource[] {
  if (names.length === 0) return lessons;
  return names.map((name) => {
    const bare = path.basename(name).replace(/\.(md|ipynb)$/, "");
    const lesson = lessons.find((each) => each.id === bare || path.basename(each.file, ".md") === bare);
    if (lesson === undefined) {
      const known = lessons.map((each) => path.basename(each.file, ".md")).join(", ");
      throw new Problem(`There is no lesson "${name}". The lessons are: ${known}.`);
    }
    return lesson;
  });
}

/** Where a lesson's notebook lies. */
export function notebookFile(lesson: LessonSource): string {
  return path.join(notebooksFolder, notebookName(lesson));
}
