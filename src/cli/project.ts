import * as path from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root: two folders above this file, both in `src/cli` and in `dist/cli`. */
export const root: string = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");

/** A path inside the project. */
export function inProject(...parts: string[]): string {
  return path.join(root, ...parts);
}

/** What gradus keeps in the project for itself; never committed. */
export const privateFolder: string = inProject(".gradus");
export const notebooksFolder: string = inProject("notebooks");
export const sourcesFolder: string = inProject("notebooks", "source");
