import { escapeHtml } from "../display/index.js";
import type { Cell } from "./cell.js";

export interface TableView {
  readonly columns: readonly string[];
  /** Row labels, one a row. */
  readonly index: readonly (string | number)[];
  readonly rows: readonly (readonly Cell[])[];
  /** How many rows the whole table has; more than are shown here if it was shortened. */
  readonly totalRows: number;
}

/**
 * The table as HTML without colours of its own: JupyterLab styles every table in an output, light and dark.
 * (`dataframe` is the class that pandas uses and that other viewers style.)
 */
export function htmlTable({ columns, index, rows, totalRows }: TableView): string {
  const head = ["", ...columns].map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  const body = rows
    .map((cells, row) => {
      const label = `<th scope="row">${escapeHtml(String(index[row]))}</th>`;
      return `<tr>${label}${cells.map((cell) => `<td>${htmlCell(cell)}</td>`).join("")}</tr>`;
    })
    .join("");
  const caption = `<p>${escapeHtml(size(totalRows, columns.length, rows.length))}</p>`;
  return `<div><table class="dataframe"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>${caption}</div>`;
}

/** The table as plain text in aligned columns, numbers to the right. */
export function textTable({ columns, index, rows, totalRows }: TableView): string {
  const lines = [
    ["", ...columns],
    ...rows.map((cells, row) => [
      String(index[row]),
      ...cells.map((cell) => cellText(cell).replace(/\s+/g, " ")),
    ]),
  ];
  const numeric = columns.map((_, column) => rows.every((cells) => typeof cells[column] !== "string"));
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => [...line[column]].length)));
  const text = lines.map((line) =>
    line
      .map((cell, column) => {
        const space = " ".repeat(widths[column] - [...cell].length);
        return column > 0 && numeric[column - 1] ? space + cell : cell + space;
      })
      .join("  ")
      .trimEnd(),
  );
  return [...text, size(totalRows, columns.length, rows.length)].join("\n");
}

/** At most six significant digits, `missing` for null. */
export function cellText(cell: Cell): string {
  if (cell === null) return "missing";
  return typeof cell === "number" ? String(Number(cell.toPrecision(6))) : String(cell);
}

function htmlCell(cell: Cell): string {
  return cell === null ? "<em>missing</em>" : escapeHtml(cellText(cell));
}

function size(rows: number, columns: number, shown: number): string {
  const shape = `${rows} ${rows === 1 ? "row" : "rows"} × ${columns} ${columns === 1 ? "column" : "columns"}`;
  return shown < rows ? `${shape} (first ${shown} rows shown)` : shape;
}
