// Where experiment ledgers are kept: files beside the learner's progress.
import * as fs from "node:fs";
import * as path from "node:path";
import type { LedgerPlace, LedgerStore } from "./experiments/index.js";
import { codeOf, courseFolder, makeFolder } from "./progress-file.js";

/** Ledgers as files of this computer; with GRADUS_PROGRESS=off none are kept. */
export const ledgerFiles: LedgerPlace = {
  open(name) {
    if (process.env["GRADUS_PROGRESS"] === "off") return undefined;
    return ledgerFile(ledgerPath(name));
  },
  now: () => new Date(),
  software: () => ({ node: process.versions.node, platform: `${process.platform}-${process.arch}` }),
};

/** A name lies in `.gradus/experiments` of the course, a path counts from the working directory. */
export function ledgerPath(name: string, from: string = process.cwd()): string {
  if (/[/\\]|\.jsonl$/.test(name)) return path.resolve(from, name);
  return path.join(courseFolder(from) ?? from, ".gradus", "experiments", `${name}.jsonl`);
}

function ledgerFile(file: string): LedgerStore {
  return {
    read() {
      try {
        return fs.readFileSync(file, "utf8");
      } catch (error) {
        if (codeOf(error) === "ENOENT") return "";
        throw new Error(`The ledger ${file} can't be read: ${messageOf(error)}`, { cause: error });
      }
    },
    append(line) {
      try {
        makeFolder(gradusFolderOf(file));
        fs.mkdirSync(path.dirname(file), { recursive: true });
        // After a crash the last line may lack its end; the new one must not be lost with it.
        fs.appendFileSync(file, `${endsMidLine(file) ? "\n" : ""}${line}\n`);
      } catch (error) {
        throw new Error(`The run can't be written into ${file}: ${messageOf(error)}`, { cause: error });
      }
    },
  };
}

/** The `.gradus` that the file lies in, else its own folder. */
function gradusFolderOf(file: string): string {
  const folder = path.dirname(path.dirname(file));
  return path.basename(folder) === ".gradus" ? folder : path.dirname(file);
}

function endsMidLine(file: string): boolean {
  if (!fs.existsSync(file)) return false;
  const handle = fs.openSync(file, "r");
  try {
    const { size } = fs.fstatSync(handle);
    const last = Buffer.alloc(1);
    return size > 0 && fs.readSync(handle, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a;
  } finally {
    fs.closeSync(handle);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
