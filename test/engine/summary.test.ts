import { expect, test } from "vitest";
import { dense, Sequential } from "../../src/engine/index.js";

function chain(inputs: number, units: readonly number[]): Sequential {
  return new Sequential({
    layers: units.map((count, i) => dense(count, i === 0 ? { inputDim: inputs } : {})),
  });
}

// COURSE.md E1: counted by hand and by Keras' count_params.
test.each([
  { inputs: 3, units: [2], count: 8 },
  { inputs: 4, units: [16, 3], count: 131 },
  { inputs: 4, units: [8, 8, 3], count: 139 },
  { inputs: 2, units: [10, 10, 8, 2], count: 246 },
  { inputs: 12, units: [30, 12, 8, 1], count: 875 },
  { inputs: 10000, units: [256, 128, 20], count: 2_595_732 },
])("$inputs inputs and layers of $units have $count parameters", ({ inputs, units, count }) => {
  const model = chain(inputs, units);
  expect(model.countParams()).toBe(count);
  expect(model.summary()).toContain(` Total params: ${count.toLocaleString("en-US")} (`);
});

test("the table has Keras' rows, shapes and totals", () => {
  expect(chain(4, [16, 3]).summary()).toBe(
    [
      'Model: "sequential"',
      "┌──────────────────────────────┬────────────────────────┬─────────────────┐",
      "│ Layer (type)                 │ Output Shape           │         Param # │",
      "├──────────────────────────────┼────────────────────────┼─────────────────┤",
      "│ dense (Dense)                │ (None, 16)             │              80 │",
      "├──────────────────────────────┼────────────────────────┼─────────────────┤",
      "│ dense_1 (Dense)              │ (None, 3)              │              51 │",
      "└──────────────────────────────┴────────────────────────┴─────────────────┘",
      " Total params: 131 (524.00 B)",
      " Trainable params: 131 (524.00 B)",
      " Non-trainable params: 0 (0.00 B)",
    ].join("\n"),
  );
});

test("layers whose inputs are unknown count as unbuilt until data comes", () => {
  const model = new Sequential({ layers: [dense(2)], name: "late" });
  expect(model.summary()).toContain("0 (unbuilt)");
  model.predict([[1, 2, 3]]);
  expect(model.summary()).toContain("│               8 │");
  expect(model.summary()).toContain('Model: "late"');
});

test("layers without bias have fewer parameters, and float64 takes twice the bytes", () => {
  const model = new Sequential({ dtype: "float64", layers: [dense(2, { inputDim: 3, useBias: false })] });
  expect(model.summary()).toContain(" Total params: 6 (48.00 B)");
});
