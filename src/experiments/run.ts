import { DataError } from "../engine/index.js";

/** What a configuration may hold: what JSON can write. */
export type ConfigValue =
  string | number | boolean | null | readonly ConfigValue[] | { readonly [name: string]: ConfigValue };

/** What you hand to `ledger.record`. */
export interface RunRecord {
  /** Every choice that was made: units, learning rate, epochs, ... */
  readonly config: Readonly<Record<string, ConfigValue>>;
  /** The seed of the run. */
  readonly seed?: number;
  /** Which data: `dataHash(x, y)`. */
  readonly data?: string;
  /** What `fit` returned; its curves are kept. */
  readonly history?: { readonly history: Readonly<Record<string, readonly number[]>> };
  /** The figures that the run is judged by. */
  readonly scores?: Readonly<Record<string, number>>;
  /** A sentence: why this run. */
  readonly note?: string;
}

/** One run of a ledger. */
export interface ExperimentRun {
  /** Eight hexadecimal digits of the SHA-256 of config, seed and data: the same question has the same id. */
  readonly id: string;
  /** 1; more when the same question was answered differently: the n-th answer. */
  readonly answer: number;
  readonly config: Readonly<Record<string, ConfigValue>>;
  readonly seed: number | undefined;
  readonly data: string | undefined;
  readonly scores: Readonly<Record<string, number>>;
  readonly curves: Readonly<Record<string, readonly number[]>>;
  readonly note: string | undefined;
  /** When, as ISO 8601. */
  readonly recordedAt: string;
  /** What ran it, for example { node: "20.20.0" }: other versions may round differently. */
  readonly software: Readonly<Record<string, string>>;
}

/** `id`, with the number of the answer from the second on: `3f2a9c01-2`. */
export function nameOf({ id, answer }: Pick<ExperimentRun, "id" | "answer">): string {
  return answer === 1 ? id : `${id}-${answer}`;
}

/** JSON with the keys of every object in order, so that equal things are equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/** @throws DataError naming the first thing that JSON would lose or change without a word. */
export function requireRecord(where: string, record: RunRecord): void {
  if (
    typeof record !== "object" ||
    record === null ||
    typeof record.config !== "object" ||
    record.config === null
  )
    throw new DataError(where, "a run needs at least { config: { ... } }, the choices that were made");
  requireJson(where, "config", record.config);
  if (record.seed !== undefined) requireJson(where, "seed", record.seed);
  for (const [name, value] of Object.entries(record.scores ?? {})) {
    if (typeof value !== "number")
      throw new DataError(where, `scores.${name} must be a number, got ${typeof value}`);
  }
}

function requireJson(where: string, place: string, value: unknown): void {
  if (value === null || typeof value === "string" || typeof value === "boolean") return;
  if (typeof value === "number") {
    if (Number.isFinite(value)) return;
    throw new DataError(where, `${place} is ${value}, which a file of JSON cannot hold`);
  }
  const isPlain =
    typeof value === "object" && (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype);
  if (!isPlain) {
    throw new DataError(
      where,
      `${place} is ${typeof value === "object" ? `a ${value.constructor?.name ?? "strange object"}` : `a ${typeof value}`}; ` +
        `write its name or its numbers instead, for example optimizer: "adam"`,
    );
  }
  for (const [name, item] of Object.entries(value)) requireJson(where, `${place}.${name}`, item);
}
