import { parseArgs } from "node:util";
import {
  adam,
  dense,
  dropout,
  loadNewsgroups,
  oneHot,
  Sequential,
  Tokenizer,
  type MatrixMode,
  type Newsgroups,
} from "../../index.js";
import { newsgroupsFile } from "../../datasets/newsgroups.js";
import { requireDataFile } from "../data/folders.js";
import { progressBar, wholeNumber } from "../terminal.js";

export const newsgroupsModesHelp = `npm run bench -- newsgroups-modes [options]

Trains the course's newsgroups net in its four modes on the real data and lays the test accuracies beside the bands of published
runs; exits with 1 if one lies outside.

  --seed N   of the first weights and the order of the rows (default 1)`;

/** Test accuracies of four published runs of the same net, with room (the course's reference values, section E3). */
export const bands: Readonly<Record<MatrixMode, readonly [least: number, greatest: number]>> = {
  binary: [0.81, 0.845],
  count: [0.8, 0.84],
  tfidf: [0.815, 0.85],
  freq: [0.6, 0.73],
};

const epochs = 5;

export async function newsgroupsModes(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { seed: { type: "string", default: "1" } } });
  const seed = wholeNumber(values.seed, { option: "--seed", min: 0, max: 1_000_000 });
  requireDataFile(newsgroupsFile.name, "newsgroups");
  const started = performance.now();
  const modes = Object.keys(bands) as MatrixMode[];
  const bar = progressBar("newsgroups");
  bar.update(0, modes.length * epochs, "words");
  const train = loadNewsgroups({ subset: "train", synthetic: false });
  const test = loadNewsgroups({ subset: "test", synthetic: false });
  const tokenizer = new Tokenizer({ numWords: 10_000 });
  tokenizer.fitOnTexts(train.texts);
  const lines: string[] = [];
  let allWithin = true;
  for (const [i, mode] of modes.entries()) {
    const modeStarted = performance.now();
    const accuracy = await testAccuracy({ train, test, tokenizer, mode, seed }, (epoch) =>
      bar.update(i * epochs + epoch, modes.length * epochs, mode),
    );
    const [least, greatest] = bands[mode];
    const within = accuracy >= least && accuracy <= greatest;
    allWithin &&= within;
    lines.push(
      `| ${mode} | ${accuracy.toFixed(4)} | ${least} to ${greatest} | ${within ? "yes" : "NO"} | ${secondsSince(modeStarted)} s |`,
    );
  }
  bar.clear();
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `10000-256-128-20, relu, dropout 0.5, Adam, batch 128, ${epochs} epochs, validation split 0.1, seed ${seed}\n\n` +
      "| mode | test accuracy | band of published runs | within | time |\n|---|---|---|---|---|",
  );
  console.log(lines.join("\n"));
  console.log(`\n${secondsSince(started)} s and ${megabytes} MB at most, in all`);
  return allWithin ? 0 : 1;
}

interface Run {
  readonly train: Newsgroups;
  readonly test: Newsgroups;
  readonly tokenizer: Tokenizer;
  readonly mode: MatrixMode;
  readonly seed: number;
}

async function testAccuracy(
  { train, test, tokenizer, mode, seed }: Run,
  onEpoch: (done: number) => void,
): Promise<number> {
  const model = new Sequential({ seed });
  model.add(dense(256, { activation: "relu", inputDim: 10_000 })).add(dropout(0.5));
  model.add(dense(128, { activation: "relu" })).add(dropout(0.5));
  model.add(dense(20, { activation: "softmax" }));
  model.compile({ loss: "categoricalCrossentropy", optimizer: adam(), metrics: ["accuracy"] });
  await model.fit(tokenizer.textsToMatrix(train.texts, { mode }), oneHot(train.codes, { classes: 20 }), {
    epochs,
    batchSize: 128,
    validationSplit: 0.1,
    verbose: 0,
    callbacks: [{ onEpochEnd: ({ epoch }) => onEpoch(epoch + 1) }],
  });
  const held = tokenizer.textsToMatrix(test.texts, { mode });
  return model.evaluate(held, oneHot(test.codes, { classes: 20 }))["accuracy"];
}

function secondsSince(started: number): string {
  return ((performance.now() - started) / 1000).toFixed(1);
}
