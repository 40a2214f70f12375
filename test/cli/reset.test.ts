import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { resetFile } from "../../src/cli/reset.js";

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-test-"));
  file = path.join(folder, "03-xor.ipynb");
  fs.writeFileSync(file, "mine");
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const now = new Date(2026, 10, 21, 1, 5, 33);
const read = (name: string): string => fs.readFileSync(path.join(folder, name), "utf8");

describe("resetFile", () => {
  it("puts the new text in place and keeps the old one beside it, dated", () => {
    expect(resetFile(file, "fresh", now)).toBe(path.join(folder, "03-xor-2026-11-21-010533.ipynb"));
    expect(read("03-xor.ipynb")).toBe("fresh");
    expect(read("03-xor-2026-11-21-010533.ipynb")).toBe("mine");
    expect(fs.readdirSync(folder)).toHaveLength(2);
  });

  it("never overwrites a copy that was made before", () => {
    resetFile(file, "fresh", now);
    fs.writeFileSync(file, "mine again");
    expect(resetFile(file, "fresh", now)).toBe(path.join(folder, "03-xor-2026-11-21-010533-2.ipynb"));
    expect(read("03-xor-2026-11-21-010533.ipynb")).toBe("mine");
    expect(read("03-xor-2026-11-21-010533-2.ipynb")).toBe("mine again");
  });

  it("keeps the copy apart from what is written into the notebook later", () => {
    resetFile(file, "fresh", now);
    fs.writeFileSync(file, "later");
    expect(read("03-xor-2026-11-21-010533.ipynb")).toBe("mine");
  });

  it("makes no copy when nothing was changed, or when there was no notebook", () => {
    fs.writeFileSync(file, "fresh");
    expect(resetFile(file, "fresh", now)).toBeUndefined();
    fs.rmSync(file);
    expect(resetFile(file, "fresh", now)).toBeUndefined();
    expect(fs.readdirSync(folder)).toEqual(["03-xor.ipynb"]);
  });

  it("has the copy complete before it touches the notebook, so that a stop in between loses nothing", () => {
    // The new text cannot be written: its place is taken by a folder.
    fs.mkdirSync(`${file}.new`);
    expect(() => resetFile(file, "fresh", now)).toThrow();
    expect(read("03-xor.ipynb")).toBe("mine");
    expect(read("03-xor-2026-11-21-010533.ipynb")).toBe("mine");
  });
});
