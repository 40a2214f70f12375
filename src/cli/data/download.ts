import * as fs from "node:fs";
import * as path from "node:path";
import { errorCode } from "../problem.js";
import { DownloadFault } from "./download-fault.js";
import { asFault, get, silence } from "./http-request.js";
import { faultOf, type DataFile, type Place } from "./sources.js";
import { unzip } from "./unzip.js";

export interface DownloadOptions {
  /** The folder that gets the file. */
  readonly folder: string;
  readonly onProgress?: (done: number, total: number, note: string) => void;
  /** A server that is silent for this long is given up; default 30,000. */
  readonly idleMs?: number;
  /** Of proxies; default `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** What writes to the disk: for tests. */
  readonly write?: (descriptor: number, bytes: Uint8Array) => void;
}

/**
 * Fetches a file into a folder from the first place that gives it, and returns its path. It comes under its name only when it is whole
 * and right; until then it is `NAME.part`, from which a later try goes on.
 *
 * Throws DownloadFault with one sentence a place that failed.
 */
export async function download(file: DataFile, options: DownloadOptions): Promise<string> {
  const target = path.join(options.folder, file.name);
  onDisk(options.folder, () => fs.mkdirSync(options.folder, { recursive: true }));
  const faults: DownloadFault[] = [];
  for (const place of file.places) {
    try {
      await downloadFrom(place, file, { ...options, target });
      return target;
    } catch (error) {
      if (!(error instanceof DownloadFault)) throw error;
      faults.push(error);
      if (error.kind === "disk" || error.kind === "proxy") break;
    }
  }
  throw new DownloadFault(faults.at(-1)!.kind, faults.map(({ message }) => message).join("\n"));
}

type Job = DownloadOptions & { readonly target: string };

async function downloadFrom(place: Place, file: DataFile, job: Job): Promise<void> {
  // A zip archive is small and holds more than this file: it has a part of its own.
  const part = `${job.target}${place.unzip === undefined ? "" : ".zip"}.part`;
  const resumed = fs.existsSync(part);
  await receive(place.url, part, { ...job, expected: file.bytes });
  if (place.unzip !== undefined) unpack(part, place, job.target);
  const arrived = place.unzip === undefined ? part : `${job.target}.part`;
  const fault = faultOf(file, arrived);
  if (fault === undefined) {
    onDisk(job.target, () => fs.renameSync(arrived, job.target));
    return;
  }
  fs.rmSync(arrived, { force: true });
  // The earlier piece may have been of another file: once more, from the beginning.
  if (resumed) return downloadFrom(place, file, job);
  throw new DownloadFault(
    "content",
    `${place.url} gave something else than ${file.name}: ${fault}. It was thrown away.`,
  );
}

function unpack(part: string, { unzip: entry = "", url }: Place, target: string): void {
  const archive = fs.readFileSync(part);
  fs.rmSync(part, { force: true });
  let content: Uint8Array;
  try {
    content = unzip(archive, entry);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DownloadFault("content", `${url} gave a broken archive: ${reason}. It was thrown away.`);
  }
  onDisk(target, () => fs.writeFileSync(`${target}.part`, content));
}

/** Fills the part file, going on where it ends if the server can. */
async function receive(url: string, part: string, job: Job & { readonly expected: number }): Promise<void> {
  const { idleMs = 30_000, environment = process.env, onProgress, expected } = job;
  const have = fs.statSync(part, { throwIfNoEntry: false })?.size ?? 0;
  const headers: Record<string, string> = have > 0 ? { range: `bytes=${have}-` } : {};
  const response = await get(url, { headers, idleMs, environment });
  const { statusCode = 0 } = response;
  const { host } = new URL(url);
  if (statusCode === 416) {
    response.destroy();
    return; // nothing lies beyond what is there: the check says whether it is the file
  }
  if (statusCode !== 200 && statusCode !== 206) {
    response.destroy();
    throw new DownloadFault("status", `${url} answered ${statusCode} ${response.statusMessage ?? ""}`.trim() + ".");
  }
  const goesOn = statusCode === 206 && startOf(response.headers["content-range"]) === have;
  if (statusCode === 206 && !goesOn) {
    response.destroy();
    fs.rmSync(part, { force: true });
    return receive(url, part, job);
  }
  let done = goesOn ? have : 0;
  const length = Number(response.headers["content-length"] ?? Number.NaN);
  const total = Number.isFinite(length) ? done + length : undefined;
  const descriptor = onDisk(part, () => fs.openSync(part, goesOn ? "a" : "w"));
  const write = job.write ?? ((fd, bytes) => void fs.writeSync(fd, bytes));
  response.setTimeout(idleMs, () => response.destroy(silence(host, idleMs)));
  try {
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
      done += chunk.length;
      if (done > 2 * expected + 1_000_000)
        throw new DownloadFault("size", `${url} sends far more than the ${megabytes(expected)} that were expected.`);
      try {
        write(descriptor, chunk);
      } catch (error) {
        throw diskFault(error, part);
      }
      onProgress?.(done, total ?? expected, host);
    }
  } catch (error) {
    if (error instanceof DownloadFault && (error.kind === "disk" || error.kind === "size")) {
      fs.closeSync(descriptor);
      fs.rmSync(part, { force: true }); // frees the disk, and half of a wrong file is of no use
      throw error;
    }
    fs.closeSync(descriptor);
    if (error instanceof DownloadFault) throw error;
    throw cut({ url, done, total: total ?? expected, error });
  }
  fs.closeSync(descriptor);
  if (total !== undefined && done < total) throw cut({ url, done, total });
}

function cut({ url, done, total, error }: { url: string; done: number; total: number; error?: unknown }): DownloadFault {
  const reason = asFault(error, "").message.match(/\((.*)\)/)?.[1] ?? "";
  const why = error === undefined || reason === "" ? "" : ` (${reason})`;
  return new DownloadFault(
    "cut",
    `${url} broke off after ${megabytes(done)} of ${megabytes(total)}${why}; the same command goes on from there.`,
    { cause: error },
  );
}

/** The first byte that "bytes 100-199/200" announces. */
function startOf(contentRange: string | undefined): number | undefined {
  const match = /^bytes (\d+)-/.exec(contentRange ?? "");
  return match === null ? undefined : Number(match[1]);
}

function onDisk<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw diskFault(error, file);
  }
}

function diskFault(error: unknown, file: string): DownloadFault {
  const code = errorCode(error) ?? String(error);
  const message =
    code === "ENOSPC" || code === "EDQUOT"
      ? `The disk is full: ${file} could not be written, and what there was of it is deleted. Free some 50 MB and run the same command again.`
      : `${file} can't be written to (${code}). Choose another folder with --to, or mend the rights of this one.`;
  return new DownloadFault("disk", message, { cause: error });
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
