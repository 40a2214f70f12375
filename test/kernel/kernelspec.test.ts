import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { installKernelSpec, tslabKernelSpec } from "../../src/kernel/kernelspec.js";

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-test-"))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

describe("the kernel spec of tslab", () => {
  it("starts files that exist, by absolute paths, and passes the connection file", () => {
    const [node, script, ...rest] = tslabKernelSpec().argv;
    for (const file of [node!, script!]) {
      expect(path.isAbsolute(file)).toBe(true);
      expect(fs.existsSync(file)).toBe(true);
    }
    expect(rest).toEqual(["kernel", "--config-path={connection_file}"]);
  });

  it("is written below the given folder only, whole, and not again when it is there", () => {
    const file = installKernelSpec(folder, "gradus-tslab", tslabKernelSpec());
    expect(file).toBe(path.join(folder, "kernels", "gradus-tslab", "kernel.json"));
    expect(JSON.parse(fs.readFileSync(file, "utf8"))).toEqual(tslabKernelSpec());
    const before = fs.statSync(file).ino;
    installKernelSpec(folder, "gradus-tslab", tslabKernelSpec());
    expect(fs.statSync(file).ino).toBe(before);
    expect(fs.readdirSync(path.dirname(file))).toEqual(["kernel.json"]);
  });

  it("replaces a spec that is damaged", () => {
    const file = installKernelSpec(folder, "k", tslabKernelSpec());
    fs.writeFileSync(file, "{");
    installKernelSpec(folder, "k", tslabKernelSpec());
    expect(JSON.parse(fs.readFileSync(file, "utf8"))).toEqual(tslabKernelSpec());
  });
});
