import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { kernelName } from "../kernel/kernelspec.js";
import { capture } from "./child.js";
import { readNotebook } from "./notebooks/ipynb.js";
import { errorCode, Problem } from "./problem.js";
import { inProject } from "./project.js";
import { ensurePythonEnvironment, type PythonEnvironment } from "./python-environment.js";
import { register } from "./registration.js";
import { progressBar, wholeNumber } from "./terminal.js";

export const runHelp = `gradus run NOTEBOOK.ipynb [options]

Executes a notebook in a real kernel, without a browser. Exit code 0 when every cell ran,
1 at the first cell that failed, which is shown. The notebook itself is not changed.

  --kernel NAME   the kernel to use (default: ${kernelName})
  --output FILE   keep the executed notebook in this file
  --timeout N     seconds that one cell may take (default: no limit)
  --help          this text`;

export interface Execution {
  readonly ok: boolean;
  /** The executed notebook, as nbclient wrote it. */
  readonly outputFile: string;
  readonly failure?: { readonly index: number; readonly kind: string; readonly text: string };
}

export interface ExecuteOptions {
  readonly environment: PythonEnvironment;
  readonly kernel?: string;
  readonly outputFile: string;
  /** The kernel's working directory: relative paths and types are looked up from here. */
  readonly folder: string;
  readonly timeoutS?: number;
  readonly onCell?: (done: number, total: number) => void;
}

/** Executes the notebook in `file` with nbclient and writes the result to `outputFile`, even when a cell fails. */
export async function executeNotebook(file: string, options: ExecuteOptions): Promise<Execution> {
  const { environment, kernel = kernelName, outputFile, folder, timeoutS = 0, onCell } = options;
  let total = 0;
  let failure: Execution["failure"];
  let done = false;
  const { stderr } = await capture(
    environment.python,
    // prettier-ignore
    [inProject("dist", "cli", "python", "execute_notebook.py"), file, outputFile, "--kernel", kernel, "--folder", folder, "--timeout", String(timeoutS)],
    {
      env: { ...environment.env, PYTHONUTF8: "1" },
      onLine(line) {
        if (!line.startsWith("{")) return;
        const event = JSON.parse(line) as {
          event: string;
          cells: number;
          index: number;
          kind: string;
          text: string;
        };
        if (event.event === "begin") total = event.cells;
        else if (event.event === "cell") onCell?.(event.index, total);
        else if (event.event === "failed")
          failure = { index: event.index, kind: event.kind, text: event.text };
        else if (event.event === "done") done = true;
      },
    },
  );
  if (!done && failure === undefined) {
    throw new Problem(
      `The notebook could not be executed; Python says:\n${stderr.trim().split("\n").slice(-8).join("\n")}`,
    );
  }
  return { ok: done, outputFile, ...(failure === undefined ? {} : { failure }) };
}

/** The failing cell for a person to read: which one, its code, and what the kernel said. */
export function describeFailure(
  notebook: string,
  { index, kind, text }: NonNullable<Execution["failure"]>,
): string {
  if (kind === "no-kernel" || kind === "interrupted") return text;
  const { cells } = readNotebook(notebook);
  const cell = cells[index];
  const codeNumber = cells.slice(0, index + 1).filter((each) => each.cell_type === "code").length;
  const source = cell === undefined ? [] : cell.source.split("\n").map((line) => `    ${line}`);
  const plain = text.replace(/\u001b\[[\d;]*m/g, "");
  return [
    `Code cell ${codeNumber} (cell ${index + 1} of ${cells.length}) failed (${kind}):`,
    "",
    ...source,
    "",
    plain,
  ].join("\n");
}

export async function runCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { kernel: { type: "string" }, output: { type: "string" }, timeout: { type: "string" } },
  });
  const [given, ...more] = positionals;
  if (given === undefined || more.length > 0)
    throw new Problem("gradus run takes one notebook. See: gradus run --help");
  const notebook = path.resolve(given);
  readNotebook(notebook);
  const environment = await ensurePythonEnvironment();
  register(environment);
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-run-"));
  const bar = progressBar(path.basename(notebook));
  try {
    const execution = await executeNotebook(notebook, {
      environment,
      outputFile: path.join(scratch, "executed.ipynb"),
      folder: path.dirname(notebook),
      onCell: (done, total) => bar.update(done, total, `cell ${done + 1}`),
      ...(values.kernel === undefined ? {} : { kernel: values.kernel }),
      ...(values.timeout === undefined
        ? {}
        : { timeoutS: wholeNumber(values.timeout, { option: "--timeout", min: 1, max: 86_400 }) }),
    });
    bar.clear();
    if (values.output !== undefined) copyResult(execution.outputFile, path.resolve(values.output));
    if (execution.failure !== undefined) {
      console.error(`${path.basename(notebook)}: ${describeFailure(notebook, execution.failure)}`);
      return 1;
    }
    console.log(`${path.basename(notebook)}: every cell ran.`);
    return 0;
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

function copyResult(from: string, to: string): void {
  try {
    fs.copyFileSync(from, to);
  } catch (error) {
    throw new Problem(`The executed notebook could not be written to ${to} (${errorCode(error)}).`);
  }
}
