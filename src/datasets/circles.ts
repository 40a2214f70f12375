import type { Dataset } from "./dataset.js";
import { checkNoise, demand, planeDataset, twoCounts } from "./plane-points.js";
import type { PlaneOptions, PlanePoint } from "./plane-points.js";

/** The options of `makeCircles`. */
export interface CirclesOptions extends PlaneOptions {
  /** Points in all, shared between the circles, or the points of each; default 100. */
  samples?: number | readonly [outer: number, inner: number];
  /** Radius of the inner circle, from 0 to below 1; the outer one has radius 1. Default 0.8. */
  factor?: number;
}

/**
 * A circle within a circle, evenly spaced points: class 0 has radius 1, class 1 radius `factor`. x1² + x2² parts them.
 * `x` is `[samples, 2]` float64. scikit-learn's `make_circles`, point for point without noise.
 *
 * @throws Error for fewer than 2 points, negative noise, or a `factor` outside [0, 1).
 *
 * @example
 * import { makeCircles } from "gradus";
 * const circles = makeCircles({ samples: 200, factor: 0.5, noise: 0.05, seed: 1 });
 * const [x1, x2] = circles.x.row(0);
 * console.log("radius", Math.hypot(x1, x2).toFixed(2), "class", circles.labels[0]); // radius 0.54 class 1
 */
export function makeCircles({ samples = 100, factor = 0.8, ...options }: CirclesOptions = {}): Dataset {
  const counts = twoCounts("makeCircles", samples);
  checkNoise("makeCircles", options.noise);
  demand("makeCircles", factor >= 0 && factor < 1, {
    option: "factor",
    value: factor,
    rule: "at least 0 and below 1",
  });
  const circle = (count: number, radius: number): PlanePoint[] =>
    Array.from({ length: count }, (_, i) => {
      const angle = (2 * Math.PI * i) / count;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    });
  return planeDataset(
    {
      name: "circles",
      classes: [circle(counts[0], 1), circle(counts[1], factor)],
      description: `circles of radius 1 and ${factor}`,
    },
    options,
  );
}
