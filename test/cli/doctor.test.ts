import * as os from "node:os";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { checkDisk, checkFolder, checkNode, checkRealData } from "../../src/cli/doctor.js";

describe("gradus doctor", () => {
  it.each([
    ["18.20.0", "failed"],
    ["20.18.3", "failed"],
    ["20.19.0", "ok"],
    ["24.1.0", "ok"],
  ])("finds Node %s %s", (version, status) => {
    expect(checkNode(version).status).toBe(status);
  });

  it("says how much space is left and how much is needed", () => {
    expect(checkDisk("/x", 10_000_000)).toMatchObject({ status: "failed", found: "0.0 GB free" });
    expect(checkDisk("/x", 10_000_000).fix).toContain("500 MB");
    expect(checkDisk(os.tmpdir(), 2e9).status).toBe("ok");
  });

  it("names a GRADUS_DATA folder that does not exist, and files that it lacks", () => {
    expect(checkRealData(undefined).status).toBe("ok");
    expect(checkRealData("off").found).toContain("stand-ins");
    expect(checkRealData(path.join(os.tmpdir(), "no-such-folder"))).toMatchObject({ status: "failed" });
    const empty = checkRealData(import.meta.dirname);
    expect(empty.status).toBe("warning");
    expect(empty.found).toContain("winequality-red.csv");
  });

  it("names a project folder that can't be written to", () => {
    expect(checkFolder(path.join(os.tmpdir(), "no-such-folder"))).toMatchObject({
      status: "failed",
      fix: "Copy the project to a folder of your own",
    });
  });
});
