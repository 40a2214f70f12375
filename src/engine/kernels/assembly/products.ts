// AssemblyScript, not TypeScript: numbers are `f32` and `usize`, an array is the address of its first number.
// The definition of each function, and its test, is the plain TypeScript of the same name in `../affine.ts`.

/**
 * C = start + Σₚ A(i, p) · B[p][j] for A [rows, inner], B [inner, cols], C [rows, cols]; `start` is one row, or none (address 0).
 * A's element (i, p) lies at a + i·rowStride + p·step bytes, so that the same loops read A or its transpose.
 * Sums run over p in order, each product rounded, then added: a row's result does not depend on the rows around it.
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
  let j = 0;
  for (; j + 8 <= cols; j += 8) {
    const bj = b + ((<usize>j) << 2);
    const cj = c + ((<usize>j) << 2);
    const first = start == 0 ? f32x4.splat(0) : v128.load(start + ((<usize>j) << 2));
    const second = start == 0 ? f32x4.splat(0) : v128.load(start + ((<usize>j) << 2), 16);
    let i = 0;
    for (; i + 4 <= rows; i += 4) {
      let a0 = a + <usize>i * rowStride;
      let a1 = a0 + rowStride;
      let a2 = a1 + rowStride;
      let a3 = a2 + rowStride;
      let row = bj;
      let c00 = first;
      let c01 = second;
      let c10 = first;
      let c11 = second;
      let c20 = first;
      let c21 = second;
      let c30 = first;
      let c31 = second;
      for (let p = 0; p < inner; p++) {
        const b0 = v128.load(row);
        const b1 = v128.load(row, 16);
        const x0 = v128.load32_splat(a0);
        c00 = f32x4.add(c00, f32x4.mul(x0, b0));
        c01 = f32x4.add(c01, f32x4.mul(x0, b1));
        const x1 = v128.load32_splat(a1);
        c10 = f32x4.add(c10, f32x4.mul(x1, b0));
        c11 = f32x4.add(c11, f32x4.mul(x1, b1));
        const x2 = v128.load32_splat(a2);
        c20 = f32x4.add(c20, f32x4.mul(x2, b0));
        c21 = f32x4.add(c21, f32x4.mul(x2, b1));
        const x3 = v128.load32_splat(a3);
        c30 = f32x4.add(c30, f32x4.mul(x3, b0));
        c31 = f32x4.add(c31, f32x4.mul(x3, b1));
        a0 += step;
        a1 += step;
        a2 += step;
        a3 += step;
        row += bStep;
      }
      const out = cj + <usize>i * bStep;
      v128.store(out, c00);
      v128.store(out, c01, 16);
      v128.store(out + bStep, c10);
      v128.store(out + bStep, c11, 16);
      v128.store(out + 2 * bStep, c20);
      v128.store(out + 2 * bStep, c21, 16);
      v128.store(out + 3 * bStep, c30);
      v128.store(out + 3 * bStep, c31, 16);
    }
    for (; i < rows; i++) {
      let a0 = a + <usize>i * rowStride;
      let row = bj;
      let c00 = first;
      let c01 = second;
      for (let p = 0; p < inner; p++) {
        const x0 = v128.load32_splat(a0);
        c00 = f32x4.add(c00, f32x4.mul(x0, v128.load(row)));
        c01 = f32x4.add(c01, f32x4.mul(x0, v128.load(row, 16)));
        a0 += step;
        row += bStep;
      }
      const out = cj + <usize>i * bStep;
      v128.store(out, c00);
      v128.store(out, c01, 16);
    }
  }
  for (; j + 4 <= cols; j += 4) {
    const bj = b + ((<usize>j) << 2);
    const cj = c + ((<usize>j) << 2);
    const first = start == 0 ? f32x4.splat(0) : v128.load(start + ((<usize>j) << 2));
    let i = 0;
    for (; i + 4 <= rows; i += 4) {
      let a0 = a + <usize>i * rowStride;
      let a1 = a0 + rowStride;
      let a2 = a1 + rowStride;
      let a3 = a2 + rowStride;
      let row = bj;
      let c0 = first;
      let c1 = first;
      let c2 = first;
      let c3 = first;
      for (let p = 0; p < inner; p++) {
        const b0 = v128.load(row);
        c0 = f32x4.add(c0, f32x4.mul(v128.load32_splat(a0), b0));
        c1 = f32x4.add(c1, f32x4.mul(v128.load32_splat(a1), b0));
        c2 = f32x4.add(c2, f32x4.mul(v128.load32_splat(a2), b0));
        c3 = f32x4.add(c3, f32x4.mul(v128.load32_splat(a3), b0));
        a0 += step;
        a1 += step;
        a2 += step;
        a3 += step;
        row += bStep;
      }
      const out = cj + <usize>i * bStep;
      v128.store(out, c0);
      v128.store(out + bStep, c1);
      v128.store(out + 2 * bStep, c2);
      v128.store(out + 3 * bStep, c3);
    }
    for (; i < rows; i++) {
      let a0 = a + <usize>i * rowStride;
      let row = bj;
      let c0 = first;
      for (let p = 0; p < inner; p++) {
        c0 = f32x4.add(c0, f32x4.mul(v128.load32_splat(a0), v128.load(row)));
        a0 += step;
        row += bStep;
      }
      v128.store(cj + <usize>i * bStep, c0);
    }
  }
  for (; j < cols; j++) {
    const bj = b + ((<usize>j) << 2);
    const cj = c + ((<usize>j) << 2);
    const first: f32 = start == 0 ? 0 : load<f32>(start + ((<usize>j) << 2));
    let i = 0;
    // Four sums at a time, so that none waits for the one before.
    for (; i + 4 <= rows; i += 4) {
      let a0 = a + <usize>i * rowStride;
      let a1 = a0 + rowStride;
      let a2 = a1 + rowStride;
      let a3 = a2 + rowStride;
      let row = bj;
      let c0 = first;
      let c1 = first;
      let c2 = first;
      let c3 = first;
      for (let p = 0; p < inner; p++) {
        const b0 = load<f32>(row);
        c0 += load<f32>(a0) * b0;
        c1 += load<f32>(a1) * b0;
        c2 += load<f32>(a2) * b0;
        c3 += load<f32>(a3) * b0;
        a0 += step;
        a1 += step;
        a2 += step;
        a3 += step;
        row += bStep;
      }
      const out = cj + <usize>i * bStep;
      store<f32>(out, c0);
      store<f32>(out + bStep, c1);
      store<f32>(out + 2 * bStep, c2);
      store<f32>(out + 3 * bStep, c3);
    }
    for (; i < rows; i++) {
      let a0 = a + <usize>i * rowStride;
      let row = bj;
      let sum = first;
      for (let p = 0; p < inner; p++) {
        sum += load<f32>(a0) * load<f32>(row);
        a0 += step;
        row += bStep;
      }
      store<f32>(cj + <usize>i * bStep, sum);
    }
  }
}

/** c[0 .. cols) += factor · b[0 .. cols), rounded as in `product`. */
function addScaled(factor: f32, b: usize, c: usize, cols: i32): void {
  const x = f32x4.splat(factor);
  let j = 0;
  for (; j + 4 <= cols; j += 4) {
    v128.store(c, f32x4.add(v128.load(c), f32x4.mul(x, v128.load(b))));
    b += 16;
    c += 16;
  }
  for (; j < cols; j++) {
    store<f32>(c, load<f32>(c) + factor * load<f32>(b));
    b += 4;
    c += 4;
  }
}

/** So many inputs are taken at a time where zeros are skipped: their weights stay in the cache while the rows go by. */
const stripe: i32 = 32;

/** The first k from `from` on with row[k] ≠ 0, or `end`. */
function nextNonZero(row: usize, from: i32, end: i32): i32 {
  let k = from;
  for (; k + 4 <= end; k += 4) {
    const found = f32x4.ne(v128.load(row + ((<usize>k) << 2)), f32x4.splat(0));
    if (v128.any_true(found)) return k + ctz(i32x4.bitmask(found));
  }
  for (; k < end; k++) {
    if (load<f32>(row + ((<usize>k) << 2)) != 0) return k;
  }
  return end;
}

/** How many of the n numbers are not 0. */
export function countNonZeros(x: usize, n: i32): i32 {
  let counts = i32x4.splat(0);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    // A true comparison is -1 in its lane.
    counts = i32x4.sub(counts, f32x4.ne(v128.load(x), f32x4.splat(0)));
    x += 16;
  }
  let count =
    i32x4.extract_lane(counts, 0) +
    i32x4.extract_lane(counts, 1) +
    i32x4.extract_lane(counts, 2) +
    i32x4.extract_lane(counts, 3);
  for (; i < n; i++) {
    if (load<f32>(x) != 0) count++;
    x += 4;
  }
  return count;
}

/** Z = X·W + b; `b` may be 0. With `sparse`, zeros of X are skipped. */
export function affine(
  x: usize,
  w: usize,
  b: usize,
  z: usize,
  rows: i32,
  inputs: i32,
  units: i32,
  sparse: bool,
): void {
  if (!sparse) {
    product(x, (<usize>inputs) << 2, 4, w, z, rows, inputs, units, b);
    return;
  }
  const zStep: usize = (<usize>units) << 2;
  const xStep: usize = (<usize>inputs) << 2;
  for (let r = 0; r < rows; r++) {
    if (b == 0) memory.fill(z + <usize>r * zStep, 0, zStep);
    else memory.copy(z + <usize>r * zStep, b, zStep);
  }
  for (let start = 0; start < inputs; start += stripe) {
    const end = min(start + stripe, inputs);
    for (let r = 0; r < rows; r++) {
      const row = x + <usize>r * xStep;
      for (let k = nextNonZero(row, start, end); k < end; k = nextNonZero(row, k + 1, end)) {
        addScaled(load<f32>(row + ((<usize>k) << 2)), w + <usize>k * zStep, z + <usize>r * zStep, units);
      }
    }
  }
}

/** dW = Xᵀ·dZ and db = the column sums of dZ. With `sparse`, zeros of X are skipped. */
export function affineWeightGradient(
  x: usize,
  dz: usize,
  dw: usize,
  db: usize,
  rows: i32,
  inputs: i32,
  units: i32,
  sparse: bool,
): void {
  const zStep: usize = (<usize>units) << 2;
  memory.fill(db, 0, zStep);
  for (let r = 0; r < rows; r++) addScaled(1, dz + <usize>r * zStep, db, units);
  if (!sparse) {
    product(x, 4, (<usize>inputs) << 2, dz, dw, inputs, rows, units, 0);
    return;
  }
  const xStep: usize = (<usize>inputs) << 2;
  for (let start = 0; start < inputs; start += stripe) {
    const end = min(start + stripe, inputs);
    memory.fill(dw + <usize>start * zStep, 0, <usize>(end - start) * zStep);
    for (let r = 0; r < rows; r++) {
      const row = x + <usize>r * xStep;
      for (let k = nextNonZero(row, start, end); k < end; k = nextNonZero(row, k + 1, end)) {
        addScaled(load<f32>(row + ((<usize>k) << 2)), dz + <usize>r * zStep, dw + <usize>k * zStep, units);
      }
    }
  }
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
        sums = f32x4.add(sums, f32x4.mul(v128.load(dz + at), v128.load(row + at)));
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
