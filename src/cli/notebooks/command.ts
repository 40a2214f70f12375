import * as path from "node:path";
import { parseArgs } from "node:util";
import { Problem } from "../problem.js";
import { notebooksFolder } from "../project.js";
import { ensurePythonEnvironment } from "../python-environment.js";
import { register } from "../registration.js";
import { executeLessons, writeEdition, writeLessonNotebook } from "./build.js";
import { checkLessons, longSentencesOf, outputFaults } from "./check.js";
import { type Edition, editionFolders } from "./editions.js";
import { notebookName } from "./lesson-notebook.js";
import { readChosenLessons } from "./lessons.js";
import { writeSkeleton } from "./skeleton.js";

export const notebooksHelp = `gradus notebooks build [names]
gradus notebooks edition workshop|solutions [names] [--out FOLDER]
gradus notebooks check [names] [--long]
gradus notebooks new NAME

  build    makes the executed notebooks/*.ipynb from notebooks/source/*.md, in a real kernel
  edition  makes the notebooks of a workshop (mostly filled in) or with every exercise solved,
           not executed, in notebooks/workshop, notebooks/solutions or FOLDER
  check    proves that sources and notebooks agree: types, outputs, coverage, errata, goals, exercises,
           minutes, links, references, formulas, headings, text alternatives, spelling, voice;
           --long lists sentences of more than 30 words
  new      begins a lesson: gradus notebooks new 04-activation-functions

A name is a lesson's number or file name: 02, 02-perceptron-gates. Without names: all lessons.`;

export async function notebooksCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { out: { type: "string" }, long: { type: "boolean", default: false } },
  });
  const [action = "", ...names] = positionals;
  if (values.out !== undefined && action !== "edition")
    throw new Problem("--out belongs to gradus notebooks edition.");
  if (values.long && action !== "check") throw new Problem("--long belongs to gradus notebooks check.");
  switch (action) {
    case "build":
      return build(names);
    case "edition":
      return edition(names, values.out);
    case "check":
      return check(names, values.long);
    case "new":
      return begin(names);
    default:
      throw new Problem(
        `gradus notebooks takes build, edition, check or new, got "${action}". See: gradus notebooks --help`,
      );
  }
}

async function build(names: readonly string[]): Promise<number> {
  const { chosen, lessons } = readChosenLessons(names);
  const environment = await ensurePythonEnvironment();
  register(environment);
  let failed = 0;
  for (const run of await executeLessons(chosen, { lessons, environment, label: "Building" })) {
    const faults =
      "failure" in run.result
        ? [run.result.failure]
        : outputFaults(run.result.notebook, notebookName(run.lesson));
    const missing = await writeLessonNotebook(run);
    if (faults.length > 0) failed++;
    console.log(
      `${faults.length === 0 ? "ok  " : "FAIL"} ${notebookName(run.lesson)} ${run.seconds.toFixed(1)} s`,
    );
    for (const fault of faults) console.log(fault);
    for (const figure of missing) console.log(`note: ${figure}`);
  }
  return failed === 0 ? 0 : 1;
}

function edition([name = "", ...names]: readonly string[], out: string | undefined): number {
  if (name !== "workshop" && name !== "solutions") {
    throw new Problem(
      `gradus notebooks edition takes workshop or solutions, got "${name}". The learner's notebooks are made by: gradus notebooks build`,
    );
  }
  const wanted: Edition = name;
  const { chosen, lessons } = readChosenLessons(names);
  const folder = out === undefined ? path.join(notebooksFolder, editionFolders[wanted]) : path.resolve(out);
  if (folder === notebooksFolder)
    throw new Problem(`${folder} holds the learner's notebooks; choose another folder for the ${wanted}.`);
  for (const file of writeEdition(chosen, { lessons, edition: wanted, folder }))
    console.log(path.relative(process.cwd(), file));
  return 0;
}

async function check(names: readonly string[], long: boolean): Promise<number> {
  const { chosen, lessons } = readChosenLessons(names);
  const { faults, notes } = await checkLessons(chosen, lessons);
  for (const fault of faults) console.log(fault);
  for (const note of notes) console.log(`note: ${note}`);
  if (long) for (const sentence of longSentencesOf(chosen)) console.log(`long: ${sentence}`);
  console.log(`${chosen.length} notebooks checked, ${faults.length} faults.`);
  return faults.length === 0 ? 0 : 1;
}

function begin(names: readonly string[]): number {
  if (names.length !== 1)
    throw new Problem("gradus notebooks new takes one name, like 04-activation-functions.");
  const { files, duties } = writeSkeleton(names[0]!);
  for (const file of files) console.log(path.relative(process.cwd(), file));
  for (const { name, ids } of duties)
    if (ids.length > 0) console.log(`${name} gives this lesson: ${ids.join(" ")}`);
  return 0;
}
