/** What the engine asks of the place where it runs to keep files; it opens none itself. Each function throws an Error that a person can act on. */
export interface FileAccess {
  /** The whole file. */
  readBytes(path: string): Uint8Array;
  /** The whole file or, if anything goes wrong, nothing: a file that was there stays as it was. */
  writeBytes(path: string, bytes: Uint8Array): void;
  /** Adds to the end of the file, which is made if it is not there. */
  appendText(path: string, text: string): void;
  /** True if there is a file with something in it. */
  hasText(path: string): boolean;
}

let access: FileAccess | undefined;

/**
 * Sets how models and logs are written to files and read; `undefined` for not at all. Returns the one before.
 *
 * @example
 * import { dense, Sequential, setFileAccess } from "gradus";
 * const before = setFileAccess(undefined); // as in a browser worker
 * const model = new Sequential({ layers: [dense(1, { inputDim: 2 })] });
 * try {
 *   model.save("net.safetensors");
 * } catch (error) {
 *   console.log(String(error));
 * }
 * // Error: model.save: there are no files here. Use model.toBytes() and modelFromBytes(bytes), and keep the bytes where you can.
 * setFileAccess(before);
 */
export function setFileAccess(next: FileAccess | undefined): FileAccess | undefined {
  const before = access;
  access = next;
  return before;
}

/** The access in force. Throws Error where there is none, as in a browser worker. */
export function fileAccess(operation: string): FileAccess {
  if (access !== undefined) return access;
  throw new Error(
    `${operation}: there are no files here. Use model.toBytes() and modelFromBytes(bytes), and keep the bytes where you can.`,
  );
}

/** The path, checked. Throws Error for what is no text or an empty one. */
export function checkedPath(path: unknown, operation: string): string {
  if (typeof path === "string" && path.trim() !== "" && !path.includes("\0")) return path;
  throw new Error(
    `${operation}: the path must be the name of a file, such as "iris.safetensors", got ${
      typeof path === "string" ? JSON.stringify(path) : typeof path
    }`,
  );
}
