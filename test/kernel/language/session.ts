import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import ts from "typescript";
import { createLanguageService, type LanguageServiceOptions } from "../../../src/kernel/language/index.js";
import type { CheckResult, LanguageService } from "../../../src/kernel/session/language.js";

/** A notebook's session without a runtime: a cell that passes the check has run. */
export interface TestSession {
  readonly language: LanguageService;
  run(code: string): Promise<CheckResult>;
  /** Runs a cell and lists the numbers of TypeScript's diagnostics, as `TS2345`. */
  faults(code: string): Promise<string[]>;
}

export function session(options: Partial<LanguageServiceOptions> = {}): TestSession {
  const language = createLanguageService({ folder: os.tmpdir(), typescript: ts, ...options });
  let executionCount = 0;
  const run = async (code: string): Promise<CheckResult> => {
    executionCount++;
    const result = await language.check(code, { executionCount });
    if (result.error === undefined) language.commit(code, { executionCount });
    return result;
  };
  const faults = async (code: string): Promise<string[]> =>
    codesOf((await run(code)).error?.traceback.join("\n") ?? "");
  return { language, run, faults };
}

export const codesOf = (text: string): string[] =>
  Array.from(text.matchAll(/\((TS\d+)\)$/gm), ([, code]) => code!);

export function temporaryFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-language-"));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

/** This project as a package whose types are its sources: no build is needed, and none can be stale. */
export function gradusFromSource(): Readonly<Record<string, string>> {
  const folder = temporaryFolder({
    "package.json": JSON.stringify({ name: "gradus", exports: { ".": { types: "./src/index.ts" } } }),
  });
  const project = path.resolve(import.meta.dirname, "..", "..", "..");
  fs.symlinkSync(path.join(project, "src"), path.join(folder, "src"), "junction");
  return { gradus: folder };
}

/** A text with `|` where the cursor stands. */
export function atCursor(text: string): { code: string; offset: number } {
  const offset = text.indexOf("|");
  if (offset < 0) throw new Error(`no cursor in ${text}`);
  return { code: text.slice(0, offset) + text.slice(offset + 1), offset };
}
