import { escapeHtml, jupyterDisplay, type MimeBundle } from "../display/index.js";
import { DataError } from "../engine/index.js";
import { compareRuns, type RunComparison } from "./comparison.js";
import { textHash } from "./data-hash.js";
import { ledgerTable, tableHtml, tableText } from "./ledger-table.js";
import { canonicalJson, type ExperimentRun, nameOf, requireRecord, type RunRecord } from "./run.js";
import { ledgerPlace, type LedgerStore, memoryStore } from "./store.js";

/**
 * A notebook of experiments in a local file: what was chosen, with which seed, on which data, and what came out. A run that
 * is recorded a second time with the same result is not written again, so that a notebook can be run as often as you like.
 *
 * The file has a run a line, as JSON. Nothing is ever overwritten; a line that cannot be read is counted and left alone.
 *
 * @example
 * import { openLedger } from "gradus";
 * const ledger = openLedger("doc-example");
 * ledger.record({ config: { units: 4 }, seed: 1, scores: { val_accuracy: 0.9 } });
 * ledger.record({ config: { units: 8 }, seed: 1, scores: { val_accuracy: 0.93 } });
 * console.log(ledger.runs.map(({ config, scores }) => [config["units"], scores["val_accuracy"]]));
 * // [ [ 4, 0.9 ], [ 8, 0.93 ] ]
 */
export class ExperimentLedger {
  readonly name: string;
  readonly #store: LedgerStore;

  /** Use {@link openLedger}. */
  constructor(name: string, store: LedgerStore) {
    this.name = name;
    this.#store = store;
  }

  /** All runs, in the order in which they were recorded. */
  get runs(): readonly ExperimentRun[] {
    return this.#read().runs;
  }

  /** How many lines of the file could not be read; they are left as they are. */
  get damagedLines(): number {
    return this.#read().damaged;
  }

  /**
   * Writes a run down and returns it. The same config, seed and data with the same result: the run that is already there.
   * With another result: a second answer to the same question, `answer: 2`; then something was not under control.
   *
   * @throws DataError for what a file of JSON cannot hold: NaN in the config, functions, optimizers. Scores and curves may
   *   be NaN (a training that diverged).
   */
  record(record: RunRecord): ExperimentRun {
    requireRecord("ledger.record", record);
    const { config, seed, data, note } = record;
    const id = textHash(canonicalJson({ config, seed: seed ?? null, data: data ?? null }));
    const result = {
      scores: { ...record.scores },
      curves: mapValues(record.history?.history ?? {}, (values) => [...values]),
    };
    const answers = this.runs.filter((run) => run.id === id);
    const known = answers.find(({ scores, curves }) => textOf({ scores, curves }) === textOf(result));
    if (known !== undefined) return known;
    const place = ledgerPlace();
    const run: ExperimentRun = {
      id,
      answer: answers.length + 1,
      config: JSON.parse(JSON.stringify(config)) as ExperimentRun["config"],
      seed,
      data,
      ...result,
      note,
      recordedAt: place.now().toISOString(),
      software: place.software(),
    };
    this.#store.append(textOf(run));
    return run;
  }

  /** The run with this id, or with an id that begins so. Throws DataError if there is none, or more than one. */
  run(id: string): ExperimentRun {
    const runs = this.runs;
    const found = runs.filter((run) => nameOf(run) === id);
    const near = found.length > 0 ? found : runs.filter((run) => nameOf(run).startsWith(id));
    if (near.length === 1) return near[0];
    const names = (near.length > 0 ? near : runs).map(nameOf).join(", ") || "none yet";
    throw new DataError(
      `ledger "${this.name}"`,
      near.length > 1 ? `"${id}" may be each of ${names}` : `there is no run "${id}"; its runs are ${names}`,
    );
  }

  /** Two runs side by side: which choices differ, what came out. Takes runs or their ids. */
  compare(a: ExperimentRun | string, b: ExperimentRun | string): RunComparison {
    const [first, second] = [a, b].map((run) => (typeof run === "string" ? this.run(run) : run));
    return compareRuns(first, second);
  }

  [jupyterDisplay](): MimeBundle {
    const { runs, damaged } = this.#read();
    const table = ledgerTable(runs);
    const tail = damaged === 0 ? "" : `${damaged} damaged ${damaged === 1 ? "line" : "lines"} left out.`;
    const title = `Ledger ${this.name}: ${runs.length} ${runs.length === 1 ? "run" : "runs"}.`;
    const words = [title, table.same, tail].filter((part) => part !== "").join(" ");
    return {
      "text/html": tableHtml(table, escapeHtml(words)),
      "text/plain": runs.length === 0 ? words : `${words}\n${tableText(table)}`,
    };
  }

  /** The text that `console.log` shows. */
  toString(): string {
    return String(this[jupyterDisplay]()["text/plain"]);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  #read(): { readonly runs: ExperimentRun[]; readonly damaged: number } {
    const lines = this.#store
      .read()
      .split("\n")
      .filter((line) => line.trim() !== "");
    const runs = lines.flatMap((line) => parseRun(line) ?? []);
    return { runs, damaged: lines.length - runs.length };
  }
}

/**
 * Opens the ledger of this name, `.gradus/experiments/NAME.jsonl` in the course's folder, or of this path, if it contains a
 * slash or ends in `.jsonl`. The file comes into being with the first run.
 *
 * With GRADUS_PROGRESS=off nothing is kept: the ledger lives in memory.
 *
 * @throws DataError for an empty name.
 *
 * @example
 * import { openLedger } from "gradus";
 * const ledger = openLedger("doc-example-2");
 * console.log(ledger.runs.length); // 0
 */
export function openLedger(name: string): ExperimentLedger {
  if (typeof name !== "string" || name.trim() === "")
    throw new DataError("openLedger", 'a ledger needs a name, for example openLedger("my-project")');
  return new ExperimentLedger(name, ledgerPlace().open(name) ?? memoryStore());
}

/** JSON in which NaN and the infinities are words; only scores and curves can hold them, and `parseRun` reads them back there. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "number" && !Number.isFinite(item) ? String(item) : item,
  );
}

function parseRun(line: string): ExperimentRun | undefined {
  try {
    const run = JSON.parse(line) as Partial<ExperimentRun> | null;
    const { id, answer, config, scores, curves } = run ?? {};
    const whole =
      typeof id === "string" &&
      typeof answer === "number" &&
      [config, scores, curves].every((part) => typeof part === "object" && part !== null);
    if (!whole) return undefined;
    const { seed, data, note, recordedAt = "", software = {} } = run as ExperimentRun;
    return {
      ...(run as ExperimentRun),
      ...{ seed, data, note, recordedAt, software },
      scores: mapValues(scores!, Number),
      curves: mapValues(curves!, (values) => values.map(Number)),
    };
  } catch {
    return undefined;
  }
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  f: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value)]));
}
