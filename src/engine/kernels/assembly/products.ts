// AssemblyScript. The definition of each function, and its test, is the plain TypeScript of the same name in `../affine.ts`.
import { addScaled, bench, multiplyAdd, storeLanes } from "./multiply-add";

/**
 * One tile of C = first + Σₚ A(i, p) · B[p]: 4 rows if `tall`, else 1; 8 columns if `wide`, else the `count` first of 4.
 * A's element (i, p) lies at a + i·rowStride + p·step, B's row p at b + p·bStep. Both flags are constants where this is called, so that
 * the compiler drops the rest. Unrolling the loop makes it slower in V8.
 */
// @ts-ignore: a decorator of AssemblyScript
@inline
function tile(
  tall: bool,
  wide: bool,
  a: usize,
  rowStride: usize,
  step: usize,
  b: usize,
  bStep: usize,
  c: usize,
  cStep: usize,
  inner: i32,
  start: usize,
  startStep: usize,
  count: i32,
): void {
  let a0 = a;
  let a1 = a0 + rowStride;
  let a2 = a1 + rowStride;
  let a3 = a2 + rowStride;
  const zero = f32x4.splat(0);
  let c00 = start == 0 ? zero : v128.load(start);
  let c01 = wide && start != 0 ? v128.load(start, 16) : zero;
  let c10 = tall && start != 0 ? v128.load(start + startStep) : zero;
  let c11 = tall && wide && start != 0 ? v128.load(start + startStep, 16) : zero;
  let c20 = tall && start != 0 ? v128.load(start + 2 * startStep) : zero;
  let c21 = tall && wide && start != 0 ? v128.load(start + 2 * startStep, 16) : zero;
  let c30 = tall && start != 0 ? v128.load(start + 3 * startStep) : zero;
  let c31 = tall && wide && start != 0 ? v128.load(start + 3 * startStep, 16) : zero;
  for (let p = 0; p < inner; p++) {
    const b0 = v128.load(b);
    const b1 = wide ? v128.load(b, 16) : zero;
    const x0 = v128.load32_splat(a0);
    c00 = multiplyAdd(x0, b0, c00);
    if (wide) c01 = multiplyAdd(x0, b1, c01);
    a0 += step;
    if (tall) {
      const x1 = v128.load32_splat(a1);
      c10 = multiplyAdd(x1, b0, c10);
      if (wide) c11 = multiplyAdd(x1, b1, c11);
      const x2 = v128.load32_splat(a2);
      c20 = multiplyAdd(x2, b0, c20);
      if (wide) c21 = multiplyAdd(x2, b1, c21);
      const x3 = v128.load32_splat(a3);
      c30 = multiplyAdd(x3, b0, c30);
      if (wide) c31 = multiplyAdd(x3, b1, c31);
      a1 += step;
      a2 += step;
      a3 += step;
    }
    b += bStep;
  }
  if (wide) {
    v128.store(c, c00);
    v128.store(c, c01, 16);
  } else storeLanes(c, c00, count);
  if (!tall) return;
  if (wide) {
    v128.store(c + cStep, c10);
    v128.store(c + cStep, c11, 16);
    v128.store(c + 2 * cStep, c20);
    v128.store(c + 2 * cStep, c21, 16);
    v128.store(c + 3 * cStep, c30);
    v128.store(c + 3 * cStep, c31, 16);
  } else {
    storeLanes(c + cStep, c10, count);
    storeLanes(c + 2 * cStep, c20, count);
    storeLanes(c + 3 * cStep, c30, count);
  }
}

/** `tile` for all rows of a stripe of 8 columns. */
function wideStripe(
  a: usize,
  rowStride: usize,
  step: usize,
  b: usize,
  bStep: usize,
  c: usize,
  cStep: usize,
  rows: i32,
  inner: i32,
  start: usize,
  startStep: usize,
): void {
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    tile(true, true, a, rowStride, step, b, bStep, c, cStep, inner, start, startStep, 8);
    a += rowStride << 2;
    c += cStep << 2;
    start += startStep << 2;
  }
  for (; i < rows; i++) {
    tile(false, true, a, rowStride, step, b, bStep, c, cStep, inner, start, startStep, 8);
    a += rowStride;
    c += cStep;
    start += startStep;
  }
}

/** `tile` for all rows of a stripe of `count` columns, at most 4. Reads, and does not use, what lies behind them in B. */
function narrowStripe(
  a: usize,
  rowStride: usize,
  step: usize,
  b: usize,
  bStep: usize,
  c: usize,
  cStep: usize,
  rows: i32,
  inner: i32,
  start: usize,
  count: i32,
): void {
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    tile(true, false, a, rowStride, step, b, bStep, c, cStep, inner, start, 0, count);
    a += rowStride << 2;
    c += cStep << 2;
  }
  for (; i < rows; i++) {
    tile(false, false, a, rowStride, step, b, bStep, c, cStep, inner, start, 0, count);
    a += rowStride;
    c += cStep;
  }
}

/** A product with more weights than this, and with as many rows, is packed. */
const packedWeights: i32 = 16384;
const packedRows: i32 = 16;
/** So many rows of B, 8 columns wide, fill the bench: half of a first-level cache. */
const packedInner: i32 = 512;

/**
 * C = start + Σₚ A(i, p) · B[p][j] for A [rows, inner], B [inner, cols], C [rows, cols]; `start` is one row, or none (address 0).
 * A's element (i, p) lies at a + i·rowStride + p·step bytes, so that the same loops read A or its transpose.
 * Sums run over p in order: a row's result does not depend on the rows around it.
 */
function product(
  a: usize,
  rowStride: usize,
  step: usize,
  b: usize,
  c: usize,
  rows: i32,
  inner: i32,
  cols: i32,
  start: usize,
): void {
  const bStep: usize = (<usize>cols) << 2;
  const packed = rows >= packedRows && inner * cols >= packedWeights;
  let j = 0;
  for (; j + 8 <= cols; j += 8) {
    const at: usize = (<usize>j) << 2;
    const first: usize = start == 0 ? 0 : start + at;
    if (packed) packedStripe(a, rowStride, step, b + at, bStep, c + at, rows, inner, first);
    else wideStripe(a, rowStride, step, b + at, bStep, c + at, bStep, rows, inner, first, 0);
  }
  for (; j < cols; j += 4) {
    const at: usize = (<usize>j) << 2;
    const first: usize = start == 0 ? 0 : start + at;
    narrowStripe(a, rowStride, step, b + at, bStep, c + at, bStep, rows, inner, first, cols - j);
  }
}

/** A stripe whose part of B is copied to the bench first: in a wide B each of its rows would be in a memory page of its own. */
function packedStripe(
  a: usize,
  rowStride: usize,
  step: usize,
  b: usize,
  bStep: usize,
  c: usize,
  rows: i32,
  inner: i32,
  start: usize,
): void {
  let startStep: usize = 0;
  for (let p = 0; p < inner; p += packedInner) {
    const depth = min(packedInner, inner - p);
    let to = bench;
    for (let q = 0; q < depth; q++) {
      v128.store(to, v128.load(b));
      v128.store(to, v128.load(b, 16), 16);
      to += 32;
      b += bStep;
    }
    wideStripe(a, rowStride, step, bench, 32, c, bStep, rows, depth, start, startStep);
    a += <usize>depth * step;
    // The next depths go on from the sums so far.
    start = c;
    startStep = bStep;
  }
}

/** Z = X·W + b; `b` may be 0. */
export function affine(x: usize, w: usize, b: usize, z: usize, rows: i32, inputs: i32, units: i32): void {
  product(x, (<usize>inputs) << 2, 4, w, z, rows, inputs, units, b);
}

/** db = the column sums of dZ */
export function columnSums(dz: usize, db: usize, rows: i32, units: i32): void {
  const zStep: usize = (<usize>units) << 2;
  memory.fill(db, 0, zStep);
  for (let r = 0; r < rows; r++) addScaled(1, dz + <usize>r * zStep, db, units);
}

/** dW = Xᵀ·dZ and db = the column sums of dZ. */
export function affineWeightGradient(
  x: usize,
  dz: usize,
  dw: usize,
  db: usize,
  rows: i32,
  inputs: i32,
  units: i32,
): void {
  columnSums(dz, db, rows, units);
  product(x, 4, (<usize>inputs) << 2, dz, dw, inputs, rows, units, 0);
}

/** turned [cols, rows] = the transpose of m [rows, cols]. */
function transpose(m: usize, turned: usize, rows: i32, cols: i32): void {
  // In blocks of 8 × 8, so that both sides stay in the cache.
  for (let r0 = 0; r0 < rows; r0 += 8) {
    const r1 = min(r0 + 8, rows);
    for (let c0 = 0; c0 < cols; c0 += 8) {
      const c1 = min(c0 + 8, cols);
      for (let r = r0; r < r1; r++) {
        for (let c = c0; c < c1; c++) {
          store<f32>(
            turned + ((<usize>c * <usize>rows + <usize>r) << 2),
            load<f32>(m + ((<usize>r * <usize>cols + <usize>c) << 2)),
          );
        }
      }
    }
  }
}

/** dX = dZ·Wᵀ. `turned` is room for Wᵀ, or 0: then each element is a dot product of two rows. */
export function affineInputGradient(
  dz: usize,
  w: usize,
  dx: usize,
  turned: usize,
  rows: i32,
  inputs: i32,
  units: i32,
): void {
  const zStep: usize = (<usize>units) << 2;
  if (turned != 0) {
    transpose(w, turned, inputs, units);
    product(dz, zStep, 4, turned, dx, rows, units, inputs, 0);
    return;
  }
  for (let r = 0; r < rows; r++) {
    let row = w;
    for (let k = 0; k < inputs; k++) {
      let sums = f32x4.splat(0);
      let j = 0;
      for (; j + 4 <= units; j += 4) {
        const at = (<usize>j) << 2;
        sums = multiplyAdd(v128.load(dz + at), v128.load(row + at), sums);
      }
      let sum: f32 =
        f32x4.extract_lane(sums, 0) +
        f32x4.extract_lane(sums, 1) +
        (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
      for (; j < units; j++) {
        const at = (<usize>j) << 2;
        sum += load<f32>(dz + at) * load<f32>(row + at);
      }
      store<f32>(dx, sum);
      dx += 4;
      row += zStep;
    }
    dz += zStep;
  }
}
