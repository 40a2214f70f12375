import { Random } from "../../../src/engine/random.js";

/** Seeded random frames and JSON, close enough to real messages to reach the depths of a parser. */
export class RandomMessages {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  int(below: number): number {
    return this.#random.int(below);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.int(items.length)]!;
  }

  text(): string {
    const parts = [
      "",
      "x",
      "print a",
      "hang".slice(0, 3),
      "\0",
      "\ud800",
      "\udc00",
      "😀",
      "\\",
      '"',
      "\n",
      "*",
      "[",
      "ä",
    ];
    return Array.from({ length: this.int(6) }, () => this.pick(parts)).join("");
  }

  value(depth = 0): unknown {
    switch (this.int(depth > 3 ? 6 : 8)) {
      case 0:
        return null;
      case 1:
        return this.pick([0, -1, 1, 1.5, 2 ** 31, 2 ** 53, -1e308, 3]);
      case 2:
        return this.pick([true, false]);
      case 3:
      case 4:
        return this.text();
      case 5:
        return this.pick(["tail", "range", "search", "__proto__", "constructor", "*a*"]);
      case 6:
        return Array.from({ length: this.int(4) }, () => this.value(depth + 1));
      default:
        return this.object(["a", "__proto__", "length", "toString"], depth + 1);
    }
  }

  object(names: readonly string[], depth = 0): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const name of names)
      if (this.int(3) > 0)
        Object.defineProperty(result, name, {
          value: this.value(depth),
          enumerable: true,
          configurable: true,
        });
    return result;
  }

  /** Six or more frames; some of them broken by flipped bytes, cuts, missing or doubled frames. */
  frames(type: string, fields: readonly string[]): Buffer[] {
    const header = {
      msg_id: `m${this.int(1e9)}`,
      msg_type: type,
      session: "s",
      username: "u",
      date: "",
      version: "5.4",
    };
    const json = [header, this.object(["msg_id", "session"]), this.object(["x"]), this.object(fields)];
    const frames = ["client", "<IDS|MSG>", "", ...json.map((value) => JSON.stringify(value))].map((text) =>
      Buffer.from(text),
    );
    for (let damage = this.int(3); damage > 0; damage--) {
      const at = this.int(frames.length);
      const frame = frames[at];
      if (frame === undefined) continue;
      const kind = this.int(12);
      if (kind === 0) frames.splice(at, 1);
      else if (kind === 1) frames.splice(at, 0, frame);
      else if (kind === 2) frames[at] = frame.subarray(0, this.int(frame.length + 1));
      else if (kind === 3 && frame.length > 0) frame[this.int(frame.length)]! ^= 1 << this.int(8);
    }
    return frames;
  }
}
