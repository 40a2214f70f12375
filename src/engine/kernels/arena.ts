/** Every block starts at a multiple of this many bytes: a cache line. */
const grain = 64;

/**
 * Hands out blocks of a stretch of memory and takes them back: first fit in a list of free blocks ordered by address,
 * in which neighbours are joined. Addresses are in bytes.
 */
export class Arena {
  /** Start and size of each free block, in turn. */
  readonly #free: { start: number; size: number }[];

  /** Manages the bytes from `start` up to but not including `end`; 0 is never handed out, because it means "none". */
  constructor(start: number, end: number) {
    const first = Math.max(grain, roundUp(start));
    this.#free = [{ start: first, size: end - first }];
  }

  /** The address of a block of at least `bytes`, or 0 if there is no room. */
  take(bytes: number): number {
    const size = roundUp(bytes);
    const i = this.#free.findIndex((block) => block.size >= size);
    if (i < 0) return 0;
    const block = this.#free[i];
    const address = block.start;
    if (block.size === size) this.#free.splice(i, 1);
    else {
      block.start += size;
      block.size -= size;
    }
    return address;
  }

  /** Gives back what `take(bytes)` gave. */
  release(address: number, bytes: number): void {
    const size = roundUp(bytes);
    let i = this.#free.findIndex(({ start }) => start > address);
    if (i < 0) i = this.#free.length;
    this.#free.splice(i, 0, { start: address, size });
    this.#joinWithNext(i);
    this.#joinWithNext(i - 1);
  }

  /** The sum of all free blocks. */
  get freeBytes(): number {
    return this.#free.reduce((sum, { size }) => sum + size, 0);
  }

  #joinWithNext(i: number): void {
    const [block, next] = [this.#free[i], this.#free[i + 1]];
    if (block === undefined || next === undefined || block.start + block.size !== next.start) return;
    block.size += next.size;
    this.#free.splice(i + 1, 1);
  }
}

function roundUp(bytes: number): number {
  return Math.max(grain, Math.ceil(bytes / grain) * grain);
}
