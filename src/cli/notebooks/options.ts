import { Problem } from "../problem.js";
import type { Minutes } from "./front-matter.js";

/** The `:key: value` lines at the head of a code cell or a directive, or the JSON behind a line `+++`. */
export type Options = Readonly<Record<string, string>>;

const plain = /^(?!0\d)\d+(\.\d+)?$/;

/** `"5"` is five minutes alone and in a workshop, `"8/5"` is eight alone and five in a workshop. */
export function parseMinutes(text: string, where: string): Minutes {
  const parts = text.split("/").map((part) => part.trim());
  if (parts.length > 2 || !parts.every((part) => plain.test(part))) {
    throw new Problem(
      `${where}: minutes are a number or two, like 5 or 8/5 (alone/workshop), got "${text}".`,
    );
  }
  return { self: Number(parts[0]), workshop: Number(parts.at(-1)) };
}

/** The words of a list that is written `a b`, `a, b` or `[a, b]`. */
export function words(text: string | undefined): string[] {
  return (text ?? "")
    .replace(/[[\],]/g, " ")
    .split(/\s+/)
    .filter(Boolean);
}

/** The options but for one. */
export function without(options: Options, key: string): Options {
  return Object.fromEntries(Object.entries(options).filter(([each]) => each !== key));
}

/** Reads option lines from `from` on; `next` is the index of the first line that is none. */
export function readOptions(
  lines: readonly string[],
  from: number,
  to: number,
  { known, place, what }: { known: readonly string[]; place: (index: number) => string; what: string },
): { readonly options: Options; readonly next: number } {
  const options: Record<string, string> = {};
  let next = from;
  for (; next < to; next++) {
    const option = /^:([\w-]+):\s*(.*)$/.exec(lines[next]!);
    if (!option) break;
    checkOption(option[1]!, known, place(next), what);
    options[option[1]!] = option[2]!.trim();
  }
  return { options, next };
}

/** Reads the JSON behind a block break: `+++ {"covers": "S3-1", "minutes": "8/5"}`. */
export function readBlockBreak(
  line: string,
  { known, where }: { known: readonly string[]; where: string },
): Options {
  const text = line.replace(/^\+\+\+/, "").trim();
  if (text === "") return {};
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  if (json === null || typeof json !== "object" || Array.isArray(json)) {
    throw new Problem(
      `${where}: behind +++ stands nothing or a JSON object, like +++ {"covers": "S3-1 S3-2"}.`,
    );
  }
  return Object.fromEntries(
    Object.entries(json as Record<string, unknown>).map(([key, value]) => {
      checkOption(key, known, where, "a text cell");
      return [key, Array.isArray(value) ? value.join(" ") : String(value)];
    }),
  );
}

function checkOption(key: string, known: readonly string[], where: string, what: string): void {
  if (!known.includes(key))
    throw new Problem(`${where}: ${what} has no option "${key}". It takes ${known.join(", ")}.`);
}
