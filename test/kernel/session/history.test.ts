import { describe, expect, it } from "vitest";
import { globMatcher } from "../../../src/kernel/session/history.js";
import { Conversation } from "./conversation.js";

async function withCells(...codes: readonly string[]): Promise<Conversation> {
  const talk = new Conversation({
    stored: [
      { session: "old-1", line: 1, source: "print first" },
      { session: "old-1", line: 2, source: "print shared" },
      { session: "old-2", line: 1, source: "print shared" },
    ],
  });
  for (const code of codes) await talk.run(code);
  return talk;
}

describe("history", () => {
  it("tail gives the last cells, across sessions", async () => {
    const talk = await withCells("value a", "value b");
    const { history } = await talk.reply("history_request", { hist_access_type: "tail", n: 3 });
    expect(history).toEqual([
      [2, 1, "print shared"],
      [3, 1, "value a"],
      [3, 2, "value b"],
    ]);
    expect((await talk.reply("history_request", { hist_access_type: "tail", n: 0 }))["history"]).toEqual([]);
  });

  it("with output gives the result's text beside the source", async () => {
    const talk = await withCells("value a", "print b");
    const { history } = await talk.reply("history_request", { hist_access_type: "tail", n: 2, output: true });
    expect(history).toEqual([
      [3, 1, ["value a", "a"]],
      [3, 2, ["print b", null]],
    ]);
  });

  it.each([
    [0, 1, 2, [[3, 1, "value a"]]],
    [0, 2, null, [[3, 2, "value b"]]],
    [-1, 0, 10, [[2, 1, "print shared"]]],
    [1, 1, 2, [[1, 1, "print first"]]],
    [9, 0, 10, []],
  ])("range of session %d from %d to %s", async (session, start, stop, expected) => {
    const talk = await withCells("value a", "value b");
    const query = { hist_access_type: "range", session, start, stop };
    expect((await talk.reply("history_request", query))["history"]).toEqual(expected);
  });

  it("search matches a glob, keeps the last n, and the latest of equal cells", async () => {
    const talk = await withCells("value a", "print shared");
    const search = async (query: object): Promise<unknown> =>
      (await talk.reply("history_request", { hist_access_type: "search", ...query }))["history"];
    expect(await search({ pattern: "value*" })).toEqual([[3, 1, "value a"]]);
    expect(await search({ pattern: "*shared", n: 2 })).toEqual([
      [2, 1, "print shared"],
      [3, 2, "print shared"],
    ]);
    expect(await search({ pattern: "*shared", unique: true })).toEqual([[3, 2, "print shared"]]);
  });

  it("is stored as it grows, under the session's own name", async () => {
    const talk = await withCells("value a", "value b");
    expect(talk.stored.slice(3).map(({ line, source }) => [line, source])).toEqual([
      [1, "value a"],
      [2, "value b"],
    ]);
    expect(new Set(talk.stored.map(({ session }) => session)).size).toBe(3);
  });
});

describe("globMatcher", () => {
  it.each([
    ["*", "", true],
    ["a*c", "abbc", true],
    ["a*c", "abbcd", false],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["[a-c]x", "bx", true],
    ["[^a-c]x", "bx", false],
    ["[^a-c]x", "dx", true],
    ["[]]", "]", true],
    ["[", "[", true],
    ["a.c", "abc", false],
    ["*b*\n*", "abc\ndef", true],
  ])("%j against %j is %s", (pattern, text, expected) => {
    expect(globMatcher(pattern)(text)).toBe(expected);
  });

  it("takes no exponential time", () => {
    const started = performance.now();
    expect(globMatcher("*a".repeat(20) + "b")("a".repeat(2000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
