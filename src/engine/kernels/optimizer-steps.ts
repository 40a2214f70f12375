import type { FloatArray } from "../dtype.js";
import { activeMachine } from "./backend.js";
import type { Machine } from "./machine.js";

/**
 * The inner loops of the optimizers: one step for one parameter array w with slopes g, in place. The loops here are the
 * definition; in float32 WebAssembly does the same work where it can, with the settings computed in float64 and rounded once.
 */

/** Measured: shorter arrays are as fast in TypeScript. */
const leastLength = 16;

/** w ← w - η g */
export function sgdStep(w: FloatArray, g: FloatArray, eta: number): void {
  const machine = machineFor(w);
  if (machine !== undefined) {
    const [atW, atG] = [machine.addressOf(w), machine.addressOf(g)];
    if (atW !== undefined && atG !== undefined) machine.functions.sgdStep(atW, atG, w.length, eta);
    else {
      machine.runOnCopies([w, g], { written: [0] }, (on, [toW, toG]) => on.sgdStep(toW, toG, w.length, eta));
    }
    return;
  }
  for (let i = 0; i < w.length; i++) w[i] -= eta * g[i];
}

/** v ← μ v - η g, w ← w + v; in Nesterov's form w ← w + μ v - η g. */
export function momentumStep(
  { w, g, v }: { readonly w: FloatArray; readonly g: FloatArray; readonly v: FloatArray },
  { eta, mu, nesterov }: { readonly eta: number; readonly mu: number; readonly nesterov: boolean },
): void {
  const machine = machineFor(w);
  if (machine !== undefined) {
    const [atW, atG, atV] = [machine.addressOf(w), machine.addressOf(g), machine.addressOf(v)];
    if (atW !== undefined && atG !== undefined && atV !== undefined) {
      machine.functions.momentumStep(atW, atG, atV, w.length, eta, mu, nesterov);
    } else {
      machine.runOnCopies([w, g, v], { written: [0, 2] }, (on, [toW, toG, toV]) =>
        on.momentumStep(toW, toG, toV, w.length, eta, mu, nesterov),
      );
    }
    return;
  }
  for (let i = 0; i < w.length; i++) {
    v[i] = mu * v[i] - eta * g[i];
    w[i] += nesterov ? mu * v[i] - eta * g[i] : v[i];
  }
}

/** m ← m + (1 - β₁)(g - m), v ← v + (1 - β₂)(g² - v), w ← w - α m / (√v + ε); α comes with its bias correction. */
export function adamStep(
  { w, g, m, v }: Readonly<Record<"w" | "g" | "m" | "v", FloatArray>>,
  { alpha, beta1, beta2, epsilon }: Readonly<Record<"alpha" | "beta1" | "beta2" | "epsilon", number>>,
): void {
  const rest1 = 1 - beta1;
  const rest2 = 1 - beta2;
  const machine = machineFor(w);
  if (machine !== undefined) {
    const [atW, atG] = [machine.addressOf(w), machine.addressOf(g)];
    const [atM, atV] = [machine.addressOf(m), machine.addressOf(v)];
    if (atW !== undefined && atG !== undefined && atM !== undefined && atV !== undefined) {
      machine.functions.adamStep(atW, atG, atM, atV, w.length, alpha, rest1, rest2, epsilon);
    } else {
      machine.runOnCopies([w, g, m, v], { written: [0, 2, 3] }, (on, [toW, toG, toM, toV]) =>
        on.adamStep(toW, toG, toM, toV, w.length, alpha, rest1, rest2, epsilon),
      );
    }
    return;
  }
  for (let i = 0; i < w.length; i++) {
    const slope = g[i];
    const first = m[i] + (slope - m[i]) * rest1;
    const second = v[i] + (slope * slope - v[i]) * rest2;
    m[i] = first;
    v[i] = second;
    w[i] -= (alpha * first) / (Math.sqrt(second) + epsilon);
  }
}

/** The machine, if it is to take the step: the parameter is in float32, and with it its slopes and moments. */
function machineFor(w: FloatArray): Machine | undefined {
  return w.length >= leastLength && w instanceof Float32Array ? activeMachine() : undefined;
}
