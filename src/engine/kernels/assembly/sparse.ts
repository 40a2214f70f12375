// AssemblyScript. The definition of each function, and its test, is the plain TypeScript of the same name in `../sparse-products.ts`.
import { addScaled, bench, multiplyAdd } from "./multiply-add";
import { adamRow, sgdRow } from "./steps";

/**
 * sum[0 .. n) += Σₑ values[e] · table[rows[e]] over the `entries` given, for a table whose rows are n numbers wide; in order of e.
 * 32 columns at a time stay in registers.
 */
function gather(rows: usize, values: usize, entries: i32, table: usize, sum: usize, n: i32): void {
  const width: usize = (<usize>n) << 2;
  let j = 0;
  for (; j + 32 <= n; j += 32) {
    const at = table + ((<usize>j) << 2);
    const out = sum + ((<usize>j) << 2);
    let s0 = v128.load(out);
    let s1 = v128.load(out, 16);
    let s2 = v128.load(out, 32);
    let s3 = v128.load(out, 48);
    let s4 = v128.load(out, 64);
    let s5 = v128.load(out, 80);
    let s6 = v128.load(out, 96);
    let s7 = v128.load(out, 112);
    for (let e: usize = 0, end = (<usize>entries) << 2; e < end; e += 4) {
      const row = at + <usize>load<i32>(rows + e) * width;
      const value = v128.load32_splat(values + e);
      s0 = multiplyAdd(value, v128.load(row), s0);
      s1 = multiplyAdd(value, v128.load(row, 16), s1);
      s2 = multiplyAdd(value, v128.load(row, 32), s2);
      s3 = multiplyAdd(value, v128.load(row, 48), s3);
      s4 = multiplyAdd(value, v128.load(row, 64), s4);
      s5 = multiplyAdd(value, v128.load(row, 80), s5);
      s6 = multiplyAdd(value, v128.load(row, 96), s6);
      s7 = multiplyAdd(value, v128.load(row, 112), s7);
    }
    v128.store(out, s0);
    v128.store(out, s1, 16);
    v128.store(out, s2, 32);
    v128.store(out, s3, 48);
    v128.store(out, s4, 64);
    v128.store(out, s5, 80);
    v128.store(out, s6, 96);
    v128.store(out, s7, 112);
  }
  if (j == n) return;
  const at = table + ((<usize>j) << 2);
  const out = sum + ((<usize>j) << 2);
  for (let e: usize = 0, end = (<usize>entries) << 2; e < end; e += 4) {
    addScaled(load<f32>(values + e), at + <usize>load<i32>(rows + e) * width, out, n - j);
  }
}

/** The first of the entries that belong to row i. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function startOf(starts: usize, i: i32): i32 {
  return load<i32>(starts + ((<usize>i) << 2));
}

/** Z = X·W + b; `b` may be 0. */
export function sparseAffine(
  rowStarts: usize,
  columns: usize,
  values: usize,
  w: usize,
  b: usize,
  z: usize,
  rows: i32,
  units: i32,
): void {
  const zStep: usize = (<usize>units) << 2;
  for (let r = 0; r < rows; r++) {
    if (b == 0) memory.fill(z, 0, zStep);
    else memory.copy(z, b, zStep);
    const first = startOf(rowStarts, r);
    const at: usize = (<usize>first) << 2;
    gather(columns + at, values + at, startOf(rowStarts, r + 1) - first, w, z, units);
    z += zStep;
  }
}

/** The same entries column after column: a counting sort. */
export function turnRows(
  rowStarts: usize,
  columns: usize,
  values: usize,
  columnStarts: usize,
  rowNumbers: usize,
  turnedValues: usize,
  rows: i32,
  cols: i32,
): void {
  const entries = startOf(rowStarts, rows);
  // Counted two places on, summed up, and moved one place on while the entries are put down.
  memory.fill(columnStarts, 0, (<usize>cols + 2) << 2);
  for (let e = 0; e < entries; e++) {
    const count = columnStarts + ((<usize>startOf(columns, e) + 2) << 2);
    store<i32>(count, load<i32>(count) + 1);
  }
  for (let k = 2; k < cols + 2; k++) {
    store<i32>(columnStarts + ((<usize>k) << 2), startOf(columnStarts, k) + startOf(columnStarts, k - 1));
  }
  for (let r = 0; r < rows; r++) {
    const end = startOf(rowStarts, r + 1);
    for (let e = startOf(rowStarts, r); e < end; e++) {
      const next = columnStarts + ((<usize>startOf(columns, e) + 1) << 2);
      const place: usize = (<usize>load<i32>(next)) << 2;
      store<i32>(next, load<i32>(next) + 1);
      store<i32>(rowNumbers + place, r);
      store<f32>(turnedValues + place, load<f32>(values + ((<usize>e) << 2)));
    }
  }
}

/** dW = Xᵀ·dZ, zeros included. */
export function sparseWeightGradient(
  columnStarts: usize,
  rowNumbers: usize,
  turnedValues: usize,
  dz: usize,
  dw: usize,
  inputs: i32,
  units: i32,
): void {
  const wStep: usize = (<usize>units) << 2;
  memory.fill(dw, 0, <usize>inputs * wStep);
  for (let k = 0; k < inputs; k++) {
    const first = startOf(columnStarts, k);
    const at: usize = (<usize>first) << 2;
    const entries = startOf(columnStarts, k + 1) - first;
    if (entries > 0) gather(rowNumbers + at, turnedValues + at, entries, dz, dw, units);
    dw += wStep;
  }
}

/** W ← W - η Xᵀ·dZ: rows of W without an entry keep their numbers. */
export function sparseSgdStep(
  columnStarts: usize,
  rowNumbers: usize,
  turnedValues: usize,
  dz: usize,
  w: usize,
  inputs: i32,
  units: i32,
  eta: f32,
): void {
  const wStep: usize = (<usize>units) << 2;
  for (let k = 0; k < inputs; k++) {
    const first = startOf(columnStarts, k);
    const at: usize = (<usize>first) << 2;
    const entries = startOf(columnStarts, k + 1) - first;
    if (entries > 0) {
      memory.fill(bench, 0, wStep);
      gather(rowNumbers + at, turnedValues + at, entries, dz, bench, units);
      sgdRow(w, bench, units, eta);
    }
    w += wStep;
  }
}

/** Whether the n bytes at both places, a multiple of 4, are all 0. */
function areZero(a: usize, b: usize, n: usize): bool {
  let at: usize = 0;
  for (; at + 16 <= n; at += 16) {
    if (v128.any_true(v128.or(v128.load(a + at), v128.load(b + at)))) return false;
  }
  for (; at < n; at += 4) {
    if ((load<i32>(a + at) | load<i32>(b + at)) != 0) return false;
  }
  return true;
}

/**
 * The step of Adam with the slopes Xᵀ·dZ. A row of W without an entry has the slope 0; if both its moments are 0 still, the step without
 * weight decay changes nothing, and is left out: most words of a text are rare.
 */
export function sparseAdamStep(
  columnStarts: usize,
  rowNumbers: usize,
  turnedValues: usize,
  dz: usize,
  w: usize,
  m: usize,
  v: usize,
  inputs: i32,
  units: i32,
  alpha: f32,
  rest1: f32,
  rest2: f32,
  epsilon: f32,
  decay: f32,
): void {
  const wStep: usize = (<usize>units) << 2;
  for (let k = 0; k < inputs; k++) {
    const first = startOf(columnStarts, k);
    const at: usize = (<usize>first) << 2;
    const entries = startOf(columnStarts, k + 1) - first;
    if (entries > 0) {
      memory.fill(bench, 0, wStep);
      gather(rowNumbers + at, turnedValues + at, entries, dz, bench, units);
      adamRow(true, w, bench, m, v, units, alpha, rest1, rest2, epsilon, decay);
    } else if (decay != 0 || !areZero(m, v, wStep)) {
      adamRow(false, w, 0, m, v, units, alpha, rest1, rest2, epsilon, decay);
    }
    w += wStep;
    m += wStep;
    v += wStep;
  }
}
