import ts from "typescript";
import { editionCells, editions } from "../editions.js";
import type { LessonSource, SourceCell } from "../myst.js";

/**
 * What tslab, the second kernel, would only find out at run time: it rewrites the names of earlier cells, but not in
 * shorthand properties, so `{ sigmoid }` is "not defined" there when `sigmoid` comes from another cell.
 */
export function secondKernelFaults(lesson: LessonSource): string[] {
  const faults = new Set<string>();
  for (const edition of editions) {
    for (const cell of editionCells(lesson.parts, edition)) {
      if (cell.kind !== "code") continue;
      for (const { name, line } of foreignShorthands(cell)) {
        faults.add(
          `${lesson.file}:${line}: tslab does not know "${name}" of an earlier cell in { ${name} }. ` +
            `Write { ${name}: ${name} }.`,
        );
      }
    }
  }
  return [...faults];
}

/** Shorthand properties whose name the cell itself declares nowhere. */
function foreignShorthands(cell: SourceCell): { readonly name: string; readonly line: number }[] {
  const source = ts.createSourceFile("cell.ts", cell.text, ts.ScriptTarget.ES2022, true);
  const declared = new Set<string>();
  const shorthands: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isShorthandPropertyAssignment(node)) shorthands.push(node.name);
    const name = (node as Partial<ts.NamedDeclaration>).name;
    const declares =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isImportSpecifier(node);
    if (declares && name !== undefined && ts.isIdentifier(name)) declared.add(name.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return shorthands
    .filter(({ text }) => !declared.has(text) && !(text in globalThis))
    .map((node) => ({
      name: node.text,
      line: cell.line + source.getLineAndCharacterOfPosition(node.getStart()).line,
    }));
}
