import { inspect } from "node:util";
import type { ThrownError } from "../wire.js";

// A cell may declare a variable of one of these names; the runtime keeps the originals.
const { Array, Error, Object, Set, String } = globalThis;

/** What was thrown, as data; reading it never throws. */
export function describeThrown(value: unknown, depth = 0): ThrownError {
  try {
    if (!isError(value))
      return { name: "Thrown", message: plain(value), details: "a value that is no Error" };
    const name = String(value.name || "Error");
    const { cause, errors } = value as { cause?: unknown; errors?: unknown };
    return {
      name,
      message: String(value.message),
      ...(typeof value.stack === "string" ? { stack: value.stack } : {}),
      ...(cause !== undefined && depth < 8 ? { cause: describeThrown(cause, depth + 1) } : {}),
      ...(Array.isArray(errors) && depth < 8
        ? { errors: errors.slice(0, 10).map((each) => describeThrown(each, depth + 1)) }
        : {}),
      ...detailsOf(value),
    };
  } catch (error) {
    return {
      name: "Error",
      message: `an error that cannot be read: ${error instanceof Error ? error.message : ""}`,
    };
  }
}

function isError(value: unknown): value is Error {
  // An error of another realm (vm) is no instance of ours.
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}

function detailsOf(error: Error): { readonly details?: string } {
  const hidden = new Set(["stack", "message", "name", "cause", "errors"]);
  const own = Object.entries(error).filter(([key]) => !hidden.has(key));
  return own.length === 0 ? {} : { details: plain(Object.fromEntries(own)) };
}

function plain(value: unknown): string {
  return inspect(value, { colors: false, depth: 2, maxArrayLength: 20, maxStringLength: 2000 });
}

const runtimeFolder = new URL(".", import.meta.url);

/**
 * Stack traces without the kernel's own frames and Node's: the code a learner wrote, and the libraries it calls.
 * Set on `Error`, so that what `console.error(error)` prints is clean as well.
 */
export function cleanStackTraces(): void {
  const folder = runtimeFolder.href;
  const path = decodeURIComponent(runtimeFolder.pathname);
  Error.prepareStackTrace = (error, sites) => {
    const lines = sites
      .filter((site) => {
        const file = site.getFileName() ?? site.getScriptNameOrSourceURL() ?? "";
        return file !== "" && !file.startsWith("node:") && !file.startsWith(folder) && !file.startsWith(path);
      })
      .map(
        (site) =>
          `\n    at ${String(site)
            .replace(/^(async )?(?:Object\.|eval )?<?anonymous>? /, "$1")
            .replace(/__gradus__\./, "")}`,
      );
    let head: string;
    try {
      head = Error.prototype.toString.call(error);
    } catch {
      head = "Error";
    }
    return head + lines.join("");
  };
}
