import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { inProject } from "../project.js";
import type { Job } from "./job.js";
import { readFloats, readJob } from "./job-files.js";
import { jobs } from "./jobs.js";
import { takesPart, type Peer } from "./peers.js";
import { Worker } from "./worker.js";

/** A job and one peer on it; the peer's figures are absent if none could be measured. */
export interface Result {
  readonly job: string;
  readonly seconds: number;
  readonly peer?: string;
  readonly peerSeconds?: number;
  /** `peerSeconds / seconds`: how many times as long the peer takes. */
  readonly ratio?: number;
  /** The largest difference of any prediction after the same training without dropout from the same weights. */
  readonly checked?: number;
  /** Which part of the epochs the peer was timed (and checked) on, if not all: its seconds are scaled up. */
  readonly partTimed?: number;
  readonly about: string;
  readonly data: "real" | "synthetic stand-in";
  /** Of the newsgroups job: peak memory of the engine's process, rows read from a file, trained, in MB. */
  readonly megabytes?: number;
}

export interface Measured {
  readonly results: readonly Result[];
  /** Peers that failed on this job, a sentence each. */
  readonly failed: readonly string[];
}

interface Plan {
  readonly runs: number;
  readonly peers: readonly Peer[];
  readonly onProgress: (done: number, total: number, note: string) => void;
}

/** A peer that would take longer than this for one run is timed on a part of the epochs. */
const patienceS = 20;
/** A part is chosen to take about this long. */
const partS = 5;

interface Contestant {
  readonly label: string;
  readonly worker: Worker;
  epochs: number;
  checked: number;
  readonly seconds: number[];
}

/** Medians of `runs` runs of the engine and of each peer in turn, after a run that is checked and one that warms up. */
export async function measureJob(name: string, { runs, peers, onProgress }: Plan): Promise<Measured> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-bench-"));
  const failed: string[] = [];
  const engine = engineWorker();
  const workers = [engine];
  try {
    onProgress(0, 1, "making the data");
    jobs[name](folder);
    const job = readJob(folder);
    const rivals = peers.filter((peer) => takesPart(peer.name, job.kind));
    const total = (rivals.length + 1) * (runs + 1);
    const predictions = predictionsOf(engine, folder);
    await engine.ask({ ask: "prepare", folder });
    let contestants: Contestant[] = [];
    const tryPeer = async (label: string, work: () => Promise<void>): Promise<boolean> => {
      try {
        await work();
        return true;
      } catch (error) {
        failed.push(`${label} failed on ${name}: ${error instanceof Error ? error.message : String(error)}`);
        return false;
      }
    };
    for (const { label, start } of rivals) {
      onProgress(contestants.length, total, `${name}: ${label}, the same work?`);
      const worker = start();
      workers.push(worker);
      await tryPeer(label, async () => {
        await worker.ask({ ask: "prepare", folder });
        const epochs = await epochsToTime(worker, job);
        const to = path.join(folder, `peer${contestants.length}.f32`);
        await worker.ask({ ask: "predict", epochs, to });
        const checked = largestDifference(await predictions(epochs), readFloats(folder, path.basename(to)));
        contestants.push({ label, worker, epochs, checked, seconds: [] });
      });
    }
    const own: Contestant = {
      label: "gradus",
      worker: engine,
      epochs: epochsOf(job),
      checked: 0,
      seconds: [],
    };
    await predictions(own.epochs);
    for (let run = 0; run <= runs; run++) {
      const failing = new Set<Contestant>();
      for (const [i, contestant] of [own, ...contestants].entries()) {
        onProgress(run * (rivals.length + 1) + i, total, `${name}: ${contestant.label}`);
        const work = async (): Promise<void> => {
          const { seconds } = await contestant.worker.ask({ ask: "train", epochs: contestant.epochs });
          if (run > 0) contestant.seconds.push(seconds!); // the first run warms up
        };
        if (contestant === own) await work();
        else if (!(await tryPeer(contestant.label, work))) failing.add(contestant);
      }
      contestants = contestants.filter((contestant) => !failing.has(contestant));
    }
    const { megabytes } = name === "newsgroups" ? await engine.ask({ ask: "memory" }) : {};
    return { results: resultsOf(job, { own, contestants, megabytes }), failed };
  } finally {
    for (const worker of workers) worker.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A process of its own for the engine. */
export function engineWorker(): Worker {
  return new Worker(process.execPath, [inProject("dist", "cli", "bench", "engine-worker.js")]);
}

function epochsOf(job: Job): number {
  return job.kind === "training" ? job.epochs : 1;
}

/** All epochs, unless a first part of them says that this would take too long. */
async function epochsToTime(worker: Worker, job: Job): Promise<number> {
  const all = epochsOf(job);
  const few = Math.ceil(all / 50);
  if (few === 1) return all;
  await worker.ask({ ask: "train", epochs: few }); // warms up: some libraries compile first
  const { seconds = 0 } = await worker.ask({ ask: "train", epochs: few });
  const whole = (seconds * all) / few;
  return whole <= patienceS ? all : Math.max(1, Math.round((all * partS) / whole));
}

/** The engine's predictions after so many epochs, computed once each. */
function predictionsOf(engine: Worker, folder: string): (epochs: number) => Promise<Float32Array> {
  const known = new Map<number, Float32Array>();
  return async (epochs) => {
    const before = known.get(epochs);
    if (before !== undefined) return before;
    await engine.ask({ ask: "predict", epochs, to: path.join(folder, "own.f32") });
    const predictions = readFloats(folder, "own.f32");
    known.set(epochs, predictions);
    return predictions;
  };
}

/** max |aᵢ - bᵢ|. Throws Error if they are not as many, or if a number is missing: then it was other work. */
export function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) throw new Error(`it gave ${b.length} predictions, gradus ${a.length}`);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (!Number.isFinite(difference)) throw new Error(`prediction ${i} is ${b[i]}, that of gradus ${a[i]}`);
    largest = Math.max(largest, difference);
  }
  return largest;
}

export function median(values: readonly number[]): number {
  const ordered = [...values].sort((a, b) => a - b);
  const middle = Math.floor(ordered.length / 2);
  return ordered.length % 2 === 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
}

function resultsOf(
  job: Job,
  {
    own,
    contestants,
    megabytes,
  }: { own: Contestant; contestants: readonly Contestant[]; megabytes: number | undefined },
): Result[] {
  const times = job.kind === "product" ? job.times : 1; // a product's time is that of one
  const shared: Result = {
    job: job.name,
    seconds: median(own.seconds) / times,
    about: job.about,
    data: job.real ? "real" : "synthetic stand-in",
    ...(megabytes === undefined ? {} : { megabytes }),
  };
  if (contestants.length === 0) return [shared];
  return contestants.map(({ label, epochs, checked, seconds }) => {
    const part = epochs / own.epochs;
    const peerSeconds = median(seconds) / part / times;
    return {
      ...shared,
      peer: label,
      peerSeconds,
      ratio: peerSeconds / shared.seconds,
      checked,
      ...(part === 1 ? {} : { partTimed: part }),
    };
  });
}
