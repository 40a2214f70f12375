import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { courseFiles } from "../course-files.js";
import { classPage, classPicture, classText, learnersText } from "../exercises/class-report.js";
import type { LessonData, Progress } from "../exercises/index.js";
import { lessonProgress, reportText } from "../exercises/progress-report.js";
import { progressFile, readProgressFile } from "../progress-file.js";
import { Problem } from "./problem.js";

export const progressHelp = `gradus progress [FILE]
gradus progress merge FILE... [options]

Shows which exercises are solved, as it is kept in .gradus/progress.json (or in FILE). Nothing is ever sent anywhere.

merge puts the files of a class together, for an instructor: for each exercise how many solved it, how many hints
they used, and the commonest misconception, as a table here and as an HTML page. A file that is damaged or not of
gradus is named and left out; then the exit code is 1. No file is changed.

  --output FILE   write the page here (default: class-progress.html, or the next free number)
  --help          this text

GRADUS_PROGRESS=file keeps the progress in another file, GRADUS_PROGRESS=off keeps none.`;

export async function progressCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { output: { type: "string" } },
    allowPositionals: true,
  });
  const [first, ...rest] = positionals;
  if (first === "merge") return merge(rest, values.output);
  if (values.output !== undefined) throw new Problem("--output belongs to gradus progress merge.");
  if (rest.length > 0)
    throw new Problem(
      "gradus progress shows one file. To put several together: gradus progress merge FILE...",
    );
  return show(first);
}

function show(wanted: string | undefined): number {
  const file = wanted ?? progressFile();
  if (file === undefined) throw new Problem("Progress is switched off (GRADUS_PROGRESS=off).");
  const progress = readOrProblem(file);
  if (progress === undefined) {
    if (wanted !== undefined) throw new Problem(`There is no file ${wanted}.`);
    console.log("Nothing is written down yet. Run a check in a lesson first.");
    return 0;
  }
  console.log(`${reportText(lessonProgress(progress, allTexts()))}\n\nKept in ${file}`);
  return 0;
}

function readOrProblem(file: string): Progress | undefined {
  try {
    return readProgressFile(file);
  } catch (error) {
    throw new Problem(
      `${error instanceof Error ? error.message : String(error)} The file was left as it is.`,
    );
  }
}

function allTexts(): LessonData[] {
  const course = courseFiles({ library: {} });
  return course.lessons().flatMap((lesson) => course.text(lesson) ?? []);
}

function merge(patterns: readonly string[], output: string | undefined): number {
  const files = [...new Set(patterns.flatMap(expanded))];
  if (files.length === 0) throw new Problem("Name the files to put together: gradus progress merge *.json");
  if (output !== undefined && fs.existsSync(output))
    throw new Problem(`${output} is there already and would be written over. Name another file.`);
  const good: Progress[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      const progress = readProgressFile(file);
      if (progress === undefined) problems.push(`${file} is not there.`);
      else good.push(progress);
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  const picture = classPicture(good, allTexts());
  if (good.length > 0) {
    const page = output ?? freeName("class-progress");
    fs.writeFileSync(page, classPage(picture, { problems }), { flag: "wx" });
    const again = good.length - picture.learners;
    const copies =
      again === 0
        ? ""
        : ` (${again} ${again === 1 ? "file is" : "files are"} of a learner who is counted already)`;
    console.log(`${learnersText(picture.learners)}${copies}\n\n${classText(picture)}\n\nPage: ${page}`);
  }
  for (const problem of problems) console.error(`gradus progress: ${problem} Left out.`);
  return problems.length === 0 ? 0 : 1;
}

/** `*` and `?` in a file's name, for shells that leave them to the program. */
function expanded(pattern: string): string[] {
  const { dir, base } = path.parse(pattern);
  if (!/[*?]/.test(base) || fs.existsSync(pattern)) return [pattern];
  const expression = base
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  const names = fs.existsSync(dir || ".") ? fs.readdirSync(dir || ".") : [];
  const found = names.filter((name) => new RegExp(`^${expression}$`).test(name)).sort();
  if (found.length === 0) throw new Problem(`No file is named like ${pattern}.`);
  return found.map((name) => path.join(dir, name));
}

function freeName(stem: string): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? `${stem}.html` : `${stem}-${n}.html`;
    if (!fs.existsSync(name)) return name;
  }
}
