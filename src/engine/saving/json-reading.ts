import { isRecord, show } from "./json-text.js";

/** Throws, with the sentence in its message. */
export type Fail = (fault: string, cause?: unknown) => never;

/** Reads the parts of a JSON object that a stranger may have written: each must be there, be of its kind, and be asked for. */
export class JsonReading {
  readonly #place: string;
  readonly #fail: Fail;
  readonly #left: Map<string, unknown>;

  /** `place`: where it stands, for the messages: `layers[1]`. */
  constructor(value: unknown, { place, fail }: { readonly place: string; readonly fail: Fail }) {
    if (!isRecord(value)) fail(`${place} must be an object, got ${show(value)}`);
    this.#place = place;
    this.#fail = fail;
    this.#left = new Map(Object.entries(value as Record<string, unknown>));
  }

  /** The part, whatever it is; undefined if it is not there. */
  take(name: string): unknown {
    const value = this.#left.get(name);
    this.#left.delete(name);
    return value;
  }

  text(name: string): string {
    const value = this.take(name);
    return typeof value === "string" ? value : this.fail(name, "a text", value);
  }

  wholeNumber(name: string): number {
    const value = this.take(name);
    return Number.isSafeInteger(value) ? (value as number) : this.fail(name, "a whole number", value);
  }

  list(name: string): readonly unknown[] {
    const value = this.take(name);
    return Array.isArray(value) ? value : this.fail(name, "a list", value);
  }

  /** The part as an object with parts of its own. */
  object(name: string): JsonReading {
    return new JsonReading(this.take(name), { place: `${this.#place}.${name}`, fail: this.#fail });
  }

  /** Everything that is left. */
  all(): Record<string, unknown> {
    const all = Object.fromEntries(this.#left);
    this.#left.clear();
    return all;
  }

  /** The numbers that are left, by name. */
  numbers(): Record<string, number> {
    const numbers: [string, number][] = [];
    for (const [name, value] of this.#left) {
      numbers.push([name, typeof value === "number" ? value : this.fail(name, "a number", value)]);
    }
    this.#left.clear();
    return Object.fromEntries(numbers);
  }

  /** To be called when everything that may be there has been taken: what is left is unknown. */
  end(): void {
    const stranger = this.#left.keys().next().value;
    if (stranger !== undefined) this.#fail(`${this.#place} has an unknown entry ${show(stranger)}`);
  }

  fail(name: string, due: string, value: unknown): never {
    return this.#fail(`${this.#place}.${name} must be ${due}, got ${show(value)}`);
  }
}
