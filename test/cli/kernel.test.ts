import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { userDataFolder } from "../../src/cli/kernel.js";
import { main } from "../../src/cli/main.js";

let folder: string;
let said: string[];
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-test-"));
  said = [];
  vi.spyOn(console, "log").mockImplementation((text: unknown) => void said.push(String(text)));
  vi.spyOn(console, "error").mockImplementation((text: unknown) => void said.push(String(text)));
});
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(folder, { recursive: true });
});

const share = (...parts: string[]) => path.join(folder, "share", "jupyter", ...parts);

describe("gradus kernel", () => {
  it("installs kernel, logos and figures below a prefix, and takes them away again", async () => {
    expect(await main(["kernel", "install", "--prefix", folder])).toBe(0);
    expect(fs.readdirSync(share("kernels", "gradus")).sort()).toEqual([
      "kernel.json",
      "logo-32x32.png",
      "logo-64x64.png",
      "logo-svg.svg",
    ]);
    expect(fs.existsSync(share("labextensions", "gradus-figures", "package.json"))).toBe(true);
    expect(await main(["kernel", "uninstall", "--prefix", folder])).toBe(0);
    expect(fs.readdirSync(share("kernels"))).toEqual([]);
    expect(fs.readdirSync(share("labextensions"))).toEqual([]);
  });

  it("keeps the figures as long as another name of the kernel is left", async () => {
    await main(["kernel", "install", "--prefix", folder]);
    await main(["kernel", "install", "--prefix", folder, "--name", "second"]);
    await main(["kernel", "uninstall", "--prefix", folder, "--name", "second"]);
    expect(fs.readdirSync(share("kernels"))).toEqual(["gradus"]);
    expect(fs.existsSync(share("labextensions", "gradus-figures"))).toBe(true);
  });

  it("leaves a kernel alone that is not gradus", async () => {
    fs.mkdirSync(share("kernels", "other"), { recursive: true });
    fs.writeFileSync(
      share("kernels", "other", "kernel.json"),
      JSON.stringify({ argv: ["python", "-m", "ipykernel"] }),
    );
    expect(await main(["kernel", "uninstall", "--prefix", folder, "--name", "other"])).toBe(1);
    expect(said.join()).toContain('The kernel "other" in');
    expect(fs.existsSync(share("kernels", "other", "kernel.json"))).toBe(true);
  });

  it.each([
    [["install", "--user", "--sys-prefix"], "Give only one of --user, --sys-prefix and --prefix."],
    [["install", "--name", "../evil"], '--name takes letters, digits, ".", "_" and "-", got "../evil".'],
    [["uninstall", "--prefix", "/nonexistent-prefix"], 'There is no kernel "gradus" in'],
    [
      ["frobnicate", "--prefix", "/nonexistent-prefix"],
      'gradus kernel takes install, uninstall or list, got "frobnicate".',
    ],
  ])("explains what is wrong with %j", async (args, sentence) => {
    expect(await main(["kernel", ...args])).toBe(1);
    expect(said.join()).toContain(sentence);
  });

  it("lists a kernel whose files are gone as broken", async () => {
    fs.mkdirSync(share("kernels", "gradus"), { recursive: true });
    const argv = [process.execPath, path.join(folder, "kernel", "main.js"), "{connection_file}"];
    fs.writeFileSync(share("kernels", "gradus", "kernel.json"), JSON.stringify({ argv }));
    vi.stubEnv("JUPYTER_PATH", share());
    expect(await main(["kernel", "list"])).toBe(0);
    vi.unstubAllEnvs();
    expect(said.find((line) => line.includes(share("kernels")))).toContain("(broken:");
  });
});

describe("Jupyter's data folder of a user", () => {
  it.each([
    ["linux", {}, path.join("/home/ada", ".local", "share", "jupyter")],
    ["linux", { XDG_DATA_HOME: "/data" }, path.join("/data", "jupyter")],
    ["darwin", {}, path.join("/home/ada", "Library", "Jupyter")],
    ["win32", { APPDATA: "/roaming" }, path.join("/roaming", "jupyter")],
    ["linux", { JUPYTER_DATA_DIR: "/own" }, "/own"],
  ] as const)("on %s with %j is %s", (platform, env, expected) => {
    expect(userDataFolder(env, platform, "/home/ada")).toBe(expected);
  });
});
