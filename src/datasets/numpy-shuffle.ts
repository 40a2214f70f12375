/**
 * A shuffled copy, in the order that `numpy.random.RandomState(seed).shuffle` gives: Fisher and Yates from the end, each place
 * drawn from the Mersenne twister MT19937 (Matsumoto and Nishimura, 1998) by masking and rejecting.
 */
export function shuffleAsNumpy<T>(items: readonly T[], seed: number): T[] {
  const next = mersenneTwister(seed);
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const mask = 2 ** (32 - Math.clz32(i)) - 1;
    let j: number;
    do j = (next() & mask) >>> 0;
    while (j > i);
    [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
  }
  return shuffled;
}

/** Whole numbers from 0 to 2^32 - 1. */
export function mersenneTwister(seed: number): () => number {
  const [n, m] = [624, 397];
  const state = new Uint32Array(n);
  state[0] = seed;
  for (let i = 1; i < n; i++) state[i] = Math.imul(1812433253, state[i - 1] ^ (state[i - 1] >>> 30)) + i;
  let at = n;
  const refill = (): void => {
    for (let i = 0; i < n; i++) {
      const y = (state[i] & 0x80000000) | (state[(i + 1) % n] & 0x7fffffff);
      state[i] = state[(i + m) % n] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    at = 0;
  };
  return () => {
    if (at === n) refill();
    let y = state[at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
}
