import { outsideFences } from "../citations.js";
import type { LessonSource } from "../myst.js";

/** A heading goes at most one level deeper than the one before; the title, level 1, is made from the front matter. */
export function headingFaults(lesson: LessonSource): string[] {
  const faults: string[] = [];
  let before = 1;
  for (const cell of lesson.cells) {
    if (cell.kind !== "markdown") continue;
    for (const line of outsideFences(cell.text)) {
      const found = /^(#{1,6})\s+(.*)$/.exec(line);
      if (!found) continue;
      const level = found[1]!.length;
      const where = `${lesson.file}:${cell.line + cell.text.split("\n").indexOf(line)}`;
      if (level === 1)
        faults.push(
          `${where}: "${found[2]}" is a heading of level 1; the front matter's title is the only one.`,
        );
      else if (level > before + 1)
        faults.push(`${where}: "${found[2]}" is a heading of level ${level} after one of level ${before}.`);
      before = level;
    }
  }
  return faults;
}
