import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import {
  type Command,
  commandDescriptor,
  drainMark,
  frameDescriptor,
  FrameReader,
  type Received,
} from "./wire.js";

export interface RuntimeEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What `process.exit()` was called with, if user code called it. */
  readonly exitCode: number | undefined;
  readonly outOfMemory: boolean;
}

interface Listener {
  /** Frames in order; the next are read when the promise is settled. */
  received(frame: Received): void | Promise<void>;
  /** What native code or a child process wrote on descriptor 1 or 2. */
  raw(name: "stdout" | "stderr", text: string): void | Promise<void>;
  ended(end: RuntimeEnd): void;
}

/** One runtime: the child process, its channels, and what it died of. */
export class RuntimeProcess {
  readonly #child: ChildProcess;
  readonly #drained = new Map<string, () => void>();
  readonly ended: Promise<RuntimeEnd>;
  exitCode: number | undefined;
  #outOfMemory = false;

  constructor(options: {
    readonly script: string;
    readonly folder: string;
    readonly flags: readonly string[];
    readonly environment: NodeJS.ProcessEnv;
    readonly listener: Listener;
  }) {
    const { script, folder, flags, environment, listener } = options;
    this.#child = spawn(process.execPath, [...runtimeFlags(), ...flags, script, folder], {
      cwd: folder,
      env: environment,
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    const channels = this.#child.stdio as unknown as readonly Readable[];
    const readers = [
      this.#readFrames(channels[frameDescriptor]!, listener),
      this.#readRaw("stdout", channels[1]!, listener),
      this.#readRaw("stderr", channels[2]!, listener),
    ];
    this.#commands.on("error", () => {}); // the runtime died: its end tells
    this.ended = new Promise((resolve) => {
      const finish = (code: number | null, signal: NodeJS.Signals | null): void => {
        // All that it wrote before it died comes first; a grandchild that holds a channel open is not waited for.
        void Promise.race([Promise.allSettled(readers), pause(500)]).then(() => {
          for (const settle of this.#drained.values()) settle();
          const end = { code, signal, exitCode: this.exitCode, outOfMemory: this.#outOfMemory };
          resolve(end);
          listener.ended(end);
        });
      };
      this.#child.once("exit", finish);
      this.#child.once("error", () => finish(null, null));
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get #commands(): Writable {
    return this.#child.stdio[commandDescriptor] as Writable;
  }

  send(command: Command): void {
    this.#commands.write(`${JSON.stringify(command)}\n`);
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  /** Resolves when the runtime's mark for this run has come through descriptors 1 and 2. */
  async drained(run: number): Promise<void> {
    await Promise.all(["stdout", "stderr"].map((name) => this.#whenMarked(`${name} ${drainMark(run)}`)));
  }

  readonly #seen = new Set<string>();

  #whenMarked(key: string): Promise<void> {
    if (this.#seen.delete(key)) return Promise.resolve();
    return new Promise((resolve) => {
      this.#drained.set(key, () => {
        this.#drained.delete(key);
        resolve();
      });
    });
  }

  #mark(key: string): void {
    const settle = this.#drained.get(key);
    if (settle === undefined) this.#seen.add(key);
    else settle();
  }

  async #readFrames(channel: Readable, listener: Listener): Promise<void> {
    const reader = new FrameReader();
    for await (const chunk of channel) {
      for (const frame of reader.push(chunk as Buffer)) {
        try {
          await listener.received(frame);
        } catch (error) {
          // One delivery that fails must not end all later ones.
          console.error("kernel: an output could not be delivered:", error);
        }
      }
    }
  }

  async #deliver(listener: Listener, name: "stdout" | "stderr", text: string): Promise<void> {
    try {
      await listener.raw(name, text);
    } catch (error) {
      console.error("kernel: an output could not be delivered:", error);
    }
  }

  async #readRaw(name: "stdout" | "stderr", channel: Readable, listener: Listener): Promise<void> {
    const decoder = new StringDecoder("utf8");
    let rest = "";
    for await (const chunk of channel) {
      let text = rest + decoder.write(chunk as Buffer);
      if (text.includes("<--- Last few GCs --->") || text.includes("FATAL ERROR: "))
        this.#outOfMemory ||= /heap|memory/.test(text);
      const marks = /\u0000\u0001gradus:\d+\u0001\u0000/;
      for (let found = marks.exec(text); found !== null; found = marks.exec(text)) {
        if (found.index > 0) await this.#deliver(listener, name, text.slice(0, found.index));
        this.#mark(`${name} ${found[0]}`);
        text = text.slice(found.index + found[0].length);
      }
      // A mark may be cut in two.
      const cut = text.lastIndexOf("\u0000\u0001");
      const keep =
        cut >= 0 && text.length - cut < 32 ? cut : text.endsWith("\u0000") ? text.length - 1 : text.length;
      rest = text.slice(keep);
      if (keep > 0 && !this.#outOfMemory) await this.#deliver(listener, name, text.slice(0, keep));
    }
    if (rest !== "" && !this.#outOfMemory) await this.#deliver(listener, name, rest);
  }
}

/** Each flag has a reason. */
function runtimeFlags(): string[] {
  const frames = "--experimental-async-context-frame";
  const isNode22 = process.versions.node.startsWith("22.") || process.versions.node.startsWith("23.");
  return [
    "--no-force-async-hooks-checks", // a stop may hit a timer's callback
    "--experimental-vm-modules", // local files are modules that can be loaded anew
    "--disable-warning=ExperimentalWarning", // of the flag above
    ...(isNode22 && process.allowedNodeEnvironmentFlags.has(frames) ? [frames] : []),
  ];
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
