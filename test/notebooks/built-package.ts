import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import ts from "typescript";
import { buildKernels } from "../../src/cli/build-kernels.js";
import { writeLessonFiles } from "../../src/cli/notebooks/lesson-files.js";
import type { LessonSource } from "../../src/cli/notebooks/myst.js";

const root = path.resolve(import.meta.dirname, "..", "..");

export interface BuiltPackage {
  /** A folder from which cells find the package `gradus`. */
  readonly folder: string;
  remove(): void;
}

/**
 * The package `gradus`, built from today's sources into a fresh folder, with the files of the lessons given.
 */
export function buildPackage(lessons: readonly LessonSource[]): BuiltPackage {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "gradus-package-")));
  const home = path.join(folder, "node_modules", "gradus");
  const src = path.join(root, "src");
  for (const name of fs.readdirSync(src, { recursive: true, encoding: "utf8" })) {
    const folders = path.dirname(name).split(path.sep);
    if (["cli", "kernel", "labextension"].includes(folders[0]!)) continue;
    if (folders.includes("assembly") || folders.includes("stand-ins")) continue;
    if (!name.endsWith(".ts") || name.endsWith(".d.ts")) continue;
    const { outputText } = ts.transpileModule(fs.readFileSync(path.join(src, name), "utf8"), {
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
      },
    });
    const file = path.join(home, "dist", name.replace(/\.ts$/, ".js"));
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, outputText);
  }
  buildKernels(root, path.join(home, "dist"));
  fs.copyFileSync(path.join(root, "package.json"), path.join(home, "package.json"));
  for (const name of ["data", "node_modules"])
    fs.symlinkSync(path.join(root, name), path.join(home, name), "junction");
  writeLessonFiles(lessons, path.join(home, "dist", "lessons"));
  return { folder, remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}
