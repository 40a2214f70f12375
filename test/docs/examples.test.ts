import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { format } from "node:util";
import ts from "typescript";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import * as gradus from "../../src/index.js";
import { wasmInstalled } from "../engine/kernels/install-wasm.js";
import { exampleCourse } from "./example-course.js";
import { type Example, programOf, publicApi, readExample, root, strayExamples } from "./public-api.js";

const sources = programOf();
const api = publicApi(sources);
const examples = api.flatMap((entry) => entry.examples);

/** What the compiler says about examples, each as a module of its own, all in one program. */
function typeErrors(list: readonly Example[]): string[] {
  const files = new Map(list.map(({ title, code }) => [path.join(root, "src", `${title}.example.ts`), code]));
  const program = programOf(files);
  return [...files.keys()].flatMap((file) => {
    const source = program.getSourceFile(file)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText, start }) => {
        const line = source.getLineAndCharacterOfPosition(start ?? 0).line + 1;
        return `${path.basename(file, ".example.ts")}, line ${line}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
      },
    );
  });
}

const modules: Readonly<Record<string, () => Promise<unknown>>> = {
  gradus: () => Promise.resolve(gradus),
  "node:fs/promises": () => import("node:fs/promises"),
};

const AsyncFunction = (async () => {}).constructor as new (
  parameter: string,
  body: string,
) => (load: (name: string) => Promise<unknown>) => Promise<void>;

/** What an example prints, line by line. */
async function run(script: string): Promise<string[]> {
  const printed: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((...values) => {
    printed.push(...format(...values).split("\n"));
  });
  try {
    await new AsyncFunction("load", script)((name) => {
      const load = modules[name];
      if (load === undefined)
        throw new Error(`an example may import ${Object.keys(modules).join(", ")}, not ${name}`);
      return load();
    });
  } finally {
    log.mockRestore();
  }
  return printed.map((line) => line.trimEnd());
}

/** Runs an example and compares what it prints with what its comments say. */
async function verify(example: Example): Promise<void> {
  const { expected, script } = readExample(example.code);
  expect(
    expected,
    "the example shows no output; end it with console.log(...); // what it prints",
  ).not.toEqual([]);
  expect(await run(script)).toEqual(expected);
}

describe("the public names", () => {
  it("are found with their methods", () => {
    const names = api.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["Matrix", "Matrix.from", "Sequential.fit", "plot.line", "adam"]),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !name.includes("."))).toEqual(expect.arrayContaining(Object.keys(gradus)));
  });

  it("have a doc comment, every one", () => {
    expect(api.filter(({ documented }) => !documented).map(({ name, file }) => `${name} in ${file}`)).toEqual(
      [],
    );
  });

  it("have an example, every function, class and constant", () => {
    const missing = api.filter((entry) => entry.wantsExample && entry.examples.length === 0);
    expect(missing.map(({ name, file }) => `${name} in ${file}`)).toEqual([]);
  });

  it("carry all examples that the sources hold", () => {
    expect(strayExamples(sources, api)).toEqual([]);
  });
});

describe("the examples", () => {
  const home = process.cwd();
  let folder = "";
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-examples-"));
    process.chdir(folder);
  });
  afterAll(() => {
    process.chdir(home);
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const reporter = gradus.progressReporter();
  beforeEach(() => {
    gradus.setProgressReporter(undefined);
    gradus.setCourse(exampleCourse());
  });
  afterEach(() => {
    gradus.setBackend(wasmInstalled ? "wasm" : "typescript");
    gradus.setProgressReporter(reporter);
  });

  it("compile, import what they use from gradus, and use what they import", { timeout: 60_000 }, () => {
    expect(typeErrors(examples)).toEqual([]);
    expect(
      examples.filter(({ code }) => !code.includes(' from "gradus";')).map(({ title }) => title),
    ).toEqual([]);
  });

  it("are short, and narrow enough for a page", () => {
    const long = examples.filter(({ code }) => {
      const lines = code.split("\n").filter((line) => !line.startsWith("//"));
      return lines.length > 13 || lines.some((line) => line.length > 110) || /.{141}/.test(code);
    });
    expect(long.map(({ title }) => title)).toEqual([]);
  });

  it.each(examples.map((example) => [example.title, example] as const))(
    "print what they say in plain TypeScript: %s",
    async (_title, example) => {
      gradus.setBackend("typescript");
      await verify(example);
    },
  );

  const computing = examples.filter(
    ({ file, code }) => file.startsWith("src/engine/") || code.includes("Sequential"),
  );
  it.runIf(wasmInstalled).each(computing.map((example) => [example.title, example] as const))(
    "print what they say on WebAssembly: %s",
    async (_title, example) => {
      gradus.setBackend("wasm");
      await verify(example);
    },
  );
});

describe("the test of the examples itself", () => {
  const example = (code: string): Example => ({ title: "made up", file: "", code });

  it("accepts output beside a statement and below it", async () => {
    await verify(
      example(
        'import { Matrix } from "gradus";\nconst a: Matrix = Matrix.from([[1, 2]]);\nconsole.log(a.shape); // [ 1, 2 ]\n' +
          "// Now the numbers:\nfor (const value of a.data) console.log(value);\n// 1\n// 2\n\n// The end.",
      ),
    );
  });

  it.each([
    ["a wrong output", "console.log(1 + 1); // 3", /to deeply equal/],
    ["a missing line", "console.log('a\\nb'); // a", /to deeply equal/],
    ["a line too many", "console.log('a');\n// a\n// b", /to deeply equal/],
    ["an output that no comment tells", "console.log(1);\n\nconsole.log(2); // 2", /to deeply equal/],
    ["no output at all", "const a = 1;", /shows no output/],
    ["an error", "console.log(nothing()); // 1", /nothing is not defined/],
    ["a foreign module", 'import { x } from "node:os";\nconsole.log(x); // 1', /may import gradus/],
  ])("finds %s", async (_name, code, message) => {
    await expect(verify(example(code))).rejects.toThrow(message);
  });

  it(
    "finds a name without a comment, one without an example, and an example that belongs to no public name",
    { timeout: 60_000 },
    () => {
      const door = path.join(root, "src", "index.ts");
      const program = programOf(
        new Map([[door, "export const bare = 1;\n/** Kept. */\nexport function kept(): void {}"]]),
      );
      const found = publicApi(program);
      expect(
        found.map(({ name, documented, wantsExample, examples: own }) => [
          name,
          documented,
          wantsExample,
          own.length,
        ]),
      ).toEqual([
        ["bare", false, true, 0],
        ["kept", true, true, 0],
      ]);
      const hidden = programOf(
        new Map([
          [
            door,
            "export {};\n/**\n * Hidden.\n *\n * @example\n * console.log(1); // 2\n */\nfunction inner(): void {}\ninner();",
          ],
        ]),
      );
      expect(strayExamples(hidden, publicApi(hidden))).toEqual(["src/index.ts: console.log(1); // 2"]);
    },
  );

  it("finds a type error, a misspelt export and an unused import", { timeout: 60_000 }, () => {
    const code = 'import { dense, denze, Matrix } from "gradus";\ndense("16", denze);\nconsole.log(1); // 1';
    expect(typeErrors([example(code)])).toEqual([
      expect.stringMatching(/^made up, line 1: .*no exported member named 'denze'/),
      expect.stringMatching(/^made up, line 1: 'Matrix' is declared but its value is never read/),
      expect.stringMatching(/^made up, line 2: .*'string' is not assignable to parameter of type 'number'/),
    ]);
  });
});
