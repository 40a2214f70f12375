import * as path from "node:path";
import ts from "typescript";
import { notebooksFolder } from "../project.js";
import type { LessonSource } from "./myst.js";

export interface CellFault {
  readonly file: string;
  /** Line of the source file, counted from 1. */
  readonly line: number;
  readonly text: string;
}

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2022.d.ts"],
  types: ["node"],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
};

/**
 * Type-checks the code cells of lessons under this project's TypeScript: each lesson is one module, its cells in order.
 * A name declared twice in a lesson is a fault too, since a learner who runs the cells out of order would meet the other one.
 */
export function typeCheckLessons(lessons: readonly LessonSource[]): CellFault[] {
  const modules = new Map<string, { lesson: LessonSource; text: string; lineOf: number[] }>();
  for (const lesson of lessons) {
    modules.set(path.join(notebooksFolder, `${path.basename(lesson.file, ".md")}.cells.ts`), {
      lesson,
      ...joinCells(lesson),
    });
  }
  const host = ts.createCompilerHost(compilerOptions);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => modules.has(path.normalize(file)) || fileExists.call(host, file);
  host.readFile = (file) => modules.get(path.normalize(file))?.text ?? readFile.call(host, file);
  host.getSourceFile = (file, options, ...rest) => {
    const own = modules.get(path.normalize(file));
    return own
      ? ts.createSourceFile(file, own.text, options, true)
      : getSourceFile.call(host, file, options, ...rest);
  };
  const program = ts.createProgram([...modules.keys()], compilerOptions, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic): CellFault => {
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
    const own = diagnostic.file && modules.get(path.normalize(diagnostic.file.fileName));
    if (!own || diagnostic.start === undefined)
      return { file: diagnostic.file?.fileName ?? "(options)", line: 1, text };
    const { line } = ts.getLineAndCharacterOfPosition(diagnostic.file!, diagnostic.start);
    return { file: own.lesson.file, line: own.lineOf[line] ?? 1, text: `${text} (TS${diagnostic.code})` };
  });
}

function joinCells(lesson: LessonSource): { text: string; lineOf: number[] } {
  const out = ["export {};"];
  const lineOf = [1];
  for (const cell of lesson.cells) {
    if (cell.kind !== "code") continue;
    cell.text.split("\n").forEach((line, index) => {
      out.push(line);
      lineOf.push(cell.line + index);
    });
    out.push(";");
    lineOf.push(cell.line);
  }
  return { text: out.join("\n"), lineOf };
}
