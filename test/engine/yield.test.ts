import { expect, test } from "vitest";
import { createBreather } from "../../src/engine/yield.js";

test("a breather is due after its time, lets a waiting timer run, and is then not due for as long again", async () => {
  const breather = createBreather({ everyMs: 20 });
  expect(breather.due()).toBe(false);
  const started = performance.now();
  let ran = false;
  setTimeout(() => (ran = true), 0);
  while (performance.now() - started < 21);
  expect(breather.due()).toBe(true);
  await breather.pause();
  await breather.pause();
  expect(ran).toBe(true);
  expect(breather.due()).toBe(false);
});

test("asked in quick succession, it is due at the right time all the same, and soon again when the questions come slowly", async () => {
  const breather = createBreather({ everyMs: 20 });
  const started = performance.now();
  while (!breather.due());
  const waited = performance.now() - started;
  expect(waited).toBeGreaterThanOrEqual(20);
  await breather.pause();
  // Each of these takes a millisecond: none may be skipped.
  let slow = 0;
  do {
    slow++;
    const asking = performance.now();
    while (performance.now() - asking < 1);
  } while (!breather.due());
  expect(slow).toBeLessThanOrEqual(20);
});
