import type { Dataset } from "./dataset.js";
import { checkNoise, demand, planeDataset, type PlaneOptions, type PlanePoint } from "./plane-points.js";

/** The options of `makeSpirals`. */
export interface SpiralsOptions extends PlaneOptions {
  /** Points in all, shared out evenly, the first arms taking those left over; default 100. */
  samples?: number;
  /** How many arms, one class each; default 2. */
  arms?: number;
  /** How often an arm goes around the centre; default 1. */
  turns?: number;
}

/**
 * Arms that wind around the centre (Archimedean spirals): point i of the n points of arm k of m has the radius r = (i + 1) / n
 * and the angle 2π (turns · r + k / m). The hardest of the toy sets: a network needs hidden layers to part the arms.
 * `x` is `[samples, 2]` float64.
 *
 * @throws Error for fewer points than arms, negative noise, or `turns` that are not above 0.
 *
 * @example
 * import { makeSpirals } from "gradus";
 * const spirals = makeSpirals({ samples: 300, arms: 3, noise: 0.02, seed: 1 });
 * console.log(spirals.x.shape, spirals.classNames); // [ 300, 2 ] [ '0', '1', '2' ]
 */
export function makeSpirals({
  samples = 100,
  arms = 2,
  turns = 1,
  ...options
}: SpiralsOptions = {}): Dataset {
  checkNoise("makeSpirals", options.noise);
  demand("makeSpirals", Number.isSafeInteger(arms) && arms >= 1, {
    option: "arms",
    value: arms,
    rule: "a whole number of at least 1",
  });
  demand("makeSpirals", Number.isSafeInteger(samples) && samples >= arms, {
    option: "samples",
    value: samples,
    rule: `a whole number of at least ${arms} (the arms)`,
  });
  demand("makeSpirals", Number.isFinite(turns) && turns > 0, {
    option: "turns",
    value: turns,
    rule: "a finite number above 0",
  });
  const arm = (k: number): PlanePoint[] => {
    const count = Math.floor(samples / arms) + (k < samples % arms ? 1 : 0);
    return Array.from({ length: count }, (_, i) => {
      const radius = (i + 1) / count;
      const angle = 2 * Math.PI * (turns * radius + k / arms);
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    });
  };
  return planeDataset(
    {
      name: "spirals",
      classes: Array.from({ length: arms }, (_, k) => arm(k)),
      description: `${arms} spiral arms of ${turns} turn${turns === 1 ? "" : "s"}`,
    },
    options,
  );
}
