import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchParent } from "../../src/kernel/parent-watch.js";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function watched(options: {
  readonly parents: readonly number[];
  readonly named?: string;
  readonly alive?: (pid: number) => boolean;
}): number {
  let deaths = 0;
  let looks = 0;
  const stop = watchParent(() => deaths++, {
    env: options.named === undefined ? {} : { JPY_PARENT_PID: options.named },
    everyMs: 10,
    parentOf: () => options.parents[Math.min(looks++, options.parents.length - 1)]!,
    isAlive: options.alive ?? ((): boolean => true),
  });
  vi.advanceTimersByTime(1000);
  stop();
  return deaths;
}

describe("the watch over the parent", () => {
  it("sees a new parent, once", () => {
    expect(watched({ parents: [500, 500, 1] })).toBe(1);
  });

  it("takes a starting parent of PID 1 for a parent", () => {
    expect(watched({ parents: [1] })).toBe(0);
  });

  it("sees the death of the launcher named by JPY_PARENT_PID behind a living shell", () => {
    let looks = 0;
    expect(watched({ parents: [500], named: "400", alive: () => looks++ < 3 })).toBe(1);
  });

  it.each(["", "0", "1", "x", "99999"])(
    "makes nothing of JPY_PARENT_PID=%j when nobody such is there",
    (named) => {
      expect(watched({ parents: [500], named, alive: () => false })).toBe(0);
    },
  );
});
