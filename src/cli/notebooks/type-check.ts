import * as fs from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import { inProject, notebooksFolder } from "../project.js";
import { type Edition, editionCells } from "./editions.js";
import { machineHalfFile } from "./machine-half.js";
import type { LessonSource, SourceCell } from "./myst.js";

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
  // The sources and not the last build, which may be older. Only their written types are read.
  ...(fs.existsSync(inProject("src", "index.ts"))
    ? { paths: { gradus: [inProject("src", "index.ts")] } }
    : {}),
};

interface Module {
  readonly lesson: LessonSource;
  readonly note: string;
  readonly text: string;
  readonly lineOf: readonly number[];
}

const editionNotes: Readonly<Record<Edition, string>> = {
  learner: "",
  workshop: ", in the workshop edition",
  solutions: ", in the solutions",
};

/**
 * Type-checks the code cells of lessons under this project's TypeScript: each edition of a lesson is one module, its cells in order,
 * and so is the machine half of its exercises. A name declared twice in a lesson is a fault too, since a learner who runs the cells
 * out of order would meet the other one.
 */
export function typeCheckLessons(lessons: readonly LessonSource[]): CellFault[] {
  const modules = new Map<string, Module>();
  const machineHalves: string[] = [];
  for (const lesson of lessons) {
    const texts = new Set<string>();
    for (const edition of ["learner", "workshop", "solutions"] as const) {
      const joined = joinCells(editionCells(lesson.parts, edition));
      if (texts.has(joined.text)) continue;
      texts.add(joined.text);
      const name = `${path.basename(lesson.file, ".md")}.${edition}.cells.ts`;
      modules.set(path.join(notebooksFolder, name), { lesson, note: editionNotes[edition], ...joined });
    }
    if (fs.existsSync(machineHalfFile(lesson))) machineHalves.push(machineHalfFile(lesson));
  }
  const host = ts.createCompilerHost(compilerOptions);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => modules.has(path.normalize(file)) || fileExists.call(host, file);
  host.readFile = (file) => modules.get(path.normalize(file))?.text ?? readFile.call(host, file);
  host.getSourceFile = (file, languageVersion, ...rest) => {
    const own = modules.get(path.normalize(file));
    return own
      ? ts.createSourceFile(file, own.text, languageVersion, true)
      : getSourceFile.call(host, file, languageVersion, ...rest);
  };
  const program = ts.createProgram([...modules.keys(), ...machineHalves], compilerOptions, host);
  const diagnostics = [...modules.keys(), ...machineHalves].flatMap((name) => {
    const file = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  });
  const faults = [...program.getOptionsDiagnostics(), ...diagnostics].map(
    (diagnostic): CellFault & { note: string } => {
      const text = `${ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n")} (TS${diagnostic.code})`;
      const { file, start } = diagnostic;
      if (file === undefined || start === undefined)
        return { file: file?.fileName ?? "(options)", line: 1, text, note: "" };
      const { line } = ts.getLineAndCharacterOfPosition(file, start);
      const own = modules.get(path.normalize(file.fileName));
      return own === undefined
        ? { file: file.fileName, line: line + 1, text, note: "" }
        : { file: own.lesson.file, line: own.lineOf[line] ?? 1, text, note: own.note };
    },
  );
  // What the learner's notebook has wrong, the other editions repeat.
  const seen = new Set<string>();
  return faults.flatMap(({ note, ...fault }) => {
    const key = `${fault.file}:${fault.line}:${fault.text}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ ...fault, text: fault.text + note }];
  });
}

function joinCells(cells: readonly SourceCell[]): { text: string; lineOf: number[] } {
  const out = ["export {};"];
  const lineOf = [1];
  for (const cell of cells) {
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
