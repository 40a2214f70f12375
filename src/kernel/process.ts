import * as fs from "node:fs";
import { watchParent } from "./parent-watch.js";
import { startKernel, type KernelOptions } from "./server.js";
import { parseConnection } from "./transport/index.js";

/** Ends the process at the latest so long after an orderly end was asked for. */
const endPatienceMs = 5000;

/** Jupyter shows a kernel's stderr in the terminal of the server. */
function logLine(line: string): void {
  try {
    fs.writeSync(2, `[gradus kernel ${process.pid}] ${line}\n`);
  } catch {
    // The terminal is gone or full. There is nobody left to tell.
  }
}

/**
 * Runs a kernel as this process: signals, the parent's death, faults that nobody caught, and the exit code. SIGINT is
 * the Stop button, SIGTERM an orderly end. Returns when the kernel is ready to answer.
 */
export async function runKernel(options: {
  readonly connectionFile: string | undefined;
  readonly create: (log: (line: string) => void) => Omit<KernelOptions, "connection" | "log">;
}): Promise<void> {
  const { connectionFile } = options;
  if (connectionFile === undefined) {
    logLine(
      "no connection file was given. Jupyter starts this kernel; `gradus kernel install` registers it.",
    );
    process.exitCode = 2;
    return;
  }
  // The host runs no user code, so a stray fault is ours: say it, and live on, because the notebook's state is worth more.
  process.on("unhandledRejection", (reason) => logLine(`unhandled rejection: ${stackOf(reason)}`));
  process.on("uncaughtException", (error) => logLine(`uncaught exception: ${stackOf(error)}`));

  let kernel: Awaited<ReturnType<typeof startKernel>>;
  try {
    const connection = parseConnection(fs.readFileSync(connectionFile, "utf8"), connectionFile);
    kernel = await startKernel({ ...options.create(logLine), connection, log: logLine });
  } catch (error) {
    logLine(`could not start: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }

  const end = (reason: string): void => {
    setTimeout(() => process.exit(1), endPatienceMs).unref();
    void kernel.stop(reason);
  };
  process.on("SIGINT", () => {
    kernel.interrupt().catch((error: unknown) => logLine(`interrupt: ${stackOf(error)}`));
  });
  process.on("SIGTERM", () => end("SIGTERM"));
  process.on("SIGHUP", () => end("SIGHUP"));
  watchParent(() => end("the parent process is gone"));
  void kernel.ended.then(() => process.exit(0));
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
