import { type ChildProcess, spawn, spawnSync } from "node:child_process";

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end and collects what it prints. Rejects only when it can't be started (`ENOENT`, `EACCES`). */
export function capture(
  command: string,
  args: readonly string[],
  {
    cwd,
    env,
    timeoutMs,
    onLine,
  }: { cwd?: string; env?: NodeJS.ProcessEnv; timeoutMs?: number; onLine?: (line: string) => void } = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...(cwd === undefined ? {} : { cwd }),
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
      env: env ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    let stdout = "";
    let stderr = "";
    let pending = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      stdout += chunk;
      if (onLine === undefined) return;
      const lines = (pending + chunk).split(/\r?\n/);
      pending = lines.pop() ?? "";
      lines.forEach(onLine);
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      if (onLine !== undefined && pending !== "") onLine(pending);
      resolve({ code: code ?? 1, stdout, stderr });
    });
  });
}

/** Runs a command with the terminal as its own and resolves to its exit code. */
export function attach(
  command: string,
  args: readonly string[],
  { cwd, env }: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: env ?? process.env,
      stdio: "inherit",
    });
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}

/**
 * Ends a child and what it started: SIGTERM, then SIGKILL to its process group after `graceMs`.
 * The child must have been started with `detached: true` on POSIX, so that it leads a group of its own.
 */
export async function stopTree(
  child: ChildProcess,
  { graceMs = 10_000 }: { graceMs?: number } = {},
): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  if (process.platform === "win32") {
    // Windows has no SIGTERM: the tree is ended as a whole, or the kernels would outlive the server.
    spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" });
  } else {
    child.kill("SIGTERM");
  }
  const timer = setTimeout(() => {
    try {
      process.kill(-child.pid!, "SIGKILL");
    } catch {
      // the group is already gone
    }
  }, graceMs);
  await closed;
  clearTimeout(timer);
}
