/**
 * `JSON.parse`, but an object that has a name twice is an error instead of quietly the last of the two (RFC 8259, section 4, leaves
 * it open, so that two programs could read different models from the same bytes). Throws SyntaxError.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const twice = repeatedName(text);
  if (twice !== undefined)
    throw new SyntaxError(`the name ${JSON.stringify(twice)} stands twice in one object`);
  return value;
}

/** The first name that an object of this valid JSON text has twice. A loop, because depth may be chosen by a stranger. */
function repeatedName(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  let end = 0;
  for (let i = 0; i < text.length; i = end) {
    const character = text[i];
    end = i + 1;
    if (character === "{") open.push(new Set());
    else if (character === "[") open.push(undefined);
    else if (character === "}" || character === "]") open.pop();
    if (character !== '"') continue;
    while (text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
    end++;
    const names = open.at(-1);
    if (names === undefined || !isName(text, end)) continue;
    const name = JSON.parse(text.slice(i, end)) as string;
    if (names.has(name)) return name;
    names.add(name);
  }
  return undefined;
}

/** Of the texts in an object, the names are those with a colon behind. */
function isName(text: string, end: number): boolean {
  while (/\s/.test(text[end] ?? "")) end++;
  return text[end] === ":";
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value for a message: short, whatever a stranger wrote there. */
export function show(value: unknown): string {
  if (typeof value === "object" && value !== null)
    return Array.isArray(value) ? showList(value) : "an object";
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

/** One level only: a list may hold itself a million deep. */
function showList(list: readonly unknown[]): string {
  const parts = list.slice(0, 6).map((part) => (typeof part === "object" ? "..." : show(part)));
  return `[${parts.join(", ")}${list.length > 6 ? ", ..." : ""}]`;
}
