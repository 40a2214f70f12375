import { expect, test } from "vitest";
import { Arena } from "../../../src/engine/kernels/arena.js";
import { Random } from "../../../src/engine/random.js";

test("blocks do not overlap, start at multiples of 64, and never at 0", () => {
  const arena = new Arena(0, 4096);
  const addresses = [arena.take(1), arena.take(64), arena.take(65), arena.take(1)];
  expect(addresses).toEqual([64, 128, 192, 320]);
});

test("a full arena answers 0, and takes again what came back", () => {
  const arena = new Arena(0, 256);
  const [a, b, c] = [arena.take(64), arena.take(64), arena.take(64)];
  expect(arena.take(1)).toBe(0);
  arena.release(b, 64);
  expect(arena.take(65)).toBe(0);
  expect(arena.take(64)).toBe(b);
  arena.release(a, 64);
  arena.release(c, 64);
  arena.release(b, 64);
  expect(arena.take(192)).toBe(64);
});

test("whatever is taken and given back in whatever order, in the end everything is free and in one piece", () => {
  const random = new Random(5);
  const arena = new Arena(0, 2 ** 20);
  const all = arena.freeBytes;
  let held: { address: number; bytes: number }[] = [];
  for (let round = 0; round < 2000; round++) {
    if (held.length > 0 && random.uniform() < 0.5) {
      const [{ address, bytes }] = held.splice(random.int(held.length), 1);
      arena.release(address, bytes);
    } else {
      const bytes = 1 + random.int(3000);
      const address = arena.take(bytes);
      if (address === 0) continue;
      const clash = held.find(
        (other) => address < other.address + other.bytes && other.address < address + bytes,
      );
      expect(clash).toBeUndefined();
      held.push({ address, bytes });
    }
  }
  for (const { address, bytes } of held) arena.release(address, bytes);
  held = [];
  expect(arena.freeBytes).toBe(all);
  expect(arena.take(all)).toBe(64);
});
