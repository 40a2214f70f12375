// AssemblyScript. The definition of each function is the plain TypeScript of the same name in `../elements.ts`. Loops run over whole
// vectors, as in `activations.ts`.

/** maskᵢ = 0 where the bits, a whole number from 0 on, are below the threshold, else `kept`; y = x · mask. */
export function dropElements(
  bits: usize,
  x: usize,
  mask: usize,
  y: usize,
  n: i32,
  threshold: u32,
  kept: f32,
): void {
  const thresholds = i32x4.splat(threshold);
  for (let i = 0; i < n; i += 4) {
    const dropped = i32x4.lt_u(v128.load(bits), thresholds);
    const factor = v128.andnot(f32x4.splat(kept), dropped);
    v128.store(mask, factor);
    v128.store(y, f32x4.mul(v128.load(x), factor));
    bits += 16;
    x += 16;
    mask += 16;
    y += 16;
  }
}

/** y = a · b, element by element */
export function multiplyElements(a: usize, b: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) {
    v128.store(y, f32x4.mul(v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
    y += 16;
  }
}

/** The place of the first number that is NaN or infinite, or -1: a finite number times 0 is 0. */
export function firstNotFinite(x: usize, n: i32): i32 {
  const zero = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    if (!i32x4.all_true(f32x4.eq(f32x4.mul(v128.load(x), zero), zero))) break;
    x += 16;
  }
  for (; i < n; i++) {
    if (load<f32>(x) * 0 != 0) return i;
    x += 4;
  }
  return -1;
}
