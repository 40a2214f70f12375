// AssemblyScript. The definitions are the entries of `../../activations.ts`. Arrays are padded to whole vectors (the arena hands out
// whole cache lines), so the loops may run past the last number.
import { exponential } from "./exponential";

/** y = max(0, x); NaN stays NaN. */
export function reluForward(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) {
    v128.store(y, f32x4.max(v128.load(x), f32x4.splat(0)));
    x += 16;
    y += 16;
  }
}

/** dx = dy where x > 0, else 0 */
export function reluBackward(dy: usize, x: usize, dx: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) {
    const slope = v128.and(f32x4.gt(v128.load(x), f32x4.splat(0)), f32x4.splat(1));
    v128.store(dx, f32x4.mul(v128.load(dy), slope));
    dy += 16;
    x += 16;
    dx += 16;
  }
}

/** y = 1 / (1 + e⁻ˣ) */
export function sigmoidForward(x: usize, y: usize, n: i32): void {
  const one = f32x4.splat(1);
  for (let i = 0; i < n; i += 4) {
    v128.store(y, f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(v128.load(x))))));
    x += 16;
    y += 16;
  }
}

/** dx = dy · y (1 - y) */
export function sigmoidBackward(dy: usize, y: usize, dx: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) {
    const value = v128.load(y);
    const slope = f32x4.mul(value, f32x4.sub(f32x4.splat(1), value));
    v128.store(dx, f32x4.mul(v128.load(dy), slope));
    dy += 16;
    y += 16;
    dx += 16;
  }
}

/**
 * y = tanh x: near 0, where the exponential form loses its digits, x + x³ t(x²) with a Chebyshev fit t of degree 4, off by 2e-8;
 * else 1 - 2 / (e^(2|x|) + 1) with the sign of x.
 */
export function tanhForward(x: usize, y: usize, n: i32): void {
  const one = f32x4.splat(1);
  const signBit = i32x4.splat(0x80000000);
  for (let i = 0; i < n; i += 4) {
    const value = v128.load(x);
    const size = f32x4.abs(value);
    const square = f32x4.mul(value, value);
    let t = f32x4.splat(-0.006001802);
    t = f32x4.add(f32x4.mul(t, square), f32x4.splat(0.020931425));
    t = f32x4.add(f32x4.mul(t, square), f32x4.splat(-0.053837016));
    t = f32x4.add(f32x4.mul(t, square), f32x4.splat(0.13332678));
    t = f32x4.add(f32x4.mul(t, square), f32x4.splat(-0.33333328));
    const near = f32x4.add(value, f32x4.mul(f32x4.mul(value, square), t));
    const growth = exponential(f32x4.add(size, size));
    const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(growth, one)));
    const signed = v128.or(far, v128.and(value, signBit));
    v128.store(y, v128.bitselect(near, signed, f32x4.lt(size, f32x4.splat(0.625))));
    x += 16;
    y += 16;
  }
}

/** dx = dy (1 - y²) */
export function tanhBackward(dy: usize, y: usize, dx: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) {
    const value = v128.load(y);
    const slope = f32x4.sub(f32x4.splat(1), f32x4.mul(value, value));
    v128.store(dx, f32x4.mul(v128.load(dy), slope));
    dy += 16;
    y += 16;
    dx += 16;
  }
}
