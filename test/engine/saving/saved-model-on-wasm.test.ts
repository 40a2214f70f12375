import { describe, expect, test } from "vitest";
import { backend } from "../../../src/engine/kernels/backend.js";
import { wasmInstalled } from "../kernels/install-wasm.js";

describe.runIf(wasmInstalled)("on WebAssembly", async () => {
  test("the backend is WebAssembly", () => {
    expect(backend()).toBe("wasm");
  });
  await import("./saved-model.test.js");
});

test.skipIf(wasmInstalled)("skipped: AssemblyScript is not installed, so nothing ran on WebAssembly", () => {
  expect(backend()).toBe("typescript");
});
