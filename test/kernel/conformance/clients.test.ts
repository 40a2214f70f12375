import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findPythonEnvironment } from "../../../src/cli/python-environment.js";
import { gradusKernelSpec, installKernelSpec } from "../../../src/kernel/kernelspec.js";

// The kernel against clients that nobody here wrote: nbclient, and Jupyter's own conformance tests.

const root = path.resolve(import.meta.dirname, "..", "..", "..");
const python = (await findPythonEnvironment())?.python;
const hasConformanceTests =
  python !== undefined && spawnSync(python, ["-c", "import jupyter_kernel_test"]).status === 0;

if (!hasConformanceTests) {
  console.warn(
    "jupyter_kernel_test is not installed (pip install jupyter_kernel_test): the conformance tests are skipped.",
  );
}

interface Stored {
  readonly outputs: readonly (readonly {
    output_type: string;
    name?: string;
    text?: string;
    ename?: string;
  }[])[];
  readonly failure: { readonly ename: string; readonly evalue: string; readonly text: string } | null;
}

describe.skipIf(python === undefined)("the kernel and clients that are not ours", () => {
  let share: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(() => {
    share = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-kernel-"));
    const spec = gradusKernelSpec();
    // The built kernel, not the source beside this test.
    const built = [spec.argv[0]!, path.join(root, "dist", "kernel", "main.js"), "{connection_file}"];
    installKernelSpec(share, "gradus", { ...spec, argv: built });
    env = { ...process.env, JUPYTER_PATH: share, JUPYTER_RUNTIME_DIR: path.join(share, "runtime") };
  });

  afterAll(() => fs.rmSync(share, { recursive: true, force: true }));

  function stored(cells: readonly string[]): Stored {
    const { stdout, stderr } = spawnSync(python!, [path.join(import.meta.dirname, "nbclient_lines.py")], {
      input: JSON.stringify(cells),
      encoding: "utf8",
      env,
      cwd: share,
      maxBuffer: 1e8,
    });
    if (stdout === "") throw new Error(stderr);
    return JSON.parse(stdout) as Stored;
  }

  it("nbclient stores each of 100,000 printed lines once and in order", () => {
    const { outputs, failure } = stored(["for (let i = 0; i < 100_000; i++) console.log(i);"]);
    expect(failure).toBeNull();
    expect(outputs[0]).toHaveLength(1);
    const lines = outputs[0]![0]!.text!.trimEnd().split("\n");
    expect(lines.length).toBe(100_000);
    expect(lines.findIndex((line, i) => line !== String(i))).toBe(-1);
  }, 120_000);

  it.each([
    ["a type error", "const n: number = 'seven';", /not assignable to type 'number'/],
    ["a syntax error", "const = 1;", /TS1\d\d\d|expected/],
    ["a throw", "function boom() {\n  throw new RangeError('too big');\n}\nboom();", /RangeError: too big/],
  ])(
    "nbclient fails the run at %s, with a message to read",
    (_what, code, message) => {
      const { outputs, failure } = stored(["1 + 1", code, "console.log('never')"]);
      expect(failure?.text).toMatch(message);
      expect(outputs[1]!.map((output) => output.output_type)).toEqual(["error"]);
      expect(outputs[2]).toEqual([]);
    },
    60_000,
  );

  it.skipIf(!hasConformanceTests)(
    "jupyter_kernel_test finds no fault and skips only the pager",
    () => {
      const { status, stderr } = spawnSync(python!, [path.join(import.meta.dirname, "conformance.py")], {
        encoding: "utf8",
        env,
        cwd: share,
      });
      expect(stderr).toMatch(/\nRan \d+ tests/);
      expect(stderr.match(/skipped '.*'/g)).toEqual(["skipped 'No code page something'"]);
      expect(status, stderr).toBe(0);
    },
    180_000,
  );
});
