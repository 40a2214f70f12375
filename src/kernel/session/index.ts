/** One request in, messages out, in order; knows neither sockets nor processes nor TypeScript. */
export type { Executor } from "./executor.js";
export type { HistoryEntry, HistoryStore } from "./history.js";
export { languageInfo, type KernelVersions } from "./kernel-info.js";
export type { LanguageService } from "./language.js";
export { Session, type SessionOptions } from "./session.js";
