const inspectCustom: unique symbol = Symbol.for("nodejs.util.inspect.custom");

const MAX_DEPTH = 3;
const MAX_ITEMS = 20;
const MAX_STRING = 500;
const LINE_WIDTH = 80;

/**
 * Any value as text that a person can read: `{ name: "iris", shape: [150, 4] }`.
 * Long lists are cut with a count, deep objects become `{...}`, cycles become `[circular]`; it never throws.
 * An object's own `nodejs.util.inspect.custom` or `toString` is preferred. (Node's `util.inspect` is not used,
 * so that this also runs in a browser.)
 */
export function readable(value: unknown): string {
  return write(value, 0, []);
}

function write(value: unknown, depth: number, parents: readonly object[]): string {
  if (typeof value === "string") return JSON.stringify(shorten(value));
  if (typeof value === "bigint") return `${value}n`;
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "function") return `[function ${value.name || "(anonymous)"}]`;
  if (typeof value !== "object" || value === null) return String(value);
  if (parents.includes(value)) return "[circular]";
  try {
    return ownWords(value) ?? writeObject(value, depth, [...parents, value]);
  } catch (error) {
    return `[${nameOf(value)} that cannot be read: ${error instanceof Error ? error.message : String(error)}]`;
  }
}

function ownWords(value: object): string | undefined {
  if (value instanceof Error) return value.stack ?? String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (value instanceof Promise) return "Promise (did you forget to await it?)";
  const inspect = (value as { [inspectCustom]?: unknown })[inspectCustom];
  if (typeof inspect === "function") {
    const text: unknown = inspect.call(value, MAX_DEPTH, {}, readable);
    if (typeof text === "string") return text;
  }
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return undefined;
  const toText: unknown = (value as { toString?: unknown }).toString;
  if (typeof toText === "function" && toText !== Object.prototype.toString) return String(toText.call(value));
  return undefined;
}

function writeObject(value: object, depth: number, parents: readonly object[]): string {
  const child = (item: unknown): string => write(item, depth + 1, parents);
  const name = nameOf(value);
  if (Array.isArray(value))
    return depth >= MAX_DEPTH ? `[... ${value.length}]` : list("[", value, child, "]", depth);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const numbers = Array.from(value as unknown as ArrayLike<unknown>);
    return `${name}(${numbers.length}) ${list("[", numbers, child, "]", depth)}`;
  }
  if (value instanceof Map) {
    const pair = ([key, item]: readonly unknown[]): string => `${child(key)} => ${child(item)}`;
    return `Map(${value.size}) ${list("{", [...value], pair, "}", depth)}`;
  }
  if (value instanceof Set) return `Set(${value.size}) ${list("{", [...value], child, "}", depth)}`;
  const prefix = name === "Object" ? "" : `${name} `;
  if (depth >= MAX_DEPTH) return `${prefix}{...}`;
  const field = ([key, item]: readonly [string, unknown]): string =>
    `${/^[\w$]+$/.test(key) ? key : JSON.stringify(key)}: ${child(item)}`;
  return prefix + list("{", Object.entries(value), field, "}", depth);
}

function list<T>(
  open: string,
  items: readonly T[],
  show: (item: T) => string,
  close: string,
  depth: number,
): string {
  if (items.length === 0) return open + close;
  const parts = items.slice(0, MAX_ITEMS).map(show);
  if (items.length > MAX_ITEMS) parts.push(`... ${items.length - MAX_ITEMS} more`);
  const oneLine = parts.join(", ");
  if (oneLine.length <= LINE_WIDTH && !oneLine.includes("\n")) {
    return open === "{" ? `{ ${oneLine} }` : open + oneLine + close;
  }
  const indent = "  ".repeat(depth + 1);
  if (parts.every((part) => part.length <= 24)) {
    return `${open}\n${filled(parts, indent)}\n${"  ".repeat(depth)}${close}`;
  }
  return `${open}\n${parts.map((part) => indent + part).join(",\n")}\n${"  ".repeat(depth)}${close}`;
}

/** Short parts, as many on a line as fit. */
function filled(parts: readonly string[], indent: string): string {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length + 2 <= LINE_WIDTH)
      lines[lines.length - 1] = `${last}, ${part}`;
    else lines.push(indent + part);
  }
  return lines.join(",\n");
}

function nameOf(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return "Object";
  const maker: unknown = (prototype as { constructor?: unknown }).constructor;
  return typeof maker === "function" && maker.name !== "" ? maker.name : "Object";
}

function shorten(text: string): string {
  return text.length <= MAX_STRING
    ? text
    : `${text.slice(0, MAX_STRING)}... (${text.length - MAX_STRING} more characters)`;
}
