import { Readable } from "node:stream";
import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import type { Command } from "../wire.js";
import { flags, inputCell } from "./critical.js";
import { writeFrame } from "./output.js";

// A cell may declare a variable of one of these names; the runtime keeps the originals.
const { Atomics, Error, Object, String, setImmediate } = globalThis;

type Reply = Command & { readonly type: "input" };

/** Asks the person at the front end for lines: by `prompt()`, which waits, and by `process.stdin`. */
export class Input {
  readonly #port: MessagePort;
  readonly #pending = new Map<number, (reply: Reply) => void>();
  #count = 0;

  constructor(port: MessagePort) {
    this.#port = port;
    port.on("message", (reply: Reply) => this.#settle(reply));
  }

  /** The line that the person enters; blocks the thread, as in a browser. */
  readonly prompt = (message = "", options?: string | { readonly password?: boolean } | null): string => {
    const preset = typeof options === "string" ? options : "";
    const password = typeof options === "object" && options?.password === true;
    let found: Reply | undefined;
    this.#request(String(message), password, (reply) => (found = reply));
    while (found === undefined) {
      const seen = Atomics.load(flags, inputCell);
      const received = receiveMessageOnPort(this.#port) as { readonly message: Reply } | undefined;
      if (received !== undefined) this.#settle(received.message);
      else Atomics.wait(flags, inputCell, seen);
    }
    if (found.value === undefined) throw new Error(`prompt: ${found.fault ?? "the front end gave no input"}`);
    return found.value === "" ? preset : found.value;
  };

  /** `process.stdin`: one request for each line that somebody reads. */
  installStdin(): void {
    let held = false;
    const ask = (): void =>
      this.#request("", false, (reply) => {
        if (reply.value === undefined) stdin.destroy(new Error(`stdin: ${reply.fault ?? "no input"}`));
        else stdin.push(`${reply.value}\n`);
      });
    const stdin = new Readable({
      highWaterMark: 1,
      encoding: "utf8",
      read() {
        // Readers are read ahead of; wait until somebody really wants the next line.
        setImmediate(() => {
          if (stdin.isPaused()) held = true;
          else ask();
        });
      },
    });
    stdin.on("resume", () => {
      if (held) ask();
      held = false;
    });
    Object.assign(stdin, { fd: 0, isTTY: false });
    Object.defineProperty(process, "stdin", { value: stdin, configurable: true, enumerable: true });
  }

  #request(prompt: string, password: boolean, settle: (reply: Reply) => void): void {
    this.#count += 1;
    this.#pending.set(this.#count, settle);
    writeFrame({ type: "input", request: this.#count, prompt, password });
  }

  #settle(reply: Reply): void {
    this.#pending.get(reply.request)?.(reply);
    this.#pending.delete(reply.request);
  }
}
