import * as fs from "node:fs";
import * as path from "node:path";
import * as vm from "node:vm";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";
import { rewriteCell } from "../../../src/kernel/execution/rewrite/cell.js";
import { decodeMappings } from "../../../src/kernel/execution/rewrite/source-map.js";
import { openNotebook } from "./start-executor.js";

const cells = path.resolve(import.meta.dirname, "../cells");
/** All code of the folder of cells: real TypeScript of every sort. */
const corpus = fs
  .readdirSync(cells)
  .filter((name) => name.endsWith(".md"))
  .flatMap((name) => [
    ...fs.readFileSync(path.join(cells, name), "utf8").matchAll(/^```ts\n([\s\S]*?)^```$/gm),
  ])
  .map(([, code = ""]) => code);
const rounds = Number(process.env["GRADUS_FUZZ"] ?? 150);

/** Numbers that are the same in every run (Lehmer's generator, modulus 2^31 - 1, multiplier 48271). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

describe("source maps", () => {
  it("decodes the numbers of the specification's encoding", () => {
    // A = 0, C = 1, D = -1, 2H = 123 (see the Source Map revision 3 proposal).
    expect(decodeMappings("AAAA,C;2HACA")).toEqual([
      { line: 0, column: 0, originalLine: 0, originalColumn: 0 },
      { line: 1, column: 123, originalLine: 1, originalColumn: 0 },
    ]);
  });

  it("refuses what is no base64", () => {
    expect(() => decodeMappings("A!AA")).toThrow('"!" is no base64 digit');
  });
});

describe("lines", () => {
  it("every statement stands on its own line again, whatever was erased before it", () => {
    const code = [
      "interface A {",
      "  x: number;",
      "}",
      "marker4();",
      "enum E {",
      "  One,",
      "}",
      "type T =",
      "  | 1",
      "  | 2;",
      "marker11(`a",
      "b`,",
      "  marker13());",
      "// a comment",
      "/* and",
      "another */ marker16();",
      "class C<X> {",
      "  declare y: X;",
      "  method(): void { marker19(); }",
      "}",
    ].join("\n");
    const { scripts, faults } = rewriteCell(ts, code);
    expect(faults).toEqual([]);
    const found = scripts.flatMap(({ text }) =>
      text
        .split("\n")
        .flatMap((line, index) =>
          [...line.matchAll(/marker(\d+)/g)].map(([, wanted]) => [Number(wanted), index + 1]),
        ),
    );
    expect(found.map(([wanted]) => wanted)).toEqual([4, 11, 13, 16, 19]);
    for (const [wanted, line] of found) expect(line).toBe(wanted);
  });

  it("holds for every call of the corpus that throws: its line is found again", () => {
    // A line `fail()` put between the statements of a program must come out on its own line.
    for (const code of corpus) {
      const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest);
      for (const statement of file.statements) {
        const probed = `${code.slice(0, statement.pos)}\nprobe$$();\n${code.slice(statement.pos)}`;
        const { scripts, faults } = rewriteCell(ts, probed);
        if (faults.length > 0) continue;
        const line = probed.split("\n").findIndex((text) => text === "probe$$();");
        const printed = scripts.map(({ text }) =>
          text.split("\n").findIndex((each) => each.includes("probe$$")),
        );
        expect(
          printed.filter((each) => each !== -1),
          probed,
        ).toEqual([line]);
      }
    }
  });
});

describe("fuzz", () => {
  it(
    `any piece of the corpus is translated or refused, and what is translated compiles (${rounds} rounds)`,
    { timeout: 5000 + 20 * rounds },
    () => {
      const random = randomFrom(20261120);
      let translated = 0;
      for (let round = 0; round < rounds; round++) {
        const code = corpus[random(corpus.length)]!;
        const other = corpus[random(corpus.length)]!;
        const cut = random(code.length + 1);
        const mixed =
          round % 3 === 0 ? `${code}\n${other}` : code.slice(0, cut) + other.slice(random(other.length + 1));
        const { faults, scripts } = rewriteCell(ts, mixed);
        if (faults.length > 0) continue;
        translated += 1;
        for (const { text } of scripts) {
          try {
            new vm.Script(text);
          } catch (error) {
            // Faults that only the checker sees (a name declared twice, `break` outside a loop) are the engine's to tell.
            expect(error, mixed).toBeInstanceOf(SyntaxError);
            expect((error as Error).message, mixed).toMatch(
              /already been declared|Illegal|Undefined label|not defined|Invalid left-hand|Delete of|strict mode|Private field|await is only|Unexpected (eval|reserved|strict)|Missing initializer|Duplicate|'super'/,
            );
          }
        }
      }
      expect(translated).toBeGreaterThan(rounds / 4);
    },
  );

  it.each([
    "",
    "\u0000",
    "\ud800",
    "x\u2028y",
    "\ufeff1",
    "#!/usr/bin/env node\n1",
    "<!-- x",
    "`",
    "/*",
    "💥",
  ])("%j is translated or refused", (code) => {
    expect(() => rewriteCell(ts, code)).not.toThrow();
  });
});

describe("splits", () => {
  const programs: readonly (readonly string[])[] = [
    [
      "let total = 0;",
      "function add(n: number): void { total += n }",
      "for (const n of [1, 2, 3]) add(n);",
      "add(await Promise.resolve(4));",
      "const shown = () => total;",
      "total *= 2;",
      "console.log(shown(), total);",
    ],
    [
      "enum Suit { Spades, Hearts }",
      "class Card { constructor(readonly suit: Suit, readonly rank = 1) {} }",
      "interface Hand { cards: Card[] }",
      "const hand: Hand = { cards: [new Card(Suit.Hearts)] };",
      "var best = hand.cards.find(({ suit }) => suit === Suit.Hearts);",
      "console.log(best, Suit[best!.suit]);",
    ],
    [
      "import { join, basename as base } from 'node:path';",
      "const [head, ...tail] = ['a', 'b', 'c'];",
      "let joined = join(head, ...tail);",
      "{ let joined = 'inner'; var leaked = joined; }",
      "console.log(joined, base(joined), leaked);",
    ],
    [
      "namespace Units { export const km = 1000; export const toKm = (m: number) => m / km }",
      "async function* walk(n: number) { for (let i = 0; i < n; i++) yield i * Units.km }",
      "const steps: number[] = [];",
      "for await (const step of walk(3)) steps.push(step);",
      "const { length, 0: first = -1, ...others } = steps;",
      "console.log(length, first, others, steps.map(Units.toKm));",
    ],
    [
      "type Pair<T> = readonly [T, T];",
      "const swap = <T,>([a, b]: Pair<T>): Pair<T> => [b, a];",
      "let p: Pair<string> = ['x', 'y'];",
      "try { p = swap(p); throw new Error('stop') } catch (error) { var caught = (error as Error).message } finally { p = swap(swap(p)) }",
      "label: for (var i = 0; ; i++) { switch (i) { case 2: break label } }",
      "console.log(p, caught, i);",
    ],
  ];
  const notebook = openNotebook();
  afterAll(() => notebook.close());

  it.each(programs.map((program, index) => [index, program] as const))(
    "program %i prints the same, however it is cut into cells",
    { timeout: 5000 + 20 * rounds },
    async (index, program) => {
      const { stdout: whole, outcome } = await notebook.run(program.join("\n"));
      expect(outcome).toMatchObject({ status: "ok" });
      expect(whole).not.toBe("");
      const random = randomFrom(7 + index);
      for (let round = 0; round < Math.max(6, rounds / 25); round++) {
        let printed = "";
        let cell: string[] = [];
        for (const [at, statement] of program.entries()) {
          cell.push(statement);
          if (random(2) === 0 && at < program.length - 1) continue;
          printed += (await notebook.run(cell.join(random(2) === 0 ? "\n" : " "))).stdout;
          cell = [];
        }
        expect(printed).toBe(whole);
      }
    },
  );
});
