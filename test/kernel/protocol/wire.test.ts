import * as fs from "node:fs";
import { describe, expect, it } from "vitest";
import { createMessage, ProtocolFault, WireCodec, type Message } from "../../../src/kernel/protocol/index.js";

// Made by jupyter_client: see the script beside it.
const golden = JSON.parse(
  fs.readFileSync(new URL("../../fixtures/kernel/wire.json", import.meta.url), "utf8"),
) as { readonly key: string; readonly frames: readonly string[]; readonly message: Omit<Message, "buffers"> };

function goldenFrames(): Buffer[] {
  return golden.frames.map((hex) => Buffer.from(hex, "hex"));
}

function faultOf(action: () => unknown): ProtocolFault {
  try {
    action();
  } catch (error) {
    if (error instanceof ProtocolFault) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("the wire", () => {
  it("reads the frames that jupyter_client writes", () => {
    const message = new WireCodec({ key: golden.key }).decode(goldenFrames());
    expect(Buffer.from(message.identities[0]!).toString()).toBe("client-1");
    expect({ ...message, identities: undefined, buffers: undefined }).toEqual({
      ...golden.message,
      identities: undefined,
      buffers: undefined,
    });
    expect(message.buffers).toEqual([Buffer.from([0, 1, 255])]);
  });

  it("writes these bytes", () => {
    const frames = new WireCodec({ key: "secret" }).encode({
      identities: [Buffer.from("id")],
      header: {
        msg_id: "1",
        msg_type: "status",
        session: "s",
        username: "kernel",
        date: "2026-11-20T00:00:00.000Z",
        version: "5.4",
      },
      parent_header: {},
      metadata: {},
      content: { execution_state: "idle" },
      buffers: [Buffer.from([7])],
    });
    // The signature: printf '%s{}{}%s' "$header" "$content" | openssl dgst -sha256 -hmac secret
    expect(frames.map((frame) => Buffer.from(frame).toString("latin1"))).toEqual([
      "id",
      "<IDS|MSG>",
      "63946371817a7f0c5af215da6f24860eced075aa5f5ceeaebc9e0ff13ded052a",
      '{"msg_id":"1","msg_type":"status","session":"s","username":"kernel","date":"2026-11-20T00:00:00.000Z","version":"5.4"}',
      "{}",
      "{}",
      '{"execution_state":"idle"}',
      "\x07",
    ]);
  });

  it("reads what it writes: parents, buffers, several identities, any text", () => {
    const message = createMessage(
      "stream",
      { name: "stdout", text: 'a\0b "\\" 😀 \u2028\n' },
      {
        session: "s",
        identities: [Buffer.from([0]), Buffer.from("x")],
        buffers: [Buffer.alloc(3, 5), Buffer.alloc(0)],
      },
    );
    expect(new WireCodec({ key: "k" }).decode(new WireCodec({ key: "k" }).encode(message))).toEqual(message);
  });

  it("refuses a changed byte in each of the signed frames", () => {
    for (let frame = 2; frame < 7; frame++) {
      const frames = goldenFrames();
      frames[frame]![frames[frame]!.length - 2]! ^= 1;
      expect(faultOf(() => new WireCodec({ key: golden.key }).decode(frames)).field, `frame ${frame}`).toBe(
        "signature",
      );
    }
  });

  it.each(["", "00", "x".repeat(64), "é".repeat(64)])("refuses the signature %j", (signature) => {
    const frames = goldenFrames();
    frames[2] = Buffer.from(signature);
    expect(faultOf(() => new WireCodec({ key: golden.key }).decode(frames)).field).toBe("signature");
  });

  it("refuses a message that was received before", () => {
    const codec = new WireCodec({ key: golden.key });
    codec.decode(goldenFrames());
    expect(faultOf(() => codec.decode(goldenFrames())).message).toContain("replay");
  });

  it("neither signs nor verifies with an empty key", () => {
    const codec = new WireCodec({ key: "" });
    const frames = codec.encode(createMessage("clear_output", { wait: true }, { session: "s" }));
    expect(frames[2]!.length).toBe(0);
    codec.decode(frames);
    expect(codec.decode(frames).content).toEqual({ wait: true });
  });

  it.each([
    [["a", "b"], "frames: none of 2 is the delimiter <IDS|MSG>"],
    [[], "frames: none of 0"],
    [
      ["<IDS|MSG>", "", "{}", "{}", "{}"],
      "frames: expected a signature and 4 JSON frames after the delimiter, got 4",
    ],
    [["<IDS|MSG>", "", "{", "{}", "{}", "{}"], "header: is not JSON"],
    [["<IDS|MSG>", "", "{}", "{}", "{}", "{}"], "header.msg_id: must be a string, got nothing"],
    [
      ["<IDS|MSG>", "", '{"msg_id":"1","msg_type":3}', "{}", "{}", "{}"],
      "header.msg_type: must be a string, got number 3",
    ],
    [
      ["<IDS|MSG>", "", '{"msg_id":"1","msg_type":"a"}', "[]", "{}", "{}"],
      "parent_header: must be a JSON object, got array []",
    ],
    [
      ["<IDS|MSG>", "", '{"msg_id":"1","msg_type":"a"}', "{}", "null", "{}"],
      "metadata: must be a JSON object, got null",
    ],
    [["<IDS|MSG>", "", '{"msg_id":"1","msg_type":"a"}', "{}", "{}", "\0"], "content: is not JSON"],
  ])("names the fault of %j", (frames, sentence) => {
    const decode = (): unknown =>
      new WireCodec({ key: "" }).decode(frames.map((frame) => Buffer.from(frame)));
    expect(faultOf(decode).message).toContain(sentence);
  });

  it("replaces lone surrogates, which a Python server could not save, and keeps pairs and backslashes", () => {
    const text = "\ud800 a\udc00 😀 \\ud800 \ud83d";
    const message = createMessage("stream", { name: "stdout", text }, { session: "s" });
    const [content] = new WireCodec({ key: "" }).encode(message).slice(-1);
    expect(JSON.parse(Buffer.from(content!).toString())).toEqual({
      name: "stdout",
      text: "\ufffd a\ufffd 😀 \\ud800 \ufffd",
    });
  });

  it("reads a cell of 50 MB and bytes that are not UTF-8", () => {
    const codec = new WireCodec({ key: "k" });
    const code = "x".repeat(50 * 1024 * 1024);
    const message = createMessage("execute_input", { code, execution_count: 1 }, { session: "s" });
    expect(codec.decode(codec.encode(message)).content["code"]).toBe(code);
    const header = '{"msg_id":"1","msg_type":"a"}';
    const frames = ["<IDS|MSG>", "", header, "{}", "{}", '{"code":"\xff"}'].map((text) =>
      Buffer.from(text, "latin1"),
    );
    expect(new WireCodec({ key: "" }).decode(frames).content["code"]).toBe("\ufffd");
  });
});
