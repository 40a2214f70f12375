import { allocate, type Dtype, type FloatArray } from "../dtype.js";
import { compiledKernels } from "./compiled.js";
import { Machine } from "./machine.js";

/** What computes in float32: WebAssembly with SIMD, or plain TypeScript. float64 is always plain TypeScript. */
export type Backend = "wasm" | "typescript";

let bytes: Uint8Array | undefined;
let machine: Machine | undefined;
/** Why there is no machine; undefined until it has been tried. */
let reason: string | undefined;
let wanted: Backend = "wasm";

/** The machine, if it is wanted and can be had; it is started on first use. */
export function activeMachine(): Machine | undefined {
  if (wanted === "typescript") return undefined;
  if (machine === undefined && reason === undefined) start();
  return machine;
}

/** Which backend computes in float32 at present. */
export function backend(): Backend {
  return activeMachine() === undefined ? "typescript" : "wasm";
}

/**
 * Chooses the backend of all float32 computing from now on. Without this call it is "wasm" where WebAssembly has SIMD, else
 * "typescript". The two agree within rounding, not to the last bit: WebAssembly rounds each product and each sum to float32,
 * TypeScript rounds once after both. Throws Error if "wasm" is asked for and cannot be had; then nothing changes.
 */
export function setBackend(choice: Backend): void {
  if (choice !== "wasm" && choice !== "typescript") {
    throw new Error(`setBackend: the backend is "wasm" or "typescript", got ${JSON.stringify(choice)}`);
  }
  const before = wanted;
  wanted = choice;
  if (choice === "typescript" || activeMachine() !== undefined) return;
  wanted = before;
  throw new Error(`setBackend: "wasm" cannot be had, because ${reason}. Use setBackend("typescript").`);
}

/** Uses these kernels, compiled from `assembly/`, in place of the ones of the build: for tests, which run on the sources. */
export function installKernels(compiled: Uint8Array): void {
  bytes = compiled;
  machine = undefined;
  reason = undefined;
}

/** A zero-filled array for something that a model keeps: in the memory of the kernels if they are active and it has room. */
export function allocateLongLived(dtype: Dtype, length: number): FloatArray {
  const resident = dtype === "float32" ? activeMachine()?.allocate(length) : undefined;
  return resident ?? allocate(dtype, length);
}

function start(): void {
  try {
    bytes ??= decodeBase64(compiledKernels);
    if (bytes.length === 0)
      reason = "these are the sources, which have no compiled kernels; build the project first";
    else machine = new Machine(bytes);
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
}

function decodeBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
