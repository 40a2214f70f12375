export { cellGlobals } from "./cell-globals.js";
export { createExecutor, type ExecutorOptions } from "./executor.js";
