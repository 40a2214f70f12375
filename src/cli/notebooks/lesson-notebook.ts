import * as path from "node:path";
import { notebookMetadata } from "../../kernel/kernelspec.js";
import { mapOutsideFences, numberCitations } from "./citations.js";
import { notebooksFolder } from "../project.js";
import { type Edition, editionCells, editionFolders } from "./editions.js";
import { type Glossary, linkTerms, readGlossary } from "./glossary.js";
import type { Cell, Notebook } from "./ipynb.js";
import type { LessonSource, SourceCell } from "./myst.js";
import { type Options, parseMinutes, without, words } from "./options.js";

/**
 * A lesson's notebook in one edition, not yet executed: a header made from the front matter, then the cells,
 * the first bold occurrence of each term linked to the glossary. `folder` is where it will lie; its links to files lead there from the folder of the learners' notebooks.
 */
export function lessonNotebook(
  lesson: LessonSource,
  lessons: readonly LessonSource[],
  {
    edition = "learner",
    folder = editionFolder(edition),
    glossary = readGlossary(),
  }: { edition?: Edition; folder?: string; glossary?: Glossary } = {},
): Notebook {
  const toNotebooks = path.relative(folder, notebooksFolder).replaceAll(path.sep, "/");
  const linked = linkTerms(numberCitations(editionCells(lesson.parts, edition)), glossary);
  const cells = linked.cells.map((cell) =>
    cell.kind === "markdown" && toNotebooks !== ""
      ? { ...cell, text: moveLinks(cell.text, toNotebooks) }
      : cell,
  );
  const header: Cell = {
    cell_type: "markdown",
    id: `${lesson.id}-header`,
    source: headerText(lesson, lessons, edition),
    metadata: { slideshow: { slide_type: "slide" } },
  };
  return {
    cells: [header, ...cells.map((cell, index) => toCell(cell, lesson, index))],
    metadata: {
      ...notebookMetadata(),
      gradus: {
        id: lesson.id,
        source: path.posix.join(toNotebooks, "source", path.basename(lesson.file)),
        edition,
        lang: lesson.lang,
        minutes: lesson.minutes,
      },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

const editionNotes: Readonly<Record<Edition, string>> = {
  learner: "",
  workshop: " **Workshop edition:** most cells are filled in; your tasks are marked with minutes.",
  solutions: " **Solutions:** every exercise is solved. Try the learner's notebook first.",
};

function editionFolder(edition: Edition): string {
  return path.join(notebooksFolder, editionFolders[edition]);
}

/** Points relative links, except those to other lessons, at the folder of the learners' notebooks. */
function moveLinks(text: string, toNotebooks: string): string {
  return mapOutsideFences(text, (line) =>
    line.replace(
      /(\]\(|\b(?:src|href)=")(?![a-z][a-z\d+.-]*:|#|\/|[^)"\s]*\.ipynb)([^)"\s]+)/gi,
      (_, before: string, target: string) => `${before}${path.posix.join(toNotebooks, target)}`,
    ),
  );
}

function headerText(lesson: LessonSource, lessons: readonly LessonSource[], edition: Edition): string {
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
      (needs.length === 0 ? "**Before it:** nothing." : `**Before it:** ${needs.join(", ")}.`) +
      editionNotes[edition],
  ].join("\n");
}

/** `notebooks/source/02-perceptron-gates.md` becomes `02-perceptron-gates.ipynb`. */
export function notebookName(lesson: Pick<LessonSource, "file">): string {
  return `${path.basename(lesson.file, ".md")}.ipynb`;
}

function toCell(cell: SourceCell, lesson: LessonSource, index: number): Cell {
  const id = `${lesson.id}-${String(index + 1).padStart(3, "0")}`;
  const metadata = cellMetadata(cell);
  return cell.kind === "markdown"
    ? { cell_type: "markdown", id, source: cell.text, metadata }
    : { cell_type: "code", id, source: cell.text, metadata, execution_count: null, outputs: [] };
}

function cellMetadata(cell: SourceCell): Record<string, unknown> {
  const { tags, ...rest } = without(cell.options, "slide");
  const own = Object.entries(rest).map(([key, value]): [string, unknown] => [key, readOption(key, value)]);
  return {
    ...(tags === undefined ? {} : { tags: words(tags) }),
    // A check is for running, not for reading: it would give the answer away. JupyterLab folds it.
    ...(rest["check"] === undefined ? {} : { jupyter: { source_hidden: true } }),
    ...(slideType(cell) === "-" ? {} : { slideshow: { slide_type: slideType(cell) } }),
    ...(own.length === 0 ? {} : { gradus: Object.fromEntries(own) }),
  };
}

function readOption(key: string, value: string): unknown {
  if (key === "covers" || key === "corrects" || key === "edition") return words(value);
  return key === "minutes" ? parseMinutes(value, "minutes") : value;
}

/** Where a cell stands in a slide show, in the words of nbconvert and RISE; `-`, their default, continues the slide before it. */
function slideType({ kind, text, options }: { kind: string; text: string; options: Options }): string {
  const wanted = options["slide"];
  if (wanted !== undefined) return wanted === "continue" ? "-" : wanted;
  if (options["figure"] !== undefined) return "subslide";
  if (kind === "code") return "-";
  return /^## /.test(text) ? "slide" : /^### /.test(text) ? "subslide" : "-";
}
