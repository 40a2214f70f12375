/** Thrown when an option is outside its range; `option` and `value` say which. */
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
  if (!(value >= 0 && value < 1)) {
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
  const near = known.find((candidate) => plain(candidate) === plain(String(name)));
  const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
  throw new OptionError(`${kind} ${show(name)} is unknown; known are ${known.join(", ")}.${hint}`, {
    option: kind,
    value: name,
  });
}

/** The error for a value that breaks its rule: `fit: batchSize must be a whole number of at least 1, got 0`. */
export function outOfRange(
  operation: string,
  { option, value, rule }: { readonly option: string; readonly value: unknown; readonly rule: string },
): OptionError {
  return new OptionError(`${operation}: ${option} must be ${rule}, got ${show(value)}`, { option, value });
}

/** `leaky_relu` and `LeakyReLU` are both near to `leakyRelu`. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
