/**
 * Buffers by batch size, made once and used again. A training run meets two or three sizes (the batch, the smaller last batch,
 * the validation chunk), so a few are kept and the oldest is dropped.
 */
export class Workspaces<Space> {
  readonly #make: (rows: number) => Space;
  readonly #kept: Map<number, Space> = new Map();
  #lastRows = -1;
  #last: Space | undefined;

  constructor(make: (rows: number) => Space) {
    this.#make = make;
  }

  forRows(rows: number): Space {
    if (rows === this.#lastRows && this.#last !== undefined) return this.#last;
    let space = this.#kept.get(rows);
    if (space === undefined) {
      space = this.#make(rows);
      this.#kept.set(rows, space);
      if (this.#kept.size > mostKept) this.#kept.delete(this.#kept.keys().next().value as number);
    }
    this.#lastRows = rows;
    this.#last = space;
    return space;
  }
}

const mostKept = 4;
