import ts from "typescript";
import { describe, expect, it } from "vitest";
import { session } from "./session.js";

describe("type errors as warnings", () => {
  it("@ts-nocheck lets one cell run and tells its faults", async () => {
    const { run } = session();
    const { error, warnings } = await run("// @ts-nocheck\nconst n: number = 'a';");
    expect(error).toBeUndefined();
    expect(warnings.join("")).toContain("(TS2322)");
    expect((await run("n.length")).error?.evalue).toContain("(TS2339)");
  });

  it("a text that only mentions @ts-nocheck is checked", async () => {
    expect((await session().run("const s = '// @ts-nocheck'; const n: number = s;")).error).toBeDefined();
  });

  it("// @gradus types: warn holds for the notebook from that cell on, until error", async () => {
    const { run } = session();
    expect((await run("// @gradus types: warn\nnothing1")).error).toBeUndefined();
    const { error, warnings } = await run("nothing2");
    expect([error, warnings.join("").includes("TS2304")]).toEqual([undefined, true]);
    expect((await run("// @gradus types: error\nnothing3")).error?.ename).toBe("TypeScriptError");
    // That cell did not run, so the switch has not moved.
    expect((await run("nothing4")).error).toBeUndefined();
    expect((await run("// @gradus types: error")).error).toBeUndefined();
    expect((await run("nothing5")).error?.ename).toBe("TypeScriptError");
  });

  it("// @gradus types: off says nothing, and syntax errors stay errors", async () => {
    const { run } = session();
    expect(await run("// @gradus types: off\nnothing")).toEqual({ warnings: [] });
    expect((await run("const = 1")).error?.ename).toBe("SyntaxError");
  });

  it("an unknown word in the switch is told", async () => {
    expect((await session().run("// @gradus types: loose")).warnings).toEqual([
      '// @gradus types: "loose" is not known; it takes error, warn or off.\n',
    ]);
  });
});

describe("a hidden global", () => {
  it("is told once a name, not for imports and types", async () => {
    const { run } = session({ globals: "declare function display(value: unknown): void;" });
    const told = async (code: string): Promise<string> => (await run(code)).warnings.join("");
    expect(await told("const fetch = 1")).toContain("fetch now means what this cell defines");
    expect(await told("const fetch = 2")).toBe("");
    expect(await told("function display() {}")).toContain("display now means");
    expect(await told("import { URL } from 'node:url'; interface Event { a: 1 } const mine = 1;")).toBe("");
  });
});

describe("globals of the notebook", () => {
  it("are known to cells, with their types", async () => {
    const { faults } = session({ globals: "declare function prompt(text?: string): Promise<string>;" });
    expect(await faults("(await prompt()).length")).toEqual([]);
    expect(await faults("prompt(1)")).toEqual(["TS2345"]);
  });
});

describe("bad input", () => {
  it.each([
    ["NUL bytes", "const a = 1;\0\0"],
    ["a lone surrogate", "const a = '\ud800'; \ud800"],
    ["only brackets", "(".repeat(500)],
    ["deep nesting", "[".repeat(3000) + "]".repeat(3000)],
    ["a byte order mark", "\ufeffconst a = 1"],
    ["every control character", Array.from({ length: 32 }, (_, i) => String.fromCharCode(i)).join("")],
  ])("%s never throws", async (_, code) => {
    const { language, run } = session();
    await run(code);
    for (const offset of [0, 1, code.length]) {
      await language.complete(code, offset);
      await language.inspect(code, offset, 1);
    }
    await language.isComplete(code);
    expect(await run("const after = 1")).toEqual({ warnings: [] });
  });

  it("offsets outside of the cell never throw", async () => {
    const { language } = session();
    for (const offset of [-5, 99, Number.NaN]) {
      await language.complete("abc", offset);
      expect(await language.inspect("abc", offset, 0)).toBeUndefined();
    }
  });

  it("5 MB run unchecked and say so; what they declare is known", async () => {
    const { run } = session();
    const { error, warnings } = await run(`const big = [${"1,".repeat(2_500_000)}];`);
    expect(error).toBeUndefined();
    expect(warnings.join("")).toContain("too many to check its types");
  }, 30_000);

  it("a folder that is nowhere is no obstacle", async () => {
    const { run, faults } = session({ folder: "/no/such/folder" });
    expect((await run("const a = 1; console.log(a)")).error).toBeUndefined();
    expect(await faults("import x from './x.js'")).toEqual(["TS2307"]);
  });

  it("a fault of the compiler is a warning, and the next cell is checked again", async () => {
    let broken = true;
    const typescript = {
      ...ts,
      createLanguageService: (...args: Parameters<typeof ts.createLanguageService>) => {
        if (broken) throw new Error("Debug Failure. False expression.");
        return ts.createLanguageService(...args);
      },
    };
    const { run, faults } = session({ typescript });
    const { error, warnings } = await run("const a: number = 1;");
    expect(error).toBeUndefined();
    expect(warnings.join("")).toContain(
      "could not be checked; it runs unchecked. TypeScript says: Debug Failure.",
    );
    broken = false;
    expect(await faults("a.length")).toEqual(["TS2339"]);
  });
});
