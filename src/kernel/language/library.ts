import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { TypeScript } from "./typescript.js";

/** Declarations joined into one text, and the files that are modules and so must stay files of their own. */
export interface Bundle {
  readonly text: string;
  readonly modules: readonly string[];
}

/** What this Node runs: `lib` names of TypeScript, by Node's major version (V8 11.3 in Node 20, 12.4 in 22, 13.6 in 24). */
export function libraryNames(nodeMajor: number): readonly string[] {
  if (nodeMajor >= 24) return ["es2025", "esnext.disposable", "decorators"];
  if (nodeMajor >= 22)
    return ["es2024", "es2025.collection", "es2025.iterator", "esnext.disposable", "decorators"];
  return ["es2023", "esnext.disposable", "decorators"];
}

/** The language's own declarations (`Array`, `Promise`, ...) as one file. */
export function languageLibrary(typescript: TypeScript, nodeMajor: number): string {
  const folder = path.dirname(createRequire(import.meta.url).resolve("typescript"));
  const file = (name: string): string => path.join(folder, `lib.${name.toLowerCase()}.d.ts`);
  const entries = libraryNames(nodeMajor)
    .map(file)
    .filter((name) => fs.existsSync(name));
  return bundle(typescript, entries, file).text;
}

/** Node's declarations, from a folder `@types/node`. */
export function nodeLibrary(typescript: TypeScript, folder: string): Bundle {
  return bundle(typescript, [path.join(folder, "index.d.ts")], () => undefined);
}

/**
 * Joins declaration files and all that they reference, in the order of reference. One file binds faster than a hundred, and
 * its interfaces need no merging each time a checker is made, which is once for every cell.
 */
function bundle(
  typescript: TypeScript,
  entries: readonly string[],
  libraryFile: (name: string) => string | undefined,
): Bundle {
  const seen = new Set<string>();
  const texts: string[] = [];
  const modules: string[] = [];
  const visit = (file: string | undefined): void => {
    if (file === undefined || seen.has(file) || !fs.existsSync(file)) return;
    seen.add(file);
    const text = fs.readFileSync(file, "utf8");
    const references = typescript.preProcessFile(text, false, false);
    for (const { fileName } of references.libReferenceDirectives) visit(libraryFile(fileName));
    for (const { fileName } of references.referencedFiles) visit(path.join(path.dirname(file), fileName));
    if (/^(import|export)\b/m.test(text)) modules.push(file);
    else texts.push(text.replace(/^\/\/\/\s*<reference.*$/gm, ""));
  };
  entries.forEach(visit);
  return { text: texts.join("\n"), modules };
}

/** The nearest `node_modules/@types/node` of a folder or its parents. */
export function findNodeTypes(folder: string, fallback: string | undefined): string | undefined {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const candidate = path.join(at, "node_modules", "@types", "node");
    if (fs.existsSync(path.join(candidate, "index.d.ts"))) return candidate;
    if (at === path.dirname(at)) break;
  }
  if (fallback !== undefined && fs.existsSync(path.join(fallback, "index.d.ts"))) return fallback;
  try {
    return path.dirname(createRequire(import.meta.url).resolve("@types/node/package.json"));
  } catch {
    return undefined;
  }
}
