import { allocate, type Dtype, type FloatArray } from "../dtype.js";
import { compiledKernels, relaxedKernels } from "./compiled.js";
import { Machine } from "./machine.js";
import { canShareWork } from "./team.js";

/** What computes in float32: WebAssembly with SIMD, or plain TypeScript. float64 is always plain TypeScript. */
export type Backend = "wasm" | "typescript";

/** The options of `setBackend`. */
export interface BackendOptions {
  /**
   * Use fused multiply-adds (WebAssembly's relaxed SIMD), where they are to be had: Node 22 and newer, recent browsers. Products take
   * less time, and may differ in the last place from machine to machine. Without effect elsewhere. Default false.
   */
  readonly relaxedSimd?: boolean;
  /**
   * 2: large layers are computed by two threads, with the same results to the last bit. It pays from some 100,000 weights on. Models
   * made before the change stay right, but are slower, because their numbers lie outside the shared memory. Without effect where
   * threads cannot share memory. Default 1.
   */
  readonly threads?: 1 | 2;
}

/** Compiled modules; an empty one means that the sources run unbuilt. */
interface Modules {
  readonly exact: Uint8Array;
  readonly relaxed: Uint8Array;
}

let modules: Modules | undefined;
let machine: Machine | undefined;
/** Why there is no machine; undefined until it has been tried. */
let reason: string | undefined;
let wanted: Backend = "wasm";
let relaxed = false;

/** The machine, if it is wanted and can be had; it is started on first use. */
export function activeMachine(): Machine | undefined {
  if (wanted === "typescript") return undefined;
  if (machine === undefined && reason === undefined) start();
  return machine;
}

/**
 * Which backend computes in float32 at present.
 *
 * @example
 * import { backend, setBackend } from "gradus";
 * setBackend("typescript");
 * console.log(backend()); // typescript
 */
export function backend(): Backend {
  return activeMachine() === undefined ? "typescript" : "wasm";
}

/**
 * Chooses the backend of all float32 computing from now on. Without this call it is "wasm" where WebAssembly has SIMD, else
 * "typescript". The two agree within rounding, not to the last bit: WebAssembly rounds each product and each sum to float32,
 * TypeScript rounds once after both. Throws Error if "wasm" is asked for and cannot be had; then nothing changes.
 * A model that exists goes on with the new backend.
 *
 * @example
 * import { backend, Matrix, setBackend } from "gradus";
 * setBackend("typescript");
 * const a = Matrix.from([[1, 2]], { dtype: "float32" });
 * console.log(backend(), a.matmul(a.transpose()).toArray()); // typescript [ [ 5 ] ]
 */
export function setBackend(choice: Backend, { relaxedSimd = false, threads = 1 }: BackendOptions = {}): void {
  if (threads !== 1 && threads !== 2)
    throw new Error(`setBackend: threads is 1 or 2, got ${JSON.stringify(threads)}`);
  if (choice !== "wasm" && choice !== "typescript") {
    throw new Error(`setBackend: the backend is "wasm" or "typescript", got ${JSON.stringify(choice)}`);
  }
  const before = wanted;
  wanted = choice;
  if (choice === "typescript") return;
  const found = activeMachine();
  if (found !== undefined) return computeWith(withThreads(found, threads), relaxedSimd);
  wanted = before;
  throw new Error(`setBackend: "wasm" cannot be had, because ${reason}. Use setBackend("typescript").`);
}

/**
 * True if products use fused multiply-adds, because `relaxedSimd` was asked for and is to be had.
 *
 * @example
 * import { setBackend, usesRelaxedSimd } from "gradus";
 * setBackend("typescript");
 * console.log(usesRelaxedSimd()); // false
 */
export function usesRelaxedSimd(): boolean {
  return relaxed && activeMachine() !== undefined;
}

/**
 * How many threads compute large layers at present: 2 if `threads: 2` was asked for and is to be had, else 1.
 *
 * @example
 * import { setBackend, usesThreads } from "gradus";
 * setBackend("typescript");
 * console.log(usesThreads()); // 1
 */
export function usesThreads(): 1 | 2 {
  return activeMachine()?.threads ?? 1;
}

/** The machine, or another one in its place whose memory can, or need not, be shared. */
function withThreads(found: Machine, threads: 1 | 2): Machine {
  const possible = canShareWork() ? threads : 1;
  if (possible === found.threads || modules === undefined) return found;
  try {
    machine = new Machine(modules.exact, { threads: possible });
    relaxed = false;
    return machine;
  } catch {
    // No shared memory is to be had: one thread goes on.
    return found;
  }
}

function computeWith(found: Machine, relaxedSimd: boolean): void {
  if (relaxedSimd === relaxed || modules === undefined) return;
  // A module that cannot run here is silently left out.
  if (found.load(relaxedSimd ? modules.relaxed : modules.exact)) relaxed = relaxedSimd;
}

/** Uses these kernels, compiled from `assembly/`, in place of the ones of the build: for tests, which run on the sources. */
export function installKernels(compiled: Modules): void {
  modules = compiled;
  machine = undefined;
  reason = undefined;
  relaxed = false;
}

/** A zero-filled array for something that a model keeps: in the memory of the kernels if they are active and it has room. */
export function allocateLongLived(dtype: Dtype, length: number): FloatArray {
  const resident = dtype === "float32" ? activeMachine()?.allocate(length) : undefined;
  return resident ?? allocate(dtype, length);
}

/** The same for places: where rows start, in which column a number stands. */
export function allocateLongLivedInts(length: number): Int32Array {
  const resident = activeMachine()?.allocateInts(length);
  if (resident !== undefined) return resident;
  try {
    return new Int32Array(length);
  } catch (cause) {
    const megabytes = Math.ceil((length * 4) / 2 ** 20);
    throw new RangeError(
      `${length} places need ${megabytes} MB, which cannot be had. Use a smaller batchSize.`,
      {
        cause,
      },
    );
  }
}

function start(): void {
  try {
    modules ??= { exact: decodeBase64(compiledKernels), relaxed: decodeBase64(relaxedKernels) };
    if (modules.exact.length === 0)
      reason = "these are the sources, which have no compiled kernels; build the project first";
    else machine = new Machine(modules.exact);
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
}

function decodeBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
