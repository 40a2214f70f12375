import {
  createMessage,
  type Channel,
  type Header,
  type JsonObject,
  type Message,
  type OutgoingContents,
  type PublishedContents,
} from "../protocol/index.js";

/** Where the session's messages go. Resolves when the message was handed over. */
export type Send = (channel: Channel, message: Message) => Promise<void>;

/** Writes the kernel's messages: gives them headers, and keeps a failure to send from ending the session. */
export class Outbox {
  /** Names this life of the kernel in every header. */
  readonly session: string = globalThis.crypto.randomUUID();
  readonly #send: Send;
  readonly #log: (line: string) => void;

  constructor(options: { readonly send: Send; readonly log: (line: string) => void }) {
    this.#send = options.send;
    this.#log = options.log;
  }

  /** To every front end. `parent` is the header of the request that caused it. */
  publish<T extends keyof PublishedContents>(
    type: T,
    content: PublishedContents[T],
    parent: Header | undefined,
    extra: { readonly metadata?: JsonObject | undefined; readonly buffers?: readonly Uint8Array[] } = {},
  ): Promise<void> {
    return this.#post("iopub", () =>
      createMessage<keyof PublishedContents>(type, content, { session: this.session, parent, ...extra }),
    );
  }

  /** To the front end that sent `request`. Returns the header of what was sent. */
  async answer<T extends Exclude<keyof OutgoingContents, keyof PublishedContents>>(
    channel: Channel,
    type: T,
    content: OutgoingContents[T],
    request: Message,
    metadata?: JsonObject,
  ): Promise<Header> {
    const message = createMessage<T>(type, content, {
      session: this.session,
      metadata,
      parent: request.header,
      identities: request.identities,
    });
    await this.#post(channel, () => message);
    return message.header;
  }

  async #post(channel: Channel, message: () => Message): Promise<void> {
    try {
      await this.#send(channel, message());
    } catch (error) {
      this.#log(`a message could not be sent on ${channel}: ${String(error)}`);
    }
  }
}
