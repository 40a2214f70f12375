import { describe, expect, it } from "vitest";
import { nearestName } from "../../../src/kernel/language/spelling.js";

const names = ["counter", "Matrix", "model", "trainTestSplit", "x"];

describe("nearestName", () => {
  it.each([
    ["countre", "counter"],
    ["conter", "counter"],
    ["matrix", "Matrix"],
    ["Matirx", "Matrix"],
    ["traintestsplt", "trainTestSplit"],
    ["modell", "model"],
    ["y", undefined],
    ["banana", undefined],
    ["", undefined],
  ])("%j is probably %j", (word, meant) => {
    expect(nearestName(word, names)).toBe(meant);
  });
});
