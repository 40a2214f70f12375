import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { HistoryEntry, HistoryStore } from "./session/index.js";

/** Only so much of the file's end is read at start. */
const readBytes = 4 * 1024 * 1024;
/** Longer cells are run but not kept: one of 50 MB would push out everything else. */
const longestKept = 256 * 1024;

/** Where the history of all gradus kernels of this person lies. `GRADUS_HISTORY` names another file. */
export function historyPath(env: NodeJS.ProcessEnv = process.env): string {
  if (env["GRADUS_HISTORY"]) return path.resolve(env["GRADUS_HISTORY"]);
  if (process.platform === "win32" && env["LOCALAPPDATA"])
    return path.join(env["LOCALAPPDATA"], "gradus", "history.jsonl");
  const state = env["XDG_STATE_HOME"] || path.join(os.homedir(), ".local", "state");
  return path.join(state, "gradus", "history.jsonl");
}

/**
 * The history as a file of JSON lines. Kernels that run at the same time append to one file; a line that cannot be
 * written or read (full disk, torn line) is logged or skipped, and never ends anything.
 */
export class HistoryFile implements HistoryStore {
  readonly #file: string;
  readonly #log: (line: string) => void;
  #failed = false;
  #last: Promise<void> = Promise.resolve();

  constructor(options: { readonly file: string; readonly log: (line: string) => void }) {
    this.#file = options.file;
    this.#log = options.log;
  }

  async load(): Promise<readonly HistoryEntry[]> {
    try {
      const lines = (await this.#readEnd()).split("\n");
      return lines.map(parseEntry).filter((entry) => entry !== undefined);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") this.#failedTo("read", error);
      return [];
    }
  }

  append(entry: HistoryEntry): Promise<void> {
    if (entry.source.length > longestKept) return Promise.resolve();
    this.#last = this.#last.then(() => this.#appendNow(entry));
    return this.#last;
  }

  async #appendNow({ session, line, source }: HistoryEntry): Promise<void> {
    try {
      await fs.mkdir(path.dirname(this.#file), { recursive: true, mode: 0o700 });
      // What people type may hold secrets: nobody else reads it.
      await fs.appendFile(this.#file, JSON.stringify({ session, line, source }) + "\n", { mode: 0o600 });
      this.#failed = false;
    } catch (error) {
      this.#failedTo("write", error);
    }
  }

  async #readEnd(): Promise<string> {
    const handle = await fs.open(this.#file, "r");
    try {
      const { size } = await handle.stat();
      const start = Math.max(0, size - readBytes);
      const bytes = Buffer.alloc(size - start);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
      return bytes.toString("utf8", 0, bytesRead);
    } finally {
      await handle.close();
    }
  }

  /** One line in the log for a row of failures, not one a cell. */
  #failedTo(verb: string, error: unknown): void {
    if (!this.#failed) this.#log(`could not ${verb} the history ${this.#file}: ${(error as Error).message}`);
    this.#failed = true;
  }
}

function parseEntry(text: string): HistoryEntry | undefined {
  try {
    const { session, line, source } = JSON.parse(text) as Record<string, unknown>;
    if (typeof session !== "string" || typeof line !== "number" || typeof source !== "string")
      return undefined;
    return { session, line, source };
  } catch {
    return undefined; // the torn first line of the part that was read, or of a full disk
  }
}
