import * as os from "node:os";
import { parseArgs } from "node:util";
import { adam, dense, loadIris, Sequential } from "../index.js";
import { benchKernel, benchKernelHelp } from "./bench-kernel.js";
import { capture } from "./child.js";
import { Problem } from "./problem.js";
import { inProject } from "./project.js";
import { findPythonEnvironment, probePython } from "./python-environment.js";
import { wholeNumber } from "./terminal.js";

export const benchHelp: string = `npm run bench -- [options]

Times the engine on the course's jobs, and scikit-learn on the same job in the same run.
scikit-learn is looked for in the Python of GRADUS_PEERS, in .venv and on PATH; without it the engine is timed alone.

  --runs N   counted runs of each, after one that warms up (default 5)
  --json     { machine, results: [{ job, seconds, stepsPerSecond, peer, peerSeconds, ratio }] }

${benchKernelHelp}`;

interface Result {
  readonly job: string;
  readonly seconds: number;
  readonly stepsPerSecond: number;
  /** Median training accuracy of ours and the peer's: proof that both did the work. */
  readonly accuracy: number;
  readonly peer?: string;
  readonly peerSeconds?: number;
  readonly peerAccuracy?: number;
  /** `peerSeconds / seconds`: how many times faster than the peer. */
  readonly ratio?: number;
}

const irisEpochs = 50;

export async function bench(args: readonly string[]): Promise<number> {
  if (args[0] === "kernel") return benchKernel(args.slice(1));
  const { values } = parseArgs({
    args: [...args],
    options: { runs: { type: "string", default: "5" }, json: { type: "boolean", default: false } },
  });
  const runs = wholeNumber(values.runs, { option: "--runs", min: 1, max: 1000 });
  const machine = `${os.cpus()[0]?.model ?? "unknown processor"}, ${os.availableParallelism()} cores, Node ${process.versions.node}`;
  const result = await benchIris(runs);
  if (values.json) {
    console.log(JSON.stringify({ machine, results: [result] }, null, 2));
    return 0;
  }
  console.log(`${machine}; medians of ${runs}\n`);
  console.log("| job | gradus | steps a second | training accuracy | peer | peer's time | peer / gradus |");
  console.log("|---|---|---|---|---|---|---|");
  const { job, seconds, stepsPerSecond, accuracy, peer, peerSeconds, ratio } = result;
  const ours = `| ${job} | ${seconds.toFixed(4)} s | ${Math.round(stepsPerSecond)} | ${accuracy.toFixed(3)} |`;
  if (peer === undefined) console.log(`${ours} scikit-learn not found | - | - |`);
  else console.log(`${ours} ${peer} | ${peerSeconds!.toFixed(3)} s | ${ratio!.toFixed(1)} |`);
  return 0;
}

function median(values: readonly number[]): number {
  const ordered = [...values].sort((a, b) => a - b);
  const middle = Math.floor(ordered.length / 2);
  return ordered.length % 2 === 1 ? ordered[middle]! : (ordered[middle - 1]! + ordered[middle]!) / 2;
}

/** The notes' iris net: 4-16-3, relu and softmax, Adam, batch 1, 50 epochs of 150 steps. */
async function benchIris(runs: number): Promise<Result> {
  const iris = loadIris();
  const seconds: number[] = [];
  const accuracies: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const model = new Sequential({
      seed: run,
      layers: [dense(16, { activation: "relu", inputDim: 4 }), dense(3, { activation: "softmax" })],
    });
    model.compile({ loss: "categoricalCrossentropy", optimizer: adam(), metrics: ["accuracy"] });
    const started = performance.now();
    await model.fit(iris.x, iris.y, { epochs: irisEpochs, batchSize: 1, verbose: 0 });
    if (run === 0) continue; // the first run warms up
    seconds.push((performance.now() - started) / 1000);
    accuracies.push(model.evaluate(iris.x, iris.y)["accuracy"]!);
  }
  const own = {
    job: "iris",
    seconds: median(seconds),
    stepsPerSecond: (irisEpochs * 150) / median(seconds),
    accuracy: median(accuracies),
  };
  const peer = await timeScikitLearn(runs);
  if (peer === undefined) return own;
  const peerSeconds = median(peer.seconds);
  return {
    ...own,
    peer: peer.peer,
    peerSeconds,
    peerAccuracy: median(peer.accuracies),
    ratio: peerSeconds / own.seconds,
  };
}

async function timeScikitLearn(
  runs: number,
): Promise<{ peer: string; seconds: number[]; accuracies: number[] } | undefined> {
  const candidates = [
    process.env["GRADUS_PEERS"],
    (await findPythonEnvironment())?.python,
    "python3",
    "python",
  ];
  for (const python of candidates) {
    if (!python || !(await probePython(python))?.sklearn) continue;
    const { code, stdout, stderr } = await capture(python, [
      inProject("dist", "cli", "python", "bench_iris.py"),
      String(runs),
    ]);
    if (code !== 0) throw new Problem(`scikit-learn's run failed: ${stderr.trim().split("\n").at(-1) ?? ""}`);
    return JSON.parse(stdout) as { peer: string; seconds: number[]; accuracies: number[] };
  }
  return undefined;
}
