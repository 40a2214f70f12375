/**
 * The runtime's second thread: reads the host's commands while user code has the main thread, and stops that thread on
 * request. When the host is gone it ends the process, whatever the main thread is doing.
 */
import { Session } from "node:inspector";
import * as net from "node:net";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { Command } from "../wire.js";
import { cells, inputCell } from "./critical.js";

const { flags, descriptor, inputPort } = workerData as {
  readonly flags: Int32Array;
  readonly descriptor: number;
  readonly inputPort: MessagePort;
};
const main = parentPort!;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let waiting: Command[] | undefined;

function take(command: Command): void {
  if (waiting !== undefined) waiting.push(command);
  else if (command.type === "interrupt") {
    waiting = [];
    void stopMain(command).then(() => {
      const held = waiting ?? [];
      waiting = undefined;
      held.forEach(take);
    });
  } else if (command.type === "input") {
    // The main thread may be blocked in prompt(): wake it.
    inputPort.postMessage(command);
    Atomics.add(flags, inputCell, 1);
    Atomics.notify(flags, inputCell);
  } else main.postMessage(command);
}

/** Asks the main thread first: if it answers, nothing runs. If not, what runs is terminated, until it answers. */
async function stopMain(command: Command & { readonly type: "interrupt" }): Promise<void> {
  const answered = (): boolean => Atomics.load(flags, cells.acknowledged) === command.id;
  for (;;) {
    main.postMessage(command);
    for (let wait = 0; wait < 4 && !answered(); wait++) await pause(1);
    if (answered()) return;
    Atomics.store(flags, cells.stopping, 1);
    if (Atomics.load(flags, cells.critical) === 1) Atomics.store(flags, cells.stopping, 0);
    else {
      await terminate();
      Atomics.store(flags, cells.stopping, 0);
    }
  }
}

/** Resolves when the main thread has been thrown out of what it did. */
function terminate(): Promise<void> {
  // Connected only now: an open session would make process.exit() wait, and say so on the terminal.
  const session = new Session();
  session.connectToMainThread();
  return new Promise((resolve) => {
    session.post("Runtime.terminateExecution", () => {
      session.disconnect();
      resolve();
    });
  });
}

const socket = new net.Socket({ fd: descriptor, readable: true, writable: false });
const parts: string[] = [];
socket.setEncoding("utf8");
socket.on("data", (chunk: string) => {
  const lines = chunk.split("\n");
  while (lines.length > 1) {
    parts.push(lines.shift()!);
    take(JSON.parse(parts.join("")) as Command);
    parts.length = 0;
  }
  parts.push(lines[0]!);
});
const hostIsGone = (): void => {
  process.kill(process.pid, "SIGKILL");
};
socket.on("end", hostIsGone);
socket.on("error", hostIsGone);
