import {
  isNoticeType,
  isRequestType,
  parseNotice,
  parseRequest,
  replyTypeOf,
  type ErrorReply,
  type JsonObject,
  type Message,
  type NoticeType,
  type OutgoingContents,
  type RequestType,
} from "../protocol/index.js";
import { answers, type AnswerSources, type PromptRequest } from "./answers.js";
import { Cells, errorContent } from "./cells.js";
import type { Executor } from "./executor.js";
import { History, type HistoryStore } from "./history.js";
import { Input } from "./input.js";
import { kernelInfo, type KernelVersions } from "./kernel-info.js";
import type { LanguageService } from "./language.js";
import { Outbox, type Send } from "./outbox.js";
import { Status } from "./status.js";

export interface SessionOptions {
  readonly send: Send;
  readonly executor: Executor;
  readonly language: LanguageService;
  readonly history: HistoryStore;
  readonly versions: KernelVersions;
  readonly log: (line: string) => void;
  /** A front end asked for the end; its answer is on the way. */
  readonly onShutdown: (options: { readonly restart: boolean }) => void;
  /** See `Cells`. */
  readonly abortGraceMs?: number;
}

/** How long an interrupt may take before its request is answered all the same. */
const interruptAnswerMs = 1000;
/**
 * When the language loads, which keeps the host from answering for half a second: once a front end has its kernel_info
 * and is subscribed, or after so long without one. jupyter_client calls a kernel ready only when it has seen both, and
 * asks again after a second of silence.
 */
const warmUpDelayMs = 10;
const warmUpAtLatestMs = 2000;

/**
 * The kernel without sockets and processes: requests in, messages out. Cells run one at a time; every other request is
 * answered at once, also while a cell runs, because the runtime is a process of its own and completion in a notebook
 * that trains is worth having. (ipykernel answers its shell in sequence; the protocol asks for order only among the
 * messages of one request.)
 */
export class Session {
  readonly #options: SessionOptions;
  readonly #outbox: Outbox;
  readonly #status: Status;
  readonly #input: Input;
  readonly #cells: Cells;
  readonly #sources: AnswerSources;
  #warmUp: ReturnType<typeof setTimeout> | undefined;
  #isWarm = false;
  #isKnown = false;
  #isHeard = false;
  #isOver = false;

  constructor(options: SessionOptions) {
    const { executor, language, log } = options;
    this.#options = options;
    this.#outbox = new Outbox(options);
    this.#status = new Status(this.#outbox);
    this.#input = new Input(this.#outbox);
    const history = new History({ store: options.history, session: this.#outbox.session });
    this.#sources = { executor, language, history };
    this.#cells = new Cells({
      ...this.#sources,
      outbox: this.#outbox,
      status: this.#status,
      input: this.#input,
      log,
      ...(options.abortGraceMs === undefined ? {} : { abortGraceMs: options.abortGraceMs }),
    });
  }

  /** Says `starting` and lets the runtime start, in parallel with everything else. */
  start(): void {
    void this.#status.starting();
    this.#options.executor.start().catch((error: unknown) => {
      this.#options.log(`the runtime could not be started: ${String(error)}`);
    });
    this.#warmUpIn(warmUpAtLatestMs);
  }

  /** Greets a front end that has subscribed to a topic of iopub (the empty topic is everything). */
  welcome(subscription: string): void {
    void this.#outbox.publish("iopub_welcome", { subscription }, undefined);
    this.#isHeard = true;
    this.#warmUpSoon();
  }

  /** Takes a message of a front end. Returns at once; what follows goes through `send`. Never throws. */
  receive(channel: "shell" | "control" | "stdin", message: Message): void {
    if (this.#isOver) return;
    const type = message.header.msg_type;
    if (isRequestType(type)) void this.#answer(channel, type, message);
    else if (isNoticeType(type)) this.#notice(type, message);
    else if (type.endsWith("_request")) void this.#refuse(channel, type as `${string}_request`, message);
    else this.#options.log(`${channel}: a message of unknown type ${JSON.stringify(type)} was ignored`);
  }

  /** Stops the cell that runs, as the Stop button does. */
  interrupt(): Promise<void> {
    return this.#cells.interrupt();
  }

  /** Lets nothing more start or be sent for a request. */
  close(): void {
    this.#isOver = true;
    clearTimeout(this.#warmUp);
    this.#cells.close();
  }

  async #answer(channel: "shell" | "control" | "stdin", type: RequestType, message: Message): Promise<void> {
    try {
      if (type === "execute_request")
        // Its `busy` comes when its turn comes.
        return this.#cells.add(message, parseRequest(type, message.content));
    } catch (error) {
      return this.#status.around(message.header, () =>
        this.#reply(channel, type, errorReply(error), message),
      );
    }
    let afterwards: (() => void) | undefined;
    await this.#status.around(message.header, async () => {
      let content: unknown;
      try {
        [content, afterwards] = await this.#work(type, message.content);
      } catch (error) {
        this.#options.log(`${type}: ${String(error)}`);
        content = errorReply(error);
      }
      await this.#reply(channel, type, content, message);
      if (type === "shutdown_request")
        // For the other front ends.
        await this.#reply("iopub", type, content, { ...message, identities: [] });
    });
    afterwards?.();
  }

  /** The content of the reply, and what is to be done once it is sent. */
  async #work(
    type: Exclude<RequestType, "execute_request">,
    content: JsonObject,
  ): Promise<readonly [content: unknown, afterwards?: () => void]> {
    switch (type) {
      case "kernel_info_request":
        return [
          kernelInfo(this.#options.versions),
          () => {
            this.#isKnown = true;
            this.#warmUpSoon();
          },
        ];
      case "interrupt_request": {
        let timer: ReturnType<typeof setTimeout> | undefined;
        const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, interruptAnswerMs)));
        await Promise.race([this.#cells.interrupt(), patience]).finally(() => clearTimeout(timer));
        return [{ status: "ok" }];
      }
      case "shutdown_request": {
        const { restart } = parseRequest(type, content);
        return [{ status: "ok", restart }, () => this.#options.onShutdown({ restart })];
      }
      case "complete_request":
      case "inspect_request":
      case "is_complete_request":
      case "history_request":
      case "comm_info_request":
        return [await this.#promptAnswer(type, content)];
    }
  }

  #promptAnswer<T extends PromptRequest>(type: T, content: JsonObject): Promise<unknown> {
    return answers[type](parseRequest(type, content), this.#sources);
  }

  async #reply(
    channel: "shell" | "control" | "stdin" | "iopub",
    type: RequestType,
    content: unknown,
    request: Message,
  ): Promise<void> {
    const replyType = replyTypeOf(type);
    await this.#outbox.answer(channel, replyType, content as OutgoingContents[typeof replyType], request);
  }

  async #refuse(
    channel: "shell" | "control" | "stdin",
    type: `${string}_request`,
    message: Message,
  ): Promise<void> {
    this.#options.log(`${channel}: ${type} is not supported`);
    const content = errorReply(new Error(`this kernel does not support ${type}`));
    await this.#status.around(message.header, () =>
      this.#reply(channel, type as RequestType, content, message),
    );
  }

  #notice(type: NoticeType, message: Message): void {
    try {
      if (type === "input_reply") {
        if (!this.#input.receive(message, parseNotice(type, message.content).value))
          this.#options.log("an input_reply that answers no open question was ignored");
        return;
      }
      const content = parseNotice(type, message.content);
      this.#cells.addComm(message, {
        type,
        commId: content.comm_id,
        ...("target_name" in content ? { targetName: content.target_name } : {}),
        data: content.data,
        metadata: message.metadata,
        buffers: message.buffers,
      });
    } catch (error) {
      this.#options.log(`${type} was ignored: ${String(error)}`);
    }
  }

  #warmUpSoon(): void {
    if (this.#isKnown && this.#isHeard) this.#warmUpIn(warmUpDelayMs);
  }

  #warmUpIn(delayMs: number): void {
    if (this.#isWarm || this.#isOver) return;
    clearTimeout(this.#warmUp);
    this.#warmUp = setTimeout(() => {
      this.#isWarm = true;
      this.#options.language.warmUp().catch((error: unknown) => {
        this.#options.log(`the language service could not be loaded: ${String(error)}`);
      });
    }, delayMs);
  }
}

function errorReply(error: unknown): ErrorReply {
  return { status: "error", ...errorContent(error) };
}
