/**
 * What went wrong. `disk` and `proxy` would be the same at the next place; the others may not be.
 * `cut`: what came is kept, and the next try goes on from there.
 */
export type FaultKind =
  "network" | "timeout" | "status" | "redirects" | "address" | "proxy" | "cut" | "size" | "content" | "disk";

/** A download that failed, with a sentence of its own for each cause. */
export class DownloadFault extends Error {
  override readonly name = "DownloadFault";
  readonly kind: FaultKind;

  constructor(kind: FaultKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
