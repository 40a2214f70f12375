/**
 * Thrown when an option is outside its range; `option` and `value` say which.
 *
 * @example
 * import { dropout, OptionError } from "gradus";
 * try {
 *   dropout(1.5);
 * } catch (error) {
 *   if (error instanceof OptionError) console.log(`${error.message} (${error.option})`);
 * }
 * // dropout: rate must be at least 0 and below 1, got 1.5 (rate)
 */
export class OptionError extends RangeError {
  override readonly name = "OptionError";
  readonly option: string;
  readonly value: unknown;

  constructor(message: string, { option, value }: { readonly option: string; readonly value: unknown }) {
    super(message);
    this.option = option;
    this.value = value;
  }
}

interface Numeric {
  readonly option: string;
  readonly value: number;
}

/** Returns the value if it is a whole number of at least `least`; throws OptionError otherwise. */
export function wholeNumber(
  operation: string,
  { option, value, least }: Numeric & { least: number },
): number {
  if (!Number.isSafeInteger(value) || value < least) {
    throw outOfRange(operation, { option, value, rule: `a whole number of at least ${least}` });
  }
  return value;
}

/** Returns the value if it is finite; throws OptionError otherwise. */
export function finiteNumber(operation: string, { option, value }: Numeric): number {
  if (!Number.isFinite(value)) throw outOfRange(operation, { option, value, rule: "a finite number" });
  return value;
}

/** Returns the value if it is finite and greater than 0; throws OptionError otherwise. */
export function positiveNumber(operation: string, { option, value }: Numeric): number {
  if (!(Number.isFinite(value) && value > 0)) {
    throw outOfRange(operation, { option, value, rule: "a finite number above 0" });
  }
  return value;
}

/** Returns the value if it is finite and at least 0; throws OptionError otherwise. */
export function nonNegativeNumber(operation: string, { option, value }: Numeric): number {
  if (!(Number.isFinite(value) && value >= 0)) {
    throw outOfRange(operation, { option, value, rule: "a finite number of at least 0" });
  }
  return value;
}

/** Returns the value if 0 ≤ value < 1; throws OptionError otherwise. */
export function fraction(operation: string, { option, value }: Numeric): number {
  if (!(Number.isFinite(value) && value >= 0 && value < 1)) {
    throw outOfRange(operation, { option, value, rule: "at least 0 and below 1" });
  }
  return value;
}

/** Returns `table[name]`; a name that is not in the table is an error that lists the known ones. */
export function lookUp<Name extends string, Entry>(
  table: Readonly<Record<Name, Entry>>,
  { kind, name }: { readonly kind: string; readonly name: Name },
): Entry {
  if (typeof name === "string" && Object.hasOwn(table, name)) return table[name];
  const known = Object.keys(table);
  const called: unknown = name;
  const hint =
    typeof called === "function"
      ? ` Write its name as a text, or call it: ${called.name}().`
      : nearest(String(name), known);
  throw new OptionError(`${kind} ${show(name)} is unknown; known are ${known.join(", ")}.${hint}`, {
    option: kind,
    value: name,
  });
}

/**
 * Throws OptionError unless the options are an object and each has a name that is known. TypeScript sees to that, but not every
 * caller is checked by it, and a misspelt option would quietly leave the default.
 */
export function knownOptions<Options extends object>(
  operation: string,
  {
    options,
    known,
    example,
  }: {
    readonly options: Options;
    readonly known: Readonly<Record<keyof Options, true>>;
    /** What the options may look like: `{ epochs: 10 }`. */
    readonly example: string;
  },
): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new OptionError(
      `${operation}: the options must be an object, such as ${example}, got ${show(options)}`,
      {
        option: "options",
        value: options,
      },
    );
  }
  const stranger = Object.keys(options).find((name) => !Object.hasOwn(known, name));
  if (stranger !== undefined) throw unknownOption(operation, { name: stranger, known: Object.keys(known) });
}

/** The error for an option that is not there. */
export function unknownOption(
  operation: string,
  { name, known }: { readonly name: string; readonly known: readonly string[] },
): OptionError {
  return new OptionError(
    `${operation}: there is no option "${name}"; known are ${known.join(", ")}.${nearest(name, known)}`,
    { option: name, value: name },
  );
}

/** The error for a value that breaks its rule: `fit: batchSize must be a whole number of at least 1, got 0`. */
export function outOfRange(
  operation: string,
  { option, value, rule }: { readonly option: string; readonly value: unknown; readonly rule: string },
): OptionError {
  return new OptionError(`${operation}: ${option} must be ${rule}, got ${show(value)}`, { option, value });
}

/** ` Did you mean "accuracy"?` for "acuracy", "Accuracy" and "acc"; nothing if nothing is near. */
function nearest(name: string, known: readonly string[]): string {
  const written = plain(name);
  const near =
    known.find((candidate) => plain(candidate) === written) ??
    known.find((candidate) => written.length >= 3 && plain(candidate).startsWith(written)) ??
    known.find((candidate) => written.length >= 4 && mistakes(written, plain(candidate)) <= 2);
  return near === undefined ? "" : ` Did you mean "${near}"?`;
}

/** How many letters must be changed, added or left out (Levenshtein 1966). */
function mistakes(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}

/** `leaky_relu` and `LeakyReLU` are both near to `leakyRelu`. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value))
    return `[${value.slice(0, 6).map(show).join(", ")}${value.length > 6 ? ", ..." : ""}]`;
  // The source text of a function would fill the screen.
  if (typeof value === "function") return value.name === "" ? "a function" : `the function ${value.name}`;
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
