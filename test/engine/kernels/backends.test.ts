import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, test } from "vitest";
import type { FloatArray } from "../../../src/engine/dtype.js";
import {
  activations,
  adam,
  dense,
  Matrix,
  momentum,
  Random,
  Sequential,
  sgd,
} from "../../../src/engine/index.js";
import { affine, affineInputGradient, affineWeightGradient } from "../../../src/engine/kernels/affine.js";
import {
  activeMachine,
  allocateLongLived,
  backend,
  setBackend,
} from "../../../src/engine/kernels/backend.js";
import { adamStep, momentumStep, sgdStep } from "../../../src/engine/kernels/optimizer-steps.js";
import { expectClose } from "../../expect-close.js";
import { wasmInstalled } from "./install-wasm.js";

afterEach(() => setBackend(wasmInstalled ? "wasm" : "typescript"));

const random = new Random(11);

/** Where a kernel finds its arrays: in its own memory, or anywhere. */
const places: Record<string, (values: readonly number[]) => FloatArray> = {
  resident: (values) => {
    const array = allocateLongLived("float32", values.length);
    array.set(values);
    return array;
  },
  elsewhere: (values) => Float32Array.from(values),
};

function numbers(n: number, zeros: number = 0): number[] {
  return Array.from({ length: n }, () => (random.uniform() < zeros ? 0 : Math.fround(random.normal())));
}

/** Every combination of tile, half tile and rest, with and without many zeros. */
const shapes = [1, 3, 4, 5, 9].flatMap((rows) =>
  [
    [8, 4],
    [5, 7],
    [33, 1],
    [12, 30],
    [64, 13],
    [70, 8],
    [100, 16],
  ].flatMap(([inputs, units]) => [0, 0.5, 0.95].map((zeros) => ({ rows, inputs, units, zeros }))),
);

type Kernel = (make: (values: readonly number[]) => FloatArray) => FloatArray[];

const kernels: Record<string, (shape: (typeof shapes)[0]) => Kernel> = {
  affine: ({ rows, inputs, units, zeros }) => {
    const [x, w, b] = [numbers(rows * inputs, zeros), numbers(inputs * units), numbers(units)];
    return (make) => {
      const z = make(numbers(rows * units));
      affine(make(x), make(w), make(b), z, units);
      return [z];
    };
  },
  "affine without bias": ({ rows, inputs, units, zeros }) => {
    const [x, w] = [numbers(rows * inputs, zeros), numbers(inputs * units)];
    return (make) => {
      const z = make(numbers(rows * units));
      affine(make(x), make(w), undefined, z, units);
      return [z];
    };
  },
  affineWeightGradient: ({ rows, inputs, units, zeros }) => {
    const [x, dz] = [numbers(rows * inputs, zeros), numbers(rows * units)];
    return (make) => {
      const [dw, db] = [make(numbers(inputs * units)), make(numbers(units))];
      affineWeightGradient(make(x), make(dz), dw, db);
      return [dw, db];
    };
  },
  affineInputGradient: ({ rows, inputs, units }) => {
    const [dz, w] = [numbers(rows * units), numbers(inputs * units)];
    return (make) => {
      const dx = make(numbers(rows * inputs));
      affineInputGradient(make(dz), make(w), dx, units);
      return [dx];
    };
  },
  sgdStep: ({ inputs, units }) => {
    const [w, g] = [numbers(inputs * units), numbers(inputs * units)];
    return (make) => {
      const array = make(w);
      sgdStep(array, make(g), 0.01);
      return [array];
    };
  },
  ...Object.fromEntries(
    [false, true].map((nesterov) => [
      `momentumStep, nesterov ${nesterov}`,
      ({ inputs, units }: (typeof shapes)[0]): Kernel => {
        const [w, g, v] = [numbers(inputs * units), numbers(inputs * units), numbers(inputs * units)];
        return (make) => {
          const [array, velocity] = [make(w), make(v)];
          momentumStep({ w: array, g: make(g), v: velocity }, { eta: 0.01, mu: 0.9, nesterov });
          return [array, velocity];
        };
      },
    ]),
  ),
  adamStep: ({ inputs, units }) => {
    const [w, g, m] = [numbers(inputs * units), numbers(inputs * units), numbers(inputs * units)];
    const v = numbers(inputs * units).map(Math.abs);
    return (make) => {
      const arrays = { w: make(w), g: make(g), m: make(m), v: make(v) };
      adamStep(arrays, { alpha: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 });
      return [arrays.w, arrays.m, arrays.v];
    };
  },
};

describe.runIf(wasmInstalled).each(Object.keys(kernels))("%s on WebAssembly", (name) => {
  test("agrees with plain TypeScript in float64, for every tile and rest", () => {
    for (const shape of shapes) {
      const kernel = kernels[name](shape);
      const exact = kernel((values) => Float64Array.from(values));
      const result = kernel(places.resident);
      result.forEach((array, i) => {
        // A sum of n products, each rounded to 24 bits, of numbers around 1.
        const tolerance = 2 ** -23 * (Math.max(shape.inputs, shape.units, shape.rows) + 4);
        expectClose(array, exact[i], { tolerance });
      });
    }
  });

  test("gives the same bits wherever its arrays are", () => {
    for (const shape of shapes) {
      const kernel = kernels[name](shape);
      expect(kernel(places.elsewhere).map((a) => Array.from(a))).toEqual(
        kernel(places.resident).map((a) => Array.from(a)),
      );
    }
  });
});

test.runIf(wasmInstalled)("the output of a row does not depend on the rows around it", () => {
  const [w, b] = [numbers(12 * 30), numbers(30)].map(places.resident);
  const x = numbers(9 * 12);
  const together = places.resident(numbers(9 * 30));
  affine(places.resident(x), w, b, together, 30);
  for (let r = 0; r < 9; r++) {
    const alone = places.resident(numbers(30));
    affine(places.resident(x.slice(r * 12, (r + 1) * 12)), w, b, alone, 30);
    expect(alone).toEqual(together.slice(r * 30, (r + 1) * 30));
  }
});

test.runIf(wasmInstalled)(
  "a NaN among the weights stays visible, also behind skipped zeros of a batch",
  () => {
    const w = numbers(70 * 8);
    w[3] = NaN;
    const z = places.resident(numbers(4 * 8));
    affine(places.resident(numbers(4 * 70).fill(1)), places.resident(w), undefined, z, 8);
    expect(Array.from({ length: 4 }, (_, r) => z[r * 8 + 3])).toEqual([NaN, NaN, NaN, NaN]);
  },
);

const optimizers = { sgd, momentum, adam };

describe.each(Object.keys(optimizers) as (keyof typeof optimizers)[])("a model trained with %s", (name) => {
  const x = Matrix.zeros(90, 12).map(() => random.normal());
  const y = Matrix.zeros(90, 1).map((_, r) => (x.at(r, 0) * x.at(r, 1) > 0 ? 1 : 0));
  const trained = async (): Promise<number[][]> => {
    const model = new Sequential({
      seed: 3,
      layers: [
        dense(30, { activation: "relu" }),
        dense(8, { activation: "tanh" }),
        dense(1, { activation: "sigmoid" }),
      ],
    });
    model.compile({ loss: "binaryCrossentropy", optimizer: optimizers[name]() });
    await model.fit(x, y, { epochs: 4, batchSize: 20 });
    return model.weights.flatMap(({ kernel, bias }) => [Array.from(kernel.data), Array.from(bias.data)]);
  };

  test.runIf(wasmInstalled)(
    "has the same bits each time on one backend, and nearly the same numbers on the other",
    async () => {
      setBackend("wasm");
      const first = await trained();
      expect(await trained()).toEqual(first);
      setBackend("typescript");
      const plain = await trained();
      expect(await trained()).toEqual(plain);
      expectClose(plain.flat(), first.flat(), { tolerance: 1e-5 });
    },
  );
});

test("setBackend says what it takes", () => {
  expect(() => setBackend("cuda" as "wasm")).toThrow(
    'setBackend: the backend is "wasm" or "typescript", got "cuda"',
  );
  setBackend("typescript");
  expect(backend()).toBe("typescript");
});

test.runIf(!wasmInstalled)(
  "without compiled kernels the engine computes in TypeScript, and says why if asked for more",
  () => {
    expect(() => setBackend("wasm")).toThrow(
      'setBackend: "wasm" cannot be had, because these are the sources',
    );
    expect(backend()).toBe("typescript");
  },
);

test.runIf(wasmInstalled)("an array that the full memory has no room for lives elsewhere", () => {
  const machine = activeMachine()!;
  const tooMany = machine.freeBytes / 4 + 1;
  expect(machine.allocate(tooMany)).toBeUndefined();
  expect(machine.allocate(16)).toBeInstanceOf(Float32Array);
});

describe.runIf(wasmInstalled).each(["sigmoid", "tanh", "relu"] as const)("%s on WebAssembly", (name) => {
  // From ±100 towards 0 in steps of one percent, so that every size is there.
  const size = Array.from({ length: 4000 }, (_, i) => Math.fround(100 * 0.99 ** i));
  const x = [...size, 0, ...size.map((value) => -value)];

  test("is within 2e-7 of the exact value, and exact at the far ends", () => {
    const y = places.resident(numbers(x.length));
    activations[name].forward(places.resident(x), y, 1);
    expectClose(
      y,
      x.map((value) => activations[name].value(value)),
      { tolerance: 2e-7 },
    );
    const far = places.resident([0, 0, 0, 0]);
    activations[name].forward(places.resident([-1e30, 1e30, Infinity, -Infinity]), far, 1);
    expect(Array.from(far)).toEqual(
      [-1e30, 1e30, Infinity, -Infinity].map((value) => Math.fround(activations[name].value(value))),
    );
  });

  test("keeps a NaN visible, forward and backward", () => {
    const x = Array.from({ length: 40 }, (_, i) => (i === 5 ? NaN : i - 20));
    const [y, dx] = [places.resident(numbers(40)), places.resident(numbers(40))];
    activations[name].forward(places.resident(x), y, 1);
    expect(Array.from(y).flatMap((value, i) => (Number.isNaN(value) ? [i] : []))).toEqual([5]);
    const dy = places.resident(x.map((value) => (Number.isNaN(value) ? NaN : 1)));
    activations[name].backward(dy, { x: places.resident(x), y }, dx, 1);
    expect(dx[5]).toBeNaN();
  });

  test("has the slope of plain TypeScript, and the same bits wherever its arrays are", () => {
    const values = numbers(67);
    const result = (make: (values: readonly number[]) => FloatArray): number[][] => {
      const [at, y, dx] = [make(values), make(values), make(values)];
      activations[name].forward(at, y, 1);
      activations[name].backward(make(values), { x: at, y }, dx, 1);
      return [y, dx].map((array) => Array.from(array));
    };
    const here = result(places.resident);
    expect(result(places.elsewhere)).toEqual(here);
    expectClose(here.flat(), result((all) => Float64Array.from(all)).flat(), { tolerance: 1e-6 });
  });
});

test.runIf(wasmInstalled)("the memory of arrays that nobody holds any more is used again", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const machine = activeMachine()!;
  const settle = async (): Promise<number> => {
    for (let i = 0; i < 10; i++) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return machine.freeBytes;
  };
  const before = await settle();
  let held: FloatArray[] = Array.from({ length: 50 }, () => allocateLongLived("float32", 10_000));
  expect(machine.freeBytes).toBe(before - 50 * 40_000);
  expect(held.every((array) => array.every((value) => value === 0))).toBe(true);
  held.forEach((array) => array.fill(7));
  held = [];
  expect(await settle()).toBeGreaterThanOrEqual(before);
  expect(allocateLongLived("float32", 10_000).every((value) => value === 0)).toBe(true);
});
