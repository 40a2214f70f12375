// AssemblyScript. The definitions are the loops of `../optimizer-steps.ts`; the settings come in computed in float64 and rounded once.
// Arrays are padded to whole vectors (the arena hands out whole cache lines), so the loops may run past the last number, except where
// a function says that it takes a row of a matrix.
import { multiplyAdd, storeLanes } from "./multiply-add";

/**
 * Numbers below 2⁻¹²⁶, the smallest normal one, become 0. Where a unit is dead its slopes are 0 and what is remembered of them fades:
 * on such subnormal numbers most processors take ten times as long. NaN stays NaN.
 */
// @ts-ignore: a decorator of AssemblyScript
@inline
function settled(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(1.17549435e-38)));
}

/** w ← w - η g for a row of n numbers */
export function sgdRow(w: usize, g: usize, n: i32, eta: f32): void {
  const down = f32x4.splat(-eta);
  for (; n > 0; n -= 4) {
    storeLanes(w, multiplyAdd(down, v128.load(g), v128.load(w)), n);
    w += 16;
    g += 16;
  }
}

/** w ← w - η g */
export function sgdStep(w: usize, g: usize, n: i32, eta: f32): void {
  sgdRow(w, g, n, eta);
}

/** v ← μ v - η g, w ← w + v; with `nesterov`: w ← w + μ v - η g. */
export function momentumStep(w: usize, g: usize, v: usize, n: i32, eta: f32, mu: f32, nesterov: bool): void {
  const etas = f32x4.splat(eta);
  const mus = f32x4.splat(mu);
  for (let i = 0; i < n; i += 4) {
    const downhill = f32x4.mul(etas, v128.load(g));
    const velocity = settled(f32x4.sub(f32x4.mul(mus, v128.load(v)), downhill));
    v128.store(v, velocity);
    const move = nesterov ? f32x4.sub(f32x4.mul(mus, velocity), downhill) : velocity;
    v128.store(w, f32x4.add(v128.load(w), move));
    w += 16;
    g += 16;
    v += 16;
  }
}

/** mean + (x - mean)·rest: a running mean that forgets the share `rest` at each step. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function moved(mean: v128, x: v128, rest: v128): v128 {
  return settled(multiplyAdd(f32x4.sub(x, mean), rest, mean));
}

/** Adam for four numbers, of which `count` are stored. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function adamLanes(
  w: usize,
  slope: v128,
  m: usize,
  v: usize,
  count: i32,
  alpha: v128,
  rest1: v128,
  rest2: v128,
  epsilon: v128,
  decay: v128,
): void {
  const first = moved(v128.load(m), slope, rest1);
  const second = moved(v128.load(v), f32x4.mul(slope, slope), rest2);
  storeLanes(m, first, count);
  storeLanes(v, second, count);
  const move = f32x4.div(f32x4.mul(alpha, first), f32x4.add(f32x4.sqrt(second), epsilon));
  const before = v128.load(w);
  storeLanes(w, f32x4.sub(f32x4.sub(before, f32x4.mul(before, decay)), move), count);
}

/** `adamStep` for a row of n numbers. `sloped` is a constant where this is called; without it the slopes are 0. */
// @ts-ignore: a decorator of AssemblyScript
@inline
export function adamRow(
  sloped: bool,
  w: usize,
  g: usize,
  m: usize,
  v: usize,
  n: i32,
  alpha: f32,
  rest1: f32,
  rest2: f32,
  epsilon: f32,
  decay: f32,
): void {
  const alphas = f32x4.splat(alpha);
  const rests1 = f32x4.splat(rest1);
  const rests2 = f32x4.splat(rest2);
  const epsilons = f32x4.splat(epsilon);
  const decays = f32x4.splat(decay);
  const zero = f32x4.splat(0);
  let at: usize = 0;
  for (; n >= 4; n -= 4) {
    const slope = sloped ? v128.load(g + at) : zero;
    adamLanes(w + at, slope, m + at, v + at, 4, alphas, rests1, rests2, epsilons, decays);
    at += 16;
  }
  if (n == 0) return;
  const slope = sloped ? v128.load(g + at) : zero;
  adamLanes(w + at, slope, m + at, v + at, n, alphas, rests1, rests2, epsilons, decays);
}

/** w ← w - w·decay, m ← m + (g - m)·rest1, v ← v + (g² - v)·rest2, w ← w - α m / (√v + ε), with rest = 1 - β. */
export function adamStep(
  w: usize,
  g: usize,
  m: usize,
  v: usize,
  n: i32,
  alpha: f32,
  rest1: f32,
  rest2: f32,
  epsilon: f32,
  decay: f32,
): void {
  adamRow(true, w, g, m, v, n, alpha, rest1, rest2, epsilon, decay);
}

/** G ← G + g², w ← w - η g / √(G + ε) */
export function adagradStep(w: usize, g: usize, squares: usize, n: i32, eta: f32, epsilon: f32): void {
  const etas = f32x4.splat(eta);
  const epsilons = f32x4.splat(epsilon);
  for (let i = 0; i < n; i += 4) {
    const slope = v128.load(g);
    const sum = multiplyAdd(slope, slope, v128.load(squares));
    v128.store(squares, sum);
    const move = f32x4.div(f32x4.mul(etas, slope), f32x4.sqrt(f32x4.add(sum, epsilons)));
    v128.store(w, f32x4.sub(v128.load(w), move));
    w += 16;
    g += 16;
    squares += 16;
  }
}

/** s ← s + (g² - s)·rest, Δ = -√(d + ε) / √(s + ε) · g, d ← d + (Δ² - d)·rest, w ← w + η Δ, with rest = 1 - ρ. */
export function adadeltaStep(
  w: usize,
  g: usize,
  slopes: usize,
  deltas: usize,
  n: i32,
  eta: f32,
  rest: f32,
  epsilon: f32,
): void {
  const etas = f32x4.splat(eta);
  const rests = f32x4.splat(rest);
  const epsilons = f32x4.splat(epsilon);
  for (let i = 0; i < n; i += 4) {
    const slope = v128.load(g);
    const square = moved(v128.load(slopes), f32x4.mul(slope, slope), rests);
    v128.store(slopes, square);
    const before = v128.load(deltas);
    const ratio = f32x4.div(
      f32x4.mul(f32x4.sqrt(f32x4.add(before, epsilons)), slope),
      f32x4.sqrt(f32x4.add(square, epsilons)),
    );
    v128.store(deltas, moved(before, f32x4.mul(ratio, ratio), rests));
    v128.store(w, f32x4.sub(v128.load(w), f32x4.mul(etas, ratio)));
    w += 16;
    g += 16;
    slopes += 16;
    deltas += 16;
  }
}

/**
 * s ← s + (g² - s)·rest, u ← μ u + η g / √(s + ε), w ← w - u, with rest = 1 - ρ; with `means`, an address that is not 0, the mean
 * of g is kept there, and its square is taken from s in the root.
 */
export function rmspropStep(
  w: usize,
  g: usize,
  squares: usize,
  velocity: usize,
  means: usize,
  n: i32,
  eta: f32,
  rest: f32,
  mu: f32,
  epsilon: f32,
): void {
  const etas = f32x4.splat(eta);
  const rests = f32x4.splat(rest);
  const mus = f32x4.splat(mu);
  const epsilons = f32x4.splat(epsilon);
  for (let i = 0; i < n; i += 4) {
    const slope = v128.load(g);
    const square = moved(v128.load(squares), f32x4.mul(slope, slope), rests);
    v128.store(squares, square);
    let spread = square;
    if (means != 0) {
      const mean = moved(v128.load(means), slope, rests);
      v128.store(means, mean);
      spread = f32x4.sub(spread, f32x4.mul(mean, mean));
      means += 16;
    }
    const push = f32x4.div(f32x4.mul(etas, slope), f32x4.sqrt(f32x4.add(spread, epsilons)));
    const step = settled(f32x4.add(f32x4.mul(mus, v128.load(velocity)), push));
    v128.store(velocity, step);
    v128.store(w, f32x4.sub(v128.load(w), step));
    w += 16;
    g += 16;
    squares += 16;
    velocity += 16;
  }
}
