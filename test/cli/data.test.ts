import { createHash, randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { deflateRawSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { dataCommand, fetchSource } from "../../src/cli/data.js";
import { download, type DownloadOptions } from "../../src/cli/data/download.js";
import { DownloadFault, type FaultKind } from "../../src/cli/data/download-fault.js";
import { proxyFor } from "../../src/cli/data/http-request.js";
import { dataSources, type DataFile, type Place } from "../../src/cli/data/sources.js";
import { unzip } from "../../src/cli/data/unzip.js";

type Answer = (request: http.IncomingMessage, response: http.ServerResponse) => void;

const content = randomBytes(200_000);
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

let answer: Answer;
let server: http.Server;
let address: string;
let host: string;
let folder: string;
let asked: { url: string; range: string | undefined }[];

beforeEach(async () => {
  asked = [];
  server = http.createServer((request, response) => {
    asked.push({ url: request.url!, range: request.headers.range });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  address = `http://${host}`;
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-data-"));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  fs.rmSync(folder, { recursive: true, force: true });
});

function file(
  places: readonly Place[] = [{ url: `${address}/table` }],
  more: Partial<DataFile> = {},
): DataFile {
  return { name: "table.csv", bytes: content.length, sha256: sha256(content), places, ...more };
}

/** A server that understands Range. */
const whole: Answer = (request, response) => {
  const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
  if (from >= content.length) {
    response.writeHead(416).end();
    return;
  }
  const headers = {
    "content-length": content.length - from,
    ...(from > 0 ? { "content-range": `bytes ${from}-${content.length - 1}/${content.length}` } : {}),
  };
  response.writeHead(from > 0 ? 206 : 200, headers).end(content.subarray(from));
};

/** Sends the first bytes of the answer it announces, then breaks the connection. */
const half: Answer = (_request, response) => {
  response.writeHead(200, { "content-length": content.length });
  response.write(content.subarray(0, 80_000), () => setTimeout(() => response.destroy(), 20));
};

async function faultOf(
  options: Partial<DownloadOptions> = {},
  of: DataFile = file(),
): Promise<DownloadFault> {
  const error: unknown = await download(of, { folder, environment: {}, ...options }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DownloadFault);
  return error as DownloadFault;
}

const there = (): string[] => fs.readdirSync(folder).sort();
const partSize = (): number => fs.statSync(path.join(folder, "table.csv.part")).size;

/** Whatever went wrong before, the next try must give the file and nothing else. */
async function expectNextTryToWork(): Promise<void> {
  answer = whole;
  const target = await download(file(), { folder, environment: {} });
  expect(fs.readFileSync(target).equals(content)).toBe(true);
  expect(there()).toEqual(["table.csv"]);
}

describe("a download", () => {
  test("comes under its name when it is whole and right, and tells how far it is", async () => {
    answer = whole;
    const steps: [number, number][] = [];
    const target = await download(file(), {
      folder: path.join(folder, "new", "folder"),
      environment: {},
      onProgress: (done, total) => steps.push([done, total]),
    });
    expect(fs.readFileSync(target).equals(content)).toBe(true);
    expect(fs.readdirSync(path.dirname(target))).toEqual(["table.csv"]);
    expect(steps.at(-1)).toEqual([content.length, content.length]);
    expect(steps.every(([done], i) => i === 0 || done > steps[i - 1][0])).toBe(true);
  });

  test("follows redirects", async () => {
    answer = (request, response) => {
      if (request.url === "/there") whole(request, response);
      else response.writeHead(302, { location: "/there" }).end();
    };
    await download(file(), { folder, environment: {} });
    expect(asked.map(({ url }) => url)).toEqual(["/table", "/there"]);
  });

  test("takes the next place when the first does not answer well", async () => {
    answer = (request, response) => {
      if (request.url === "/gone") response.writeHead(404).end();
      else whole(request, response);
    };
    await download(file([{ url: `${address}/gone` }, { url: `${address}/table` }]), {
      folder,
      environment: {},
    });
    expect(there()).toEqual(["table.csv"]);
  });

  test("that broke off goes on where it ended", async () => {
    answer = half;
    const fault = await faultOf();
    expect(fault.kind).toBe("cut");
    expect(fault.message).toBe(
      `${address}/table broke off after 0.1 MB of 0.2 MB (ECONNRESET); the same command goes on from there.`,
    );
    const have = partSize();
    expect([there(), have > 0]).toEqual([["table.csv.part"], true]);
    asked.length = 0;
    await expectNextTryToWork();
    expect(asked.map(({ range }) => range)).toEqual([`bytes=${have}-`]);
  });

  test("from a server without Range begins again", async () => {
    answer = half;
    await faultOf();
    asked.length = 0;
    answer = (_request, response) =>
      response.writeHead(200, { "content-length": content.length }).end(content);
    const target = await download(file(), { folder, environment: {} });
    expect(fs.readFileSync(target).equals(content)).toBe(true);
    expect(asked.length).toBe(1);
  });

  test("whose earlier piece was of something else begins again by itself", async () => {
    fs.writeFileSync(path.join(folder, "table.csv.part"), randomBytes(50_000));
    await expectNextTryToWork();
    expect(asked.map(({ range }) => range)).toEqual(["bytes=50000-", undefined]);
  });

  test("whose earlier piece is longer than the file begins again by itself", async () => {
    fs.writeFileSync(path.join(folder, "table.csv.part"), randomBytes(300_000));
    await expectNextTryToWork();
  });

  test("whose whole piece is there only needs its name", async () => {
    fs.writeFileSync(path.join(folder, "table.csv.part"), content);
    await expectNextTryToWork();
  });
});

describe("each fault has a sentence of its own and leaves nothing that breaks the next try:", () => {
  const cases: readonly {
    name: string;
    kind: FaultKind;
    options?: Partial<DownloadOptions>;
    serve: Answer;
    says: () => string;
    /** What is worth keeping for the next try. */
    leaves?: string[];
  }[] = [
    {
      name: "another file",
      kind: "content",
      serve: (_request, response) => response.end(Buffer.from("something else")),
      says: () => {
        const found = sha256(Buffer.from("something else")).slice(0, 12);
        return (
          `${address}/table gave something else than table.csv: its SHA-256 is ${found}…, ` +
          `expected ${sha256(content).slice(0, 12)}…. It was thrown away.`
        );
      },
    },
    {
      name: "not found",
      kind: "status",
      serve: (_request, response) => response.writeHead(404).end("no such page"),
      says: () => `${address}/table answered 404 Not Found.`,
    },
    {
      name: "silence before the answer",
      kind: "timeout",
      options: { idleMs: 200 },
      serve: () => {},
      says: () => `${host} sent nothing for 0.2 s.`,
    },
    {
      name: "silence amid the answer",
      kind: "timeout",
      options: { idleMs: 200 },
      serve: (_request, response) => {
        response.writeHead(200, { "content-length": content.length });
        response.write(content.subarray(0, 1000));
      },
      leaves: ["table.csv.part"],
      says: () => `${host} sent nothing for 0.2 s.`,
    },
    {
      name: "redirects in a circle",
      kind: "redirects",
      serve: (_request, response) => response.writeHead(301, { location: "/table" }).end(),
      says: () => `${address}/table redirects more than 5 times.`,
    },
    {
      name: "an endless answer",
      kind: "size",
      serve: (_request, response) => {
        response.on("error", () => {});
        const more = (): void => {
          while (!response.destroyed && response.write(content));
        };
        response.on("drain", more);
        more();
      },
      says: () => `${address}/table sends far more than the 0.2 MB that were expected.`,
    },
    {
      name: "a full disk",
      kind: "disk",
      options: {
        write: () => {
          throw Object.assign(new Error("write ENOSPC"), { code: "ENOSPC" });
        },
      },
      serve: whole,
      says: () =>
        `The disk is full: ${path.join(folder, "table.csv.part")} could not be written, and what there was of it is deleted. ` +
        `Free some 50 MB and run the same command again.`,
    },
  ];

  test.each(cases)("$name", async ({ kind, options, serve, says, leaves = [] }) => {
    answer = serve;
    const fault = await faultOf(options);
    expect(fault.message).toBe(says());
    expect(fault.kind).toBe(kind);
    expect(there()).toEqual(leaves);
    await expectNextTryToWork();
  });

  test("no network", async () => {
    // Port 1 of this machine: nobody listens there.
    const fault = await faultOf({}, file([{ url: "http://127.0.0.1:1/table" }]));
    expect([fault.kind, fault.message]).toEqual([
      "network",
      "127.0.0.1:1 could not be reached (ECONNREFUSED).",
    ]);
    await expectNextTryToWork();
  });

  test("a folder that cannot be written to", async () => {
    fs.writeFileSync(path.join(folder, "plain"), "");
    const fault = await faultOf({ folder: path.join(folder, "plain", "data") });
    expect(fault.kind).toBe("disk");
    expect(fault.message).toContain("can't be written to (ENOTDIR). Choose another folder with --to");
  });

  test("a broken archive that is named like the right one", async () => {
    const { checkContent } = dataSources["newsgroups"].files[0];
    const packed = gzipSync(content);
    for (const [bytes, reason] of [
      [packed.subarray(0, 1000), "unexpected end of file"],
      [packed, "the tar archive has no valid header at byte 0"],
      [gzipSync(new Uint8Array(1024)), "it holds 0 training and 0 test posts"],
    ] as const) {
      answer = (_request, response) => response.end(bytes);
      const fault = await faultOf({}, file(undefined, { checkContent: checkContent! }));
      expect(fault.message).toContain(reason);
      expect(there()).toEqual([]);
    }
  });

  test("all places: one line each", async () => {
    answer = (_request, response) => response.writeHead(503).end();
    const fault = await faultOf({}, file([{ url: `${address}/a` }, { url: "http://127.0.0.1:1/b" }]));
    expect(fault.message.split("\n")).toEqual([
      `${address}/a answered 503 Service Unavailable.`,
      "127.0.0.1:1 could not be reached (ECONNREFUSED).",
    ]);
  });
});

describe("a file within a zip archive", () => {
  const zip = (method: 0 | 8): Buffer => zipOf("table.csv", content, method);

  test.each([0, 8] as const)("packed by method %i comes out", async (method) => {
    answer = (_request, response) => response.end(zip(method));
    await download(file([{ url: `${address}/all.zip`, unzip: "table.csv" }]), { folder, environment: {} });
    expect(there()).toEqual(["table.csv"]);
    expect(fs.readFileSync(path.join(folder, "table.csv")).equals(content)).toBe(true);
  });

  test("that is broken or lacks it has its sentence, and the next try works", async () => {
    answer = (_request, response) => response.end(zip(8).subarray(0, 5000));
    const place = { url: `${address}/all.zip`, unzip: "table.csv" };
    expect((await faultOf({}, file([place]))).message).toBe(
      `${address}/all.zip gave a broken archive: it is no zip archive, or only the beginning of one. It was thrown away.`,
    );
    expect(() => unzip(zip(8), "other.csv")).toThrow("it has no other.csv, only table.csv");
    expect(there()).toEqual([]);
    await expectNextTryToWork();
  });
});

describe("fetching a data set", () => {
  const source = (): { about: string; licence: string; files: DataFile[] } => ({
    about: "a table",
    licence: "none",
    files: [file()],
  });

  test("asks nobody for what is there and right", async () => {
    answer = whole;
    const target = path.join(folder, "table.csv");
    expect(await fetchSource(source(), { folder, environment: {} })).toEqual([
      `${target} is there and right.`,
    ]);
    asked.length = 0;
    expect(await fetchSource(source(), { folder, environment: {} })).toEqual([
      `${target} is there already, and is right.`,
    ]);
    expect(asked).toEqual([]);
  });

  test("replaces what is there and wrong", async () => {
    answer = whole;
    fs.writeFileSync(path.join(folder, "table.csv"), "half a fi");
    await fetchSource(source(), { folder, environment: {} });
    expect(fs.readFileSync(path.join(folder, "table.csv")).equals(content)).toBe(true);
  });

  test("asks the mirror of GRADUS_MIRROR first", async () => {
    answer = whole;
    const environment = { GRADUS_MIRROR: `${address}/room/` };
    await fetchSource(
      { ...source(), files: [file([{ url: "http://127.0.0.1:1/table" }])] },
      { folder, environment },
    );
    expect(asked.map(({ url }) => url)).toEqual(["/room/table.csv"]);
  });

  test("every official place is a web address, and every file has a SHA-256", () => {
    const files = Object.values(dataSources).flatMap((entry) => entry.files);
    expect(files.map(({ name }) => name)).toEqual([
      "winequality-red.csv",
      "winequality-white.csv",
      "20news-bydate.tar.gz",
    ]);
    for (const { places, sha256 } of files) {
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(places.length).toBeGreaterThanOrEqual(2);
      for (const { url } of places) expect(new URL(url).protocol).toMatch(/^https?:$/);
    }
  });
});

describe("proxies", () => {
  test("an http address goes through the proxy, with its name and password", async () => {
    let credentials: string | undefined;
    answer = (request, response) => {
      credentials = request.headers["proxy-authorization"];
      whole(request, response);
    };
    const environment = { HTTP_PROXY: `http://ann:p%20w@${host}` };
    await download(file([{ url: "http://data.invalid/table" }]), { folder, environment });
    expect(asked.map(({ url }) => url)).toEqual(["http://data.invalid/table"]);
    expect(credentials).toBe(`Basic ${Buffer.from("ann:p w").toString("base64")}`);
  });

  test("an https address is asked for by CONNECT, and a refusal has its sentence", async () => {
    const connects: string[] = [];
    server.on("connect", (request: http.IncomingMessage, socket: NodeJS.WritableStream) => {
      connects.push(request.url!);
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    });
    const places = [{ url: "https://data.invalid/table" }];
    const fault = await faultOf({ environment: { https_proxy: address } }, file(places));
    expect(connects).toEqual(["data.invalid:443"]);
    expect(fault.message).toBe(`The proxy ${host} answered 407 for data.invalid:443.`);
  });

  test("NO_PROXY names hosts and domains that need none", () => {
    const environment = { HTTPS_PROXY: "http://proxy:3128", NO_PROXY: "localhost, .school.edu" };
    const proxy = (url: string): string | undefined => proxyFor(new URL(url), environment)?.host;
    expect(proxy("https://example.org/")).toBe("proxy:3128");
    expect(proxy("https://data.school.edu/")).toBeUndefined();
    expect(proxy("https://localhost/")).toBeUndefined();
    expect(proxy("https://notschool.edu/")).toBe("proxy:3128");
    expect(proxy("http://example.org/")).toBeUndefined();
    expect(
      proxyFor(new URL("https://example.org"), { HTTPS_PROXY: "proxy:8", NO_PROXY: "*" }),
    ).toBeUndefined();
  });

  test("a proxy of another kind is refused without showing its password", async () => {
    const fault = await faultOf({ environment: { HTTP_PROXY: "socks5://ann:secret@proxy:1080" } });
    expect(fault.message).toBe(
      "HTTP_PROXY is no proxy that gradus can use: it must look like http://host:port.",
    );
  });
});

describe("the command", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  test("lists what is here and what is not, also as JSON", async () => {
    vi.stubEnv("GRADUS_DATA", folder);
    vi.stubEnv("XDG_CACHE_HOME", path.join(folder, "cache"));
    fs.writeFileSync(path.join(folder, "winequality-red.csv"), "");
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    expect(await dataCommand(["list"])).toBe(0);
    const text = log.mock.calls.join("\n");
    expect(text).toContain(path.join(folder, "winequality-red.csv"));
    expect(text).toContain("not here (0.3 MB): the lesson uses a stand-in until `gradus data fetch wine`");
    log.mockClear();
    await dataCommand(["list", "--json"]);
    const listed = JSON.parse(String(log.mock.calls[0][0])) as {
      name: string;
      files: { path: string | null }[];
    }[];
    expect(listed.map(({ name }) => name)).toEqual(["wine", "newsgroups"]);
    expect(listed[0].files.map((found) => found.path)).toEqual([
      path.join(folder, "winequality-red.csv"),
      null,
    ]);
  });

  test("refuses what it does not know with what there is", async () => {
    await expect(dataCommand([])).rejects.toThrow("Say what to do: gradus data list, or gradus data fetch.");
    await expect(dataCommand(["drop"])).rejects.toThrow('There is no "gradus data drop"');
    await expect(dataCommand(["fetch", "wines"])).rejects.toThrow(
      'There are no data "wines". The data are: wine, newsgroups.',
    );
    await expect(dataCommand(["fetch", "iris"])).rejects.toThrow("iris ships with gradus");
    vi.stubEnv("GRADUS_DATA", path.join(folder, "nowhere"));
    await expect(dataCommand(["list"])).rejects.toThrow("and that is no folder");
  });

  test("without a network says what to do instead", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    vi.spyOn(process.stderr, "write").mockImplementation(() => true);
    const closed = "http://127.0.0.1:1"; // nobody listens there
    for (const variable of ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"])
      vi.stubEnv(variable, closed);
    vi.stubEnv("NO_PROXY", "");
    vi.stubEnv("no_proxy", "");
    await expect(dataCommand(["fetch", "wine", "--to", folder])).rejects.toThrow(
      /^wine was not fetched\.\n {2}The proxy 127\.0\.0\.1:1 could not be reached[\s\S]*\nWithout a network: copy the files/,
    );
    expect(log).not.toHaveBeenCalled();
  });
});

/** A zip archive of one file; the check sums are left out, since the SHA-256 is what counts. */
function zipOf(name: string, bytes: Uint8Array, method: 0 | 8): Buffer {
  const packed = method === 8 ? deflateRawSync(bytes) : Buffer.from(bytes);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(method, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt16LE(name.length, 26);
  local.writeUInt16LE(4, 28); // an extra field, which the central entry does not have
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(method, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt16LE(name.length, 28);
  const before = local.length + name.length + 4 + packed.length;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(before, 16);
  return Buffer.concat([local, Buffer.from(name), Buffer.alloc(4), packed, entry, Buffer.from(name), end]);
}
