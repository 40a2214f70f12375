import { expect, test } from "vitest";
import { loadNewsgroups, maskAddresses } from "../../src/datasets/index.js";
import { realNewsgroups } from "./real-data.js";

test.each([
  ["mail ann.o'neil+x@cs.uni.example.", "mail [address]."],
  ["In article <1993Apr5.1@host.example> (ann@host) says", "In article <[address]> ([address]) says"],
  ["route uunet!decwrl!ann today", "route [address] today"],
  ["call (412) 555-1234, 412-555-1234 or 1-412-555-1234", "call [phone], [phone] or [phone]"],
  [
    "Subject: cars\nFrom: ann@host (Ann Lee)\nReply-To: ann\nOriginator: ann\nX-Sent-From: ann",
    "Subject: cars\nFrom: [masked]\nReply-To: [masked]\nOriginator: [masked]\nX-Sent-From: [masked]",
  ],
  ["what! no address here: 3.14 @ home, 1993-04-05", "what! no address here: 3.14 @ home, 1993-04-05"],
])("%s", (text, masked) => {
  expect(maskAddresses(text)).toBe(masked);
});

test.skipIf(!realNewsgroups.present)(
  `no address is left in a real post${realNewsgroups.note}`,
  { timeout: 60_000 },
  () => {
    // Only a number may reach the message of a failing test.
    const { texts } = loadNewsgroups({ synthetic: false });
    const left = texts.filter((text) =>
      /[\w.-]+@[\w-]+\.\w|^From: (?!\[masked\])/m.test(maskAddresses(text)),
    );
    expect(texts.filter((text) => /[\w.-]+@[\w-]+\.\w/.test(text)).length).toBeGreaterThan(11_000);
    expect(left.length).toBe(0);
  },
);
