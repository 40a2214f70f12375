// The only file of this room that touches the disk; a browser build replaces it.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * The text of a file of the package's own `data/` folder. `src/datasets` and `dist/datasets` lie equally deep,
 * so the folder is found from either, whatever the working directory is.
 *
 * @throws Error that names the file if the package is incomplete.
 */
export function readPackagedData(path: string): string {
  const file = fileURLToPath(new URL(`../../data/${path}`, import.meta.url));
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new Error(
      `data: cannot read ${file}. The gradus package should contain data/${path}; install or clone it again.`,
      { cause },
    );
  }
}
