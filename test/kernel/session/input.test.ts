import { describe, expect, it } from "vitest";
import { Conversation } from "./conversation.js";

describe("input", () => {
  it("asks the client that runs the cell, on stdin, after the text printed before", async () => {
    const talk = new Conversation();
    const id = talk.execute("print before \nask name?", {}, "a");
    await talk.until(() => talk.words(id).includes("input_request"));
    expect(talk.words(id).slice(-2)).toEqual(["stdout:before ", "input_request"]);
    const asked = talk.about(id).at(-1)!;
    expect(asked.channel).toBe("stdin");
    expect(asked.message.content).toEqual({ prompt: "name?", password: false });
    talk.post("input_reply", { value: "Ada" }, { channel: "stdin", parent: asked.message.header });
    await talk.idle(id);
    expect(talk.words(id)).toContain("stdout:Ada");
  });

  it("takes an answer without a parent header, as jupyter_client sends it", async () => {
    const talk = new Conversation();
    const id = talk.execute("ask ?");
    await talk.until(() => talk.words(id).includes("input_request"));
    talk.post("input_reply", { value: "yes" }, { channel: "stdin" });
    await talk.idle(id);
    expect(talk.words(id)).toContain("stdout:yes");
  });

  it("ignores answers of another client and to another question", async () => {
    const talk = new Conversation();
    const id = talk.execute("ask ?");
    await talk.until(() => talk.words(id).includes("input_request"));
    talk.post("input_reply", { value: "b's" }, { channel: "stdin", client: "b" });
    const parent = { ...talk.about(id).at(-1)!.message.header, msg_id: "an older question" };
    talk.post("input_reply", { value: "old" }, { channel: "stdin", parent });
    talk.post("input_reply", { value: "right" }, { channel: "stdin" });
    await talk.idle(id);
    expect(talk.words(id).filter((text) => text.startsWith("stdout:"))).toEqual(["stdout:right"]);
    expect(talk.logged.length).toBe(2);
  });

  it("rejects with a reason when the request forbids it", async () => {
    const talk = new Conversation();
    const id = talk.execute("ask ?", { allow_stdin: false });
    await talk.idle(id);
    expect(talk.content(id, "error")["ename"]).toBe("StdinNotAllowed");
    expect(talk.words(id)).not.toContain("input_request");
  });

  it("ends with an interrupt", async () => {
    const talk = new Conversation();
    const id = talk.execute("ask ?");
    await talk.until(() => talk.words(id).includes("input_request"));
    await talk.session.interrupt();
    await talk.idle(id);
    expect(talk.content(id, "execute_reply")["ename"]).toBe("Interrupted");
    // A late answer finds nobody, and the next cell can ask again.
    talk.post("input_reply", { value: "late" }, { channel: "stdin" });
    const next = talk.execute("ask ?");
    await talk.until(() => talk.words(next).includes("input_request"));
    talk.post("input_reply", { value: "new" }, { channel: "stdin" });
    await talk.idle(next);
    expect(talk.words(next)).toContain("stdout:new");
  });

  it("is not confused by a malformed answer", async () => {
    const talk = new Conversation();
    const id = talk.execute("ask ?");
    await talk.until(() => talk.words(id).includes("input_request"));
    talk.post("input_reply", { value: 7 }, { channel: "stdin" });
    talk.post("input_reply", { value: "7" }, { channel: "stdin" });
    await talk.idle(id);
    expect(talk.words(id)).toContain("stdout:7");
    expect(talk.logged[0]).toContain("content.value: must be a string, got number 7");
  });
});
