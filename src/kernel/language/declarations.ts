import type ts from "typescript";
import type { TypeScript } from "./typescript.js";

export type DeclarationKind =
  | "let"
  | "var"
  | "const"
  | "using"
  | "function"
  | "class"
  | "enum"
  | "namespace"
  | "interface"
  | "type"
  | "import";

export interface Declaration {
  readonly name: string;
  readonly kind: DeclarationKind;
  /** `const xs = []`: its type is what the rest of the cell puts into it. */
  readonly evolving: boolean;
  /** Whether the name means something when the cell runs. */
  readonly isValue: boolean;
  /** Whether an interface or a type of this name is declared, beside a value or alone. */
  readonly isType: boolean;
}

/** Whether a kind of declaration leaves nothing to run. */
export const isErased = (kind: DeclarationKind): boolean => kind === "interface" || kind === "type";

export interface CellNames {
  /** What the cell declares at its top level, once a name: the last declaration that makes a value wins. */
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** Names that the cell exports itself. */
  readonly exported: ReadonlySet<string>;
  /** Every identifier that may mean a name from outside: all but names after a dot. */
  readonly used: ReadonlySet<string>;
}

/** Reads what a cell declares and which names it mentions. */
export function cellNames(typescript: TypeScript, file: ts.SourceFile): CellNames {
  const declarations = new Map<string, Declaration>();
  const exported = new Set<string>();
  const used = new Set<string>();
  const { SyntaxKind, NodeFlags } = typescript;
  const declare = (name: string, kind: DeclarationKind, evolving = false): void => {
    const before = declarations.get(name);
    // One name may be declared several times: an interface beside a const, a namespace beside a class. What runs names its kind.
    const keepsKind =
      before !== undefined && (isErased(kind) || (kind === "namespace" && !isErased(before.kind)));
    declarations.set(name, {
      name,
      kind: keepsKind ? before.kind : kind,
      evolving: keepsKind ? before.evolving : evolving,
      isValue: !isErased(kind) || (before?.isValue ?? false),
      isType: isErased(kind) || (before?.isType ?? false),
    });
  };
  const bindings = (name: ts.BindingName, kind: DeclarationKind, evolving: boolean): string[] => {
    if (typescript.isIdentifier(name)) {
      declare(name.text, kind, evolving);
      return [name.text];
    }
    return name.elements.flatMap((element) =>
      typescript.isOmittedExpression(element) ? [] : bindings(element.name, kind, false),
    );
  };
  const variables = (list: ts.VariableDeclarationList): string[] => {
    const flags = list.flags & NodeFlags.BlockScoped;
    const kind =
      flags === NodeFlags.Let
        ? "let"
        : flags === NodeFlags.Const
          ? "const"
          : flags === NodeFlags.Using || flags === NodeFlags.AwaitUsing
            ? "using"
            : "var";
    return list.declarations.flatMap(({ name, type, initializer }) =>
      bindings(name, kind, kind === "const" && type === undefined && isEmptyArray(typescript, initializer)),
    );
  };
  const isExported = (node: ts.Node): boolean =>
    typescript.canHaveModifiers(node) &&
    (typescript.getModifiers(node)?.some(({ kind }) => kind === SyntaxKind.ExportKeyword) ?? false);
  const isDefault = (node: ts.Node): boolean =>
    typescript.canHaveModifiers(node) &&
    (typescript.getModifiers(node)?.some(({ kind }) => kind === SyntaxKind.DefaultKeyword) ?? false);

  for (const statement of file.statements) {
    const names: string[] = [];
    const named = (name: ts.Identifier | undefined, kind: DeclarationKind): void => {
      if (name === undefined || name.text === "") return;
      declare(name.text, kind);
      names.push(name.text);
    };
    if (typescript.isVariableStatement(statement)) names.push(...variables(statement.declarationList));
    else if (typescript.isFunctionDeclaration(statement)) named(statement.name, "function");
    else if (typescript.isClassDeclaration(statement)) named(statement.name, "class");
    else if (typescript.isEnumDeclaration(statement)) named(statement.name, "enum");
    else if (typescript.isInterfaceDeclaration(statement)) named(statement.name, "interface");
    else if (typescript.isTypeAliasDeclaration(statement)) named(statement.name, "type");
    else if (typescript.isImportEqualsDeclaration(statement)) named(statement.name, "import");
    else if (typescript.isModuleDeclaration(statement)) {
      let { name } = statement;
      if (typescript.isIdentifier(name) && name.text !== "global") named(name, "namespace");
      name = statement.name;
    } else if (typescript.isImportDeclaration(statement)) {
      const clause = statement.importClause;
      if (clause?.name) declare(clause.name.text, "import");
      const bound = clause?.namedBindings;
      if (bound && typescript.isNamespaceImport(bound)) declare(bound.name.text, "import");
      else if (bound) bound.elements.forEach(({ name }) => declare(name.text, "import"));
    } else if (typescript.isExportDeclaration(statement)) {
      const clause = statement.exportClause;
      if (clause && typescript.isNamedExports(clause))
        clause.elements.forEach(({ name }) => exported.add(name.text));
    }
    if (isExported(statement) && !isDefault(statement)) names.forEach((name) => exported.add(name));
    hoistedVariables(typescript, statement, (list) => variables(list));
  }

  const visit = (node: ts.Node): void => {
    if (typescript.isIdentifier(node)) used.add(node.text);
    else if (typescript.isPropertyAccessExpression(node)) visit(node.expression);
    else typescript.forEachChild(node, visit);
  };
  visit(file);
  return { declarations, exported, used };
}

function isEmptyArray(typescript: TypeScript, node: ts.Expression | undefined): boolean {
  return node !== undefined && typescript.isArrayLiteralExpression(node) && node.elements.length === 0;
}

/** `var` inside blocks and loops of the top level declares a name of the cell; inside functions it doesn't. */
function hoistedVariables(
  typescript: TypeScript,
  statement: ts.Node,
  found: (list: ts.VariableDeclarationList) => void,
): void {
  const visit = (node: ts.Node): void => {
    if (typescript.isFunctionLike(node) || typescript.isClassLike(node) || typescript.isModuleBlock(node))
      return;
    if (typescript.isVariableDeclarationList(node)) {
      if ((node.flags & typescript.NodeFlags.BlockScoped) === 0) found(node);
    }
    typescript.forEachChild(node, visit);
  };
  if (!typescript.isVariableStatement(statement)) visit(statement);
}
