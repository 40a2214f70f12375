import * as fs from "node:fs";
import * as path from "node:path";
import { installKernelSpec, tslabKernelName, tslabKernelSpec } from "../kernel/kernelspec.js";
import { assembleLabextension, labextensionName } from "../labextension/assemble.js";
import { errorCode, Problem } from "./problem.js";
import { inProject, notebooksFolder } from "./project.js";
import type { PythonEnvironment } from "./python-environment.js";

/** Puts kernel and figures where this environment's Jupyter looks for them, and nowhere else. Does nothing twice. */
export function register(environment: PythonEnvironment): void {
  try {
    installKernelSpec(environment.shareFolder, tslabKernelName, tslabKernelSpec());
    assembleLabextension({
      plotlyFile: inProject("node_modules", "plotly.js-dist", "plotly.js"),
      targetFolder: path.join(environment.shareFolder, "labextensions", labextensionName),
    });
    linkForNotebooks("gradus", inProject());
    linkForNotebooks("@types/node", inProject("node_modules", "@types", "node"));
    linkForNotebooks("undici-types", inProject("node_modules", "undici-types"));
  } catch (error) {
    const code = errorCode(error);
    if (code !== "EACCES" && code !== "EROFS" && code !== "EPERM") throw error;
    throw new Problem(
      `The kernel could not be registered: no permission to write (${code}: ${error instanceof Error ? error.message : ""}). ` +
        "Copy the project to a folder of your own and run the command there.",
    );
  }
}

/** tslab reads types only from `node_modules` in the notebook's own folder, so that folder gets links to the real packages. */
function linkForNotebooks(name: string, target: string): void {
  const link = path.join(notebooksFolder, "node_modules", name);
  try {
    if (fs.realpathSync(link) === fs.realpathSync(target)) return;
  } catch {
    // missing, or it points at a folder that is gone
  }
  fs.rmSync(link, { recursive: true, force: true });
  fs.mkdirSync(path.dirname(link), { recursive: true });
  fs.symlinkSync(target, link, "junction");
}
