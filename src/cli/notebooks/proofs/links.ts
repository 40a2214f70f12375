import * as fs from "node:fs";
import * as path from "node:path";
import { notebooksFolder } from "../../project.js";
import { anchorOf, findCitations, outsideFences } from "../citations.js";
import { editionCells } from "../editions.js";
import { notebookName } from "../lesson-notebook.js";
import type { LessonSource } from "../myst.js";
import { lessonTexts, placeOf, type Text, withoutMath } from "../prose.js";

const link = /(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\(\s*<?([^)\s>]*)>?(?:\s+"[^"]*")?\s*\)/g;
const htmlTarget = /<(a|img)\b[^>]*?\b(?:href|src)\s*=\s*"([^"]*)"[^>]*>/gi;
const lessonOf = /^(\d\d)-[\w-]+\.ipynb$/;

export interface LinkReport {
  readonly faults: readonly string[];
  /** Links to lessons that nobody has written yet. */
  readonly waiting: number;
}

/** Links to lessons, files and headings that are not there; images without a text alternative. Addresses of the web are not visited. */
export function linkFaults(
  lesson: LessonSource,
  lessons: readonly LessonSource[],
  folder: string = notebooksFolder,
): LinkReport {
  const faults: string[] = [];
  let waiting = 0;
  for (const text of lessonTexts(lesson)) {
    for (const { target, alt, offset } of targetsIn(text)) {
      const where = placeOf(text, offset, text.markdown);
      if (alt?.trim() === "") faults.push(`${where}: the image ${target} has no text alternative.`);
      if (/^(https?:\/\/[^/]|mailto:)/.test(target)) continue;
      if (target === "" || /^[a-z][a-z\d+.-]*:/i.test(target) || path.posix.isAbsolute(target)) {
        faults.push(`${where}: the link "${target}" is neither https nor relative.`);
        continue;
      }
      const [file, anchor] = target.split("#", 2) as [string, string?];
      const other = file === "" ? lesson : lessons.find((each) => notebookName(each) === file);
      if (other !== undefined) {
        if (anchor !== undefined && !anchorsOf(other).has(decodeURI(anchor)))
          faults.push(`${where}: ${notebookName(other)} has no heading for #${anchor}.`);
        continue;
      }
      const number = lessonOf.exec(file)?.[1];
      if (number !== undefined && !lessons.some(({ id }) => id === number)) waiting++;
      else if (!fs.existsSync(path.join(folder, decodeURI(file))))
        faults.push(`${where}: the link ${target} leads to no file.`);
    }
  }
  return { faults, waiting };
}

function targetsIn(text: Text): { target: string; alt?: string; offset: number }[] {
  const markdown = withoutMath(text.markdown);
  const marked = [...markdown.matchAll(link)].map(({ 1: image, 2: alt, 3: target, index }) => ({
    target: target!,
    ...(image === "!" ? { alt: alt! } : {}),
    offset: index,
  }));
  const tagged = [...markdown.matchAll(htmlTarget)].map(({ 0: tag, 1: name, 2: target, index }) => ({
    target: target!,
    ...(name!.toLowerCase() === "img" ? { alt: /\balt\s*=\s*"([^"]*)"/i.exec(tag)?.[1] ?? "" } : {}),
    offset: index,
  }));
  return [...marked, ...tagged];
}

function anchorsOf(lesson: LessonSource): Set<string> {
  const anchors = new Set([anchorOf(`${lesson.id} · ${lesson.title}`)]);
  for (const cell of lesson.cells) {
    if (cell.kind !== "markdown") continue;
    for (const line of outsideFences(cell.text)) {
      const found = /^#{1,6}\s+(.*)$/.exec(line);
      if (found) anchors.add(anchorOf(found[1]!));
    }
  }
  return anchors;
}

/** References that are cited and not listed, listed and not cited, or listed twice. */
export function citationFaults(lesson: LessonSource): string[] {
  const { listed, cited, doubled } = findCitations(editionCells(lesson.parts, "solutions"));
  return [
    ...[...cited].flatMap(([key, cell]) =>
      listed.has(key)
        ? []
        : [`${lesson.file}:${cell.line}: [^${key}] is cited, and no line "[^${key}]: ..." lists it.`],
    ),
    ...[...listed].flatMap(([key, { cell }]) =>
      cited.has(key) ? [] : [`${lesson.file}:${cell.line}: the reference ${key} is listed and never cited.`],
    ),
    ...doubled.map((key) => `${lesson.file}:1: the reference ${key} is listed twice.`),
  ];
}
