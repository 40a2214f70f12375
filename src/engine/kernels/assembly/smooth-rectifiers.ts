// AssemblyScript. The definitions are in `../../smooth-rectifiers.ts`, `../../activations.ts` and `../../softmax.ts`. Loops run over whole
// vectors, as in `activations.ts`. A NaN fails every comparison, so it has to take the branch that computes with it.
import { exponential, exponentialLessOne } from "./exponential";
import { storeLanes } from "./multiply-add";

/** y = x, or slope·x below 0 */
export function leakyReluForward(x: usize, y: usize, n: i32, slope: f32): void {
  const slopes = f32x4.splat(slope);
  for (let i = 0; i < n; i += 4) {
    const value = v128.load(x);
    const below = f32x4.lt(value, f32x4.splat(0));
    v128.store(y, v128.bitselect(f32x4.mul(slopes, value), value, below));
    x += 16;
    y += 16;
  }
}

/** dx = dy where x > 0, else slope·dy */
export function leakyReluBackward(dy: usize, x: usize, dx: usize, n: i32, slope: f32): void {
  const slopes = f32x4.splat(slope);
  for (let i = 0; i < n; i += 4) {
    const above = f32x4.gt(v128.load(x), f32x4.splat(0));
    v128.store(dx, f32x4.mul(v128.load(dy), v128.bitselect(f32x4.splat(1), slopes, above)));
    dy += 16;
    x += 16;
    dx += 16;
  }
}

/** y = scale·x above 0, else below·(eˣ - 1) */
export function eluForward(x: usize, y: usize, n: i32, scale: f32, below: f32): void {
  const scales = f32x4.splat(scale);
  const belows = f32x4.splat(below);
  for (let i = 0; i < n; i += 4) {
    const value = v128.load(x);
    const above = f32x4.gt(value, f32x4.splat(0));
    const curve = f32x4.mul(belows, exponentialLessOne(f32x4.min(value, f32x4.splat(0))));
    v128.store(y, v128.bitselect(f32x4.mul(scales, value), curve, above));
    x += 16;
    y += 16;
  }
}

/** dx = dy·scale where x > 0, else dy·below·eˣ */
export function eluBackward(dy: usize, x: usize, dx: usize, n: i32, scale: f32, below: f32): void {
  const scales = f32x4.splat(scale);
  const belows = f32x4.splat(below);
  for (let i = 0; i < n; i += 4) {
    const value = v128.load(x);
    const above = f32x4.gt(value, f32x4.splat(0));
    const curve = f32x4.mul(belows, exponential(f32x4.min(value, f32x4.splat(0))));
    v128.store(dx, f32x4.mul(v128.load(dy), v128.bitselect(scales, curve, above)));
    dy += 16;
    x += 16;
    dx += 16;
  }
}

/** 1 / (1 + e⁻ˣ) */
// @ts-ignore: a decorator of AssemblyScript
@inline
function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(x))));
}

/** y = max(x, 0) + ln(1 + u), u = e^-|x|. With s = u / (2 + u) ≤ 1/3: ln(1 + u) = 2 (s + s³/3 + s⁵/5 + ...), off by 2e-8 after s¹³. */
export function softplusForward(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) {
    const value = v128.load(x);
    const u = exponential(f32x4.neg(f32x4.abs(value)));
    const s = f32x4.div(u, f32x4.add(f32x4.splat(2), u));
    const square = f32x4.mul(s, s);
    let sum = f32x4.splat(1.0 / 13);
    sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(1.0 / 11));
    sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(1.0 / 9));
    sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(1.0 / 7));
    sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(1.0 / 5));
    sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(1.0 / 3));
    sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(1));
    const logarithm = f32x4.mul(f32x4.add(s, s), sum);
    v128.store(y, f32x4.add(f32x4.max(value, f32x4.splat(0)), logarithm));
    x += 16;
    y += 16;
  }
}

/** dx = dy σ(x) */
export function softplusBackward(dy: usize, x: usize, dx: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) {
    v128.store(dx, f32x4.mul(v128.load(dy), sigmoid(v128.load(x))));
    dy += 16;
    x += 16;
    dx += 16;
  }
}

/** y = x / (1 + e⁻ˣ) */
export function swishForward(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) {
    const value = v128.load(x);
    v128.store(y, f32x4.div(value, f32x4.add(f32x4.splat(1), exponential(f32x4.neg(value)))));
    x += 16;
    y += 16;
  }
}

/** dx = dy (σ + x σ (1 - σ)) */
export function swishBackward(dy: usize, x: usize, dx: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) {
    const value = v128.load(x);
    const sigma = sigmoid(value);
    const rest = f32x4.mul(f32x4.mul(value, sigma), f32x4.sub(f32x4.splat(1), sigma));
    v128.store(dx, f32x4.mul(v128.load(dy), f32x4.add(sigma, rest)));
    dy += 16;
    x += 16;
    dx += 16;
  }
}

/**
 * Φ(x), from e^(-x²/2). In the left tail Φ(-z √2) = ½ erfc z, and erfc z = e^(-z²) t p(t) with t = 1 / (1 + z/2); p is the Chebyshev
 * fit of degree 8, off by 6e-8 of the value.
 */
// @ts-ignore: a decorator of AssemblyScript
@inline
function normalDistribution(x: v128, bell: v128): v128 {
  const one = f32x4.splat(1);
  const t = f32x4.div(one, f32x4.add(one, f32x4.mul(f32x4.abs(x), f32x4.splat(0.35355339))));
  let p = f32x4.splat(-0.05831824243068695);
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.2811919152736664));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-0.4808026850223541));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.271470844745636));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-0.022591425105929375));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.20119665563106537));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.24342681467533112));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.28233784437179565));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.28208819031715393));
  const tail = f32x4.mul(f32x4.mul(f32x4.mul(f32x4.splat(0.5), bell), t), p);
  return v128.bitselect(f32x4.sub(one, tail), tail, f32x4.gt(x, f32x4.splat(0)));
}

/** e^(-x²/2) */
// @ts-ignore: a decorator of AssemblyScript
@inline
function bell(x: v128): v128 {
  return exponential(f32x4.mul(f32x4.mul(x, x), f32x4.splat(-0.5)));
}

/** y = x Φ(x) */
export function geluForward(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) {
    const value = v128.load(x);
    v128.store(y, f32x4.mul(value, normalDistribution(value, bell(value))));
    x += 16;
    y += 16;
  }
}

/** dx = dy (Φ(x) + x e^(-x²/2) / √(2π)) */
export function geluBackward(dy: usize, x: usize, dx: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) {
    const value = v128.load(x);
    const height = bell(value);
    const density = f32x4.mul(f32x4.mul(value, height), f32x4.splat(0.39894228));
    v128.store(dx, f32x4.mul(v128.load(dy), f32x4.add(normalDistribution(value, height), density)));
    dy += 16;
    x += 16;
    dx += 16;
  }
}

/** The first `count` lanes of `lanes`, all if that is more than 3; the others are those of `filling`. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function firstLanes(lanes: v128, count: i32, filling: v128): v128 {
  const places = i32x4(0, 1, 2, 3);
  return v128.bitselect(lanes, filling, i32x4.lt_s(places, i32x4.splat(count)));
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function sumOfLanes(lanes: v128): f32 {
  return (
    f32x4.extract_lane(lanes, 0) +
    f32x4.extract_lane(lanes, 1) +
    (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3))
  );
}

/** yᵢ = e^((xᵢ - max) / T) / Σⱼ e^((xⱼ - max) / T) for each row of `cols` numbers; a NaN makes its row NaN. */
export function softmaxForward(x: usize, y: usize, n: i32, cols: i32, temperature: f32): void {
  const temperatures = f32x4.splat(temperature);
  const width: usize = (<usize>cols) << 2;
  for (let start = 0; start < n; start += cols) {
    let largest = f32x4.splat(-Infinity);
    for (let j = 0; j < cols; j += 4) {
      const values = v128.load(x + ((<usize>j) << 2));
      largest = f32x4.max(largest, firstLanes(values, cols - j, f32x4.splat(-Infinity)));
    }
    const top: f32 = max(
      max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1)),
      max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)),
    );
    let sums = f32x4.splat(0);
    for (let j = 0; j < cols; j += 4) {
      const at: usize = (<usize>j) << 2;
      const distance = f32x4.sub(v128.load(x + at), f32x4.splat(top));
      const power = exponential(f32x4.div(distance, temperatures));
      storeLanes(y + at, power, cols - j);
      sums = f32x4.add(sums, firstLanes(power, cols - j, f32x4.splat(0)));
    }
    const sum = f32x4.splat(sumOfLanes(sums));
    for (let j = 0; j < cols; j += 4) {
      const at: usize = (<usize>j) << 2;
      storeLanes(y + at, f32x4.div(v128.load(y + at), sum), cols - j);
    }
    x += width;
    y += width;
  }
}

/** dxᵢ = yᵢ (dyᵢ - Σⱼ dyⱼ yⱼ) / T for each row of `cols` numbers */
export function softmaxBackward(
  dy: usize,
  y: usize,
  dx: usize,
  n: i32,
  cols: i32,
  temperature: f32,
): void {
  const temperatures = f32x4.splat(temperature);
  const width: usize = (<usize>cols) << 2;
  for (let start = 0; start < n; start += cols) {
    let dots = f32x4.splat(0);
    for (let j = 0; j < cols; j += 4) {
      const at: usize = (<usize>j) << 2;
      const products = f32x4.mul(v128.load(dy + at), v128.load(y + at));
      dots = f32x4.add(dots, firstLanes(products, cols - j, f32x4.splat(0)));
    }
    const dot = f32x4.splat(sumOfLanes(dots));
    for (let j = 0; j < cols; j += 4) {
      const at: usize = (<usize>j) << 2;
      const slope = f32x4.mul(v128.load(y + at), f32x4.sub(v128.load(dy + at), dot));
      storeLanes(dx + at, f32x4.div(slope, temperatures), cols - j);
    }
    dy += width;
    y += width;
    dx += width;
  }
}
