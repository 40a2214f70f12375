import * as fs from "node:fs";
import { errorCode, Problem } from "../problem.js";

/** One output of a code cell, as in https://nbformat.readthedocs.io/en/latest/format_description.html. */
export type Output =
  | { readonly output_type: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | {
      readonly output_type: "error";
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    }
  | {
      readonly output_type: "display_data" | "execute_result";
      readonly data: Readonly<Record<string, unknown>>;
      readonly metadata: Readonly<Record<string, unknown>>;
      readonly execution_count?: number | null;
    };

export interface Cell {
  readonly cell_type: "code" | "markdown" | "raw";
  readonly id: string;
  readonly source: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly execution_count?: number | null;
  readonly outputs?: readonly Output[];
}

/** A notebook of format 4.5, its texts joined to single strings. */
export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly nbformat: 4;
  readonly nbformat_minor: number;
}

/** A text that the format may store as one string or as a list of lines. */
function joined(text: unknown): string {
  return Array.isArray(text) ? text.join("") : typeof text === "string" ? text : "";
}

function joinBundle(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).map(([mime, value]) => [
      mime,
      Array.isArray(value) && !mime.endsWith("json") ? value.join("") : value,
    ]),
  );
}

/** Reads a notebook; a `Problem` names the file and what is wrong with it. */
export function readNotebook(file: string): Notebook {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (error) {
    throw new Problem(
      errorCode(error) === "ENOENT"
        ? `There is no notebook ${file}.`
        : `${file} can't be read (${errorCode(error)}).`,
    );
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Problem(
      `${file} is not a notebook: it is not valid JSON (${error instanceof Error ? error.message : ""}).`,
    );
  }
  const raw = json as {
    cells?: unknown;
    metadata?: Record<string, unknown>;
    nbformat?: unknown;
    nbformat_minor?: number;
  } | null;
  if (raw === null || typeof raw !== "object" || raw.nbformat !== 4 || !Array.isArray(raw.cells)) {
    throw new Problem(`${file} is not a notebook of format 4: expected "nbformat": 4 and a list of cells.`);
  }
  const cells = (raw.cells as Record<string, unknown>[]).map((cell, index): Cell => ({
    cell_type: cell["cell_type"] as Cell["cell_type"],
    id: typeof cell["id"] === "string" ? cell["id"] : `cell-${index}`,
    source: joined(cell["source"]),
    metadata: (cell["metadata"] ?? {}) as Record<string, unknown>,
    ...(cell["cell_type"] === "code"
      ? {
          execution_count: (cell["execution_count"] ?? null) as number | null,
          outputs: ((cell["outputs"] ?? []) as Record<string, unknown>[]).map(readOutput),
        }
      : {}),
  }));
  return { cells, metadata: raw.metadata ?? {}, nbformat: 4, nbformat_minor: raw.nbformat_minor ?? 5 };
}

function readOutput(output: Record<string, unknown>): Output {
  if (output["output_type"] === "stream") return { ...output, text: joined(output["text"]) } as Output;
  if (output["output_type"] === "error") return output as unknown as Output;
  return { ...output, data: joinBundle((output["data"] ?? {}) as Record<string, unknown>) } as Output;
}

function lines(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

/** The notebook's text in nbformat's own layout (one space, sorted keys, lists of lines), so that diffs stay small. */
export function notebookText(notebook: Notebook): string {
  const split = {
    ...notebook,
    cells: notebook.cells.map((cell) => ({
      ...cell,
      source: lines(cell.source),
      ...(cell.outputs === undefined ? {} : { outputs: cell.outputs.map(splitOutput) }),
    })),
  };
  return JSON.stringify(sorted(split), null, 1) + "\n";
}

function splitOutput(output: Output): unknown {
  if (output.output_type === "stream") return { ...output, text: lines(output.text) };
  if (output.output_type === "error") return output;
  return {
    ...output,
    data: Object.fromEntries(
      Object.entries(output.data).map(([mime, value]) => [
        mime,
        typeof value === "string" && mime.startsWith("text/") ? lines(value) : value,
      ]),
    ),
  };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/** Writes a file so that a reader sees the old one or the new one, never half of it. */
export function writeWhole(file: string, text: string): void {
  fs.writeFileSync(`${file}.new`, text);
  fs.renameSync(`${file}.new`, file);
}
