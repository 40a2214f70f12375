import * as os from "node:os";
import { parseArgs } from "node:util";
import { benchKernel, benchKernelHelp } from "./bench-kernel.js";
import { newsgroupsFigures, packageFigures, plotFigures } from "./bench/figures.js";
import { jobs } from "./bench/jobs.js";
import { labs, labsHelp } from "./bench/labs.js";
import { measureJob, type Result } from "./bench/measure.js";
import { newsgroupsModes, newsgroupsModesHelp } from "./bench/newsgroups-modes.js";
import { findPeers, peerNames, type PeerName } from "./bench/peers.js";
import { reportText, type Figure, type Report } from "./bench/report.js";
import { checkDataFolders } from "./data/folders.js";
import { Problem } from "./problem.js";
import { progressBar, wholeNumber } from "./terminal.js";

const jobNames = Object.keys(jobs);

export const benchHelp: string = `npm run bench -- [options]

Times the engine on the course's jobs beside other libraries: the same data, order and first weights, one thread each, in turn.

  --job NAME     one of ${jobNames.join(", ")}; may be repeated (default all)
  --runs N       counted runs of each, after two that check and warm up (default 5)
  --peers LIST   of ${peerNames.join(",")} (default all that are found; "none" for none)
  --json         { machine, results: [{ job, seconds, peer, peerSeconds, ratio, checked }], figures, method, missing }

  GRADUS_PEERS   Pythons that have such libraries, parted as in PATH; .venv and PATH are looked in, too
  GRADUS_TFJS    a folder in which @tensorflow/tfjs and @tensorflow/tfjs-backend-wasm are installed
  GRADUS_DATA    a folder with the real wine and newsgroups data; without it, stand-ins

${newsgroupsModesHelp}

${labsHelp}

${benchKernelHelp}`;

export async function bench(args: readonly string[]): Promise<number> {
  if (args[0] === "kernel") return benchKernel(args.slice(1));
  if (args[0] === "labs") return labs(args.slice(1));
  if (args[0] === "newsgroups-modes") return newsgroupsModes(args.slice(1));
  const { values } = parseArgs({
    args: [...args],
    options: {
      job: { type: "string", multiple: true, default: jobNames },
      runs: { type: "string", default: "5" },
      peers: { type: "string", default: peerNames.join(",") },
      json: { type: "boolean", default: false },
    },
  });
  const runs = wholeNumber(values.runs, { option: "--runs", min: 1, max: 1000 });
  const wanted = chosenPeers(values.peers);
  const unknown = values.job.find((name) => !Object.hasOwn(jobs, name));
  if (unknown !== undefined)
    throw new Problem(`There is no job "${unknown}". The jobs are: ${jobNames.join(", ")}.`);
  checkDataFolders();

  const bar = progressBar("bench");
  const { found, missing } = await findPeers(wanted);
  const results: Result[] = [];
  const failures: string[] = [];
  const figures: Figure[] = [];
  for (const [i, name] of values.job.entries()) {
    const measured = await measureJob(name, {
      runs,
      peers: found,
      onProgress: (done, total, note) =>
        bar.update(Math.floor((100 * (i + done / total)) / values.job.length), 100, note),
    });
    results.push(...measured.results);
    failures.push(...measured.failed);
  }
  bar.update(99, 100, "memory and size");
  if (values.job.includes("newsgroups"))
    figures.push(...trainingMemory(results), ...(await newsgroupsFigures()));
  figures.push(...(await packageFigures(runs)), ...plotFigures(runs));
  bar.clear();
  const report: Report = {
    machine: `${os.cpus()[0]?.model ?? "unknown processor"}, ${os.availableParallelism()} cores, Node ${process.versions.node}`,
    results,
    figures,
    method: methodText(runs),
    missing: [...missing, ...failures],
  };
  console.log(values.json ? JSON.stringify(report, null, 2) : reportText(report));
  return 0;
}

function methodText(runs: number): string {
  return (
    `Medians of ${runs}, engine and peers in turn, one thread each. The same rows in the same order, the same first weights, float32, Adam's epsilon 1e-12. ` +
    `"checked" is the largest difference of a prediction after the whole training (newsgroups: after the same training ` +
    `without dropout, whose random numbers differ; scikit-learn has no dropout in its timed runs either).`
  );
}

function trainingMemory(results: readonly Result[]): Figure[] {
  const megabytes = results.find(({ job }) => job === "newsgroups")?.megabytes;
  return megabytes === undefined
    ? []
    : [
        {
          name: "newsgroups, rows ready, all runs: peak memory of the process",
          value: megabytes,
          unit: "MB",
        },
      ];
}

function chosenPeers(list: string): PeerName[] {
  if (list === "none") return [];
  return list.split(",").map((text) => {
    const name = peerNames.find((known) => known === text.trim());
    if (name !== undefined) return name;
    throw new Problem(`There is no peer "${text}". The peers are: ${peerNames.join(", ")}.`);
  });
}
