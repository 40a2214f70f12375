import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { kernelName } from "../kernel/kernelspec.js";
import { attach, capture } from "./child.js";
import { executeLessons, type LessonRun } from "./notebooks/build.js";
import { checkLessons, outputFaults, standInFaults } from "./notebooks/check.js";
import { notebookName } from "./notebooks/lesson-notebook.js";
import { readLessons } from "./notebooks/lessons.js";
import type { LessonSource } from "./notebooks/myst.js";
import { Problem } from "./problem.js";
import { inProject, root } from "./project.js";
import {
  ensurePythonEnvironment,
  ensureTestRequirements,
  type PythonEnvironment,
} from "./python-environment.js";
import { register } from "./registration.js";

export const testHelp = `npm test -- [options]

Runs, in this order: types, lint and format, unit tests, the check of the notebooks against their sources,
and every notebook from a clean kernel. Works without network once everything is installed.

  --only STEP    only this step: types, lint, units, check or notebooks
  --kernel NAME  execute the notebooks in this kernel (default: gradus; the second one is gradus-tslab)
  --help         this text

GRADUS_DATA=folder   where the real data sets lie; without it the stand-ins are used, with it the labs run on both`;

interface StepResult {
  readonly passed: number;
  readonly failed: number;
  readonly note: string;
}

type StepName = "types" | "lint" | "units" | "check" | "notebooks";

interface Setting {
  readonly environment: PythonEnvironment;
  readonly kernel: string;
}

const steps: Readonly<Record<StepName, (setting: Setting) => Promise<StepResult>>> = {
  types,
  lint,
  units,
  check,
  notebooks,
};

const stepNames = Object.keys(steps) as StepName[];

export async function testCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: "string" }, kernel: { type: "string", default: kernelName } },
  });
  const only = stepNames.find((name) => name === values.only);
  if (values.only !== undefined && only === undefined) {
    throw new Problem(`--only takes one of ${stepNames.join(", ")}; got "${values.only}".`);
  }
  const environment = await ensurePythonEnvironment();
  register(environment);
  const data = process.env["GRADUS_DATA"];
  console.log(
    `Node ${process.versions.node}, Python ${environment.version}, JupyterLab ${environment.jupyterlab}`,
  );
  console.log(
    data && data !== "off"
      ? `Data: ${path.resolve(data)}\n`
      : `Data: GRADUS_DATA is ${data === "off" ? "off" : "not set"}, so what needs the real data sets is skipped.\n`,
  );
  const rows: { name: StepName; seconds: number; result: StepResult }[] = [];
  for (const name of only === undefined ? stepNames : [only]) {
    console.log(`--- ${name}`);
    const started = Date.now();
    const result = await steps[name]({ environment, kernel: values.kernel });
    rows.push({ name, seconds: (Date.now() - started) / 1000, result });
  }
  console.log("\nSummary");
  for (const { name, seconds, result } of rows) {
    const verdict = result.failed === 0 ? "ok  " : "FAIL";
    console.log(`  ${verdict} ${name.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s  ${result.note}`);
  }
  const { passed, failed } = sum(
    rows.map(({ result }) => result),
    "",
  );
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function one(ok: boolean, note = ""): StepResult {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, note };
}

/** Runs a tool of `node_modules` with this Node, its output to the terminal. */
async function tool(packageName: string, script: string, args: readonly string[]): Promise<StepResult> {
  return one(
    (await attach(process.execPath, [inProject("node_modules", packageName, script), ...args], {
      cwd: root,
    })) === 0,
  );
}

/** The browser test has a configuration of its own, because only there a page's globals exist. */
async function types(): Promise<StepResult> {
  const results: StepResult[] = [];
  for (const project of ["tsconfig.json", "test/browser/tsconfig.json", "notebooks/source/tsconfig.json"]) {
    results.push(await tool("typescript", "bin/tsc", ["-p", project, "--pretty", "false"]));
  }
  return sum(results, "sources, tests, browser test, exercises");
}

function sum(results: readonly StepResult[], note: string): StepResult {
  return {
    passed: results.reduce((total, { passed }) => total + passed, 0),
    failed: results.reduce((total, { failed }) => total + failed, 0),
    note,
  };
}

async function lint(): Promise<StepResult> {
  const eslint = await tool("eslint", "bin/eslint.js", [".", "--max-warnings=0"]);
  const prettier = await tool("prettier", "bin/prettier.cjs", ["--check", "--log-level", "warn", "."]);
  return sum([eslint, prettier], "eslint, prettier");
}

async function units({ environment }: Setting): Promise<StepResult> {
  if (!(await ensureTestRequirements(environment))) {
    console.log(
      "jupyter_kernel_test could not be installed, so Jupyter's own conformance tests are skipped.",
    );
  }
  const report = inProject(".gradus", "units.json");
  fs.mkdirSync(path.dirname(report), { recursive: true });
  fs.rmSync(report, { force: true });
  // Tests make folders freely; all of them lie in one, which is removed with what a killed test left behind.
  const temporary = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-t-"));
  try {
    const { code, stdout, stderr } = await capture(
      process.execPath,
      // prettier-ignore
      [inProject("node_modules", "vitest", "vitest.mjs"), "run", "--dir", "test", "--testTimeout=60000", "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`],
      { cwd: root, env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary } },
    );
    process.stdout.write(stdout + stderr);
    return readReport(report, code);
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true });
  }
}

function readReport(report: string, code: number): StepResult {
  if (!fs.existsSync(report)) return one(false, "vitest gave no report");
  const counts = JSON.parse(fs.readFileSync(report, "utf8")) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
  };
  const failed = code !== 0 && counts.numFailedTests === 0 ? 1 : counts.numFailedTests;
  const skipped = counts.numPendingTests === 0 ? "" : `, ${counts.numPendingTests} skipped`;
  return { passed: counts.numPassedTests, failed, note: `${counts.numPassedTests} tests${skipped}` };
}

async function check(): Promise<StepResult> {
  const lessons = readLessons();
  const { faults, notes } = await checkLessons(lessons, lessons);
  for (const fault of faults) console.log(fault);
  for (const note of notes) console.log(`note: ${note}`);
  return one(
    faults.length === 0,
    `${lessons.length} notebooks against their sources, ${faults.length} faults`,
  );
}

/** Lessons on real data run a second time on their stand-ins, as they do where nobody has fetched the data. */
async function notebooks({ environment, kernel }: Setting): Promise<StepResult> {
  const lessons = readLessons();
  const setting = { lessons, environment, kernel };
  const runs = await executeLessons(lessons, { ...setting, label: "Executing" });
  const onData = runs.filter(
    ({ lesson, result }) =>
      loadsData(lesson) && "notebook" in result && standInFaults(result.notebook, lesson).length === 0,
  );
  const failed = runs.filter((run) => !report(run)).length;
  const again =
    onData.length === 0
      ? []
      : await executeLessons(
          onData.map(({ lesson }) => lesson),
          { ...setting, env: { GRADUS_DATA: "off" }, label: "Executing on stand-ins" },
        );
  const failedAgain = again.filter((run) => !report(run, ", on stand-ins")).length;
  return {
    passed: lessons.length + again.length - failed - failedAgain,
    failed: failed + failedAgain,
    note:
      `${lessons.length} executed in the kernel ${kernel}` +
      (again.length === 0 ? "" : `, ${again.length} of them on stand-ins too`),
  };
}

function loadsData({ cells }: LessonSource): boolean {
  return cells.some(({ kind, text }) => kind === "code" && /\bload(Wine|Newsgroups)\(/.test(text));
}

/** Prints how a lesson ran; true if well. */
function report({ lesson, seconds, result }: LessonRun, how = ""): boolean {
  const name = notebookName(lesson);
  const faults = "failure" in result ? [result.failure] : outputFaults(result.notebook, name);
  console.log(`${faults.length === 0 ? "ok  " : "FAIL"} ${name} ${seconds.toFixed(1)} s${how}`);
  for (const fault of faults) console.log(fault);
  return faults.length === 0;
}
