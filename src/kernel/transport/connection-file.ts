/** What a connection file says, checked. https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files */
export interface Connection {
  readonly transport: "tcp" | "ipc";
  /** An address to bind, or for ipc the beginning of the sockets' paths. */
  readonly ip: string;
  readonly ports: Readonly<Record<SocketName, number>>;
  /** Signs every message; empty: nothing is signed. */
  readonly key: string;
}

export type SocketName = "shell" | "control" | "stdin" | "iopub" | "hb";

const socketNames: readonly SocketName[] = ["shell", "control", "stdin", "iopub", "hb"];

/**
 * Reads the JSON text of a connection file. Throws an `Error` that names the file, the field, what was expected and
 * what came.
 */
export function parseConnection(text: string, file: string): Connection {
  const fault = (problem: string): Error => new Error(`connection file ${file}: ${problem}`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw fault(`is not JSON: ${(error as Error).message}`);
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw fault("must hold one JSON object");
  const fields = parsed as Readonly<Record<string, unknown>>;

  const transport = fields["transport"] ?? "tcp";
  if (transport !== "tcp" && transport !== "ipc")
    throw fault(`"transport" must be "tcp" or "ipc", got ${JSON.stringify(transport)}`);
  const ip = fields["ip"] ?? "127.0.0.1";
  if (typeof ip !== "string" || ip === "") throw fault(`"ip" must be an address, got ${JSON.stringify(ip)}`);
  const key = fields["key"] ?? "";
  if (typeof key !== "string") throw fault(`"key" must be a string, got ${typeof key}`);
  const scheme = fields["signature_scheme"] ?? "hmac-sha256";
  if (key !== "" && scheme !== "hmac-sha256")
    throw fault(`"signature_scheme" must be "hmac-sha256", got ${JSON.stringify(scheme)}`);
  if (typeof fields["curve_publickey"] === "string")
    throw fault(`asks for CurveZMQ encryption ("curve_publickey"), which this kernel does not offer`);

  const ports = Object.fromEntries(
    socketNames.map((name): [SocketName, number] => {
      const port = fields[`${name}_port`];
      if (!Number.isInteger(port) || (port as number) < 0 || (port as number) > 65535)
        throw fault(`"${name}_port" must be an integer from 0 to 65535, got ${JSON.stringify(port)}`);
      return [name, port as number];
    }),
  ) as Record<SocketName, number>;
  return { transport, ip, ports, key };
}

/** Where a socket binds. With tcp, port 0 lets the system choose (for tests); ipc joins path and number by a hyphen. */
export function endpoint(connection: Connection, name: SocketName): string {
  const { transport, ip, ports } = connection;
  if (transport === "ipc") return `ipc://${ip}-${ports[name]}`;
  const host = ip.includes(":") && !ip.startsWith("[") ? `[${ip}]` : ip;
  return `tcp://${host}:${ports[name] === 0 ? "*" : ports[name]}`;
}
