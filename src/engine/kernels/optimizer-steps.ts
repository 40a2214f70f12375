import type { FloatArray } from "../dtype.js";
import { activeMachine } from "./backend.js";
import type { Machine } from "./machine.js";

/**
 * The inner loops of the optimizers: one step for one parameter array w with slopes g, in place. The loops here are the
 * definition; in float32 WebAssembly does the same work where it can, with the settings computed in float64 and rounded once.
 */

/** Measured: shorter arrays are as fast in TypeScript. */
const leastLength = 16;

type Arrays<Names extends string> = Readonly<Record<Names, FloatArray>>;
type Settings<Names extends string> = Readonly<Record<Names, number>>;

/** w ← w - η g */
export function sgdStep(w: FloatArray, g: FloatArray, eta: number): void {
  const machine = machineFor(w);
  if (machine !== undefined) {
    const [atW, atG] = [machine.addressOf(w), machine.addressOf(g)];
    if (atW !== undefined && atG !== undefined) machine.functions.sgdStep(atW, atG, w.length, eta);
    else sgdStepOnCopies(machine, w, g, eta);
    return;
  }
  for (let i = 0; i < w.length; i++) w[i] -= eta * g[i];
}

/** By itself, as for the other usual cases here: a function with a closure in it allocates whenever it is called. */
function sgdStepOnCopies(machine: Machine, w: FloatArray, g: FloatArray, eta: number): void {
  machine.run([w, g], { written: [0] }, (on, [toW, toG]) => on.sgdStep(toW, toG, w.length, eta));
}

/** v ← μ v - η g, w ← w + v; in Nesterov's form w ← w + μ v - η g. */
export function momentumStep(
  { w, g, v }: Arrays<"w" | "g" | "v">,
  { eta, mu, nesterov }: Settings<"eta" | "mu"> & { readonly nesterov: boolean },
): void {
  const done = machineFor(w)?.run([w, g, v], { written: [0, 2] }, (on, [atW, atG, atV]) =>
    on.momentumStep(atW, atG, atV, w.length, eta, mu, nesterov),
  );
  if (done === true) return;
  for (let i = 0; i < w.length; i++) {
    v[i] = settled(mu * v[i] - eta * g[i]);
    w[i] += nesterov ? mu * v[i] - eta * g[i] : v[i];
  }
}

export type AdamSettings = Settings<"alpha" | "beta1" | "beta2" | "epsilon"> & {
  /** The share of each weight that is taken away before the step. Default 0. */
  readonly decay?: number;
};

/**
 * w ← w - decay·w, m ← m + (1 - β₁)(g - m), v ← v + (1 - β₂)(g² - v), w ← w - α m / (√v + ε); α comes with its bias correction.
 */
export function adamStep(
  { w, g, m, v }: Arrays<"w" | "g" | "m" | "v">,
  { alpha, beta1, beta2, epsilon, decay = 0 }: AdamSettings,
): void {
  const rest1 = 1 - beta1;
  const rest2 = 1 - beta2;
  const machine = machineFor(w);
  if (machine !== undefined) {
    const [atW, atG] = [machine.addressOf(w), machine.addressOf(g)];
    const [atM, atV] = [machine.addressOf(m), machine.addressOf(v)];
    // Written out for the usual case: small networks spend much of their time here.
    if (atW !== undefined && atG !== undefined && atM !== undefined && atV !== undefined) {
      machine.functions.adamStep(atW, atG, atM, atV, w.length, alpha, rest1, rest2, epsilon, decay);
    } else adamStepOnCopies(machine, [w, g, m, v], [alpha, rest1, rest2, epsilon, decay]);
    return;
  }
  for (let i = 0; i < w.length; i++) {
    const slope = g[i];
    const first = settled(m[i] + (slope - m[i]) * rest1);
    const second = settled(v[i] + (slope * slope - v[i]) * rest2);
    m[i] = first;
    v[i] = second;
    if (decay !== 0) w[i] -= w[i] * decay;
    w[i] -= (alpha * first) / (Math.sqrt(second) + epsilon);
  }
}

function adamStepOnCopies(
  machine: Machine,
  arrays: readonly FloatArray[],
  settings: readonly [alpha: number, rest1: number, rest2: number, epsilon: number, decay: number],
): void {
  machine.run(arrays, { written: [0, 2, 3] }, (on, [toW, toG, toM, toV]) =>
    on.adamStep(toW, toG, toM, toV, arrays[0].length, ...settings),
  );
}

/** G ← G + g², w ← w - η g / √(G + ε) */
export function adagradStep(
  { w, g, squares }: Arrays<"w" | "g" | "squares">,
  { eta, epsilon }: Settings<"eta" | "epsilon">,
): void {
  const done = machineFor(w)?.run([w, g, squares], { written: [0, 2] }, (on, [atW, atG, atSquares]) =>
    on.adagradStep(atW, atG, atSquares, w.length, eta, epsilon),
  );
  if (done === true) return;
  for (let i = 0; i < w.length; i++) {
    const sum = squares[i] + g[i] * g[i];
    squares[i] = sum;
    w[i] -= (eta * g[i]) / Math.sqrt(sum + epsilon);
  }
}

/** s ← s + (1 - ρ)(g² - s), Δ = √(d + ε) / √(s + ε) · g, d ← d + (1 - ρ)(Δ² - d), w ← w - η Δ */
export function adadeltaStep(
  { w, g, slopes, deltas }: Arrays<"w" | "g" | "slopes" | "deltas">,
  { eta, rho, epsilon }: Settings<"eta" | "rho" | "epsilon">,
): void {
  const rest = 1 - rho;
  const done = machineFor(w)?.run([w, g, slopes, deltas], { written: [0, 2, 3] }, (on, at) =>
    on.adadeltaStep(at[0], at[1], at[2], at[3], w.length, eta, rest, epsilon),
  );
  if (done === true) return;
  for (let i = 0; i < w.length; i++) {
    const slope = settled(slopes[i] + (g[i] * g[i] - slopes[i]) * rest);
    const delta = (Math.sqrt(deltas[i] + epsilon) * g[i]) / Math.sqrt(slope + epsilon);
    slopes[i] = slope;
    deltas[i] = settled(deltas[i] + (delta * delta - deltas[i]) * rest);
    w[i] -= eta * delta;
  }
}

/**
 * s ← s + (1 - ρ)(g² - s), u ← μ u + η g / √(s + ε), w ← w - u; `centered`: the mean of g is kept in the same way, and its square is
 * taken from s in the root.
 */
export function rmspropStep(
  { w, g, squares, velocity, means }: Arrays<"w" | "g" | "squares" | "velocity" | "means">,
  { eta, rho, mu, epsilon, centered }: Settings<"eta" | "rho" | "mu" | "epsilon"> & { centered: boolean },
): void {
  const rest = 1 - rho;
  const arrays = [w, g, squares, velocity, centered ? means : undefined];
  const done = machineFor(w)?.run(arrays, { written: [0, 2, 3, 4] }, (on, at) =>
    on.rmspropStep(at[0], at[1], at[2], at[3], at[4], w.length, eta, rest, mu, epsilon),
  );
  if (done === true) return;
  for (let i = 0; i < w.length; i++) {
    const square = settled(squares[i] + (g[i] * g[i] - squares[i]) * rest);
    squares[i] = square;
    let spread = square;
    if (centered) {
      const mean = settled(means[i] + (g[i] - means[i]) * rest);
      means[i] = mean;
      spread -= mean * mean;
    }
    const move = settled(mu * velocity[i] + (eta * g[i]) / Math.sqrt(spread + epsilon));
    velocity[i] = move;
    w[i] -= move;
  }
}

/** The smallest normal number of float32. */
const leastNormal = 2 ** -126;

/**
 * Smaller numbers become 0. Where a unit is dead its slopes are 0 and what is remembered of them fades: on such subnormal numbers most
 * processors take ten times as long, and no weight would notice them. NaN stays NaN.
 */
function settled(x: number): number {
  return x < leastNormal && x > -leastNormal ? 0 : x;
}

/** The machine, if it is to take the step: the parameter is in float32, and with it its slopes and moments. */
function machineFor(w: FloatArray): Machine | undefined {
  return w.length >= leastLength && w instanceof Float32Array ? activeMachine() : undefined;
}
