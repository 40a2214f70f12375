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
