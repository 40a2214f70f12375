import type { Header } from "../protocol/index.js";
import type { CellError, CommMessage, DisplayData, OutputSink } from "./executor.js";
import type { Outbox } from "./outbox.js";

/** How long text may wait for more of its kind. */
const coalesceMs = 50;
/** How much text, in UTF-16 code units, is sent at once. */
const coalesceLength = 64 * 1024;

export type AskForInput = (request: {
  readonly prompt: string;
  readonly password: boolean;
}) => Promise<string>;

/**
 * The output of one cell, as messages, in the order in which it was made. Text of one stream is collected for about
 * 50 ms or 64 KB, because a message a line would cost a front end more than the line; anything else first sends what is
 * collected. Text that is sent makes the caller wait until it was handed over, which bounds the memory.
 */
export class CellOutput implements OutputSink {
  readonly #outbox: Outbox;
  readonly #parent: Header;
  readonly #silent: boolean;
  readonly #ask: AskForInput;
  #collected: { readonly name: "stdout" | "stderr"; texts: string[]; length: number } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: {
    readonly outbox: Outbox;
    readonly parent: Header;
    /** The request asked for nothing to be shown: only comm messages and questions go out. */
    readonly silent: boolean;
    readonly ask: AskForInput;
  }) {
    this.#outbox = options.outbox;
    this.#parent = options.parent;
    this.#silent = options.silent;
    this.#ask = options.ask;
  }

  stream(name: "stdout" | "stderr", text: string): void | Promise<void> {
    if (this.#silent || text === "") return;
    let earlier: Promise<void> | undefined;
    if (this.#collected !== undefined && this.#collected.name !== name) earlier = this.flush();
    const collected = (this.#collected ??= { name, texts: [], length: 0 });
    collected.texts.push(text);
    collected.length += text.length;
    if (collected.length >= coalesceLength) return this.#sendCollected({ splitPairs: false });
    this.#timer ??= setTimeout(() => void this.#sendCollected({ splitPairs: false }), coalesceMs);
    return earlier;
  }

  async display(
    { data, metadata }: DisplayData,
    options: { readonly displayId?: string; readonly update?: boolean },
  ): Promise<void> {
    if (this.#silent) return;
    const transient = options.displayId === undefined ? {} : { display_id: options.displayId };
    const type = options.update === true ? "update_display_data" : "display_data";
    await this.#after(() => this.#outbox.publish(type, { data, metadata, transient }, this.#parent));
  }

  async clearOutput({ wait }: { readonly wait: boolean }): Promise<void> {
    if (this.#silent) return;
    await this.#after(() => this.#outbox.publish("clear_output", { wait }, this.#parent));
  }

  async error({ ename, evalue, traceback }: CellError): Promise<void> {
    if (this.#silent) return;
    await this.#after(() => this.#outbox.publish("error", { ename, evalue, traceback }, this.#parent));
  }

  async result(result: DisplayData, executionCount: number): Promise<void> {
    if (this.#silent) return;
    const content = { execution_count: executionCount, data: result.data, metadata: result.metadata };
    await this.#after(() => this.#outbox.publish("execute_result", content, this.#parent));
  }

  async input(request: { readonly prompt: string; readonly password: boolean }): Promise<string> {
    await this.flush();
    return this.#ask(request);
  }

  async comm(message: CommMessage): Promise<void> {
    const { commId: comm_id, data, metadata, buffers } = message;
    const extra = { metadata, buffers: buffers ?? [] };
    await this.#after(() =>
      message.type === "comm_open"
        ? this.#outbox.publish(
            "comm_open",
            { comm_id, target_name: message.targetName ?? "", data },
            this.#parent,
            extra,
          )
        : this.#outbox.publish(message.type, { comm_id, data }, this.#parent, extra),
    );
  }

  /** Sends the text that is still collected. */
  flush(): Promise<void> {
    return this.#sendCollected({ splitPairs: true });
  }

  /** Both calls enter the socket's queue in this order; only the waiting is shared. */
  async #after(publish: () => Promise<void>): Promise<void> {
    const flushed = this.flush();
    await publish();
    await flushed;
  }

  async #sendCollected({ splitPairs }: { readonly splitPairs: boolean }): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#collected === undefined) return;
    const { name, texts } = this.#collected;
    this.#collected = undefined;
    let text = texts.join("");
    // The first half of a surrogate pair waits for its second half.
    if (!splitPairs && /[\ud800-\udbff]$/.test(text.slice(-1))) {
      this.#collected = { name, texts: [text.slice(-1)], length: 1 };
      text = text.slice(0, -1);
    }
    if (text !== "") await this.#outbox.publish("stream", { name, text }, this.#parent);
  }
}
