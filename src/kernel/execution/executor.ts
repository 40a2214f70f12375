import * as fs from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type TypeScript from "typescript";
import type {
  CellError,
  CellOutcome,
  CellRequest,
  CommMessage,
  Executor,
  OutputSink,
  UserExpressionResult,
} from "../session/executor.js";
import { expressionScripts, syntaxError } from "./cell-scripts.js";
import { describeEnd } from "./runtime-end.js";
import { rewriteCell } from "./rewrite/cell.js";
import { translateModule } from "./rewrite/local-module.js";
import { RuntimeProcess, type RuntimeEnd } from "./runtime-process.js";
import { type CellSource, toCellError } from "./traceback.js";
import { type ExecuteCommand, type Frame, fromCommText, type Received, toCommText } from "./wire.js";

export interface ExecutorOptions {
  /** The notebook's folder: relative paths and imports start here. */
  readonly folder: string;
  /** The runtime's built entry; by default the one beside this file. */
  readonly runtimeScript?: string;
  /** Further flags of Node for the runtime, `--max-old-space-size=512` for example. */
  readonly nodeFlags?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  /** How long the runtime may stay in native code after a stop before it is ended and begun anew. */
  readonly stopTimeoutMs?: number;
  /** Called after the runtime was lost and all variables with it. */
  readonly onRestart?: () => void;
}

/** Late output of older cells goes to the newest one. */
const maxSinks = 500;

const stoppedEarly: CellError = {
  ename: "Interrupted",
  evalue: "The cell was stopped before it began.",
  traceback: ["Interrupted: The cell was stopped before it began."],
};

/** `require`, because `import()` would first scan 9 MB for named exports: 0.3 s and 90 MB. The language room has it loaded. */
function loadTypeScript(): typeof TypeScript {
  return createRequire(import.meta.url)("typescript") as typeof TypeScript;
}

interface Running {
  readonly run: number;
  readonly sink: OutputSink;
  readonly settle: (outcome: CellOutcome) => void;
}

/** An executor that runs cells in a child process. Nothing is started before `start` or the first cell. */
export function createExecutor(options: ExecutorOptions): Executor & { readonly pid: number | undefined } {
  return new ProcessExecutor(options);
}

class ProcessExecutor implements Executor {
  readonly #options: Required<
    Pick<ExecutorOptions, "folder" | "runtimeScript" | "nodeFlags" | "stopTimeoutMs">
  > &
    ExecutorOptions;
  #runtime: RuntimeProcess | undefined;
  #ready: Promise<void> | undefined;
  #becameReady: (() => void) | undefined;
  #runs = 0;
  #interrupts = 0;
  #comms = 0;
  #running: Running | undefined;
  #preparing: number | undefined;
  #stopping = false;
  #stuck = false;
  #open: Readonly<Record<string, string>> = {};
  readonly #acknowledged = new Map<number, () => void>();
  readonly #sinks = new Map<number, OutputSink>();
  readonly #cells = new Map<string, CellSource>();

  constructor(options: ExecutorOptions) {
    this.#options = {
      runtimeScript: fileURLToPath(new URL("./runtime/main.js", import.meta.url)),
      nodeFlags: [],
      stopTimeoutMs: 10_000,
      ...options,
    };
  }

  get pid(): number | undefined {
    return this.#runtime?.pid;
  }

  start(): Promise<void> {
    this.#ready ??= this.#launch();
    return this.#ready;
  }

  async #launch(): Promise<void> {
    const { folder, runtimeScript, nodeFlags, environment = process.env } = this.#options;
    if (!fs.existsSync(runtimeScript)) {
      throw new Error(
        `kernel: the runtime ${runtimeScript} is not there. Build the project, or pass runtimeScript.`,
      );
    }
    if (!fs.existsSync(folder)) {
      throw new Error(
        `kernel: the notebook's folder ${folder} is not there (any more). Restart from one that is.`,
      );
    }
    this.#stopping = false;
    const ready = new Promise<void>((resolve) => (this.#becameReady = resolve));
    const runtime = new RuntimeProcess({
      script: runtimeScript,
      folder,
      flags: nodeFlags,
      environment,
      listener: {
        received: (received) => this.#receive(received),
        raw: (name, text) => (this.#running?.sink ?? this.#sinks.get(this.#runs))?.stream(name, text),
        ended: (end) => this.#lost(runtime, end),
      },
    });
    this.#runtime = runtime;
    const failed = runtime.ended.then(({ code, signal }) => {
      throw new Error(`kernel: the runtime ended before it was ready (code ${code}, signal ${signal})`);
    });
    failed.catch(() => {});
    await Promise.race([ready, failed]);
  }

  async execute(cell: CellRequest, sink: OutputSink): Promise<CellOutcome> {
    this.#runs += 1;
    const run = this.#runs;
    this.#preparing = run;
    const ts = loadTypeScript();
    const file = `cell [${cell.executionCount}]${cell.silent ? ` (silent, ${run})` : ""}`;
    const rewritten = rewriteCell(ts, cell.code);
    const lines = cell.code.split("\n");
    if (rewritten.faults.length > 0) return failure(syntaxError(rewritten.faults, lines, file));
    this.#cells.set(file, { lines, places: rewritten.places });
    this.#sinks.set(run, sink);
    if (this.#sinks.size > maxSinks) this.#sinks.delete(this.#sinks.keys().next().value!);
    try {
      await this.start();
    } catch (error) {
      this.#ready = undefined;
      const message = error instanceof Error ? error.message : String(error);
      return failure({ ename: "RuntimeError", evalue: message, traceback: [message] });
    }
    if (this.#preparing !== run) return failure(stoppedEarly);
    this.#preparing = undefined;
    const command: ExecuteCommand = {
      type: "execute",
      run,
      file,
      names: rewritten.names,
      scripts: rewritten.scripts,
      userExpressions: expressionScripts(ts, cell.userExpressions),
    };
    return new Promise((settle) => {
      this.#running = { run, sink, settle };
      this.#runtime?.send(command);
    });
  }

  async #receive(received: Received): Promise<void> {
    const sink = this.#sinks.get(received.run) ?? this.#running?.sink ?? this.#sinks.get(this.#runs);
    if (received.kind !== "json") return sink?.stream(received.kind, received.text);
    const { frame, run } = received;
    switch (frame.type) {
      case "ready":
        return this.#becameReady?.();
      case "display":
        return sink?.display(frame.data, {
          ...(frame.displayId === undefined ? {} : { displayId: frame.displayId }),
          ...(frame.update === undefined ? {} : { update: frame.update }),
        });
      case "clear":
        return sink?.clearOutput({ wait: frame.wait });
      case "error":
        return sink?.error(toCellError(frame.error, this.#cells));
      case "input":
        return this.#answer(frame, sink);
      case "comm":
        return sink?.comm(fromCommText(frame.message));
      case "comms":
        this.#open = frame.open;
        if (frame.request !== undefined) this.#acknowledge(-frame.request);
        return;
      case "module":
        return this.#translate(frame.request, frame.path);
      case "interrupted":
        return this.#acknowledge(frame.id);
      case "exit":
        if (this.#runtime !== undefined) this.#runtime.exitCode = frame.code;
        return;
      case "done":
        return this.#done(run, frame);
    }
  }

  async #done(run: number, frame: Frame & { readonly type: "done" }): Promise<void> {
    await this.#runtime?.drained(run);
    const running = this.#running;
    if (running?.run !== run) return;
    this.#running = undefined;
    if (frame.error !== undefined) {
      running.settle(failure(toCellError(frame.error, this.#cells)));
      return;
    }
    const userExpressions = Object.fromEntries(
      Object.entries(frame.userExpressions ?? {}).map(([name, value]): [string, UserExpressionResult] => [
        name,
        "data" in value
          ? { status: "ok", ...value }
          : { status: "error", ...toCellError(value, this.#cells) },
      ]),
    );
    const result = frame.result === undefined ? {} : { result: frame.result };
    running.settle({ status: "ok", ...result, userExpressions });
  }

  /** Not awaited: while the person types, other output goes on. */
  #answer(frame: Frame & { readonly type: "input" }, sink: OutputSink | undefined): void {
    const { request, prompt, password } = frame;
    const asked = sink?.input({ prompt, password }) ?? Promise.reject(new Error("nobody to ask"));
    asked.then(
      (value) => this.#runtime?.send({ type: "input", request, value }),
      (error: unknown) =>
        this.#runtime?.send({
          type: "input",
          request,
          fault: error instanceof Error ? error.message : String(error),
        }),
    );
  }

  async #translate(request: number, path: string): Promise<void> {
    const ts = loadTypeScript();
    const translated = translateModule(ts, path);
    if ("fault" in translated) this.#runtime?.send({ type: "module", request, fault: translated.fault });
    else {
      const { code, lines, places } = translated;
      this.#cells.set(path, { lines, places });
      this.#runtime?.send({ type: "module", request, code });
    }
  }

  async interrupt(): Promise<void> {
    const runtime = this.#runtime;
    // A stop that comes while the cell is still being translated, or the runtime started, finds nothing to stop there.
    const early = this.#preparing !== undefined;
    this.#preparing = undefined;
    if (early || runtime === undefined) return;
    this.#interrupts += 1;
    const id = this.#interrupts;
    const acknowledged = new Promise<void>((resolve) => this.#acknowledged.set(id, resolve));
    runtime.send({ type: "interrupt", id });
    const timer = setTimeout(() => {
      this.#stuck = true;
      runtime.kill();
    }, this.#options.stopTimeoutMs);
    await Promise.race([acknowledged, runtime.ended]);
    clearTimeout(timer);
    this.#acknowledged.delete(id);
  }

  #acknowledge(id: number): void {
    this.#acknowledged.get(id)?.();
    this.#acknowledged.delete(id);
  }

  /** The process is gone. What ran in it ends with an error that says so; the next runtime starts by itself. */
  #lost(runtime: RuntimeProcess, end: RuntimeEnd): void {
    if (runtime !== this.#runtime) return;
    const running = this.#running;
    this.#runtime = undefined;
    this.#ready = undefined;
    this.#running = undefined;
    this.#open = {};
    for (const id of [...this.#acknowledged.keys()]) this.#acknowledge(id);
    const error = describeEnd(end, { stuck: this.#stuck, stopped: this.#stopping });
    this.#stuck = false;
    const sink = this.#sinks.get(this.#runs);
    this.#sinks.clear();
    this.#cells.clear();
    if (this.#stopping) {
      running?.settle(failure(error));
      return;
    }
    this.#options.onRestart?.();
    const restarted = this.start();
    restarted.catch(() => (this.#ready = undefined));
    if (running !== undefined) running.settle(failure(error));
    else void sink?.error(error);
  }

  async comm(message: CommMessage): Promise<void> {
    await this.start();
    const runtime = this.#runtime;
    this.#comms += 1;
    const request = this.#comms;
    const handled = new Promise<void>((resolve) => this.#acknowledged.set(-request, resolve));
    runtime?.send({ type: "comm", request, message: toCommText(message) });
    await handled;
  }

  comms(): Promise<Readonly<Record<string, string>>> {
    return Promise.resolve(this.#open);
  }

  async stop(): Promise<void> {
    const runtime = this.#runtime;
    if (runtime === undefined) return;
    this.#stopping = true;
    runtime.send({ type: "stop" });
    const timer = setTimeout(() => runtime.kill(), 500);
    await runtime.ended;
    clearTimeout(timer);
  }
}

function failure(error: CellError): CellOutcome {
  return { status: "error", error };
}
