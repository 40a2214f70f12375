import type TypeScript from "typescript";
import { runtimeName } from "./erase-types.js";
import type { LaidOut } from "./line-layout.js";
import { TextEdits } from "./text-edits.js";

export interface Bound {
  /** The names that the cell declares at its top level. */
  readonly names: readonly string[];
  /** Runs first: imports, and functions so that they are hoisted. */
  readonly head: LaidOut | undefined;
  readonly body: LaidOut;
  readonly headIsAsync: boolean;
  readonly bodyIsAsync: boolean;
}

/**
 * Top-level declarations become assignments to variables of the session, which the runtime declares once by `let`:
 * so each kind of declaration can follow each other kind, closures see later writes, and a cell that fails half way
 * leaves earlier values alone.
 *
 * Head and body are the same text with the other's part blanked, so that both keep their lines.
 */
export function bindTopLevel(
  ts: typeof TypeScript,
  javascript: LaidOut,
  { words, fresh }: { readonly words: ReadonlySet<string>; readonly fresh: ReadonlySet<string> },
): Bound {
  const { text, origins } = javascript;
  const file = ts.createSourceFile("cell.js", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const names = new Set<string>();
  const head = new TextEdits(text);
  const body = new TextEdits(text);
  let hasHead = false;
  let hasImports = false;

  for (const statement of file.statements) {
    const start = statement.getStart(file);
    const { end } = statement;
    if (ts.isFunctionDeclaration(statement) && statement.name !== undefined) {
      hasHead = true;
      names.add(statement.name.text);
      body.blank(start, end);
      const isAsync = hasModifier(ts, statement, ts.SyntaxKind.AsyncKeyword);
      const star = statement.asteriskToken === undefined ? "" : "*";
      head.replace(
        start,
        statement.name.end,
        `${statement.name.text} = ${isAsync ? "async " : ""}function${star} `,
      );
      head.insert(end, ";");
      continue;
    }
    if (ts.isImportDeclaration(statement)) {
      hasHead = hasImports = true;
      body.blank(start, end);
      head.replace(start, end, importText(ts, file, statement, names));
      continue;
    }
    if (isCompilerHelper(ts, statement, words)) continue; // both parts may use it
    head.blank(start, end);
    rewriteStatement(statement);
  }

  function rewriteStatement(statement: TypeScript.Statement): void {
    const start = statement.getStart(file);
    if (ts.isClassDeclaration(statement)) {
      const keyword = statement.getChildren(file).find(({ kind }) => kind === ts.SyntaxKind.ClassKeyword)!;
      const name = statement.name?.text;
      if (name !== undefined) names.add(name);
      body.replace(start, keyword.getStart(file), name === undefined ? "(" : `${name} = `);
      body.insert(statement.end, name === undefined ? ");" : ";");
    } else if (ts.isFunctionDeclaration(statement)) {
      body.blank(start, statement.end); // export default function without a name: nothing can reach it
    } else if (ts.isVariableStatement(statement)) {
      assignInstead(statement.declarationList, start);
    } else if (ts.isExportDeclaration(statement)) {
      if (statement.moduleSpecifier === undefined) body.blank(start, statement.end);
      else body.replace(start, statement.end, `await ${importCall(file, statement.moduleSpecifier)};`);
    } else if (ts.isExportAssignment(statement)) {
      body.replace(start, statement.expression.getStart(file), "(");
      body.insert(statement.expression.end, ")");
    } else {
      nestedVars(statement);
    }
  }

  /** `var` belongs to the session from within any block, but not from within a function. */
  function nestedVars(node: TypeScript.Node): void {
    ts.forEachChild(node, (child) => {
      if (ts.isFunctionLike(child) || ts.isClassLike(child)) return;
      if (ts.isVariableDeclarationList(child) && (child.flags & ts.NodeFlags.BlockScoped) === 0) {
        assignInstead(child, child.getStart(file));
      }
      nestedVars(child);
    });
  }

  function assignInstead(list: TypeScript.VariableDeclarationList, start: number): void {
    const first = list.declarations[0]!;
    const loopTarget = ts.isForOfStatement(list.parent) || ts.isForInStatement(list.parent);
    const isVar = (list.flags & ts.NodeFlags.BlockScoped) === 0;
    body.replace(start, first.getStart(file), "");
    let written = 0;
    list.declarations.forEach((declaration, index) => {
      for (const name of boundNames(ts, declaration.name)) names.add(name);
      const from = declaration.getStart(file);
      const previous = index === 0 ? undefined : list.declarations[index - 1]!;
      if (previous !== undefined) {
        const comma = written > 0 && !isLeftAlone(declaration, isVar) ? "," : " ";
        body.replace(previous.end, from, comma + text.slice(previous.end, from).replace(/[^\n]+/g, " "));
      }
      if (declaration.initializer === undefined) {
        if (loopTarget) return;
        if (isLeftAlone(declaration, isVar)) {
          body.replace(from, declaration.end, "");
          return;
        }
        body.insert(declaration.end, " = void 0");
      } else if (ts.isObjectBindingPattern(declaration.name)) {
        body.insert(from, "(");
        body.insert(declaration.end, ")");
      }
      written += 1;
    });
  }

  /** `var x;` keeps a value that is there; an enum or namespace begins anew in every cell. */
  function isLeftAlone(declaration: TypeScript.VariableDeclaration, isVar: boolean): boolean {
    return (
      isVar &&
      declaration.initializer === undefined &&
      !(ts.isIdentifier(declaration.name) && fresh.has(declaration.name.text))
    );
  }

  return {
    names: [...names],
    head: hasHead ? head.apply(origins) : undefined,
    body: body.apply(origins),
    headIsAsync: hasImports,
    bodyIsAsync: awaits(ts, file),
  };
}

function isCompilerHelper(
  ts: typeof TypeScript,
  statement: TypeScript.Statement,
  words: ReadonlySet<string>,
): boolean {
  return (
    ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.every(({ name }) => ts.isIdentifier(name) && !words.has(name.text))
  );
}

function hasModifier(
  ts: typeof TypeScript,
  node: TypeScript.HasModifiers,
  kind: TypeScript.SyntaxKind,
): boolean {
  return ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false;
}

function boundNames(ts: typeof TypeScript, name: TypeScript.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : boundNames(ts, element.name),
  );
}

function importCall(
  file: TypeScript.SourceFile,
  specifier: TypeScript.Expression,
  attributes?: TypeScript.ImportAttributes,
): string {
  const options =
    attributes === undefined ? "" : `, { with: ${attributes.getText(file).replace(/^\w+\s*/, "")} }`;
  return `${runtimeName}.importModule(${runtimeName}.folder, ${specifier.getText(file)}${options})`;
}

function importText(
  ts: typeof TypeScript,
  file: TypeScript.SourceFile,
  statement: TypeScript.ImportDeclaration,
  names: Set<string>,
): string {
  const call = `await ${importCall(file, statement.moduleSpecifier, statement.attributes)}`;
  const clause = statement.importClause;
  if (clause === undefined) return `${call};`;
  const assignments: string[] = [];
  const take = (local: string, exported: string): void => {
    names.add(local);
    assignments.push(`${local} = ${runtimeName}.pick($module, ${JSON.stringify(exported)});`);
  };
  if (clause.name !== undefined) take(clause.name.text, "default");
  const { namedBindings } = clause;
  if (namedBindings !== undefined && ts.isNamespaceImport(namedBindings)) {
    names.add(namedBindings.name.text);
    assignments.push(`${namedBindings.name.text} = $module;`);
  } else if (namedBindings !== undefined) {
    for (const { name, propertyName } of namedBindings.elements) take(name.text, (propertyName ?? name).text);
  }
  const extraLines = "\n".repeat(statement.getText(file).split("\n").length - 1);
  return `{ const $module = ${call}; ${assignments.join(" ")} }${extraLines}`;
}

/** True when the top level itself waits, not only a function within it. */
function awaits(ts: typeof TypeScript, file: TypeScript.SourceFile): boolean {
  const visit = (node: TypeScript.Node): boolean => {
    if (ts.isFunctionLike(node)) return false;
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined))
      return true;
    if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) return true;
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(file);
}
