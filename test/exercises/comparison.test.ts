import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/engine/index.js";
import {
  close,
  each,
  expectGradient,
  expectSame,
  expectShape,
  fail,
  forInputs,
  freshCopy,
  inWords,
  pass,
  sameArray,
  shapeOf,
} from "../../src/exercises/index.js";
import { sameData } from "../../src/exercises/same-data.js";
import { showPair, showValue } from "../../src/exercises/show-value.js";

describe("close", () => {
  it.each<[unknown, unknown, boolean]>([
    [0.1 + 0.2, 0.3, true],
    [0, -0, true],
    [Infinity, Infinity, true],
    [Infinity, -Infinity, false],
    [Infinity, 1e308, false],
    [NaN, NaN, false],
    [1e12, 1e12 + 1, true],
    [1, 1.001, false],
    ["1", 1, false],
    [undefined, undefined, false],
  ])("%s and %s: %s", (a, b, expected) => {
    expect(close(a, b)).toBe(expected);
    expect(close(b, a)).toBe(expected);
  });

  it("takes the tolerance of the author, relative above 1 and absolute below", () => {
    expect([close(100, 101, 0.01), close(100, 102, 0.01), close(0.001, 0.01, 0.01)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe("sameArray and shapeOf", () => {
  it("sees through arrays, typed arrays and matrices", () => {
    expect(sameArray([1, 2], Float32Array.of(1, 2))).toBe(true);
    expect(sameArray(Matrix.from([[1, 2]]), [[1, 2]])).toBe(true);
    expect(sameArray([[1], [2]], [1, 2])).toBe(false);
    expect(sameArray([1, 2], [1, 2, 3])).toBe(false);
    expect(sameArray([NaN], [NaN])).toBe(true);
    expect(sameArray(1, 1)).toBe(false);
  });

  it("gives the lengths of nested lists", () => {
    expect(
      [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        [],
        5,
        Matrix.zeros(2, 3),
        new Float64Array(4),
      ].map(shapeOf),
    ).toEqual([[2, 3], [0], [], [2, 3], [4]]);
    expect(shapeOf([[1], [1, 2]])).toBeUndefined();
  });
});

describe("expectSame", () => {
  it.each<[string, unknown, unknown]>([
    ["floats", 0.1 + 0.2, 0.3],
    ["NaN", NaN, NaN],
    ["nested lists", [[1], [2, 3]], [[1], [2, 3]]],
    ["objects that have more fields", { w: [1], b: 0, name: "x" }, { w: [1], b: 0 }],
    ["text", "a", "a"],
  ])("holds for %s", (_, got, expected) => {
    expect(expectSame(got, expected)).toBe(pass);
  });

  it("names the place of the first difference, and shows short lists whole", () => {
    expect(expectSame([0, 1], [1, 0], { on: "gate 2" })).toEqual(
      fail({ on: "gate 2", expected: [1, 0], got: [0, 1] }),
    );
    expect(
      expectSame(
        [
          [1, 2],
          [3, 5],
        ],
        [
          [1, 2],
          [3, 4],
        ],
      ),
    ).toEqual(fail({ on: "index 1", expected: [3, 4], got: [3, 5] }));
    expect(expectSame({ w: [1], b: 1 }, { w: [1], b: 0 })).toEqual(
      fail({ on: "field b", expected: 0, got: 1 }),
    );
    const long = new Array(20).fill(1);
    expect(expectSame(long.with(7, 2), long)).toEqual(fail({ on: "index 7", expected: 1, got: 2 }));
    expect(expectSame([1], [1, 2])).toMatchObject({ note: "expected 2 elements, got 1 element" });
  });

  it("says what undefined, NaN and a promise mean, unless the author has words", () => {
    expect(expectSame(undefined, 1)).toMatchObject({ note: expect.stringContaining("return") });
    expect(expectSame(NaN, 1)).toMatchObject({ note: expect.stringContaining("no number") });
    expect(expectSame(Promise.resolve(1), 1)).toMatchObject({ note: expect.stringContaining("await") });
    expect(expectSame(NaN, 1, { note: "mine" })).toMatchObject({ note: "mine" });
  });
});

describe("expectShape", () => {
  it("compares lengths and says both in words", () => {
    expect(expectShape([[1, 2]], [1, 2])).toBe(pass);
    expect(expectShape([[1, 2]], [2, 1], { on: "W" })).toEqual(
      fail({ on: "W", expected: inWords("shape [2, 1]"), got: inWords("shape [1, 2]") }),
    );
    expect(expectShape([[1], [1, 2]], [2, 1])).toMatchObject({ note: "its rows have different lengths" });
    expect(expectShape(undefined, [2])).toMatchObject({ got: inWords("undefined") });
  });
});

describe("forInputs", () => {
  const inputs = [[[1, 2, 3]], [[4]], [[]]] as [number[]][];
  const total = (list: readonly number[]): number => list.reduce((sum, x) => sum + x, 0);

  it("gives each call copies of its own, also to the right function", () => {
    const eats = (list: number[]): number => list.splice(0).reduce((sum, x) => sum + x, 0);
    expect(forInputs(eats, { inputs, expected: eats })).toBe(pass);
    expect(inputs).toEqual([[[1, 2, 3]], [[4]], [[]]]);
  });

  it("reports the first call that is wrong, by the name that the learner gave", () => {
    const wrong = (list: number[]): number => list[0] ?? 0;
    expect(forInputs(wrong, { inputs, expected: total, name: "sum" })).toEqual(
      fail({ on: "sum([1, 2, 3])", expected: 6, got: 1 }),
    );
    expect(forInputs(wrong, { inputs, expected: [1, 4, 1] })).toEqual(
      fail({ on: "called with ([])", expected: 1, got: 0 }),
    );
  });

  it("finds a changed argument where inputs must be kept", () => {
    const sorts = (list: number[]): number => total(list.sort((a, b) => b - a));
    expect(forInputs(sorts, { inputs, expected: total })).toBe(pass);
    expect(forInputs(sorts, { inputs, expected: total, keepsInputs: true, name: "sum" })).toMatchObject({
      on: "sum([1, 2, 3])",
      expected: [1, 2, 3],
      got: [3, 2, 1],
      note: expect.stringContaining("changed its argument"),
    });
  });

  it("copies arrays, typed arrays, matrices and plain objects to the bottom", () => {
    const original = { a: [[1]], m: Matrix.from([[1]]), t: Float64Array.of(1), f: total };
    const copy = freshCopy(original);
    copy.a[0][0] = copy.m.data[0] = copy.t[0] = 9;
    expect([original.a[0][0], original.m.data[0], original.t[0]]).toEqual([1, 1, 1]);
    expect(copy.f).toBe(total);
  });
});

describe("each", () => {
  it("stops at the first item that fails", () => {
    const seen: number[] = [];
    const verdict = each([1, 2, 3], (item, index) => {
      seen.push(item);
      return item === 2 ? fail({ on: `item ${index}` }) : pass;
    });
    expect([verdict, seen]).toEqual([fail({ on: "item 1" }), [1, 2]]);
  });
});

describe("expectGradient", () => {
  const f = ([x, y]: number[]): number => x * x * y;
  const at = [
    [1, 2],
    [-0.5, 3],
  ];

  it("agrees with a right gradient and names the slope that is wrong", () => {
    expect(expectGradient(([x, y]) => [2 * x * y, x * x], { f, at })).toBe(pass);
    const verdict = expectGradient(([x, y]) => [2 * x * y, x], { f, at });
    expect(verdict).toMatchObject({ holds: false, on: "at [-0.5, 3], slope 1", got: -0.5 });
    expect(verdict.holds || verdict.expected).toBeCloseTo(0.25, 6);
  });

  it.each<[string, unknown]>([
    ["too few slopes", [1]],
    ["no list", 5],
    ["a promise", Promise.resolve([1, 2])],
    ["NaN", [NaN, 1]],
    ["nothing", undefined],
  ])("does not hold for %s", (_, slopes) => {
    expect(expectGradient(() => slopes as number[], { f, at }).holds).toBe(false);
  });
});

describe("values as a learner reads them", () => {
  it.each<[unknown, string]>([
    [0.1 + 0.2, "0.3"],
    [1 / 3, "0.33333"],
    [-0, "-0"],
    [1e-20, "1e-20"],
    [12345678, "12345678"],
    ["3", '"3"'],
    [[1, [2, 3]], "[1, [2, 3]]"],
    [Array.from({ length: 100 }, (_, i) => i), "[0, 1, 2, 3, 4, 5, 6, ...] (100 in all)"],
    [{ w: [0.5, 0.5], b: -0.7 }, "{ w: [0.5, 0.5], b: -0.7 }"],
    [Matrix.from([[1, 2]]), "matrix [1, 2]: [[1, 2]]"],
    [Matrix.zeros(30, 4), "a matrix [30, 4]"],
    [Float32Array.of(0.1), "Float32Array [0.1]"],
    [Promise.resolve(), "a promise"],
    [() => 1, "a function"],
    [new Map([[1, 2]]), "a Map of 1"],
    [null, "null"],
    [{ a: { b: { c: { d: { e: 1 } } } } }, "{ a: { b: { c: { d: {...} } } } }"],
  ])("%s", (value, text) => {
    expect(showValue(value)).toBe(text);
  });

  it("may be unreadable in part", () => {
    const value = {
      get a(): number {
        throw new Error("private");
      },
      b: 1,
    };
    expect(showValue(value)).toBe("{ a: a value that can't be read, b: 1 }");
  });

  it("has as many digits as it takes to see a difference", () => {
    expect(showPair(0.5, 0.25)).toEqual(["0.5", "0.25"]);
    expect(showPair(1, 1.0000001)).toEqual(["1", "1.0000001"]);
    expect(showPair([0.1], [0.1 + 1e-14])).toEqual(["[0.1]", "[0.10000000000001]"]);
  });

  it("are cut when they are long", () => {
    const text = showValue(Array.from({ length: 8 }, () => "x".repeat(1000)));
    expect(text.length).toBeLessThan(300);
    expect(text.endsWith(" ...")).toBe(true);
  });
});

describe("sameData", () => {
  it.each<[unknown, unknown, boolean | undefined]>([
    [{ a: [1, NaN] }, { a: [1, NaN] }, true],
    [{ a: 1 }, { a: 1, b: undefined }, false],
    [[1], { 0: 1, length: 1 }, false],
    [() => 1, () => 1, undefined],
    [{ f: () => 1, n: 1 }, { f: () => 1, n: 1 }, undefined],
    [{ f: () => 1, n: 1 }, { f: () => 1, n: 2 }, false],
    [new Map(), new Map(), undefined],
    [Float64Array.of(1), [1], true],
    [null, undefined, false],
  ])("%s and %s: %s", (a, b, expected) => {
    expect(sameData(a, b)).toBe(expected);
  });

  it("gives up on circles", () => {
    const a: unknown[] = [];
    const b: unknown[] = [];
    a.push(a);
    b.push(b);
    expect(sameData(a, b)).toBeUndefined();
  });
});
