import { createHmac, timingSafeEqual } from "node:crypto";
import { ProtocolFault, shown } from "./fault.js";
import { isObject, type JsonObject } from "./fields.js";
import { parseHeader } from "./header.js";
import { toJson } from "./json.js";
import type { Message } from "./message.js";

/** Ends the identities. https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol */
const delimiter = Buffer.from("<IDS|MSG>", "latin1");
const emptyObject = Buffer.from("{}");
/** Signatures kept against replay: about 1 MB of hexadecimal text. */
const rememberedSignatures = 8192;

/**
 * Translates between frames and messages:
 * `identities… | <IDS|MSG> | signature | header | parent_header | metadata | content | buffers…`.
 * The signature is the lower-case hexadecimal HMAC-SHA256 of the four JSON frames, as bytes, keyed with the connection
 * file's key. An empty key means that nothing is signed.
 */
export class WireCodec {
  readonly #key: string;
  readonly #seen = new Set<string>();

  constructor(options: { readonly key: string }) {
    this.#key = options.key;
  }

  /** Reads one multipart message. Throws a `ProtocolFault` for what is forged, replayed or malformed. */
  decode(frames: readonly Uint8Array[]): Message {
    const at = frames.findIndex((frame) => delimiter.equals(frame));
    if (at === -1) throw new ProtocolFault("frames", `none of ${frames.length} is the delimiter <IDS|MSG>`);
    const [signature, ...signed] = frames.slice(at + 1, at + 6);
    if (signature === undefined || signed.length < 4)
      throw new ProtocolFault(
        "frames",
        `expected a signature and 4 JSON frames after the delimiter, got ${frames.length - at - 1}`,
      );
    this.#verify(signature, signed);
    const [header, parent, metadata, content] = signed as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    return {
      identities: frames.slice(0, at),
      header: parseHeader(parseObject("header", header)),
      parent_header: parseObject("parent_header", parent) as Message["parent_header"],
      metadata: parseObject("metadata", metadata),
      content: parseObject("content", content),
      buffers: frames.slice(at + 6),
    };
  }

  /** Writes one message as frames. */
  encode(message: Message): Uint8Array[] {
    const signed = [message.header, message.parent_header, message.metadata, message.content].map(jsonFrame);
    const signature = Buffer.from(this.#sign(signed), "latin1");
    return [...message.identities, delimiter, signature, ...signed, ...message.buffers];
  }

  #sign(frames: readonly Uint8Array[]): string {
    if (this.#key === "") return "";
    const hmac = createHmac("sha256", this.#key);
    for (const frame of frames) hmac.update(frame);
    return hmac.digest("hex");
  }

  #verify(signature: Uint8Array, signed: readonly Uint8Array[]): void {
    if (this.#key === "") return;
    const expected = Buffer.from(this.#sign(signed), "latin1");
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected))
      throw new ProtocolFault(
        "signature",
        `does not match the ${signed.length} frames: the sender does not know this kernel's key`,
      );
    const text = expected.toString("latin1");
    if (this.#seen.has(text))
      throw new ProtocolFault("signature", "was received before: the message is a replay");
    this.#seen.add(text);
    if (this.#seen.size > rememberedSignatures) {
      const [oldest] = this.#seen;
      this.#seen.delete(oldest!);
    }
  }
}

function jsonFrame(value: object): Uint8Array {
  for (const _ in value) return Buffer.from(toJson(value));
  return emptyObject;
}

function parseObject(field: string, frame: Uint8Array): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString("utf8"));
  } catch (error) {
    // Also thrown for frames beyond V8's longest string, about 512 MB.
    throw new ProtocolFault(field, `is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(value)) throw new ProtocolFault(field, `must be a JSON object, got ${shown(value)}`);
  return value;
}
