import type { FloatArray } from "../dtype.js";
import { activeMachine } from "./backend.js";

/**
 * The loops of `activations.ts` in WebAssembly, for float32. Each function returns false, having done nothing, where plain
 * TypeScript is to compute. eˣ is a polynomial there, so sigmoid and tanh differ from Math's in the last place or two (errors of at
 * most 2e-7, relative to 1).
 */

/** Measured: a shorter relu, or slope, is as fast in TypeScript. */
const leastLength = 32;

// Written out, because joining names at each call takes longer than the call.
const forward = { relu: "reluForward", sigmoid: "sigmoidForward", tanh: "tanhForward" } as const;
const backward = { relu: "reluBackward", sigmoid: "sigmoidBackward", tanh: "tanhBackward" } as const;

/** relu has the same bits in both, so short arrays may stay; sigmoid and tanh do not, and may not depend on the number of rows. */
export function wasmForward(name: keyof typeof forward, x: FloatArray, y: FloatArray): boolean {
  if (name === "relu" && x.length < leastLength) return false;
  const machine = activeMachine();
  if (machine === undefined) return false;
  const atX = machine.addressOf(x);
  const atY = machine.addressOf(y);
  if (atX !== undefined && atY !== undefined) {
    machine.functions[forward[name]](atX, atY, x.length);
    return true;
  }
  if (!(x instanceof Float32Array && y instanceof Float32Array)) return false;
  machine.runOnCopies([x, y], { written: [1] }, (on, [toX, toY]) => on[forward[name]](toX, toY, x.length));
  return true;
}

/** `known` is x for relu, y = f(x) for sigmoid and tanh. */
export function wasmBackward(
  name: "relu" | "sigmoid" | "tanh",
  dy: FloatArray,
  known: FloatArray,
  dx: FloatArray,
): boolean {
  if (dx.length < leastLength) return false;
  const machine = activeMachine();
  if (machine === undefined) return false;
  const atDy = machine.addressOf(dy);
  const atKnown = machine.addressOf(known);
  const atDx = machine.addressOf(dx);
  if (atDy !== undefined && atKnown !== undefined && atDx !== undefined) {
    machine.functions[backward[name]](atDy, atKnown, atDx, dx.length);
    return true;
  }
  const arrays = [dy, known, dx];
  if (!arrays.every((array) => array instanceof Float32Array)) return false;
  machine.runOnCopies(arrays, { written: [2] }, (on, [toDy, toKnown, toDx]) =>
    on[backward[name]](toDy, toKnown, toDx, dx.length),
  );
  return true;
}
