import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { backend } from "../../../src/engine/kernels/backend.js";
import { wasmInstalled } from "./install-wasm.js";

/** Every other test of the engine runs on plain TypeScript, the backend of the sources; here all of them run once more on WebAssembly. */
const suites = readdirSync(new URL("..", import.meta.url)).flatMap(
  (name) => /^(.*)\.test\.ts$/.exec(name)?.[1] ?? [],
);

describe.runIf(wasmInstalled)("on WebAssembly", () => {
  test("the backend is WebAssembly, and there are suites to run on it", () => {
    expect(backend()).toBe("wasm");
    expect(suites.length).toBeGreaterThan(10);
  });

  for (const suite of suites) describe(suite, async () => void (await import(`../${suite}.test.ts`)));
});

test.skipIf(wasmInstalled)("skipped: AssemblyScript is not installed, so nothing ran on WebAssembly", () => {
  expect(backend()).toBe("typescript");
});
