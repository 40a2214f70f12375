import { type Displayable, escapeHtml, jupyterDisplay } from "../display/index.js";
import { type Block, blocksHtml, blocksText, readBlocks } from "./rich-text.js";

/** What a card is about; each has a colour of its own beside its words. */
export type Mood = "open" | "wrong" | "right" | "told";

/** One part of a card. */
export type Part =
  | { readonly text: string; readonly label?: string }
  | { readonly marks: readonly { readonly mark: keyof typeof signs; readonly text: string }[] }
  | { readonly rows: readonly (readonly [name: string, value: string])[] };

export interface CardParts {
  readonly mood: Mood;
  readonly title: string;
  readonly parts: readonly Part[];
}

// At least 3:1 on white and on JupyterLab's dark background; no meaning rests on them alone.
const colours: Readonly<Record<Mood, string>> = {
  open: "#5c7f99",
  wrong: "#c76b00",
  right: "#2e8b57",
  told: "#5c7f99",
};

const signs = {
  holds: { sign: "\u2713", words: "holds", plain: "[x]" },
  fails: { sign: "\u2717", words: "does not hold", plain: "[ ]" },
  open: { sign: "\u00b7", words: "not looked at", plain: "[ ]" },
} as const;

/**
 * A card as HTML without scripts or style sheets, which any notebook shows, trusted or not, and as plain text.
 * Text is written in the page's own colours, so that it can be read in every theme.
 */
export function card(parts: CardParts): Displayable {
  return { [jupyterDisplay]: () => ({ "text/html": cardHtml(parts), "text/plain": cardText(parts) }) };
}

export function cardHtml({ mood, title, parts }: CardParts): string {
  const style = `border-left: 4px solid ${colours[mood]}; padding: 1px 0 1px 14px; margin: 6px 0; max-width: 48em; line-height: 1.5`;
  const inner = parts.map(partHtml).join("");
  return `<div class="gradus-card" style="${style}"><p><strong>${escapeHtml(title)}</strong></p>${inner}</div>`;
}

function partHtml(part: Part): string {
  if ("marks" in part) {
    const items = part.marks.map(({ mark, text }) => {
      const { sign, words } = signs[mark];
      return `<li><span role="img" aria-label="${words}">${sign}</span> ${inline(text)}</li>`;
    });
    return `<ul style="list-style-type: none; padding-left: 0">${items.join("")}</ul>`;
  }
  if ("rows" in part) {
    const rows = part.rows.map(
      ([name, value]) =>
        `<tr><th scope="row" style="text-align: left; padding: 2px 16px 2px 0; font-weight: 600; vertical-align: top">${escapeHtml(name)}</th>` +
        `<td style="text-align: left; padding: 2px 0"><code>${escapeHtml(value)}</code></td></tr>`,
    );
    return `<table style="margin-left: 0"><tbody>${rows.join("")}</tbody></table>`;
  }
  const label = part.label === undefined ? "" : `<strong>${escapeHtml(part.label)}</strong> `;
  const blocks = readBlocks(part.text);
  return label === "" ? blocksHtml(blocks) : blocksHtml(blocks).replace(/^<p>/, `<p>${label}`);
}

/** One line of Markdown without the paragraph around it. */
function inline(markdown: string): string {
  return blocksHtml(readBlocks(markdown)).replace(/^<p>|<\/p>$/g, "");
}

export function cardText({ title, parts }: CardParts): string {
  return [title, ...parts.map(partText)].join("\n");
}

function partText(part: Part): string {
  if ("marks" in part)
    return part.marks.map(({ mark, text }) => `  ${signs[mark].plain} ${plain(text)}`).join("\n");
  if ("rows" in part) {
    const width = Math.max(...part.rows.map(([name]) => name.length));
    return part.rows.map(([name, value]) => `  ${`${name}:`.padEnd(width + 2)}${value}`).join("\n");
  }
  return part.label === undefined ? plain(part.text) : `${part.label} ${plain(part.text)}`;
}

function plain(markdown: string): string {
  return blocksText(readBlocks(markdown) satisfies readonly Block[]);
}
