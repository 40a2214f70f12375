import * as fs from "node:fs";
import * as path from "node:path";
import { capture } from "./child.js";
import { errorCode, Problem } from "./problem.js";
import { inProject, privateFolder } from "./project.js";
import { progressBar } from "./terminal.js";

/** A Python that can run JupyterLab 4, and where gradus may register its kernel and figures for it. */
export interface PythonEnvironment {
  readonly python: string;
  /** Python's `sys.prefix`. */
  readonly prefix: string;
  readonly version: string;
  readonly jupyterlab: string;
  /** The folder that gets `kernels/` and `labextensions/`. Inside the environment when it is the project's own. */
  readonly shareFolder: string;
  /** Variables for every process that is to see what lies in `shareFolder`. */
  readonly env: NodeJS.ProcessEnv;
  /** True for the project's `.venv`, false for a JupyterLab that was on PATH. */
  readonly isProjects: boolean;
}

/** What `python/probe.py` says of an interpreter. */
export interface PythonProbe {
  readonly executable: string;
  readonly prefix: string;
  readonly version: readonly [number, number, number];
  readonly jupyterlab: string | null;
  readonly nbclient: string | null;
  readonly sklearn: string | null;
}

const pythonFolder = inProject("dist", "cli", "python");
const venv = inProject(".venv");
/** Lies in a `.venv` that gradus began and did not finish: such a folder is removed before the next try. */
const unfinishedMark = path.join(venv, ".gradus-unfinished");
const leastPython = [3, 9] as const;

function venvPython(folder: string): string {
  return process.platform === "win32"
    ? path.join(folder, "Scripts", "python.exe")
    : path.join(folder, "bin", "python");
}

/** Asks an interpreter what it is; `undefined` when it can't be started or is no Python 3. */
export async function probePython(
  python: string,
  prefixArgs: readonly string[] = [],
): Promise<PythonProbe | undefined> {
  try {
    const { code, stdout } = await capture(python, [...prefixArgs, path.join(pythonFolder, "probe.py")], {
      timeoutMs: 20_000,
    });
    return code === 0 ? (JSON.parse(stdout) as PythonProbe) : undefined;
  } catch {
    return undefined; // not installed, not executable, or it printed something else
  }
}

function isRecent(probe: PythonProbe): boolean {
  const [major, minor] = probe.version;
  return major > leastPython[0] || (major === leastPython[0] && minor >= leastPython[1]);
}

function hasJupyterLab(probe: PythonProbe | undefined): probe is PythonProbe & { jupyterlab: string } {
  return (
    probe !== undefined &&
    probe.nbclient !== null &&
    probe.jupyterlab !== null &&
    /^[4-9]\./.test(probe.jupyterlab)
  );
}

/** The interpreter behind the `jupyter-lab` on PATH, read from the script's first line, where it has one. */
function pythonOfJupyterLabOnPath(): string | undefined {
  for (const folder of (process.env["PATH"] ?? "").split(path.delimiter)) {
    try {
      const firstLine = fs.readFileSync(path.join(folder, "jupyter-lab"), "utf8").split("\n", 1)[0]!;
      const match = /^#!(\S*python\S*)/.exec(firstLine);
      if (match) return match[1];
    } catch {
      // not in this folder
    }
  }
  return undefined;
}

const pythonNames: readonly (readonly [string, ...string[]])[] =
  process.platform === "win32" ? [["py", "-3"], ["python"], ["python3"]] : [["python3"], ["python"]];

function describe(probe: PythonProbe & { jupyterlab: string }, isProjects: boolean): PythonEnvironment {
  const shareFolder = isProjects
    ? path.join(probe.prefix, "share", "jupyter")
    : path.join(privateFolder, "share", "jupyter");
  const inherited = process.env["JUPYTER_PATH"];
  return {
    python: probe.executable,
    prefix: probe.prefix,
    version: probe.version.join("."),
    jupyterlab: probe.jupyterlab,
    shareFolder,
    env: {
      ...process.env,
      // A JupyterLab that is not ours is left as it is: it finds kernel and figures through this variable.
      ...(isProjects
        ? {}
        : { JUPYTER_PATH: inherited ? shareFolder + path.delimiter + inherited : shareFolder }),
    },
    isProjects,
  };
}

/** Finds a Python with JupyterLab 4: the project's `.venv` first, then PATH. Changes nothing. */
export async function findPythonEnvironment(): Promise<PythonEnvironment | undefined> {
  if (!fs.existsSync(unfinishedMark)) {
    const own = await probePython(venvPython(venv));
    if (hasJupyterLab(own)) return describe(own, true);
  }
  const behindJupyter = pythonOfJupyterLabOnPath();
  for (const [command, ...args] of [...(behindJupyter ? [[behindJupyter] as const] : []), ...pythonNames]) {
    const probe = await probePython(command, args);
    if (hasJupyterLab(probe)) return describe(probe, false);
  }
  return undefined;
}

/** The newest usable Python on PATH; a `Problem` says what to install when there is none. */
export async function findPython(): Promise<PythonProbe> {
  const tooOld: string[] = [];
  for (const [command, ...args] of pythonNames) {
    const probe = await probePython(command, args);
    if (probe === undefined) continue;
    if (isRecent(probe)) return probe;
    tooOld.push(probe.version.join("."));
  }
  const found = tooOld.length === 0 ? "none was found" : `only ${tooOld.join(" and ")} was found`;
  throw new Problem(
    `JupyterLab needs Python ${leastPython.join(".")} or newer, and ${found} on PATH. ` +
      "Install Python from https://www.python.org/downloads/ (on Debian and Ubuntu: apt install python3 python3-venv), then run the command again.",
  );
}

/** Finds JupyterLab 4 or installs the pinned one into the project's `.venv`. */
export async function ensurePythonEnvironment(): Promise<PythonEnvironment> {
  const found = await findPythonEnvironment();
  if (found !== undefined) return found;
  await makeVenv(await findPython());
  const made = await probePython(venvPython(venv));
  if (!hasJupyterLab(made)) {
    throw new Problem(
      `JupyterLab was installed into ${venv} but does not start there. Delete that folder and run the command again.`,
    );
  }
  return describe(made, true);
}

async function makeVenv(base: PythonProbe): Promise<void> {
  const isNew = !fs.existsSync(venv) || fs.existsSync(unfinishedMark);
  try {
    if (isNew) {
      fs.rmSync(venv, { recursive: true, force: true });
      fs.mkdirSync(venv);
      fs.writeFileSync(unfinishedMark, "gradus was interrupted while it made this environment\n");
      await runVenv(base.executable);
    }
    await installRequirements();
    fs.rmSync(unfinishedMark, { force: true });
  } catch (error) {
    // A half-made environment would look like a whole one to the next start.
    if (isNew) fs.rmSync(venv, { recursive: true, force: true });
    const code = errorCode(error);
    if (code === "EACCES" || code === "EROFS" || code === "EPERM") {
      throw new Problem(
        `The folder ${inProject()} can't be written to (${code}). Copy the project to a folder of your own and run the command there.`,
      );
    }
    throw error;
  }
}

async function runVenv(python: string): Promise<void> {
  const { code, stdout, stderr } = await capture(python, ["-m", "venv", venv]);
  if (code === 0) return;
  const output = (stdout + stderr).trim();
  if (/ensurepip|python3?[\d.]*-venv/.test(output)) {
    throw new Problem(
      "This Python comes without its venv module. On Debian and Ubuntu: apt install python3-venv. Then run the command again.",
    );
  }
  throw new Problem(`Python could not make an environment in ${venv}: ${lastLine(output)}`);
}

/** How many packages the requirements come to; only the bar's scale. */
const expectedPackages = 92;

async function installRequirements(): Promise<void> {
  const bar = progressBar("Installing JupyterLab (once)");
  let packages = 0;
  bar.update(0, expectedPackages, "asking the Python package index");
  const { code, stdout, stderr } = await capture(
    venvPython(venv),
    // prettier-ignore
    ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--timeout", "15", "--retries", "2", "-r", path.join(pythonFolder, "requirements.txt")],
    {
      onLine(line) {
        const collecting = /^\s*Collecting ([\w.-]+)/.exec(line);
        if (collecting)
          bar.update(
            (packages = Math.min(packages + 1, expectedPackages - 1)),
            expectedPackages,
            collecting[1],
          );
        else if (line.startsWith("Installing collected packages"))
          bar.update(expectedPackages - 1, expectedPackages, "unpacking");
      },
    },
  );
  bar.clear();
  if (code !== 0) throw new Problem(explainPip(stdout + stderr));
}

/**
 * Installs what only tests need into the project's own environment, if it is not there and the package index answers.
 * Returns whether it is there.
 */
export async function ensureTestRequirements({ python, isProjects }: PythonEnvironment): Promise<boolean> {
  const isThere = async (): Promise<boolean> =>
    (await capture(python, ["-c", "import jupyter_kernel_test"])).code === 0;
  if ((await isThere()) || !isProjects) return isThere();
  await capture(
    python,
    // prettier-ignore
    ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--timeout", "10", "--retries", "1", "-r", path.join(pythonFolder, "requirements-test.txt")],
  );
  return isThere();
}

/** One sentence for what pip prints when it fails. */
export function explainPip(output: string): string {
  if (/No space left|Errno 28/.test(output)) {
    return "The disk is full, so JupyterLab is not installed. Free about 1 GB and run the same command again.";
  }
  if (
    /NewConnectionError|ConnectTimeout|ReadTimeout|Name or service not known|Temporary failure in name|getaddrinfo|Network is unreachable|ProxyError|ConnectionError|Could not find a version that satisfies/.test(
      output,
    )
  ) {
    return "The Python package index could not be reached, so JupyterLab is not installed. Connect to the network and run the same command again; or install JupyterLab 4 yourself, gradus uses the one on PATH.";
  }
  return `pip could not install JupyterLab: ${lastLine(output)} Run the same command again once this is mended.`;
}

function lastLine(output: string): string {
  const lines = output.trim().split("\n");
  return lines.findLast((line) => /error/i.test(line))?.trim() ?? lines.at(-1) ?? "it gave no reason.";
}
