import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { capture } from "../child.js";
import { inProject } from "../project.js";
import { findPythonEnvironment } from "../python-environment.js";
import type { Job } from "./job.js";
import { Worker } from "./worker.js";

/** `torch-fused` is torch with `fused=True`, which its users may choose and its defaults do not. */
export const peerNames = ["scikit-learn", "torch", "torch-fused", "keras", "tfjs", "numpy"] as const;
export type PeerName = (typeof peerNames)[number];

/** A library on this machine that can do some of the jobs. */
export interface Peer {
  readonly name: PeerName;
  /** With its version: "scikit-learn 1.9.1". */
  readonly label: string;
  readonly start: () => Worker;
}

/** What a peer is asked to do: numpy has no nets, scikit-learn and keras offer no product of their own. */
export function takesPart(peer: PeerName, kind: Job["kind"]): boolean {
  if (kind === "product") return peer === "numpy" || peer === "torch" || peer === "tfjs";
  return peer !== "numpy";
}

/** What `bench_peer.py` calls a library. */
const pythonLibraries: Readonly<Record<Exclude<PeerName, "tfjs">, string>> = {
  "scikit-learn": "sklearn",
  torch: "torch",
  "torch-fused": "torch",
  keras: "keras",
  numpy: "numpy",
};

export interface FoundPeers {
  readonly found: readonly Peer[];
  /** Why each of the others is missing, a sentence each. */
  readonly missing: readonly string[];
}

/**
 * Looks for the wanted libraries: those of Python in the interpreters that GRADUS_PEERS lists (parted as in PATH), in .venv and on
 * PATH, tfjs in the folder of GRADUS_TFJS and in NODE_PATH. The first that has a library is taken for it.
 */
export async function findPeers(wanted: readonly PeerName[]): Promise<FoundPeers> {
  const pythons = await pythonLists();
  const found: Peer[] = [];
  const missing: string[] = [];
  for (const name of wanted) {
    const peer = name === "tfjs" ? findTfjs() : findInPython(name, pythons);
    if (peer !== undefined) found.push(peer);
    else
      missing.push(
        name === "tfjs"
          ? "tfjs: not found; set GRADUS_TFJS to a folder in which `npm i @tensorflow/tfjs@4 @tensorflow/tfjs-backend-wasm@4` was run"
          : `${name}: not found in ${pythons.map(({ python }) => python).join(", ") || "any Python"}; name a Python that has it in GRADUS_PEERS`,
      );
  }
  return { found, missing };
}

interface PythonList {
  readonly python: string;
  /** Library → version, or null. */
  readonly libraries: Readonly<Record<string, string | null>>;
}

const peerScript = inProject("dist", "cli", "python", "bench_peer.py");

async function pythonLists(): Promise<PythonList[]> {
  const named = (process.env["GRADUS_PEERS"] ?? "").split(path.delimiter).filter((python) => python !== "");
  const candidates = [...named, (await findPythonEnvironment())?.python, "python3", "python"];
  const lists: PythonList[] = [];
  for (const python of new Set(candidates.filter((candidate) => candidate !== undefined))) {
    const answer = await capture(python, [peerScript, "--list"], { timeoutMs: 20_000 }).catch(
      () => undefined,
    );
    if (answer?.code !== 0) continue; // not installed, or no Python 3
    lists.push({ python, libraries: JSON.parse(answer.stdout) as PythonList["libraries"] });
  }
  return lists;
}

function findInPython(name: Exclude<PeerName, "tfjs">, lists: readonly PythonList[]): Peer | undefined {
  const library = pythonLibraries[name];
  for (const { python, libraries } of lists) {
    const { [library]: version, tensorflow } = libraries;
    if (!version || (name === "keras" && !tensorflow)) continue;
    const variant = name === "torch-fused" ? "fused" : "";
    const notes = name === "keras" ? ` (tensorflow ${tensorflow})` : variant && ` (${variant} optimizer)`;
    return {
      name,
      label: `${name === "torch-fused" ? "torch" : name} ${version}${notes}`,
      start: () => new Worker(python, [peerScript, library, variant]),
    };
  }
  return undefined;
}

function findTfjs(): Peer | undefined {
  const folder = path.resolve(process.env["GRADUS_TFJS"] ?? ".");
  const requireFrom = createRequire(path.join(folder, "anything.js"));
  try {
    requireFrom.resolve("@tensorflow/tfjs");
    // The package's own file: its "exports" do not let package.json through everywhere.
    const entry = requireFrom.resolve("@tensorflow/tfjs-backend-wasm");
    const home = entry.slice(0, entry.lastIndexOf("tfjs-backend-wasm") + "tfjs-backend-wasm".length);
    const text = fs.readFileSync(path.join(home, "package.json"), "utf8");
    const { version } = JSON.parse(text) as { version: string };
    const script = inProject("dist", "cli", "bench", "tfjs-worker.js");
    return {
      name: "tfjs",
      label: `tfjs ${version} (wasm)`,
      start: () => new Worker(process.execPath, [script, folder]),
    };
  } catch {
    return undefined; // not installed there
  }
}
