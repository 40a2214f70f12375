import { escapeHtml, jupyterDisplay, type MimeBundle } from "../display/index.js";
import { DataError } from "../engine/index.js";
import { type Figure, plot } from "../plots/index.js";
import { choicesOf, fieldsOf, shown, tableHtml, tableText } from "./ledger-table.js";
import { canonicalJson, type ExperimentRun, nameOf } from "./run.js";

/** One thing in which two runs differ, or one score of both. */
export interface ComparedField {
  readonly name: string;
  readonly a: unknown;
  readonly b: unknown;
}

/** Two runs side by side; shows itself as a table. */
export interface RunComparison {
  readonly a: ExperimentRun;
  readonly b: ExperimentRun;
  /** The choices that differ. One: its effect is what you see. Several: you cannot tell which one did it. */
  readonly differences: readonly ComparedField[];
  readonly scores: readonly ComparedField[];
  /** Both curves of this name over the epochs. Throws DataError if one of the runs has none. */
  curves(name: string): Figure;
  [jupyterDisplay](): MimeBundle;
}

/** Compares two runs. */
export function compareRuns(a: ExperimentRun, b: ExperimentRun): RunComparison {
  const fields = (
    one: Readonly<Record<string, unknown>>,
    other: Readonly<Record<string, unknown>>,
  ): ComparedField[] => fieldsOf([one, other]).map((name) => ({ name, a: one[name], b: other[name] }));
  const differences = fields(choicesOf(a), choicesOf(b)).filter(
    (field) => canonicalJson(field.a ?? null) !== canonicalJson(field.b ?? null),
  );
  const scores = fields(a.scores, b.scores);
  return {
    a,
    b,
    differences,
    scores,
    curves: (name) => curvesFigure(a, b, name),
    [jupyterDisplay]: () => {
      const table = {
        head: ["", nameOf(a), nameOf(b)],
        rows: [...differences, ...scores].map((field) => [field.name, shown(field.a), shown(field.b)]),
      };
      const words = verdictOn(differences);
      return {
        "text/html": tableHtml(table, escapeHtml(words)),
        "text/plain": `${words}\n${tableText(table)}`,
      };
    },
  };
}

function verdictOn(differences: readonly ComparedField[]): string {
  if (differences.length === 0)
    return "Config, seed and data are the same; what differs in the scores was not controlled.";
  const names = differences.map(({ name }) => name).join(", ");
  if (differences.length === 1) return `One thing differs: ${names}.`;
  return `${differences.length} things differ: ${names}. The scores cannot say which one made the difference.`;
}

function curvesFigure(a: ExperimentRun, b: ExperimentRun, name: string): Figure {
  for (const run of [a, b]) {
    if (run.curves[name] !== undefined) continue;
    const names = Object.keys(run.curves).join(", ") || "none";
    throw new DataError("comparison.curves", `run ${nameOf(run)} has no curve "${name}"; it has ${names}`);
  }
  const ends = [a, b].map((run) => shown(run.curves[name].at(-1)));
  return plot.line(
    [a, b].map((run) => ({
      x: run.curves[name].map((_, i) => i + 1),
      y: run.curves[name],
      name: nameOf(run),
    })),
    {
      title: `${name} of two runs`,
      xLabel: "epoch",
      yLabel: name,
      alt: `${name} over the epochs: run ${nameOf(a)} ends at ${ends[0]}, run ${nameOf(b)} at ${ends[1]}.`,
    },
  );
}
