import { isFamily } from "./description.js";
import { JsonReading, type Fail } from "./json-reading.js";
import { isRecord, show } from "./json-text.js";
import { makers, type Family, type Field } from "./makers.js";

/** Where something stands in a file, and what to do about a fault there. */
export interface Place {
  readonly place: string;
  readonly fail: Fail;
  /** Inside how many others of its kind; schedules can hold schedules. */
  readonly depth?: number;
}

const deepest = 20;

/** The thing that this part of a file describes. Fails for unknown names, unknown options, options of the wrong kind or out of range. */
export function makeThing(family: Family, description: unknown, { place, fail, depth = 0 }: Place): object {
  if (typeof description === "string")
    return makeFromOptions(family, description, {}, { place, fail, depth });
  const reading = new JsonReading(description, { place, fail });
  const name = reading.text("name");
  const options = reading.take("options") ?? {};
  reading.end();
  return makeFromOptions(family, name, options, { place, fail, depth });
}

/** The same from a name and options that stand apart. */
export function makeFromOptions(
  family: Family,
  name: string,
  options: unknown,
  { place, fail, depth = 0 }: Place,
): object {
  const table = makers[family];
  if (!Object.hasOwn(table, name)) {
    return fail(
      `${place} names the unknown ${family} ${show(name)}; known are ${Object.keys(table).join(", ")}`,
    );
  }
  if (depth > deepest) return fail(`${place} nests too deep`);
  const { fields, make } = table[name];
  if (!isRecord(options)) return fail(`${place}.options must be an object, got ${show(options)}`);
  const read: Record<string, unknown> = {};
  for (const [option, value] of Object.entries(options)) {
    const at = { place: `${place}.options.${option}`, fail, depth: depth + 1 };
    if (!Object.hasOwn(fields, option)) return fail(`${place} has the unknown option ${show(option)}`);
    read[option] = readOption(fields[option], value, at);
  }
  try {
    return make(read as never);
  } catch (error) {
    return fail(`${place}: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

function readOption(field: Field, value: unknown, at: Place): unknown {
  if (field === "rate" && typeof value !== "number") return makeThing("schedule", value, at);
  if (isFamily(field)) return makeThing(field, value, at);
  const right =
    field === "numbers"
      ? Array.isArray(value) && value.every((number) => typeof number === "number")
      : typeof value === plain[field];
  return right ? value : at.fail(`${at.place} must be ${words[field]}, got ${show(value)}`);
}

const plain = { number: "number", rate: "number", boolean: "boolean", text: "string" } as const;
const words = {
  number: "a number",
  rate: "a number or a schedule",
  boolean: "true or false",
  text: "a text",
  numbers: "a list of numbers",
} as const;
