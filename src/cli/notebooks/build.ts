import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { kernelName } from "../../kernel/kernelspec.js";
import type { PythonEnvironment } from "../python-environment.js";
import { describeFailure, executeNotebook } from "../run.js";
import { progressBar } from "../terminal.js";
import { type Notebook, notebookText, readNotebook, writeWhole } from "./ipynb.js";
import { lessonNotebook, notebookName } from "./lesson-notebook.js";
import { notebookFile } from "./lessons.js";
import type { LessonSource } from "./myst.js";

export interface LessonRun {
  readonly lesson: LessonSource;
  readonly seconds: number;
  /** The executed notebook, or the text of what failed. */
  readonly result: { readonly notebook: Notebook } | { readonly failure: string };
}

/** Executes lessons from their sources in a real kernel, `parallel` at a time. Writes nothing into the project. */
export async function executeLessons(
  chosen: readonly LessonSource[],
  {
    lessons,
    environment,
    kernel = kernelName,
    parallel = 2,
    label,
  }: {
    lessons: readonly LessonSource[];
    environment: PythonEnvironment;
    kernel?: string;
    parallel?: number;
    label: string;
  },
): Promise<LessonRun[]> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-notebooks-"));
  const bar = progressBar(label);
  const cellsDone = new Map<LessonSource, number>();
  const totalCells = chosen.reduce((sum, lesson) => sum + lesson.cells.length + 1, 0);
  const draw = (lesson: LessonSource, done: number): void => {
    cellsDone.set(lesson, done);
    bar.update(
      [...cellsDone.values()].reduce((a, b) => a + b, 0),
      totalCells,
      notebookName(lesson),
    );
  };
  const runOne = async (lesson: LessonSource): Promise<LessonRun> => {
    const started = Date.now();
    const fresh = lessonNotebook(lesson, lessons);
    const file = path.join(scratch, notebookName(lesson));
    fs.writeFileSync(file, notebookText(fresh));
    const { failure, outputFile } = await executeNotebook(file, {
      environment,
      kernel,
      outputFile: path.join(scratch, `executed-${notebookName(lesson)}`),
      folder: path.dirname(notebookFile(lesson)),
      timeoutS: 300,
      onCell: (done) => draw(lesson, done),
    });
    draw(lesson, lesson.cells.length + 1);
    const seconds = (Date.now() - started) / 1000;
    if (failure !== undefined)
      return { lesson, seconds, result: { failure: describeFailure(file, failure) } };
    return {
      lesson,
      seconds,
      result: { notebook: { ...readNotebook(outputFile), metadata: fresh.metadata } },
    };
  };
  try {
    const waiting = [...chosen];
    const runs: LessonRun[] = [];
    const worker = async (): Promise<void> => {
      for (let lesson = waiting.shift(); lesson !== undefined; lesson = waiting.shift())
        runs.push(await runOne(lesson));
    };
    await Promise.all(Array.from({ length: Math.min(parallel, chosen.length) }, worker));
    return chosen.map((lesson) => runs.find((run) => run.lesson === lesson)!);
  } finally {
    bar.clear();
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** Writes the executed notebook of a run into `notebooks/`; a failed run writes nothing. */
export function writeLessonNotebook({ lesson, result }: LessonRun): void {
  if ("notebook" in result) writeWhole(notebookFile(lesson), notebookText(result.notebook));
}
