import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, test } from "vitest";
import type { FloatArray } from "../../../src/engine/dtype.js";
import {
  activations,
  dense,
  Matrix,
  optimizers,
  type OptimizerName,
  Random,
  Sequential,
  softmax,
} from "../../../src/engine/index.js";
import { affine, affineInputGradient, affineWeightGradient } from "../../../src/engine/kernels/affine.js";
import {
  activeMachine,
  allocateLongLived,
  allocateLongLivedInts,
  backend,
  setBackend,
  usesRelaxedSimd,
} from "../../../src/engine/kernels/backend.js";
import {
  adadeltaStep,
  adagradStep,
  adamStep,
  momentumStep,
  rmspropStep,
  sgdStep,
} from "../../../src/engine/kernels/optimizer-steps.js";
import {
  columnSums,
  sparseAffine,
  sparseWeightGradient,
  turnRows,
  type SparseBatch,
} from "../../../src/engine/kernels/sparse-products.js";
import { sparseAdamStep, sparseSgdStep } from "../../../src/engine/kernels/sparse-steps.js";
import { expectClose } from "../../expect-close.js";
import { relaxedSupported, wasmInstalled } from "./install-wasm.js";

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
    [20, 75],
  ].flatMap(([inputs, units]) => [0, 0.5, 0.95].map((zeros) => ({ rows, inputs, units, zeros }))),
);

const adamSettings = { alpha: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

/** Random rows with the given share of zeros. */
function sparseBatch({ rows, inputs, zeros }: (typeof shapes)[0]): SparseBatch {
  const rowStarts = [0];
  const columns: number[] = [];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < inputs; c++) if (random.uniform() >= zeros) columns.push(c);
    rowStarts.push(columns.length);
  }
  const room = (length: number): Int32Array => new Int32Array(length);
  return {
    ...{ rows, cols: inputs, rowStarts: Int32Array.from(rowStarts), columns: Int32Array.from(columns) },
    values: Float32Array.from(numbers(columns.length)),
    ...{ columnStarts: room(inputs + 2), rowNumbers: room(columns.length) },
    turnedValues: new Float32Array(columns.length),
  };
}

/** The same batch where `make` makes its arrays. */
function placed(batch: SparseBatch, make: (values: readonly number[]) => FloatArray): SparseBatch {
  if (make !== places["resident"]) return batch;
  const ints = (values: Int32Array): Int32Array => {
    const array = allocateLongLivedInts(values.length);
    array.set(values);
    return array;
  };
  return {
    ...{ rows: batch.rows, cols: batch.cols },
    ...{ rowStarts: ints(batch.rowStarts), columns: ints(batch.columns) },
    ...{ columnStarts: ints(batch.columnStarts), rowNumbers: ints(batch.rowNumbers) },
    values: make(Array.from(batch.values)) as Float32Array,
    turnedValues: make(Array.from(batch.turnedValues)) as Float32Array,
  };
}

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
  ...Object.fromEntries(
    [0, 0.01].map((decay) => [
      `adamStep, decay ${decay}`,
      ({ inputs, units }: (typeof shapes)[0]): Kernel => {
        const [w, g, m] = [numbers(inputs * units), numbers(inputs * units), numbers(inputs * units)];
        const v = numbers(inputs * units).map(Math.abs);
        return (make) => {
          const arrays = { w: make(w), g: make(g), m: make(m), v: make(v) };
          adamStep(arrays, { ...adamSettings, decay });
          return [arrays.w, arrays.m, arrays.v];
        };
      },
    ]),
  ),
  adagradStep: ({ inputs, units }) => {
    const [w, g, s] = [
      numbers(inputs * units),
      numbers(inputs * units),
      numbers(inputs * units).map(Math.abs),
    ];
    return (make) => {
      const arrays = { w: make(w), g: make(g), squares: make(s) };
      adagradStep(arrays, { eta: 0.01, epsilon: 1e-7 });
      return [arrays.w, arrays.squares];
    };
  },
  adadeltaStep: ({ inputs, units }) => {
    const [w, g] = [numbers(inputs * units), numbers(inputs * units)];
    const [s, d] = [numbers(inputs * units).map(Math.abs), numbers(inputs * units).map(Math.abs)];
    return (make) => {
      const arrays = { w: make(w), g: make(g), slopes: make(s), deltas: make(d) };
      adadeltaStep(arrays, { eta: 0.5, rho: 0.95, epsilon: 1e-7 });
      return [arrays.w, arrays.slopes, arrays.deltas];
    };
  },
  ...Object.fromEntries(
    [false, true].map((centered) => [
      `rmspropStep, centered ${centered}`,
      ({ inputs, units }: (typeof shapes)[0]): Kernel => {
        const [w, g, u] = [numbers(inputs * units), numbers(inputs * units), numbers(inputs * units)];
        // A mean square is at least the square of the mean; were they equal, the root would be of rounding errors.
        const means = numbers(inputs * units);
        const s = means.map((mean) => mean * mean + 1);
        return (make) => {
          const arrays = { w: make(w), g: make(g), squares: make(s), velocity: make(u), means: make(means) };
          rmspropStep(arrays, { eta: 0.01, rho: 0.9, mu: 0.5, epsilon: 1e-7, centered });
          return Object.values(arrays).filter((array) => array !== arrays.g);
        };
      },
    ]),
  ),
  "sparse products": (shape) => {
    const { rows, units, inputs } = shape;
    const [x, w, b, dz] = [
      sparseBatch(shape),
      numbers(inputs * units),
      numbers(units),
      numbers(rows * units),
    ];
    return (make) => {
      const batch = placed(x, make);
      const [z, dw, db] = [numbers(rows * units), numbers(inputs * units), numbers(units)].map(make);
      turnRows(batch);
      sparseAffine(batch, make(w), make(b), z, units);
      sparseWeightGradient(batch, make(dz), dw);
      columnSums(make(dz), db);
      return [z, dw, db];
    };
  },
  sparseSgdStep: (shape) => {
    const { rows, units, inputs } = shape;
    const [x, w, dz] = [sparseBatch(shape), numbers(inputs * units), numbers(rows * units)];
    return (make) => {
      const [batch, array] = [placed(x, make), make(w)];
      turnRows(batch);
      sparseSgdStep(array, { x: batch, dz: make(dz) }, 0.1);
      return [array];
    };
  },
  ...Object.fromEntries(
    [0, 0.01].map((decay) => [
      `sparseAdamStep, decay ${decay}`,
      (shape: (typeof shapes)[0]): Kernel => {
        const { rows, units, inputs } = shape;
        const [x, w, dz] = [sparseBatch(shape), numbers(inputs * units), numbers(rows * units)];
        // Every third row has not moved yet.
        const still = (value: number, i: number): number => (Math.floor(i / units) % 3 === 0 ? 0 : value);
        const m = numbers(inputs * units).map(still);
        const v = m.map((value) => value * value + (value === 0 ? 0 : 0.01));
        return (make) => {
          const arrays = { w: make(w), m: make(m), v: make(v) };
          const batch = placed(x, make);
          turnRows(batch);
          sparseAdamStep(arrays, { x: batch, dz: make(dz) }, { ...adamSettings, decay });
          return Object.values(arrays);
        };
      },
    ]),
  ),
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

describe.each(Object.keys(optimizers) as OptimizerName[])("a model trained with %s", (name) => {
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

const elementwiseNames = [
  ...(["sigmoid", "tanh", "relu", "leakyRelu", "elu"] as const),
  ...(["selu", "gelu", "softplus", "swish"] as const),
];

describe.runIf(wasmInstalled).each(elementwiseNames)("%s on WebAssembly", (name) => {
  // From ±100 towards 0 in steps of one percent, so that every size is there.
  const size = Array.from({ length: 4000 }, (_, i) => Math.fround(100 * 0.99 ** i));
  const x = [...size, 0, ...size.map((value) => -value)];

  test("is within 2e-7 of the exact value, also at the far ends", () => {
    const y = places.resident(numbers(x.length));
    activations[name].forward(places.resident(x), y, 1);
    expectClose(
      y,
      x.map((value) => activations[name].value(value)),
      { tolerance: 2e-7 },
    );
    const far = [-1e30, 1e30, Infinity, -Infinity];
    const exact = far.map((value) => Math.fround(activations[name].value(value)));
    const there = places.resident([0, 0, 0, 0]);
    activations[name].forward(places.resident(far), there, 1);
    expectClose(there.slice(0, 2), exact.slice(0, 2), { tolerance: 2e-7 });
    expect(Array.from(there.slice(2))).toEqual(exact.slice(2));
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

describe.runIf(wasmInstalled)("softmax on WebAssembly", () => {
  const widths = [1, 2, 3, 4, 5, 8, 11, 20];
  const passed = (
    make: (values: readonly number[]) => FloatArray,
    { x, dy, cols, temperature }: { x: number[]; dy: number[]; cols: number; temperature: number },
  ): FloatArray[] => {
    const f = softmax({ temperature });
    const [at, y, dx] = [make(x), make(x), make(x)];
    f.forward(at, y, cols);
    f.backward(make(dy), { x: at, y }, dx, cols);
    return [y, dx];
  };

  test.each([0.5, 1, 3])("with temperature %d agrees with float64, whatever the width", (temperature) => {
    for (const cols of widths) {
      const [x, dy] = [numbers(9 * cols).map((value) => 30 * value), numbers(9 * cols)];
      const call = { x, dy, cols, temperature };
      const here = passed(places.resident, call);
      const exact = passed((values) => Float64Array.from(values), call);
      // The distance to the largest is rounded before it is divided: more is lost where it is large and T small.
      expectClose(here[0], exact[0], { tolerance: 1e-6 });
      expectClose(here[1], exact[1], { tolerance: 2e-6 / Math.min(1, temperature) });
      const elsewhere = passed(places.elsewhere, call).map((array) => Array.from(array));
      expect(elsewhere).toEqual(here.map((array) => Array.from(array)));
    }
  });

  test("never overflows, and a NaN stays within its row", () => {
    const x = [1e30, -1e30, 0, NaN, 1, 2, 3, 3, 3];
    const [y] = passed(places.resident, { x, dy: x, cols: 3, temperature: 1 });
    expect(Array.from(y.slice(0, 6))).toEqual([1, 0, 0, NaN, NaN, NaN]);
    expectClose(y.slice(6), [1 / 3, 1 / 3, 1 / 3], { tolerance: 1e-7 });
  });
});

describe.runIf(wasmInstalled)("a large product, which is packed", () => {
  const [rows, inputs, units] = [21, 1100, 75];
  const [x, w, b, dz] = [
    numbers(rows * inputs),
    numbers(inputs * units),
    numbers(units),
    numbers(rows * units),
  ];
  const products = (make: (values: readonly number[]) => FloatArray): FloatArray[] => {
    const [z, dw, db, dx] = [rows * units, inputs * units, units, rows * inputs].map((n) => make(numbers(n)));
    affine(make(x), make(w), make(b), z, units);
    affineWeightGradient(make(x), make(dz), dw, db);
    affineInputGradient(make(dz), make(w), dx, units);
    return [z, dw, db, dx];
  };

  test("agrees with float64", () => {
    const exact = products((values) => Float64Array.from(values));
    products(places.resident).forEach((array, i) => {
      expectClose(array, exact[i], { tolerance: 2 ** -23 * (inputs + 4) });
    });
  });

  test("gives each row the bits that it has alone", () => {
    const [all, one] = [places.resident(numbers(rows * units)), places.resident(numbers(units))];
    const [atW, atB] = [places.resident(w), places.resident(b)];
    affine(places.resident(x), atW, atB, all, units);
    affine(places.resident(x.slice(5 * inputs, 6 * inputs)), atW, atB, one, units);
    expect(Array.from(one)).toEqual(Array.from(all.slice(5 * units, 6 * units)));
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

describe.runIf(wasmInstalled)("relaxed SIMD", () => {
  const product = (): number[] => {
    const [x, w] = [places.resident(fixed.x), places.resident(fixed.w)];
    const z = places.resident(numbers(9 * 40));
    affine(x, w, undefined, z, 40);
    return Array.from(z);
  };
  const fixed = { x: numbers(9 * 70), w: numbers(70 * 40) };

  test("is off by default, stays off where it is missing, and is switched off again", () => {
    const plain = product();
    expect(usesRelaxedSimd()).toBe(false);
    setBackend("wasm", { relaxedSimd: true });
    expect(usesRelaxedSimd()).toBe(relaxedSupported);
    const relaxed = product();
    expectClose(relaxed, plain, { tolerance: 2 ** -23 * 74 });
    if (!relaxedSupported) expect(relaxed).toEqual(plain);
    setBackend("wasm");
    expect(usesRelaxedSimd()).toBe(false);
    expect(product()).toEqual(plain);
  });

  test("a model goes on training when it is switched on in between", async () => {
    const model = new Sequential({ seed: 1, layers: [dense(20, { activation: "relu" }), dense(1)] });
    model.compile({ loss: "mse", optimizer: "adam" });
    const x = Matrix.zeros(30, 10).map(() => random.normal());
    const y = x.matmul(Matrix.zeros(10, 1).map((_, r) => r / 10));
    const { history: before } = await model.fit(x, y, { epochs: 20 });
    setBackend("wasm", { relaxedSimd: true });
    const { history: after } = await model.fit(x, y, { epochs: 20 });
    expect(after.loss.at(-1)!).toBeLessThan(before.loss.at(-1)!);
  });
});

describe.runIf(wasmInstalled)("without memory", () => {
  test("a call that needs a copy says how much was asked for, and everything goes on as before", async () => {
    const model = new Sequential({ seed: 1, layers: [dense(20, { activation: "relu" }), dense(1)] });
    model.compile({ loss: "mse", optimizer: "adam" });
    const x = Matrix.zeros(30, 10).map(() => random.normal());
    const y = Matrix.zeros(30, 1).map(() => random.normal());
    await model.fit(x, y);
    const before = model.predict(x).toArray();
    const written = Float32Array.from([1, 2, 3]);
    const machine = activeMachine()!;
    expect(() => machine.run([written], { written: [0], room: 2 ** 30 }, () => undefined)).toThrow(
      new RangeError(
        "the WebAssembly kernels need 4097 MB for a copy of the arrays and did not get them. " +
          'Use a smaller batchSize, or setBackend("typescript"), which copies nothing.',
      ),
    );
    expect(Array.from(written)).toEqual([1, 2, 3]);
    expect(model.predict(x).toArray()).toEqual(before);
    const { history } = await model.fit(x, y);
    expect(history.loss[0]).toBeGreaterThan(0);
  });

  test("a layer of a hostile size is refused with the size", () => {
    const model = new Sequential({ layers: [dense(2 ** 40)] });
    expect(() => model.build(1000)).toThrow("numbers in float32 need 4194304000 MB, which cannot be had");
    expect(() => allocateLongLivedInts(2 ** 50)).toThrow("places need 4294967296 MB, which cannot be had");
  });

  test("long-lived arrays live elsewhere once the memory is full, and a model trains to the same bits", async () => {
    const trained = async (): Promise<string> => {
      const model = new Sequential({ seed: 5, layers: [dense(70, { activation: "gelu" }), dense(2)] });
      model.compile({ loss: "mse", optimizer: "rmsprop" });
      const x = Matrix.zeros(40, 80).map((_, r, c) => (c % 9 === r % 9 ? Math.sin(r * c) : 0));
      await model.fit(
        x,
        Matrix.zeros(40, 2).map((_, r, c) => (r + c) % 2),
        { epochs: 2 },
      );
      return JSON.stringify(model.weights);
    };
    const roomy = await trained();
    const machine = activeMachine()!;
    const hoard: FloatArray[] = [];
    for (let length = 2 ** 26; length >= 16; length /= 2) {
      for (let array = machine.allocate(length); array !== undefined; array = machine.allocate(length))
        hoard.push(array);
    }
    expect(machine.allocate(16)).toBeUndefined();
    expect(await trained()).toBe(roomy);
    expect(hoard.length).toBeGreaterThan(0);
  });
});
