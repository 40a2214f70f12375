// AssemblyScript, not TypeScript: numbers are `f32` and `usize`, an array is the address of its first number.

/**
 * sum + a·b in each lane. The product is rounded before it is added, so that every machine gives the same bits; the module that is
 * compiled with relaxed SIMD leaves that to the machine, most of which round once (a fused multiply-add).
 */
// @ts-ignore: a decorator of AssemblyScript
@inline
export function multiplyAdd(a: v128, b: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, sum);
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** Stores the first `count` lanes, all if that is more than 3. */
// @ts-ignore: a decorator of AssemblyScript
@inline
export function storeLanes(address: usize, lanes: v128, count: i32): void {
  if (count >= 4) {
    v128.store(address, lanes);
    return;
  }
  if (count > 0) store<f32>(address, f32x4.extract_lane(lanes, 0));
  if (count > 1) store<f32>(address, f32x4.extract_lane(lanes, 1), 4);
  if (count > 2) store<f32>(address, f32x4.extract_lane(lanes, 2), 8);
}

/** c[0 .. n) += factor · b[0 .. n) */
export function addScaled(factor: f32, b: usize, c: usize, n: i32): void {
  const x = f32x4.splat(factor);
  let j = 0;
  for (; j + 4 <= n; j += 4) {
    v128.store(c, multiplyAdd(x, v128.load(b), v128.load(c)));
    b += 16;
    c += 16;
  }
  if (j < n) storeLanes(c, multiplyAdd(x, v128.load(b), v128.load(c)), n - j);
}

/** Room for intermediate rows, which the machine gives to each instance once. */
export let bench: usize = 0;

/** Takes the room from `address` on, of `benchBytes` in `../machine.ts`. */
export function useBench(address: usize): void {
  bench = address;
}
