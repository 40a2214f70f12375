import { describe, expect, it } from "vitest";
import { session } from "./session.js";

/** Cells of one session, in order, each with the diagnostics that it must meet. A cell with a fault has not run. */
interface Row {
  readonly about: string;
  readonly cells: readonly (readonly [code: string, ...faults: string[]])[];
}

const rows: Row[] = [
  {
    about: "a name is found in later cells",
    cells: [["const a = 1"], ["a.toFixed()"], ["a.nothing", "TS2339"]],
  },
  {
    about: "the usual ways to wait, before Node's own types are loaded and after",
    cells: [
      ["await new Promise((done) => setTimeout(done, 10))"],
      ["setInterval((n: number) => n.toFixed(), 10, 1); setTimeout(() => {}, 5)"],
      ["setTimeout((n: number) => n, 10, 'x')", "TS2345"],
      ["process.pid; await new Promise((done) => setTimeout(done, 10))"],
    ],
  },
  {
    about: "a cell that failed is not known",
    cells: [
      ["const a: string = 1", "TS2322"],
      ["a", "TS2304"],
    ],
  },
  {
    about: "a const of an earlier cell keeps its value",
    cells: [["const a = 1"], ["a = 2", "TS2588"], ["a++", "TS2588"]],
  },
  {
    about: "a let of an earlier cell takes values of its type",
    cells: [["let a = 1"], ["a = 2; a += 3"], ['a = "x"', "TS2322"]],
  },
  {
    about: "functions, classes and enums are no variables",
    cells: [
      ["function f() {} class C {} enum E { A } namespace N { export const x = 1 }"],
      ["f = () => {}", "TS2630"],
      ["C = class {}", "TS2629"],
      ["E = 3", "TS2628"],
      ["N = 3", "TS2631"],
    ],
  },
  { about: "a type is no value", cells: [["interface P { x: number }"], ["const q = P", "TS2693"]] },
  {
    about: "narrowing ends with the cell",
    cells: [
      ['let s: string | undefined; s = "a"; s.length'],
      ["s.length", "TS18048"],
      ["if (s) s.length"],
      ["s?.length"],
    ],
  },
  {
    about: "a name declared twice in one cell",
    cells: [["let a = 1; let a = 2", "TS2451", "TS2451"], ["const a = 1"], ["const a = 2"]],
  },
  { about: "functions are hoisted within a cell", cells: [["f(1); function f(x: number) {}"]] },
  {
    about: "top-level await and its type",
    cells: [["const a = await Promise.resolve(4)"], ["a.toFixed(); a.x", "TS2339"]],
  },
  { about: "for await", cells: [["async function* g() { yield 1 } for await (const v of g()) v.toFixed()"]] },
  {
    about: "await in a function that is not async",
    cells: [["function f() { await Promise.resolve() }", "TS1308"]],
  },
  {
    about: "generic functions and classes keep their constraints",
    cells: [
      [
        "class Box<T extends object = {}> { constructor(readonly value: T) {} } function first<T>(of: readonly T[]) { return of[0] }",
      ],
      ["const b = new Box({ n: 1 }); b.value.n.toFixed(); first([1]).toFixed()"],
      ["let c: Box<{ n: number }> = b; let d: Box"],
      ["let e: Box<number>", "TS2344"],
    ],
  },
  {
    about: "private members, unique symbols and class expressions cross cells",
    cells: [
      [
        "class A { #secret = 1; private own = 2; get() { return this.#secret } } const key = Symbol('k'); const K = class { x = 1 }",
      ],
      ["const a: A = new A(); a.get(); const o = { [key]: 1 }; o[key].toFixed(); new K().x.toFixed()"],
      ["a.own", "TS2341"],
      ["a.#secret", "TS18013"],
    ],
  },
  {
    about: "enums, their members as types, and const enums",
    cells: [
      ['enum E { A, B } const enum C { Q = "q" } enum S { X = "x" }'],
      ["const a: E.A = E.A; const q: C = C.Q; const s: S.X = S.X; E[0].length"],
      ["const b: E.B = E.A", "TS2322"],
    ],
  },
  {
    about: "namespaces with values and types",
    cells: [
      ["namespace N { export type T = number; export const v: T = 1 }"],
      ["const t: N.T = N.v"],
      ['const u: N.T = "a"', "TS2322"],
    ],
  },
  {
    about: "destructuring and defaults",
    cells: [
      ["const { a, b: [c, ...d], e = 5 } = { a: 1, b: [2, 3], e: undefined as number | undefined }"],
      ["a + c + d.length + e"],
    ],
  },
  {
    about: "overloads",
    cells: [
      ["function f(x: number): number; function f(x: string): string; function f(x: any) { return x }"],
      ["f(1).toFixed(); f('a').length"],
      ["f(true)", "TS2769"],
    ],
  },
  {
    about: "merged declarations of one cell",
    cells: [
      [
        "interface P { x: number } const P = { origin: { x: 0 } as P }; class K { a = 1 } namespace K { export const made = 1 }",
      ],
      ["const p: P = P.origin; K.made + new K().a"],
    ],
  },
  {
    about: "a variable without a type takes what comes",
    cells: [["let x"], ["x = 1; x = 'a'"], ["x.length"], ["let list = []"], ["list.push(1); list = ['a']"]],
  },
  {
    about: "an empty list has the type of what its cell puts in",
    cells: [
      ["const losses = []; for (let i = 0; i < 3; i++) losses.push(i)"],
      ["losses[0].toFixed()"],
      ["losses.push('a')", "TS2345"],
      ["const later = []"],
      ["later.push(1)"],
    ],
  },
  {
    about: "var in a block is a name of the notebook",
    cells: [["for (var i = 0; i < 3; i++) { var j = i }"], ["i + j"]],
  },
  { about: "let in a block is not", cells: [["for (let i = 0; i < 3; i++) {}"], ["i", "TS2304"]] },
  {
    about: "using",
    cells: [["using r = { n: 1, [Symbol.dispose]() {} }"], ["r.n.toFixed()"], ["r = 1", "TS2588"]],
  },
  {
    about: "exports are allowed",
    cells: [
      ["export const a = 1; export default function g() {} export { a as b }; const c = 1; export { c }"],
      ["a + c; g()"],
    ],
  },
  {
    about: "globals of Node may be hidden",
    cells: [
      ["const fetch = 1"],
      ["fetch + 1"],
      ["const name = 'x'"],
      ["function structuredClone(x: number) { return x }"],
      ["structuredClone(1).toFixed()"],
    ],
  },
  {
    about: "a caught error is any",
    cells: [["try { throw new Error('a') } catch (e) { e.message.length }"]],
  },
  {
    about: "unused names, unreachable code and labels are no faults",
    cells: [["function f(x: number) { return 1; f(2) } a: for (;;) { break }"]],
  },
  { about: "list[0] is a number", cells: [["const xs = [1, 2]"], ["xs[0].toFixed()"]] },
  {
    about: "a parameter needs a type",
    cells: [
      ["function f(x) { return x }", "TS7006"],
      ["const g = ({ a }) => a", "TS7031"],
      ["[1].map((x) => x + 1)"],
    ],
  },
  {
    about: "argument counts",
    cells: [["function f(a: number, b?: number) {}"], ["f()", "TS2554"], ["f(1, 2, 3)", "TS2554"]],
  },
  {
    about: "arithmetic",
    cells: [
      ["'a' * 2", "TS2362"],
      ["2 * 'a'", "TS2363"],
      ["const n: number | undefined = [1].pop(); n + 1", "TS18048"],
    ],
  },
  { about: "null", cells: [["const m = 'a'.match(/a/)"], ["m[0]", "TS18047"], ["m!.index"]] },
  {
    about: "options",
    cells: [
      ["function f(o: { size?: number }) {}"],
      ["f({ sizee: 1 })", "TS2561"],
      ["f({ other: 1 })", "TS2353"],
    ],
  },
  {
    about: "Node's own names come when they are asked for",
    cells: [
      ["process.version.length"],
      ["Buffer.from('a').length"],
      ["import fs from 'node:fs'; fs.readFileSync(4, 'utf8').length"],
      ["fs.readFileSync()", "TS2554"],
    ],
  },
  {
    about: "a type of Node",
    cells: [["const t: NodeJS.Platform = 'linux'"], ["const c: AbortSignal | null = null"]],
  },
  {
    about: "the few names that are there from the start",
    cells: [
      [
        "console.table([1]); console.log(performance.now().toFixed()); clearTimeout(setTimeout(() => {}, 10)); console.nothing()",
        "TS2339",
      ],
      ["performance.mark('a')"],
    ],
  },
  {
    about: "a web page is not here",
    cells: [
      ["document.body", "TS2584"],
      ["window.x", "TS2304"],
    ],
  },
  {
    about: "modules that are nowhere",
    cells: [
      ["import x from 'no-such-package'", "TS2307"],
      ["import y from './no-such-file'", "TS2307"],
      ["await import('no-such-package')", "TS2307"],
    ],
  },
  { about: "syntax: open quote", cells: [["const a = 'abc\nconst b = 1", "TS1002"]] },
  { about: "syntax: open brace", cells: [["if (true) {", "TS1005"]] },
  {
    about: "syntax: extra bracket",
    cells: [
      ["foo)", "TS1434", "TS1128"],
      ["}", "TS1128"],
    ],
  },
  {
    about: "syntax: unfinished comment or template",
    cells: [
      ["/* a", "TS1010"],
      ["`a", "TS1160"],
    ],
  },
  { about: "a comment at the end hides nothing", cells: [["const a = 1 // last"], ["a.toFixed() // last"]] },
  { about: "a cell that is a comment, or nothing", cells: [["// nothing"], [""], ["\n\n"], [";"]] },
  {
    about: "labels like ours",
    cells: [["const x__now = 1; let __gradus_cell = 2"], ["x__now + __gradus_cell"]],
  },
  {
    about: "a cell redefines a name by its own old value",
    cells: [
      ["const a = 1"],
      ["const b = a; "],
      ["function a2() { return b }"],
      ["const a = a2()"],
      ["a.toFixed()"],
    ],
  },
  {
    about: "a property or label of the same name brings nothing wrong",
    cells: [["let x = 1"], ["const o = { x: 'a' }; o.x.length; function f(x: string) { return x.length }"]],
  },
  {
    about: "shorthand properties",
    cells: [
      ["let width = 1"],
      ["const o = { width }; o.width.toFixed()"],
      ["const q = { hight }", "TS18004"],
    ],
  },
  {
    about: "declare global and typeof",
    cells: [
      ["const a = { n: 1 }"],
      ["type A = typeof a; const b: A = { n: 2 }"],
      ["let c: A = { n: '2' }", "TS2322"],
    ],
  },
  { about: "unusual names", cells: [["const 안녕 = 1, $ = 2, _ = 3, ünï = 4"], ["안녕 + $ + _ + ünï"]] },
];

rows.push(
  {
    about: "an interface and a const of one name may come from two cells",
    cells: [
      ["interface P { x: number }"],
      ["const P = (x: number): P => ({ x })"],
      ["const p: P = P(1); p.x.toFixed()"],
      ["P = 1", "TS2588"],
      ["interface P { y: string }"],
      ["const q: P = { y: 'a' }; P(1).x.toFixed()"],
      ["const r: P = { x: 1 }", "TS2353"],
      ["let P = 5"],
      ["const s: P = { y: 'a' }; P = 6"],
      ["type P<T> = T[]"],
      ["const t: P<number> = [P]; P = 7"],
      ["class P {}"],
      ["const u: P = new P(); const v: P<number> = u", "TS2315"],
    ],
  },
  {
    about: "a class stays as a value when an interface takes its name",
    cells: [
      ["class C { a = 1 }"],
      ["interface C { b: string }"],
      ["new C().a.toFixed(); const c: C = { b: '' }"],
    ],
  },
  {
    about: "a let and an interface of one name in one cell",
    cells: [["let P = 1; interface P { x: number }"], ["P = 2; const p: P = { x: P }"]],
  },
);

describe("check", () => {
  it.each(rows)("$about", async ({ cells }) => {
    const { faults } = session();
    const met: string[][] = [];
    for (const [code] of cells) met.push([code, ...(await faults(code))]);
    expect(met).toEqual(cells.map((cell) => [...cell]));
  });

  it("forgets all cells after a reset", async () => {
    const { language, faults } = session();
    await faults("const a = 1");
    language.reset();
    expect(await faults("a")).toEqual(["TS2304"]);
    expect(await faults("let a = ''")).toEqual([]);
    expect(await faults("a = 'x'; a.length")).toEqual([]);
  });
});
