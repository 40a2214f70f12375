import { describe, expect, it } from "vitest";
import { toCodePoints, toCodeUnits } from "../../../src/kernel/session/cursor.js";

describe("cursor positions", () => {
  it.each([
    ["abc", 2, 2],
    ["😀bc", 1, 2],
    ["😀bc", 2, 3],
    ["a😀😀", 3, 5],
    ["é\u0301x", 2, 2],
    ["\ud83dx", 1, 1],
    ["", 0, 0],
  ])("in %j, %d code points are %d code units, and back", (text, points, units) => {
    expect(toCodeUnits(text, points)).toBe(units);
    expect(toCodePoints(text, units)).toBe(points);
  });

  it("outside the text move to its ends, and within a pair to its start", () => {
    expect(toCodeUnits("😀", 99)).toBe(2);
    expect(toCodeUnits("😀", -1)).toBe(0);
    expect(toCodePoints("a😀", 99)).toBe(2);
    expect(toCodePoints("a😀", -1)).toBe(0);
    expect(toCodePoints("a😀b", 2)).toBe(1);
  });
});
