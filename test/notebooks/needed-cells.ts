import ts from "typescript";
import type { Part, SourceCell } from "../../src/cli/notebooks/myst.js";

/** Methods that leave what they are called on as it was. Any other call may change its receiver. */
const reading = new Set(
  (
    "map filter forEach slice join reduce every some find findIndex findLast indexOf includes entries keys values at concat flat flatMap " +
    "toFixed toString padStart padEnd split trim row column rows cols toArray log table"
  ).split(" "),
);

interface Names {
  readonly declares: ReadonlySet<string>;
  /** Declared, and not by an import: what a library or the language gives (`plot`, `Math`), a call leaves as it was. */
  readonly variables: ReadonlySet<string>;
  readonly uses: ReadonlySet<string>;
  /** Assigned, or the receiver of a call that may change it. */
  readonly touches: ReadonlySet<string>;
}

/**
 * The code cells that the exercises of a lesson need: those that declare, or may change, what an exercise's cells use, and what
 * these need in turn. Training and drawing that no exercise asks for is left out. It errs on the side of a cell too many.
 */
export function neededCells(parts: readonly Part[]): Set<SourceCell> {
  const needed = new Set<SourceCell>();
  const variables = new Set(
    parts.flatMap((part) => {
      const cells =
        part.kind === "code" ? [part] : part.kind === "exercise" ? [part.stub, part.solution] : [];
      return cells.flatMap(({ text }) => [...namesOf(text).variables]);
    }),
  );
  parts.forEach((part, index) => {
    if (part.kind !== "exercise") return;
    const wanted = new Set([part.stub, part.solution].flatMap(({ text }) => [...namesOf(text).uses]));
    const before = parts
      .slice(0, index)
      .filter((each): each is SourceCell => each.kind === "code")
      .map((cell) => ({ cell, ...namesOf(cell.text) }));
    for (let grown = true; grown;) {
      grown = false;
      for (const { cell, declares, uses, touches } of before) {
        if (needed.has(cell) && [...uses].every((name) => wanted.has(name))) continue;
        const changes = [...touches].filter((name) => variables.has(name));
        if (![...declares, ...changes].some((name) => wanted.has(name))) continue;
        needed.add(cell);
        for (const name of uses) wanted.add(name);
        grown = true;
      }
    }
  });
  return needed;
}

function namesOf(code: string): Names {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ES2022, true);
  const declares = new Set<string>();
  const imported = new Set<string>();
  const uses = new Set<string>();
  const touches = new Set<string>();
  const root = (node: ts.Expression): string | undefined => {
    let at: ts.Expression = node;
    while (
      ts.isPropertyAccessExpression(at) ||
      ts.isElementAccessExpression(at) ||
      ts.isNonNullExpression(at)
    )
      at = at.expression;
    return ts.isIdentifier(at) ? at.text : undefined;
  };
  const touch = (node: ts.Expression): void => {
    const name = root(node);
    if (name !== undefined) touches.add(name);
  };
  const declare = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) declares.add(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) declare(element.name);
  };
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement))
      for (const { name } of statement.declarationList.declarations) declare(name);
    else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
      if (statement.name !== undefined) declares.add(statement.name.text);
    } else if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings;
      if (statement.importClause?.name !== undefined) imported.add(statement.importClause.name.text);
      if (bindings !== undefined && ts.isNamedImports(bindings))
        for (const { name } of bindings.elements) imported.add(name.text);
      else if (bindings !== undefined) imported.add((bindings as ts.NamespaceImport).name.text);
    }
  }
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) uses.add(node.text);
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) touch(node.left);
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) touch(node.operand);
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      if (!reading.has(node.expression.name.text)) touch(node.expression.expression);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { declares: new Set([...declares, ...imported]), variables: declares, uses, touches };
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
