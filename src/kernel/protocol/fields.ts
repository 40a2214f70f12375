import { ProtocolFault, shown } from "./fault.js";

/** A JSON object whose fields nobody has looked at yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reads the fields of one JSON object of the wire. A field that is absent takes its default; a field of the wrong type
 * throws a `ProtocolFault` that names it. Fields without a default must be there. `null` counts as absent where there
 * is a default, because Python clients send `None` for what they leave out.
 */
export class Fields {
  readonly #object: JsonObject;
  readonly #path: string;

  constructor(object: JsonObject, path: string) {
    this.#object = object;
    this.#path = path;
  }

  string(name: string, fallback?: string): string {
    return this.#read(name, "a string", (value) => typeof value === "string", fallback);
  }

  boolean(name: string, fallback?: boolean): boolean {
    return this.#read(name, "true or false", (value) => typeof value === "boolean", fallback);
  }

  integer(name: string, fallback?: number): number {
    return this.#read(name, "an integer", (value) => Number.isSafeInteger(value), fallback);
  }

  object(name: string, fallback?: JsonObject): JsonObject {
    return this.#read(name, "an object", isObject, fallback);
  }

  /** One of a closed set of words. */
  word<T extends string>(name: string, words: readonly T[], fallback?: T): T {
    const expected = `one of ${words.map((word) => `"${word}"`).join(", ")}`;
    return this.#read(name, expected, (value) => words.includes(value as T), fallback);
  }

  /** Whether the field is there and not null. */
  has(name: string): boolean {
    return Object.hasOwn(this.#object, name) && this.#object[name] !== null;
  }

  #read<T>(name: string, expected: string, fits: (value: unknown) => boolean, fallback: T | undefined): T {
    const value = Object.hasOwn(this.#object, name) ? this.#object[name] : undefined;
    if ((value === undefined || value === null) && fallback !== undefined) return fallback;
    if (!fits(value))
      throw new ProtocolFault(`${this.#path}.${name}`, `must be ${expected}, got ${shown(value)}`);
    return value as T;
  }
}
