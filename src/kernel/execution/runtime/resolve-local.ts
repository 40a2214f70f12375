import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

// A cell may declare a variable of one of these names; the runtime keeps the originals.
const { Error, Object } = globalThis;

const extensions = [".ts", ".mts", ".js", ".mjs", ".cjs", ".json"];
/** TypeScript lets authors name the file that will be there after compiling. */
const compiledFrom: Readonly<Record<string, string>> = { ".js": ".ts", ".mjs": ".mts" };

/**
 * The file that a relative or absolute specifier names, or undefined for the name of a package.
 *
 * @throws Error (code ERR_MODULE_NOT_FOUND) when there is no such file.
 */
export function resolveLocal(folder: string, specifier: string): string | undefined {
  const isUrl = specifier.startsWith("file:");
  if (!isUrl && !/^\.{1,2}(?:[\\/]|$)/.test(specifier) && !path.isAbsolute(specifier)) return undefined;
  const base = isUrl ? fileURLToPath(specifier) : path.resolve(folder, specifier.replace(/[?#].*$/, ""));
  const extension = path.extname(base);
  const source = compiledFrom[extension];
  const candidates = [
    base,
    ...(source === undefined ? [] : [base.slice(0, -extension.length) + source]),
    ...extensions.map((each) => base + each),
    ...extensions.map((each) => path.join(base, `index${each}`)),
  ];
  const found = candidates.find((file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true);
  if (found !== undefined) return fs.realpathSync(found);
  const error = new Error(
    `Cannot find module "${specifier}" from ${folder}. There is no such file, also not with ${extensions.join(", ")}.`,
  );
  throw Object.assign(error, { code: "ERR_MODULE_NOT_FOUND" });
}
