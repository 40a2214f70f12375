import * as path from "node:path";
import { notebookMetadata } from "../../kernel/kernelspec.js";
import type { Cell, Notebook } from "./ipynb.js";
import type { LessonSource, SourceCell } from "./myst.js";

/** The learner's notebook of a lesson, not yet executed: a header made from the front matter, then the cells. */
export function lessonNotebook(lesson: LessonSource, lessons: readonly LessonSource[]): Notebook {
  const header: Cell = {
    cell_type: "markdown",
    id: `${lesson.id}-header`,
    source: headerText(lesson, lessons),
    metadata: {},
  };
  return {
    cells: [header, ...lesson.cells.map((cell, index) => toCell(cell, lesson, index))],
    metadata: {
      ...notebookMetadata(),
      gradus: { id: lesson.id, source: `source/${path.basename(lesson.file)}`, minutes: lesson.minutes },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

function headerText(lesson: LessonSource, lessons: readonly LessonSource[]): string {
  const needs = lesson.needs.map((id) => {
    const other = lessons.find((each) => each.id === id);
    return other === undefined ? `lesson ${id}` : `[${id} · ${other.title}](${notebookName(other)})`;
  });
  return [
    `# ${lesson.id} · ${lesson.title}`,
    "",
    "After this lesson you can",
    "",
    ...lesson.goals.map((goal) => `- ${goal.text}`),
    "",
    `**Time:** about ${lesson.minutes.self} minutes alone, ${lesson.minutes.workshop} in a workshop. ` +
      (needs.length === 0 ? "**Before it:** nothing." : `**Before it:** ${needs.join(", ")}.`),
  ].join("\n");
}

/** `notebooks/source/02-perceptron-gates.md` becomes `02-perceptron-gates.ipynb`. */
export function notebookName(lesson: Pick<LessonSource, "file">): string {
  return `${path.basename(lesson.file, ".md")}.ipynb`;
}

function toCell(cell: SourceCell, lesson: LessonSource, index: number): Cell {
  const id = `${lesson.id}-${String(index + 1).padStart(3, "0")}`;
  if (cell.kind === "markdown") return { cell_type: "markdown", id, source: cell.text, metadata: {} };
  const { tags, ...rest } = cell.options;
  return {
    cell_type: "code",
    id,
    source: cell.text,
    metadata: {
      ...(tags === undefined ? {} : { tags: words(tags) }),
      // A check is for running, not for reading: it would give the answer away. JupyterLab folds it.
      ...(rest["check"] === undefined ? {} : { jupyter: { source_hidden: true } }),
      ...(Object.keys(rest).length === 0
        ? {}
        : {
            gradus: Object.fromEntries(
              Object.entries(rest).map(([key, value]) => [
                key,
                key === "covers" || key === "corrects" ? words(value) : value,
              ]),
            ),
          }),
    },
    execution_count: null,
    outputs: [],
  };
}

function words(text: string): string[] {
  return text
    .replace(/[[\],]/g, " ")
    .split(/\s+/)
    .filter(Boolean);
}
