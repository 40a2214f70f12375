import * as fs from "node:fs";
import * as path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Notebook, readNotebook } from "./ipynb.js";
import { lessonNotebook, notebookName } from "./lesson-notebook.js";
import { notebookFile } from "./lessons.js";
import type { LessonSource } from "./myst.js";
import { typeCheckLessons } from "./type-check.js";

/** Everything that is wrong with the committed notebooks, a line each; empty when all is well. Executes nothing. */
export function checkLessons(chosen: readonly LessonSource[], lessons: readonly LessonSource[]): string[] {
  const faults = typeCheckLessons(chosen).map(
    ({ file, line, text }) => `${path.relative(process.cwd(), file)}:${line}: ${text}`,
  );
  for (const lesson of chosen) {
    const name = notebookName(lesson);
    if (!fs.existsSync(notebookFile(lesson))) {
      faults.push(`${name}: not built yet. Run: gradus notebooks build ${lesson.id}`);
      continue;
    }
    const notebook = readNotebook(notebookFile(lesson));
    faults.push(
      ...sourceFaults(notebook, lessonNotebook(lesson, lessons), lesson),
      ...outputFaults(notebook, name),
    );
  }
  return faults;
}

/** Where a committed notebook differs from what its source makes today. */
export function sourceFaults(notebook: Notebook, wanted: Notebook, lesson: LessonSource): string[] {
  const name = notebookName(lesson);
  const rebuild = `Rebuild it: gradus notebooks build ${lesson.id}`;
  if (notebook.cells.length !== wanted.cells.length) {
    return [
      `${name}: has ${notebook.cells.length} cells, its source makes ${wanted.cells.length}. ${rebuild}`,
    ];
  }
  const differing = wanted.cells.findIndex((cell, index) => {
    const { cell_type, source, metadata, id } = notebook.cells[index]!;
    return (
      cell.cell_type !== cell_type ||
      cell.source !== source ||
      cell.id !== id ||
      !isDeepStrictEqual(cell.metadata, metadata)
    );
  });
  if (differing >= 0) return [`${name}: cell ${differing + 1} differs from the source. ${rebuild}`];
  return isDeepStrictEqual(notebook.metadata, wanted.metadata)
    ? []
    : [`${name}: its metadata differ from the source. ${rebuild}`];
}

/** Cells of a notebook that were not run, that failed, or that wrote to stderr. */
export function outputFaults(notebook: Notebook, name: string): string[] {
  const faults: string[] = [];
  notebook.cells.forEach((cell, index) => {
    if (cell.cell_type !== "code") return;
    const where = `${name}: cell ${index + 1}`;
    if (cell.execution_count === null || cell.execution_count === undefined)
      faults.push(`${where} was not run.`);
    for (const output of cell.outputs ?? []) {
      if (output.output_type === "error")
        faults.push(`${where} ends in an error: ${output.ename}: ${output.evalue}`);
      if (output.output_type === "stream" && output.name === "stderr") {
        faults.push(`${where} wrote to stderr: ${output.text.trim().split("\n")[0]}`);
      }
    }
  });
  return faults;
}
