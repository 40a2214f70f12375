import * as fs from "node:fs";
import * as path from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Exercises } from "../../exercises/exercise.js";
import { Problem } from "../problem.js";
import { shownCells, shownExercises } from "./editions.js";
import { missingExercises } from "./exercise-numbers.js";
import { readGlossary } from "./glossary.js";
import { type Notebook, readNotebook } from "./ipynb.js";
import { hasDirectives } from "./lesson-files.js";
import { lessonNotebook, notebookName } from "./lesson-notebook.js";
import { notebookFile } from "./lessons.js";
import { readMachineHalf } from "./machine-half.js";
import type { LessonSource } from "./myst.js";
import { exerciseTexts, lessonTexts } from "./prose.js";
import { coverageFaults, readDutyTables, waitingDuties } from "./proofs/coverage.js";
import { figureFaults, longTitles } from "./proofs/figures.js";
import { glossaryFaults, undefinedTerms } from "./proofs/glossary.js";
import { exerciseFaults, goalFaults } from "./proofs/goals.js";
import { headingFaults } from "./proofs/headings.js";
import { citationFaults, linkFaults } from "./proofs/links.js";
import { loadKatex, mathFaults } from "./proofs/math.js";
import { minuteFaults } from "./proofs/minutes.js";
import { secondKernelFaults } from "./proofs/second-kernel.js";
import { loadSpeller, spellingFaults } from "./proofs/spelling.js";
import { longSentences, voiceFaults } from "./proofs/voice.js";
import { typeCheckLessons } from "./type-check.js";

export interface CheckReport {
  /** What is wrong, a line each; empty when all is well. */
  readonly faults: readonly string[];
  /** What a writer may want to know. */
  readonly notes: readonly string[];
}

/** Everything that is wrong with the committed notebooks and their sources. Executes nothing. */
export async function checkLessons(
  chosen: readonly LessonSource[],
  lessons: readonly LessonSource[],
): Promise<CheckReport> {
  const types = typeCheckLessons(chosen).map(({ file, line, text }) => `${file}:${line}: ${text}`);
  const notebooks = chosen.flatMap((lesson) => notebookFaults(lesson, lessons));
  const sources = await proveSources(chosen, lessons);
  const near = (line: string): string => line.replaceAll(process.cwd() + path.sep, "");
  return {
    faults: [...types, ...notebooks, ...sources.faults].map(near),
    notes: [...chosen.flatMap(notebookNotes), ...sources.notes].map(near),
  };
}

function notebookNotes(lesson: LessonSource): string[] {
  const file = notebookFile(lesson);
  return fs.existsSync(file) ? longTitles(readNotebook(file), notebookName(lesson)) : [];
}

function notebookFaults(lesson: LessonSource, lessons: readonly LessonSource[]): string[] {
  const name = notebookName(lesson);
  if (!fs.existsSync(notebookFile(lesson)))
    return [`${name}: not built yet. Run: gradus notebooks build ${lesson.id}`];
  const notebook = readNotebook(notebookFile(lesson));
  return [
    ...sourceFaults(notebook, lessonNotebook(lesson, lessons), lesson),
    ...outputFaults(notebook, name),
    ...standInFaults(notebook, lesson),
    ...figureFaults(notebook, name),
  ];
}

/**
 * Proves the sources alone: coverage, errata, goals, exercises, minutes, links, references, formulas, headings, spelling,
 * voice; and the glossary, against the chosen lessons.
 * Lessons without directives are older than these proofs and are left out.
 */
export async function proveSources(
  chosen: readonly LessonSource[],
  lessons: readonly LessonSource[],
): Promise<CheckReport> {
  const faults: string[] = [];
  const notes: string[] = [];
  const tables = readDutyTables();
  const katex = loadKatex();
  const knows = loadSpeller();
  if (katex === undefined) notes.push("Formulas were not checked: katex is not installed (npm install).");
  if (knows === undefined)
    notes.push("Spelling was not checked: dictionary-en is not installed (npm install).");
  const gradus: unknown = await import("../../index.js");
  const glossary = readGlossary();
  faults.push(...glossaryFaults(glossary));
  let long = 0;
  let waitingLinks = 0;
  for (const lesson of chosen) {
    if (!hasDirectives(lesson)) {
      notes.push(`${notebookName(lesson)}: written without directives, so its prose is not checked yet.`);
      continue;
    }
    const exercises = tryMachineHalf(lesson, gradus, faults);
    const texts = [...lessonTexts(lesson), ...exerciseTexts(lesson, exercises ?? {})];
    notes.push(...workshopNotes(lesson));
    const links = linkFaults(lesson, lessons);
    waitingLinks += links.waiting;
    long += longSentences(texts).length;
    faults.push(
      ...coverageFaults(lesson, tables),
      ...goalFaults(lesson),
      ...(exercises === undefined ? [] : exerciseFaults(lesson, exercises)),
      ...minuteFaults(lesson),
      ...secondKernelFaults(lesson),
      ...headingFaults(lesson),
      ...undefinedTerms(lesson, glossary),
      ...links.faults,
      ...citationFaults(lesson),
      ...(katex === undefined ? [] : mathFaults(texts, katex)),
      ...(knows === undefined || lesson.lang !== "en" ? [] : spellingFaults(texts, knows)),
      ...(lesson.lang === "en" ? voiceFaults(texts) : []),
    );
  }
  notes.push(...waitingDuties(new Set(lessons.filter(hasDirectives).map(({ id }) => id)), tables));
  if (waitingLinks > 0) notes.push(`${waitingLinks} links lead to lessons that are not written yet.`);
  if (long > 0)
    notes.push(`${long} sentences have more than 30 words. See them: gradus notebooks check --long`);
  return { faults, notes };
}

function workshopNotes({ parts, file }: LessonSource): string[] {
  return missingExercises(shownCells(parts, "workshop"), shownExercises(parts, "workshop"), file);
}

function tryMachineHalf(lesson: LessonSource, gradus: unknown, faults: string[]): Exercises | undefined {
  try {
    return readMachineHalf(lesson, gradus);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    faults.push(error.message);
    return undefined;
  }
}

/** The long sentences of lessons, with their places. */
export function longSentencesOf(lessons: readonly LessonSource[]): string[] {
  return lessons.flatMap((lesson) => longSentences(lessonTexts(lesson)));
}

/** Where a committed notebook differs from what its source makes today. Pictures of figures in its outputs are not compared. */
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

/** A lab that is handed out shows the real data; the loaders of stand-ins say on the console what they are. */
export function standInFaults(notebook: Notebook, lesson: LessonSource): string[] {
  const announced = notebook.cells.some((cell) =>
    (cell.outputs ?? []).some(
      (output) => output.output_type === "stream" && /^load\w+: SYNTHETIC data\./m.test(output.text),
    ),
  );
  return announced
    ? [
        `${notebookName(lesson)}: was made from stand-in data. Fetch the real ones (gradus data fetch) or set GRADUS_DATA, ` +
          `then: gradus notebooks build ${lesson.id}`,
      ]
    : [];
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
