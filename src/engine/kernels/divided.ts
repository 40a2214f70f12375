import type { KernelFunctions } from "./kernel-functions.js";
import type { Part, Team } from "./team.js";

/** The kernels that are worth dividing: products of many rows, and the steps of a large first layer. */
export const dividedKernels = [
  "affine",
  "sparseAffine",
  "sparseSgdStep",
  "sparseAdamStep",
  "adamStep",
] as const;
type Divided = (typeof dividedKernels)[number];

/** Less work, in multiplications or so, is done sooner by one thread than two can agree on it. */
const leastWork = 200_000;

/** How many parts a kernel is divided into: more than threads, because the parts do not take equally long. */
const parts = 8;

/**
 * The same kernels, of which large ones are divided between the threads of a team. A part owns its outputs, and each output is
 * computed as by one thread: dividing changes no bit.
 */
export function dividedFunctions(functions: KernelFunctions, team: Team): KernelFunctions {
  const divide = (
    name: Divided,
    count: number,
    grain: number,
    argsOf: (from: number, to: number) => number[],
  ): void => {
    const kernel = dividedKernels.indexOf(name);
    const size = Math.ceil(count / parts / grain) * grain;
    const all: Part[] = [];
    for (let from = 0; from < count; from += size)
      all.push([kernel, argsOf(from, Math.min(count, from + size))]);
    team.run(all);
  };
  return {
    ...functions,
    affine(x, w, b, z, rows, inputs, units) {
      if (rows * inputs * units < leastWork || !team.ready)
        return functions.affine(x, w, b, z, rows, inputs, units);
      // Whole tiles, and enough rows that a part packs its weights as the whole would.
      const grain = Math.max(16, Math.ceil(rows / 2 / 16) * 16);
      divide("affine", rows, grain, (from, to) => [
        ...[x + from * inputs * 4, w, b, z + from * units * 4],
        ...[to - from, inputs, units],
      ]);
    },
    sparseAffine(rowStarts, columns, values, w, b, z, rows, units) {
      if (rows * units * 64 < leastWork || !team.ready)
        return functions.sparseAffine(rowStarts, columns, values, w, b, z, rows, units);
      divide("sparseAffine", rows, 1, (from, to) => [
        ...[rowStarts + from * 4, columns, values, w, b, z + from * units * 4],
        ...[to - from, units],
      ]);
    },
    sparseSgdStep(columnStarts, rowNumbers, turnedValues, dz, w, inputs, units, eta) {
      if (inputs * units < leastWork || !team.ready)
        return functions.sparseSgdStep(columnStarts, rowNumbers, turnedValues, dz, w, inputs, units, eta);
      divide("sparseSgdStep", inputs, 1, (from, to) => [
        ...[columnStarts + from * 4, rowNumbers, turnedValues, dz, w + from * units * 4],
        ...[to - from, units, eta],
      ]);
    },
    sparseAdamStep(columnStarts, rowNumbers, turnedValues, dz, w, m, v, inputs, units, ...settings) {
      if (inputs * units < leastWork || !team.ready)
        return functions.sparseAdamStep(
          ...([columnStarts, rowNumbers, turnedValues, dz, w, m, v, inputs, units] as const),
          ...settings,
        );
      divide("sparseAdamStep", inputs, 1, (from, to) => {
        const at = from * units * 4;
        return [
          ...[columnStarts + from * 4, rowNumbers, turnedValues, dz, w + at, m + at, v + at],
          ...[to - from, units, ...settings],
        ];
      });
    },
    adamStep(w, g, m, v, n, ...settings) {
      if (n < leastWork || !team.ready) return functions.adamStep(w, g, m, v, n, ...settings);
      divide("adamStep", n, 16, (from, to) => {
        const at = from * 4;
        return [w + at, g + at, m + at, v + at, to - from, ...settings];
      });
    },
  };
}
