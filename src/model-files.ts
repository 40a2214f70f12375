// How models and training logs get to the disk. The engine itself opens no files; a browser build leaves this file out.
import * as fs from "node:fs";
import * as path from "node:path";
import type { FileAccess } from "./engine/index.js";

/** Node reads no more than this into one array. */
const largestBytes = 2 ** 31 - 1;

/** Files of this computer; a relative path counts from the working directory, in a notebook the folder of the notebook. */
export const modelFiles: FileAccess = {
  readBytes(file) {
    try {
      const { size } = fs.statSync(file);
      if (size > largestBytes) {
        throw new Error(
          `${file} has ${Math.round(size / 2 ** 30)} GB; files above 2 GB cannot be read, and no model is that large`,
        );
      }
      return fs.readFileSync(file);
    } catch (error) {
      throw explained(error, { file, act: "read" });
    }
  },

  /** Into a file beside it first, which then takes its name: whoever reads meanwhile, and whatever fails, there is never half a file. */
  writeBytes(file, bytes) {
    const draft = `${file}.${process.pid}.draft`;
    try {
      // A folder of this name would be noticed only at the end, and on Windows as a lack of permission.
      if (fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() === true)
        throw Object.assign(new Error("is a folder"), { code: "EISDIR" });
      const handle = fs.openSync(draft, "w");
      try {
        fs.writeFileSync(handle, bytes);
        fs.fsyncSync(handle);
      } finally {
        fs.closeSync(handle);
      }
      fs.renameSync(draft, file);
    } catch (error) {
      try {
        fs.rmSync(draft, { force: true });
      } catch {
        // Where not even a draft can lie, there is none.
      }
      throw explained(error, { file, act: "written" });
    }
  },

  appendText(file, text) {
    try {
      fs.appendFileSync(file, text);
    } catch (error) {
      throw explained(error, { file, act: "written" });
    }
  },

  hasText(file) {
    return (fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
  },
};

/** What the system's code means, and what to do about it. */
function explained(error: unknown, { file, act }: { readonly file: string; readonly act: string }): Error {
  const code = (error as { readonly code?: unknown }).code;
  const folder = path.dirname(path.resolve(file));
  if (typeof code !== "string") return error instanceof Error ? error : new Error(String(error));
  const reason = ((): string => {
    switch (code) {
      case "ENOENT":
        return fs.existsSync(folder)
          ? `there is no such file in ${folder}. ${others(folder)}`
          : `there is no folder ${folder}. Make it first, or choose another path`;
      case "ENOTDIR":
        return `${folder} is no folder`;
      case "EISDIR":
        return "it is a folder. Give the name of a file in it";
      case "EACCES":
      case "EPERM":
      case "EROFS":
        return `there is no permission (${code}). Choose a folder of your own`;
      case "ENOSPC":
      case "EDQUOT":
        return `the disk is full (${code}). Free some space and try again; a file that was there is unchanged`;
      case "ENAMETOOLONG":
        return "its name is too long";
      default:
        return (error as Error).message;
    }
  })();
  return Object.assign(new Error(`${file} cannot be ${act}: ${reason}`, { cause: error }), { code });
}

/** The model files that a misspelt name may have meant. */
function others(folder: string): string {
  const names = fs.readdirSync(folder).filter((name) => name.endsWith(".safetensors"));
  return names.length === 0
    ? "Was the model saved in another folder?"
    : `Model files there: ${names.slice(0, 5).join(", ")}`;
}
