import { describe, expect, it } from "vitest";
import { endpoint, parseConnection } from "../../../src/kernel/transport/index.js";

const fields = {
  transport: "tcp",
  ip: "127.0.0.1",
  shell_port: 1,
  control_port: 2,
  stdin_port: 3,
  iopub_port: 4,
  hb_port: 5,
  key: "secret",
  signature_scheme: "hmac-sha256",
  kernel_name: "gradus",
};

describe("a connection file", () => {
  it("of tcp gives an endpoint for each socket", () => {
    const connection = parseConnection(JSON.stringify(fields), "c.json");
    expect(connection).toEqual({
      transport: "tcp",
      ip: "127.0.0.1",
      ports: { shell: 1, control: 2, stdin: 3, iopub: 4, hb: 5 },
      key: "secret",
    });
    expect(endpoint(connection, "iopub")).toBe("tcp://127.0.0.1:4");
  });

  it("of ipc joins path and number by a hyphen", () => {
    const connection = parseConnection(
      JSON.stringify({ ...fields, transport: "ipc", ip: "/tmp/k" }),
      "c.json",
    );
    expect(endpoint(connection, "hb")).toBe("ipc:///tmp/k-5");
  });

  it("may name an IPv6 address, any address, and no port", () => {
    const at = (ip: string, port: number): string =>
      endpoint(parseConnection(JSON.stringify({ ...fields, ip, shell_port: port }), "c.json"), "shell");
    expect(at("::1", 9)).toBe("tcp://[::1]:9");
    expect(at("*", 9)).toBe("tcp://*:9");
    expect(at("0.0.0.0", 0)).toBe("tcp://0.0.0.0:*");
  });

  it.each([
    ["{", "connection file c.json: is not JSON"],
    ["[]", "must hold one JSON object"],
    [JSON.stringify({ ...fields, transport: "udp" }), '"transport" must be "tcp" or "ipc", got "udp"'],
    [JSON.stringify({ ...fields, ip: 5 }), '"ip" must be an address, got 5'],
    [JSON.stringify({ ...fields, hb_port: "5" }), '"hb_port" must be an integer from 0 to 65535, got "5"'],
    [
      JSON.stringify({ ...fields, stdin_port: 70000 }),
      '"stdin_port" must be an integer from 0 to 65535, got 70000',
    ],
    [JSON.stringify({ ...fields, control_port: undefined }), '"control_port" must be an integer'],
    [JSON.stringify({ ...fields, key: 1 }), '"key" must be a string, got number'],
    [
      JSON.stringify({ ...fields, signature_scheme: "md5" }),
      '"signature_scheme" must be "hmac-sha256", got "md5"',
    ],
    [JSON.stringify({ ...fields, curve_publickey: "x" }), "asks for CurveZMQ encryption"],
  ])("%s is refused with a reason", (text, sentence) => {
    expect(() => parseConnection(text, "c.json")).toThrow(sentence);
  });
});
