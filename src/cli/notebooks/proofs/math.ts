import { createRequire } from "node:module";
import { formulasOf, placeOf, type Text } from "../prose.js";

interface Katex {
  renderToString(
    tex: string,
    options: { displayMode: boolean; throwOnError: true; strict: "ignore" },
  ): string;
}

/** KaTeX, a tool for authors; undefined where only the course is installed. */
export function loadKatex(): Katex | undefined {
  try {
    return createRequire(import.meta.url)("katex") as Katex;
  } catch {
    return undefined;
  }
}

/** Formulas that do not parse. A stray dollar sign shows up here too, as a formula made of prose. */
export function mathFaults(texts: readonly Text[], katex: Katex): string[] {
  return texts.flatMap((text) =>
    formulasOf(text.markdown).flatMap(({ tex, display, offset }) => {
      const where = placeOf(text, offset, text.markdown);
      if (/\n[ \t]*\n/.test(tex)) return [`${where}: a formula can't hold an empty line.`];
      try {
        katex.renderToString(tex, { displayMode: display, throwOnError: true, strict: "ignore" });
        return [];
      } catch (error) {
        const said = error instanceof Error ? error.message : String(error);
        return [
          `${where}: the formula ${tex.trim()} does not parse: ${said.replace(/^KaTeX parse error: /, "")}`,
        ];
      }
    }),
  );
}
