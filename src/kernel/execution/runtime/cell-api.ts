import { randomUUID } from "node:crypto";
import { displaySymbol, toDisplayData } from "./bundle.js";
import { writeFrame } from "./output.js";

// A cell may declare a variable of one of these names; the runtime keeps the originals.
const { Array, Buffer, Object, String, TypeError, Uint8Array } = globalThis;

interface Displayable {
  [displaySymbol](): Record<string, unknown>;
}
interface DisplayOptions {
  readonly displayId?: string | true;
  readonly update?: boolean;
}

function show(value: unknown, options: { readonly displayId?: string; readonly update?: boolean }): void {
  writeFrame({ type: "display", data: toDisplayData(value), ...options });
}

function display(value: unknown, { displayId: wanted, update = false }: DisplayOptions = {}): unknown {
  if (wanted !== undefined && wanted !== true && (typeof wanted !== "string" || wanted === "")) {
    throw new TypeError(`display: displayId must be a non-empty string or true, got ${String(wanted)}`);
  }
  if (update && typeof wanted !== "string") {
    throw new TypeError("display: an update needs the displayId of what it replaces");
  }
  if (wanted === undefined) return show(value, {});
  const displayId = wanted === true ? `gradus-${randomUUID()}` : wanted;
  show(value, { displayId, ...(update ? { update } : {}) });
  return { displayId, update: (next: unknown) => show(next, { displayId, update: true }) };
}

const of = (name: string, mediaType: string, toPlain: (source: string) => string) =>
  function (source: unknown, ...values: unknown[]): Displayable {
    const text = isTemplate(source) ? String.raw({ raw: source }, ...values) : source;
    if (typeof text !== "string") {
      throw new TypeError(
        `${name}: expects a string, got ${typeof text}. Use display(value) to show other values.`,
      );
    }
    return { [displaySymbol]: () => ({ [mediaType]: text, "text/plain": toPlain(text) }) };
  };

function isTemplate(value: unknown): value is TemplateStringsArray {
  return Array.isArray(value) && "raw" in value;
}

function withoutTags(source: string): string {
  return source
    .replace(/<(style|script)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function png(source: unknown, { alt = "an image" }: { readonly alt?: string } = {}): Displayable {
  if (typeof source !== "string" && !(source instanceof Uint8Array)) {
    throw new TypeError(`png: expects the bytes of an image or their base64 text, got ${typeof source}`);
  }
  const text = typeof source === "string" ? source : Buffer.from(source).toString("base64");
  return { [displaySymbol]: () => ({ "image/png": text, "text/plain": `[${alt}]` }) };
}

/** The functions that every cell can call without an import. */
export const cellApi: Readonly<Record<string, unknown>> = {
  display,
  clearOutput: ({ wait = false }: { readonly wait?: boolean } = {}) => writeFrame({ type: "clear", wait }),
  html: of("html", "text/html", withoutTags),
  markdown: of("markdown", "text/markdown", (source) => source),
  latex: of("latex", "text/latex", (source) => source),
  svg: of("svg", "image/svg+xml", () => "[a drawing]"),
  png,
};

/** How the library gradus, and any other, reaches this notebook. */
export function installDisplayHost(): void {
  const host = {
    send(bundle: Record<string, unknown>, options: { displayId?: string; update?: boolean } = {}): void {
      const { displayId, update } = options;
      writeFrame({
        type: "display",
        data: { data: bundle, metadata: {} },
        ...(displayId === undefined ? {} : { displayId }),
        ...(update === true ? { update } : {}),
      });
    },
  };
  Object.defineProperty(globalThis, Symbol.for("Jupyter.displayHost"), { value: host, configurable: true });
}
