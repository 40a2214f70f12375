import { setTimeout as delay } from "node:timers/promises";
import { XPublisher } from "zeromq";
import { SendQueue } from "./send-queue.js";

/**
 * Messages that libzmq holds for each subscriber. Beyond, a plain PUB socket drops silently; ours refuses with EAGAIN
 * and we wait, so that a slow front end slows the cell down instead of losing output.
 */
const highWaterMark = 1000;
/** A subscriber that reads nothing for so long (a suspended process) loses messages rather than stop all others. */
const defaultStalledAfterMs = 10_000;
/** From then on each message waits only so long for it: long enough that the others lose nothing. */
const stalledPatienceMs = 20;

/** The iopub socket: everything to every subscriber, nothing lost, with a greeting for each new subscription. */
export class Broadcast {
  readonly #socket = new XPublisher({ linger: 1000, sendHighWaterMark: highWaterMark });
  readonly #queue = new SendQueue((frames) => this.#sendNow(frames));
  readonly #log: (line: string) => void;
  readonly #stalledAfterMs: number;
  #stalled = false;
  #closed = false;

  constructor(options: { readonly log: (line: string) => void; readonly stalledAfterMs?: number }) {
    this.#log = options.log;
    this.#stalledAfterMs = options.stalledAfterMs ?? defaultStalledAfterMs;
    this.#socket.noDrop = true;
    // Else only the first of several front ends would be announced.
    this.#socket.verbosity = "allSubs";
  }

  async bind(address: string): Promise<string> {
    await this.#socket.bind(address);
    return this.#socket.lastEndpoint ?? address;
  }

  /** Calls `onSubscribe` with the topic of every new subscription. Returns when the socket is closed. */
  async listen(onSubscribe: (topic: Uint8Array) => void): Promise<void> {
    try {
      for await (const [event] of this.#socket) {
        if (event !== undefined && event[0] === 1) onSubscribe(event.subarray(1));
      }
    } catch (error) {
      if (!this.#closed) throw error;
    }
  }

  send(frames: readonly Uint8Array[]): Promise<void> {
    return this.#queue.send(frames);
  }

  async close(): Promise<void> {
    // A subscriber that does not read must not hold up the end.
    await Promise.race([this.#queue.drained(), delay(500, undefined, { ref: false })]);
    this.#closed = true;
    this.#socket.close();
  }

  async #sendNow(frames: readonly Uint8Array[]): Promise<void> {
    const started = performance.now();
    const patienceMs = this.#stalled ? stalledPatienceMs : this.#stalledAfterMs;
    for (let waitMs = 1; !this.#closed; waitMs = Math.min(20, waitMs * 2)) {
      try {
        await this.#socket.send([...frames]);
        this.#stalled = false;
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      }
      if (performance.now() - started >= patienceMs) return this.#sendToReaders(frames);
      await delay(waitMs);
    }
  }

  /** Without waiting: whoever has room gets the message. */
  async #sendToReaders(frames: readonly Uint8Array[]): Promise<void> {
    if (!this.#stalled)
      this.#log(`a front end has read no output for ${this.#stalledAfterMs / 1000} s; it will miss some`);
    this.#stalled = true;
    this.#socket.noDrop = false;
    try {
      await this.#socket.send([...frames]);
    } finally {
      if (!this.#closed) this.#socket.noDrop = true;
    }
  }
}
