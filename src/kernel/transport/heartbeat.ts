import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";

/**
 * Runs in the worker. A text, so that it is the same under a test runner that reads TypeScript and in `dist`; CommonJS,
 * because that is what `eval` workers are. The path of zeromq comes from outside: `require` would search from the
 * working folder, which is the notebook's.
 */
const program = `
const { parentPort, workerData } = require("node:worker_threads");
const { Reply } = require(workerData.zeromq);
const socket = new Reply({ linger: 0 });
parentPort.once("message", () => socket.close());
socket.bind(workerData.address).then(
  async () => {
    parentPort.postMessage({ address: socket.lastEndpoint });
    try {
      for await (const frames of socket) await socket.send(frames);
    } catch (error) {
      if (!socket.closed) throw error;
    }
  },
  (error) => parentPort.postMessage({ error: error.message }),
);
`;

/** Echoes the pings of front ends from a thread of its own, so that nothing the host does can delay them. */
export class Heartbeat {
  readonly #worker: Worker;
  /** The address it listens at; rejects when it cannot be bound. */
  readonly bound: Promise<string>;

  constructor(address: string) {
    const zeromq = createRequire(import.meta.url).resolve("zeromq");
    this.#worker = new Worker(program, {
      eval: true,
      workerData: { address, zeromq },
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
    });
    this.#worker.unref();
    this.bound = new Promise((resolve, reject) => {
      this.#worker.once("error", reject);
      this.#worker.once("message", (answer: { readonly address?: string; readonly error?: string }) => {
        if (answer.address !== undefined) resolve(answer.address);
        else reject(new Error(`heartbeat: cannot listen at ${address}: ${answer.error}`));
      });
    });
    // Whoever needs the address awaits `bound`; until then a failure must not count as unhandled.
    this.bound.catch(() => undefined);
  }

  async close(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#worker.once("exit", () => resolve()));
    this.#worker.postMessage("close");
    const timer = setTimeout(() => void this.#worker.terminate(), 200);
    await ended;
    clearTimeout(timer);
  }
}
