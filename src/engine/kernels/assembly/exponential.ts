// AssemblyScript: the exponential function, for the activations.

/** The `e^r = 1 + …` of `exponential`, less 1, for |r| ≤ ln 2 / 2. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function powerLessOne(r: v128): v128 {
  let q = f32x4.splat(0.0013933652);
  q = f32x4.add(f32x4.mul(q, r), f32x4.splat(0.008363182));
  q = f32x4.add(f32x4.mul(q, r), f32x4.splat(0.041666467));
  q = f32x4.add(f32x4.mul(q, r), f32x4.splat(0.16666576));
  q = f32x4.add(f32x4.mul(q, r), f32x4.splat(0.5));
  return f32x4.add(f32x4.mul(f32x4.mul(r, r), q), r);
}

/**
 * eˣ in each lane, with a relative error of at most 2 units in the last place from -87 to 88; beyond, 0 or Infinity. NaN stays NaN.
 * x = n ln 2 + r with |r| ≤ ln 2 / 2, and eʳ = 1 + r + r² q(r); q is the Chebyshev fit of degree 4, off by 1e-8.
 */
export function exponential(x: v128): v128 {
  const bounded = f32x4.min(f32x4.max(x, f32x4.splat(-88)), f32x4.splat(89));
  const n = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(1.44269504)));
  // ln 2 in two parts, of which n times the first is exact.
  let r = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.add(r, f32x4.mul(n, f32x4.splat(2.1219444e-4)));
  const power = f32x4.add(powerLessOne(r), f32x4.splat(1));
  const scale = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(power, scale);
}

/** eˣ - 1 in each lane, for x ≤ 0: scale·eʳ - 1 as scale·(eʳ - 1) + (scale - 1), which keeps the digits of a small x. */
export function exponentialLessOne(x: v128): v128 {
  const bounded = f32x4.max(x, f32x4.splat(-88));
  const n = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(1.44269504)));
  let r = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.add(r, f32x4.mul(n, f32x4.splat(2.1219444e-4)));
  const scale = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.add(f32x4.mul(scale, powerLessOne(r)), f32x4.sub(scale, f32x4.splat(1)));
}
