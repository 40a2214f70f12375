import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { Dealer, Request, Subscriber } from "zeromq";
import { Broadcast } from "../../../src/kernel/transport/broadcast.js";
import { Channels, type Connection, type RequestChannel } from "../../../src/kernel/transport/index.js";

const anyPorts: Connection = {
  transport: "tcp",
  ip: "127.0.0.1",
  ports: { shell: 0, control: 0, stdin: 0, iopub: 0, hb: 0 },
  key: "",
};

const opened: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

interface Opened {
  readonly channels: Channels;
  readonly received: [RequestChannel, string[]][];
  readonly subscribed: string[];
  readonly logged: string[];
}

async function open(connection = anyPorts): Promise<Opened> {
  const received: Opened["received"] = [];
  const subscribed: string[] = [];
  const logged: string[] = [];
  const channels = await Channels.open(connection, {
    receive: (channel, frames) =>
      received.push([channel, frames.map((frame) => Buffer.from(frame).toString())]),
    subscribed: (topic) => subscribed.push(Buffer.from(topic).toString()),
    log: (line) => logged.push(line),
  });
  opened.push(channels);
  channels.listen();
  return { channels, received, subscribed, logged };
}

function client<T extends Dealer | Request | Subscriber>(socket: T, address: string): T {
  opened.push(socket);
  socket.linger = 0;
  socket.connect(address);
  return socket;
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let turns = 0; !isTrue(); turns++) {
    if (turns > 400) throw new Error("what the test waits for did not come");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe("channels", () => {
  it("carry requests in, replies to the client that asked, and know the channel", async () => {
    const { channels, received } = await open();
    const a = client(new Dealer({ routingId: "a" }), channels.addresses.shell);
    const b = client(new Dealer({ routingId: "b" }), channels.addresses.shell);
    const control = client(new Dealer({ routingId: "a" }), channels.addresses.control);
    await a.send(["from a"]);
    await b.send(["from b", ""]);
    await control.send(["stop"]);
    await until(() => received.length === 3);
    expect(received.toSorted().map(String)).toEqual(["control,a,stop", "shell,a,from a", "shell,b,from b,"]);
    await channels.send("shell", [Buffer.from("b"), Buffer.from("to b")]);
    expect(String(await b.receive())).toBe("to b");
  });

  it("lose nothing to a subscriber that reads slowly, and make the sender wait for it", async () => {
    const { channels, subscribed } = await open();
    const slow = client(new Subscriber({ receiveHighWaterMark: 10 }), channels.addresses.iopub);
    slow.subscribe("");
    await until(() => subscribed.length === 1);
    const count = 5000;
    const text = Buffer.alloc(20_000, "x");
    let handedOver = 0;
    const sending = (async (): Promise<void> => {
      for (; handedOver < count; handedOver++)
        await channels.send("iopub", [Buffer.from(String(handedOver)), text]);
    })();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(handedOver).toBeLessThan(count);
    for (let n = 0; n < count; n++) {
      const [number] = await slow.receive();
      if (String(number) !== String(n)) throw new Error(`message ${n} is missing, got ${String(number)}`);
    }
    await sending;
  });

  it("give up on a subscriber that reads nothing at all, and serve the others on", async () => {
    const logged: string[] = [];
    const broadcast = new Broadcast({ log: (line) => logged.push(line), stalledAfterMs: 100 });
    opened.push(broadcast);
    const address = await broadcast.bind("tcp://127.0.0.1:*");
    let subscribers = 0;
    void broadcast.listen(() => subscribers++);
    client(new Subscriber({ receiveHighWaterMark: 1 }), address).subscribe("");
    const reader = client(new Subscriber(), address);
    reader.subscribe("");
    await until(() => subscribers === 2);
    const count = 1200;
    let read = 0;
    void (async (): Promise<void> => {
      for await (const frames of reader) read += frames.length;
    })();
    for (let n = 0; n < count; n++) await broadcast.send([Buffer.alloc(50_000)]);
    await until(() => read === count);
    expect(logged).toEqual(["a front end has read no output for 0.1 s; it will miss some"]);
  });

  it("tell of each new subscription", async () => {
    const { channels, subscribed } = await open();
    client(new Subscriber(), channels.addresses.iopub).subscribe("");
    await until(() => subscribed.length === 1);
    client(new Subscriber(), channels.addresses.iopub).subscribe("stream");
    await until(() => subscribed.length === 2);
    client(new Subscriber(), channels.addresses.iopub).subscribe("");
    await until(() => subscribed.length === 3);
    expect(subscribed).toEqual(["", "stream", ""]);
  });

  it("answer the heartbeat while the main thread is blocked", async () => {
    const { channels } = await open();
    const address = await channels.heartbeatBound;
    const ping = client(new Request(), address);
    await ping.send("first");
    expect(String(await ping.receive())).toBe("first");
    await ping.send("second");
    // The answer arrives while this loop runs: afterwards it is there at once.
    const blockedUntil = Date.now() + 200;
    while (Date.now() < blockedUntil);
    ping.receiveTimeout = 20;
    expect(String(await ping.receive())).toBe("second");
  });

  it("say which socket could not be bound, and leave nothing open", async () => {
    const { channels } = await open();
    const taken = Number(channels.addresses.stdin.split(":").at(-1));
    const connection = { ...anyPorts, ports: { ...anyPorts.ports, stdin: taken } };
    await expect(open(connection)).rejects.toThrow(`stdin: cannot listen at tcp://127.0.0.1:${taken}: `);
  });

  it("work over ipc", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-ipc-"));
    opened.push({ close: () => fs.rmSync(folder, { recursive: true, force: true }) });
    const ports = { shell: 1, control: 2, stdin: 3, iopub: 4, hb: 5 };
    const { channels, received } = await open({
      transport: "ipc",
      ip: path.join(folder, "k"),
      ports,
      key: "",
    });
    await client(new Dealer(), channels.addresses.shell).send(["hello"]);
    await until(() => received.length === 1);
    expect(received[0]![1].at(-1)).toBe("hello");
  });

  it("close within a second though a subscriber reads nothing, and then take nothing more", async () => {
    const { channels, subscribed } = await open();
    const stuck = client(new Subscriber({ receiveHighWaterMark: 1 }), channels.addresses.iopub);
    stuck.subscribe("");
    await until(() => subscribed.length === 1);
    for (let n = 0; n < 3000; n++) void channels.send("iopub", [Buffer.alloc(100_000)]);
    const started = performance.now();
    await channels.close();
    expect(performance.now() - started).toBeLessThan(1000);
    await channels.send("iopub", [Buffer.from("late")]);
    await channels.close();
  });
});
