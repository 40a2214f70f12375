import { Matrix } from "../engine/index.js";
import { Words } from "./verdict.js";

const mostItems = 8;
const mostFields = 6;
const mostLetters = 60;
const mostDepth = 4;
const mostLength = 240;

/**
 * A value as a learner reads it: short, numbers with at most `digits` significant digits, shapes for large tables.
 * Never throws, whatever the value is (a Proxy, a getter that throws, a list of a million numbers).
 */
export function showValue(value: unknown, digits: number = 5): string {
  const text = guarded(() => value, digits, 0);
  return text.length <= mostLength ? text : `${text.slice(0, mostLength)} ...`;
}

/** Two values with as many digits as it takes to see that they differ. */
export function showPair(a: unknown, b: unknown): [string, string] {
  for (const digits of [5, 8, 12, 15]) {
    const pair: [string, string] = [showValue(a, digits), showValue(b, digits)];
    if (pair[0] !== pair[1]) return pair;
  }
  return [showValue(a, 17), showValue(b, 17)];
}

/** A number without the noise of its last digits: 0.30000000000000004 becomes 0.3. */
export function showNumber(value: number, digits: number = 5): string {
  if (Object.is(value, -0)) return "-0";
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return String(value);
  return String(Number(value.toPrecision(digits)));
}

/** True for a promise; a Proxy that refuses the question is none. */
export function isPromise(value: unknown): value is Promise<unknown> {
  try {
    return value instanceof Promise;
  } catch {
    return false;
  }
}

/** True for a matrix of this engine, likewise. */
export function isMatrix(value: unknown): value is Matrix {
  try {
    return value instanceof Matrix;
  } catch {
    return false;
  }
}

function guarded(read: () => unknown, digits: number, depth: number): string {
  try {
    return show(read(), digits, depth);
  } catch {
    return "a value that can't be read";
  }
}

function show(value: unknown, digits: number, depth: number): string {
  if (typeof value === "number") return showNumber(value, digits);
  if (typeof value === "string") return JSON.stringify(cut(value));
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return value.name ? `the function ${cut(value.name)}` : "a function";
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Words) return value.text;
  if (value instanceof Promise) return "a promise";
  if (value instanceof Error) return `an error: ${cut(String(value.message))}`;
  if (value instanceof Matrix) return showMatrix(value, digits);
  if (Array.isArray(value)) return showList(value, digits, depth);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return `${value.constructor.name} ${showList(value as unknown as ArrayLike<unknown>, digits, depth)}`;
  if (value instanceof Map || value instanceof Set) return `a ${value.constructor.name} of ${value.size}`;
  return showObject(value, digits, depth);
}

function showList(list: ArrayLike<unknown>, digits: number, depth: number): string {
  if (depth >= mostDepth) return "[...]";
  const parts = Array.from({ length: Math.min(list.length, mostItems) }, (_, i) =>
    guarded(() => list[i], digits, depth + 1),
  );
  return list.length > mostItems
    ? `[${parts.slice(0, mostItems - 1).join(", ")}, ...] (${list.length} in all)`
    : `[${parts.join(", ")}]`;
}

function showMatrix(matrix: Matrix, digits: number): string {
  const size = `matrix [${matrix.rows}, ${matrix.cols}]`;
  if (matrix.rows * matrix.cols > 16) return `a ${size}`;
  const rows = matrix.toArray().map((row) => `[${row.map((cell) => showNumber(cell, digits)).join(", ")}]`);
  return `${size}: [${rows.join(", ")}]`;
}

function showObject(value: object, digits: number, depth: number): string {
  const maker: unknown = Object.getPrototypeOf(value)?.constructor;
  const name = typeof maker === "function" && maker !== Object ? `${cut(maker.name)} ` : "";
  if (depth >= mostDepth) return `${name}{...}`;
  const keys = Object.keys(value);
  const fields = keys
    .slice(0, mostFields)
    .map(
      (key) => `${cut(key)}: ${guarded(() => (value as Record<string, unknown>)[key], digits, depth + 1)}`,
    );
  if (keys.length > mostFields) fields.push("...");
  return fields.length === 0 ? `${name}{}` : `${name}{ ${fields.join(", ")} }`;
}

function cut(text: string): string {
  return text.length <= mostLetters ? text : `${text.slice(0, mostLetters)}...`;
}
