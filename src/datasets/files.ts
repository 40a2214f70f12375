// The only file of this room that touches the disk; a browser build replaces it.
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

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

/** Where this user's programs keep what can be fetched again; `gradus data fetch` writes there. */
export function dataCacheFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
): string {
  const own = (variable: string): string | undefined => {
    const folder = environment[variable];
    return folder !== undefined && isAbsolute(folder) ? folder : undefined;
  };
  const xdg = own("XDG_CACHE_HOME");
  if (xdg !== undefined) return join(xdg, "gradus");
  if (platform === "win32")
    return join(own("LOCALAPPDATA") ?? join(homedir(), "AppData", "Local"), "gradus", "Cache");
  if (platform === "darwin") return join(homedir(), "Library", "Caches", "gradus");
  return join(homedir(), ".cache", "gradus");
}

/**
 * The folders in which a data file is looked for, first to last: the one that GRADUS_DATA names, then the user's cache. With
 * GRADUS_DATA=off there is none, so that every loader gives its stand-in.
 *
 * @throws Error if GRADUS_DATA names something that is no folder.
 */
export function dataFolders(): readonly string[] {
  const named = process.env["GRADUS_DATA"];
  if (named === "off") return [];
  if (named === undefined || named === "") return [dataCacheFolder()];
  if (statSync(named, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new Error(
      `data: GRADUS_DATA is ${JSON.stringify(named)}, and that is no folder. ` +
        `Set it to a folder with data files, or unset it.`,
    );
  }
  return [named, dataCacheFolder()];
}

/** The path of a data file in the first folder that has it; undefined if none has. */
export function findDataFile(name: string): string | undefined {
  return dataFolders()
    .map((folder) => join(folder, name))
    .find((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}

/** The bytes of a file. */
export function readBytes(file: string): Uint8Array {
  return readFileSync(file);
}

/** The bytes as text of one character a byte (ISO 8859-1). */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/** SHA-256 of all the parts one after the other, in hexadecimal digits. */
export function sha256(parts: Iterable<Uint8Array | string>): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

/** What a gzip file holds. Throws Node's error if it is none or is cut off. */
export function gunzip(bytes: Uint8Array): Uint8Array {
  return gunzipSync(bytes);
}
