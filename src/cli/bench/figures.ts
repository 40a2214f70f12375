import * as fs from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
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
