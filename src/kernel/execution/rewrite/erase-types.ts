import type TypeScript from "typescript";
import { type LaidOut, layOut, lineStarts } from "./line-layout.js";
import { decodeMappings } from "./source-map.js";

/** A fault that keeps a text from being TypeScript at all. Line and column count from 0. */
export interface SyntaxFault {
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

export interface Erased {
  readonly faults: readonly SyntaxFault[];
  readonly javascript: LaidOut;
  /** Every word used as a name in the source; a name in the JavaScript that is not here was made by the compiler. */
  readonly words: ReadonlySet<string>;
  /** Enums and namespaces: each cell makes them anew. */
  readonly fresh: ReadonlySet<string>;
}

/** The one global through which rewritten code reaches the runtime. */
export const runtimeName = "__gradus__";

/**
 * TypeScript to JavaScript of ES2022 on the same lines. A cell (`result: true`) hands the value of its last
 * expression to the runtime; every `await` asks the runtime on waking whether its cell was stopped meanwhile.
 */
export function eraseTypes(
  ts: typeof TypeScript,
  code: string,
  { fileName, result }: { readonly fileName: string; readonly result: boolean },
): Erased {
  const words = new Set<string>();
  const fresh = new Set<string>();
  const source = code.startsWith("#!") ? `//${code.slice(2)}` : code;
  const output = ts.transpileModule(source, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      // A cell keeps imports for later cells; a module may name types without saying so.
      verbatimModuleSyntax: result,
      isolatedModules: true,
      alwaysStrict: false, // the runtime's wrapper, or being a module, makes it strict
      removeComments: true,
      sourceMap: true,
      newLine: ts.NewLineKind.LineFeed,
    },
    transformers: { before: [(context) => (file) => prepare(ts, context, file, { result, words, fresh })] },
  });
  const printed = output.outputText.replace(/\n?\/\/# sourceMappingURL=.*\n?$/, "\n");
  const map = JSON.parse(output.sourceMapText ?? '{"mappings":""}') as { readonly mappings: string };
  return {
    faults: (output.diagnostics ?? []).filter(isSyntaxFault).map((fault) => toFault(ts, source, fault)),
    javascript: layOut(ts, printed, decodeMappings(map.mappings), lineStarts(source).length),
    words,
    fresh,
  };
}

/** TypeScript numbers its syntax errors 1000 to 1999 (and 18000s for newer syntax); grammar such as `import x = require()` is tolerated. */
function isSyntaxFault({ code }: TypeScript.Diagnostic): boolean {
  return code < 1200 || (code >= 1300 && code < 2000 && code !== 1202 && code !== 1203);
}

function toFault(ts: typeof TypeScript, source: string, fault: TypeScript.Diagnostic): SyntaxFault {
  const starts = lineStarts(source);
  const at = fault.start ?? 0;
  let line = starts.length - 1;
  while (line > 0 && starts[line]! > at) line -= 1;
  return {
    message: ts.flattenDiagnosticMessageText(fault.messageText, "\n"),
    line,
    column: at - starts[line]!,
    length: fault.length ?? 1,
  };
}

function prepare(
  ts: typeof TypeScript,
  context: TypeScript.TransformationContext,
  file: TypeScript.SourceFile,
  {
    result,
    words,
    fresh,
  }: { readonly result: boolean; readonly words: Set<string>; readonly fresh: Set<string> },
): TypeScript.SourceFile {
  const { factory } = context;
  const member = (name: string): TypeScript.Expression =>
    factory.createPropertyAccessExpression(factory.createIdentifier(runtimeName), name);
  const call = (name: string, ...values: TypeScript.Expression[]): TypeScript.Expression =>
    factory.createCallExpression(member(name), undefined, values);

  const visit = (node: TypeScript.Node): TypeScript.Node => {
    if (ts.isIdentifier(node)) words.add(node.text);
    const seen = ts.visitEachChild(node, visit, context);
    if (ts.isAwaitExpression(seen)) return call("resume", member("run"), seen);
    if (ts.isForOfStatement(seen) && seen.awaitModifier !== undefined) {
      const check = factory.createExpressionStatement(
        call("resume", member("run"), factory.createVoidZero()),
      );
      const body = factory.createBlock([
        check,
        ...(ts.isBlock(seen.statement) ? seen.statement.statements : [seen.statement]),
      ]);
      return factory.updateForOfStatement(seen, seen.awaitModifier, seen.initializer, seen.expression, body);
    }
    if (!result) return seen;
    if (ts.isCallExpression(seen) && seen.expression.kind === ts.SyntaxKind.ImportKeyword) {
      return call("importModule", member("folder"), ...seen.arguments);
    }
    if (ts.isMetaProperty(seen) && seen.keywordToken === ts.SyntaxKind.ImportKeyword) return member("meta");
    if (ts.isImportEqualsDeclaration(seen) && ts.isExternalModuleReference(seen.moduleReference)) {
      const required = factory.createCallExpression(factory.createIdentifier("require"), undefined, [
        seen.moduleReference.expression,
      ]);
      const variable = factory.createVariableDeclaration(seen.name, undefined, undefined, required);
      return factory.createVariableStatement(
        undefined,
        factory.createVariableDeclarationList([variable], ts.NodeFlags.Const),
      );
    }
    return seen;
  };
  for (const statement of file.statements) {
    if (ts.isEnumDeclaration(statement) || ts.isModuleDeclaration(statement)) fresh.add(statement.name.text);
  }
  const statements = file.statements.map((statement, index) => {
    const seen = visit(statement) as TypeScript.Statement;
    const last = index === file.statements.length - 1;
    if (!result || !last || !ts.isExpressionStatement(seen) || endsInSemicolon(file, statement)) return seen;
    return factory.updateExpressionStatement(seen, call("result", seen.expression));
  });
  return factory.updateSourceFile(file, statements);
}

function endsInSemicolon(file: TypeScript.SourceFile, statement: TypeScript.Statement): boolean {
  return file.text.charAt(statement.end - 1) === ";";
}
