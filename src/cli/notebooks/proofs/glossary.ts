import * as fs from "node:fs";
import * as path from "node:path";
import { foldName, type Glossary, linkTerms } from "../glossary.js";
import type { LessonSource, SourceCell } from "../myst.js";
import { lessonTexts } from "../prose.js";

const alphabet = new Intl.Collator("en");

/** What is wrong with the glossary itself: gaps, doubles, order, links to the wrong lesson. */
export function glossaryFaults(glossary: Glossary): string[] {
  const faults: string[] = [];
  const seen = new Map<string, number>();
  let before = "";
  for (const { names, korean, meaning, lessons: defining, heading, line, columns } of glossary.terms) {
    const [term = ""] = names;
    const fault = (text: string): void => void faults.push(`${glossary.file}:${line}: ${text}`);
    if (columns !== 4) {
      fault(
        `has ${columns} columns, a term has 4: English, Korean, meaning, lesson. Write \\vert for | in a formula.`,
      );
      continue;
    }
    if (term === "") fault("a line without a term.");
    if (!/\p{Script=Hangul}/u.test(korean)) fault(`"${term}" has no Korean.`);
    if (meaning === "") fault(`"${term}" has no meaning.`);
    if (defining.length === 0) fault(`"${term}" names no lesson that defines it, like 02.`);
    for (const name of names) {
      const first = seen.get(foldName(name));
      if (first !== undefined) fault(`"${name}" stands in line ${first} already.`);
      else seen.set(foldName(name), line);
    }
    if (term.charAt(0).toUpperCase() !== heading) fault(`"${term}" stands under the letter ${heading}.`);
    if (alphabet.compare(before, term) > 0) fault(`"${term}" comes before "${before}" in the alphabet.`);
    before = term;
    for (const { id, target } of defining)
      if (target !== undefined && !isNotebookOf(id, target, glossary.file))
        fault(`"${term}" links lesson ${id} to ${target}, which is no notebook of that lesson.`);
  }
  return faults;
}

function isNotebookOf(id: string, target: string, glossaryFile: string): boolean {
  const source = path.join(path.dirname(glossaryFile), "source", target.replace(/\.ipynb$/, ".md"));
  return target.startsWith(`${id}-`) && target.endsWith(".ipynb") && fs.existsSync(source);
}

/** Terms that the glossary says are defined in this lesson, and that are bold in none of its texts, predictions and quizzes included. */
export function undefinedTerms(lesson: LessonSource, glossary: Glossary): string[] {
  const texts = lessonTexts(lesson).map(({ markdown }): SourceCell => ({
    kind: "markdown",
    text: markdown,
    line: 1,
    options: {},
  }));
  const { linked } = linkTerms(texts, glossary);
  return glossary.terms.flatMap((term) =>
    term.lessons.some(({ id }) => id === lesson.id) && !linked.has(term)
      ? [
          `${glossary.file}:${term.line}: "${term.names[0]}" is said to be defined in lesson ${lesson.id}, and is bold nowhere in it.`,
        ]
      : [],
  );
}
