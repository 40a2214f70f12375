import { inspect } from "node:util";
import type { DisplayData } from "../../session/executor.js";

// A cell may declare a variable of one of these names; the runtime keeps the originals.
const { Array, Object, Promise, TypeError } = globalThis;

export const displaySymbol: unique symbol = Symbol.for("Jupyter.display");

/** A value in the forms in which a notebook can show it. Runs user code: a getter, a custom `inspect`. */
export function toDisplayData(value: unknown, { result = false } = {}): DisplayData {
  const show = displayMethod(value);
  if (show === undefined) return { data: { "text/plain": toText(value, result) }, metadata: {} };
  const bundle = show.call(value);
  if (!isBundle(bundle)) {
    throw new TypeError(
      `display: Symbol.for("Jupyter.display") must return an object of media types to content, got ` +
        `${bundle instanceof Promise ? "a promise" : inspect(bundle)}. Return for example { "text/plain": "..." }.`,
    );
  }
  const data = bundle as Record<string, unknown>;
  return {
    data: "text/plain" in data ? data : { ...data, "text/plain": `[${Object.keys(data).join(", ")}]` },
    metadata: {},
  };
}

function displayMethod(value: unknown): (() => unknown) | undefined {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return undefined;
  const method = (value as { [displaySymbol]?: unknown })[displaySymbol];
  return typeof method === "function" ? (method as () => unknown) : undefined;
}

function isBundle(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Promise) &&
    Object.keys(value).length > 0
  );
}

/** A result shows a string in quotes, `display` shows its text. */
function toText(value: unknown, result: boolean): string {
  if (typeof value === "string" && !result) return value;
  return inspect(value, {
    colors: false,
    depth: 4,
    maxArrayLength: ArrayBuffer.isView(value) ? 24 : 100,
    maxStringLength: 10_000,
    breakLength: 80,
  });
}
