import { Console } from "node:console";
import { Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { writeStream } from "./output.js";

// A cell may declare a variable of one of these names; the runtime keeps the originals.
const { Buffer, Object, TypeError, Uint8Array, process } = globalThis;

/** `process.stdout` and `process.stderr` of the runtime: what is written is on its way when `write` returns. */
class CellStream extends Writable {
  readonly isTTY = false;
  readonly fd: number;
  readonly #name: "stdout" | "stderr";
  readonly #decoder = new StringDecoder("utf8");

  constructor(name: "stdout" | "stderr") {
    super();
    this.#name = name;
    this.fd = name === "stdout" ? 1 : 2;
  }

  // Not `_write`: a stop that hits the machinery of Writable leaves it waiting for a write that has ended.
  override write(chunk: unknown, ...rest: unknown[]): boolean {
    const encoding = typeof rest[0] === "string" ? (rest[0] as BufferEncoding) : "utf8";
    const done = rest.find((value) => typeof value === "function") as (() => void) | undefined;
    if (typeof chunk === "string" && /^utf-?8$/i.test(encoding)) writeStream(this.#name, chunk);
    else writeStream(this.#name, this.#decoder.write(toBytes(chunk, encoding)));
    if (done !== undefined) process.nextTick(done);
    return true;
  }

  // Programs end or destroy their standard output; here other cells still need it.
  override end(...values: unknown[]): this {
    const [chunk] = values;
    if (typeof chunk === "string" || chunk instanceof Uint8Array) this.write(chunk);
    const done = values.find((value) => typeof value === "function") as (() => void) | undefined;
    if (done !== undefined) process.nextTick(done);
    return this;
  }

  override destroy(): this {
    return this;
  }
}

function toBytes(chunk: unknown, encoding: BufferEncoding): Buffer {
  if (typeof chunk === "string") return Buffer.from(chunk, encoding);
  if (ArrayBuffer.isView(chunk)) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw new TypeError(`write: expects a string or bytes, got ${chunk === null ? "null" : typeof chunk}`);
}

export function installConsole(): void {
  const stdout = new CellStream("stdout");
  const stderr = new CellStream("stderr");
  for (const [name, stream] of Object.entries({ stdout, stderr })) {
    Object.defineProperty(process, name, {
      value: stream,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
  const cellConsole = new Console({ stdout, stderr, colorMode: false, ignoreErrors: false });
  Object.defineProperty(globalThis, "console", { value: cellConsole, configurable: true, writable: true });
}
