import * as fs from "node:fs";
import { drainMark, encodeFrame, type Frame, frameDescriptor } from "../wire.js";
import { critically } from "./critical.js";
import { currentRun } from "./runs.js";

// A cell may declare a variable of one of these names; the runtime keeps the originals.
const { Atomics, Buffer, JSON, process } = globalThis;

const { writeSync } = fs;

/** Writes all bytes before it returns: a slow host slows the program down, and nothing is lost when the process ends. */
function writeAll(descriptor: number, bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length) {
    try {
      at += writeSync(descriptor, bytes, at, bytes.length - at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") process.kill(process.pid, "SIGKILL"); // the host is gone
      if (code !== "EAGAIN" && code !== "EINTR") throw error;
      Atomics.wait(nap, 0, 0, 1);
    }
  }
}

const nap = new Int32Array(new SharedArrayBuffer(4));

export function writeStream(name: "stdout" | "stderr", text: string, run = currentRun()?.id ?? 0): void {
  if (text === "") return;
  const bytes = encodeFrame(name, run, text);
  critically(() => writeAll(frameDescriptor, bytes));
}

export function writeFrame(frame: Frame, run = currentRun()?.id ?? 0): void {
  const bytes = encodeFrame("json", run, JSON.stringify(frame));
  critically(() => writeAll(frameDescriptor, bytes));
}

/** Tells the host that all output of this run on descriptors 1 and 2 has passed. */
export function markDrained(run: number): void {
  const bytes = Buffer.from(drainMark(run));
  critically(() => {
    for (const descriptor of [1, 2]) {
      try {
        writeAll(descriptor, bytes);
      } catch {
        // User code closed it: then nothing can be on its way.
      }
    }
  });
}
