import { ProtocolFault, WireCodec, type Message } from "./protocol/index.js";
import {
  Session,
  type Executor,
  type HistoryStore,
  type KernelVersions,
  type LanguageService,
} from "./session/index.js";
import { Channels, type Connection, type RequestChannel } from "./transport/index.js";

export interface KernelOptions {
  readonly connection: Connection;
  readonly executor: Executor;
  readonly language: LanguageService;
  readonly history: HistoryStore;
  readonly versions: KernelVersions;
  readonly log: (line: string) => void;
}

export interface Kernel {
  readonly channels: Channels;
  /** As the Stop button. */
  interrupt(): Promise<void>;
  /** Ends runtime and sockets in order. Idempotent. */
  stop(reason: string): Promise<void>;
  /** Resolves when the kernel has ended. */
  readonly ended: Promise<void>;
}

/** How long the runtime may take to end before the kernel ends without it. */
const stopPatienceMs = 3000;

/** Puts protocol, transport, session, execution and language together, and listens. */
export async function startKernel(options: KernelOptions): Promise<Kernel> {
  const { connection, executor, log } = options;
  const codec = new WireCodec({ key: connection.key });
  let end: () => void;
  const ended = new Promise<void>((resolve) => (end = resolve));
  let stopping: Promise<void> | undefined;

  const session = new Session({
    ...options,
    send: (channel, message) => channels.send(channel, codec.encode(message)),
    onShutdown: ({ restart }) => void stop(restart ? "restart" : "shutdown"),
  });
  const channels = await Channels.open(connection, {
    receive: (channel, frames) => {
      const message = decoded(channel, frames);
      if (message !== undefined) session.receive(channel, message);
    },
    subscribed: (topic) => session.welcome(Buffer.from(topic).toString("utf8")),
    log,
  });
  channels.heartbeatBound.catch((error: unknown) => log(String(error)));
  session.start();
  channels.listen();

  function decoded(channel: RequestChannel, frames: readonly Uint8Array[]): Message | undefined {
    try {
      return codec.decode(frames);
    } catch (error) {
      if (!(error instanceof ProtocolFault)) throw error;
      log(`${channel}: a message was dropped: ${error.message}`);
      return undefined;
    }
  }

  function stop(reason: string): Promise<void> {
    stopping ??= stopNow(reason);
    return stopping;
  }

  async function stopNow(reason: string): Promise<void> {
    session.close();
    const stopped = executor.stop().catch((error: unknown) => {
      log(`the runtime did not end in order (${reason}): ${String(error)}`);
    });
    await Promise.race([stopped, new Promise((resolve) => setTimeout(resolve, stopPatienceMs))]);
    await channels.close();
    end();
  }

  return { channels, interrupt: () => session.interrupt(), stop, ended };
}
