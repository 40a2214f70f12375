import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import {
  gradusKernelSpec,
  installKernelSpec,
  kernelName,
  tslabKernelName,
  tslabKernelSpec,
} from "../kernel/kernelspec.js";
import { assembleLabextension, labextensionName } from "../labextension/assemble.js";
import { assembleExportTemplate, exportTemplateName } from "../labextension/export-template.js";
import { errorCode, Problem } from "./problem.js";
import { inProject, notebooksFolder } from "./project.js";
import type { PythonEnvironment } from "./python-environment.js";

/** Puts kernel and figures where this environment's Jupyter looks for them, and nowhere else. Does nothing twice. */
export function register(environment: PythonEnvironment): void {
  try {
    installKernelSpec(environment.shareFolder, kernelName, gradusKernelSpec(), { logos: true });
    installKernelSpec(environment.shareFolder, tslabKernelName, tslabKernelSpec());
    installFigures(environment.shareFolder);
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

/** Installs the JupyterLab extension that draws the figures below a Jupyter data folder, and nbconvert's template for pages with them. */
export function installFigures(shareFolder: string): void {
  const plotlyFile = createRequire(import.meta.url).resolve("plotly.js-dist");
  assembleLabextension({
    plotlyFile,
    targetFolder: path.join(shareFolder, "labextensions", labextensionName),
  });
  assembleExportTemplate({
    plotlyFile,
    targetFolder: path.join(shareFolder, "nbconvert", "templates", exportTemplateName),
  });
}

/** Takes away what {@link installFigures} installed. */
export function removeFigures(shareFolder: string): void {
  for (const folder of [
    path.join(shareFolder, "labextensions", labextensionName),
    path.join(shareFolder, "nbconvert", "templates", exportTemplateName),
  ])
    fs.rmSync(folder, { recursive: true, force: true });
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
