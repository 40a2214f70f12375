import * as fs from "node:fs";
import * as path from "node:path";
import { buildKernels } from "./build-kernels.js";
import { writeLessonFiles } from "./notebooks/lesson-files.js";
import { readLessons } from "./notebooks/lessons.js";
import { Problem } from "./problem.js";
import { stripComments } from "./strip-comments.js";

/** What `tsc` does not copy: the Python scripts, the kernel's logos, and the part of the JupyterLab extension that runs in the browser. */
const folders = ["cli/python", "kernel/logos", "labextension/browser"];

/** The rooms that a notebook imports: the smaller, the sooner they are loaded. */
const libraryRooms = ["engine", "text", "datasets", "plots", "exercises", "frames", "display"];

/** The second half of a build. */
export function buildAssets(root: string): void {
  for (const room of libraryRooms) stripComments(path.join(root, "dist", room));
  for (const folder of folders) {
    fs.cpSync(path.join(root, "src", folder), path.join(root, "dist", folder), { recursive: true });
  }
  buildLessons(root);
  // Without the compiler the engine computes in TypeScript.
  buildKernels(root);
}

/** What the running course knows of its lessons. One that is half written must not keep the others from being built. */
function buildLessons(root: string): void {
  const sources = path.join(root, "notebooks", "source");
  if (!fs.existsSync(sources)) return;
  const leaveOut = (problem: Problem): void =>
    console.error(`gradus: a lesson is left out: ${problem.message}`);
  const folder = path.join(root, "dist", "lessons");
  fs.rmSync(folder, { recursive: true, force: true });
  for (const lesson of readLessons(sources, { onFault: (_file, problem) => leaveOut(problem) })) {
    try {
      writeLessonFiles([lesson], folder);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      leaveOut(error);
    }
  }
}
