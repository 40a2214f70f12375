import * as path from "node:path";
import ts from "typescript";

/**
 * What TypeDoc reads instead of `src/index.ts`: the same exports, but constants that are a bundle of functions, such as
 * `plot` with `plot.line`, as namespaces, because only then it explains the functions. File names with their texts,
 * made for `folder`. `introduction` is Markdown for the first page.
 */
export function docsEntry(
  src: string,
  { folder, introduction }: { readonly folder: string; readonly introduction: string },
): Map<string, string> {
  const door = path.join(src, "index.ts");
  const program = ts.createProgram([door], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    noEmit: true,
    noLib: true,
    skipLibCheck: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(door)!)!);
  const isPublic = new Set<ts.Node | undefined>(
    exported.map((symbol) => resolved(checker, symbol).declarations?.[0]),
  );
  const files = new Map<string, string>();
  const lines = [docComment(introduction), `export * from ${specifier(folder, door)};`];
  for (const { name, ...bundle } of exported.flatMap((symbol) => bundleOf(checker, symbol, isPublic) ?? [])) {
    const exports = bundle.functions.map(
      ([property, target, file]) => `export { ${target} as ${property} } from ${specifier(folder, file)};`,
    );
    files.set(`${name}.ts`, [docComment(bundle.comment), ...exports, ""].join("\n"));
    lines.push(`export * as ${name} from "./${name}.js";`);
  }
  return files.set("entry.ts", [...lines, ""].join("\n"));
}

interface Bundle {
  readonly name: string;
  /** The doc comment of the constant, without its stars. */
  readonly comment: string;
  readonly functions: readonly (readonly [property: string, target: string, file: string])[];
}

/** A constant all of whose properties are functions that other files export, but "gradus" itself does not. */
function bundleOf(
  checker: ts.TypeChecker,
  symbol: ts.Symbol,
  isPublic: ReadonlySet<ts.Node | undefined>,
): Bundle | undefined {
  const constant = resolved(checker, symbol);
  const declaration = constant.declarations?.find(ts.isVariableDeclaration);
  if (declaration === undefined) return undefined;
  const functions = checker.getPropertiesOfType(checker.getTypeOfSymbol(constant)).map((property) => {
    const target = checker.getTypeOfSymbol(property).getCallSignatures()[0]?.declaration;
    const isNamed = target !== undefined && ts.isFunctionDeclaration(target) && target.name !== undefined;
    return isNamed && isExported(target) && !isPublic.has(target)
      ? ([property.name, target.name.text, target.getSourceFile().fileName] as const)
      : undefined;
  });
  if (functions.length === 0 || functions.includes(undefined)) return undefined;
  const [comment] = ts.getJSDocCommentsAndTags(declaration);
  return {
    name: symbol.name,
    comment: comment === undefined ? "" : plainText(comment.getText()),
    functions: functions.filter((entry) => entry !== undefined),
  };
}

/** The comment of a whole file. */
function docComment(text: string): string {
  return ["/**", ...text.split("\n").map((line) => ` * ${line}`), " *", " * @module", " */"].join("\n");
}

function plainText(comment: string): string {
  return comment.replace(/^\/\*\*[ \n]?|\s*\*\/$/g, "").replace(/^\s*\* ?/gm, "");
}

/** The symbol itself, behind the names under which it is exported. */
function resolved(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function isExported(declaration: ts.FunctionDeclaration): boolean {
  return (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0;
}

/** `"../../src/plots/line.js"`, as an import in `folder` writes it. */
function specifier(folder: string, file: string): string {
  return JSON.stringify(path.relative(folder, file).replaceAll(path.sep, "/").replace(/\.ts$/, ".js"));
}
