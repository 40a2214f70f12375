import { describe, expect, test } from "vitest";
import {
  constant,
  dense,
  initializers,
  Random,
  randomNormal,
  randomUniform,
} from "../../src/engine/index.js";
import type { Initializer, InitializerName } from "../../src/engine/index.js";

const [fanIn, fanOut] = [300, 100];
const names = Object.keys(initializers) as InitializerName[];

function fill(name: InitializerName, seed: number): Float64Array {
  const values = new Float64Array(fanIn * fanOut);
  initializers[name](values, { fanIn, fanOut, random: new Random(seed) });
  return values;
}

/** Variances as the papers (and Keras 3) have them. */
const variances: Record<InitializerName, number> = {
  zeros: 0,
  ones: 0,
  randomUniform: 0.1 ** 2 / 12,
  randomNormal: 0.05 ** 2,
  glorotUniform: 2 / (fanIn + fanOut),
  glorotNormal: 2 / (fanIn + fanOut),
  heUniform: 2 / fanIn,
  heNormal: 2 / fanIn,
  lecunUniform: 1 / fanIn,
  lecunNormal: 1 / fanIn,
};

describe.each(names)("%s", (name) => {
  const values = fill(name, 1);
  const mean = values.reduce((a, b) => a + b) / values.length;
  const variance = values.reduce((sum, w) => sum + (w - mean) ** 2, 0) / values.length;

  test("has the mean and the variance of its definition", () => {
    expect(Math.abs(mean - (name === "ones" ? 1 : 0))).toBeLessThan(0.002);
    // 30,000 draws: the relative standard error of a variance is below 0.0082; 5 of them.
    expect(Math.abs(variance - variances[name])).toBeLessThanOrEqual(0.041 * variances[name]);
  });

  test("gives the same weights for the same seed", () => {
    expect(fill(name, 1)).toEqual(values);
    if (variances[name] > 0) expect(fill(name, 2)).not.toEqual(values);
  });
});

test("the uniform ones stay within √(3 · variance), the truncated normal ones within 2 uncut deviations", () => {
  const largest = (name: InitializerName): number =>
    fill(name, 3).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  for (const name of ["randomUniform", "glorotUniform", "heUniform", "lecunUniform"] as const) {
    expect(largest(name)).toBeLessThanOrEqual(Math.sqrt(3 * variances[name]));
  }
  for (const name of ["glorotNormal", "heNormal", "lecunNormal"] as const) {
    expect(largest(name)).toBeLessThanOrEqual((2 * Math.sqrt(variances[name])) / 0.8796);
  }
});

test("constant, randomNormal and randomUniform take settings", () => {
  const drawn = (initializer: Initializer): Float64Array => {
    const values = new Float64Array(10_000);
    initializer(values, { fanIn: 1, fanOut: 1, random: new Random(6) });
    return values;
  };
  const mean = (values: Float64Array): number => values.reduce((a, b) => a + b) / values.length;
  expect(dense(2, { inputDim: 1, biasInitializer: constant(0.5) }).weights.bias.row(0)).toEqual([0.5, 0.5]);
  const normal = drawn(randomNormal({ mean: 3, standardDeviation: 2 }));
  // Standard errors of the mean: 2 / 100 and 1 / (√12 · 100); 5 of them.
  expect(Math.abs(mean(normal) - 3)).toBeLessThan(0.1);
  expect(Math.abs(Math.sqrt(mean(normal.map((w) => (w - 3) ** 2))) - 2)).toBeLessThan(0.08);
  const uniform = drawn(randomUniform({ low: 2, high: 3 }));
  expect(Math.abs(mean(uniform) - 2.5)).toBeLessThan(0.0145);
  expect(uniform.every((w) => w >= 2 && w < 3)).toBe(true);
});

test("settings outside their range are refused", () => {
  expect(() => constant(NaN)).toThrow("constant: value must be a finite number, got NaN");
  expect(() => randomNormal({ standardDeviation: -1 })).toThrow(
    "randomNormal: standardDeviation must be a finite number of at least 0, got -1",
  );
  expect(() => randomUniform({ low: 1, high: 1 })).toThrow(
    "randomUniform: high must be above low, which is 1, got 1",
  );
});
