import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { dataCacheFolder, dataFolders } from "../../src/datasets/files.js";
import { loadNewsgroups, loadWine } from "../../src/datasets/index.js";
import { forgetNotices } from "../../src/datasets/stand-in.js";

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-stand-in-"));
  fs.mkdirSync(path.join(folder, "data"));
  vi.stubEnv("GRADUS_DATA", path.join(folder, "data"));
  vi.stubEnv("XDG_CACHE_HOME", path.join(folder, "cache"));
  forgetNotices();
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe("where the real data are not there", () => {
  test("the stand-in comes with a notice, once for each data set", () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    expect([loadWine().synthetic, loadWine().synthetic]).toEqual([true, true]);
    expect(loadNewsgroups().synthetic).toBe(true);
    expect(loadNewsgroups({ subset: "test" }).synthetic).toBe(true);
    expect(log.mock.calls.map(([line]) => String(line).slice(0, 35))).toEqual([
      "loadWine: SYNTHETIC data. The real ",
      "loadNewsgroups: SYNTHETIC data. The",
    ]);
    expect(log.mock.calls[0][0]).toContain("npm run gradus -- data fetch wine");
    expect(log.mock.calls[0][0]).toContain(`Looked in: ${dataFolders().join(", ")}.`);
  });

  test("who asks for the stand-in gets no notice, who asks for the real data an error", () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    expect(loadWine({ synthetic: true }).synthetic).toBe(true);
    expect(() => loadWine({ synthetic: false })).toThrow(
      "loadWine: the real data are not on this machine. Get the real data with `npm run gradus -- data fetch wine`",
    );
    expect(() => loadNewsgroups({ synthetic: false })).toThrow("npm run gradus -- data fetch newsgroups");
    expect(log).not.toHaveBeenCalled();
  });

  test("one of two files is not enough", () => {
    fs.writeFileSync(path.join(folder, "data", "winequality-white.csv"), "");
    expect(() => loadWine({ synthetic: false })).toThrow("not on this machine");
  });
});

describe("a file that is there but wrong is named, and no stand-in takes its place:", () => {
  test("another table", () => {
    const file = path.join(folder, "data", "winequality-red.csv");
    fs.writeFileSync(file, "a;b\n1;2\n");
    expect(() => loadWine()).toThrow(`loadWine: ${file} is not the official table: its SHA-256 is `);
  });

  test.each([
    ["no gzip", Buffer.from("text"), "incorrect header check"],
    ["half of one", gzipSync(Buffer.alloc(5000, "a")).subarray(0, 20), "unexpected end of file"],
    ["no tar", gzipSync(Buffer.alloc(5000, "a")), "the tar archive has no valid header at byte 0"],
    ["an empty tar", gzipSync(Buffer.alloc(1024)), "it holds 0 training and 0 test posts"],
  ])("an archive that is %s", (_name, bytes, reason) => {
    const file = path.join(folder, "data", "20news-bydate.tar.gz");
    fs.writeFileSync(file, bytes);
    expect(() => loadNewsgroups()).toThrow(`loadNewsgroups: ${file} cannot be used: ${reason}`);
  });
});

describe("folders", () => {
  test("GRADUS_DATA comes first, then the user's cache", () => {
    expect(dataFolders()).toEqual([path.join(folder, "data"), path.join(folder, "cache", "gradus")]);
    vi.stubEnv("GRADUS_DATA", "");
    expect(dataFolders()).toEqual([path.join(folder, "cache", "gradus")]);
  });

  test("GRADUS_DATA=off leaves only the stand-ins, and says so", () => {
    vi.stubEnv("GRADUS_DATA", "off");
    expect(dataFolders()).toEqual([]);
    expect(() => loadWine({ synthetic: false })).toThrow("Looked in: no folder, since GRADUS_DATA is off.");
  });

  test("a GRADUS_DATA that is no folder is an error, not silence", () => {
    vi.stubEnv("GRADUS_DATA", path.join(folder, "dta"));
    expect(() => loadWine()).toThrow("data: GRADUS_DATA is ");
    expect(() => loadWine()).toThrow(
      "and that is no folder. Set it to a folder with data files, or unset it.",
    );
  });

  test("the cache lies where each system keeps caches", () => {
    const home = os.homedir();
    expect(dataCacheFolder({}, "linux")).toBe(path.join(home, ".cache", "gradus"));
    expect(dataCacheFolder({ XDG_CACHE_HOME: "/big/cache" }, "linux")).toBe(
      path.join("/big/cache", "gradus"),
    );
    // The XDG specification: a path that is not absolute is to be ignored.
    expect(dataCacheFolder({ XDG_CACHE_HOME: "cache" }, "linux")).toBe(path.join(home, ".cache", "gradus"));
    expect(dataCacheFolder({}, "darwin")).toBe(path.join(home, "Library", "Caches", "gradus"));
    expect(dataCacheFolder({ LOCALAPPDATA: "/users/ann/local" }, "win32")).toBe(
      path.join("/users/ann/local", "gradus", "Cache"),
    );
  });
});
