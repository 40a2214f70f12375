import { expect, test } from "vitest";
import { gates, truthTable } from "../../src/datasets/index.js";

test.each([
  ["and", [0, 0, 0, 1]],
  ["or", [0, 1, 1, 1]],
  ["nand", [1, 1, 1, 0]],
  ["xor", [0, 1, 1, 0]],
] as const)("%s answers %j for 00, 01, 10, 11", (name, answers) => {
  const { x, y } = gates[name];
  expect(x.toArray()).toEqual([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]);
  expect(y.toArray()).toEqual(answers.map((answer) => [answer]));
});

test("writing into one copy of a gate does not change the next", () => {
  gates.xor.y.data[0] = 9;
  expect(gates.xor.y.at(0, 0)).toBe(0);
});

test("truthTable lists three inputs in binary order", () => {
  const majority = truthTable(3, ([a, b, c]) => a + b + c >= 2);
  expect(majority.x.shape).toEqual([8, 3]);
  expect([...majority.x.row(6)]).toEqual([1, 1, 0]);
  expect(majority.y.toArray().flat()).toEqual([0, 0, 0, 1, 0, 1, 1, 1]);
});

test("truthTable refuses an answer that is no bit, and a count of inputs that is none", () => {
  expect(() => truthTable(2, ([a, b]) => a + b)).toThrow(
    "truthTable: the rule must answer 0 or 1, got 2 for inputs 1, 1.",
  );
  expect(() => truthTable(0, () => 1)).toThrow(
    "truthTable: inputs must be a whole number from 1 to 12, got 0.",
  );
});
