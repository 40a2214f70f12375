import { expect, test } from "vitest";
import { allocate } from "../../src/engine/dtype.js";
import { Matrix } from "../../src/engine/index.js";

test("an array is filled with zeros and has the format that was asked for", () => {
  expect(allocate("float32", 3)).toEqual(new Float32Array(3));
  expect(allocate("float64", 3)).toEqual(new Float64Array(3));
});

test("too large an array is an error that says how much was asked for", () => {
  const message = "1099511627776 numbers in float32 need 4194304 MB, which cannot be had";
  expect(() => allocate("float32", 2 ** 40)).toThrow(message);
  expect(() => Matrix.zeros(2 ** 20, 2 ** 20, { dtype: "float32", longLived: true })).toThrow(message);
});
