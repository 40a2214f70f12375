import { describe, expect, it } from "vitest";
import type { Message } from "../../../src/kernel/protocol/index.js";
import { CellOutput } from "../../../src/kernel/session/cell-output.js";
import { Outbox } from "../../../src/kernel/session/outbox.js";
import { Conversation } from "./conversation.js";

function outputs(words: readonly string[]): string[] {
  return words.slice(2, -2);
}

/** A cell's output whose messages go to a socket of the test. */
function outputTo(send: (message: Message) => Promise<void>): CellOutput {
  return new CellOutput({
    outbox: new Outbox({ send: (_, message) => send(message), log: () => undefined }),
    parent: { msg_id: "1", msg_type: "execute_request", session: "", username: "", date: "", version: "" },
    silent: false,
    ask: () => Promise.reject(new Error()),
  });
}

describe("output", () => {
  it("joins lines of one stream into one message", async () => {
    const talk = new Conversation();
    const code = Array.from({ length: 500 }, (_, n) => `print ${n}\\n`).join("\n");
    const streams = outputs(await talk.run(code));
    expect(streams).toEqual([`stdout:${Array.from({ length: 500 }, (_, n) => `${n}\n`).join("")}`]);
  });

  it("keeps the order between stdout, stderr, displays, updates and clearing", async () => {
    const talk = new Conversation();
    const words = await talk.run(
      "print a\nprint b\nwarn c\ndisplay d id\nprint e\nupdate f id\nwarn g\nclear wait\nprint h",
    );
    expect(outputs(words)).toEqual([
      "stdout:ab",
      "stderr:c",
      "display_data",
      "stdout:e",
      "update_display_data",
      "stderr:g",
      "clear_output",
      "stdout:h",
    ]);
  });

  it("names a display in transient, and waits to clear when asked to", async () => {
    const talk = new Conversation();
    const id = talk.execute("display a name\ndisplay b\nclear wait");
    await talk.idle(id);
    const displays = talk.about(id).filter(({ message }) => message.header.msg_type === "display_data");
    expect(displays.map(({ message }) => message.content["transient"])).toEqual([{ display_id: "name" }, {}]);
    expect(talk.content(id, "clear_output")).toEqual({ wait: true });
  });

  it("of a timer that fires after the cell goes under the cell's parent", async () => {
    const talk = new Conversation();
    const id = talk.execute("later x");
    await talk.idle(id);
    await talk.until(() => talk.words(id).at(-1) === "stdout:x");
    expect(talk.words(id).slice(-2)).toEqual(["status:idle", "stdout:x"]);
  });

  it("is sent within 50 ms or so while the cell goes on", async () => {
    const talk = new Conversation();
    const id = talk.execute("print x\nhang");
    await talk.until(() => talk.words(id).includes("stdout:x"));
    await talk.session.interrupt();
    await talk.idle(id);
  });

  it("makes a flood wait for the socket, so that no more than a message waits in memory", async () => {
    const sent: Message[] = [];
    let release: (() => void)[] = [];
    const output = outputTo((message) => {
      sent.push(message);
      return new Promise((resolve) => release.push(resolve));
    });
    let printed = 0;
    const flood = (async (): Promise<void> => {
      for (; printed < 1000; printed++) await output.stream("stdout", "x".repeat(1024));
    })();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sent.length).toBe(1);
    expect(printed).toBeLessThan(65);
    const opener = setInterval(() => {
      release.forEach((open) => open());
      release = [];
    });
    await flood;
    await output.flush();
    clearInterval(opener);
    const text = sent.map(({ content }) => content["text"] as string).join("");
    expect(text).toBe("x".repeat(1024 * 1000));
    expect(sent.length).toBeLessThan(30);
  });

  it("does not tear a surrogate pair apart when a full message is sent", async () => {
    const texts: string[] = [];
    const output = outputTo(({ content }) => {
      texts.push(content["text"] as string);
      return Promise.resolve();
    });
    await output.stream("stdout", "x".repeat(65535) + "\ud83d");
    await output.stream("stdout", "\ude00!");
    await output.flush();
    expect(texts).toEqual(["x".repeat(65535), "😀!"]);
  });
});
