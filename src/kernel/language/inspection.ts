import type ts from "typescript";
import type { MimeBundle } from "../session/executor.js";
import type { Checker } from "./checker.js";

/** More of a definition than this belongs in an editor. */
const longestDefinition = 2000;

interface Answer {
  /** TypeScript, to be shown as code. */
  readonly signature: string;
  readonly notes: readonly Note[];
  readonly definition?: string;
}

interface Note {
  readonly plain: string;
  readonly markdown: string;
}

/** What stands at an offset: the name there, or the call whose brackets surround it. Nothing when it is neither. */
export function inspect(
  checker: Checker,
  packages: readonly string[],
  code: string,
  offset: number,
  detailLevel: 0 | 1,
): MimeBundle | undefined {
  const { program, shift } = checker.ask(code, packages);
  const at = offset + shift;
  const answer = quickInfo(checker, program, at, detailLevel) ?? callInfo(checker, at);
  return answer === undefined ? undefined : toBundle(answer);
}

function quickInfo(
  checker: Checker,
  program: ts.Program,
  at: number,
  detailLevel: 0 | 1,
): Answer | undefined {
  const { service, cellFile } = checker.workspace;
  const { text } = program.getSourceFile(cellFile)!;
  const touches = (place: number): boolean => /[\p{ID_Continue}$#]/u.test(text.charAt(place));
  // The end of a word counts as the word: that is where a cursor stands after typing it.
  const place = touches(at) ? at : touches(at - 1) ? at - 1 : undefined;
  const info = place === undefined ? undefined : service.getQuickInfoAtPosition(cellFile, place);
  if (place === undefined || info === undefined) return undefined;
  const definition = detailLevel === 1 ? definitionText(checker, program, place) : undefined;
  return {
    signature: partsText(info.displayParts)
      .replace(/^\(alias\) /, "")
      .replace(/\nimport [\w$]+$/, "")
      .replaceAll("__now", ""),
    notes: notes(info.documentation, info.tags, detailLevel),
    ...(definition === undefined ? {} : { definition }),
  };
}

function callInfo({ workspace: { service, cellFile } }: Checker, at: number): Answer | undefined {
  const help = service.getSignatureHelpItems(cellFile, at, {});
  const item = help?.items[help.selectedItemIndex] ?? help?.items[0];
  if (help === undefined || item === undefined) return undefined;
  const last = item.parameters.length - 1;
  const active = item.isVariadic ? Math.min(help.argumentIndex, last) : help.argumentIndex;
  const parameter = item.parameters[active];
  const list = item.parameters.map(({ displayParts }) => partsText(displayParts));
  const signature =
    partsText(item.prefixDisplayParts) +
    list.join(partsText(item.separatorDisplayParts)) +
    partsText(item.suffixDisplayParts);
  const out = [];
  if (parameter !== undefined) {
    const about = partsText(parameter.documentation);
    out.push(prose(`Here: \`${list[active]}\`${about === "" ? "" : ` - ${about}`}`));
  }
  if (help.items.length > 1) out.push(prose(`One of ${help.items.length} ways to call it.`));
  return { signature, notes: [...out, ...notes(item.documentation, item.tags, 0)] };
}

function notes(
  documentation: readonly ts.SymbolDisplayPart[] | undefined,
  tags: readonly ts.JSDocTagInfo[] | undefined,
  detailLevel: 0 | 1,
): Note[] {
  const out = [prose(partsText(documentation))];
  const shown =
    detailLevel === 1 ? undefined : new Set(["param", "returns", "throws", "deprecated", "example"]);
  for (const { name, text } of tags ?? []) {
    if (shown !== undefined && !shown.has(name)) continue;
    const words = partsText(text);
    if (name === "example" && words !== "") out.push(example(words));
    else out.push(prose(words === "" ? `*@${name}*` : `*@${name}* ${words}`));
  }
  return out.filter(({ plain }) => plain !== "");
}

/** A sentence that may hold Markdown. */
function prose(markdown: string): Note {
  return { plain: markdown.replace(/[`*]/g, ""), markdown };
}

/** Code, unless it says itself what is code in it: then its stars are products and its line breaks count. */
function example(text: string): Note {
  return {
    plain: `Example:\n${text}`,
    markdown: `*Example*\n\n${text.includes("```") ? text : fenced(text)}`,
  };
}

function fenced(code: string): string {
  return `\`\`\`typescript\n${code}\n\`\`\``;
}

/** The declaration's own text: what `??` shows in other notebooks. */
function definitionText(checker: Checker, program: ts.Program, at: number): string | undefined {
  const { service, cellFile } = checker.workspace;
  const definition = service.getDefinitionAtPosition(cellFile, at)?.[0];
  const span = definition?.contextSpan;
  const file = definition && program.getSourceFile(definition.fileName);
  if (span === undefined || file === undefined) return undefined;
  const text = file.text.slice(span.start, span.start + span.length);
  return text.length > longestDefinition ? `${text.slice(0, longestDefinition)}\n…` : text;
}

function toBundle({ signature, notes: paragraphs, definition }: Answer): MimeBundle {
  const code = definition === undefined || signature.includes(definition) ? [] : [definition];
  return {
    "text/plain": [signature, ...paragraphs.map(({ plain }) => plain), ...code].join("\n\n"),
    "text/markdown": [
      fenced(signature),
      ...paragraphs.map(({ markdown }) => markdown),
      ...code.map(fenced),
    ].join("\n\n"),
  };
}

function partsText(parts: readonly ts.SymbolDisplayPart[] | undefined): string {
  return (parts ?? []).map(({ text }) => text).join("");
}
