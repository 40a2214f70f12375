import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { gradusKernelSpec, installKernelSpec, kernelFolder, kernelName } from "../kernel/kernelspec.js";
import { errorCode, Problem } from "./problem.js";
import { privateFolder } from "./project.js";
import { findPythonEnvironment } from "./python-environment.js";
import { installFigures, removeFigures } from "./registration.js";

export const kernelHelp = `gradus kernel install   [--user | --sys-prefix | --prefix DIR] [--name N]
gradus kernel uninstall [--user | --sys-prefix | --prefix DIR] [--name N]
gradus kernel list

Installs the TypeScript kernel, with the JupyterLab extension that draws its figures, for use in any notebook.
The course itself does not need this: npm start registers the kernel for the project.

  --user         for this user, in Jupyter's data folder (default)
  --sys-prefix   in the Python environment that is found: .venv of the project, or the one on PATH
  --prefix DIR   below DIR/share/jupyter
  --name N       the kernel's name (default: ${kernelName}); letters, digits, ".", "_" and "-"
  --help         this text`;

export async function kernelCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      user: { type: "boolean", default: false },
      "sys-prefix": { type: "boolean", default: false },
      prefix: { type: "string" },
      name: { type: "string", default: kernelName },
    },
  });
  const [action, ...more] = positionals;
  if (more.length > 0) throw new Problem(`gradus kernel takes one action, got "${positionals.join(" ")}".`);
  if (!/^[A-Za-z0-9._-]+$/.test(values.name)) {
    throw new Problem(`--name takes letters, digits, ".", "_" and "-", got "${values.name}".`);
  }
  if (action === "list") return list();
  const given = [values.user, values["sys-prefix"], values.prefix !== undefined].filter(Boolean).length;
  if (given > 1) throw new Problem("Give only one of --user, --sys-prefix and --prefix.");
  const share = await shareFolder({ sysPrefix: values["sys-prefix"], prefix: values.prefix });
  if (action === "install") return install(share, values.name);
  if (action === "uninstall") return uninstall(share, values.name);
  throw new Problem(
    `gradus kernel takes install, uninstall or list, got "${action ?? ""}". See: gradus kernel --help`,
  );
}

async function shareFolder({
  sysPrefix,
  prefix,
}: {
  readonly sysPrefix: boolean;
  readonly prefix: string | undefined;
}): Promise<string> {
  if (prefix !== undefined) return path.join(path.resolve(prefix), "share", "jupyter");
  if (!sysPrefix) return userDataFolder();
  const environment = await findPythonEnvironment();
  if (environment === undefined) {
    throw new Problem(
      "--sys-prefix needs a Python environment with JupyterLab 4, and none was found. Run npm start once, or activate yours.",
    );
  }
  return path.join(environment.prefix, "share", "jupyter");
}

/** Jupyter's data folder of this user: https://docs.jupyter.org/en/latest/use/jupyter-directories.html#data-files */
export function userDataFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = os.homedir(),
): string {
  if (env["JUPYTER_DATA_DIR"]) return env["JUPYTER_DATA_DIR"];
  if (platform === "darwin") return path.join(home, "Library", "Jupyter");
  if (platform === "win32")
    return path.join(env["APPDATA"] ?? path.join(home, "AppData", "Roaming"), "jupyter");
  return path.join(env["XDG_DATA_HOME"] ?? path.join(home, ".local", "share"), "jupyter");
}

function install(share: string, name: string): number {
  try {
    const file = installKernelSpec(share, name, gradusKernelSpec(), { logos: true });
    installFigures(share);
    console.log(`Installed the kernel "${name}": ${file}`);
    console.log("JupyterLab shows it after a reload of the page.");
    return 0;
  } catch (error) {
    throw explainAccess(error, share);
  }
}

function uninstall(share: string, name: string): number {
  const folder = kernelFolder(share, name);
  if (!fs.existsSync(path.join(folder, "kernel.json"))) {
    throw new Problem(`There is no kernel "${name}" in ${share}. See: gradus kernel list`);
  }
  if (!startsGradus(path.join(folder, "kernel.json"))) {
    throw new Problem(`The kernel "${name}" in ${share} is not gradus; it is left alone.`);
  }
  try {
    fs.rmSync(folder, { recursive: true });
    // The figures stay as long as another gradus kernel of this place needs them.
    if (installedIn(share).length === 0) {
      removeFigures(share);
    }
  } catch (error) {
    throw explainAccess(error, share);
  }
  console.log(`Removed the kernel "${name}" from ${share}`);
  return 0;
}

function explainAccess(error: unknown, folder: string): unknown {
  const code = errorCode(error);
  if (code !== "EACCES" && code !== "EPERM" && code !== "EROFS") return error;
  return new Problem(
    `No permission to write to ${folder} (${code}). Install for yourself instead: gradus kernel install --user`,
  );
}

/** True for a `kernel.json` that starts our kernel, wherever this or another copy of gradus lies. */
function startsGradus(file: string): boolean {
  try {
    const { argv } = JSON.parse(fs.readFileSync(file, "utf8")) as { argv?: unknown };
    return Array.isArray(argv) && /[\\/]kernel[\\/]main\.js$/.test(String(argv[1]));
  } catch {
    return false;
  }
}

function installedIn(share: string): string[] {
  const folder = path.join(share, "kernels");
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).filter((name) => startsGradus(path.join(folder, name, "kernel.json")));
}

async function list(): Promise<number> {
  const environment = await findPythonEnvironment();
  const places = new Set([
    ...(process.env["JUPYTER_PATH"]?.split(path.delimiter).filter(Boolean) ?? []),
    userDataFolder(),
    path.join(privateFolder, "share", "jupyter"),
    ...(environment === undefined ? [] : [path.join(environment.prefix, "share", "jupyter")]),
    "/usr/local/share/jupyter",
    "/usr/share/jupyter",
  ]);
  let found = 0;
  for (const place of places) {
    for (const name of installedIn(place)) {
      found++;
      const file = path.join(kernelFolder(place, name), "kernel.json");
      const { argv } = JSON.parse(fs.readFileSync(file, "utf8")) as { argv: string[] };
      const gone = argv.slice(0, 2).filter((each) => !fs.existsSync(each));
      console.log(
        `${name.padEnd(16)} ${file}${gone.length === 0 ? "" : `  (broken: ${gone.join(", ")} is gone)`}`,
      );
    }
  }
  if (found === 0) console.log("The kernel is not installed. Install it with: gradus kernel install");
  return 0;
}
