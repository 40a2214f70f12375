import { outOfRange, wholeNumber } from "./options.js";

/** Where a generator stands: the four words of its algorithm, and the second normal draw if one waits. */
export interface RandomState {
  readonly words: readonly number[];
  readonly spareNormal: number | undefined;
}

/**
 * A seeded generator: the same seed gives the same numbers on every machine and in every JavaScript engine.
 *
 * Algorithm: xoshiro128** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2018; period 2^128 - 1),
 * its four words filled from the seed by a 32-bit SplitMix. Only 32-bit integer operations, + - * / and the
 * square root are used, which ECMAScript engines agree on; `Math.log` and `Math.cos`, on which they need not, are avoided.
 *
 * @example
 * import { Random } from "gradus";
 * const random = new Random(7);
 * console.log(random.int(6) + 1, random.int(6) + 1, random.int(6) + 1); // 2 3 4
 * console.log(new Random(7).int(6) + 1, "again, from the same seed"); // 2 again, from the same seed
 */
export class Random {
  readonly seed: number;
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  #spareNormal: number | undefined;

  /** `seed`: any whole number. Throws OptionError for anything else. */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed)) {
      throw outOfRange("Random", { option: "seed", value: seed, rule: "a whole number" });
    }
    this.seed = seed;
    const next = splitMix32(seed);
    this.#a = next();
    this.#b = next();
    this.#c = next();
    this.#d = next();
  }

  /** Where the generator stands; assigning it to another one makes both go on alike. Throws OptionError for what is no state. */
  get state(): RandomState {
    return { words: [this.#a, this.#b, this.#c, this.#d], spareNormal: this.#spareNormal };
  }

  set state({ words, spareNormal }: RandomState) {
    const whole = words.length === 4 && words.every((word) => word === (word | 0) || word === word >>> 0);
    if (!whole || words.every((word) => word === 0)) {
      throw outOfRange("Random", {
        option: "state",
        value: words,
        rule: "four whole numbers of 32 bits, not all 0",
      });
    }
    [this.#a, this.#b, this.#c, this.#d] = words;
    this.#spareNormal = spareNormal;
  }

  /**
   * The next 32 random bits, as a whole number from 0 to 2^32 - 1.
   *
   * @example
   * import { Random } from "gradus";
   * console.log(new Random(1).bits()); // 2442144158
   */
  bits(): number {
    const result = Math.imul(rotateLeft(Math.imul(this.#b, 5), 7), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = rotateLeft(this.#d, 11);
    return result;
  }

  /**
   * Fills the array with what `bits` would give, word after word: several times faster for many.
   *
   * @example
   * import { Random } from "gradus";
   * const words = new Uint32Array(2);
   * new Random(1).fillBits(words);
   * console.log(words[0] === new Random(1).bits()); // true
   */
  fillBits(words: Uint32Array | Int32Array): void {
    // `| 0` tells V8 that these are integers of 32 bits: it then keeps them in registers.
    let a = this.#a | 0;
    let b = this.#b | 0;
    let c = this.#c | 0;
    let d = this.#d | 0;
    for (let i = 0; i < words.length; i++) {
      words[i] = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9);
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = rotateLeft(d, 11);
    }
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#d = d;
  }

  /**
   * A number from low ≤ u < high, each equally likely, all 53 bits of a double random. Default 0 to 1.
   *
   * @example
   * import { Random } from "gradus";
   * const random = new Random(1);
   * console.log(random.uniform().toFixed(3), random.uniform({ low: -1, high: 1 }).toFixed(3));
   * // 0.569 0.779
   */
  uniform({ low = 0, high = 1 }: { readonly low?: number; readonly high?: number } = {}): number {
    const upper = this.bits() >>> 5;
    const lower = this.bits() >>> 6;
    return low + (high - low) * ((upper * 2 ** 26 + lower) / 2 ** 53);
  }

  /**
   * A draw from the normal distribution N(mean, standardDeviation²), by Marsaglia's polar method (SIAM Review 6, 1964).
   *
   * @example
   * import { Random } from "gradus";
   * const random = new Random(1);
   * const heights = Array.from({ length: 3 }, () => random.normal({ mean: 170, standardDeviation: 8 }));
   * console.log(heights.map((height) => height.toFixed(1))); // [ '171.3', '177.6', '166.6' ]
   */
  normal({
    mean = 0,
    standardDeviation = 1,
  }: { readonly mean?: number; readonly standardDeviation?: number } = {}): number {
    return mean + standardDeviation * this.#standardNormal();
  }

  #standardNormal(): number {
    const spare = this.#spareNormal;
    if (spare !== undefined) {
      this.#spareNormal = undefined;
      return spare;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * portableLog(square)) / square);
      this.#spareNormal = y * factor;
      return x * factor;
    }
  }

  /**
   * A whole number from 0 to n - 1, each equally likely. Throws OptionError unless n is a whole number of at least 1.
   *
   * @example
   * import { Random } from "gradus";
   * console.log(new Random(3).int(100)); // 71
   */
  int(n: number): number {
    wholeNumber("Random.int", { option: "n", value: n, least: 1 });
    return Math.floor(this.uniform() * n);
  }

  /**
   * Shuffles the array in place (Fisher and Yates, in Durstenfeld's form) and returns it.
   *
   * @example
   * import { Random } from "gradus";
   * console.log(new Random(1).shuffle(["a", "b", "c", "d"])); // [ 'b', 'a', 'd', 'c' ]
   */
  shuffle<T extends { [index: number]: unknown; readonly length: number }>(array: T): T {
    for (let i = array.length - 1; i > 0; i--) {
      const j = this.int(i + 1);
      const kept = array[i];
      array[i] = array[j];
      array[j] = kept;
    }
    return array;
  }

  /**
   * The numbers 0 to n - 1 in random order.
   *
   * @example
   * import { Random } from "gradus";
   * console.log(new Random(1).permutation(5)); // [ 4, 0, 1, 3, 2 ]
   */
  permutation(n: number): number[] {
    wholeNumber("Random.permutation", { option: "n", value: n, least: 0 });
    return this.shuffle(Array.from({ length: n }, (_, i) => i));
  }

  /**
   * A new generator whose seed is drawn from this one: how a model gives its parts streams that do not disturb each other.
   *
   * @example
   * import { Random } from "gradus";
   * const random = new Random(1);
   * const forWeights = random.split();
   * const forOrder = random.split();
   * console.log(forWeights.int(100), forOrder.int(100)); // 11 97
   */
  split(): Random {
    return new Random(this.bits());
  }
}

function rotateLeft(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** Weyl sequence with the golden-ratio step, mixed by the 32-bit finalizer of MurmurHash3. Both halves of a long seed count. */
function splitMix32(seed: number): () => number {
  const high = Math.floor(seed / 2 ** 32);
  let state = (seed ^ Math.imul(high, 0x85ebca6b)) | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
}

/** ln x for 0 < x < 1, the same bits everywhere: x = m · 2^-k with m in [√½, √2), ln m = 2 artanh((m - 1) / (m + 1)). */
function portableLog(x: number): number {
  let m = x;
  let k = 0;
  while (m < Math.SQRT1_2) {
    m *= 2;
    k++;
  }
  const f = (m - 1) / (m + 1);
  const square = f * f;
  let series = 0;
  // |f| < 0.172, so the term with 23 in it is below 1e-18.
  for (let n = 23; n >= 1; n -= 2) series = series * square + 1 / n;
  return 2 * f * series - k * Math.LN2;
}
