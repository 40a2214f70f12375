import * as fs from "node:fs";
import * as path from "node:path";
import * as vm from "node:vm";
import ts from "typescript";
import type { Exercises } from "../../exercises/exercise.js";
import { Problem } from "../problem.js";
import type { LessonSource } from "./myst.js";

/** Where the checks of a lesson's exercises are written: `02-perceptron-gates.exercises.ts` beside the text. */
export function machineHalfFile(lesson: Pick<LessonSource, "file">): string {
  return lesson.file.replace(/\.md$/, ".exercises.ts");
}

/**
 * The CommonJS form of a machine half, whose `require("gradus")` is answered by whoever runs it.
 * Throws a `Problem` for a syntax error and for an import of anything else: only "gradus" is there at run time.
 */
export function transpileMachineHalf(text: string, file: string): string {
  const foreign = ts
    .preProcessFile(text, true, true)
    .importedFiles.find(({ fileName }) => fileName !== "gradus");
  if (foreign !== undefined) {
    const line = text.slice(0, foreign.pos).split("\n").length;
    throw new Problem(`${file}:${line}: exercises import from "gradus" alone, got "${foreign.fileName}".`);
  }
  const { outputText, diagnostics } = ts.transpileModule(text, {
    fileName: path.basename(file),
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      removeComments: true,
    },
  });
  const [fault] = diagnostics ?? [];
  if (fault !== undefined) {
    const { line } = ts.getLineAndCharacterOfPosition(fault.file!, fault.start ?? 0);
    throw new Problem(`${file}:${line + 1}: ${ts.flattenDiagnosticMessageText(fault.messageText, "\n")}`);
  }
  return outputText;
}

/** Runs a transpiled machine half with the library given and returns its exercises. A `Problem` names the file. */
export function loadMachineHalf(
  code: string,
  { file, gradus }: { file: string; gradus: unknown },
): Exercises {
  const module: { exports: { default?: unknown } } = { exports: {} };
  const run = vm.compileFunction(code, ["module", "exports", "require"], { filename: file }) as (
    ...parts: unknown[]
  ) => void;
  try {
    run(module, module.exports, () => gradus);
  } catch (error) {
    throw new Problem(`${file}: its exercises could not be loaded: ${String(error)}`);
  }
  const exercises = module.exports.default;
  if (typeof exercises !== "object" || exercises === null)
    throw new Problem(`${file}: needs "export default defineExercises({ ... })".`);
  return exercises as Exercises;
}

/** The exercises of a lesson, from its source; none when it has no machine half. */
export function readMachineHalf(lesson: LessonSource, gradus: unknown): Exercises {
  const file = machineHalfFile(lesson);
  if (!fs.existsSync(file)) return {};
  return loadMachineHalf(transpileMachineHalf(fs.readFileSync(file, "utf8"), file), { file, gradus });
}
