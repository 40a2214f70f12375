import { describe, expect, it } from "vitest";
import { ProtocolFault, WireCodec } from "../../../src/kernel/protocol/index.js";
import { Conversation } from "../session/conversation.js";
import { RandomMessages } from "./random-messages.js";

/** More cases: GRADUS_FUZZ=100000 npx vitest run test/kernel/wire/fuzz.test.ts */
const cases = Number(process.env["GRADUS_FUZZ"] ?? 3000);

const fields: Readonly<Record<string, readonly string[]>> = {
  kernel_info_request: [],
  execute_request: ["code", "silent", "store_history", "user_expressions", "allow_stdin", "stop_on_error"],
  complete_request: ["code", "cursor_pos"],
  inspect_request: ["code", "cursor_pos", "detail_level"],
  is_complete_request: ["code"],
  history_request: ["hist_access_type", "output", "session", "start", "stop", "n", "pattern", "unique"],
  comm_info_request: ["target_name"],
  comm_open: ["comm_id", "target_name", "data"],
  comm_msg: ["comm_id", "data"],
  comm_close: ["comm_id", "data"],
  input_reply: ["value"],
  interrupt_request: [],
  debug_request: ["command"],
  __proto__request: [],
  "": [],
};

describe("random messages", () => {
  it(`${cases} of them end neither the codec nor the session, and every request is answered`, async () => {
    const random = new RandomMessages(20261120);
    const codec = new WireCodec({ key: "" });
    const talk = new Conversation();
    const expected = new Set<string>();
    let read = 0;
    for (let n = 0; n < cases; n++) {
      const type = random.pick(Object.keys(fields));
      const frames = random.frames(type, fields[type]!);
      try {
        const message = codec.decode(frames);
        read++;
        talk.session.receive(random.pick(["shell", "control", "stdin"] as const), message);
        if (message.header.msg_type.endsWith("_request")) expected.add(message.header.msg_id);
      } catch (error) {
        if (!(error instanceof ProtocolFault)) throw error;
      }
      if (n % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(read).toBeGreaterThan(cases / 2);
    await talk.idle(talk.execute("print still here"));
    const idle = new Set(
      talk.sent
        .filter(({ message }) => message.content["execution_state"] === "idle")
        .map(({ message }) => message.parent_header.msg_id),
    );
    expect([...expected].filter((id) => !idle.has(id))).toEqual([]);
    // What the kernel sent can be written and read again.
    for (const { message } of talk.sent) codec.decode(codec.encode(message));
    expect(talk.words()).toContain("stdout:still here");
  });

  it("with a key, nothing that is damaged gets through", () => {
    const random = new RandomMessages(7);
    const codec = new WireCodec({ key: "secret" });
    for (let n = 0; n < Math.min(cases, 20_000); n++)
      expect(() => codec.decode(random.frames("execute_request", ["code"]))).toThrow(ProtocolFault);
  });
});
