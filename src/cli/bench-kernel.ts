import * as os from "node:os";
import { parseArgs } from "node:util";
import { kernelName, tslabKernelName } from "../kernel/kernelspec.js";
import { capture } from "./child.js";
import { Problem } from "./problem.js";
import { inProject, notebooksFolder } from "./project.js";
import { ensurePythonEnvironment } from "./python-environment.js";
import { register } from "./registration.js";

export const benchKernelHelp = `npm run bench:kernel -- [options] [kernels]

Measures Jupyter kernels with the same client in the same run: ours, tslab, ipykernel and, where it is installed, Deno.
Every figure stands beside its ratio to ipykernel.

  --json    the raw figures, in seconds and megabytes`;

/** What `python/bench_kernel.py` prints of a kernel: figures, or the reason why there is none. */
type Figures = Readonly<Record<string, number | string>> & { readonly kernel: string };

interface Row {
  readonly key: string;
  readonly text: string;
  readonly unit: "s" | "ms" | "MB";
}

const rows: readonly Row[] = [
  { key: "start", text: "start to ready", unit: "s" },
  { key: "firstCell", text: "first cell, 2 s after ready", unit: "ms" },
  { key: "firstCellAtOnce", text: "first cell, at once after ready", unit: "ms" },
  { key: "trivialCell", text: "trivial typed cell, median of 50", unit: "ms" },
  { key: "loop", text: "top-level loop of 1e7", unit: "ms" },
  { key: "loopOverVariable", text: "the same over a variable of an earlier cell", unit: "ms" },
  { key: "loopInFunction", text: "the same loop in a function", unit: "ms" },
  { key: "lines", text: "10,000 printed lines", unit: "ms" },
  { key: "text20MB", text: "20 MB of text", unit: "s" },
  { key: "interrupt", text: "Stop of an endless loop", unit: "ms" },
  { key: "memoryAfter50Cells", text: "memory after 50 cells, all processes", unit: "MB" },
  { key: "memoryGrowth100000", text: "more memory after 100,000 lines", unit: "MB" },
];

const reference = "python3";

export async function benchKernel(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: "boolean", default: false } },
  });
  const environment = await ensurePythonEnvironment();
  register(environment);
  const { stdout: known } = await capture(
    environment.python,
    ["-m", "jupyter", "kernelspec", "list", "--json"],
    {
      env: environment.env,
    },
  );
  const installed = Object.keys((JSON.parse(known) as { kernelspecs: Record<string, unknown> }).kernelspecs);
  const wanted =
    positionals.length > 0
      ? positionals
      : [reference, kernelName, tslabKernelName, "deno"].filter((name) => installed.includes(name));
  const unknown = wanted.find((name) => !installed.includes(name));
  if (unknown !== undefined)
    throw new Problem(`There is no kernel "${unknown}". The kernels are: ${installed.join(", ")}.`);
  const results: Figures[] = [];
  const { code, stderr } = await capture(
    environment.python,
    [inProject("dist", "cli", "python", "bench_kernel.py"), ...wanted, "--folder", notebooksFolder],
    {
      env: environment.env,
      onLine(line) {
        if (!line.startsWith("{")) return;
        const figures = JSON.parse(line) as Figures;
        results.push(figures);
        process.stderr.write(`measured ${figures.kernel}\n`);
      },
    },
  );
  if (code !== 0) throw new Problem(`The measurement failed: ${stderr.trim().split("\n").at(-1) ?? ""}`);
  if (values.json) console.log(JSON.stringify({ machine: machine(), results }, null, 2));
  else print(results);
  return 0;
}

function machine(): string {
  return `${os.cpus()[0]?.model ?? "unknown processor"}, ${os.availableParallelism()} cores, Node ${process.versions.node}`;
}

function print(results: readonly Figures[]): void {
  const base = results.find(({ kernel }) => kernel === reference);
  console.log(`${machine()}; in brackets: times ${reference} (ipykernel)\n`);
  console.log(`| | ${results.map(({ kernel }) => kernel).join(" | ")} |`);
  console.log(`|---|${results.map(() => "---").join("|")}|`);
  for (const row of rows) {
    console.log(`| ${row.text} | ${results.map((figures) => cellText(row, figures, base)).join(" | ")} |`);
  }
}

function cellText({ key, unit }: Row, figures: Figures, base: Figures | undefined): string {
  const value = figures[key] ?? figures["error"] ?? "not reached";
  if (typeof value === "string") return value;
  const shown =
    unit === "ms"
      ? `${(value * 1000).toFixed(1)} ms`
      : unit === "s"
        ? `${value.toFixed(2)} s`
        : `${value.toFixed(0)} MB`;
  const reference = base?.[key];
  if (figures === base || typeof reference !== "number" || reference <= 0) return shown;
  return `${shown} (${(value / reference).toFixed(2)})`;
}
