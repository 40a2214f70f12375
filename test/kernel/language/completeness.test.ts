import { describe, expect, it } from "vitest";
import { session } from "./session.js";

const { language } = session();

describe("isComplete", () => {
  it.each([
    "1",
    "",
    "// hi",
    "const a = 1;",
    "if (a) {}",
    "if (a) b()",
    "function f() {}",
    "function f(x: number): void;",
    "declare function f(): void",
    "await f()",
    "for await (const a of b) {}",
    "a\n  .b()",
    "`a ${b} c`",
    "/[(]/.test(a)",
    "const x: string = 1",
  ])("%j is complete", async (code) => {
    expect(await language.isComplete(code)).toEqual({ status: "complete" });
  });

  it.each(["foo)", "}", "const = 1", "'abc", "else", "a b", "\0", "const a = [1, 2;\nb"])(
    "%j is invalid",
    async (code) => {
      expect(await language.isComplete(code)).toEqual({ status: "invalid" });
    },
  );

  it.each([
    ["const x =", "  "],
    ["1 +", "  "],
    ["a.", "  "],
    ["if (x)", "  "],
    ["if (x) {", "  "],
    ["if (x) {\n  a()", "  "],
    ["if (x) {\n    a()", "    "],
    ["if (x) {\n\ta()", "\t"],
    ["function f()", "  "],
    ["class A", "  "],
    ["try {}", "  "],
    ["do {}", "  "],
    ["x ? 1", "  "],
    ["[1, 2", "  "],
    ["x => ", "  "],
    ["import { a }", "  "],
    ["for (const x of y)", "  "],
    ["function f() {\n  if (a) {\n    b(", "      "],
    ["function f() {\n  if (a) {\n  }", "  "],
    ["`abc", ""],
    ["/* a", ""],
    ["`${a} {`; /[(]/.test('('); foo({", "  "],
  ])("%j is incomplete, and goes on with %j", async (code, indent) => {
    expect(await language.isComplete(code)).toEqual({ status: "incomplete", indent });
  });
});
