import { escapeHtml } from "../display/index.js";
import { type ExperimentRun, nameOf } from "./run.js";

/** Runs as a table: a row a run, a column for every choice that is not the same in all of them. */
export interface LedgerTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The choices that all runs share, as a sentence; empty if there are none. */
  readonly same: string;
}

/** The table of these runs. */
export function ledgerTable(runs: readonly ExperimentRun[]): LedgerTable {
  const choices = fieldsOf(runs.map(choicesOf));
  const texts = choices.map((name) => runs.map((run) => shown(choicesOf(run)[name])));
  const isShared = texts.map((own) => runs.length > 1 && new Set(own).size === 1);
  const varying = choices.filter((_, i) => !isShared[i]);
  const shared = choices.flatMap((name, i) => (isShared[i] ? [`${name} ${texts[i][0]}`] : []));
  const scores = fieldsOf(runs.map((run) => run.scores));
  return {
    head: ["run", ...varying, ...scores],
    rows: runs.map((run) => [
      nameOf(run),
      ...varying.map((name) => shown(choicesOf(run)[name])),
      ...scores.map((name) => shown(run.scores[name])),
    ]),
    same: shared.length === 0 ? "" : `The same in all: ${shared.join(", ")}.`,
  };
}

/** Config, seed and data under one roof; a name of the config wins no fight: it is shown as `config.seed`. */
export function choicesOf({ config, seed, data }: ExperimentRun): Record<string, unknown> {
  const own = Object.entries(config).map(([name, value]) => [
    name === "seed" || name === "data" ? `config.${name}` : name,
    value,
  ]);
  return {
    ...(Object.fromEntries(own) as Record<string, unknown>),
    ...(seed === undefined ? {} : { seed }),
    ...(data === undefined ? {} : { data }),
  };
}

/** A value in a cell; what is not there is a dash. */
export function shown(value: unknown): string {
  if (value === undefined) return "–";
  if (typeof value === "number")
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The names that occur, in the order in which they first do. */
export function fieldsOf(records: readonly Readonly<Record<string, unknown>>[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))];
}

/** As HTML, with a caption of HTML. */
export function tableHtml({ head, rows }: Pick<LedgerTable, "head" | "rows">, caption: string): string {
  const cells = (row: readonly string[]): string =>
    row
      .map((cell, i) =>
        i === 0 ? `<th scope="row">${escapeHtml(cell)}</th>` : `<td>${escapeHtml(cell)}</td>`,
      )
      .join("");
  return (
    `<table><caption style="text-align:left">${caption}</caption>` +
    `<thead><tr>${head.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("")}</tr></thead>` +
    `<tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join("")}</tbody></table>`
  );
}

/** As aligned text. */
export function tableText({ head, rows }: Pick<LedgerTable, "head" | "rows">): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  return all
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
