import * as path from "node:path";
import ts from "typescript";

/** The project, and the file through which everything public goes. */
export const root: string = path.resolve(import.meta.dirname, "..", "..");
const door = path.join(root, "src", "index.ts");

/** An `@example` of a doc comment. */
export interface Example {
  /** `Matrix.from`, or `Matrix.from 2` for its second example. */
  readonly title: string;
  readonly file: string;
  readonly code: string;
}

/** Something that a learner can import from "gradus", or a method of it. */
export interface PublicName {
  /** `Matrix`, `Matrix.from`, `plot.line`. */
  readonly name: string;
  /** Of its first declaration, relative to the project, with `/`. */
  readonly file: string;
  /** Whether its doc comment says anything. */
  readonly documented: boolean;
  /** A function, class or constant of which an example is due; false for types and for the members that say it all by their name. */
  readonly wantsExample: boolean;
  readonly examples: readonly Example[];
}

/** Methods of these are shown one by one; the example of any other class shows its methods at work. */
const shownByMethod = new Set([
  ...["Figure", "Frame", "Matrix", "Random", "Sequential", "SparseMatrix", "Tokenizer", "Value"],
]);

/** What JavaScript itself calls: it needs no example. */
const calledByJavaScript = new Set(["toString", "toJSON"]);

export const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  noEmit: true,
  skipLibCheck: true,
  paths: { gradus: [door] },
};

/** A program over the sources and `extra` files that exist only here. */
export function programOf(extra: ReadonlyMap<string, string> = new Map()): ts.Program {
  const host = ts.createCompilerHost(compilerOptions);
  const { getSourceFile, fileExists } = host;
  host.getCurrentDirectory = () => root;
  host.fileExists = (name) => extra.has(path.normalize(name)) || fileExists.call(host, name);
  host.getSourceFile = (name, ...rest) => {
    const text = extra.get(path.normalize(name));
    if (text !== undefined) return ts.createSourceFile(name, text, rest[0], true);
    const known = parsed.get(name) ?? getSourceFile.call(host, name, ...rest);
    if (known !== undefined) parsed.set(name, known);
    return known;
  };
  return ts.createProgram([door, ...extra.keys()], compilerOptions, host);
}

const parsed = new Map<string, ts.SourceFile>();

/** Everything public, in the order of its names. */
export function publicApi(program: ts.Program): PublicName[] {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(door)!)!;
  const exports = checker.getExportsOfModule(module).map((symbol) => ({
    name: symbol.name,
    symbol: symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
    // A class behind `export type` cannot be made.
    isValue: !symbol.declarations?.some(ts.isTypeOnlyImportOrExportDeclaration),
  }));
  const found = exports.flatMap(({ name, symbol, isValue }) => [
    describe(checker, {
      name,
      symbol,
      wantsExample: isValue && (symbol.flags & ts.SymbolFlags.Value) !== 0,
    }),
    ...membersOf(checker, name, symbol),
  ]);
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function membersOf(checker: ts.TypeChecker, owner: string, symbol: ts.Symbol): PublicName[] {
  const declaration = symbol.declarations?.[0];
  if (declaration === undefined) return [];
  if (ts.isClassDeclaration(declaration)) {
    const members = [...(symbol.members?.values() ?? []), ...(symbol.exports?.values() ?? [])];
    return members
      .filter(
        (member) => member.flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Accessor) && isPublic(member),
      )
      .map((member) => {
        const isShown = shownByMethod.has(owner) && (member.flags & ts.SymbolFlags.Method) !== 0;
        const wantsExample = isShown && !calledByJavaScript.has(member.name);
        return describe(checker, { name: `${owner}.${member.name}`, symbol: member, wantsExample });
      });
  }
  if (ts.isInterfaceDeclaration(declaration)) {
    return [...(symbol.members?.values() ?? [])]
      .filter((member) => member.flags & ts.SymbolFlags.Method)
      .map((member) =>
        describe(checker, { name: `${owner}.${member.name}`, symbol: member, wantsExample: false }),
      );
  }
  if (!ts.isVariableDeclaration(declaration)) return [];
  // `plot.line` and `frame.read` are functions behind one name. What lies behind other constants is exported by itself.
  return checker.getPropertiesOfType(checker.getTypeOfSymbol(symbol)).flatMap((member) => {
    const target = checker.getTypeOfSymbol(member).getCallSignatures()[0]?.declaration;
    if (target === undefined || !ts.isFunctionDeclaration(target) || target.name === undefined) return [];
    const symbol = checker.getSymbolAtLocation(target.name)!;
    return describe(checker, { name: `${owner}.${member.name}`, symbol, wantsExample: true });
  });
}

function isPublic(member: ts.Symbol): boolean {
  const declaration = member.declarations![0]!;
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return (
    (ts.getCombinedModifierFlags(declaration) & hidden) === 0 &&
    ts.isIdentifier(ts.getNameOfDeclaration(declaration)!)
  );
}

function describe(
  checker: ts.TypeChecker,
  { name, symbol, wantsExample }: { name: string; symbol: ts.Symbol; wantsExample: boolean },
): PublicName {
  const declarations = symbol.declarations ?? [];
  const file = path.relative(root, declarations[0]!.getSourceFile().fileName).replaceAll(path.sep, "/");
  const tags = declarations.flatMap((declaration) => ts.getJSDocTags(declaration));
  const codes = [...new Set(tags.filter((tag) => tag.tagName.text === "example"))].map(
    (tag) => ts.getTextOfJSDocComment(tag.comment) ?? "",
  );
  return {
    name,
    file,
    // A method without a doc comment of its own takes that of the interface or class it comes from, as in an editor.
    documented: symbol.getDocumentationComment(checker).length > 0,
    wantsExample,
    examples: codes.map((code, i) => ({ title: i === 0 ? name : `${name} ${i + 1}`, file, code })),
  };
}

/** Doc comments in `src` whose examples no public name carries: they would never be run. */
export function strayExamples(program: ts.Program, api: readonly PublicName[]): string[] {
  const known = new Set(api.flatMap(({ examples }) => examples.map(({ file, code }) => `${file} ${code}`)));
  const stray: string[] = [];
  for (const source of program.getSourceFiles()) {
    const file = path.relative(root, source.fileName).replaceAll(path.sep, "/");
    if (!file.startsWith("src/") || file.endsWith(".d.ts")) continue;
    const visit = (node: ts.Node): void => {
      for (const tag of ts.getJSDocTags(node)) {
        const code = ts.getTextOfJSDocComment(tag.comment) ?? "";
        if (tag.tagName.text === "example" && !known.has(`${file} ${code}`)) {
          stray.push(`${file}: ${code.split("\n").at(-1) ?? ""}`);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return [...new Set(stray)];
}

/** Statements below which comments tell what is printed; a `fit` prints what its callbacks print. */
const printing = /\b(console\.log|display|check|hint|solution|quiz|predict|progress)\(|\.fit\(/;

/**
 * What the comments of an example say that it prints, line by line, and the same code as JavaScript. */
export function readExample(code: string): { readonly expected: string[]; readonly script: string } {
  const source = ts.createSourceFile("example.ts", code, ts.ScriptTarget.ES2022, true);
  const expected = source.statements
    .filter((statement) => printing.test(statement.getText()))
    .flatMap((statement) => outputAfter(code, statement.end));
  return { expected, script: scriptOf(code) };
}

/** The comment on the line where a statement ends; failing that, the comment lines right below it. */
function outputAfter(code: string, end: number): string[] {
  const [rest = "", ...below] = code.slice(end).split("\n");
  const beside = /^;?\s*\/\/ ?(.*)$/.exec(rest);
  if (beside !== null) return [beside[1]!.trimEnd()];
  const next = below.findIndex((line) => !/^\s*\/\//.test(line));
  return below.slice(0, next < 0 ? undefined : next).map((line) => line.replace(/^\s*\/\/ ?/, "").trimEnd());
}

/** The body of an async function with the parameter `load`: imports become `await load("gradus")`. */
function scriptOf(code: string): string {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  });
  const source = ts.createSourceFile(
    "example.js",
    outputText,
    ts.ScriptTarget.ES2022,
    true,
    ts.ScriptKind.JS,
  );
  return source.statements
    .map((statement) => {
      if (!ts.isImportDeclaration(statement)) return statement.getText();
      const bindings = statement.importClause?.namedBindings;
      if (bindings === undefined || !ts.isNamedImports(bindings)) {
        throw new Error(
          `an example imports by name, as in import { dense } from "gradus"; got ${statement.getText()}`,
        );
      }
      const names = bindings.elements.map(({ name, propertyName }) =>
        propertyName === undefined ? name.text : `${propertyName.text}: ${name.text}`,
      );
      return `const { ${names.join(", ")} } = await load(${statement.moduleSpecifier.getText()});`;
    })
    .join("\n");
}
