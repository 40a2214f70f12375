import { describe, expect, it } from "vitest";
import { SendQueue } from "../../../src/kernel/transport/send-queue.js";

describe("SendQueue", () => {
  it("has one send under way at a time, in the order of the calls", async () => {
    const sent: string[] = [];
    let underWay = 0;
    const queue = new SendQueue(async ([frame]) => {
      if (++underWay > 1) throw new Error("EBUSY");
      await new Promise((resolve) => setTimeout(resolve, sent.length % 2));
      sent.push(Buffer.from(frame!).toString());
      underWay--;
    });
    await Promise.all(Array.from({ length: 20 }, (_, n) => queue.send([Buffer.from(String(n))])));
    expect(sent).toEqual(Array.from({ length: 20 }, (_, n) => String(n)));
  });

  it("rejects the send that failed and goes on with the next", async () => {
    const queue = new SendQueue(([frame]) =>
      frame!.length === 0 ? Promise.reject(new Error("empty")) : Promise.resolve(),
    );
    const results = await Promise.allSettled([queue.send([Buffer.alloc(0)]), queue.send([Buffer.alloc(1)])]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
    await queue.drained();
  });
});
