import { Fields, type JsonObject } from "./fields.js";

/** The version of the message specification that this room implements. */
export const protocolVersion = "5.4";

/** https://jupyter-client.readthedocs.io/en/stable/messaging.html#message-header */
export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  /** Names the sender: one client, or one life of one kernel. */
  readonly session: string;
  readonly username: string;
  /** ISO 8601. */
  readonly date: string;
  readonly version: string;
}

/** The header of a new message. `session` names this life of the kernel. */
export function createHeader(messageType: string, session: string): Header {
  return {
    msg_id: globalThis.crypto.randomUUID(),
    msg_type: messageType,
    session,
    username: "kernel",
    date: new Date().toISOString(),
    version: protocolVersion,
  };
}

/**
 * Checks a header that came over the wire. Fields that we don't know are kept, because a reply's `parent_header` is
 * the request's header as it came.
 */
export function parseHeader(value: JsonObject): Header {
  const fields = new Fields(value, "header");
  return {
    ...value,
    msg_id: fields.string("msg_id"),
    msg_type: fields.string("msg_type"),
    session: fields.string("session", ""),
    username: fields.string("username", ""),
    date: fields.string("date", ""),
    version: fields.string("version", ""),
  };
}
