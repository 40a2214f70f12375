import type { FloatArray } from "../dtype.js";
import { activeMachine } from "./backend.js";
import type { Machine } from "./machine.js";

/**
 * The products of `affine.ts` in WebAssembly. Each function returns false, having done nothing, where plain TypeScript is to
 * compute: no WebAssembly, an array in float64, or a layer so small that the call costs more than it saves. That choice looks at
 * the weights only, never at the number of rows, so that a row's output does not depend on the rows around it.
 */

/** Measured: a layer with fewer weights is as fast in TypeScript. */
const leastWeights = 8;

/** From so many rows on, W is transposed once instead of taking dot products. */
const leastRowsToTranspose = 8;

export function wasmAffine(
  x: FloatArray,
  w: FloatArray,
  b: FloatArray | undefined,
  z: FloatArray,
  units: number,
): boolean {
  if (w.length < leastWeights) return false;
  const machine = activeMachine();
  if (machine === undefined || z.length === 0) return false;
  const rows = z.length / units;
  const inputs = w.length / units;
  const atX = machine.addressOf(x);
  const atW = machine.addressOf(w);
  const atB = b === undefined ? 0 : machine.addressOf(b);
  const atZ = machine.addressOf(z);
  // Written out for the usual case: with `run` alone a small network takes twice as long.
  if (atX !== undefined && atW !== undefined && atB !== undefined && atZ !== undefined) {
    machine.functions.affine(atX, atW, atB, atZ, rows, inputs, units);
    return true;
  }
  return onCopies(machine, "affine", [x, w, b, z], { written: [3], sizes: [rows, inputs, units] });
}

export function wasmAffineWeightGradient(
  x: FloatArray,
  dz: FloatArray,
  dw: FloatArray,
  db: FloatArray,
): boolean {
  if (dw.length < leastWeights) return false;
  const machine = activeMachine();
  if (machine === undefined || dz.length === 0) return false;
  const units = db.length;
  const rows = dz.length / units;
  const inputs = dw.length / units;
  const atX = machine.addressOf(x);
  const atDz = machine.addressOf(dz);
  const atDw = machine.addressOf(dw);
  const atDb = machine.addressOf(db);
  if (atX !== undefined && atDz !== undefined && atDw !== undefined && atDb !== undefined) {
    machine.functions.affineWeightGradient(atX, atDz, atDw, atDb, rows, inputs, units);
    return true;
  }
  const options = { written: [2, 3], sizes: [rows, inputs, units] } as const;
  return onCopies(machine, "affineWeightGradient", [x, dz, dw, db], options);
}

export function wasmAffineInputGradient(
  dz: FloatArray,
  w: FloatArray,
  dx: FloatArray,
  units: number,
): boolean {
  if (w.length < leastWeights) return false;
  const machine = activeMachine();
  if (machine === undefined || dz.length === 0) return false;
  const rows = dz.length / units;
  const inputs = w.length / units;
  const room = rows < leastRowsToTranspose ? 0 : w.length;
  const atDz = machine.addressOf(dz);
  const atW = machine.addressOf(w);
  const atDx = machine.addressOf(dx);
  if (room === 0 && atDz !== undefined && atW !== undefined && atDx !== undefined) {
    machine.functions.affineInputGradient(atDz, atW, atDx, 0, rows, inputs, units);
    return true;
  }
  return inputGradientWithRoom(machine, [dz, w, dx], { room, sizes: [rows, inputs, units] });
}

function inputGradientWithRoom(
  machine: Machine,
  arrays: readonly FloatArray[],
  { room, sizes }: { readonly room: number; readonly sizes: Sizes },
): boolean {
  return machine.run(arrays, { written: [2], room }, (on, [toDz, toW, toDx, toRoom]) =>
    on.affineInputGradient(toDz, toW, toDx, room === 0 ? 0 : toRoom, ...sizes),
  );
}

type Sizes = readonly [rows: number, inputs: number, units: number];

/** By itself, because a function with a closure in it allocates whenever it is called. */
function onCopies(
  machine: Machine,
  name: "affine" | "affineWeightGradient",
  arrays: readonly (FloatArray | undefined)[],
  { written, sizes }: { readonly written: readonly number[]; readonly sizes: Sizes },
): boolean {
  return machine.run(arrays, { written }, (on, [a, b, c, d]) => on[name](a, b, c, d, ...sizes));
}
