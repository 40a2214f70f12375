import { randomUUID } from "node:crypto";
import type { CommMessage } from "../../session/executor.js";
import { type CommText, fromCommText } from "../wire.js";
import { writeFrame } from "./output.js";
import { currentRun, type Run, within } from "./runs.js";

// A cell may declare a variable of one of these names; the runtime keeps the originals.
const { Buffer, Error, Object, TypeError } = globalThis;

interface Extras {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly buffers?: readonly Uint8Array[];
}
type Handler = (message: CommMessage) => void;

/** One end of a channel to the page; the other end is a widget or an extension. */
export class Comm {
  readonly id: string;
  readonly targetName: string;
  readonly run: Run | undefined = currentRun();
  onMessage: Handler | undefined;
  onClose: Handler | undefined;
  readonly #comms: Comms;

  constructor(comms: Comms, id: string, targetName: string) {
    this.#comms = comms;
    this.id = id;
    this.targetName = targetName;
  }

  send(data: unknown, extras: Extras = {}): void {
    if (!this.#comms.has(this.id)) throw new Error(`comm "${this.targetName}": it is closed`);
    write("comm_msg", this, data, extras);
  }

  close(data: unknown = {}, extras: Extras = {}): void {
    if (this.#comms.forget(this.id)) write("comm_close", this, data, extras);
  }
}

export class Comms {
  readonly #open = new Map<string, Comm>();
  readonly #targets = new Map<
    string,
    { readonly accept: (comm: Comm, message: CommMessage) => void; readonly run: Run | undefined }
  >();

  /** Opens a channel to whatever the page registered under `targetName`. */
  readonly open = (targetName: string, data: unknown = {}, extras: Extras = {}): Comm => {
    const comm = new Comm(this, randomUUID(), targetName);
    this.#open.set(comm.id, comm);
    this.announce();
    write("comm_open", comm, data, extras);
    return comm;
  };

  /** Accepts channels that the page opens under `targetName`. */
  readonly register = (targetName: string, accept: (comm: Comm, message: CommMessage) => void): void => {
    if (typeof accept !== "function")
      throw new TypeError(`comms.register: expects a function for "${targetName}"`);
    this.#targets.set(targetName, { accept, run: currentRun() });
  };

  readonly unregister = (targetName: string): boolean => this.#targets.delete(targetName);

  has(id: string): boolean {
    return this.#open.has(id);
  }

  forget(id: string): boolean {
    const known = this.#open.delete(id);
    if (known) this.announce();
    return known;
  }

  announce(request?: number): void {
    const open = Object.fromEntries([...this.#open.values()].map(({ id, targetName }) => [id, targetName]));
    writeFrame({ type: "comms", open, ...(request === undefined ? {} : { request }) });
  }

  /** A message from the page. */
  receive(text: CommText): void {
    const message = fromCommText(text);
    if (message.type === "comm_open") this.#accept(message);
    const comm = this.#open.get(message.commId);
    if (comm === undefined || message.type === "comm_open") return;
    if (message.type === "comm_close") this.forget(comm.id);
    within(comm.run, () => (message.type === "comm_close" ? comm.onClose : comm.onMessage)?.(message));
  }

  #accept(message: CommMessage): void {
    const target = this.#targets.get(message.targetName ?? "");
    if (target === undefined) {
      // The protocol: an end that knows no such target closes at once.
      writeFrame({ type: "comm", message: { type: "comm_close", commId: message.commId, data: {} } });
      return;
    }
    within(target.run, () => {
      const comm = new Comm(this, message.commId, message.targetName ?? "");
      this.#open.set(comm.id, comm);
      target.accept(comm, message);
    });
  }
}

function write(type: CommMessage["type"], comm: Comm, data: unknown, { metadata, buffers }: Extras): void {
  writeFrame({
    type: "comm",
    message: {
      type,
      commId: comm.id,
      targetName: comm.targetName,
      data,
      ...(metadata === undefined ? {} : { metadata }),
      ...(buffers === undefined
        ? {}
        : { buffers: buffers.map((bytes) => Buffer.from(bytes).toString("base64")) }),
    },
  });
}
