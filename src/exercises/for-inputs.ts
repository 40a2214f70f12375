import { checkGradient, Matrix } from "../engine/index.js";
import { type CompareOptions, expectSame, noteOn } from "./comparison.js";
import { isPromise, showValue } from "./show-value.js";
import { fail, pass, type Verdict } from "./verdict.js";

/** Inputs of a learner's function, and what it should return for them. */
export interface InputCases<Args extends readonly unknown[], Result> {
  /** Lists of arguments: `[[0, 1], [1, 1]]` calls f(0, 1), then f(1, 1). Each call gets copies of its own. */
  readonly inputs: readonly Args[];
  /** The right results in the same order, or the right function. */
  readonly expected: readonly Result[] | ((...args: Args) => Result);
  /** How the card calls the function; without it the card says "called with (0, 1)". */
  readonly name?: string;
  readonly tolerance?: number;
  /** True when the function must leave its arguments as they were. Default false: what it does to its copies is its own business. */
  readonly keepsInputs?: boolean;
  readonly note?: string;
}

/**
 * Holds when the function returns the expected value for every input; otherwise it names the first call that does not.
 *
 * @example
 * import { forInputs } from "gradus";
 * const relu = (x: number): number => Math.abs(x);
 * console.log(forInputs(relu, { inputs: [[2], [-2]], expected: (x) => Math.max(0, x), name: "relu" }));
 * // { on: 'relu(-2)', expected: 0, got: 2, holds: false }
 */
export function forInputs<Args extends readonly unknown[], Result>(
  f: (...args: Args) => Result,
  { inputs, expected, name, tolerance, keepsInputs = false, note }: InputCases<Args, Result>,
): Verdict {
  return each(inputs, (args, i) => {
    const on = `${name ?? "called with "}(${args.map((arg) => showValue(arg)).join(", ")})`;
    const right = typeof expected === "function" ? expected(...freshCopy(args)) : expected[i];
    const copies = freshCopy(args);
    const got = calmed(f(...copies));
    const verdict = expectSame(got, right, {
      on,
      ...(tolerance === undefined ? {} : { tolerance }),
      ...(note === undefined ? {} : { note: noteOn(got) ?? note }),
    });
    if (!verdict.holds || !keepsInputs) return verdict;
    return each(args, (before, position) => {
      if (expectSame(copies[position], before, { tolerance: 0 }).holds) return pass;
      const which = args.length === 1 ? "its argument" : `argument ${position + 1}`;
      return fail({
        on,
        expected: before,
        got: copies[position],
        note: `The result is right, but the function changed ${which}. Build a new one instead.`,
      });
    });
  });
}

/**
 * The verdict of the first item whose test fails; holds when all do. Items count from 0.
 *
 * @example
 * import { each, fail, pass } from "gradus";
 * const odd = each([1, 3, 4], (n) => (n % 2 === 1 ? pass : fail({ on: `the number ${n}` })));
 * console.log(odd); // { on: 'the number 4', holds: false }
 */
export function each<Item>(items: readonly Item[], test: (item: Item, index: number) => Verdict): Verdict {
  for (let i = 0; i < items.length; i++) {
    const verdict = test(items[i], i);
    if (!verdict.holds) return verdict;
  }
  return pass;
}

/**
 * Holds when the learner's gradient of `f` agrees with central differences at every point of `at`
 * (|a - n| / max(1, |a|, |n|) <= tolerance, default 1e-6). `f` must be smooth there.
 *
 * @example
 * import { expectGradient } from "gradus";
 * const f = ([x]: number[]): number => x ** 2;
 * console.log(expectGradient(([x]) => [2 * x], { f, at: [[3], [-1]] })); // { holds: true }
 */
export function expectGradient(
  gradient: (x: number[]) => ArrayLike<number>,
  { f, at }: { readonly f: (x: number[]) => number; readonly at: readonly (readonly number[])[] },
  { on, note, tolerance = 1e-6 }: CompareOptions = {},
): Verdict {
  return each(at, (point) => {
    const place = [on, `at ${showValue(point)}`].filter((part) => part !== undefined).join(", ");
    const slopes: unknown = calmed(gradient([...point]));
    const isList = Array.isArray(slopes) || (ArrayBuffer.isView(slopes) && !(slopes instanceof DataView));
    const length = isList ? (slopes as unknown as ArrayLike<unknown>).length : -1;
    if (length !== point.length) {
      const words = noteOn(slopes) ?? `one slope for each of the ${point.length} variables`;
      return fail({ on: place, got: slopes, note: words });
    }
    const { ok, worst } = checkGradient(
      { f: (x) => f(Array.from(x)), gradient: slopes as ArrayLike<number>, at: point },
      { tolerance },
    );
    if (ok) return pass;
    return fail({
      on: `${place}, slope ${worst.index}`,
      expected: worst.numeric,
      got: worst.analytic,
      note: note ?? noteOn(worst.analytic) ?? "Expected is the slope measured between two near points.",
    });
  });
}

/**
 * A copy that shares nothing with the original: arrays, typed arrays, matrices, plain objects. The rest is passed on.
 *
 * @example
 * import { freshCopy } from "gradus";
 * const weights = { w: [1, 2], b: 0 };
 * const copy = freshCopy(weights);
 * copy.w[0] = 9;
 * console.log(weights.w); // [ 1, 2 ]
 */
export function freshCopy<Value>(value: Value): Value {
  const copy = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(copy);
    if (part instanceof Matrix) return part.copy();
    if (ArrayBuffer.isView(part) && !(part instanceof DataView)) return (part as Float64Array).slice();
    if (typeof part !== "object" || part === null) return part;
    const prototype: unknown = Object.getPrototypeOf(part);
    if (prototype !== Object.prototype && prototype !== null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, copy(inner)]));
  };
  return copy(value) as Value;
}

/** A promise nobody waits for must not end as an "unhandled rejection" below the card. */
function calmed<Value>(value: Value): Value {
  if (isPromise(value)) value.catch(() => {});
  return value;
}
