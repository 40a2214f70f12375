import { afterAll, describe, expect, it } from "vitest";
import { openNotebook } from "./start-executor.js";

/** Each kind of declaration of a name, and an expression that is true after it. Interfaces and types leave no value. */
const kinds: Readonly<
  Record<string, { readonly declare: (name: string) => string; readonly holds: string }>
> = {
  const: { declare: (name) => `const ${name} = 1;`, holds: "$ === 1" },
  let: { declare: (name) => `let ${name}: number = 2;`, holds: "$ === 2" },
  var: { declare: (name) => `var ${name} = 3;`, holds: "$ === 3" },
  function: {
    declare: (name) => `function ${name}(): number { return 4; }`,
    holds: "$() === 4 && $.name === '$'",
  },
  class: { declare: (name) => `class ${name} { five = 5; }`, holds: "new $().five === 5 && $.name === '$'" },
  enum: {
    declare: (name) => `enum ${name} { Six = 6 }`,
    holds: "$.Six === 6 && $[6] === 'Six' && Object.keys($).length === 2",
  },
  import: {
    declare: (name) => `import { sep as ${name} } from "node:path";`,
    holds: "$ === require('node:path').sep",
  },
  namespaceImport: {
    declare: (name) => `import * as ${name} from "node:os";`,
    holds: "typeof $.cpus === 'function'",
  },
  destructuring: { declare: (name) => `const { a: [${name}] } = { a: [8] };`, holds: "$ === 8" },
  namespace: {
    declare: (name) => `namespace ${name} { export const nine = 9; }`,
    holds: "$.nine === 9 && Object.keys($).length === 1",
  },
  interface: { declare: (name) => `interface ${name} { ten: 10 }`, holds: "" },
  type: { declare: (name) => `type ${name} = 11;`, holds: "" },
};

const notebook = openNotebook();
afterAll(() => notebook.close());

describe("redeclaration", () => {
  const pairs = Object.keys(kinds).flatMap((first) =>
    Object.keys(kinds).map((second) => [first, second] as const),
  );

  it("looks at 12 x 12 pairs", () => {
    expect(pairs).toHaveLength(144);
  });

  it.each(pairs)("%s, then %s", async (first, second) => {
    const name = `both_${first}_${second}`;
    const cell = async (kind: string): Promise<void> => {
      const { outcome } = await notebook.run(kinds[kind]!.declare(name));
      expect(outcome.status === "error" ? outcome.error.traceback : []).toEqual([]);
    };
    const holds = async (kind: string): Promise<void> => {
      const question = kinds[kind]!.holds.replaceAll("$", name);
      if (question !== "") expect((await notebook.run(question)).text).toBe("true");
    };
    await cell(first);
    await holds(first);
    await cell(second);
    // What leaves no value leaves the value of before.
    await holds(kinds[second]!.holds === "" ? first : second);
  });
});
