import * as fs from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { dense, makeMoons, plot, Sequential, toMimeBundle } from "../../index.js";
import { capture } from "../child.js";
import { inProject } from "../project.js";
import { engineWorker, median } from "./measure.js";
import type { Figure } from "./report.js";

/** What the newsgroups job needs in a process of its own, from the archive to the trained net. */
export async function newsgroupsFigures(): Promise<Figure[]> {
  const worker = engineWorker();
  const { seconds, megabytes } = await worker.ask({ ask: "newsgroups from the archive" });
  worker.close();
  const name = "newsgroups from the archive: unpack, tokenize, one epoch";
  return [
    { name, value: seconds!, unit: "s" },
    { name: `${name}; peak memory`, value: megabytes!, unit: "MB" },
  ];
}

/** How long `import "gradus"` takes, and how large the engine is. */
export async function packageFigures(runs: number): Promise<Figure[]> {
  const door = pathToFileURL(inProject("dist", "index.js")).href;
  const script = `const t = performance.now(); await import(${JSON.stringify(door)}); console.log(performance.now() - t);`;
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const { stdout } = await capture(process.execPath, ["--input-type=module", "--eval", script]);
    times.push(Number(stdout));
  }
  const folder = inProject("dist", "engine");
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  const bytes = files
    .filter((file) => file.endsWith(".js"))
    .reduce((sum, file) => sum + fs.statSync(path.join(folder, file)).size, 0);
  return [
    { name: 'import "gradus"', value: median(times), unit: "ms" },
    { name: "the engine's JavaScript, kernels included", value: bytes / 1024, unit: "KB" },
  ];
}

/** What it takes to draw: a usual figure made and bundled, and the regions of a small net at 200 x 200 points. */
export function plotFigures(runs: number): Figure[] {
  const x = Array.from({ length: 100 }, (_, i) => i / 10);
  const line = (): string =>
    JSON.stringify(toMimeBundle(plot.line({ x, y: x.map(Math.sin) }, { alt: "A wave.", table: true })));
  const data = makeMoons({ samples: 100, seed: 1 });
  const net = new Sequential({
    seed: 1,
    layers: [dense(8, { activation: "relu", inputDim: 2 }), dense(2, { activation: "softmax" })],
  });
  const boundary = (): unknown => plot.decisionBoundary(net, data, { alt: "Two moons.", gridSize: 200 });
  return [
    {
      name: "a line of 100 points with its table, made and bundled",
      value: medianMs(line, runs),
      unit: "ms",
    },
    { name: "the same: size of its bundle", value: line().length / 1024, unit: "KB" },
    { name: "decision boundary, 200 x 200, 2-8-2 net", value: medianMs(boundary, runs), unit: "ms" },
  ];
}

function medianMs(run: () => unknown, runs: number): number {
  run(); // warms up
  return median(
    Array.from({ length: runs }, () => {
      const started = performance.now();
      run();
      return performance.now() - started;
    }),
  );
}
