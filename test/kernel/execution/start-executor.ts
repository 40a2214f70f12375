import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import ts from "typescript";
import { createExecutor, type ExecutorOptions } from "../../../src/kernel/execution/index.js";
import type {
  CellOutcome,
  CellRequest,
  CommMessage,
  DisplayData,
  Executor,
  OutputSink,
} from "../../../src/kernel/session/executor.js";

const source = path.resolve(import.meta.dirname, "../../../src/kernel/execution");

/** The runtime runs as plain JavaScript in a process of its own: builds it from the source into a fresh folder. */
export function buildRuntime(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-runtime-"));
  fs.mkdirSync(path.join(folder, "runtime"));
  const runtime = fs.readdirSync(path.join(source, "runtime")).map((name) => `runtime/${name}`);
  for (const name of ["wire.ts", ...runtime]) {
    const { outputText } = ts.transpileModule(fs.readFileSync(path.join(source, name), "utf8"), {
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
      },
    });
    fs.writeFileSync(path.join(folder, name.replace(/\.ts$/, ".js")), outputText);
  }
  fs.writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  return folder;
}

/** One thing that reached the front end, in order. */
export type Event =
  | { readonly kind: "stdout" | "stderr"; readonly text: string }
  | {
      readonly kind: "display";
      readonly data: Readonly<Record<string, unknown>>;
      readonly displayId?: string;
      readonly update?: boolean;
    }
  | { readonly kind: "clear"; readonly wait: boolean }
  | { readonly kind: "late"; readonly traceback: readonly string[] }
  | { readonly kind: "comm"; readonly message: CommMessage };

export class RecordingSink implements OutputSink {
  readonly events: Event[] = [];
  answer: (prompt: string) => Promise<string> = (prompt) => Promise.resolve(`answer to ${prompt}`);

  stream(kind: "stdout" | "stderr", text: string): void | Promise<void> {
    const last = this.events.at(-1);
    if (last?.kind === kind) this.events[this.events.length - 1] = { kind, text: last.text + text };
    else this.events.push({ kind, text });
  }
  display({ data }: DisplayData, options: { readonly displayId?: string; readonly update?: boolean }): void {
    this.events.push({ kind: "display", data, ...options });
  }
  clearOutput({ wait }: { readonly wait: boolean }): void {
    this.events.push({ kind: "clear", wait });
  }
  error({ traceback }: { readonly traceback: readonly string[] }): void {
    this.events.push({ kind: "late", traceback });
  }
  input({ prompt }: { readonly prompt: string }): Promise<string> {
    return this.answer(prompt);
  }
  comm(message: CommMessage): void {
    this.events.push({ kind: "comm", message });
  }

  text(kind: "stdout" | "stderr"): string {
    return this.events.map((event) => (event.kind === kind ? event.text : "")).join("");
  }
}

export interface Ran {
  readonly outcome: CellOutcome;
  readonly sink: RecordingSink;
  /** The result's `text/plain`, or the first line of the error. */
  readonly text: string | undefined;
  readonly stdout: string;
}

export interface Notebook {
  readonly executor: Executor & { readonly pid: number | undefined };
  readonly folder: string;
  run(code: string, options?: Partial<CellRequest> & { readonly sink?: RecordingSink }): Promise<Ran>;
  /** Runs a cell and presses Stop after a while; how long the stop took comes with it. */
  runAndStop(
    code: string,
    options?: { readonly afterMs?: number },
  ): Promise<Ran & { readonly stopMs: number }>;
  /** Counts cells from 1 again. */
  recount(): void;
  close(): Promise<void>;
}

/** A notebook without a server: an executor in a fresh folder, and what its cells send. */
export function openNotebook(options: Partial<ExecutorOptions> = {}): Notebook {
  const runtime = buildRuntime();
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "gradus-notebook-")));
  const executor = createExecutor({
    folder,
    runtimeScript: path.join(runtime, "runtime/main.js"),
    ...options,
  });
  let count = 0;

  const run: Notebook["run"] = async (code, { sink = new RecordingSink(), ...request } = {}) => {
    count += 1;
    const outcome = await executor.execute(
      { code, executionCount: count, silent: false, userExpressions: {}, ...request },
      sink,
    );
    const text =
      outcome.status === "ok"
        ? (outcome.result?.data["text/plain"] as string | undefined)
        : `${outcome.error.ename}: ${outcome.error.evalue}`;
    return { outcome, sink, text, stdout: sink.text("stdout") };
  };

  return {
    executor,
    folder,
    run,
    async runAndStop(code, { afterMs = 60 } = {}) {
      const running = run(code);
      await pause(afterMs);
      const began = performance.now();
      await executor.interrupt();
      const stopMs = performance.now() - began;
      return { ...(await running), stopMs };
    },
    recount() {
      count = 0;
    },
    async close() {
      await executor.stop();
      for (const made of [runtime, folder]) fs.rmSync(made, { recursive: true, force: true });
    },
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
