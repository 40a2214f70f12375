import { adam, dense, loadIris, loadWine, Sequential, type Layer, type Matrix } from "../../index.js";
import { wineFiles } from "../../datasets/wine.js";
import { requireDataFile } from "../data/folders.js";
import { progressBar } from "../terminal.js";
import { newsgroupsModes } from "./newsgroups-modes.js";

export const labsHelp = `npm run bench -- labs

The three labs of the course on the real data: two hundred seeds of iris, 200 epochs of wine, four modes of newsgroups; the
distribution of each training score beside its band (section E2 of the course's reference values), the time and the memory. Exits
with 1 if more than one seed in twenty, or a mode of newsgroups, lies outside its band.`;

/** The bands come from 10 to 200 runs elsewhere: rare seeds may lie beyond them. */
const leastShare = 0.95;

interface Lab {
  readonly name: string;
  readonly seeds: number;
  readonly x: Matrix;
  readonly y: Matrix | readonly number[];
  readonly layers: () => Layer[];
  readonly loss: "categoricalCrossentropy" | "binaryCrossentropy";
  readonly epochs: number;
  readonly batchSize: number;
  /** Within which the training score of every seed is expected. */
  readonly band: readonly [least: number, greatest: number];
}

export async function labs(args: readonly string[]): Promise<number> {
  for (const { name } of wineFiles) requireDataFile(name, "wine");
  const iris = loadIris();
  const wine = loadWine({ synthetic: false });
  const within = [
    await trainSeeds({
      name: "iris 4-16-3, 50 epochs, batch 1",
      seeds: 200,
      x: iris.x,
      y: iris.y,
      layers: () => [dense(16, { activation: "relu", inputDim: 4 }), dense(3, { activation: "softmax" })],
      loss: "categoricalCrossentropy",
      epochs: 50,
      batchSize: 1,
      band: [0.945, 0.994],
    }),
    await trainSeeds({
      name: "wine 12-30-12-8-1, raw, 200 epochs, batch 200",
      seeds: 8,
      x: wine.x,
      y: wine.codes,
      layers: () => [
        dense(30, { activation: "relu", inputDim: 12 }),
        dense(12, { activation: "relu" }),
        dense(8, { activation: "relu" }),
        dense(1, { activation: "sigmoid" }),
      ],
      loss: "binaryCrossentropy",
      epochs: 200,
      batchSize: 200,
      band: [0.98, 0.993],
    }),
  ];
  const modes = await newsgroupsModes(args);
  return within.every(Boolean) && modes === 0 ? 0 : 1;
}

/** Trains once a seed, on all rows, and prints how the training scores spread; true if nearly all lie in the band. */
async function trainSeeds({
  name,
  seeds,
  x,
  y,
  layers,
  loss,
  epochs,
  batchSize,
  band,
}: Lab): Promise<boolean> {
  const bar = progressBar(name);
  const scores: number[] = [];
  const started = performance.now();
  for (let seed = 1; seed <= seeds; seed++) {
    bar.update(seed - 1, seeds, `seed ${seed}`);
    const model = new Sequential({ seed, layers: layers() });
    model.compile({ loss, optimizer: adam(), metrics: ["accuracy"] });
    await model.fit(x, y, { epochs, batchSize, verbose: 0 });
    scores.push(model.evaluate(x, y)["accuracy"]);
  }
  const seconds = (performance.now() - started) / 1000;
  bar.clear();
  const counts = new Map<string, number>();
  for (const score of [...scores].sort((a, b) => a - b)) {
    const shown = score.toFixed(4);
    counts.set(shown, (counts.get(shown) ?? 0) + 1);
  }
  const inside = scores.filter((score) => score >= band[0] && score <= band[1]).length;
  console.log(
    `${name}: training scores of ${seeds} seeds, band ${band[0]} to ${band[1]}, ${inside} of ${seeds} inside\n\n` +
      `| training score | seeds |\n|---|---|\n${[...counts].map(([score, count]) => `| ${score} | ${count} |`).join("\n")}\n\n` +
      `${seconds.toFixed(2)} s, ${((1000 * seconds) / seeds).toFixed(1)} ms a seed\n`,
  );
  return inside >= leastShare * seeds;
}
