/**
 * What the session needs from whatever knows the language. Offsets are UTF-16 code units, as JavaScript counts;
 * the session converts the protocol's code points at the border.
 */
import type { CellError, MimeBundle } from "./executor.js";

export interface CompletionItem {
  readonly text: string;
  /** Where `text` replaces: offsets into the code. */
  readonly start: number;
  readonly end: number;
  /** The protocol's experimental type: "function", "class", "property", "module", ... */
  readonly type: string;
  /** A signature, for the popup. */
  readonly signature?: string;
}

export interface Completions {
  readonly items: readonly CompletionItem[];
  readonly start: number;
  readonly end: number;
}

export type Completeness =
  | { readonly status: "complete" | "invalid" | "unknown" }
  | { readonly status: "incomplete"; readonly indent: string };

export interface CheckResult {
  /** Set when the cell must not run: the type errors or syntax errors as one error message. */
  readonly error?: CellError;
  /** Text for stderr: faults that are warnings here (`// @ts-nocheck`, a shadowed global). */
  readonly warnings: readonly string[];
}

export interface LanguageService {
  /** Loads what is slow to load, while nobody waits. */
  warmUp(): Promise<void>;
  /** Checks a cell against all earlier cells that ran. `executionCount` names the cell in messages. */
  check(code: string, options: { readonly executionCount: number }): Promise<CheckResult>;
  /** The cell ran: later cells see its declarations. Not called for cells that failed. */
  commit(code: string, options: { readonly executionCount: number }): void;
  /** Forgets all cells: the runtime was started anew. */
  reset(): void;
  complete(code: string, offset: number): Promise<Completions>;
  inspect(code: string, offset: number, detailLevel: 0 | 1): Promise<MimeBundle | undefined>;
  isComplete(code: string): Promise<Completeness>;
}
