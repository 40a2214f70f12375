import { expect, test } from "vitest";
import { Random } from "../../src/engine/index.js";
import { expectClose } from "../expect-close.js";

const many = 100_000;

test.each([
  // Printed by the authors' xoshiro128** C code (prng.di.unimi.it) compiled with gcc, its state filled by the documented SplitMix.
  { seed: 0, expected: [3809008728, 1133695204, 53579671, 2891528803, 139681546, 2203266335] },
  { seed: 42, expected: [2837322924, 544945897, 479756282, 3500138142, 339756180, 113173290] },
])("seed $seed gives the words of the C reference", ({ seed, expected }) => {
  const random = new Random(seed);
  expect(expected.map(() => random.bits())).toEqual(expected);
});

test("equal seeds give equal numbers, different seeds different ones, also beyond 32 bits", () => {
  const draw = (seed: number): number[] => {
    const random = new Random(seed);
    return Array.from({ length: 5 }, () => random.normal());
  };
  expect(draw(3)).toEqual(draw(3));
  const firsts = [0, 1, 2, -1, 2 ** 32, 2 ** 40 + 1].map((seed) => draw(seed)[0]);
  expect(new Set(firsts).size).toBe(firsts.length);
});

test("uniform stays in [low, high) with the mean and variance of a uniform distribution", () => {
  const random = new Random(1);
  const draws = Array.from({ length: many }, () => random.uniform({ low: -1, high: 3 }));
  const mean = draws.reduce((a, b) => a + b) / many;
  const variance = draws.reduce((sum, u) => sum + (u - mean) ** 2, 0) / many;
  expect(draws.every((u) => u >= -1 && u < 3)).toBe(true);
  // 5 standard errors: √(4/3 / 1e5) ≈ 0.0037 of the mean
  expect(Math.abs(mean - 1)).toBeLessThan(0.019);
  expect(Math.abs(variance - 16 / 12)).toBeLessThan(0.02);
});

test("normal has mean 0, variance 1, no skew and the fourth moment 3", () => {
  const random = new Random(2);
  const draws = Array.from({ length: many }, () => random.normal());
  const moment = (k: number): number => draws.reduce((sum, z) => sum + z ** k, 0) / many;
  // standard errors: 0.0032, 0.0045, 0.012, 0.031; 5 of them each
  expectClose([moment(1), moment(2), moment(3)], [0, 1, 0], { tolerance: 0.06 });
  expect(Math.abs(moment(1))).toBeLessThan(0.016);
  expect(Math.abs(moment(2) - 1)).toBeLessThan(0.023);
  expect(Math.abs(moment(4) - 3)).toBeLessThan(0.16);
});

test("normal follows Marsaglia's formula with the logarithm of Math.log to 15 digits", () => {
  const uniform = new Random(9);
  for (const seedOf of [9]) {
    const normal = new Random(seedOf);
    for (let i = 0; i < 1000; i++) {
      let x: number, y: number, s: number;
      do {
        x = 2 * uniform.uniform() - 1;
        y = 2 * uniform.uniform() - 1;
        s = x * x + y * y;
      } while (s >= 1 || s === 0);
      const factor = Math.sqrt((-2 * Math.log(s)) / s);
      expectClose([normal.normal(), normal.normal()], [x * factor, y * factor], { tolerance: 2e-15 });
    }
  }
});

test("int gives every number below n about equally often and no other", () => {
  const random = new Random(3);
  const counts = new Array<number>(7).fill(0);
  for (let i = 0; i < 70_000; i++) counts[random.int(7)]++;
  // mean 10,000, standard deviation 93
  expect(counts.every((count) => Math.abs(count - 10_000) < 465)).toBe(true);
  expect(counts).toHaveLength(7);
});

test("permutation holds each number once, and each of the 6 orders of 3 comes up about equally often", () => {
  const random = new Random(4);
  expect(random.permutation(100).sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  const counts = new Map<string, number>();
  for (let i = 0; i < 12_000; i++) {
    const order = random.permutation(3).join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  // mean 2,000, standard deviation 41
  expect([...counts.values()].every((count) => Math.abs(count - 2000) < 205)).toBe(true);
});

test("shuffle works in place and returns the same array", () => {
  const array = ["a", "b", "c", "d"];
  expect(new Random(5).shuffle(array)).toBe(array);
  expect([...array].sort()).toEqual(["a", "b", "c", "d"]);
});

test("what a split generator draws does not change what its parent draws next", () => {
  const [a, b] = [new Random(6), new Random(6)];
  const child = a.split();
  b.split();
  child.normal();
  child.uniform();
  expect(a.bits()).toBe(b.bits());
});

test("a seed that is no whole number is refused", () => {
  for (const seed of [0.5, NaN, Infinity]) {
    expect(() => new Random(seed)).toThrow(`Random: seed must be a whole number, got ${seed}`);
  }
  expect(() => new Random(0).int(0)).toThrow("Random.int: n must be a whole number of at least 1, got 0");
});
