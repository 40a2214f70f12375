import type { JsonObject } from "./fields.js";
import type { RequestType } from "./requests.js";

/** A reply follows from its request: `execute_request` is answered by `execute_reply`. */
export type ReplyTypeOf<T extends string> = T extends `${infer Name}_request` ? `${Name}_reply` : never;

/** The name of the reply to a request. */
export function replyTypeOf<T extends `${string}_request`>(request: T): ReplyTypeOf<T> {
  return request.replace(/_request$/, "_reply") as ReplyTypeOf<T>;
}

export interface ErrorContent {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

export type ErrorReply = { readonly status: "error" } & ErrorContent;

export interface LanguageInfo {
  readonly name: string;
  readonly version: string;
  readonly mimetype: string;
  readonly file_extension: string;
  readonly pygments_lexer: string;
  readonly codemirror_mode: string | JsonObject;
  readonly nbconvert_exporter: string;
}

export type HistoryItem = readonly [
  session: number,
  line: number,
  input: string | readonly [string, string | null],
];

/** What an `ok` reply carries, by request. */
interface OkContents {
  readonly kernel_info_request: {
    readonly protocol_version: string;
    readonly implementation: string;
    readonly implementation_version: string;
    readonly language_info: LanguageInfo;
    readonly banner: string;
    readonly debugger: boolean;
    readonly help_links: readonly { readonly text: string; readonly url: string }[];
    readonly supported_features: readonly string[];
  };
  readonly execute_request: {
    readonly execution_count: number;
    readonly user_expressions: JsonObject;
    readonly payload: readonly JsonObject[];
  };
  readonly complete_request: {
    readonly matches: readonly string[];
    readonly cursor_start: number;
    readonly cursor_end: number;
    readonly metadata: JsonObject;
  };
  readonly inspect_request: {
    readonly found: boolean;
    readonly data: JsonObject;
    readonly metadata: JsonObject;
  };
  readonly is_complete_request: Record<never, never>;
  readonly history_request: { readonly history: readonly HistoryItem[] };
  readonly comm_info_request: { readonly comms: Readonly<Record<string, { readonly target_name: string }>> };
  readonly interrupt_request: Record<never, never>;
  readonly shutdown_request: { readonly restart: boolean };
}

/** What a request may be answered with. */
export type ReplyContent<T extends RequestType> =
  | (T extends "is_complete_request"
      ? | { readonly status: "complete" | "invalid" | "unknown" }
        | { readonly status: "incomplete"; readonly indent: string }
      : { readonly status: "ok" } & OkContents[T])
  | (ErrorReply & (T extends "execute_request" ? { readonly execution_count: number } : unknown))
  | (T extends "execute_request"
      ? { readonly status: "aborted"; readonly execution_count: number }
      : { readonly status: "aborted" });

export type ReplyContents = { readonly [T in RequestType as ReplyTypeOf<T>]: ReplyContent<T> };

/** The contents of what the kernel sends by itself, by message type. */
export interface PublishedContents {
  readonly status: { readonly execution_state: "starting" | "busy" | "idle" };
  readonly execute_input: { readonly code: string; readonly execution_count: number };
  readonly execute_result: {
    readonly execution_count: number;
    readonly data: JsonObject;
    readonly metadata: JsonObject;
  };
  readonly stream: { readonly name: "stdout" | "stderr"; readonly text: string };
  readonly display_data: DisplayContent;
  readonly update_display_data: DisplayContent;
  readonly clear_output: { readonly wait: boolean };
  readonly error: ErrorContent;
  readonly comm_open: { readonly comm_id: string; readonly target_name: string; readonly data: unknown };
  readonly comm_msg: { readonly comm_id: string; readonly data: unknown };
  readonly comm_close: { readonly comm_id: string; readonly data: unknown };
  readonly iopub_welcome: { readonly subscription: string };
}

interface DisplayContent {
  readonly data: JsonObject;
  readonly metadata: JsonObject;
  readonly transient: { readonly display_id?: string };
}

export interface AskedContents {
  readonly input_request: { readonly prompt: string; readonly password: boolean };
}

export type OutgoingContents = ReplyContents & PublishedContents & AskedContents;
export type OutgoingType = keyof OutgoingContents;
