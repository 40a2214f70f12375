import { Matrix } from "../engine/index.js";

const mostDepth = 50;

/**
 * True when two values hold equal data, false when they differ, undefined when that cannot be told: two functions, two
 * promises, or two objects of a class (a model), which may differ and still behave the same.
 * NaN equals NaN, 0 equals -0. Throws what a getter or a Proxy throws.
 */
export function sameData(a: unknown, b: unknown, depth: number = 0): boolean | undefined {
  if (typeof a === "function" && typeof b === "function") return undefined;
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (depth > mostDepth) return undefined;
  if (a instanceof Matrix && b instanceof Matrix)
    return a.rows === b.rows && a.cols === b.cols && sameItems(a.data, b.data, depth);
  if (isList(a) || isList(b)) return isList(a) && isList(b) ? sameItems(a, b, depth) : false;
  const [makerA, makerB]: unknown[] = [Object.getPrototypeOf(a), Object.getPrototypeOf(b)];
  if (makerA !== makerB) return false;
  if (makerA !== Object.prototype && makerA !== null) return undefined;
  const [keysA, keysB] = [Object.keys(a), Object.keys(b)];
  if (keysA.length !== keysB.length || !keysA.every((key) => Object.hasOwn(b, key))) return false;
  return all(keysA, (key) => sameData((a as Fields)[key], (b as Fields)[key], depth + 1));
}

type Fields = Record<string, unknown>;

function isList(value: object): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function sameItems(a: ArrayLike<unknown>, b: ArrayLike<unknown>, depth: number): boolean | undefined {
  if (a.length !== b.length) return false;
  return all(
    Array.from({ length: a.length }, (_, i) => i),
    (i) => sameData(a[i], b[i], depth + 1),
  );
}

/** False if one is false; else undefined if one is; else true. */
function all<Item>(items: readonly Item[], test: (item: Item) => boolean | undefined): boolean | undefined {
  let result: boolean | undefined = true;
  for (const item of items) {
    const one = test(item);
    if (one === false) return false;
    if (one === undefined) result = undefined;
  }
  return result;
}
