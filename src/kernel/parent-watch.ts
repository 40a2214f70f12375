/**
 * Calls `onDeath` once the process that started this kernel is gone; without that, a killed launcher leaves kernels
 * behind for ever. A POSIX orphan gets a new parent, so a change of `process.ppid` is the sign; a parent that is PID 1
 * from the start (a container's first process) is a parent like any other. `JPY_PARENT_PID` names the launcher where
 * something stands between it and us; on Windows it is a handle and no help, but there asking for the parent's life is.
 * Returns a function that ends the watch.
 */
export function watchParent(
  onDeath: () => void,
  {
    env = process.env,
    everyMs = 1000,
    parentOf = (): number => process.ppid,
    isAlive = isProcessAlive,
  }: {
    readonly env?: NodeJS.ProcessEnv;
    readonly everyMs?: number;
    readonly parentOf?: () => number;
    readonly isAlive?: (pid: number) => boolean;
  } = {},
): () => void {
  const parent = parentOf();
  const named = process.platform === "win32" ? parent : Number(env["JPY_PARENT_PID"]);
  // A launcher in another PID namespace cannot be seen from here, now or later.
  const launcher = Number.isInteger(named) && named > 1 && isAlive(named) ? named : undefined;
  const timer = setInterval(() => {
    if (parentOf() === parent && (launcher === undefined || isAlive(launcher))) return;
    clearInterval(timer);
    onDeath();
  }, everyMs);
  return () => clearInterval(timer);
}

function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
