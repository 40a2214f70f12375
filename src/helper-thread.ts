// How the engine gets a second thread. The engine itself starts none; a browser build would make a Worker from a Blob here.
import { Worker } from "node:worker_threads";
import type { SpawnThread } from "./engine/index.js";

/** A thread of Node's that ends with the process and never keeps it alive. */
export const helperThread: SpawnThread = (loop, start) => {
  const script = `(${loop})(require("node:worker_threads").workerData);`;
  const worker = new Worker(script, { eval: true, workerData: start, stdout: false, stderr: false });
  worker.unref();
  // A helper that cannot start never says that it is ready, and one thread does the work.
  worker.on("error", () => {});
};
