import * as fs from "node:fs";
import * as path from "node:path";
import { notebookText, writeWhole } from "./notebooks/ipynb.js";
import { lessonNotebook } from "./notebooks/lesson-notebook.js";
import { notebookFile, readChosenLessons } from "./notebooks/lessons.js";
import { errorCode, Problem } from "./problem.js";

export const resetHelp = `gradus reset NAME [more names]

Puts a lesson's notebook back to its beginning, made fresh from its source. What you wrote is kept
beside it, in a copy whose name ends in date and time. Progress is not touched.

A name is a lesson's number or file name: 03, 03-xor.`;

export async function resetCommand(args: readonly string[]): Promise<number> {
  const option = args.find((arg) => arg.startsWith("-"));
  if (option !== undefined)
    throw new Problem(`gradus reset has no option ${option}. See: gradus reset --help`);
  if (args.length === 0) throw new Problem("gradus reset takes the lessons to reset, like: gradus reset 03");
  const { chosen, lessons } = readChosenLessons(args);
  for (const lesson of new Set(chosen)) {
    const file = notebookFile(lesson);
    const kept = resetFile(file, notebookText(lessonNotebook(lesson, lessons)), new Date());
    const name = path.basename(file);
    console.log(
      kept === undefined
        ? `${name} is as new.`
        : `${name} is as new. Your copy: ${path.relative(process.cwd(), kept)}`,
    );
  }
  console.log("Is it open in JupyterLab? Then choose: File, Reload Notebook from Disk.");
  return Promise.resolve(0);
}

/**
 * Replaces a file by a new text and returns the name under which the old one is kept, or undefined when there was none or it
 * was equal. The old content gets its second name before the first one is given away, so a stop in between loses nothing;
 * a copy made earlier is never overwritten.
 */
export function resetFile(file: string, text: string, now: Date): string | undefined {
  let old: string | undefined;
  try {
    old = fs.readFileSync(file, "utf8");
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw new Problem(`${file} can't be read (${errorCode(error)}).`);
  }
  const kept = old === undefined || old === text ? undefined : keepCopy(file, now);
  if (old !== text) writeWhole(file, text);
  return kept;
}

function keepCopy(file: string, now: Date): string {
  const { dir, name, ext } = path.parse(file);
  const two = (part: number): string => String(part).padStart(2, "0");
  const date = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("-");
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join("");
  for (let count = 1; ; count++) {
    const copy = path.join(dir, `${name}-${date}-${time}${count === 1 ? "" : `-${count}`}${ext}`);
    try {
      giveSecondName(file, copy);
      return copy;
    } catch (error) {
      if (errorCode(error) !== "EEXIST")
        throw new Problem(
          `Your copy ${copy} could not be made (${errorCode(error)}), so ${path.basename(file)} was left as it is.`,
        );
    }
  }
}

/** A hard link is made at once or not at all; a disk without links gets a copy, which never replaces a file either. */
function giveSecondName(file: string, copy: string): void {
  try {
    fs.linkSync(file, copy);
  } catch (error) {
    if (errorCode(error) === "EEXIST") throw error;
    fs.copyFileSync(file, copy, fs.constants.COPYFILE_EXCL);
  }
}
