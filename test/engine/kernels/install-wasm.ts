import * as path from "node:path";
import { compileKernels } from "../../../src/cli/build-kernels.js";
import { installKernels } from "../../../src/engine/kernels/backend.js";

const compiled = compileKernels(path.resolve(import.meta.dirname, "..", "..", ".."));
if (compiled !== undefined) installKernels(compiled);

/** False where AssemblyScript is not installed: then the sources cannot be tested on WebAssembly. */
export const wasmInstalled: boolean = compiled !== undefined;
