/**
 * JSON text of a value, in which no string holds a lone surrogate: each becomes U+FFFD. JSON itself could carry them,
 * but a Python server that saves the notebook encodes to UTF-8 and would fail on the whole file.
 */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value);
  // JSON.stringify writes lone surrogates, and only those, as \ud800 to \udfff.
  return text.includes("\\ud") ? JSON.stringify(wellFormed(value)) : text;
}

function wellFormed(value: unknown): unknown {
  const plain: unknown = JSON.parse(JSON.stringify(value));
  return repaired(plain);
}

function repaired(value: unknown): unknown {
  if (typeof value === "string") return repairedText(value);
  if (Array.isArray(value)) return value.map(repaired);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [repairedText(key), repaired(item)]));
}

function repairedText(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}
