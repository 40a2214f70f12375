import { expect, test } from "vitest";
import { makeRegression } from "../../src/datasets/index.js";
import { expectClose } from "../expect-close.js";

test("without noise the targets are x · coef + bias", () => {
  const { x, y, coef, bias } = makeRegression({ samples: 30, features: 5, targets: 2, bias: 3, seed: 1 });
  expect([x.shape, y.shape, coef.shape]).toEqual([
    [30, 5],
    [30, 2],
    [5, 2],
  ]);
  expectClose(y, x.matmul(coef).add(bias), { tolerance: 0 });
});

test("only informative rows of coef differ from 0, and they lie between 0 and 100", () => {
  const weights = (shuffle: boolean): number[] =>
    makeRegression({ features: 40, informative: 6, shuffle, seed: 4 }).coef.column(0);
  for (const shuffle of [false, true]) {
    const informative = weights(shuffle).filter((weight) => weight !== 0);
    expect(informative).toHaveLength(6);
    expect(informative.every((weight) => weight > 0 && weight < 100)).toBe(true);
  }
  expect(weights(false).slice(6)).toEqual(new Array(34).fill(0));
  expect(weights(true).slice(6)).not.toEqual(new Array(34).fill(0));
});

test("features are standard normal and noise has the wanted standard deviation", () => {
  const { x, y, coef } = makeRegression({ samples: 5000, features: 2, noise: 3, seed: 2 });
  const spread = (values: number[]): number =>
    Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  // Five standard errors.
  expect(Math.abs(x.mean())).toBeLessThan(5 / Math.sqrt(10_000));
  expect(Math.abs(spread([...x.data]) - 1)).toBeLessThan(5 / Math.sqrt(20_000));
  expect(Math.abs(spread([...y.sub(x.matmul(coef)).data]) - 3)).toBeLessThan(15 / Math.sqrt(10_000));
});

test("the seed decides", () => {
  const targets = (seed: number): number[] => makeRegression({ seed }).y.column(0);
  expect(targets(1)).toEqual(targets(1));
  expect(targets(1)).not.toEqual(targets(2));
});

test.each([
  [{ samples: 0 }, "makeRegression: samples must be a whole number of at least 1, got 0."],
  [{ features: 2.5 }, "makeRegression: features must be a whole number of at least 1, got 2.5."],
  [
    { features: 3, informative: 4 },
    "makeRegression: informative must be a whole number from 0 to 3 (the features), got 4.",
  ],
  [{ noise: -1 }, "makeRegression: noise must be a number from 0 on, got -1."],
  [{ bias: Infinity }, "makeRegression: bias must be a finite number, got Infinity."],
])("bad options are refused: %o", (options, message) => {
  expect(() => makeRegression(options)).toThrow(message);
});
