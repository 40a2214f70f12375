/**
 * What host and runtime say to each other. Commands go down as lines of JSON on descriptor 3, read by the control
 * worker; frames come up on descriptor 4 in the order in which things happened. Descriptors 1 and 2 are left to
 * native code and to child processes.
 */
import type { CommMessage, DisplayData } from "../session/executor.js";

// A cell may declare a variable of one of these names; the runtime keeps the originals.
const { Buffer, JSON } = globalThis;

export const commandDescriptor = 3;
export const frameDescriptor = 4;

export interface ScriptText {
  readonly text: string;
  readonly prefixLength: number;
  readonly isAsync: boolean;
}

export interface ExecuteCommand {
  readonly type: "execute";
  readonly run: number;
  readonly file: string;
  readonly names: readonly string[];
  readonly scripts: readonly ScriptText[];
  /** By name: the script of an expression, or the fault that keeps it from being one. */
  readonly userExpressions: Readonly<Record<string, readonly ScriptText[] | ThrownError>>;
}

/** A comm message as JSON: buffers in base64. */
export interface CommText extends Omit<CommMessage, "buffers"> {
  readonly buffers?: readonly string[];
}

export type Command =
  | ExecuteCommand
  | { readonly type: "interrupt"; readonly id: number }
  | { readonly type: "input"; readonly request: number; readonly value?: string; readonly fault?: string }
  | { readonly type: "comm"; readonly request: number; readonly message: CommText }
  | {
      readonly type: "module";
      readonly request: number;
      readonly code?: string;
      readonly fault?: ThrownError;
    }
  | { readonly type: "stop" };

/** An error as it was thrown, before its lines are looked up. */
export interface ThrownError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: ThrownError;
  readonly errors?: readonly ThrownError[];
  /** What the error carries besides (`code`, `path`), as text; for a thrown value that is no error its text. */
  readonly details?: string;
}

export type UserExpressionValue = DisplayData | ThrownError;
export type UserExpressionValues = Readonly<Record<string, UserExpressionValue>>;

export type Frame =
  | { readonly type: "ready" }
  | {
      readonly type: "display";
      readonly data: DisplayData;
      readonly displayId?: string;
      readonly update?: boolean;
    }
  | { readonly type: "clear"; readonly wait: boolean }
  | { readonly type: "error"; readonly error: ThrownError }
  | { readonly type: "input"; readonly request: number; readonly prompt: string; readonly password: boolean }
  | { readonly type: "comm"; readonly message: CommText }
  | { readonly type: "comms"; readonly open: Readonly<Record<string, string>>; readonly request?: number }
  | { readonly type: "module"; readonly request: number; readonly path: string }
  | { readonly type: "interrupted"; readonly id: number }
  | { readonly type: "exit"; readonly code: number }
  | {
      readonly type: "done";
      readonly result?: DisplayData;
      readonly error?: ThrownError;
      readonly userExpressions?: UserExpressionValues;
    };

/** The mark that the runtime writes on descriptors 1 and 2 when a cell is done: all that was written before belongs to it. */
export function drainMark(run: number): string {
  return `\u0000\u0001gradus:${run}\u0001\u0000`;
}

const headerLength = 9;
const kinds = { stdout: 1, stderr: 2, json: 3 } as const;

/** A frame's bytes: length of the rest (u32), kind (u8), run (u32), then UTF-8. */
export function encodeFrame(kind: keyof typeof kinds, run: number, text: string): Buffer {
  const bytes = Buffer.allocUnsafe(headerLength + Buffer.byteLength(text));
  bytes.writeUInt32LE(bytes.length - 4, 0);
  bytes.writeUInt8(kinds[kind], 4);
  bytes.writeUInt32LE(run, 5);
  bytes.write(text, headerLength, "utf8");
  return bytes;
}

export type Received =
  | { readonly kind: "stdout" | "stderr"; readonly run: number; readonly text: string }
  | { readonly kind: "json"; readonly run: number; readonly frame: Frame };

/** Cuts the bytes that come up into frames; neighbours of one stream and one run are joined. */
export class FrameReader {
  #rest: Buffer[] = [];
  #length = 0;

  push(chunk: Buffer): Received[] {
    this.#rest.push(chunk);
    this.#length += chunk.length;
    const received: Received[] = [];
    if (this.#length < headerLength) return received;
    // A long frame comes in many chunks: join them only when it is whole.
    if (this.#rest.length > 1) {
      const needed = this.#rest[0]!.length >= 4 ? this.#rest[0]!.readUInt32LE(0) + 4 : headerLength;
      if (this.#length < needed) return received;
    }
    const bytes = this.#rest.length === 1 ? chunk : Buffer.concat(this.#rest);
    let at = 0;
    while (bytes.length - at >= headerLength) {
      const end = at + 4 + bytes.readUInt32LE(at);
      if (bytes.length < end) break;
      this.#add(
        received,
        bytes.readUInt8(at + 4),
        bytes.readUInt32LE(at + 5),
        bytes.toString("utf8", at + headerLength, end),
      );
      at = end;
    }
    this.#rest = at === bytes.length ? [] : [bytes.subarray(at)];
    this.#length = bytes.length - at;
    return received;
  }

  #add(received: Received[], kind: number, run: number, text: string): void {
    if (kind === kinds.json) {
      received.push({ kind: "json", run, frame: JSON.parse(text) as Frame });
      return;
    }
    const name = kind === kinds.stdout ? "stdout" : "stderr";
    const last = received.at(-1);
    if (last?.kind === name && last.run === run && last.text.length < 65_536) {
      received[received.length - 1] = { kind: name, run, text: last.text + text };
    } else received.push({ kind: name, run, text });
  }
}

/** Buffers of a comm as base64, for JSON. */
export function toCommText({ buffers, ...message }: CommMessage): CommText {
  if (buffers === undefined) return message;
  return { ...message, buffers: buffers.map((bytes) => Buffer.from(bytes).toString("base64")) };
}

export function fromCommText({ buffers, ...message }: CommText): CommMessage {
  if (buffers === undefined) return message;
  return { ...message, buffers: buffers.map((text) => Buffer.from(text, "base64")) };
}
