import { setTimeout as delay } from "node:timers/promises";
import { Router } from "zeromq";
import { Broadcast } from "./broadcast.js";
import { endpoint, type Connection, type SocketName } from "./connection-file.js";
import { Heartbeat } from "./heartbeat.js";
import { SendQueue } from "./send-queue.js";

export type RequestChannel = "shell" | "control" | "stdin";

const requestChannels: readonly RequestChannel[] = ["shell", "control", "stdin"];

export interface ChannelHandlers {
  /** Called for every multipart message, in order. Must not throw. */
  receive(channel: RequestChannel, frames: readonly Uint8Array[]): void;
  /** A front end has subscribed to iopub. */
  subscribed(topic: Uint8Array): void;
  log(line: string): void;
}

/** The five sockets of a kernel, as frames of bytes. */
export class Channels {
  readonly #routers: Readonly<Record<RequestChannel, Router>>;
  readonly #queues: Readonly<Record<RequestChannel, SendQueue>>;
  readonly #broadcast: Broadcast;
  readonly #heartbeat: Heartbeat;
  readonly #handlers: ChannelHandlers;
  /** Where each socket listens; differs from the connection file where that says port 0. The heartbeat tells its own. */
  readonly addresses: Readonly<Record<Exclude<SocketName, "hb">, string>>;
  #closed = false;

  private constructor(
    parts: {
      readonly routers: Record<RequestChannel, Router>;
      readonly broadcast: Broadcast;
      readonly heartbeat: Heartbeat;
      readonly addresses: Record<Exclude<SocketName, "hb">, string>;
    },
    handlers: ChannelHandlers,
  ) {
    this.#routers = parts.routers;
    this.#broadcast = parts.broadcast;
    this.#heartbeat = parts.heartbeat;
    this.addresses = parts.addresses;
    this.#handlers = handlers;
    const queueOf = (channel: RequestChannel): SendQueue =>
      new SendQueue((frames) => parts.routers[channel].send([...frames]));
    this.#queues = { shell: queueOf("shell"), control: queueOf("control"), stdin: queueOf("stdin") };
  }

  /** Binds all sockets; `listen` begins to read. Throws an `Error` that names the socket and its address. */
  static async open(connection: Connection, handlers: ChannelHandlers): Promise<Channels> {
    const heartbeat = new Heartbeat(endpoint(connection, "hb"));
    const broadcast = new Broadcast({ log: handlers.log });
    const routers = { shell: newRouter(), control: newRouter(), stdin: newRouter() };
    try {
      const addresses = {
        shell: await bound("shell", connection, (address) => bindRouter(routers.shell, address)),
        control: await bound("control", connection, (address) => bindRouter(routers.control, address)),
        stdin: await bound("stdin", connection, (address) => bindRouter(routers.stdin, address)),
        iopub: await bound("iopub", connection, (address) => broadcast.bind(address)),
      };
      return new Channels({ routers, broadcast, heartbeat, addresses }, handlers);
    } catch (error) {
      for (const router of Object.values(routers)) router.close();
      await Promise.all([broadcast.close(), heartbeat.close()]);
      throw error;
    }
  }

  /** Begins to hand what comes to the handlers. */
  listen(): void {
    const failed =
      (name: string) =>
      (error: unknown): void => {
        if (!this.#closed) this.#handlers.log(`the ${name} socket has failed: ${String(error)}`);
      };
    for (const channel of requestChannels) this.#receiveFrom(channel).catch(failed(channel));
    this.#broadcast.listen((topic) => this.#handlers.subscribed(topic)).catch(failed("iopub"));
  }

  /** The heartbeat's address, once its thread is up. */
  get heartbeatBound(): Promise<string> {
    return this.#heartbeat.bound;
  }

  /** Resolves when the message was handed to the socket. */
  send(channel: RequestChannel | "iopub", frames: readonly Uint8Array[]): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return channel === "iopub" ? this.#broadcast.send(frames) : this.#queues[channel].send(frames);
  }

  /** Sends what is queued, for at most about a second, and closes all sockets. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const drained = Promise.all(requestChannels.map((channel) => this.#queues[channel].drained()));
    await Promise.race([drained, delay(500, undefined, { ref: false })]);
    for (const channel of requestChannels) this.#routers[channel].close();
    await Promise.all([this.#broadcast.close(), this.#heartbeat.close()]);
  }

  async #receiveFrom(channel: RequestChannel): Promise<void> {
    for await (const frames of this.#routers[channel]) this.#handlers.receive(channel, frames);
  }
}

function newRouter(): Router {
  // No limit on what waits for one client: a ROUTER drops beyond it, and a lost reply hangs a front end.
  return new Router({ linger: 1000, sendHighWaterMark: 0, receiveHighWaterMark: 0, handover: true });
}

async function bindRouter(router: Router, address: string): Promise<string> {
  await router.bind(address);
  return router.lastEndpoint ?? address;
}

async function bound(
  name: Exclude<SocketName, "hb">,
  connection: Connection,
  bind: (address: string) => Promise<string>,
): Promise<string> {
  const address = endpoint(connection, name);
  try {
    return await bind(address);
  } catch (error) {
    throw new Error(
      `${name}: cannot listen at ${address}: ${(error as Error).message}. Another process may hold the port.`,
      { cause: error },
    );
  }
}
