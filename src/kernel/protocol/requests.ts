import { ProtocolFault } from "./fault.js";
import { Fields, type JsonObject } from "./fields.js";

/** The contents of what front ends send, by message type; the names of the fields are those of the wire. */
export interface RequestContents {
  readonly kernel_info_request: JsonObject;
  readonly execute_request: {
    readonly code: string;
    readonly silent: boolean;
    readonly store_history: boolean;
    readonly user_expressions: Readonly<Record<string, string>>;
    readonly allow_stdin: boolean;
    readonly stop_on_error: boolean;
  };
  readonly complete_request: { readonly code: string; readonly cursor_pos: number };
  readonly inspect_request: {
    readonly code: string;
    readonly cursor_pos: number;
    readonly detail_level: 0 | 1;
  };
  readonly is_complete_request: { readonly code: string };
  readonly history_request: HistoryQuery;
  readonly comm_info_request: { readonly target_name: string | undefined };
  readonly interrupt_request: JsonObject;
  readonly shutdown_request: { readonly restart: boolean };
}

export type HistoryQuery = { readonly output: boolean } & (
  | { readonly hist_access_type: "tail"; readonly n: number }
  | {
      readonly hist_access_type: "range";
      readonly session: number;
      readonly start: number;
      readonly stop: number | undefined;
    }
  | {
      readonly hist_access_type: "search";
      readonly pattern: string;
      readonly n: number | undefined;
      readonly unique: boolean;
    }
);

export type RequestType = keyof RequestContents;

/** What a front end sends without waiting for an answer. */
export interface NoticeContents {
  readonly comm_open: {
    readonly comm_id: string;
    readonly target_name: string;
    readonly data: JsonObject;
  };
  readonly comm_msg: { readonly comm_id: string; readonly data: JsonObject };
  readonly comm_close: { readonly comm_id: string; readonly data: JsonObject };
  readonly input_reply: { readonly value: string };
}

export type NoticeType = keyof NoticeContents;

type Parser<T> = (content: Fields) => T;

const requestParsers: { readonly [T in RequestType]: Parser<RequestContents[T]> } = {
  kernel_info_request: () => ({}),
  execute_request: (content) => {
    const silent = content.boolean("silent", false);
    return {
      code: content.string("code"),
      silent,
      store_history: !silent && content.boolean("store_history", true),
      user_expressions: stringValues(content.object("user_expressions", {}), "content.user_expressions"),
      allow_stdin: content.boolean("allow_stdin", true),
      stop_on_error: content.boolean("stop_on_error", true),
    };
  },
  complete_request: codeAndCursor,
  inspect_request: (content) => ({
    ...codeAndCursor(content),
    detail_level: content.integer("detail_level", 0) === 0 ? 0 : 1,
  }),
  is_complete_request: (content) => ({ code: content.string("code") }),
  history_request: historyQuery,
  comm_info_request: (content) => ({
    target_name: content.has("target_name") ? content.string("target_name") : undefined,
  }),
  interrupt_request: () => ({}),
  shutdown_request: (content) => ({ restart: content.boolean("restart", false) }),
};

const noticeParsers: { readonly [T in NoticeType]: Parser<NoticeContents[T]> } = {
  comm_open: (content) => ({
    comm_id: content.string("comm_id"),
    target_name: content.string("target_name"),
    data: content.object("data", {}),
  }),
  comm_msg: (content) => ({ comm_id: content.string("comm_id"), data: content.object("data", {}) }),
  comm_close: (content) => ({ comm_id: content.string("comm_id"), data: content.object("data", {}) }),
  input_reply: (content) => ({ value: content.string("value") }),
};

export function isRequestType(type: string): type is RequestType {
  return Object.hasOwn(requestParsers, type);
}

export function isNoticeType(type: string): type is NoticeType {
  return Object.hasOwn(noticeParsers, type);
}

/** Checks the content of a request and fills in the protocol's defaults. Throws a `ProtocolFault` naming the field. */
export function parseRequest<T extends RequestType>(type: T, content: JsonObject): RequestContents[T] {
  return requestParsers[type](new Fields(content, "content"));
}

/** As `parseRequest`, for messages that want no answer. */
export function parseNotice<T extends NoticeType>(type: T, content: JsonObject): NoticeContents[T] {
  return noticeParsers[type](new Fields(content, "content"));
}

function codeAndCursor(content: Fields): { code: string; cursor_pos: number } {
  const code = content.string("code");
  // Protocol 5.0 clients may send null, meaning the end; the length in code units is never less than in code points.
  return { code, cursor_pos: content.integer("cursor_pos", code.length) };
}

function historyQuery(content: Fields): HistoryQuery {
  const output = content.boolean("output", false);
  const kind = content.word("hist_access_type", ["tail", "range", "search"] as const, "tail");
  switch (kind) {
    case "tail":
      return { hist_access_type: kind, output, n: content.integer("n", 10) };
    case "range":
      return {
        hist_access_type: kind,
        output,
        session: content.integer("session", 0),
        start: content.integer("start", 0),
        stop: content.has("stop") ? content.integer("stop") : undefined,
      };
    case "search":
      return {
        hist_access_type: kind,
        output,
        pattern: content.string("pattern", "*"),
        n: content.has("n") ? content.integer("n") : undefined,
        unique: content.boolean("unique", false),
      };
  }
}

function stringValues(object: JsonObject, path: string): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(object)) {
    if (typeof value !== "string")
      throw new ProtocolFault(`${path}.${name}`, `must be a string of code, got ${typeof value}`);
  }
  return object as Readonly<Record<string, string>>;
}
