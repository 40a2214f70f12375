import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { threadId } from "node:worker_threads";
import { newProgress, parseProgress, type Progress, type ProgressStore } from "./exercises/index.js";

/**
 * Where progress is kept: `GRADUS_PROGRESS` if it is set (`off` for nowhere: undefined), else `.gradus/progress.json` in
 * the course, which is the nearest folder at or above `from` whose package.json is gradus', else in `from` itself.
 */
export function progressFile(from: string = process.cwd()): string | undefined {
  const wanted = process.env["GRADUS_PROGRESS"];
  if (wanted === "off") return undefined;
  if (wanted !== undefined && wanted !== "") return path.resolve(from, wanted);
  return path.join(courseFolder(from) ?? from, ".gradus", "progress.json");
}

/** The nearest folder at or above `from` whose package.json is gradus'. */
export function courseFolder(from: string): string | undefined {
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    try {
      const manifest = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")) as unknown;
      if ((manifest as { name?: unknown } | null)?.name === "gradus") return folder;
    } catch {
      // no package.json here, or one that is nobody's business
    }
    if (path.dirname(folder) === folder) return undefined;
  }
}

/** The progress in a file. A damaged or foreign file is never written over: both functions throw and name it. */
export function progressStore(file: string): ProgressStore {
  return {
    read: () => readProgressFile(file) ?? newProgress(randomUUID()),
    update(change) {
      makeFolder(path.dirname(file));
      withLock(`${file}.lock`, () => {
        const before = readProgressFile(file) ?? newProgress(randomUUID());
        const after = change(before);
        if (after !== before) replaceFile(file, `${JSON.stringify(after, null, 1)}\n`);
      });
    },
  };
}

/**
 * The progress in a file, undefined when there is no such file.
 *
 * @throws Error that names the file and what is wrong with it.
 */
export function readProgressFile(file: string): Progress | undefined {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw new Error(`${file} can't be read: ${messageOf(error)}`, { cause: error });
  }
  try {
    return parseProgress(text);
  } catch (error) {
    throw new Error(`${file} can't be used: ${messageOf(error)}.`.replace(/\.\.$/, "."), { cause: error });
  }
}

/** The `code` of an error of Node, if it is one; a thrown Proxy is asked nothing twice. */
export function codeOf(error: unknown): string | undefined {
  try {
    const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
    return typeof code === "string" ? code : undefined;
  } catch {
    return undefined;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Makes the folder; one named `.gradus` is private. */
export function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  fs.mkdirSync(folder, { recursive: true });
  // Outside the course nobody has told git yet that this is private.
  if (path.basename(folder) === ".gradus") fs.writeFileSync(path.join(folder, ".gitignore"), "*\n");
}

/** The new text appears as a whole or not at all. */
function replaceFile(file: string, text: string): void {
  const fresh = `${file}.${process.pid}-${threadId}.new`;
  try {
    fs.writeFileSync(fresh, text);
    // Windows refuses while a virus scanner or an editor has the file open.
    retrying(["EPERM", "EACCES", "EBUSY"], () => fs.renameSync(fresh, file));
  } catch (error) {
    fs.rmSync(fresh, { force: true });
    throw error;
  }
}

function retrying(codes: readonly string[], act: () => void): void {
  for (let attempt = 1; ; attempt++) {
    try {
      return act();
    } catch (error) {
      if (attempt >= 5 || !codes.includes(codeOf(error) ?? "")) throw error;
      sleep(20 * attempt);
    }
  }
}

const patienceMs = 5000;
/** Nobody holds the lock for longer than some milliseconds; one that old was left behind. */
const forgottenMs = 20_000;

/** Runs `act` while no other process does. The lock is a file that only one can create. */
function withLock(lock: string, act: () => void): void {
  const mine = JSON.stringify({ host: os.hostname(), pid: process.pid, thread: threadId, id: randomUUID() });
  const started = Date.now();
  while (!create(lock, mine)) {
    removeForgotten(lock);
    if (Date.now() - started > patienceMs)
      throw new Error(`${lock} is held by another program. If none is running, delete that file.`);
    sleep(2 + (process.pid % 5));
  }
  try {
    act();
  } finally {
    if (textOf(lock) === mine) fs.rmSync(lock, { force: true });
  }
}

function create(file: string, text: string): boolean {
  try {
    fs.writeFileSync(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    // Windows says EPERM while the file is being deleted.
    if (codeOf(error) === "EEXIST" || (codeOf(error) === "EPERM" && fs.existsSync(file))) return false;
    throw error;
  }
}

/** Takes a lock away whose holder is gone, by renaming it, which only one process can do. */
function removeForgotten(lock: string): void {
  const seen = textOf(lock);
  if (seen === undefined || !isForgotten(lock, seen)) return;
  const aside = `${lock}.${process.pid}-${threadId}`;
  try {
    fs.renameSync(lock, aside);
    // Another process may have been quicker, and this is already the next one's lock: give it back.
    if (textOf(aside) !== seen) fs.linkSync(aside, lock);
  } catch {
    // gone in the meantime: the next attempt will tell
  } finally {
    fs.rmSync(aside, { force: true });
  }
}

function isForgotten(lock: string, text: string): boolean {
  try {
    if (Date.now() - fs.statSync(lock).mtimeMs > forgottenMs) return true;
    const { host, pid, thread } = JSON.parse(text) as { host: string; pid: number; thread: number };
    if (host !== os.hostname()) return false;
    // This very thread is not inside `act`, or it would not be here: a Stop hit it there.
    if (pid === process.pid) return thread === threadId;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === "ESRCH";
  }
}

function textOf(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
