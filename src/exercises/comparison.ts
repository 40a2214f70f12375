import { isMatrix, isPromise, showValue } from "./show-value.js";
import { fail, type Found, inWords, pass, type Verdict } from "./verdict.js";

/** The largest difference that counts as none: |a - b| <= tolerance · max(1, |a|, |b|). */
const defaultTolerance = 1e-6;

/**
 * |a - b| <= tolerance · max(1, |a|, |b|): true for 0.1 + 0.2 and 0.3, for 0 and -0, for two equal infinities.
 * False for NaN, and for what is no number.
 *
 * @example
 * import { close } from "gradus";
 * console.log(0.1 + 0.2 === 0.3, close(0.1 + 0.2, 0.3), close(1, 1.01)); // false true false
 */
export function close(a: unknown, b: unknown, tolerance: number = defaultTolerance): boolean {
  if (typeof a !== "number" || typeof b !== "number") return false;
  if (a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}

/**
 * True when both are lists of the same length and depth (arrays, typed arrays, matrices) with {@link close} numbers.
 *
 * @example
 * import { Matrix, sameArray } from "gradus";
 * console.log(sameArray([[1, 2]], Matrix.from([[1, 2]])), sameArray([1, 2], [1, 3])); // true false
 */
export function sameArray(a: unknown, b: unknown, tolerance: number = defaultTolerance): boolean {
  return listOf(a) !== undefined && listOf(b) !== undefined && difference(a, b, tolerance) === undefined;
}

/**
 * The lengths of nested lists, `[2, 3]` for two rows of three; `[]` for what is no list; undefined when rows differ.
 *
 * @example
 * import { shapeOf } from "gradus";
 * console.log(shapeOf([[1, 2, 3], [4, 5, 6]]), shapeOf(7), shapeOf([[1], [2, 3]]));
 * // [ 2, 3 ] [] undefined
 */
export function shapeOf(value: unknown): number[] | undefined {
  if (isMatrix(value)) return [...value.shape];
  const list = listOf(value);
  if (list === undefined) return [];
  const shapes = Array.from(list, shapeOf);
  const [first] = shapes;
  if (shapes.some((shape) => shape?.join() !== first?.join())) return undefined;
  return first === undefined ? (list.length === 0 ? [0] : undefined) : [list.length, ...first];
}

/** How two values are compared, and what is said beside it. */
export interface CompareOptions extends Pick<Found, "on" | "note"> {
  /** Default 1e-6, relative for numbers above 1. */
  readonly tolerance?: number;
}

/**
 * Holds when `got` equals `expected`: numbers up to the tolerance (NaN equals NaN here), lists element by element
 * (an array, a typed array and a matrix of the same shape may be equal), objects field by field.
 * Otherwise it names the first place where they differ.
 *
 * @example
 * import { expectSame } from "gradus";
 * console.log(expectSame([1, 2], [1, 2])); // { holds: true }
 * console.log(expectSame({ w: 1, b: 2 }, { w: 1, b: 0 }));
 * // { on: 'field b', expected: 0, got: 2, holds: false }
 */
export function expectSame(
  got: unknown,
  expected: unknown,
  { on, note, tolerance = defaultTolerance }: CompareOptions = {},
): Verdict {
  const different = difference(got, expected, tolerance);
  if (different === undefined) return pass;
  const place = [on, ...different.path].filter((part) => part !== undefined).join(", ");
  const words = note ?? different.note ?? noteOn(different.got);
  return fail({
    ...(place === "" ? {} : { on: place }),
    expected: different.expected,
    got: different.got,
    ...(words === undefined ? {} : { note: words }),
  });
}

/**
 * Holds when nested lists or a matrix have these lengths: `expectShape(weights, [2, 3])`.
 *
 * @example
 * import { expectShape, Matrix } from "gradus";
 * console.log(expectShape(Matrix.zeros(2, 3), [2, 3]).holds, expectShape([1, 2], [2, 2]).holds);
 * // true false
 */
export function expectShape(
  value: unknown,
  shape: readonly number[],
  { on, note }: Pick<CompareOptions, "on" | "note"> = {},
): Verdict {
  const found = shapeOf(value);
  if (found !== undefined && found.join() === shape.join()) return pass;
  const place = on === undefined ? {} : { on };
  const words = note ?? (found === undefined ? "its rows have different lengths" : noteOn(value));
  return fail({
    ...place,
    expected: inWords(`shape [${shape.join(", ")}]`),
    got: inWords(
      found === undefined
        ? "rows of different lengths"
        : found.length === 0
          ? showValue(value)
          : `shape [${found.join(", ")}]`,
    ),
    ...(words === undefined ? {} : { note: words }),
  });
}

interface Difference {
  readonly path: readonly string[];
  readonly expected: unknown;
  readonly got: unknown;
  readonly note?: string;
}

function difference(got: unknown, expected: unknown, tolerance: number): Difference | undefined {
  if (got === expected) return undefined;
  if (typeof expected === "number" && typeof got === "number") {
    const same = close(got, expected, tolerance) || (Number.isNaN(got) && Number.isNaN(expected));
    return same ? undefined : { path: [], expected, got };
  }
  const [ours, theirs] = [listOf(expected), listOf(got)];
  if (ours !== undefined && theirs !== undefined)
    return listDifference(theirs, ours, { got, expected, tolerance });
  if (isRecord(expected) && isRecord(got) && ours === undefined && theirs === undefined) {
    for (const [key, value] of Object.entries(expected)) {
      const inner = difference(got[key], value, tolerance);
      if (inner !== undefined) return { ...inner, path: [`field ${key}`, ...inner.path] };
    }
    return undefined;
  }
  return { path: [], expected, got };
}

function listDifference(
  theirs: ArrayLike<unknown>,
  ours: ArrayLike<unknown>,
  { got, expected, tolerance }: { got: unknown; expected: unknown; tolerance: number },
): Difference | undefined {
  if (theirs.length !== ours.length) {
    const note = `expected ${count(ours.length)}, got ${count(theirs.length)}`;
    return { path: [], expected, got, note };
  }
  for (let i = 0; i < ours.length; i++) {
    const inner = difference(theirs[i], ours[i], tolerance);
    if (inner === undefined) continue;
    // Short lists are shown whole: a reader sees more from [0, 1] against [1, 0] than from two numbers.
    if (
      ours.length <= 8 &&
      inner.path.length === 0 &&
      inner.note === undefined &&
      listOf(ours[i]) === undefined
    )
      return { path: [], expected, got };
    return { ...inner, path: [`index ${i}`, ...inner.path] };
  }
  return undefined;
}

function count(items: number): string {
  return items === 1 ? "1 element" : `${items} elements`;
}

function listOf(value: unknown): ArrayLike<unknown> | undefined {
  if (Array.isArray(value)) return value;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return value as unknown as ArrayLike<unknown>;
  return isMatrix(value) ? value.toArray() : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** What beginners ask when they see such a value. */
export function noteOn(got: unknown): string | undefined {
  if (got === undefined) return "undefined means that nothing came: is a return missing, or a name misspelt?";
  if (isPromise(got))
    return "A promise is not the value yet: write await before the call, or leave out async.";
  if (typeof got === "number" && Number.isNaN(got))
    return "NaN comes from calculating with something that is no number, such as undefined, or from 0 / 0.";
  return undefined;
}
