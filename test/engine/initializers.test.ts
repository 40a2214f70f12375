import { describe, expect, test } from "vitest";
import { initializers, Random } from "../../src/engine/index.js";
import type { InitializerName } from "../../src/engine/index.js";

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
  for (const name of ["randomUniform", "glorotUniform", "heUniform"] as const) {
    expect(largest(name)).toBeLessThanOrEqual(Math.sqrt(3 * variances[name]));
  }
  for (const name of ["glorotNormal", "heNormal"] as const) {
    expect(largest(name)).toBeLessThanOrEqual((2 * Math.sqrt(variances[name])) / 0.8796);
  }
});
