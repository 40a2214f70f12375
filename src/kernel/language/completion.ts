import { builtinModules } from "node:module";
import type ts from "typescript";
import type { CompletionItem, Completions } from "../session/language.js";
import type { Checker, PackageExport } from "./checker.js";
import type { DeclarationKind } from "./declarations.js";
import { hostGlobalNames } from "./host-globals.js";

/** A list longer than this helps nobody. */
const mostItems = 300;
/** A signature is one line beside a name. */
const longestSignature = 120;
/** Names that only our modules have. */
const hidden = /__gradus_|__now$/;

interface Candidate extends CompletionItem {
  readonly order: string;
}

/** What may stand at an offset of a cell, best first. The whole word around the offset is replaced. */
export function complete(
  checker: Checker,
  packages: readonly string[],
  code: string,
  offset: number,
): Completions {
  const word = wordAround(code, offset);
  const { program, shift } = checker.ask(code, packages, code.slice(word.start, word.end));
  const { service, cellFile } = checker.workspace;
  const found = service.getCompletionsAtPosition(cellFile, offset + shift, {
    includeCompletionsWithInsertText: true,
    includeAutomaticOptionalChainCompletions: true,
    includeSymbol: true,
    quotePreference: "double",
  });
  const span = found?.optionalReplacementSpan;
  const start = span === undefined ? word.start : span.start - shift;
  const end = span === undefined ? word.end : span.start + span.length - shift;
  const place = { start, end };

  const items = new Map<string, Candidate>();
  const add = (item: Candidate): void => {
    const typed = code.slice(item.start, offset);
    if (!matches(item.text, typed) || items.has(item.text)) return;
    items.set(item.text, item);
  };
  const describe = describer(checker, program.getTypeChecker());
  const sourceFile = program.getSourceFile(cellFile)!;
  for (const entry of found?.entries ?? []) {
    if (hidden.test(entry.name)) continue;
    const own = entry.replacementSpan;
    add({
      text: entry.insertText ?? entry.name,
      ...(own === undefined ? place : { start: own.start - shift, end: own.start + own.length - shift }),
      ...describe(entry, sourceFile),
      order: entry.sortText,
    });
  }
  if (inModuleName(code.slice(0, offset))) {
    const quoted = quotedAround(code, offset);
    for (const name of [
      ...packages,
      ...builtinModules.filter((each) => !each.startsWith("_")).map((each) => `node:${each}`),
    ]) {
      add({ text: name, ...quoted, type: "module", order: packages.includes(name) ? "10" : "20" });
    }
  } else if (found?.isGlobalCompletion === true && code.slice(start, offset) !== "") {
    for (const name of packages)
      for (const each of checker.exportsOf(name)) add(toImport(checker, each, place));
    if (!checker.workspace.hasNodeTypes)
      for (const name of nodeGlobals()) add({ ...name, ...place, order: "15" });
  }
  const sorted = [...items.values()].sort((a, b) => compare(a.order, b.order) || compare(a.text, b.text));
  return {
    items: sorted.slice(0, mostItems).map(({ order: _order, ...item }) => item),
    start,
    end,
  };
}

/**
 * A name that a package exports and the cell has not imported. Front ends of Jupyter can't add a line elsewhere, so the
 * completion writes the name, its signature says what to import, and the error for the missing import says it again.
 */
function toImport(
  { typescript }: Checker,
  { name, packageName, flags }: PackageExport,
  place: { readonly start: number; readonly end: number },
): Candidate {
  const { SymbolFlags } = typescript;
  const type =
    flags & SymbolFlags.Class
      ? "class"
      : flags & SymbolFlags.Function
        ? "function"
        : flags & (SymbolFlags.Interface | SymbolFlags.TypeAlias)
          ? "interface"
          : "variable";
  return { text: name, ...place, type, signature: `import { ${name} } from "${packageName}"`, order: "16" };
}

function nodeGlobals(): { text: string; type: string }[] {
  return Object.getOwnPropertyNames(globalThis)
    .filter((name) => /^[a-zA-Z]/.test(name) && !hostGlobalNames.has(name))
    .map((text) => ({ text, type: /^[A-Z]/.test(text) ? "class" : "variable" }));
}

type Described = Pick<CompletionItem, "type" | "signature">;

function describer(
  { typescript, cells }: Checker,
  types: ts.TypeChecker,
): (entry: ts.CompletionEntry, from: ts.Node) => Described {
  const { SymbolFlags, TypeFormatFlags } = typescript;
  return (entry, from) => {
    const symbol = entry.symbol;
    const kind = cells.kindOf(entry.name);
    const type =
      symbol !== undefined && symbol.flags & SymbolFlags.Alias && kind !== undefined && kind !== "import"
        ? kindOfDeclaration[kind]
        : kindOfEntry(typescript, types, entry);
    if (symbol === undefined) return { type };
    const target = symbol.flags & SymbolFlags.Alias ? types.getAliasedSymbol(symbol) : symbol;
    if ((target.flags & SymbolFlags.Value) === 0) return { type };
    const valueType = types.getTypeOfSymbolAtLocation(target, from);
    const text = types
      .typeToString(valueType, from, TypeFormatFlags.NoTruncation)
      .replace(/import\("[^"]*"\)\./g, "");
    return {
      type,
      signature: text.length > longestSignature ? `${text.slice(0, longestSignature - 1)}…` : text,
    };
  };
}

const kindOfDeclaration: Readonly<Record<DeclarationKind, string>> = {
  let: "variable",
  var: "variable",
  const: "constant",
  using: "constant",
  function: "function",
  class: "class",
  enum: "enum",
  namespace: "module",
  interface: "interface",
  type: "interface",
  import: "module",
};

const kindOfElement: Readonly<Record<string, string>> = {
  function: "function",
  "local function": "function",
  method: "method",
  construct: "method",
  call: "method",
  class: "class",
  "local class": "class",
  interface: "interface",
  type: "interface",
  "type parameter": "interface",
  enum: "enum",
  "enum member": "constant",
  var: "variable",
  let: "variable",
  "local var": "variable",
  parameter: "variable",
  const: "constant",
  property: "property",
  getter: "property",
  setter: "property",
  accessor: "property",
  module: "module",
  "external module name": "module",
  directory: "module",
  script: "module",
  keyword: "keyword",
  string: "value",
};

function kindOfEntry(
  typescript: Checker["typescript"],
  types: ts.TypeChecker,
  entry: ts.CompletionEntry,
): string {
  const { SymbolFlags } = typescript;
  if (entry.kind === typescript.ScriptElementKind.alias && entry.symbol !== undefined) {
    const target =
      entry.symbol.flags & SymbolFlags.Alias ? types.getAliasedSymbol(entry.symbol) : entry.symbol;
    if (target.flags & SymbolFlags.Class) return "class";
    if (target.flags & SymbolFlags.Function) return "function";
    if (target.flags & SymbolFlags.Enum) return "enum";
    if (target.flags & SymbolFlags.Variable) return "variable";
    if (target.flags & SymbolFlags.Type) return "interface";
    return "module";
  }
  return kindOfElement[entry.kind] ?? "text";
}

/** The word that an offset touches, if any. */
function wordAround(code: string, offset: number): { start: number; end: number } {
  const before = /[\p{ID_Continue}$\u200c\u200d]*$/u.exec(code.slice(0, offset))![0];
  const after = /^[\p{ID_Continue}$\u200c\u200d]*/u.exec(code.slice(offset))![0];
  return { start: offset - before.length, end: offset + after.length };
}

/** Whether a text ends within the quotes of an import. */
function inModuleName(before: string): boolean {
  return /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\()\s*(["'])[^"'\n]*$/.test(before);
}

function quotedAround(code: string, offset: number): { start: number; end: number } {
  const before = /[^"'\n]*$/.exec(code.slice(0, offset))![0];
  const after = /^[^"'\n;]*(?=["'])/.exec(code.slice(offset))?.[0] ?? "";
  return { start: offset - before.length, end: offset + after.length };
}

/** A name is offered when what was typed begins it, whatever the case; a quote or a `?.` before the name is no part of it. */
function matches(text: string, typed: string): boolean {
  const bare = (name: string): string => name.replace(/^(?:\?\.|["'[.]+)/, "").toLowerCase();
  return bare(text).startsWith(bare(typed));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
