import { describe, expect, it } from "vitest";
import { session } from "./session.js";

/** A declaration of `thing`, a use that fits it, and a use that must not. */
const kinds: Readonly<Record<string, readonly [declaration: string, use: string, misuse: string]>> = {
  const: ["const thing = 1", "thing.toFixed()", "thing = 2"],
  let: ["let thing = 'a'", "thing = 'b'; thing.length", "thing = 1"],
  var: ["var thing = true", "thing = false", "thing = 'a'"],
  function: ["function thing(x: number) { return x }", "thing(1).toFixed()", "thing('a')"],
  "async function": ["async function thing() { return 1 }", "(await thing()).toFixed()", "thing().toFixed()"],
  class: ["class thing { own = 1 }", "const t: thing = new thing(); t.own", "new thing().other"],
  enum: ["enum thing { A, B }", "const e: thing.A = thing.A", "thing.C"],
  import: ["import { sep as thing } from 'node:path'", "thing.length", "thing = 'a'"],
  destructuring: [
    "const { a: { thing } } = { a: { thing: [1] } }",
    "thing[0].toFixed()",
    "thing.length = 'a'",
  ],
  namespace: [
    "namespace thing { export const v = 1; export type T = string }",
    "const n: thing.T = 'a' + thing.v",
    "thing.w",
  ],
  interface: ["interface thing { x: number }", "const i: thing = { x: 1 }", "const i: thing = { y: 1 }"],
  type: ["type thing<T> = T[]", "const l: thing<number> = [1]", "const l: thing<number> = ['a']"],
};

const names = Object.keys(kinds);

describe("the redeclaration matrix", () => {
  it.each(names)("%s can be declared again as every kind, and the latest is seen", async (first) => {
    const { faults, language } = session();
    const wrong: string[] = [];
    for (const second of names) {
      language.reset();
      const [declaration, use, misuse] = kinds[second]!;
      for (const code of [kinds[first]![0], kinds[first]![1], declaration, use]) {
        const met = await faults(code);
        if (met.length > 0) wrong.push(`${first} -> ${second}: ${code} gives ${met.join()}`);
      }
      if ((await faults(misuse)).length === 0) wrong.push(`${first} -> ${second}: ${misuse} passes`);
    }
    expect(wrong).toEqual([]);
  });
});
