import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tarFiles } from "../../src/datasets/tar.js";

const hasTar = spawnSync("tar", ["--version"]).status === 0;

describe.skipIf(!hasTar)(hasTar ? "an archive made by tar" : "tar files (skipped: no tar command)", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-tar-"));
  const contents = {
    "a/empty": "",
    "a/short": "text",
    "a/block": "b".repeat(512),
    "a/long": "c".repeat(1300),
  };
  let archive: Uint8Array;

  beforeAll(() => {
    fs.mkdirSync(path.join(folder, "a"));
    for (const [name, text] of Object.entries(contents)) fs.writeFileSync(path.join(folder, name), text);
    expect(spawnSync("tar", ["-cf", "all.tar", "a"], { cwd: folder }).status).toBe(0);
    archive = fs.readFileSync(path.join(folder, "all.tar"));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  test("gives its plain files with their bytes, and no folders", () => {
    const read = [...tarFiles(archive)].map(({ name, content }) => [name, Buffer.from(content).toString()]);
    expect(Object.fromEntries(read)).toEqual(contents);
  });

  test("that ends within a file is refused", () => {
    const [last] = [...tarFiles(archive)].slice(-1);
    const end = last.content.byteOffset - archive.byteOffset + last.content.length - 1;
    expect(() => [...tarFiles(archive.subarray(0, end))]).toThrow(
      /^the tar archive ends within the file that begins at byte \d+$/,
    );
  });

  test("with a changed header is refused", () => {
    const changed = Uint8Array.from(archive);
    changed[3] ^= 1;
    expect(() => [...tarFiles(changed)]).toThrow("the tar archive has no valid header at byte 0");
  });
});
