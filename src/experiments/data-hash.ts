import { createHash } from "node:crypto";
import { DataError, Matrix } from "../engine/index.js";

/** What `dataHash` reads: a matrix, rows, numbers, or texts. */
export type HashableData = Matrix | readonly (readonly number[])[] | readonly number[] | readonly string[];

/**
 * Twelve hexadecimal digits of the SHA-256 of the data, in their order: one changed number, and it is another. Numbers are
 * read as float64, with their shape; a float32 matrix and its float64 copy have the same hash.
 *
 * Source of SHA-256: NIST, FIPS PUB 180-4, Secure Hash Standard, 2015.
 *
 * @throws DataError for no data at all, or for values of another kind.
 *
 * @example
 * import { dataHash, loadIris } from "gradus";
 * const { x, y } = loadIris();
 * const hash = dataHash(x, y);
 * console.log(hash === dataHash(x.copy(), y), hash === dataHash(x.scale(2), y)); // true false
 */
export function dataHash(...parts: readonly HashableData[]): string {
  if (parts.length === 0) throw new DataError("dataHash", "there are no data; write dataHash(x, y)");
  const hash = createHash("sha256");
  parts.forEach((part, index) => {
    for (const bytes of bytesOf(part, index)) hash.update(bytes);
  });
  return hash.digest("hex").slice(0, 12);
}

/** Eight hexadecimal digits for a text. */
export function textHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}

function bytesOf(part: HashableData, index: number): (string | Uint8Array)[] {
  if (part instanceof Matrix) return [`[${part.rows},${part.cols}]`, littleEndian(part.data)];
  if (!Array.isArray(part))
    throw new DataError("dataHash", `part ${index} must be a matrix or an array, got ${typeof part}`);
  const list = part as readonly unknown[];
  if (list.every((item) => typeof item === "string")) return [`texts ${list.length}`, JSON.stringify(list)];
  if (list.every((item) => typeof item === "number")) return [`[${list.length}]`, littleEndian(list)];
  if (list.every(Array.isArray)) return bytesOf(Matrix.from(part as readonly number[][]), index);
  throw new DataError("dataHash", `part ${index} must hold only numbers, only texts or only rows of numbers`);
}

/** The same bytes on every machine. */
function littleEndian(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat64(8 * i, values[i], true);
  return bytes;
}
