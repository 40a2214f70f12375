import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HistoryFile, historyPath } from "../../src/kernel/history-file.js";

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-history-"))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function at(file: string): { readonly history: HistoryFile; readonly logged: string[] } {
  const logged: string[] = [];
  return { history: new HistoryFile({ file, log: (line) => logged.push(line) }), logged };
}

describe("the history file", () => {
  it("is made with its folders, for its owner only, and read again", async () => {
    const file = path.join(folder, "a", "b.jsonl");
    const { history, logged } = at(file);
    expect(await history.load()).toEqual([]);
    await Promise.all([1, 2].map((line) => history.append({ session: "s", line, source: `x\n"${line}"` })));
    expect(await at(file).history.load()).toEqual([
      { session: "s", line: 1, source: 'x\n"1"' },
      { session: "s", line: 2, source: 'x\n"2"' },
    ]);
    if (process.platform !== "win32") expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(logged).toEqual([]);
  });

  it("skips torn and foreign lines", async () => {
    const file = path.join(folder, "h");
    fs.writeFileSync(
      file,
      '{"session":"s","line":1,"sour\nnull\n[]\n{"session":"s","line":2,"source":"x"}\n{"a":1}',
    );
    expect(await at(file).history.load()).toEqual([{ session: "s", line: 2, source: "x" }]);
  });

  it("reads no more than the end of a long file", async () => {
    const file = path.join(folder, "h");
    const line = JSON.stringify({ session: "s", line: 1, source: "y".repeat(1000) }) + "\n";
    fs.writeFileSync(file, line.repeat(6000));
    const entries = await at(file).history.load();
    expect(entries.length).toBeGreaterThan(3000);
    expect(entries.length).toBeLessThan(6000);
  });

  it("that cannot be written is one line in the log, not an error", async () => {
    // A folder where the file should be fails for every user, root too.
    const { history, logged } = at(folder);
    await history.append({ session: "s", line: 1, source: "x" });
    await history.append({ session: "s", line: 2, source: "x" });
    expect(logged).toEqual([expect.stringContaining("could not write the history")]);
    expect(await history.load()).toEqual([]);
  });

  it("lies where GRADUS_HISTORY says, else in the person's state folder", () => {
    expect(historyPath({ GRADUS_HISTORY: "/x/h" })).toBe(path.resolve("/x/h"));
    if (process.platform !== "win32")
      expect(historyPath({ XDG_STATE_HOME: "/s" })).toBe("/s/gradus/history.jsonl");
  });
});
