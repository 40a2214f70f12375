import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { dataCacheFolder, dataFolders, findDataFile } from "../datasets/files.js";
import { download, type DownloadOptions } from "./data/download.js";
import { DownloadFault } from "./data/download-fault.js";
import { checkDataFolders } from "./data/folders.js";
import { dataSources, faultOf, type DataFile, type DataSource } from "./data/sources.js";
import { Problem } from "./problem.js";
import { progressBar } from "./terminal.js";

const names = Object.keys(dataSources);

export const dataHelp = `gradus data list [--json]
gradus data fetch [${names.join("] [")}] [--to FOLDER]

Data sets that the course fetches from their publishers: what is here, and getting the rest. Without them the lessons run on made-up
stand-ins and say so. A broken download goes on where it ended; every file is checked by its SHA-256.

  --to FOLDER   a folder for GRADUS_DATA, on a USB stick, say (default: the user's cache, ${dataCacheFolder()})
  --json        list: [{ "name", "about", "licence", "files": [{ "name", "bytes", "path" }] }]

  GRADUS_DATA                 a folder that is looked in first; "off": only stand-ins
  GRADUS_MIRROR               an address under which the files lie, asked first: a server in the classroom
  HTTPS_PROXY, HTTP_PROXY, NO_PROXY   an http:// proxy, and the hosts that need none`;

export async function dataCommand(args: readonly string[]): Promise<number> {
  const [what, ...rest] = args;
  checkDataFolders();
  switch (what) {
    case "list":
      return list(rest);
    case "fetch":
      return fetchData(rest);
    default:
      throw new Problem(
        `${what === undefined ? "Say what to do" : `There is no "gradus data ${what}"`}: gradus data list, or gradus data fetch.`,
      );
  }
}

function list(args: readonly string[]): number {
  const { values } = parseArgs({ args: [...args], options: { json: { type: "boolean", default: false } } });
  const found = Object.entries(dataSources).map(([name, { about, licence, files }]) => ({
    name,
    about,
    licence,
    files: files.map((file) => ({
      name: file.name,
      bytes: file.bytes,
      path: findDataFile(file.name) ?? null,
    })),
  }));
  if (values.json) {
    console.log(JSON.stringify(found, null, 2));
    return 0;
  }
  console.log("iris         ships with gradus: R. A. Fisher's irises (lesson 14)\n");
  for (const { name, about, licence, files } of found) {
    const missing = files.filter((file) => file.path === null);
    console.log(`${name.padEnd(12)} ${about}; licence: ${licence}`);
    for (const file of files) if (file.path !== null) console.log(`${" ".repeat(13)}${file.path}`);
    if (missing.length > 0)
      console.log(
        `${" ".repeat(13)}not here (${megabytes(missing)}): the lesson uses a stand-in until \`gradus data fetch ${name}\``,
      );
  }
  console.log(`\nLooked in: ${dataFolders().join(", ") || "no folder, since GRADUS_DATA is off"}`);
  return 0;
}

async function fetchData(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { to: { type: "string" } },
  });
  const unknown = positionals.find((name) => !Object.hasOwn(dataSources, name));
  if (unknown !== undefined) {
    throw new Problem(
      unknown === "iris"
        ? "iris ships with gradus; there is nothing to fetch."
        : `There are no data "${unknown}". The data are: ${names.join(", ")}.`,
    );
  }
  const folder = values.to === undefined ? dataCacheFolder() : path.resolve(values.to);
  for (const name of positionals.length > 0 ? positionals : names) {
    const bar = progressBar(name);
    try {
      const lines = await fetchSource(dataSources[name], {
        folder,
        onProgress: (done, total, note) =>
          bar.update(inMegabytes(done), inMegabytes(total), `MB from ${note}`),
      });
      bar.clear();
      for (const line of lines) console.log(`${name}: ${line}`);
    } catch (error) {
      bar.clear();
      if (error instanceof DownloadFault) throw new Problem(explain(name, error));
      throw error;
    }
  }
  return 0;
}

/** Fetches the files that the folder does not have yet, or has in a wrong form; says a sentence of each. */
export async function fetchSource(source: DataSource, options: DownloadOptions): Promise<string[]> {
  const lines: string[] = [];
  for (const file of source.files) {
    const target = path.join(options.folder, file.name);
    const fault = fs.existsSync(target) ? faultOf(file, target) : "it is not there";
    if (fault === undefined) {
      lines.push(`${target} is there already, and is right.`);
      continue;
    }
    await download(withMirror(file, options.environment ?? process.env), options);
    lines.push(`${target} is there and right.`);
  }
  return lines;
}

function withMirror(file: DataFile, environment: Readonly<Record<string, string | undefined>>): DataFile {
  const mirror = environment["GRADUS_MIRROR"];
  if (mirror === undefined || mirror === "") return file;
  const url = `${mirror.replace(/\/+$/, "")}/${file.name}`;
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new Problem(
      `GRADUS_MIRROR must be a web address such as http://192.168.0.10:8000, got "${mirror}".`,
    );
  return { ...file, places: [{ url }, ...file.places] };
}

function explain(name: string, fault: DownloadFault): string {
  const offline = fault.kind === "network" || fault.kind === "timeout";
  return (
    `${name} was not fetched.\n${fault.message.replaceAll(/^/gm, "  ")}` +
    (offline
      ? "\nWithout a network: copy the files from someone who has them and set GRADUS_DATA to their folder. Until then the lessons use stand-ins."
      : "")
  );
}

function megabytes(files: readonly { bytes: number }[]): string {
  return `${inMegabytes(files.reduce((sum, { bytes }) => sum + bytes, 0))} MB`;
}

function inMegabytes(bytes: number): number {
  return Number((bytes / 1e6).toFixed(1));
}
