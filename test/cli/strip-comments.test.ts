import { describe, expect, it } from "vitest";
import { withoutComments } from "../../src/cli/strip-comments.js";

describe("built JavaScript", () => {
  it("loses its comments and keeps every import, also of what is not used", () => {
    const script = `/** Text. */\nimport { a } from "./a.js";\nimport "./b.js";\nexport const c = 1; // one\n`;
    expect(withoutComments(script)).toBe(
      `import { a } from "./a.js";\nimport "./b.js";\nexport const c = 1;\n`,
    );
  });

  it("is indented by tabs, but its texts keep their spaces", () => {
    const script = "export function f(x) {\n    return `a\n    ${x}\n        b`;\n}\n";
    expect(withoutComments(script)).toBe("export function f(x) {\n\treturn `a\n    ${x}\n        b`;\n}\n");
  });

  it("keeps what only looks like a comment", () => {
    expect(withoutComments('export const url = "https://example.org"; // here\n')).toBe(
      'export const url = "https://example.org";\n',
    );
  });
});
