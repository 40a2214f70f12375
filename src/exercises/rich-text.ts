import { escapeHtml } from "../display/index.js";

/** A stretch of one paragraph. */
export interface Span {
  readonly kind: "text" | "code" | "strong" | "em" | "math";
  readonly text: string;
}

/** A paragraph, or a block of code. */
export type Block = { readonly spans: readonly Span[] } | { readonly code: string };

// In this order: nothing inside code or math is read as emphasis.
const marks =
  /(?<code>`+)(?<codeText>[^`]|[^`].*?[^`])\k<code>(?!`)|\$(?<math>[^$\s](?:[^$]*[^$\s])?)\$(?!\d)|\*\*(?<strong>\S(?:.*?\S)?)\*\*|(?<![\w*])[*_](?<em>[^\s*_](?:[^*_]*[^\s*_])?)[*_](?![\w*])/gs;

/** The spans of one paragraph of Markdown: code, math between dollars, bold and italic; `\$` is a dollar. Links stay text. */
export function readSpans(markdown: string): Span[] {
  const spans: Span[] = [];
  const addText = (text: string): void => {
    if (text !== "")
      spans.push({ kind: "text", text: text.replace(/\\([\\`*_$[\]])/g, "$1").replace(/\s*\n\s*/g, " ") });
  };
  let end = 0;
  for (const match of markdown.matchAll(marks)) {
    if (markdown[match.index - 1] === "\\") continue;
    addText(markdown.slice(end, match.index));
    const { codeText, math, strong, em } = match.groups ?? {};
    if (codeText !== undefined) spans.push({ kind: "code", text: codeText });
    else if (math !== undefined) spans.push({ kind: "math", text: math });
    else if (strong !== undefined) spans.push({ kind: "strong", text: strong });
    else spans.push({ kind: "em", text: em ?? "" });
    end = match.index + match[0].length;
  }
  addText(markdown.slice(end));
  return spans;
}

/** The paragraphs and fenced code blocks of a piece of Markdown. */
export function readBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  const parts = markdown.split(/^(?:```|~~~)[^\n]*$/m);
  parts.forEach((part, i) => {
    if (i % 2 === 1) blocks.push({ code: part.replace(/^\n|\n$/g, "") });
    else
      for (const paragraph of part.split(/\n\s*\n/))
        if (paragraph.trim() !== "") blocks.push({ spans: readSpans(paragraph.trim()) });
  });
  return blocks;
}

/** HTML of spans; math keeps its dollars, which JupyterLab typesets. A dollar of the text is kept from that by a tag around it. */
export function spansHtml(spans: readonly Span[]): string {
  return spans
    .map(({ kind, text }) => {
      if (kind === "math") return `$${escapeHtml(text)}$`;
      const safe = escapeHtml(text).replaceAll("$", "<span>$</span>");
      return kind === "text" ? safe : `<${kind}>${safe}</${kind}>`;
    })
    .join("");
}

export function blocksHtml(blocks: readonly Block[]): string {
  return blocks
    .map((block) =>
      "code" in block
        ? `<pre><code>${escapeHtml(block.code)}</code></pre>`
        : `<p>${spansHtml(block.spans)}</p>`,
    )
    .join("");
}

/** The words alone. */
export function spansText(spans: readonly Span[]): string {
  return spans.map(({ kind, text }) => (kind === "math" ? `$${text}$` : text)).join("");
}

export function blocksText(blocks: readonly Block[]): string {
  return blocks.map((block) => ("code" in block ? block.code : spansText(block.spans))).join("\n\n");
}
