/**
 * What the session needs from whatever runs the code. The session is pure: it knows messages and this interface,
 * neither sockets nor processes nor TypeScript. Its tests put a toy language behind it.
 */

/** One value in several forms, keyed by media type. */
export type MimeBundle = Readonly<Record<string, unknown>>;

export interface DisplayData {
  readonly data: MimeBundle;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Where a running cell's output goes. A sink that returns a promise asks the runtime to wait: that bounds memory. */
export interface OutputSink {
  stream(name: "stdout" | "stderr", text: string): void | Promise<void>;
  display(
    data: DisplayData,
    options: { readonly displayId?: string; readonly update?: boolean },
  ): void | Promise<void>;
  clearOutput(options: { readonly wait: boolean }): void | Promise<void>;
  /** An error that belongs to the cell but does not end it: an unhandled rejection, a throw in a timer. */
  error(error: CellError): void | Promise<void>;
  /** Asks the person at the front end for a line; rejects when the front end allows no input. */
  input(request: { readonly prompt: string; readonly password: boolean }): Promise<string>;
  /** A message of a comm that user code opened. */
  comm(message: CommMessage): void | Promise<void>;
}

export interface CommMessage {
  readonly type: "comm_open" | "comm_msg" | "comm_close";
  readonly commId: string;
  readonly targetName?: string;
  readonly data: unknown;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly buffers?: readonly Uint8Array[];
}

/** An error as the protocol's `error` message and an `execute_reply` carry it. */
export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

export interface CellRequest {
  readonly code: string;
  /** The number in brackets beside the cell; names the cell in tracebacks. */
  readonly executionCount: number;
  readonly silent: boolean;
  /** Expressions to evaluate after the cell, by name. */
  readonly userExpressions: Readonly<Record<string, string>>;
}

export type UserExpressionResult =
  ({ readonly status: "ok" } & DisplayData) | ({ readonly status: "error" } & CellError);

export type CellOutcome =
  | {
      readonly status: "ok";
      /** The value of a last expression, unless it is undefined or the cell ends in a semicolon. */
      readonly result?: DisplayData;
      readonly userExpressions: Readonly<Record<string, UserExpressionResult>>;
      /** Ask the front end to put this code into a new cell (`set_next_input`), and the like. */
      readonly payload?: readonly Readonly<Record<string, unknown>>[];
    }
  | { readonly status: "error"; readonly error: CellError };

/** Runs cells, one at a time, in a process of its own. */
export interface Executor {
  /** Starts the runtime; resolves when it is ready for a cell. Idempotent. */
  start(): Promise<void>;
  /**
   * Runs one cell. Resolves when the cell is done and every output of it has been handed to the sink; never rejects for
   * what user code does. Output that comes later (timers) goes to the sink of the cell that started it.
   */
  execute(cell: CellRequest, sink: OutputSink): Promise<CellOutcome>;
  /** Stops the cell that runs, whatever it is doing; its outcome is an error "Interrupted". State is kept. */
  interrupt(): Promise<void>;
  /** Hands a front end's comm message to user code. */
  comm(message: CommMessage): Promise<void>;
  /** Open comms of user code: id to target name. */
  comms(): Promise<Readonly<Record<string, string>>>;
  /** Ends the runtime and its children. */
  stop(): Promise<void>;
}
