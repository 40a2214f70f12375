export type { ComparedField, RunComparison } from "./comparison.js";
export { dataHash } from "./data-hash.js";
export type { HashableData } from "./data-hash.js";
export { ExperimentLedger, openLedger } from "./ledger.js";
export type { ConfigValue, ExperimentRun, RunRecord } from "./run.js";
export { setLedgerPlace } from "./store.js";
export type { LedgerPlace, LedgerStore } from "./store.js";
