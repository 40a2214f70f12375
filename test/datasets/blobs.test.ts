import { expect, test } from "vitest";
import { makeBlobs } from "../../src/datasets/index.js";

test("blobs share the points out evenly and lie around their centres", () => {
  const std = 0.5;
  const centers = [
    [-4, 0],
    [4, 1],
    [0, 9],
  ] as const;
  const blobs = makeBlobs({ samples: 3000, centers, std, seed: 1 });
  expect(blobs.x.shape).toEqual([3000, 2]);
  expect(blobs.y.shape).toEqual([3000, 3]);
  for (const [code, center] of centers.entries()) {
    const points = blobs.x.toArray().filter((_, row) => blobs.codes[row] === code);
    expect(points).toHaveLength(1000);
    for (const axis of [0, 1]) {
      const mean = points.reduce((sum, point) => sum + point[axis], 0) / 1000;
      const variance = points.reduce((sum, point) => sum + (point[axis] - mean) ** 2, 0) / 1000;
      // Five standard errors of a mean of 1000 points and of their standard deviation.
      expect(Math.abs(mean - center[axis])).toBeLessThan((5 * std) / Math.sqrt(1000));
      expect(Math.abs(Math.sqrt(variance) - std)).toBeLessThan((5 * std) / Math.sqrt(2000));
    }
  }
});

test("labels, codes and one-hot rows agree, and the classes are mixed", () => {
  const blobs = makeBlobs({ samples: 7 });
  expect(blobs.labels).toEqual(blobs.codes.map((code) => blobs.classNames[code]));
  expect(blobs.y.toArray()).toEqual(blobs.codes.map((code) => (code === 0 ? [1, 0] : [0, 1])));
  expect([...blobs.codes].sort()).toEqual([0, 0, 0, 0, 1, 1, 1]);
  expect(makeBlobs({ samples: 50 }).codes).not.toEqual(Array.from({ length: 50 }, (_, index) => index % 2));
});

test("the same seed gives the same points, another seed others", () => {
  const points = (seed: number): number[][] => makeBlobs({ seed }).x.toArray();
  expect(points(1)).toEqual(points(1));
  expect(points(1)).not.toEqual(points(2));
});

test.each([
  [
    () => makeBlobs({ samples: 1 }),
    "makeBlobs: samples must be a whole number, at least 2 (the blobs), got 1.",
  ],
  [
    () => makeBlobs({ centers: 0 }),
    "makeBlobs: centers must be a whole number from 1 on or a list of points, got 0.",
  ],
  [() => makeBlobs({ std: -1 }), "makeBlobs: std must be a number from 0 on, got -1."],
  [
    () => makeBlobs({ centers: [[0, NaN]] }),
    "makeBlobs: centers[0] must be two finite numbers, got [0, NaN].",
  ],
])("bad options are refused (%#)", (call, message) => {
  expect(call).toThrow(message);
});
