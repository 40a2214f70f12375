import type ts from "typescript";
import type { Completeness } from "../session/language.js";
import { parseModule } from "./checker.js";
import type { TypeScript } from "./typescript.js";

/** Faults that more lines cure wherever they are reported: an open comment, an open template. */
const unfinished: ReadonlySet<number> = new Set([1010, 1160]);

/** A text in quotes ends on its line. */
const unterminatedString = 1002;

/**
 * Whether a text can run as it stands. It is incomplete when the parser's first complaint is that the text ended too early,
 * and invalid when it complains before that: no further line can cure it.
 */
export function completeness(typescript: TypeScript, code: string): Completeness {
  const file = parseModule(typescript, code);
  const { parseDiagnostics } = file as ts.SourceFile & {
    readonly parseDiagnostics: readonly ts.Diagnostic[];
  };
  const first = parseDiagnostics[0];
  const incomplete = (): Completeness => ({ status: "incomplete", indent: nextIndent(typescript, code) });
  if (first === undefined) return awaitsBody(typescript, file) ? incomplete() : { status: "complete" };
  if (first.code === unterminatedString) return { status: "invalid" };
  if (unfinished.has(first.code)) return { status: "incomplete", indent: "" };
  const end = file.endOfFileToken.getStart(file);
  return (first.start ?? 0) >= Math.min(end, code.trimEnd().length) ? incomplete() : { status: "invalid" };
}

/** `function f()` is grammar, that of an overload; at the end of a cell it waits for its body. */
function awaitsBody(typescript: TypeScript, file: ts.SourceFile): boolean {
  const last = file.statements.at(-1);
  if (last === undefined || !typescript.isFunctionDeclaration(last) || last.body !== undefined) return false;
  const declared = last.modifiers?.some(({ kind }) => kind === typescript.SyntaxKind.DeclareKeyword) ?? false;
  return !declared && !/;\s*$/.test(file.text);
}

/** The white space with which the next line begins: one step deeper than the line of the innermost open bracket. */
function nextIndent(typescript: TypeScript, code: string): string {
  const lines = code.trimEnd().split("\n");
  const unit = lines.some((line) => line.startsWith("\t")) ? "\t" : indentUnit(lines);
  const open = openBrackets(typescript, code).at(-1);
  const line = open === undefined ? (lines.at(-1) ?? "") : (code.slice(0, open).split("\n").at(-1) ?? "");
  const indented = open === undefined ? line : `${line}${code.slice(open).split("\n")[0]}`;
  return /^[ \t]*/.exec(indented)![0] + unit;
}

/** Two spaces, unless the text itself indents by four. */
function indentUnit(lines: readonly string[]): string {
  const widths = lines.map((line) => /^ */.exec(line)![0].length).filter((width) => width > 0);
  return widths.length > 0 && widths.every((width) => width % 4 === 0) ? "    " : "  ";
}

/** Offsets of the brackets that are never closed. */
function openBrackets(typescript: TypeScript, code: string): number[] {
  const { SyntaxKind } = typescript;
  const scanner = typescript.createScanner(typescript.ScriptTarget.ESNext, true, undefined, code);
  const stack: { kind: ts.SyntaxKind; at: number }[] = [];
  let before: ts.SyntaxKind | undefined;
  for (let token = scanner.scan(); token !== SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (token === SyntaxKind.CloseBraceToken && stack.at(-1)?.kind === SyntaxKind.TemplateHead) {
      token = scanner.reScanTemplateToken(false);
      if (token === SyntaxKind.TemplateTail) stack.pop();
    } else if (token === SyntaxKind.SlashToken && !endsValue(typescript, before)) {
      token = scanner.reScanSlashToken();
    } else if (
      token === SyntaxKind.OpenBraceToken ||
      token === SyntaxKind.OpenParenToken ||
      token === SyntaxKind.OpenBracketToken ||
      token === SyntaxKind.TemplateHead
    ) {
      stack.push({ kind: token, at: scanner.getTokenStart() });
    } else if (
      token === SyntaxKind.CloseBraceToken ||
      token === SyntaxKind.CloseParenToken ||
      token === SyntaxKind.CloseBracketToken
    ) {
      stack.pop();
    }
    before = token;
  }
  return stack.map(({ at }) => at);
}

/** After a value `/` divides; elsewhere it begins a regular expression. */
function endsValue({ SyntaxKind }: TypeScript, token: ts.SyntaxKind | undefined): boolean {
  return (
    token === SyntaxKind.Identifier ||
    token === SyntaxKind.NumericLiteral ||
    token === SyntaxKind.StringLiteral ||
    token === SyntaxKind.CloseParenToken ||
    token === SyntaxKind.CloseBracketToken ||
    token === SyntaxKind.CloseBraceToken
  );
}
