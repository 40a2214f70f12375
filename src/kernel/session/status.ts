import type { Header } from "../protocol/index.js";
import type { Outbox } from "./outbox.js";

/**
 * `status` messages around every request. Front ends wait for the `idle` of their own request to call it done, but
 * JupyterLab and VS Code show whatever status came last, from whichever request. Since we answer completions and the
 * like while a cell runs, their `idle` would make a busy kernel look idle. So while a cell runs, the `idle` of another
 * request is followed by one `busy` with no parent: each request gets its pair, and the last word stays true. It has no
 * parent because front ends take the time of a cell's start from the `busy` of its own request.
 */
export class Status {
  readonly #outbox: Outbox;
  #cells = 0;

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  async starting(): Promise<void> {
    await this.#outbox.publish("status", { execution_state: "starting" }, undefined);
  }

  /** Runs the work of an execute request between `busy` and `idle`. */
  async aroundCell(parent: Header, work: () => Promise<void>): Promise<void> {
    this.#cells++;
    await this.#outbox.publish("status", { execution_state: "busy" }, parent);
    try {
      await work();
    } finally {
      this.#cells--;
      await this.#outbox.publish("status", { execution_state: "idle" }, parent);
    }
  }

  /** Runs the work of any other request between `busy` and `idle`. */
  async around(parent: Header, work: () => Promise<void>): Promise<void> {
    await this.#outbox.publish("status", { execution_state: "busy" }, parent);
    try {
      await work();
    } finally {
      // Both are queued in one go, so that nothing, above all not the cell's own `idle`, comes between them.
      const idle = this.#outbox.publish("status", { execution_state: "idle" }, parent);
      if (this.#cells > 0) await this.#outbox.publish("status", { execution_state: "busy" }, undefined);
      await idle;
    }
  }
}
