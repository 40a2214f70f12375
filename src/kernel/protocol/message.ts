import type { JsonObject } from "./fields.js";
import { createHeader, type Header } from "./header.js";
import type { OutgoingContents, OutgoingType } from "./outgoing.js";

/** One message of the protocol, without its transport and signature. */
export interface Message {
  /** On a ROUTER socket, the route back to the client; on iopub, the topic. */
  readonly identities: readonly Uint8Array[];
  readonly header: Header;
  /** The header of the message that caused this one; empty when nothing did. */
  readonly parent_header: Header | Record<string, never>;
  readonly metadata: JsonObject;
  readonly content: JsonObject;
  readonly buffers: readonly Uint8Array[];
}

export type Channel = "shell" | "control" | "stdin" | "iopub";

/** A message of the kernel: its type fixes its content. */
export function createMessage<T extends OutgoingType>(
  type: T,
  content: OutgoingContents[T],
  options: {
    readonly session: string;
    readonly parent?: Header | undefined;
    readonly identities?: readonly Uint8Array[];
    readonly metadata?: JsonObject | undefined;
    readonly buffers?: readonly Uint8Array[] | undefined;
  },
): Message {
  return {
    identities: options.identities ?? [new TextEncoder().encode(type)],
    header: createHeader(type, options.session),
    parent_header: options.parent ?? {},
    metadata: options.metadata ?? {},
    content: content as JsonObject,
    buffers: options.buffers ?? [],
  };
}
