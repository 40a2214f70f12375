import { describe, expect, test } from "vitest";
import {
  activations,
  checkGradient,
  elu,
  leakyRelu,
  Matrix,
  Random,
  softmax,
} from "../../src/engine/index.js";
import type { Activation, ElementwiseActivation } from "../../src/engine/index.js";
import { expectClose } from "../expect-close.js";

const all: Activation[] = Object.values(activations);
const elementwise = all.filter((activation): activation is ElementwiseActivation => "value" in activation);
/** No 0 among them: there relu, leakyRelu and step have no derivative. */
const points = [-3.1, -1, -0.2, 0.3, 1, 2.7];

describe.each(all)("$name", (activation) => {
  test("its backward pass agrees with central differences", () => {
    const x = Float64Array.from(points);
    const dy = Float64Array.from({ length: x.length }, () => random.uniform({ low: -1, high: 1 }));
    const forward = (at: Float64Array): Float64Array => {
      const y = new Float64Array(at.length);
      activation.forward(at, y, 3);
      return y;
    };
    const dx = new Float64Array(x.length);
    activation.backward(dy, { x, y: forward(x) }, dx, 3);
    const f = (at: Float64Array): number => forward(at).reduce((sum, y, i) => sum + y * dy[i], 0);
    expect(checkGradient({ f, gradient: dx, at: x }, { tolerance: 1e-8 })).toMatchObject({ ok: true });
  });

  test("value and slope are finite at ±1000", () => {
    const x = Float64Array.from([-1000, 1000, 0, 1000, 1000, -1000]);
    const y = new Float64Array(6);
    const dx = new Float64Array(6);
    activation.forward(x, y, 3);
    activation.backward(new Float64Array(6).fill(1), { x, y }, dx, 3);
    expect([...y, ...dx].every(Number.isFinite)).toBe(true);
  });

  test("a NaN that goes in comes out", () => {
    expect(activation.apply([[NaN, 1]]).at(0, 0)).toBeNaN();
  });
});

const random = new Random(1);

test.each(elementwise)("$name: value, derivative and apply are one function", (activation) => {
  expectClose(
    activation.apply([points]).row(0),
    points.map((x) => activation.value(x)),
    { tolerance: 0 },
  );
  const f = (x: Float64Array): number => x.reduce((sum, value) => sum + activation.value(value), 0);
  const gradient = points.map((x) => activation.derivative(x));
  expect(checkGradient({ f, gradient, at: points }, { tolerance: 1e-8 })).toMatchObject({ ok: true });
  expectClose(
    gradient,
    points.map((x) => activation.derivative(x, activation.value(x))),
    { tolerance: 0 },
  );
});

test("only step is not differentiable", () => {
  expect(all.filter(({ differentiable }) => !differentiable).map(({ name }) => name)).toEqual(["step"]);
});

test("step is 0 at 0 and 1 above", () => {
  expect(activations.step.apply([[-2, 0, 1e-300]]).row(0)).toEqual([0, 0, 1]);
});

test("the steepest slope of sigmoid is 0.25, of tanh 1, both at 0", () => {
  expect(activations.sigmoid.derivative(0)).toBe(0.25);
  expect(activations.tanh.derivative(0)).toBe(1);
  expect(
    points.every((x) => activations.sigmoid.derivative(x) < 0.25 && activations.tanh.derivative(x) < 1),
  ).toBe(true);
});

test("sigmoid(-x) = 1 - sigmoid(x)", () => {
  const { value } = activations.sigmoid;
  expectClose(
    points.map((x) => value(-x)),
    points.map((x) => 1 - value(x)),
    { tolerance: 1e-15 },
  );
});

test("softmax rows sum to 1 and do not change when all their inputs grow by the same amount", () => {
  const x = Matrix.from([
    [2, 1, 0.1],
    [-5, 0, 5],
  ]);
  const y = activations.softmax.apply(x);
  expectClose(
    y.toArray().map((row) => row.reduce((a, b) => a + b)),
    [1, 1],
    { tolerance: 1e-15 },
  );
  expectClose(activations.softmax.apply(x.add(500)), y, { tolerance: 1e-12 });
});

test("softmax([2, 1, 0.1]) is (0.6590, 0.2424, 0.0986)", () => {
  // COURSE.md E1
  expectClose(activations.softmax.apply([[2, 1, 0.1]]).row(0), [0.659, 0.2424, 0.0986], { tolerance: 5e-5 });
});

test("leakyRelu has slope 0.3 below 0 unless another is given", () => {
  expect(activations.leakyRelu.value(-2)).toBe(-0.6);
  expect(
    leakyRelu({ slope: 0.01 })
      .apply([[-2, 2]])
      .row(0),
  ).toEqual([-0.02, 2]);
  expect(() => leakyRelu({ slope: -1 })).toThrow("leakyRelu: slope must be a finite number above 0, got -1");
});

test("softmax with temperature T is softmax of x / T", () => {
  const x = Matrix.from([[2, 1, 0.1]]);
  expectClose(softmax({ temperature: 4 }).apply(x), activations.softmax.apply(x.scale(0.25)), {
    tolerance: 1e-15,
  });
  expect(() => softmax({ temperature: 0 })).toThrow(
    "softmax: temperature must be a finite number above 0, got 0",
  );
});

test("elu falls to -alpha", () => {
  expect(elu({ alpha: 2 }).value(-1000)).toBe(-2);
  expect(() => elu({ alpha: 0 })).toThrow("elu: alpha must be a finite number above 0, got 0");
});

test("softplus(x) - softplus(-x) = x, and x · Φ(x) has no step where its two formulas meet", () => {
  const { value } = activations.softplus;
  expectClose(
    points.map((x) => value(x) - value(-x)),
    points,
    { tolerance: 1e-15 },
  );
  const gelu = activations.gelu.value;
  for (const x of [2.5, -2.5]) {
    const [below, above] = [gelu(x * (1 - 1e-15)), gelu(x)];
    expect(Math.abs(above - below) / Math.abs(above)).toBeLessThan(1e-13);
  }
});

test("gelu is x · Φ(x): Φ(1) = 0.8413447460685429, Φ(-3) = 0.0013498980316300957", () => {
  // Φ = ½ erfc(-x / √2) by Python's math.erfc.
  expectClose(activations.gelu.value(1), 0.8413447460685429, { tolerance: 1e-15 });
  expectClose(activations.gelu.value(-3) / -3 / 0.0013498980316300957, 1, { tolerance: 1e-14 });
});
