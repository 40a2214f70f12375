import { describe, expect, it } from "vitest";
import { Conversation } from "./conversation.js";

describe("requests other than execute", () => {
  it("are each answered between their own busy and idle", async () => {
    const talk = new Conversation();
    for (const type of ["kernel_info", "complete", "inspect", "is_complete", "history", "comm_info"]) {
      const id = talk.post(`${type}_request`, { code: "pri" });
      await talk.idle(id);
      expect(talk.words(id)).toEqual(["status:busy", `${type}_reply`, "status:idle"]);
    }
  });

  it("are answered while a cell runs, and the last status stays busy until the cell ends", async () => {
    const talk = new Conversation();
    const cell = talk.execute("hang");
    await talk.until(() => talk.executor.cells.length === 1);
    const before = talk.sent.length;
    await talk.reply("complete_request", { code: "pri", cursor_pos: 3 });
    await talk.until(() => talk.sent.length === before + 4);
    expect(talk.words().slice(before)).toEqual([
      "status:busy",
      "complete_reply",
      "status:idle",
      "status:busy",
    ]);
    expect(talk.sent.at(-1)!.message.parent_header).toEqual({});
    await talk.session.interrupt();
    await talk.idle(cell);
    expect(talk.words().at(-1)).toBe("status:idle");
  });

  it("kernel_info says what this kernel is", async () => {
    const talk = new Conversation();
    expect(await talk.reply("kernel_info_request", {}, "control")).toMatchObject({
      status: "ok",
      protocol_version: "5.4",
      implementation: "gradus",
      implementation_version: "1.2.3",
      language_info: { name: "typescript", version: "6.0.3", file_extension: ".ts" },
      supported_features: [],
    });
  });

  it("the language loads once a front end has its kernel_info and is subscribed, and only once", async () => {
    const talk = new Conversation();
    talk.session.start();
    await talk.reply("kernel_info_request");
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(talk.language.warm).toBe(0);
    talk.session.welcome("");
    await talk.until(() => talk.language.warm === 1);
    await talk.reply("kernel_info_request");
    talk.session.welcome("");
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(talk.language.warm).toBe(1);
    expect(talk.executor.calls).toContain("start");
  });

  it("complete counts the cursor in code points", async () => {
    const talk = new Conversation();
    // In code units: the emoji is 0..2, the blank 2..3, "pri" 3..6.
    expect(await talk.reply("complete_request", { code: "😀 pri 😀", cursor_pos: 5 })).toEqual({
      status: "ok",
      matches: ["print"],
      cursor_start: 2,
      cursor_end: 5,
      metadata: {
        _jupyter_types_experimental: [
          { start: 2, end: 5, text: "print", type: "function", signature: "(text)" },
        ],
      },
    });
  });

  it("inspect says whether it found something, and counts in code points", async () => {
    const talk = new Conversation();
    expect(
      await talk.reply("inspect_request", { code: "😀ab", cursor_pos: 2, detail_level: 1 }),
    ).toMatchObject({
      found: true,
      data: { "text/plain": "😀a|1" },
    });
    expect(await talk.reply("inspect_request", { code: "", cursor_pos: 0 })).toMatchObject({
      status: "ok",
      found: false,
      data: {},
    });
  });

  it("is_complete gives the indent of an incomplete cell", async () => {
    const talk = new Conversation();
    expect(await talk.reply("is_complete_request", { code: "a\\" })).toEqual({
      status: "incomplete",
      indent: "  ",
    });
  });

  it("comm_info lists the open comms, or those of one target", async () => {
    const talk = new Conversation();
    Object.assign(talk.executor.comms_, { c1: "slider", c2: "plot" });
    expect(await talk.reply("comm_info_request", { target_name: "plot" })).toEqual({
      status: "ok",
      comms: { c2: { target_name: "plot" } },
    });
    expect(Object.keys((await talk.reply("comm_info_request"))["comms"] as object)).toEqual(["c1", "c2"]);
  });

  it("an answer that fails is an error reply and a line in the log", async () => {
    const talk = new Conversation();
    const reply = await talk.reply("complete_request", { code: "confuse", cursor_pos: 1 });
    expect(reply).toMatchObject({ status: "error", ename: "Error", evalue: "no idea" });
    expect(talk.logged).toEqual(["complete_request: Error: no idea"]);
  });

  it.each([
    ["complete_request", { code: 1 }, "content.code"],
    ["inspect_request", { code: "", cursor_pos: 1.5 }, "content.cursor_pos"],
    ["history_request", { hist_access_type: "all" }, 'must be one of "tail", "range", "search"'],
    ["shutdown_request", { restart: "no" }, "content.restart"],
  ])("%s with %j is answered with an error that says why", async (type, content, part) => {
    const talk = new Conversation();
    expect((await talk.reply(type, content))["evalue"]).toContain(part);
  });

  it("an unknown request is answered with an error, an unknown message logged", async () => {
    const talk = new Conversation();
    expect(await talk.reply("debug_request")).toMatchObject({
      status: "error",
      evalue: "this kernel does not support debug_request",
    });
    talk.post("hello");
    expect(talk.logged.at(-1)).toContain('unknown type "hello"');
  });

  it.each(["__proto___request", "constructor", "toString"])(
    "the type %s is as unknown as any other",
    (type) => {
      const talk = new Conversation();
      talk.post(type);
      expect(talk.logged.length).toBe(1);
    },
  );

  it.each([true, false])(
    "shutdown (restart: %s) is answered, announced to all, and then done",
    async (restart) => {
      const talk = new Conversation();
      talk.execute("hang");
      await talk.until(() => talk.executor.cells.length === 1);
      const id = talk.post("shutdown_request", { restart }, { channel: "control" });
      await talk.until(() => talk.shutdowns.length === 1);
      const replies = talk.about(id).filter(({ message }) => message.header.msg_type === "shutdown_reply");
      expect(replies.map(({ channel }) => channel)).toEqual(["control", "iopub"]);
      expect(replies[0]!.message.content).toEqual({ status: "ok", restart });
      expect(talk.shutdowns).toEqual([restart]);
    },
  );

  it("a new subscriber is welcomed", async () => {
    const talk = new Conversation();
    talk.session.welcome("");
    expect(talk.words()).toEqual(["iopub_welcome"]);
    expect(talk.sent[0]!.message.content).toEqual({ subscription: "" });
  });
});

describe("comm messages", () => {
  it("of user code go out under the cell's parent", async () => {
    const talk = new Conversation();
    const id = talk.execute("print a\ncomm c7");
    await talk.idle(id);
    expect(talk.words(id).slice(2, 4)).toEqual(["stdout:a", "comm_open"]);
    expect(talk.content(id, "comm_open")).toEqual({ comm_id: "c7", target_name: "toy", data: {} });
  });

  it("of a front end reach user code, at once while a cell runs", async () => {
    const talk = new Conversation();
    talk.execute("hang");
    await talk.until(() => talk.executor.cells.length === 1);
    const id = talk.post("comm_msg", { comm_id: "c1", data: {} });
    await talk.idle(id);
    expect(talk.executor.calls).toContain("comm_msg c1");
    await talk.session.interrupt();
  });

  it("keep their place behind waiting cells", async () => {
    const talk = new Conversation();
    talk.execute("hang", { stop_on_error: false });
    await talk.until(() => talk.executor.cells.length === 1);
    talk.execute("comm c1");
    const id = talk.post("comm_msg", { comm_id: "c1", data: {} });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(talk.executor.calls).not.toContain("comm_msg c1");
    await talk.session.interrupt();
    await talk.idle(id);
    expect(talk.executor.calls).toContain("comm_msg c1");
    expect(talk.executor.cells.length).toBe(2);
  });

  it("that are malformed are logged with the field", () => {
    const talk = new Conversation();
    talk.post("comm_open", { comm_id: "x" });
    expect(talk.logged[0]).toContain("content.target_name: must be a string, got nothing");
  });
});
