import { beforeAll, describe, expect, it } from "vitest";
import { atCursor, gradusFromSource, session } from "./session.js";

const { language, run } = session({
  packages: gradusFromSource(),
  leanPackages: ["danfojs-node"],
  globals: "/** Asks for a line. */ declare function prompt(text?: string): Promise<string>;",
});

beforeAll(async () => {
  for (const code of [
    "/** Adds two numbers.\n * @param a the first\n * @example addTwo(1)\n */\nfunction addTwo(a: number, b = 2): number { return a + b }",
    "interface Point {\n  /** Across. */\n  x: number\n} const point: Point = { x: 1 }; const losses = []; losses.push(1);",
  ]) {
    expect((await run(code)).error).toBeUndefined();
  }
}, 60_000);

const plain = async (text: string, detailLevel: 0 | 1 = 0): Promise<string | undefined> => {
  const { code, offset } = atCursor(text);
  return (await language.inspect(code, offset, detailLevel))?.["text/plain"] as string | undefined;
};

describe("inspect", () => {
  it("gives signature and documentation, as text and as markdown", async () => {
    const { code, offset } = atCursor("addTwo|");
    expect(await language.inspect(code, offset, 0)).toEqual({
      "text/plain":
        "function addTwo(a: number, b?: number): number\n\nAdds two numbers.\n\n@param a the first\n\nExample:\naddTwo(1)",
      "text/markdown":
        "```typescript\nfunction addTwo(a: number, b?: number): number\n```\n\nAdds two numbers.\n\n*@param* a the first" +
        "\n\n*Example*\n\n```typescript\naddTwo(1)\n```",
    });
  });

  it("gives all tags and the definition at detail level 1", async () => {
    const text = await plain("addTwo|", 1);
    expect(text).toContain("Example:\naddTwo(1)");
    expect(text).toContain("function addTwo(a: number, b = 2): number { return a + b }");
  });

  it("marks the parameter at the cursor within the brackets of a call", async () => {
    expect(await plain("addTwo(|")).toContain("Here: a: number - the first");
    expect(await plain("addTwo(1, |)")).toContain("Here: b?: number");
    expect(await plain("addTwo(1, |)")).toContain("addTwo(a: number, b?: number): number");
  });

  it.each([
    ["a member of an earlier cell's interface", "point.x|", "(property) Point.x: number\n\nAcross."],
    ["a word from within", "po|int", "const point: Point"],
    ["a word from its beginning", "|point", "const point: Point"],
    ["a list that grew", "losses|", "const losses: number[]"],
    [
      "a global of the notebook",
      "prompt|",
      "function prompt(text?: string): Promise<string>\n\nAsks for a line.",
    ],
    ["an emoji before the word", '"🙂🙂"; point|', "const point: Point"],
    ["a name of the cell itself", "const here = 1;\nhere|", "const here: 1"],
  ])("knows %s", async (_, text, expected) => {
    expect(await plain(text)).toBe(expected);
  });

  it("knows an export of the package that is not imported", async () => {
    expect(await plain("Matrix|")).toMatch(/^class Matrix\n\n\S/);
  });

  it("shows the example of an export as code, with its stars, its lines and what it prints", async () => {
    const { code, offset } = atCursor('import { numericGradient } from "gradus"; numericGradient|');
    const bundle = await language.inspect(code, offset, 0);
    const example =
      'import { numericGradient } from "gradus";\n' +
      "const slopes = numericGradient({ f: ([x, y]) => x * x * y, at: [3, 2] });\n" +
      "console.log(Array.from(slopes, (slope) => slope.toFixed(4))); // [ '12.0000', '9.0000' ]";
    expect(bundle?.["text/plain"]).toContain(`\n\nExample:\n${example}`);
    expect(bundle?.["text/markdown"]).toContain(`*Example*\n\n\`\`\`typescript\n${example}\n\`\`\``);
  });

  it("knows nothing where nothing stands", async () => {
    for (const text of ["  |  ", "|", "1 + | 2", "nowhere.y|"])
      expect([text, await plain(text)]).toEqual([text, text === "nowhere.y|" ? "any" : undefined]);
  });
});
