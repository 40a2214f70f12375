import { describe, expect, it } from "vitest";
import { Conversation } from "./conversation.js";

describe("an execute request", () => {
  it("is answered by busy, input, output, result, reply and idle, in this order", async () => {
    const talk = new Conversation();
    expect(await talk.run("print hello\\n\nvalue 42")).toEqual([
      "status:busy",
      "execute_input",
      "stdout:hello\n",
      "execute_result",
      "execute_reply:ok",
      "status:idle",
    ]);
  });

  it("keeps that order when every send takes its time", async () => {
    const talk = new Conversation();
    talk.slow = true;
    expect(await talk.run("print a\nwarn b\ndisplay c\nprint d\nvalue 1")).toEqual([
      "status:busy",
      "execute_input",
      "stdout:a",
      "stderr:b",
      "display_data",
      "stdout:d",
      "execute_result",
      "execute_reply:ok",
      "status:idle",
    ]);
  });

  it("sends the reply on shell to the client that asked and everything else on iopub", async () => {
    const talk = new Conversation();
    const id = talk.execute("print x", {}, "client b");
    await talk.idle(id);
    const channels = talk.about(id).map(({ channel }) => channel);
    expect(channels).toEqual(["iopub", "iopub", "iopub", "shell", "iopub"]);
    const reply = talk.about(id)[3]!.message;
    expect(new TextDecoder().decode(reply.identities[0])).toBe("client b");
    expect(reply.metadata["started"]).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it("answers an error with an error message and the same error in the reply", async () => {
    const talk = new Conversation();
    const id = talk.execute("print a\nthrow ouch\nprint never");
    await talk.idle(id);
    expect(talk.words(id)).toEqual([
      "status:busy",
      "execute_input",
      "stdout:a",
      "error",
      "execute_reply:error",
      "status:idle",
    ]);
    const error = { ename: "ToyError", evalue: "ouch", traceback: ["ToyError: ouch"] };
    expect(talk.content(id, "error")).toEqual(error);
    expect(talk.content(id, "execute_reply")).toEqual({ status: "error", execution_count: 1, ...error });
  });

  it("does not run a cell that the checker refuses, and does not commit it", async () => {
    const talk = new Conversation();
    expect(await talk.run("print wrong")).toEqual([
      "status:busy",
      "execute_input",
      "error",
      "execute_reply:error",
      "status:idle",
    ]);
    expect(talk.executor.cells).toEqual([]);
    expect(talk.language.committed).toEqual([]);
  });

  it("commits cells that ran, and no others", async () => {
    const talk = new Conversation();
    await talk.run("print a");
    await talk.run("throw b");
    expect(talk.language.committed).toEqual(["print a"]);
  });

  it("sends the checker's warnings to stderr before the cell's output", async () => {
    const talk = new Conversation();
    expect((await talk.run("print shady")).slice(2, 4)).toEqual(["stderr:shady code\n", "stdout:shady"]);
  });

  it("runs a cell on which the checker breaks, says so, and logs it", async () => {
    const talk = new Conversation();
    const words = await talk.run("print confuse");
    expect(words).toContain("stdout:confuse");
    expect(words[2]).toMatch(/^stderr:.*unchecked/);
    expect(talk.logged.join()).toContain("the checker is confused");
  });

  it("answers with an error when the runtime itself fails", async () => {
    const talk = new Conversation();
    expect(await talk.run("fail")).toContain("execute_reply:error");
    expect(talk.logged.join()).toContain("no runtime");
    expect(await talk.run("print on")).toContain("stdout:on");
  });

  it("shows nothing when silent, neither counts nor stores it, and still runs and answers", async () => {
    const talk = new Conversation();
    const words = await talk.run("print a\nwarn b\ndisplay c\nclear\nvalue 1", { silent: true });
    expect(words).toEqual(["status:busy", "execute_reply:ok", "status:idle"]);
    expect(await talk.run("throw x", { silent: true })).toEqual([
      "status:busy",
      "execute_reply:error",
      "status:idle",
    ]);
    expect(talk.stored).toEqual([]);
    const id = talk.execute("print");
    await talk.idle(id);
    expect(talk.content(id, "execute_input")["execution_count"]).toBe(1);
  });

  it("without store_history shows the output but neither counts nor stores", async () => {
    const talk = new Conversation();
    expect(await talk.run("print a", { store_history: false })).toContain("stdout:a");
    const id = talk.execute("print b");
    await talk.idle(id);
    expect(talk.content(id, "execute_reply")["execution_count"]).toBe(1);
    expect(talk.stored.map(({ source }) => source)).toEqual(["print b"]);
  });

  it("counts cells from 1, failed ones too", async () => {
    const talk = new Conversation();
    const ids = [
      talk.execute("print a"),
      talk.execute("throw b", { stop_on_error: false }),
      talk.execute("value 3"),
    ];
    for (const id of ids) await talk.idle(id);
    expect(ids.map((id) => talk.content(id, "execute_input")["execution_count"])).toEqual([1, 2, 3]);
    expect(talk.content(ids[2]!, "execute_result")["execution_count"]).toBe(3);
  });

  it("answers a blank cell without running or counting it", async () => {
    const talk = new Conversation();
    expect(await talk.run(" \n\t")).toEqual([
      "status:busy",
      "execute_input",
      "execute_reply:ok",
      "status:idle",
    ]);
    expect(talk.executor.cells).toEqual([]);
    expect(talk.stored).toEqual([]);
  });

  it("evaluates user expressions, even of a blank cell", async () => {
    const talk = new Conversation();
    const id = talk.execute("", { silent: true, user_expressions: { x: "a + b" } });
    await talk.idle(id);
    expect(talk.content(id, "execute_reply")["user_expressions"]).toEqual({
      x: { status: "ok", data: { "text/plain": "<a + b>" }, metadata: {} },
    });
  });

  it.each([
    [{ code: 5 }, "content.code: must be a string, got number 5"],
    [{}, "content.code: must be a string, got nothing"],
    [{ code: "", silent: "yes" }, 'content.silent: must be true or false, got string "yes"'],
    [
      { code: "", user_expressions: { x: 1 } },
      "content.user_expressions.x: must be a string of code, got number",
    ],
  ])("with the content %j is answered with an error that names the field", async (content, sentence) => {
    const talk = new Conversation();
    const reply = await talk.reply("execute_request", content);
    expect(reply["status"]).toBe("error");
    expect(reply["evalue"]).toBe(sentence);
  });

  it("carries NUL bytes, lone surrogates and a cell of 5 MB", async () => {
    const talk = new Conversation();
    const words = await talk.run("print \0\ud800x" + "y".repeat(5e6));
    expect(words.filter((text) => text.startsWith("stdout:")).map((text) => text.length)).toEqual([5e6 + 10]);
  });
});

describe("the queue of cells", () => {
  it("aborts what waits behind a failed cell, answers it, and runs what comes later", async () => {
    const talk = new Conversation();
    const [, second, third] = [
      talk.execute("throw a"),
      talk.execute("print b"),
      talk.execute("print c", {}, "other"),
    ];
    await talk.idle(third);
    for (const id of [second, third])
      expect(talk.words(id)).toEqual(["status:busy", "execute_reply:aborted", "status:idle"]);
    expect(await talk.run("print d")).toContain("stdout:d");
  });

  it("aborts a cell that arrives just after the one that failed was taken up", async () => {
    const talk = new Conversation();
    talk.execute("throw a");
    await new Promise((resolve) => setTimeout(resolve, 1));
    const late = talk.execute("print b");
    await talk.idle(late);
    expect(talk.words(late)).toContain("execute_reply:aborted");
  });

  it("goes on behind a failed cell when stop_on_error is false", async () => {
    const talk = new Conversation();
    talk.execute("throw a", { stop_on_error: false });
    const second = talk.execute("print b");
    await talk.idle(second);
    expect(talk.words(second)).toContain("stdout:b");
  });

  it("does not abort other requests", async () => {
    const talk = new Conversation();
    talk.execute("throw a");
    expect((await talk.reply("is_complete_request", { code: "x" }))["status"]).toBe("complete");
  });

  it("runs the cells of two clients one after the other, each under its own parent", async () => {
    const talk = new Conversation();
    talk.slow = true;
    const ids = ["a", "b", "a", "b"].map((client, n) => talk.execute(`print ${n}`, {}, client));
    for (const id of ids) await talk.idle(id);
    const parents = talk.sent.map(({ message }) => message.parent_header.msg_id);
    expect(parents).toEqual(ids.flatMap((id) => [id, id, id, id, id]));
  });

  it("stays empty after the end: nothing is run or sent", async () => {
    const talk = new Conversation();
    talk.execute("hang");
    talk.execute("print b");
    await talk.until(() => talk.executor.cells.length === 1);
    talk.session.close();
    const before = talk.sent.length;
    await talk.session.interrupt();
    talk.execute("print c");
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(talk.executor.cells.length).toBe(1);
    expect(talk.words().slice(before)).not.toContain("stdout:b");
  });
});

describe("an interrupt", () => {
  it("is answered at once while a cell runs, ends the cell and aborts what waits", async () => {
    const talk = new Conversation();
    const running = talk.execute("print a\nhang");
    const waiting = talk.execute("print b");
    await talk.until(() => talk.executor.cells.length === 1);
    expect(await talk.reply("interrupt_request", {}, "control")).toEqual({ status: "ok" });
    await talk.idle(waiting);
    expect(talk.words(running).slice(-4)).toEqual([
      "stdout:a",
      "error",
      "execute_reply:error",
      "status:idle",
    ]);
    expect(talk.words(waiting)).toContain("execute_reply:aborted");
  });

  it("reaches a cell that is still being checked: it does not run", async () => {
    const talk = new Conversation();
    let release = (): void => undefined;
    talk.language.hold = new Promise((resolve) => (release = resolve));
    const id = talk.execute("print a");
    await talk.until(() => talk.words(id).length === 2);
    await talk.session.interrupt();
    release();
    await talk.idle(id);
    expect(talk.content(id, "error")["ename"]).toBe("Interrupted");
    expect(talk.executor.cells).toEqual([]);
  });

  it("reaches the runtime when no cell runs, for what runs in the background", async () => {
    const talk = new Conversation();
    await talk.reply("interrupt_request", {}, "control");
    expect(talk.executor.calls).toContain("interrupt");
  });
});
