/** Rows as aligned columns of text; columns of numbers stand right. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, col) => Math.max(...all.map((row) => row[col].length)));
  const right = head.map((_, col) => rows.length > 0 && rows.every((row) => /^[\d.,%]*$/.test(row[col])));
  return all
    .map((row) =>
      row
        .map((cell, col) => (right[col] ? cell.padStart(widths[col]) : cell.padEnd(widths[col])))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
