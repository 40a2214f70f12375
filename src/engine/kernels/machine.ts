import type { FloatArray } from "../dtype.js";
import { Arena } from "./arena.js";
import { dividedFunctions, dividedKernels } from "./divided.js";
import type { KernelFunctions } from "./kernel-functions.js";
import { ResidentAddress } from "./resident-address.js";
import { forSharedMemory } from "./shared-module.js";
import { Team } from "./team.js";
import {
  mostPages,
  pageBytes,
  webAssembly,
  type WebAssemblyInterface,
  type WebAssemblyMemory,
} from "./web-assembly.js";

/** What a kernel reads and writes: numbers in float32, and places. */
export type KernelArray = Float32Array | Int32Array;

/** Sizes to try for the memory of long-lived arrays: address space, of which the system lends only what is written to. */
const residentBytes = [256 * 2 ** 20, 64 * 2 ** 20, 16 * 2 ** 20];

/** Room that each instance has for a row of slopes, or for the part of a matrix that a product works on. */
export const benchBytes: number = 16384;

/** At the end of a memory, because a kernel may read a vector whose last lanes lie behind the last number. */
const marginBytes = 64;

/**
 * The WebAssembly kernels with their memory. Arrays that a model keeps (weights, gradients, moments, buffers of a batch) live in it,
 * so that a kernel gets their addresses. The memory never grows, because growing would cut off every view of it; when it is full,
 * arrays live elsewhere. Arrays that live elsewhere are copied to the memory of a second instance for the call, which may grow,
 * because nobody keeps a view of it. The same code runs in both: where an array lives changes no bit of a result.
 */
export class Machine {
  /** They change with `load`. */
  functions: KernelFunctions;
  readonly #memory: WebAssemblyMemory;
  readonly #bench: number;
  readonly #buffer: ArrayBufferLike;
  readonly #arena: Arena;
  readonly #dropped: FinalizationRegistry<{ address: number; bytes: number }>;
  readonly #webAssembly: WebAssemblyInterface;
  /** How many threads compute. */
  readonly threads: 1 | 2;
  #team: Team | undefined;
  #desk: Desk;

  /** Throws if the surroundings have no WebAssembly with SIMD or no memory to give. */
  constructor(bytes: Uint8Array, { threads = 1 }: { readonly threads?: 1 | 2 } = {}) {
    const wasm = webAssembly();
    if (!wasm.validate(bytes)) throw new Error("WebAssembly has no SIMD here");
    this.#webAssembly = wasm;
    this.threads = threads;
    this.#memory = reserve(wasm, { shared: threads > 1 });
    this.#buffer = this.#memory.buffer;
    this.#arena = new Arena(0, this.#buffer.byteLength - marginBytes);
    this.#bench = this.#arena.take(benchBytes);
    this.#dropped = new FinalizationRegistry(({ address, bytes }) => this.#arena.release(address, bytes));
    this.functions = this.#start(bytes);
    this.#desk = this.#makeDesk(bytes);
  }

  /** Computes with another module from now on; the arrays stay where they are. Returns false, changing nothing, if it cannot run here. */
  load(bytes: Uint8Array): boolean {
    if (!this.#webAssembly.validate(bytes)) return false;
    this.functions = this.#start(bytes);
    this.#desk = this.#makeDesk(bytes);
    return true;
  }

  /** The kernels on the memory of long-lived arrays; large ones are divided between threads, if there are two. */
  #start(bytes: Uint8Array): KernelFunctions {
    const { Module, Instance } = this.#webAssembly;
    const memory = this.#memory;
    const module = new Module(this.threads > 1 ? forSharedMemory(bytes) : bytes);
    const functions = new Instance(module, { env: { memory } }).exports as KernelFunctions;
    functions.useBench(this.#bench);
    if (this.threads === 1) return functions;
    const bench = this.#arena.take(benchBytes);
    const callable = functions as unknown as Record<string, (...args: readonly number[]) => void>;
    this.#team = new Team({ module, memory, bench, kernels: dividedKernels }, (kernel, args) =>
      callable[dividedKernels[kernel]](...args),
    );
    return dividedFunctions(functions, this.#team);
  }

  /** True once the second thread has started and can be asked; until then one computes. */
  get helperReady(): boolean {
    return this.#team?.ready === true;
  }

  /** A zero-filled array in the memory, or undefined if it is full. Its room is used again once the array is unreachable. */
  allocate(length: number): Float32Array | undefined {
    return this.#lay(length, (address) => new Float32Array(this.#buffer, address, length));
  }

  /** The same for places. */
  allocateInts(length: number): Int32Array | undefined {
    return this.#lay(length, (address) => new Int32Array(this.#buffer, address, length));
  }

  #lay<Kind extends KernelArray>(length: number, view: (address: number) => Kind): Kind | undefined {
    const bytes = length * 4;
    const address = length === 0 ? 0 : this.#arena.take(bytes);
    if (address === 0) return undefined;
    const array = view(address);
    array.fill(0);
    new ResidentAddress(array, { owner: this, address });
    this.#dropped.register(array, { address, bytes });
    return array;
  }

  /** Where the array lies in the memory; undefined if it does not. */
  addressOf(array: FloatArray | Int32Array): number | undefined {
    return ResidentAddress.of(array, this);
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
   * Runs a kernel on the arrays where they are, if all lie in the memory (undefined becomes address 0), else on copies. Returns false,
   * having done nothing, if one of them is in float64. `written` names by index those that a kernel writes.
   */
  run(
    arrays: readonly (FloatArray | Int32Array | undefined)[],
    { written, room = 0 }: { readonly written: readonly number[]; readonly room?: number },
    call: (functions: KernelFunctions, addresses: readonly number[]) => void,
  ): boolean {
    if (!arrays.every((array) => !(array instanceof Float64Array))) return false;
    const addresses = arrays.map((array) => (array === undefined ? 0 : this.addressOf(array)));
    const roomAt = room === 0 || addresses.includes(undefined) ? 0 : this.borrow(room);
    if (addresses.includes(undefined) || (room > 0 && roomAt === 0)) {
      this.runOnCopies(arrays, { written, room }, call);
      return true;
    }
    call(this.functions, [...(addresses as number[]), roomAt]);
    if (roomAt !== 0) this.giveBack(roomAt, room);
    return true;
  }

  /**
   * Copies the arrays (undefined becomes address 0) next to each other, with `room` numbers more, runs the kernel on the
   * copies, and copies those that `written` names by index back. Throws RangeError, having written nothing, if there is no memory.
   */
  runOnCopies(
    arrays: readonly (FloatArray | Int32Array | undefined)[],
    { written, room = 0 }: { readonly written: readonly number[]; readonly room?: number },
    call: (functions: KernelFunctions, addresses: readonly number[]) => void,
  ): void {
    let end = marginBytes + benchBytes;
    const place = (length: number): number => {
      const address = end;
      end += Math.ceil(length / 16) * 64;
      return address;
    };
    const addresses = arrays.map((array) => (array === undefined ? 0 : place(array.length)));
    addresses.push(place(room));
    const { memory, functions } = this.#deskOf(end + marginBytes);
    const view = (i: number): KernelArray => {
      const place = [memory.buffer, addresses[i], arrays[i]?.length ?? 0] as const;
      return arrays[i] instanceof Int32Array ? new Int32Array(...place) : new Float32Array(...place);
    };
    arrays.forEach((array, i) => {
      if (array !== undefined) view(i).set(array);
    });
    call(functions, addresses);
    for (const i of written) arrays[i]?.set(view(i));
    if (memory.buffer.byteLength > mostDeskBytes) this.#desk = this.#makeDesk(this.#desk.module);
  }

  /** A second instance, for copies; from the bytes of a module, or from a module. */
  #makeDesk(from: Uint8Array | object): Desk {
    const { Memory, Module, Instance } = this.#webAssembly;
    const memory = new Memory({ initial: 1, maximum: mostPages });
    const module = from instanceof Uint8Array ? new Module(from) : from;
    const functions = new Instance(module, { env: { memory } }).exports as KernelFunctions;
    functions.useBench(marginBytes);
    return { memory, module, functions };
  }

  /** The desk, enlarged to at least so many bytes. */
  #deskOf(bytes: number): Desk {
    const { memory } = this.#desk;
    const missing = bytes - memory.buffer.byteLength;
    if (missing <= 0) return this.#desk;
    try {
      memory.grow(Math.ceil(missing / pageBytes));
    } catch (cause) {
      throw new RangeError(
        `the WebAssembly kernels need ${Math.ceil(bytes / 2 ** 20)} MB for a copy of the arrays and did not get them. ` +
          `Use a smaller batchSize, or setBackend("typescript"), which copies nothing.`,
        { cause },
      );
    }
    return this.#desk;
  }
}

interface Desk {
  readonly memory: WebAssemblyMemory;
  readonly module: object;
  readonly functions: KernelFunctions;
}

/** A desk that had to grow beyond this is given back after the call. */
const mostDeskBytes = 64 * 2 ** 20;

function reserve(wasm: WebAssemblyInterface, { shared }: { readonly shared: boolean }): WebAssemblyMemory {
  for (const bytes of residentBytes) {
    try {
      const pages = bytes / pageBytes;
      return new wasm.Memory({ initial: pages, maximum: pages, shared });
    } catch {
      // The next smaller one may still be had; a small device has less address space to lend.
    }
  }
  throw new Error("there is no memory for WebAssembly");
}
