import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { buildRuntime, openNotebook, pause, RecordingSink } from "./start-executor.js";

/** A dead process that nobody has collected yet (state Z) still has its number. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = `/proc/${pid}/stat`;
  return !fs.existsSync(stat) || !/\) Z/.test(fs.readFileSync(stat, "utf8"));
}

const notebook = openNotebook();
afterAll(() => notebook.close());

describe("output", () => {
  it("delivers 100,000 printed lines, each once and in order", async () => {
    const { stdout } = await notebook.run("for (let i = 0; i < 100_000; i++) console.log(i);");
    expect(stdout).toBe(Array.from({ length: 100_000 }, (_, i) => `${i}\n`).join(""));
  });

  it("delivers 20 MB in one piece, and a result of 2 MB", async () => {
    const { stdout } = await notebook.run("console.log('é'.repeat(10_000_000));");
    expect(stdout.length).toBe(10_000_001);
    const { outcome } = await notebook.run(
      "({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': 'x'.repeat(2e6) }) })",
    );
    expect(outcome).toMatchObject({ status: "ok" });
    expect(outcome.status === "ok" && String(outcome.result?.data["text/html"]).length).toBe(2e6);
  });

  it("makes a fast printer wait for a slow reader", async () => {
    let longest = 0;
    class SlowSink extends RecordingSink {
      override stream(_: "stdout" | "stderr", text: string): Promise<void> {
        longest = Math.max(longest, text.length);
        return pause(5);
      }
    }
    const sink = new SlowSink();
    await notebook.run("let printed = 0;");
    const running = notebook.run("for (;;) { console.log('y'.repeat(999)); printed += 1000 }", { sink });
    await pause(300);
    await notebook.executor.interrupt();
    expect((await running).text).toContain("Interrupted");
    // 300 ms / 5 ms deliveries of at most 64 KB and one line, and what the pipe holds.
    expect(longest).toBeLessThan(200_000);
    expect(Number((await notebook.run("printed")).text)).toBeLessThan(20_000_000);
  });

  it("sends late output to the cell that began it, not to the one that runs", async () => {
    const early = await notebook.run("setTimeout(() => console.log('from the first'), 30)");
    const later = await notebook.run(
      "await new Promise((r) => setTimeout(r, 80)); console.log('from the second')",
    );
    expect(early.sink.text("stdout")).toBe("from the first\n");
    expect(later.stdout).toBe("from the second\n");
  });

  it("has everything a cell queued before the cell is done", async () => {
    const { sink } = await notebook.run(
      "Promise.resolve().then(() => console.log('micro')); process.nextTick(() => console.log('tick'))",
    );
    const now = sink.text("stdout");
    expect(now.split("\n").sort().join(" ")).toBe(" micro tick");
  });
});

describe("a cell that hides globals", () => {
  it("harms neither output, errors, imports nor Stop", async () => {
    const reckless = openNotebook();
    const names =
      "Array Atomics Buffer Error JSON Map Math Number Object Promise Reflect Set String TypeError Uint8Array " +
      "console process performance crypto setTimeout setImmediate queueMicrotask";
    const { sink, outcome } = await reckless.run(
      names
        .split(" ")
        .map((name) => `const ${name} = 0;`)
        .join("\n"),
    );
    expect(outcome.status).toBe("ok");
    expect(sink.text("stderr").match(/now hides the global/g)).toHaveLength(names.split(" ").length);
    expect((await reckless.run("[1 + 1, { a: new Date(0) }]")).text).toBe(
      "[ 2, { a: 1970-01-01T00:00:00.000Z } ]",
    );
    const shown = await reckless.run("globalThis.console.log('x'); display(html('<b>y</b>')); prompt('z')");
    expect(shown.sink.events).toHaveLength(2);
    expect(shown.text).toBe("'answer to z'");
    expect((await reckless.run("\nnull!.x")).text).toBe(
      "TypeError: Cannot read properties of null (reading 'x')",
    );
    expect((await reckless.run("import { sep } from 'node:path'; await sep.length")).text).toBe("1");
    expect((await reckless.runAndStop("for (;;);")).text).toContain("Interrupted");
    expect((await reckless.runAndStop("for (;;) await null")).text).toContain("Interrupted");
    expect((await reckless.run("performance")).text).toBe("0");
    await reckless.close();
  });
});

describe("the reader's input", () => {
  it("answers prompt(), with a preset for an empty line", async () => {
    const sink = new RecordingSink();
    sink.answer = (prompt) => Promise.resolve(prompt === "empty" ? "" : "Ada");
    expect((await notebook.run("prompt('name') + prompt('empty', ' Lovelace')", { sink })).text).toBe(
      "'Ada Lovelace'",
    );
  });

  it("throws where the front end allows no input", async () => {
    const sink = new RecordingSink();
    sink.answer = () => Promise.reject(new Error("this front end allows no input"));
    expect((await notebook.run("prompt('name')", { sink })).text).toBe(
      "Error: prompt: this front end allows no input",
    );
  });

  it("feeds readline, one line at a time", async () => {
    const sink = new RecordingSink();
    let lines = 0;
    sink.answer = () => Promise.resolve(`line ${++lines}`);
    const { text } = await notebook.run(
      `import { createInterface } from "node:readline/promises"
       const lines = createInterface({ input: process.stdin, output: process.stdout })
       const both = [await lines.question("one? "), await lines.question("two? ")]
       lines.close()
       both`,
      { sink },
    );
    expect(text).toBe("[ 'line 1', 'line 2' ]");
    expect(sink.text("stdout")).toBe("one? two? ");
  });
});

describe("user expressions", () => {
  it("are evaluated after the cell, each with its own fate", async () => {
    const { outcome } = await notebook.run("let base = 20; 'result'", {
      userExpressions: {
        sum: "base + 1",
        awaited: "await Promise.resolve(base)",
        wrong: "nowhere",
        broken: "1 +",
        decl: "let x = 1",
      },
    });
    expect(outcome).toMatchObject({
      status: "ok",
      result: { data: { "text/plain": "'result'" } },
      userExpressions: {
        sum: { status: "ok", data: { "text/plain": "21" } },
        awaited: { status: "ok", data: { "text/plain": "20" } },
        wrong: { status: "error", ename: "ReferenceError" },
        broken: { status: "error", ename: "SyntaxError" },
        decl: { status: "error", ename: "SyntaxError" },
      },
    });
  });
});

describe("comms", () => {
  it("opens, sends and closes", async () => {
    const { sink } = await notebook.run(
      "const wire = comms.open('widget', { a: 1 }); wire.send({ b: 2 }, { buffers: [new Uint8Array([7])] }); wire.close({ c: 3 })",
    );
    const messages = sink.events.flatMap((event) => (event.kind === "comm" ? [event.message] : []));
    expect(messages.map(({ type, data }) => [type, data])).toEqual([
      ["comm_open", { a: 1 }],
      ["comm_msg", { b: 2 }],
      ["comm_close", { c: 3 }],
    ]);
    expect(messages[0]?.targetName).toBe("widget");
    expect([...(messages[1]?.buffers?.[0] ?? [])]).toEqual([7]);
    expect(await notebook.executor.comms()).toEqual({});
  });

  it("answers what the page opens, and lists what is open", async () => {
    const { sink } = await notebook.run(
      "comms.register('echo', (comm, open) => { comm.onMessage = ({ data }) => comm.send({ echo: data, opened: open.data }) });",
    );
    await notebook.executor.comm({ type: "comm_open", commId: "page-1", targetName: "echo", data: "hello" });
    expect(await notebook.executor.comms()).toEqual({ "page-1": "echo" });
    await notebook.executor.comm({ type: "comm_msg", commId: "page-1", data: 5 });
    expect(sink.events.at(-1)).toMatchObject({
      kind: "comm",
      message: { type: "comm_msg", data: { echo: 5, opened: "hello" } },
    });
    await notebook.executor.comm({ type: "comm_close", commId: "page-1", data: {} });
    expect(await notebook.executor.comms()).toEqual({});
  });

  it("closes at once what nobody registered", async () => {
    const { sink } = await notebook.run("1");
    await notebook.executor.comm({ type: "comm_open", commId: "page-2", targetName: "unknown", data: {} });
    expect(sink.events.at(-1)).toMatchObject({
      kind: "comm",
      message: { type: "comm_close", commId: "page-2" },
    });
  });
});

describe("the end of the runtime", () => {
  const ends: Readonly<Record<string, readonly [code: string, ename: string, words: string]>> = {
    "process.exit()": [
      "console.log('last words'); process.exit(3)",
      "ProcessExit",
      "process.exit(3) was called",
    ],
    "process.exit() in a timer": [
      "setTimeout(() => process.exit(0), 5); await new Promise(() => {})",
      "ProcessExit",
      "process.exit(0)",
    ],
    "a crash": [
      "process.kill(process.pid, 'SIGSEGV'); await new Promise(() => {})",
      "RuntimeCrash",
      "SIGSEGV",
    ],
    "process.abort()": ["process.abort()", "RuntimeCrash", "SIGABRT"],
    "want of memory": [
      "const hoard: unknown[] = []; for (;;) hoard.push(new Array(1e5).fill(1.5))",
      "OutOfMemory",
      "out of memory",
    ],
  };

  it.each(Object.entries(ends))(
    "%s is told, and the next cell runs in a new one",
    { timeout: 30_000 },
    async (_, [code, ename, words]) => {
      let restarts = 0;
      const mortal = openNotebook({ nodeFlags: ["--max-old-space-size=60"], onRestart: () => restarts++ });
      await mortal.run("let before = 1");
      const { outcome, stdout } = await mortal.run(code);
      expect(outcome).toMatchObject({
        status: "error",
        error: { ename, evalue: expect.stringContaining(words) },
      });
      expect(outcome.status === "error" && outcome.error.evalue).toContain("All variables are lost");
      if (code.includes("last words")) expect(stdout).toBe("last words\n");
      expect(restarts).toBe(1);
      expect((await mortal.run("typeof before")).text).toBe("'undefined'");
      await mortal.close();
    },
  );

  it("between cells is told to the cell that ran last", async () => {
    const mortal = openNotebook();
    const { sink } = await mortal.run("setTimeout(() => process.exit(1), 20)");
    await pause(150);
    expect(sink.events).toMatchObject([
      { kind: "late", traceback: [expect.stringContaining("process.exit(1)")] },
    ]);
    expect((await mortal.run("'new'")).text).toBe("'new'");
    await mortal.close();
  });

  it("leaves no process behind when it is stopped, also out of an endless loop", async () => {
    const mortal = openNotebook();
    await mortal.run("1");
    const { pid } = mortal.executor;
    const running = mortal.run("for (;;);");
    await pause(50);
    await mortal.close();
    expect((await running).outcome.status).toBe("error");
    expect(isAlive(pid!)).toBe(false);
  });

  it.each(["await new Promise(() => {})", "for (;;);"])(
    "comes when its host is killed while it runs %s",
    async (code) => {
      const folder = buildRuntime();
      const script = path.join(folder, "runtime/main.js");
      const execute = {
        ...{ type: "execute", run: 1, file: "cell [1]", names: [], userExpressions: {} },
        scripts: [{ text: `(async () => { ${code} })`, prefixLength: 0, isAsync: true }],
      };
      const host = spawn(process.execPath, [
        "-e",
        `const child = require("node:child_process").spawn(process.execPath, ["--experimental-vm-modules", ${JSON.stringify(script)}, "/"],
         { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
       child.stdio[3].write(${JSON.stringify(`${JSON.stringify(execute)}\n`)});
       child.stdio[4].once("data", () => console.log(child.pid));`,
      ]);
      const pid = await new Promise<number>((resolve) =>
        host.stdout.once("data", (data) => resolve(Number(data))),
      );
      await pause(100);
      expect(isAlive(pid)).toBe(true);
      host.kill("SIGKILL");
      for (let wait = 0; wait < 40 && isAlive(pid); wait++) await pause(50);
      expect(isAlive(pid)).toBe(false);
      fs.rmSync(folder, { recursive: true });
    },
  );

  it("an output that cannot be delivered is no end of the others", async () => {
    const silenced = vi.spyOn(console, "error").mockImplementation(() => {});
    class FaultySink extends RecordingSink {
      override display(): void {
        throw new Error("the wire is full");
      }
    }
    const { stdout, text } = await notebook.run("display(1); console.log('after'); 5", {
      sink: new FaultySink(),
    });
    expect([stdout, text]).toEqual(["after\n", "5"]);
    expect(silenced.mock.calls.flat().join(" ")).toContain("the wire is full");
    silenced.mockRestore();
  });

  it("says which folder is not there", async () => {
    const lost = openNotebook({ folder: "/no/such/folder" });
    expect((await lost.run("1")).text).toContain("the notebook's folder /no/such/folder is not there");
    await lost.close();
  });
});
