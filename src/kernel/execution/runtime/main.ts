/** The runtime process: runs the scripts of cells on its main thread. Started by the host with the folder as argument. */
import { Session } from "node:inspector";
import { pathToFileURL } from "node:url";
import { MessageChannel, Worker } from "node:worker_threads";
import {
  type Command,
  commandDescriptor,
  type ExecuteCommand,
  type ScriptText,
  type ThrownError,
  type UserExpressionValue,
} from "../wire.js";
import { toDisplayData } from "./bundle.js";
import { cellApi, installDisplayHost } from "./cell-api.js";
import { Comms } from "./comms.js";
import { installConsole } from "./console.js";
import { cells, critically, flags } from "./critical.js";
import { Input } from "./input.js";
import { Modules, pick } from "./modules.js";
import { markDrained, writeFrame } from "./output.js";
import { beginRun, currentRun, hasContextFrames, knownRun, type Run, within, woken } from "./runs.js";
import { declare, isTimer, runScripts } from "./scripts.js";
import { cleanStackTraces, describeThrown } from "./thrown.js";
import { followCallbacks } from "./timers.js";

// A cell may declare a variable of one of these names; the runtime keeps the originals.
const { Array, Atomics, Error, Object, Promise, String, process } = globalThis;

const folder = process.argv[2] ?? process.cwd();
const soon = setImmediate;
const inputs = new MessageChannel();
const input = new Input(inputs.port1);
const comms = new Comms();
let active: Run | undefined;

/** Thrown into the code of a stopped cell when it wakes; `finally` blocks still run. */
class Interruption extends Error {
  override readonly name = "Interrupted";
}

const interrupted: ThrownError = {
  name: "Interrupted",
  message: "The cell was stopped. Variables keep their values.",
};

const modules = new Modules(folder, translate);
const translations = new Map<number, { resolve(code: string): void; reject(error: Error): void }>();
let translationCount = 0;

/** The host has the compiler: the runtime stays small. */
function translate(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    translationCount += 1;
    translations.set(translationCount, { resolve, reject });
    writeFrame({ type: "module", request: translationCount, path });
  });
}

let wakings = 0;
const runtime = {
  folder,
  meta: Object.freeze({
    url: pathToFileURL(`${folder}/notebook.ts`).href,
    dirname: folder,
    filename: `${folder}/notebook.ts`,
  }),
  get run(): Run | undefined {
    return hasContextFrames ? undefined : knownRun();
  },
  /** Around every `await` of a cell: a stopped cell does not go on. */
  resume(run: Run | undefined, value: unknown): unknown {
    woken(run);
    if (!anyStopped) return value;
    const current = knownRun();
    if (current?.stopped !== true) return value;
    wakings += 1;
    // Code that swallows the exception and loops is ended from outside.
    if (wakings > 100) terminateSelf();
    throw new Interruption("stopped");
  },
  result(value: unknown): void {
    const run = currentRun();
    if (run === undefined || run.settled) return;
    run.result = value;
    run.hasResult = true;
  },
  importModule(from: string, specifier: unknown, options?: unknown): Promise<unknown> {
    const here = new Error().stack ?? "";
    return modules.import(from, specifier, options).catch((error: unknown) => {
      // Node's loader knows no cell: say where the import stands.
      if (error instanceof Error && error.stack?.includes("\n    at ") !== true) {
        error.stack = `${String(error)}${here.slice("Error".length)}`;
      }
      throw error;
    });
  },
  pick,
};
let anyStopped = false;

function terminateSelf(): void {
  const session = new Session();
  session.connect();
  session.post("Runtime.terminateExecution");
}

function reportLate(error: unknown, run: Run | undefined = currentRun()): void {
  if (error instanceof Interruption || run?.stopped === true) return;
  writeFrame({ type: "error", error: describeThrown(error) }, run?.id ?? 0);
}

function execute(command: ExecuteCommand): void {
  const run = beginRun(command.run, command.file);
  active = run;
  woken(run); // also when an earlier cell was stopped on its way out
  const failed = (error: unknown): void => later(run, () => settle(run, { error: describeThrown(error) }));
  within(run, () => {
    try {
      declare(command.names);
    } catch (error) {
      return failed(error);
    }
    runScripts(command.scripts, command.file, () => later(run, () => finish(run, command, failed)), failed);
  });
}

/** What the cell has queued (ticks, promises that are ready) runs before the cell is done. */
function later(run: Run, act: () => void): void {
  soon(() => within(run, act));
}

function finish(run: Run, { userExpressions }: ExecuteCommand, failed: (error: unknown) => void): void {
  if (run.settled) return;
  try {
    const hasResult = run.hasResult && run.result !== undefined && !isTimer(run.result);
    const result = hasResult ? { result: toDisplayData(run.result, { result: true }) } : {};
    evaluateExpressions(run, Object.entries(userExpressions), {}, (values) =>
      settle(run, { ...result, userExpressions: values }),
    );
  } catch (error) {
    failed(error);
  }
}

function evaluateExpressions(
  run: Run,
  expressions: readonly (readonly [string, readonly ScriptText[] | ThrownError])[],
  values: Record<string, UserExpressionValue>,
  done: (values: Record<string, UserExpressionValue>) => void,
): void {
  const [first, ...rest] = expressions;
  if (first === undefined) return done(values);
  const [name, scripts] = first;
  const next = (value: UserExpressionValue): void =>
    evaluateExpressions(run, rest, { ...values, [name]: value }, done);
  if (!Array.isArray(scripts)) return next(scripts as ThrownError);
  run.result = undefined;
  const failed = (error: unknown): void => next(describeThrown(error));
  runScripts(
    scripts as readonly ScriptText[],
    "expression.ts",
    () => {
      try {
        next(toDisplayData(run.result, { result: true }));
      } catch (error) {
        failed(error);
      }
    },
    failed,
  );
}

type Done = Omit<Parameters<typeof writeFrame>[0] & { readonly type: "done" }, "type">;

function settle(run: Run, outcome: Done): void {
  if (run.settled) return;
  critically(() => {
    run.settled = true;
    run.result = undefined;
    if (active === run) active = undefined;
    markDrained(run.id);
    writeFrame({ type: "done", ...outcome }, run.id);
  });
}

function interrupt(id: number): void {
  critically(() => {
    wakings = 0;
    if (active !== undefined) {
      anyStopped = true;
      active.stopped = true;
      modules.reset();
      settle(active, { error: interrupted });
    }
    Atomics.store(flags, cells.acknowledged, id);
    writeFrame({ type: "interrupted", id });
  });
}

function toError(
  { message, stack = message }: ThrownError = { name: "Error", message: "no such file" },
): Error {
  return Object.assign(new SyntaxError(message), { stack });
}

function handle(command: Command): void {
  switch (command.type) {
    case "execute":
      return execute(command);
    case "interrupt":
      return interrupt(command.id);
    case "comm":
      try {
        comms.receive(command.message);
      } catch (error) {
        reportLate(error);
      }
      return comms.announce(command.request);
    case "module": {
      const waiting = translations.get(command.request);
      translations.delete(command.request);
      if (command.code !== undefined) waiting?.resolve(command.code);
      else waiting?.reject(toError(command.fault));
      return;
    }
    case "stop":
      return process.exit(0);
    case "input":
      return;
  }
}

Object.defineProperty(globalThis, "__gradus__", { value: runtime });
cleanStackTraces();
installConsole();
installDisplayHost();
input.installStdin();
followCallbacks(reportLate);
for (const [name, value] of Object.entries({
  ...cellApi,
  prompt: input.prompt,
  comms,
  require: modules.require,
  __dirname: folder,
})) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
// The terminal sends Ctrl-C to the whole group; the host decides what it means.
process.on("SIGINT", () => {});
process.on("uncaughtException", (error) => reportLate(error));
process.on("unhandledRejection", (reason) => reportLate(reason));
process.on("exit", (code) => writeFrame({ type: "exit", code }));

const worker = new Worker(new URL("./control-worker.js", import.meta.url), {
  workerData: { flags, descriptor: commandDescriptor, inputPort: inputs.port2 },
  transferList: [inputs.port2],
  execArgv: [],
});
worker.on("message", handle);
worker.once("online", () => writeFrame({ type: "ready" }));
