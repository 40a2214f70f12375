/**
 * A fault that the person at the keyboard can mend: what is wrong and what to do about it, in one message.
 * Commands throw it; `main` prints it without a stack and exits with 1.
 */
export class Problem extends Error {
  override readonly name = "Problem";
}

/** The `code` of a Node system error (`"ENOENT"`, `"EACCES"`, ...), or `undefined`. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
