import { expect, test } from "vitest";
import {
  cosineDecay,
  exponentialDecay,
  piecewiseConstantDecay,
  stepDecay,
  warmUp,
} from "../../src/engine/index.js";
import { expectClose } from "../expect-close.js";

test("a step schedule holds its rate and then drops by the factor", () => {
  const schedule = stepDecay({ learningRate: 1, every: 3, factor: 0.5 });
  expect([0, 1, 2, 3, 5, 6].map(schedule)).toEqual([1, 1, 1, 0.5, 0.5, 0.25]);
});

test("the boundaries belong to the value before them", () => {
  const schedule = piecewiseConstantDecay({ boundaries: [2], values: [1, 0.1] });
  expect([0, 2, 3, 1000].map(schedule)).toEqual([1, 1, 0.1, 0.1]);
});

test("the cosine is half way down in the middle and stays at the bottom", () => {
  const schedule = cosineDecay({ learningRate: 1, decaySteps: 10 });
  expectClose([0, 5, 10, 99].map(schedule), [1, 0.5, 0, 0], { tolerance: 1e-15 });
});

test("a warm-up climbs in a straight line and hands over", () => {
  const then = exponentialDecay({ learningRate: 1, decaySteps: 1, decayRate: 0.5 });
  const schedule = warmUp({ steps: 4, to: 1, then });
  expect([0, 1, 2, 4, 5].map(schedule)).toEqual([0, 0.25, 0.5, 1, 0.5]);
  expect(warmUp({ steps: 2, to: 3 })(100)).toBe(3);
});

test("settings outside their range are refused by name", () => {
  const decay = { learningRate: 1, decaySteps: 1, decayRate: 1 };
  expect(() => exponentialDecay({ ...decay, decaySteps: 0 })).toThrow(
    "exponentialDecay: decaySteps must be a finite number above 0, got 0",
  );
  expect(() => piecewiseConstantDecay({ boundaries: [1], values: [1] })).toThrow(
    "piecewiseConstantDecay: values must be one more than the boundaries, 2, got 1",
  );
  expect(() => piecewiseConstantDecay({ boundaries: [5, 5], values: [1, 1, 1] })).toThrow(
    "piecewiseConstantDecay: boundaries must be steps in growing order, got 5",
  );
  expect(() => cosineDecay({ learningRate: 1, decaySteps: -1 })).toThrow("cosineDecay: decaySteps must be");
  expect(() => warmUp({ steps: 1.5, to: 1 })).toThrow("warmUp: steps must be a whole number");
  expect(() => stepDecay({ learningRate: 1, every: 0 })).toThrow("stepDecay: every must be a whole number");
});
