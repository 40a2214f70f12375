import type ts from "typescript";
import type { TypeScript } from "./typescript.js";

/**
 * Parsed files, kept by path and version. TypeScript's own registry forgets a file that the last program did not need, and would
 * then parse a library again each time that cells which use it and cells which don't take turns.
 */
export function sourceFileRegistry(
  typescript: TypeScript,
): ts.DocumentRegistry & { forget(path: string): void } {
  const files = new Map<string, { version: string; file: ts.SourceFile }>();
  const acquire = (
    path: string,
    name: string,
    options: ts.ScriptTarget | ts.CreateSourceFileOptions,
    snapshot: ts.IScriptSnapshot,
    version: string,
    kind: ts.ScriptKind | undefined,
  ): ts.SourceFile => {
    const known = files.get(path);
    if (known?.version === version) return known.file;
    const file = typescript.createLanguageServiceSourceFile(name, snapshot, options, version, false, kind);
    files.set(path, { version, file });
    return file;
  };
  return {
    acquireDocument: (name, _settings, snapshot, version, kind, options) =>
      acquire(name, name, options ?? typescript.ScriptTarget.ESNext, snapshot, version, kind),
    acquireDocumentWithKey: (name, path, _settings, _key, snapshot, version, kind, options) =>
      acquire(path, name, options ?? typescript.ScriptTarget.ESNext, snapshot, version, kind),
    updateDocument: (name, _settings, snapshot, version, kind, options) =>
      acquire(name, name, options ?? typescript.ScriptTarget.ESNext, snapshot, version, kind),
    updateDocumentWithKey: (name, path, _settings, _key, snapshot, version, kind, options) =>
      acquire(path, name, options ?? typescript.ScriptTarget.ESNext, snapshot, version, kind),
    getKeyForCompilationSettings: () => "gradus" as ts.DocumentRegistryBucketKey,
    releaseDocument: () => undefined,
    releaseDocumentWithKey: () => undefined,
    reportStats: () => "",
    forget: (path) => {
      files.delete(path);
    },
  };
}
