import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";
import * as tls from "node:tls";
import { DownloadFault } from "./download-fault.js";

export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** A server that is silent for this long is given up. */
  readonly idleMs: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const mostRedirects = 5;

/**
 * The answer to a GET request, after redirects, its body unread. Goes through the proxy that HTTPS_PROXY or HTTP_PROXY names (`http://`
 * proxies, with a name and password if need be), except for hosts in NO_PROXY. Node's own `fetch` knows no proxies before Node 24.
 *
 * Throws DownloadFault if the server is not reached, is silent, or answers in circles.
 */
export async function get(address: string, options: RequestOptions): Promise<http.IncomingMessage> {
  let url = new URL(address);
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await getOnce(url, options);
    const { statusCode = 0, headers } = response;
    if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return response;
    response.destroy();
    url = new URL(headers.location, url);
    if (url.protocol !== "http:" && url.protocol !== "https:")
      throw new DownloadFault("address", `${address} leads to ${url.protocol}, which is no web address.`);
  }
  throw new DownloadFault("redirects", `${address} redirects more than ${mostRedirects} times.`);
}

async function getOnce(url: URL, options: RequestOptions): Promise<http.IncomingMessage> {
  const proxy = proxyFor(url, options.environment);
  const secure = url.protocol === "https:";
  const headers: http.OutgoingHttpHeaders = {
    "user-agent": "gradus",
    "accept-encoding": "identity",
    host: url.host,
    ...options.headers,
  };
  if (proxy === undefined) return send(url, secure ? https : http, { headers }, options);
  if (!secure) {
    const { hostname, port } = proxy;
    const throughProxy = { hostname, port: port || 80, path: url.href };
    const allHeaders = { ...headers, ...credentials(proxy) };
    return send(url, http, { ...throughProxy, headers: allHeaders }, options);
  }
  const socket = await tunnel(url, proxy, options);
  const createConnection = (): Socket => tls.connect({ socket, servername: url.hostname });
  return send(url, https, { headers, agent: false, createConnection }, options);
}

function send(
  url: URL,
  { request }: { request: typeof https.request },
  details: https.RequestOptions,
  { idleMs }: RequestOptions,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...details, timeout: idleMs }, resolve);
    sent.on("timeout", () => sent.destroy(silence(url.host, idleMs)));
    sent.on("error", (error) => reject(asFault(error, url.host)));
    sent.end();
  });
}

/** A socket through the proxy to the host, by the method CONNECT (RFC 9110, section 9.3.6). */
function tunnel(url: URL, proxy: URL, { idleMs }: RequestOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const path = `${url.hostname}:${url.port || 443}`;
    const sent = http.request({
      hostname: proxy.hostname,
      port: proxy.port || 80,
      method: "CONNECT",
      path,
      headers: { host: path, ...credentials(proxy) },
      timeout: idleMs,
    });
    sent.on("connect", ({ statusCode }, socket) => {
      if (statusCode === 200) resolve(socket);
      else {
        socket.destroy();
        reject(new DownloadFault("status", `The proxy ${proxy.host} answered ${statusCode} for ${path}.`));
      }
    });
    sent.on("timeout", () => sent.destroy(silence(`The proxy ${proxy.host}`, idleMs)));
    sent.on("error", (error) => reject(asFault(error, `The proxy ${proxy.host}`)));
    sent.end();
  });
}

function credentials({ username, password }: URL): Record<string, string> {
  if (username === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}

/** The proxy for an address, by the usual variables in either case. Throws DownloadFault for one that cannot be used. */
export function proxyFor(
  url: URL,
  environment: Readonly<Record<string, string | undefined>>,
): URL | undefined {
  const variable = (name: string): string | undefined =>
    environment[name.toLowerCase()] || environment[name] || undefined;
  const names = url.protocol === "https:" ? ["HTTPS_PROXY", "ALL_PROXY"] : ["HTTP_PROXY", "ALL_PROXY"];
  const named = names.map((name) => ({ name, value: variable(name) })).find(({ value }) => value !== undefined);
  if (named?.value === undefined || isExempt(url.hostname, variable("NO_PROXY") ?? "")) return undefined;
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(named.value) ? named.value : `http://${named.value}`;
  const proxy = URL.canParse(text) ? new URL(text) : undefined;
  if (proxy?.protocol === "http:") return proxy;
  throw new DownloadFault(
    "proxy",
    `${named.name} is no proxy that gradus can use: it must look like http://host:port.`,
  );
}

/** Whether NO_PROXY names the host: itself, a domain above it, or `*`. */
function isExempt(host: string, list: string): boolean {
  const entries = list.split(",").map((entry) => entry.trim().toLowerCase().replace(/^\*?\./, "").replace(/:\d+$/, ""));
  return entries.some((entry) => entry === "*" || (entry !== "" && (host === entry || host.endsWith(`.${entry}`))));
}

export function silence(who: string, idleMs: number): DownloadFault {
  return new DownloadFault("timeout", `${who} sent nothing for ${idleMs / 1000} s.`);
}

/** A fault for what went wrong on the way. */
export function asFault(error: unknown, who: string): DownloadFault {
  if (error instanceof DownloadFault) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  return new DownloadFault("network", `${who} could not be reached (${code}).`, { cause: error });
}
