import type { FloatArray } from "../dtype.js";
import { activeMachine } from "./backend.js";
import type { KernelFunctions } from "./kernel-functions.js";
import type { Machine } from "./machine.js";

/**
 * The loops of `activations.ts` in WebAssembly, for float32. Each function returns false, having done nothing, where plain
 * TypeScript is to compute. eˣ is a polynomial there, so what is made of it differs from Math's in the last place or two (errors of at
 * most 2e-7, relative to 1; of gelu, 4e-7).
 */

/** Measured: a shorter relu, or slope, is as fast in TypeScript. */
const leastLength = 32;

/** The names here; `a` and `b` below are their parameters: slope; scales above and below 0; columns and temperature. */
export type WasmActivation =
  "relu" | "sigmoid" | "tanh" | "leakyRelu" | "elu" | "gelu" | "softplus" | "swish" | "softmax";

type ForwardName = keyof KernelFunctions & `${string}Forward`;
type BackwardName = keyof KernelFunctions & `${string}Backward`;

// Written out, because joining names at each call takes longer than the call.
const forward: Readonly<Record<WasmActivation, ForwardName>> = {
  relu: "reluForward",
  sigmoid: "sigmoidForward",
  tanh: "tanhForward",
  leakyRelu: "leakyReluForward",
  elu: "eluForward",
  gelu: "geluForward",
  softplus: "softplusForward",
  swish: "swishForward",
  softmax: "softmaxForward",
};
const backward: Readonly<Record<WasmActivation, BackwardName>> = {
  relu: "reluBackward",
  sigmoid: "sigmoidBackward",
  tanh: "tanhBackward",
  leakyRelu: "leakyReluBackward",
  elu: "eluBackward",
  gelu: "geluBackward",
  softplus: "softplusBackward",
  swish: "swishBackward",
  softmax: "softmaxBackward",
};

/** relu has the same bits in both, so short arrays may stay; the others do not, and may not depend on the number of rows. */
export function wasmForward(
  name: WasmActivation,
  x: FloatArray,
  y: FloatArray,
  a: number = 0,
  b: number = 0,
): boolean {
  if (name === "relu" && x.length < leastLength) return false;
  const machine = activeMachine();
  if (machine === undefined) return false;
  const atX = machine.addressOf(x);
  const atY = machine.addressOf(y);
  if (atX !== undefined && atY !== undefined) {
    machine.functions[forward[name]](atX, atY, x.length, a, b);
    return true;
  }
  return forwardOnCopies(machine, forward[name], [x, y], [a, b]);
}

/** `known` is y = f(x) for sigmoid, tanh and softmax, else x. */
export function wasmBackward(
  name: WasmActivation,
  dy: FloatArray,
  known: FloatArray,
  dx: FloatArray,
  a: number = 0,
  b: number = 0,
): boolean {
  if (dx.length < leastLength) return false;
  const machine = activeMachine();
  if (machine === undefined) return false;
  const atDy = machine.addressOf(dy);
  const atKnown = machine.addressOf(known);
  const atDx = machine.addressOf(dx);
  if (atDy !== undefined && atKnown !== undefined && atDx !== undefined) {
    machine.functions[backward[name]](atDy, atKnown, atDx, dx.length, a, b);
    return true;
  }
  return backwardOnCopies(machine, backward[name], [dy, known, dx], [a, b]);
}

/** These by themselves, because a function with a closure in it allocates whenever it is called. */
function forwardOnCopies(
  machine: Machine,
  name: ForwardName,
  arrays: readonly [x: FloatArray, y: FloatArray],
  [a, b]: readonly [number, number],
): boolean {
  return machine.run(arrays, { written: [1] }, (on, [toX, toY]) =>
    on[name](toX, toY, arrays[0].length, a, b),
  );
}

function backwardOnCopies(
  machine: Machine,
  name: BackwardName,
  arrays: readonly [dy: FloatArray, known: FloatArray, dx: FloatArray],
  [a, b]: readonly [number, number],
): boolean {
  return machine.run(arrays, { written: [2] }, (on, [toDy, toKnown, toDx]) =>
    on[name](toDy, toKnown, toDx, arrays[2].length, a, b),
  );
}
