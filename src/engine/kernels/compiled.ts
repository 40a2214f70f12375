/**
 * The compiled WebAssembly kernels in base64. Empty in the sources: the build compiles `assembly/` and writes this module anew
 * into `dist` (src/cli/build-kernels.ts), so that they load at once, without a file or a request, in Node and in a browser worker.
 */
export const compiledKernels: string = "";

/** The same, compiled with the fused multiply-adds of relaxed SIMD. */
export const relaxedKernels: string = "";
