import * as fs from "node:fs";
import * as path from "node:path";
import { buildKernels } from "./build-kernels.js";

/** What `tsc` does not copy: the Python scripts, the kernel's logos, and the part of the JupyterLab extension that runs in the browser. */
const folders = ["cli/python", "kernel/logos", "labextension/browser"];

/** The second half of a build. */
export function buildAssets(root: string): void {
  for (const folder of folders) {
    fs.cpSync(path.join(root, "src", folder), path.join(root, "dist", folder), { recursive: true });
  }
  // Without the compiler the engine computes in TypeScript.
  buildKernels(root);
}
