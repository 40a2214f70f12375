import { type Displayable, jupyterDisplay } from "./mime-bundle.js";

/**
 * A displayable of raw HTML. JupyterLab cleans HTML of notebooks that are not trusted; scripts in it never run there.
 * Escape what comes from data with {@link escapeHtml}.
 *
 * @param text the text alternative for viewers without HTML; by default the source without its tags.
 *
 * @example
 * import { display, html } from "gradus";
 * display(html("<b>Well done!</b>")); // Well done!
 */
export function html(source: string, text: string = withoutTags(source)): Displayable {
  requireString("html", source);
  return { [jupyterDisplay]: () => ({ "text/html": source, "text/plain": text }) };
}

/**
 * A displayable of Markdown, with `$...$` formulas where the viewer has them. Its plain text is the source.
 *
 * @example
 * import { display, markdown } from "gradus";
 * display(markdown("The **loss** is $\\frac{1}{n} \\sum_i (p_i - t_i)^2$."));
 * // The **loss** is $\frac{1}{n} \sum_i (p_i - t_i)^2$.
 */
export function markdown(source: string): Displayable {
  requireString("markdown", source);
  return { [jupyterDisplay]: () => ({ "text/markdown": source, "text/plain": source }) };
}

/**
 * `<`, `>`, `&` and both quotes as entities, so that text stays text inside HTML and its attributes.
 *
 * @example
 * import { escapeHtml } from "gradus";
 * console.log(escapeHtml("a < b & c")); // a &#60; b &#38; c
 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function withoutTags(source: unknown): string {
  return String(source)
    .replace(/<(style|script)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function requireString(name: string, source: unknown): void {
  if (typeof source === "string") return;
  throw new TypeError(
    `${name}: expects a string, got ${typeof source}. Use display(value) to show other values.`,
  );
}
