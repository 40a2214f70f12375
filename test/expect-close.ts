import { expect } from "vitest";

type Numbers =
  number | ArrayLike<number> | readonly (readonly number[])[] | { readonly data: ArrayLike<number> };

export interface Closeness {
  /** The largest |actual - expected| / max(1, |expected|) that passes. */
  readonly tolerance: number;
}

/** Passes if every number is within the tolerance of its partner; a failure names the worst element. NaN is close to nothing. */
export function expectClose(actual: Numbers, expected: Numbers, { tolerance }: Closeness): void {
  const a = flat(actual);
  const b = flat(expected);
  if (a.length !== b.length) expect.fail(`expected ${b.length} numbers, got ${a.length}`);
  let worst = -1;
  let largest = -1;
  for (let i = 0; i < a.length; i++) {
    const same = a[i] === b[i];
    const error = same ? 0 : Math.abs(a[i] - b[i]) / Math.max(1, Math.abs(b[i]));
    if (!(error <= largest)) {
      largest = Number.isNaN(error) ? Infinity : error;
      worst = i;
    }
  }
  expect(
    largest <= tolerance,
    `element ${worst}: expected ${b[worst]}, got ${a[worst]}; error ${largest.toExponential(2)} exceeds ${tolerance}`,
  ).toBe(true);
}

function flat(value: Numbers): number[] {
  if (typeof value === "number") return [value];
  if ("data" in value) return Array.from(value.data);
  return (Array.from(value as ArrayLike<unknown>) as (number | number[])[]).flat();
}
