import { readable } from "./readable.js";

/** One value in several forms, keyed by media type; a viewer shows the richest form that it knows. */
export type MimeBundle = Record<string, unknown>;

/**
 * The symbol under which an object answers with its MIME bundle. Deno's Jupyter kernel uses the same one.
 *
 * @example
 * import { display, jupyterDisplay } from "gradus";
 * const temperature = {
 *   celsius: 21,
 *   [jupyterDisplay]: () => ({ "text/html": "<b>21 °C</b>", "text/plain": "21 °C" }),
 * };
 * display(temperature); // 21 °C
 */
export const jupyterDisplay: unique symbol = Symbol.for("Jupyter.display");

/** Anything that knows how to show itself in a notebook. */
export interface Displayable {
  [jupyterDisplay](): MimeBundle;
}

/**
 * True when `value` answers to `Symbol.for("Jupyter.display")`.
 *
 * @example
 * import { isDisplayable, plot } from "gradus";
 * console.log(isDisplayable(plot.line([1, 2], { alt: "rises" })), isDisplayable(7)); // true false
 */
export function isDisplayable(value: unknown): value is Displayable {
  return (
    value !== null &&
    (typeof value === "object" || typeof value === "function") &&
    typeof (value as Partial<Displayable>)[jupyterDisplay] === "function"
  );
}

/**
 * The bundle of any value: its own if it is displayable, else readable `text/plain`.
 * A bundle without `text/plain` gets a short one, because every Jupyter client may ask for it.
 *
 * @throws TypeError when a displayable returns something that is no bundle (a promise, an array, an empty object).
 *
 * @example
 * import { html, toMimeBundle } from "gradus";
 * console.log(toMimeBundle([1, 2])); // { 'text/plain': '[1, 2]' }
 * console.log(toMimeBundle(html("<i>x</i>"))); // { 'text/html': '<i>x</i>', 'text/plain': 'x' }
 */
export function toMimeBundle(value: unknown): MimeBundle {
  if (!isDisplayable(value)) return { "text/plain": typeof value === "string" ? value : readable(value) };
  const bundle: unknown = value[jupyterDisplay]();
  if (!isBundle(bundle)) {
    const got = bundle instanceof Promise ? "a promise" : readable(bundle);
    throw new TypeError(
      `display: Symbol.for("Jupyter.display") must return an object of media types to content, got ${got}. ` +
        `Return for example { "text/plain": "..." }, not a promise of it.`,
    );
  }
  if ("text/plain" in bundle) return bundle;
  return { ...bundle, "text/plain": `[${Object.keys(bundle).join(", ")}]` };
}

function isBundle(value: unknown): value is MimeBundle {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const names = Object.keys(value);
  return names.length > 0 && names.every((name) => name.includes("/"));
}
