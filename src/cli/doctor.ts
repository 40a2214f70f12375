import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { kernelDisplayName, kernelName } from "../kernel/kernelspec.js";
import { labextensionName } from "../labextension/assemble.js";
import { capture } from "./child.js";
import { errorCode, Problem } from "./problem.js";
import { inProject, notebooksFolder, root } from "./project.js";
import { findPython, findPythonEnvironment, type PythonEnvironment } from "./python-environment.js";
import { coloured } from "./terminal.js";

export const doctorHelp = `gradus doctor [--json]

Checks this machine and the project. Every failing line says how to mend it. Exit code 1 when one fails.

  --json    the same as JSON: [{ "name", "status": "ok" | "warning" | "failed", "found", "fix" }]`;

export interface Diagnosis {
  readonly name: string;
  /** `warning`: the course works, a part of it less well. */
  readonly status: "ok" | "warning" | "failed";
  readonly found: string;
  readonly fix?: string;
}

export async function doctor(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: "boolean", default: false } } });
  const diagnoses = await examine();
  if (values.json) console.log(JSON.stringify(diagnoses, null, 2));
  else print(diagnoses);
  return diagnoses.some(({ status }) => status === "failed") ? 1 : 0;
}

function print(diagnoses: readonly Diagnosis[]): void {
  const marks = {
    ok: coloured("ok     ", "green"),
    warning: coloured("warning", "yellow"),
    failed: coloured("FAILED ", "red"),
  };
  const width = Math.max(...diagnoses.map(({ name }) => name.length));
  for (const { name, status, found, fix } of diagnoses) {
    console.log(`${marks[status]}  ${name.padEnd(width)}  ${found}`);
    if (fix !== undefined) console.log(`${" ".repeat(width + 11)}-> ${fix}`);
  }
  const failed = diagnoses.filter(({ status }) => status === "failed").length;
  console.log(
    failed === 0 ? "\nThis machine is ready for the course." : `\n${failed} to mend; the arrows say how.`,
  );
}

/** All checks, in the order in which a fault in one explains faults in the next. */
export async function examine(): Promise<Diagnosis[]> {
  const environment = await findPythonEnvironment();
  return [
    checkNode(process.versions.node),
    checkPackages(),
    await checkPython(environment),
    checkJupyterLab(environment),
    checkKernel(environment),
    checkFigures(environment),
    checkNotebookTypes(),
    checkIris(),
    checkRealData(process.env["GRADUS_DATA"]),
    checkFolder(root),
    checkDisk(root),
    await checkKoreanFont(),
  ];
}

const startFix = "Run: npm start";

export function checkNode(version: string): Diagnosis {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const recent = major > 20 || (major === 20 && minor >= 19);
  if (recent) return { name: "Node", status: "ok", found: version };
  return {
    name: "Node",
    status: "failed",
    found: `${version}, too old`,
    fix: "Install Node 20.19 or newer from https://nodejs.org",
  };
}

function checkPackages(): Diagnosis {
  const needed = ["tslab", "plotly.js-dist", "typescript"];
  const missing = needed.filter((name) => !fs.existsSync(inProject("node_modules", name, "package.json")));
  if (missing.length === 0) return { name: "npm packages", status: "ok", found: "installed" };
  return {
    name: "npm packages",
    status: "failed",
    found: `missing: ${missing.join(", ")}`,
    fix: "Run: npm ci",
  };
}

async function checkPython(environment: PythonEnvironment | undefined): Promise<Diagnosis> {
  if (environment !== undefined)
    return { name: "Python", status: "ok", found: `${environment.version} (${environment.python})` };
  try {
    const python = await findPython();
    return { name: "Python", status: "ok", found: `${python.version.join(".")} (${python.executable})` };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { name: "Python", status: "failed", found: "none that is recent enough", fix: error.message };
  }
}

function checkJupyterLab(environment: PythonEnvironment | undefined): Diagnosis {
  if (environment === undefined) {
    return {
      name: "JupyterLab",
      status: "failed",
      found: "no JupyterLab 4 in .venv or on PATH",
      fix: `${startFix} (it installs JupyterLab into .venv)`,
    };
  }
  const where = environment.isProjects ? "in the project's .venv" : "on PATH";
  return { name: "JupyterLab", status: "ok", found: `${environment.jupyterlab}, ${where}` };
}

function checkKernel(environment: PythonEnvironment | undefined): Diagnosis {
  const name = "kernel";
  if (environment === undefined)
    return { name, status: "failed", found: "not registered, since there is no JupyterLab", fix: startFix };
  const file = path.join(environment.shareFolder, "kernels", kernelName, "kernel.json");
  let argv: unknown;
  try {
    argv = (JSON.parse(fs.readFileSync(file, "utf8")) as { argv?: unknown }).argv;
  } catch (error) {
    const found =
      errorCode(error) === "ENOENT" ? `not registered (${file} is missing)` : `${file} is damaged`;
    return { name, status: "failed", found, fix: `${startFix} (it registers the kernel again)` };
  }
  const gone = (Array.isArray(argv) ? argv.slice(0, 2).map(String) : ["argv"]).filter(
    (each) => !fs.existsSync(each),
  );
  if (gone.length > 0) {
    return {
      name,
      status: "failed",
      found: `${file} points at what is gone: ${gone.join(", ")}`,
      fix: `${startFix} (it registers the kernel again)`,
    };
  }
  return { name, status: "ok", found: `${kernelDisplayName}, ${file}` };
}

function checkFigures(environment: PythonEnvironment | undefined): Diagnosis {
  const name = "figures";
  const folder = environment && path.join(environment.shareFolder, "labextensions", labextensionName);
  if (folder !== undefined && fs.existsSync(path.join(folder, "package.json"))) {
    return { name, status: "ok", found: "JupyterLab extension installed" };
  }
  return {
    name,
    status: "failed",
    found: "the JupyterLab extension that draws the plots is missing",
    fix: startFix,
  };
}

function checkNotebookTypes(): Diagnosis {
  const name = "types";
  const missing = ["gradus", "@types/node"].filter(
    (each) => !fs.existsSync(path.join(notebooksFolder, "node_modules", each, "package.json")),
  );
  if (missing.length === 0)
    return { name, status: "ok", found: "notebooks/node_modules has gradus and @types/node" };
  return {
    name,
    status: "failed",
    found: `notebooks/node_modules lacks ${missing.join(", ")}, so cells would not compile`,
    fix: startFix,
  };
}

function checkIris(): Diagnosis {
  const file = inProject("data", "iris", "iris.csv");
  const name = "data: iris";
  const fix = "Restore the file: git checkout -- data/iris/iris.csv";
  try {
    const rows = fs.readFileSync(file, "utf8").trim().split("\n").length - 1;
    return rows === 150
      ? { name, status: "ok", found: "150 rows" }
      : { name, status: "failed", found: `${rows} rows instead of 150`, fix };
  } catch (error) {
    return { name, status: "failed", found: `${file} can't be read (${errorCode(error)})`, fix };
  }
}

export function checkRealData(folder: string | undefined): Diagnosis {
  const name = "data: GRADUS_DATA";
  if (!folder) return { name, status: "ok", found: "not set; only needed offline" };
  if (folder === "off") return { name, status: "ok", found: "off: the lessons use their stand-ins" };
  const known = ["winequality-red.csv", "winequality-white.csv", "20news-bydate.tar.gz"];
  if (!fs.existsSync(folder)) {
    return {
      name,
      status: "failed",
      found: `${folder} does not exist`,
      fix: "Set GRADUS_DATA to the folder with the data sets, or unset it",
    };
  }
  const missing = known.filter((file) => !fs.existsSync(path.join(folder, file)));
  if (missing.length === 0) return { name, status: "ok", found: `${folder} has all data sets` };
  return {
    name,
    status: "warning",
    found: `${folder} lacks ${missing.join(", ")}`,
    fix: "Copy the missing files there, or unset GRADUS_DATA",
  };
}

export function checkFolder(folder: string): Diagnosis {
  const name = "project folder";
  const probe = path.join(folder, `.gradus-write-probe-${process.pid}`);
  try {
    fs.writeFileSync(probe, "");
    fs.rmSync(probe);
    return { name, status: "ok", found: `${folder} can be written to` };
  } catch (error) {
    const found = `${folder} can't be written to (${errorCode(error)})`;
    return { name, status: "failed", found, fix: "Copy the project to a folder of your own" };
  }
}

const neededBytes = 500_000_000;

export function checkDisk(folder: string, freeBytes: number = freeBytesOf(folder)): Diagnosis {
  const found = `${(freeBytes / 1e9).toFixed(1)} GB free`;
  if (freeBytes >= neededBytes) return { name: "disk", status: "ok", found };
  return {
    name: "disk",
    status: "failed",
    found,
    fix: `Free at least ${neededBytes / 1e6} MB on the disk of ${folder}`,
  };
}

function freeBytesOf(folder: string): number {
  const { bavail, bsize } = fs.statfsSync(folder);
  return bavail * bsize;
}

/** Fonts with Hangul that Windows and macOS bring along. */
const systemHangulFonts = ["C:\\Windows\\Fonts\\malgun.ttf", "/System/Library/Fonts/AppleSDGothicNeo.ttc"];

/** A browser shows Korean when the system has a font with Hangul; only Linux can come without one. */
async function checkKoreanFont(): Promise<Diagnosis> {
  const name = "Korean font";
  const fix = "Install a font with Hangul; on Debian and Ubuntu: apt install fonts-noto-cjk";
  if (systemHangulFonts.some((file) => fs.existsSync(file)))
    return { name, status: "ok", found: "of the system" };
  if (os.platform() !== "linux") return { name, status: "warning", found: "none found", fix };
  try {
    const { stdout } = await capture("fc-list", [":lang=ko", "family"], { timeoutMs: 20_000 });
    const [family] = stdout.trim().split("\n").filter(Boolean);
    if (family !== undefined) return { name, status: "ok", found: family };
    return { name, status: "warning", found: "none: Korean terms would show as boxes", fix };
  } catch {
    return { name, status: "warning", found: "can't tell, since fc-list is not installed", fix };
  }
}
