/** Where a ledger keeps its lines. */
export interface LedgerStore {
  /** All that is written, a run a line. */
  read(): string;
  /** Adds a line at the end; what is there already is never touched. */
  append(line: string): void;
}

/** What a ledger asks of the place where it runs. */
export interface LedgerPlace {
  /** The store of the ledger with this name or path; undefined where nothing is to be kept. */
  open(name: string): LedgerStore | undefined;
  /** The time that a run is given. */
  now(): Date;
  /** What a run was made with. */
  software(): Readonly<Record<string, string>>;
}

let place: LedgerPlace | undefined;

/**
 * Says where ledgers are kept; the library does it once. Without it they live in memory. Returns the place before.
 *
 * @example
 * import { openLedger, setLedgerPlace } from "gradus";
 * const before = setLedgerPlace(undefined);
 * const ledger = openLedger("only here"); // in memory
 * setLedgerPlace(before);
 * console.log(ledger.runs.length); // 0
 */
export function setLedgerPlace(next: LedgerPlace | undefined): LedgerPlace | undefined {
  const before = place;
  place = next;
  return before;
}

/** The place set, or memory. */
export function ledgerPlace(): LedgerPlace {
  return place ?? { open: () => undefined, now: () => new Date(), software: () => ({}) };
}

/** Lines in memory, for one session. */
export function memoryStore(): LedgerStore {
  let text = "";
  return {
    read: () => text,
    append(line) {
      text += `${line}\n`;
    },
  };
}
