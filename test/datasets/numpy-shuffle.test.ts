import { expect, test } from "vitest";
import { mersenneTwister, shuffleAsNumpy } from "../../src/datasets/numpy-shuffle.js";

test("the Mersenne twister gives the numbers of its authors", () => {
  // Seed 5489: the 10,000th number, from the C++ standard, [rand.predef].
  const next = mersenneTwister(5489);
  const numbers = Array.from({ length: 10_000 }, next);
  expect(numbers[9_999]).toBe(4123659995);
});

test("ten things come in numpy's order", () => {
  // numpy 2.4.6: r = numpy.random.RandomState(42); a = numpy.arange(10); r.shuffle(a)
  const items = Array.from({ length: 10 }, (_, i) => i);
  expect(shuffleAsNumpy(items, 42)).toEqual([8, 1, 5, 0, 7, 2, 9, 4, 3, 6]);
  expect(items).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
