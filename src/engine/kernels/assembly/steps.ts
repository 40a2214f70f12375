// AssemblyScript. The definitions are the loops of `../optimizer-steps.ts`; the settings come in computed in float64 and rounded once.
// Arrays are padded to whole vectors (the arena hands out whole cache lines), so the loops may run past the last number.

/** w ← w - η g */
export function sgdStep(w: usize, g: usize, n: i32, eta: f32): void {
  const etas = f32x4.splat(eta);
  for (let i = 0; i < n; i += 4) {
    v128.store(w, f32x4.sub(v128.load(w), f32x4.mul(etas, v128.load(g))));
    w += 16;
    g += 16;
  }
}

/** v ← μ v - η g, w ← w + v; with `nesterov`: w ← w + μ v - η g. */
export function momentumStep(w: usize, g: usize, v: usize, n: i32, eta: f32, mu: f32, nesterov: bool): void {
  const etas = f32x4.splat(eta);
  const mus = f32x4.splat(mu);
  for (let i = 0; i < n; i += 4) {
    const downhill = f32x4.mul(etas, v128.load(g));
    const velocity = f32x4.sub(f32x4.mul(mus, v128.load(v)), downhill);
    v128.store(v, velocity);
    const move = nesterov ? f32x4.sub(f32x4.mul(mus, velocity), downhill) : velocity;
    v128.store(w, f32x4.add(v128.load(w), move));
    w += 16;
    g += 16;
    v += 16;
  }
}

/** m ← m + (g - m)·rest1, v ← v + (g² - v)·rest2, w ← w - α m / (√v + ε), with rest = 1 - β. */
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
): void {
  const alphas = f32x4.splat(alpha);
  const rests1 = f32x4.splat(rest1);
  const rests2 = f32x4.splat(rest2);
  const epsilons = f32x4.splat(epsilon);
  for (let i = 0; i < n; i += 4) {
    const slope = v128.load(g);
    const m0 = v128.load(m);
    const v0 = v128.load(v);
    const first = f32x4.add(m0, f32x4.mul(f32x4.sub(slope, m0), rests1));
    const second = f32x4.add(v0, f32x4.mul(f32x4.sub(f32x4.mul(slope, slope), v0), rests2));
    v128.store(m, first);
    v128.store(v, second);
    const move = f32x4.div(f32x4.mul(alphas, first), f32x4.add(f32x4.sqrt(second), epsilons));
    v128.store(w, f32x4.sub(v128.load(w), move));
    w += 16;
    g += 16;
    m += 16;
    v += 16;
  }
}
