import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";

/** The name under which the course's notebooks ask for their kernel. */
export const tslabKernelName = "gradus-tslab";

/** A `kernel.json`, as in https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs. */
export interface KernelSpec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: "signal" | "message";
  readonly env: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, unknown>>;
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
    display_name: "TypeScript (tslab)",
    language: "typescript",
    interrupt_mode: "signal",
    // gradus is an ES module that tslab loads with require(); Node 20 and 22 would print a warning into the first cell.
    env: { NODE_OPTIONS: "--disable-warning=ExperimentalWarning" },
    metadata: { debugger: false },
  };
}

/** Writes `kernels/<name>/kernel.json` below a Jupyter data folder; leaves an equal one alone. Returns its path. */
export function installKernelSpec(shareFolder: string, name: string, spec: KernelSpec): string {
  const folder = path.join(shareFolder, "kernels", name);
  const file = path.join(folder, "kernel.json");
  const text = JSON.stringify(spec, null, 2) + "\n";
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === text) return file;
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(`${file}.new`, text);
  fs.renameSync(`${file}.new`, file);
  return file;
}
