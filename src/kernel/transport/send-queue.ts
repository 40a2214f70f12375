/**
 * One send at a time. zeromq.js allows a single pending send per socket and answers a second one with EBUSY: that is
 * how un-awaited sends lose messages. Messages leave in the order of the calls; a failed send rejects its own promise
 * and does not hold up the next. Callers that await what they send bound the queue.
 */
export class SendQueue {
  readonly #send: (frames: readonly Uint8Array[]) => Promise<void>;
  #last: Promise<void> = Promise.resolve();

  constructor(send: (frames: readonly Uint8Array[]) => Promise<void>) {
    this.#send = send;
  }

  /** Resolves when the message was handed over. */
  send(frames: readonly Uint8Array[]): Promise<void> {
    const sent = this.#last.then(() => this.#send(frames));
    this.#last = sent.catch(() => undefined);
    return sent;
  }

  /** Resolves when everything sent so far was handed over or failed. */
  async drained(): Promise<void> {
    await this.#last;
  }
}
