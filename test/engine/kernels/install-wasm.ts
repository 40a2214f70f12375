import * as path from "node:path";
import { compileKernels } from "../../../src/cli/build-kernels.js";
import { installKernels } from "../../../src/engine/kernels/backend.js";

const root = path.resolve(import.meta.dirname, "..", "..", "..");
const [exact, relaxed] = [compileKernels(root, "exact"), compileKernels(root, "relaxed")];
if (exact !== undefined && relaxed !== undefined) installKernels({ exact, relaxed });

/** False where AssemblyScript is not installed: then the sources cannot be tested on WebAssembly. */
export const wasmInstalled: boolean = exact !== undefined;

/** Whether this Node has fused multiply-adds: 22 and newer do, 20 with `--experimental-wasm-relaxed-simd`. */
export const relaxedSupported: boolean =
  relaxed !== undefined &&
  (globalThis as unknown as { WebAssembly: { validate(bytes: Uint8Array): boolean } }).WebAssembly.validate(
    relaxed,
  );
