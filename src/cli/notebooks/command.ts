import { Problem } from "../problem.js";
import { ensurePythonEnvironment } from "../python-environment.js";
import { register } from "../registration.js";
import { executeLessons, writeLessonNotebook } from "./build.js";
import { checkLessons, outputFaults } from "./check.js";
import { notebookName } from "./lesson-notebook.js";
import { chooseLessons, readLessons } from "./lessons.js";
import type { LessonSource } from "./myst.js";

export const notebooksHelp = `gradus notebooks build [names]
gradus notebooks check [names]

  build   makes the executed notebooks/*.ipynb from notebooks/source/*.md, in a real kernel
  check   proves that sources and notebooks agree, that every cell type-checks,
          and that no output holds an error or anything on stderr

A name is a lesson's number or file name: 02, 02-perceptron-gates. Without names: all lessons.`;

export async function notebooksCommand(args: readonly string[]): Promise<number> {
  const [action, ...names] = args;
  const unknownOption = names.find((name) => name.startsWith("-"));
  if (unknownOption !== undefined)
    throw new Problem(`gradus notebooks has no option ${unknownOption}. See: gradus notebooks --help`);
  const lessons = readLessons();
  if (action === "build") return build(chooseLessons(lessons, names), lessons);
  if (action === "check") return check(chooseLessons(lessons, names), lessons);
  throw new Problem(
    `gradus notebooks takes build or check, got "${action ?? ""}". See: gradus notebooks --help`,
  );
}

async function build(chosen: readonly LessonSource[], lessons: readonly LessonSource[]): Promise<number> {
  const environment = await ensurePythonEnvironment();
  register(environment);
  let failed = 0;
  for (const run of await executeLessons(chosen, { lessons, environment, label: "Building" })) {
    const faults =
      "failure" in run.result
        ? [run.result.failure]
        : outputFaults(run.result.notebook, notebookName(run.lesson));
    writeLessonNotebook(run);
    if (faults.length > 0) failed++;
    console.log(
      `${faults.length === 0 ? "ok  " : "FAIL"} ${notebookName(run.lesson)} ${run.seconds.toFixed(1)} s`,
    );
    for (const fault of faults) console.log(fault);
  }
  return failed === 0 ? 0 : 1;
}

function check(chosen: readonly LessonSource[], lessons: readonly LessonSource[]): number {
  const faults = checkLessons(chosen, lessons);
  for (const fault of faults) console.log(fault);
  console.log(`${chosen.length} notebooks checked, ${faults.length} faults.`);
  return faults.length === 0 ? 0 : 1;
}
