import { DataError, OptionError, SparseMatrix } from "../engine/index.js";

/** How a word that occurs c times in a text of n kept words is weighed. */
export type MatrixMode = "binary" | "count" | "tfidf" | "freq";

/** c: occurrences in the text; n: words of the text that have a number; idf: inverse document frequency of the word. */
type Weight = (c: number, n: number, idf: number) => number;

const weights: Readonly<Record<MatrixMode, Weight>> = {
  binary: () => 1,
  count: (c) => c,
  tfidf: (c, _n, idf) => (1 + Math.log(c)) * idf,
  freq: (c, n) => c / n,
};

/** Throws OptionError that lists the modes if this is none. */
export function checkMode(operation: string, mode: MatrixMode): MatrixMode {
  if (Object.hasOwn(weights, mode)) return mode;
  throw new OptionError(
    `${operation}: mode must be one of ${Object.keys(weights).join(", ")}, got ${JSON.stringify(mode)}.`,
    { option: "mode", value: mode },
  );
}

interface Weighing {
  readonly operation: string;
  /** Columns; a number of this size or above is left out of the row, but counts in the length of the text. */
  readonly cols: number;
  readonly mode: MatrixMode;
  /** idf = ln(1 + N / (1 + documents with the word)) of each column; only read by tfidf. */
  readonly idf: (column: number) => number;
}

/** One row a sequence of word numbers, one column a word: the document-term matrix, shape [sequences, cols]. */
export function documentMatrix(
  sequences: Iterable<readonly number[]>,
  { operation, cols, mode, idf }: Weighing,
): SparseMatrix {
  const weight = weights[mode];
  const idfs = Float64Array.from({ length: mode === "tfidf" ? cols : 0 }, (_, column) => idf(column));
  const counts = new Int32Array(cols);
  const rowStarts = [0];
  const columns: number[] = [];
  const values: number[] = [];
  let row = 0;
  for (const sequence of sequences) {
    const met: number[] = [];
    for (const number of sequence) {
      if (!Number.isSafeInteger(number) || number < 0) {
        throw new DataError(
          operation,
          `sequence ${row} has ${String(number)}; a word's number is 0, 1, 2, …`,
        );
      }
      if (number < cols && counts[number]++ === 0) met.push(number);
    }
    met.sort((a, b) => a - b);
    for (const column of met) {
      columns.push(column);
      values.push(weight(counts[column], sequence.length, idfs[column]));
      counts[column] = 0;
    }
    rowStarts.push(columns.length);
    row++;
  }
  return new SparseMatrix([row, cols], {
    rowStarts: new Int32Array(rowStarts),
    columns: new Int32Array(columns),
    values: new Float32Array(values),
  });
}
