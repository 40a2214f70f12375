import { describe, expect, test } from "vitest";
import {
  makeCircles,
  makeMoons,
  makeSpirals,
  type Dataset,
  type PlaneOptions,
} from "../../src/datasets/index.js";
import { expectClose } from "../expect-close.js";
import { reference } from "./folds-reference.js";

test.each(reference.moons)(
  "$samples points of moons lie where scikit-learn puts them",
  ({ samples, x, codes }) => {
    const moons = makeMoons({ samples, shuffle: false });
    expectClose(moons.x, x, { tolerance: 1e-15 });
    expect(moons.codes).toEqual(codes);
  },
);

test.each(reference.circles)(
  "$samples points of circles with factor $factor lie where scikit-learn puts them",
  ({ samples, factor, x, codes }) => {
    const circles = makeCircles({ samples, factor, shuffle: false });
    expectClose(circles.x, x, { tolerance: 1e-15 });
    expect(circles.codes).toEqual(codes);
  },
);

test("a point of a spiral has an angle that grows with its radius", () => {
  const spirals = makeSpirals({ samples: 90, arms: 3, turns: 2, shuffle: false });
  expect(spirals.codes.filter((code) => code === 2)).toHaveLength(30);
  spirals.x.toArray().forEach(([x, y], row) => {
    const radius = Math.hypot(x, y);
    expect(radius).toBeCloseTo(((row % 30) + 1) / 30, 14);
    const turned = Math.atan2(y, x) / (2 * Math.PI) - 2 * radius - spirals.codes[row] / 3;
    expect(Math.abs(turned - Math.round(turned))).toBeLessThan(1e-14);
  });
  expect(makeSpirals({ samples: 7, arms: 3 }).codes.filter((code) => code === 0)).toHaveLength(3);
});

const sets: Record<string, (options: PlaneOptions & { samples?: number }) => Dataset> = {
  makeMoons,
  makeCircles,
  makeSpirals,
};

describe.each(Object.keys(sets))("%s", (name) => {
  const make = sets[name];
  const rows = (data: Dataset): string[] => data.x.toArray().map((row, r) => `${row} ${data.labels[r]}`);

  test("labels, codes and one-hot rows agree, and classes are equally large", () => {
    const data = make({ samples: 60, seed: 2 });
    expect(data.x.shape).toEqual([60, 2]);
    expect(data.labels).toEqual(data.codes.map(String));
    expect(data.y.argmax()).toEqual(data.codes);
    expect(data.codes.filter((code) => code === 0)).toHaveLength(30);
  });

  test("shuffling changes the order only", () => {
    const [mixed, sorted] = [make({ noise: 0.1 }), make({ noise: 0.1, shuffle: false })];
    expect(rows(mixed)).not.toEqual(rows(sorted));
    expect(rows(mixed).sort()).toEqual(rows(sorted).sort());
  });

  test("the seed decides", () => {
    const points = (seed: number): number[][] => make({ noise: 0.1, seed }).x.toArray();
    expect(points(1)).toEqual(points(1));
    expect(points(1)).not.toEqual(points(2));
  });

  test("noise has the wanted standard deviation around the points without noise", () => {
    const options = { samples: 4000, shuffle: false };
    const clean = make(options).x;
    const deviations = make({ ...options, noise: 0.2, seed: 8 }).x.sub(clean);
    const mean = deviations.mean();
    const std = Math.sqrt(deviations.mul(deviations).mean() - mean ** 2);
    // Five standard errors of 8,000 normal numbers.
    expect(Math.abs(mean)).toBeLessThan((5 * 0.2) / Math.sqrt(8000));
    expect(Math.abs(std - 0.2)).toBeLessThan((5 * 0.2) / Math.sqrt(16000));
  });

  test("too few points and negative noise are refused", () => {
    expect(() => make({ samples: 1 })).toThrow(`${name}: samples must be a whole number of at least 2`);
    expect(() => make({ samples: 10.5 })).toThrow(`${name}: samples must be a whole number of at least 2`);
    expect(() => make({ noise: -1 })).toThrow(`${name}: noise must be a number from 0 on, got -1.`);
    expect(() => make({ noise: NaN })).toThrow(`${name}: noise must be a number from 0 on, got NaN.`);
  });
});

test.each([
  [() => makeCircles({ factor: 1 }), "makeCircles: factor must be at least 0 and below 1, got 1."],
  [
    () => makeMoons({ samples: [3, 0] }),
    "makeMoons: samples must be a whole number of at least 2, or two whole numbers of at least 1, got [3, 0].",
  ],
  [() => makeSpirals({ arms: 0 }), "makeSpirals: arms must be a whole number of at least 1, got 0."],
  [() => makeSpirals({ turns: 0 }), "makeSpirals: turns must be a finite number above 0, got 0."],
])("bad options are refused (%#)", (call, message) => {
  expect(call).toThrow(message);
});
