import { escapeHtml } from "../display/index.js";
import type { PlotlyTrace } from "./figure.js";

/** The numbers of a figure: the names of the columns, and a row a point, bar or cell. */
export interface FigureTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** How many rows there were before the table was cut to a readable length. */
  readonly totalRows?: number;
}

/** More rows than this no one reads, and the notebook would grow. */
const MOST_ROWS = 200;

/** A table of at most 200 rows; a longer one is cut and says so in `totalRows`. */
export function dataTable(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): FigureTable {
  if (rows.length <= MOST_ROWS) return { columns, rows };
  return { columns, rows: rows.slice(0, MOST_ROWS), totalRows: rows.length };
}

/** The points of lines, points and bars, as [series, x, y]; without the first column when there is only one series. */
export function pointTable(
  traces: readonly PlotlyTrace[],
  { xLabel = "x", yLabel = "y" }: { readonly xLabel?: string; readonly yLabel?: string },
): FigureTable {
  const shown = traces.filter((trace) => Array.isArray(trace["x"]) && Array.isArray(trace["y"]));
  const named = shown.length > 1;
  const rows = shown.flatMap((trace, i) => {
    const name = String(trace["name"] ?? `series ${i + 1}`);
    const [x, y] = [trace["x"], trace["y"]] as (string | number)[][];
    return x.map((value, k) => [...(named ? [name] : []), value, y[k]]);
  });
  return dataTable([...(named ? ["series"] : []), xLabel, yLabel], rows);
}

/** The table as HTML that a reader opens: `<details>` with a `<table>` whose header cells are marked as such. */
export function htmlTable({ columns, rows, totalRows }: FigureTable): string {
  const head = columns.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  const body = rows.map(
    (row) => `<tr>${row.map((value) => `<td>${escapeHtml(String(value))}</td>`).join("")}</tr>`,
  );
  const cut = totalRows === undefined ? "" : `<p>The first ${rows.length} of ${totalRows} rows.</p>`;
  return `<details><summary>Data table</summary><table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>${cut}</details>`;
}
