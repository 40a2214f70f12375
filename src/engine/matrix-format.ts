import type { Dtype, FloatArray } from "./dtype.js";
import { formatShape, type Shape } from "./shape-error.js";

interface Formattable {
  readonly rows: number;
  readonly cols: number;
  readonly shape: Shape;
  readonly dtype: Dtype;
  readonly data: FloatArray;
}

const mostLines = 10;
const mostColumns = 10;

/** The matrix as text: its shape and format, then its rows, with `…` for what was left out beyond 10 rows or columns. */
export function formatMatrix(matrix: Formattable): string {
  const rows = shownIndices(matrix.rows, mostLines);
  const cols = shownIndices(matrix.cols, mostColumns);
  const cells = rows.map((r) =>
    cols.map((c) =>
      r === undefined || c === undefined ? "…" : formatNumber(matrix.data[r * matrix.cols + c]),
    ),
  );
  const widths = cols.map((_, i) => Math.max(...cells.map((line) => line[i].length)));
  const lines = cells.map((line) => "  [" + line.map((cell, i) => cell.padStart(widths[i])).join(", ") + "]");
  return [`Matrix ${formatShape(matrix.shape)} ${matrix.dtype}`, ...lines].join("\n");
}

/** All indices, or the first and last ones around one gap (undefined). */
function shownIndices(count: number, most: number): (number | undefined)[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  const half = most / 2;
  const head = Array.from({ length: half }, (_, i) => i);
  return [...head, undefined, ...head.map((i) => count - half + i)];
}

/** At most 5 significant digits and no trailing zeros: enough to compare, short enough to line up. */
function formatNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e9
    ? String(value)
    : String(Number(value.toPrecision(5)));
}
