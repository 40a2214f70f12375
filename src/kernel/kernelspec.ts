import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { languageInfo } from "./session/index.js";

/** The kernel that the course's notebooks ask for: ours. */
export const kernelName = "gradus";
export const kernelDisplayName = "TypeScript (gradus)";

/** The second kernel, which every notebook also runs under. */
export const tslabKernelName = "gradus-tslab";
export const tslabDisplayName = "TypeScript (tslab)";

/** A `kernel.json`, as in https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs. */
export interface KernelSpec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: "signal" | "message";
  readonly env: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

const here = path.dirname(fileURLToPath(import.meta.url));

/** The spec of our kernel, started by the Node that runs now. Absolute paths throughout. */
export function gradusKernelSpec(): KernelSpec {
  return {
    argv: [process.execPath, path.join(here, "main.js"), "{connection_file}"],
    display_name: kernelDisplayName,
    language: "typescript",
    // A signal would have to wait for the event loop; a message on the control channel is answered at once.
    interrupt_mode: "message",
    env: {},
    metadata: { debugger: false },
  };
}

/** The spec of tslab as installed with this project, started by the Node that runs now. Absolute paths throughout. */
export function tslabKernelSpec(): KernelSpec {
  const tslab = createRequire(import.meta.url).resolve("tslab/package.json");
  return {
    argv: [
      process.execPath,
      path.join(path.dirname(tslab), "bin", "tslab"),
      "kernel",
      "--config-path={connection_file}",
    ],
    display_name: tslabDisplayName,
    language: "typescript",
    interrupt_mode: "signal",
    // gradus is an ES module that tslab loads with require(); Node 20 and 22 would print a warning into the first cell.
    env: { NODE_OPTIONS: "--disable-warning=ExperimentalWarning" },
    metadata: { debugger: false },
  };
}

/** A notebook's metadata as a front end writes them when it meets our kernel, so that opening one does not change it. */
export function notebookMetadata(): Readonly<Record<string, unknown>> {
  const { version } = createRequire(import.meta.url)("typescript/package.json") as {
    readonly version: string;
  };
  return {
    kernelspec: { name: kernelName, display_name: kernelDisplayName, language: "typescript" },
    language_info: languageInfo(version),
  };
}

/** Where a kernel of this name lies below a Jupyter data folder. */
export function kernelFolder(shareFolder: string, name: string): string {
  return path.join(shareFolder, "kernels", name);
}

/**
 * Writes `kernels/<name>/` below a Jupyter data folder: `kernel.json`, and with `logos` the pictures for the launcher.
 * Leaves what is equal alone. Returns the path of `kernel.json`.
 */
export function installKernelSpec(
  shareFolder: string,
  name: string,
  spec: KernelSpec,
  { logos = false }: { readonly logos?: boolean } = {},
): string {
  const folder = kernelFolder(shareFolder, name);
  const file = path.join(folder, "kernel.json");
  writeIfDifferent(file, Buffer.from(JSON.stringify(spec, null, 2) + "\n"));
  if (logos) {
    for (const logo of fs.readdirSync(path.join(here, "logos"))) {
      writeIfDifferent(path.join(folder, logo), fs.readFileSync(path.join(here, "logos", logo)));
    }
  }
  return file;
}

function writeIfDifferent(file: string, content: Buffer): void {
  if (fs.existsSync(file) && fs.readFileSync(file).equals(content)) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(`${file}.new`, content);
  fs.renameSync(`${file}.new`, file);
}
