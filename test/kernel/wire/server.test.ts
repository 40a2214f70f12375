import { afterEach, describe, expect, it } from "vitest";
import { Dealer, Subscriber } from "zeromq";
import { WireCodec, type JsonObject, type Message } from "../../../src/kernel/protocol/index.js";
import { startKernel, type Kernel } from "../../../src/kernel/server.js";
import { ToyExecutor, ToyLanguage } from "../session/toy-language.js";

const key = "the key";
const ended: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

/** A kernel with the toy language on real sockets, and a client of it. */
class Client {
  readonly codec = new WireCodec({ key });
  readonly published: Message[] = [];
  readonly shell: Dealer;
  readonly control: Dealer;
  #sent = 0;

  readonly kernel: Kernel;
  readonly logged: readonly string[];
  readonly executor: ToyExecutor;

  constructor(kernel: Kernel, logged: readonly string[], executor: ToyExecutor) {
    this.kernel = kernel;
    this.logged = logged;
    this.executor = executor;
    this.shell = new Dealer({ linger: 0 });
    this.control = new Dealer({ linger: 0 });
    this.shell.connect(kernel.channels.addresses.shell);
    this.control.connect(kernel.channels.addresses.control);
    const iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
    iopub.connect(kernel.channels.addresses.iopub);
    iopub.subscribe("");
    void (async (): Promise<void> => {
      for await (const frames of iopub) this.published.push(this.codec.decode(frames));
    })();
    ended.push(() => [this.shell, this.control, iopub].forEach((socket) => socket.close()));
  }

  static async start(): Promise<Client> {
    const logged: string[] = [];
    const executor = new ToyExecutor();
    const kernel = await startKernel({
      connection: {
        transport: "tcp",
        ip: "127.0.0.1",
        ports: { shell: 0, control: 0, stdin: 0, iopub: 0, hb: 0 },
        key,
      },
      executor,
      language: new ToyLanguage(),
      history: { load: () => Promise.resolve([]), append: () => Promise.resolve() },
      versions: { gradus: "0", typescript: "6", node: "20" },
      log: (line) => logged.push(line),
    });
    ended.push(() => kernel.stop("the test is over"));
    const client = new Client(kernel, logged, executor);
    await client.until(() => client.published.some(({ header }) => header.msg_type === "iopub_welcome"));
    return client;
  }

  frames(type: string, content: JsonObject, codec = this.codec): Uint8Array[] {
    return codec.encode({
      identities: [],
      header: {
        msg_id: `${type}-${++this.#sent}`,
        msg_type: type,
        session: "c",
        username: "u",
        date: "",
        version: "5.4",
      },
      parent_header: {},
      metadata: {},
      content,
      buffers: [],
    });
  }

  async ask(type: string, content: JsonObject = {}, socket = this.shell): Promise<Message> {
    await socket.send(this.frames(type, content));
    return this.codec.decode(await socket.receive());
  }

  async until(isTrue: () => boolean): Promise<void> {
    for (let turns = 0; !isTrue(); turns++) {
      if (turns > 1000) throw new Error("what the test waits for did not come");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

describe("a kernel on sockets", () => {
  it("answers kernel_info, runs a cell and publishes it in order", async () => {
    const client = await Client.start();
    expect((await client.ask("kernel_info_request")).content).toMatchObject({ implementation: "gradus" });
    const reply = await client.ask("execute_request", { code: "print hello\nvalue 1" });
    expect(reply.content["status"]).toBe("ok");
    const about = (): string[] =>
      client.published
        .filter(({ parent_header }) => parent_header.msg_type === "execute_request")
        .map(({ header }) => header.msg_type);
    await client.until(() => about().length === 5);
    expect(about()).toEqual(["status", "execute_input", "stream", "execute_result", "status"]);
  });

  it("drops and logs what is forged or malformed, and goes on", async () => {
    const client = await Client.start();
    const forged = client.frames(
      "execute_request",
      { code: "print stolen" },
      new WireCodec({ key: "guessed" }),
    );
    await client.shell.send(forged);
    await client.shell.send(["nonsense"]);
    await client.shell.send([Buffer.alloc(0)]);
    await client.control.send(client.frames("shutdown_request", {}, new WireCodec({ key: "" })));
    expect((await client.ask("is_complete_request", { code: "x" })).content["status"]).toBe("complete");
    await client.until(() => client.logged.length === 4);
    expect(client.logged.toSorted().map((line) => line.split(":").slice(0, 3).join(":"))).toEqual([
      "control: a message was dropped: signature",
      "shell: a message was dropped: frames",
      "shell: a message was dropped: frames",
      "shell: a message was dropped: signature",
    ]);
    expect(client.executor.cells).toEqual([]);
  });

  it("interrupts over control while a cell runs", async () => {
    const client = await Client.start();
    await client.shell.send(client.frames("execute_request", { code: "hang" }));
    await client.until(() => client.executor.cells.length === 1);
    expect((await client.ask("interrupt_request", {}, client.control)).content).toEqual({ status: "ok" });
    expect(client.codec.decode(await client.shell.receive()).content["ename"]).toBe("Interrupted");
  });

  it("takes a cell of 50 MB and answers the next", async () => {
    const client = await Client.start();
    const big = await client.ask("execute_request", { code: "skip " + "x".repeat(50 * 1024 * 1024) });
    expect(big.content["status"]).toBe("ok");
    expect((await client.ask("execute_request", { code: "value 1" })).content["status"]).toBe("ok");
  });

  it("answers shutdown, ends the runtime, closes, and says so", async () => {
    const client = await Client.start();
    const reply = await client.ask("shutdown_request", { restart: true }, client.control);
    expect(reply.content).toEqual({ status: "ok", restart: true });
    await client.kernel.ended;
    expect(client.executor.calls).toContain("stop");
  });
});
