/**
 * Thrown when bytes are no model file that can be read: empty, cut off, damaged, of another program or of a newer version.
 *
 * @example
 * import { FormatError, modelFromBytes } from "gradus";
 * try {
 *   modelFromBytes(new Uint8Array(3));
 * } catch (error) {
 *   if (error instanceof FormatError) console.log(error.name, "from", error.source);
 * }
 * // FormatError from modelFromBytes
 */
export class FormatError extends Error {
  override readonly name = "FormatError";
  /** The file, or what else the bytes came from. */
  readonly source: string;

  constructor(source: string, fault: string, options?: { readonly cause: unknown }) {
    super(`${source}: ${fault}`, options);
    this.source = source;
  }
}
