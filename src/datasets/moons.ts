import type { Dataset } from "./dataset.js";
import { checkNoise, planeDataset, twoCounts, type PlaneOptions, type PlanePoint } from "./plane-points.js";

/** The options of `makeMoons`. */
export interface MoonsOptions extends PlaneOptions {
  /** Points in all, shared between the moons, or the points of each; default 100. */
  samples?: number | readonly [upper: number, lower: number];
}

/**
 * Two half circles that reach into each other: class 0 is (cos t, sin t), class 1 is (1 - cos t, ½ - sin t), t from 0 to π.
 * No straight line parts them. `x` is `[samples, 2]` float64. scikit-learn's `make_moons`, point for point without noise.
 *
 * @throws Error for fewer than 2 points or negative noise.
 *
 * @example
 * import { makeMoons, plot } from "gradus";
 * const moons = makeMoons({ samples: 200, noise: 0.1, seed: 1 });
 * console.log(moons.x.shape, moons.y.shape); // [ 200, 2 ] [ 200, 2 ]
 * const figure = plot.scatter(
 *   { x: moons.x.column(0), y: moons.x.column(1), labels: moons.labels },
 *   { alt: "Two half circles that reach into each other." },
 * );
 * console.log(figure); // Figure: Two half circles that reach into each other.
 */
export function makeMoons({ samples = 100, ...options }: MoonsOptions = {}): Dataset {
  const counts = twoCounts("makeMoons", samples);
  checkNoise("makeMoons", options.noise);
  const halfCircle = (count: number): PlanePoint[] =>
    Array.from({ length: count }, (_, i) => {
      const angle = count === 1 ? 0 : (Math.PI * i) / (count - 1);
      return [Math.cos(angle), Math.sin(angle)];
    });
  const upper = halfCircle(counts[0]);
  const lower = halfCircle(counts[1]).map(([x, y]): PlanePoint => [1 - x, 0.5 - y]);
  return planeDataset(
    { name: "moons", classes: [upper, lower], description: "two interleaving half circles" },
    options,
  );
}
