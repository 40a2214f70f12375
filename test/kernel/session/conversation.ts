import type { Channel, JsonObject, Message } from "../../../src/kernel/protocol/index.js";
import { Session, type HistoryEntry } from "../../../src/kernel/session/index.js";
import { ToyExecutor, ToyLanguage } from "./toy-language.js";

export interface Sent {
  readonly channel: Channel;
  readonly message: Message;
}

let lastRequest = 0;

/** A session with a toy language, and everything it sends. */
export class Conversation {
  readonly executor = new ToyExecutor();
  readonly language = new ToyLanguage();
  readonly sent: Sent[] = [];
  readonly logged: string[] = [];
  readonly stored: HistoryEntry[];
  readonly shutdowns: boolean[] = [];
  readonly session: Session;
  /** Makes each send take a turn of the event loop, as a socket may. */
  slow = false;

  constructor({ stored = [] }: { readonly stored?: HistoryEntry[] } = {}) {
    this.stored = stored;
    this.session = new Session({
      send: async (channel, message) => {
        this.sent.push({ channel, message });
        if (this.slow) await new Promise((resolve) => setImmediate(resolve));
      },
      executor: this.executor,
      language: this.language,
      history: {
        load: () => Promise.resolve([...stored]),
        append: (entry) => {
          stored.push(entry);
          return Promise.resolve();
        },
      },
      versions: { gradus: "1.2.3", typescript: "6.0.3", node: "20.0.0" },
      log: (line) => this.logged.push(line),
      onShutdown: ({ restart }) => this.shutdowns.push(restart),
    });
  }

  /** Sends a request; returns its id. */
  post(
    type: string,
    content: JsonObject = {},
    {
      client = "a",
      channel = "shell",
      parent,
      buffers = [],
    }: {
      readonly client?: string;
      readonly channel?: "shell" | "control" | "stdin";
      readonly parent?: Message["parent_header"];
      readonly buffers?: readonly Uint8Array[];
    } = {},
  ): string {
    const id = `${type}-${++lastRequest}`;
    this.session.receive(channel, {
      identities: [new TextEncoder().encode(client)],
      header: { msg_id: id, msg_type: type, session: client, username: "u", date: "", version: "5.4" },
      parent_header: parent ?? {},
      metadata: {},
      content,
      buffers,
    });
    return id;
  }

  execute(code: string, options: JsonObject = {}, client = "a"): string {
    return this.post("execute_request", { code, ...options }, { client });
  }

  /** Waits until the request's `idle` has been sent. */
  async idle(id: string): Promise<void> {
    await this.until(
      () =>
        this.about(id).some(
          ({ message }) =>
            message.header.msg_type === "status" && message.content["execution_state"] === "idle",
        ),
      `idle of ${id}`,
    );
  }

  async until(isTrue: () => boolean, what = "what the test waits for"): Promise<void> {
    for (let turns = 0; !isTrue(); turns++) {
      if (turns > 400) throw new Error(`${what} did not come; sent: ${this.words().join(", ")}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Everything sent because of a request, in order. */
  about(id: string): Sent[] {
    return this.sent.filter(({ message }) => message.parent_header.msg_id === id);
  }

  /** The same as short words: `stream:out text`, `status:busy`. */
  words(id?: string): string[] {
    return (id === undefined ? this.sent : this.about(id)).map(({ message }) => word(message));
  }

  /** The content of the first message of a type about a request. */
  content(id: string, type: string): JsonObject {
    const found = this.about(id).find(({ message }) => message.header.msg_type === type);
    if (found === undefined) throw new Error(`no ${type} about ${id}: ${this.words(id).join(", ")}`);
    return found.message.content;
  }

  /** Executes a cell, waits for its end and returns the words. */
  async run(code: string, options: JsonObject = {}): Promise<string[]> {
    const id = this.execute(code, options);
    await this.idle(id);
    return this.words(id);
  }

  /** Any request but execute: its reply's content. */
  async reply(
    type: string,
    content: JsonObject = {},
    channel: "shell" | "control" = "shell",
  ): Promise<JsonObject> {
    const id = this.post(type, content, { channel });
    await this.idle(id);
    return this.content(id, type.replace("_request", "_reply"));
  }
}

function word({ header, content }: Message): string {
  switch (header.msg_type) {
    case "status":
      return `status:${String(content["execution_state"])}`;
    case "stream":
      return `${String(content["name"])}:${String(content["text"])}`;
    case "execute_reply":
      return `execute_reply:${String(content["status"])}`;
    default:
      return header.msg_type;
  }
}
