import type { FloatArray } from "../dtype.js";
import { Arena } from "./arena.js";

/** The functions of `assembly/`; arrays are addresses in bytes, 0 is none. */
export interface KernelFunctions {
  affine(
    ...args: [
      ...[x: number, w: number, b: number, z: number],
      ...[rows: number, inputs: number, units: number, sparse: boolean],
    ]
  ): void;
  affineWeightGradient(
    ...args: [
      ...[x: number, dz: number, dw: number, db: number],
      ...[rows: number, inputs: number, units: number, sparse: boolean],
    ]
  ): void;
  affineInputGradient(
    ...args: [
      ...[dz: number, w: number, dx: number, turned: number],
      ...[rows: number, inputs: number, units: number],
    ]
  ): void;
  countNonZeros(x: number, n: number): number;
  reluForward(x: number, y: number, n: number): void;
  reluBackward(dy: number, x: number, dx: number, n: number): void;
  sigmoidForward(x: number, y: number, n: number): void;
  sigmoidBackward(dy: number, y: number, dx: number, n: number): void;
  tanhForward(x: number, y: number, n: number): void;
  tanhBackward(dy: number, y: number, dx: number, n: number): void;
  sgdStep(w: number, g: number, n: number, eta: number): void;
  momentumStep(
    ...args: [w: number, g: number, v: number, n: number, eta: number, mu: number, nesterov: boolean]
  ): void;
  adamStep(
    ...args: [
      ...[w: number, g: number, m: number, v: number, n: number],
      ...[alpha: number, rest1: number, rest2: number, epsilon: number],
    ]
  ): void;
}

/** The part of the WebAssembly interface that is used here; TypeScript's `lib` knows it only together with the DOM. */
interface WasmInterface {
  readonly Memory: new (size: { initial: number; maximum?: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { env: { memory: WasmMemory } },
  ) => { readonly exports: unknown };
  validate(bytes: Uint8Array): boolean;
}

interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

const pageBytes = 65536;

/** Sizes to try for the memory of long-lived arrays: address space, of which the system lends only what is written to. */
const residentBytes = [256 * 2 ** 20, 64 * 2 ** 20, 16 * 2 ** 20];

/**
 * The WebAssembly kernels with their memory. Arrays that a model keeps (weights, gradients, moments, buffers of a batch) live in it,
 * so that a kernel gets their addresses. The memory never grows, because growing would cut off every view of it; when it is full,
 * arrays live elsewhere. Arrays that live elsewhere are copied to the memory of a second instance for the call, which may grow,
 * because nobody keeps a view of it. The same code runs in both: where an array lives changes no bit of a result.
 */
export class Machine {
  readonly functions: KernelFunctions;
  readonly #buffer: ArrayBuffer;
  readonly #arena: Arena;
  readonly #addresses: WeakMap<FloatArray, number> = new WeakMap();
  readonly #dropped: FinalizationRegistry<{ address: number; bytes: number }>;
  readonly #desk: WasmMemory;
  readonly #deskFunctions: KernelFunctions;

  /** Throws if the surroundings have no WebAssembly with SIMD or no memory to give. */
  constructor(bytes: Uint8Array) {
    const wasm = (globalThis as { WebAssembly?: WasmInterface }).WebAssembly;
    if (wasm === undefined) throw new Error("there is no WebAssembly here");
    if (!wasm.validate(bytes)) throw new Error("WebAssembly has no SIMD here");
    const module = new wasm.Module(bytes);
    const instantiate = (memory: WasmMemory): KernelFunctions =>
      new wasm.Instance(module, { env: { memory } }).exports as KernelFunctions;
    const memory = reserve(wasm);
    this.#buffer = memory.buffer;
    this.functions = instantiate(memory);
    this.#arena = new Arena(0, this.#buffer.byteLength);
    this.#dropped = new FinalizationRegistry(({ address, bytes }) => this.#arena.release(address, bytes));
    this.#desk = new wasm.Memory({ initial: 1 });
    this.#deskFunctions = instantiate(this.#desk);
  }

  /** A zero-filled array in the memory, or undefined if it is full. Its room is used again once the array is unreachable. */
  allocate(length: number): Float32Array | undefined {
    const bytes = length * 4;
    const address = length === 0 ? 0 : this.#arena.take(bytes);
    if (address === 0) return undefined;
    const array = new Float32Array(this.#buffer, address, length).fill(0);
    this.#addresses.set(array, address);
    this.#dropped.register(array, { address, bytes });
    return array;
  }

  /** Where the array lies in the memory; undefined if it does not. */
  addressOf(array: FloatArray): number | undefined {
    return this.#addresses.get(array);
  }

  get freeBytes(): number {
    return this.#arena.freeBytes;
  }

  /** Room for the time of one call, or 0. */
  borrow(length: number): number {
    return this.#arena.take(length * 4);
  }

  giveBack(address: number, length: number): void {
    this.#arena.release(address, length * 4);
  }

  /**
   * Copies the arrays (undefined becomes address 0) next to each other, with `room` numbers more, runs the kernel on the
   * copies, and copies those that `written` names by index back.
   */
  runOnCopies(
    arrays: readonly (FloatArray | undefined)[],
    { written, room = 0 }: { readonly written: readonly number[]; readonly room?: number },
    run: (functions: KernelFunctions, addresses: readonly number[]) => void,
  ): void {
    let end = 64;
    const place = (length: number): number => {
      const address = end;
      end += Math.ceil(length / 16) * 64;
      return address;
    };
    const addresses = arrays.map((array) => (array === undefined ? 0 : place(array.length)));
    addresses.push(place(room));
    this.#enlargeDesk(end);
    const view = (i: number): Float32Array =>
      new Float32Array(this.#desk.buffer, addresses[i], arrays[i]?.length ?? 0);
    arrays.forEach((array, i) => {
      if (array !== undefined) view(i).set(array);
    });
    run(this.#deskFunctions, addresses);
    for (const i of written) arrays[i]?.set(view(i));
  }

  #enlargeDesk(bytes: number): void {
    const missing = bytes - this.#desk.buffer.byteLength;
    if (missing <= 0) return;
    try {
      this.#desk.grow(Math.ceil(missing / pageBytes));
    } catch (cause) {
      throw new RangeError(
        `the WebAssembly kernels need ${Math.ceil(bytes / 2 ** 20)} MB for a copy of the arrays and did not get them. ` +
          `Use a smaller batchSize, or setBackend("typescript"), which copies nothing.`,
        { cause },
      );
    }
  }
}

function reserve(wasm: WasmInterface): WasmMemory {
  for (const bytes of residentBytes) {
    try {
      const pages = bytes / pageBytes;
      return new wasm.Memory({ initial: pages, maximum: pages });
    } catch {
      // The next smaller one may still be had; a small device has less address space to lend.
    }
  }
  throw new Error("there is no memory for WebAssembly");
}
