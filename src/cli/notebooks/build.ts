import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { kernelName } from "../../kernel/kernelspec.js";
import { inProject } from "../project.js";
import type { PythonEnvironment } from "../python-environment.js";
import { describeFailure, executeNotebook } from "../run.js";
import { progressBar } from "../terminal.js";
import type { Edition } from "./editions.js";
import { addFigureImages } from "./figure-images.js";
import { type Notebook, notebookText, readNotebook, writeWhole } from "./ipynb.js";
import { writeLessonFiles } from "./lesson-files.js";
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
    env = {},
    label,
  }: {
    lessons: readonly LessonSource[];
    environment: PythonEnvironment;
    kernel?: string;
    parallel?: number;
    /** Added to the environment of the kernels. */
    env?: Readonly<Record<string, string>>;
    label: string;
  },
): Promise<LessonRun[]> {
  // What the cells ask the running course for must be as new as the cells.
  writeLessonFiles(chosen, inProject("dist", "lessons"));
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
      environment: { ...environment, env: { ...environment.env, ...env, GRADUS_PROGRESS: "off" } },
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

/**
 * Writes the executed notebook of a run into `notebooks/`, with pictures of its figures; a failed run writes nothing.
 * Returns the figures that stayed without a picture, a line each.
 */
export async function writeLessonNotebook({ lesson, result }: LessonRun): Promise<readonly string[]> {
  if (!("notebook" in result)) return [];
  const file = notebookFile(lesson);
  const { notebook, missing } = await addFigureImages(
    result.notebook,
    fs.existsSync(file) ? { previous: readNotebook(file) } : {},
  );
  writeWhole(file, notebookText(notebook));
  return missing;
}

/** Writes an edition of lessons, not executed, into a folder; returns the files. */
export function writeEdition(
  chosen: readonly LessonSource[],
  { lessons, edition, folder }: { lessons: readonly LessonSource[]; edition: Edition; folder: string },
): string[] {
  fs.mkdirSync(folder, { recursive: true });
  return chosen.map((lesson) => {
    const file = path.join(folder, notebookName(lesson));
    writeWhole(file, notebookText(lessonNotebook(lesson, lessons, { edition, folder })));
    return file;
  });
}
