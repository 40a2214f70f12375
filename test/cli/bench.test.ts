import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readFloats, readJob } from "../../src/cli/bench/job-files.js";
import { jobs } from "../../src/cli/bench/jobs.js";
import { largestDifference, median, type Result } from "../../src/cli/bench/measure.js";
import { bands } from "../../src/cli/bench/newsgroups-modes.js";
import { peerNames, takesPart } from "../../src/cli/bench/peers.js";
import { reportText } from "../../src/cli/bench/report.js";
import { singleThread, Worker } from "../../src/cli/bench/worker.js";
import { bench } from "../../src/cli/bench.js";

describe("the proof of equal work", () => {
  test("is the largest difference of two predictions", () => {
    expect(largestDifference(Float32Array.of(1, 2, 3), Float32Array.of(1, 2.5, 2.75))).toBe(0.5);
  });

  test("fails for another number of predictions, and for one that is no number", () => {
    expect(() => largestDifference(Float32Array.of(1, 2), Float32Array.of(1))).toThrow(
      "it gave 1 predictions, gradus 2",
    );
    expect(() => largestDifference(Float32Array.of(1), Float32Array.of(NaN))).toThrow("prediction 0 is NaN");
  });
});

test("medians of odd and even counts", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

describe("jobs", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-bench-test-"));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  test.each([
    // COURSE.md, section E1, counts the parameters of iris and wine.
    ["xor", { rows: 4, parameters: 17, steps: 10_000 }],
    ["iris", { rows: 150, parameters: 131, steps: 7_500 }],
    ["wine", { rows: 6497, parameters: 875, steps: 200 * 33 }],
  ])("%s is the course's net on its rows", (name, { rows, parameters, steps }) => {
    jobs[name](folder);
    const job = readJob(folder);
    if (job.kind !== "training") throw new Error("not a training job");
    expect([job.rows, Math.ceil(job.rows / job.batchSize) * job.epochs]).toEqual([rows, steps]);
    expect(readFloats(folder, "x.f32").length).toBe(job.rows * job.inputs);
    expect(readFloats(folder, "y.f32").length).toBe(job.rows * job.outputs);
    const counted = job.layers.reduce(
      (sum, _, i) =>
        sum + readFloats(folder, `kernel${i}.f32`).length + readFloats(folder, `bias${i}.f32`).length,
      0,
    );
    expect(counted).toBe(parameters);
    expect(readFloats(folder, "kernel0.f32").some((weight) => weight !== 0)).toBe(true);
  });

  test("every training has peers, and so has the product", () => {
    expect(peerNames.filter((peer) => takesPart(peer, "training"))).toEqual([
      "scikit-learn",
      "torch",
      "torch-fused",
      "keras",
      "tfjs",
    ]);
    expect(peerNames.filter((peer) => takesPart(peer, "product"))).toEqual(["torch", "tfjs", "numpy"]);
  });
});

describe("a worker", () => {
  const start = (script: string): Worker => new Worker(process.execPath, ["--eval", script]);
  const echo = `require("readline").createInterface({ input: process.stdin }).on("line", (line) =>
    console.log(JSON.stringify({ seconds: JSON.parse(line).epochs, megabytes: Number(process.env.OMP_NUM_THREADS) })));`;

  test("answers question by question, and is told to take one thread", async () => {
    const worker = start(echo);
    const answers = await Promise.all([1, 2, 3].map((epochs) => worker.ask({ ask: "train", epochs })));
    expect(answers.map(({ seconds }) => seconds)).toEqual([1, 2, 3]);
    expect(answers[0].megabytes).toBe(1);
    expect(
      new Set(
        Object.entries(singleThread)
          .filter(([name]) => /THREADS/.test(name))
          .map(([, n]) => n),
      ),
    ).toEqual(new Set(["1"]));
    worker.close();
  });

  test("that dies says its last words, now and later", async () => {
    const worker = start(`console.error("ImportError: no such library"); process.exit(3);`);
    await expect(worker.ask({ ask: "memory" })).rejects.toThrow("ImportError: no such library");
    await expect(worker.ask({ ask: "memory" })).rejects.toThrow("ImportError: no such library");
  });

  test("that cannot be started says so", async () => {
    await expect(new Worker("no-such-program", []).ask({ ask: "memory" })).rejects.toThrow("ENOENT");
  });
});

describe("the report", () => {
  const measured: Result = {
    job: "iris",
    seconds: 0.01234,
    peer: "scikit-learn 1.9.1",
    peerSeconds: 1.234,
    ratio: 100,
    checked: 0.0000021,
    about: "4-16-3",
    data: "real",
  };
  const text = (results: Result[], missing: string[] = []): string =>
    reportText({ machine: "a machine", results, figures: [], method: "How.", missing });

  test("has a row for each peer, and one job without peers says so", () => {
    expect(text([measured, { job: "xor", seconds: 0.5, about: "2-4-1", data: "real" }])).toContain(
      "| iris | 12.3 ms | scikit-learn 1.9.1 | 1.23 s | 100 | 2e-6 |\n| xor | 0.5 s | no peer found | - | - | - |",
    );
  });

  test("says what was timed in part, what is made up and what is missing", () => {
    const shown = text([{ ...measured, partTimed: 0.02, data: "synthetic stand-in" }], ["torch: not found"]);
    expect(shown).toContain("1.23 s, from 2 % of the epochs");
    expect(shown).toContain("on a synthetic stand-in: set GRADUS_DATA");
    expect(shown).toContain("- missing: torch: not found");
  });
});

test("unknown jobs and peers are refused with what there is", async () => {
  await expect(bench(["--job", "mnist"])).rejects.toThrow(
    'There is no job "mnist". The jobs are: xor, iris, wine, newsgroups, gemm.',
  );
  await expect(bench(["--peers", "torch,jax"])).rejects.toThrow('There is no peer "jax".');
  await expect(bench(["--runs", "0"])).rejects.toThrow("--runs takes a whole number from 1 to 1000");
});

test("the bands of the four modes are those of COURSE.md, section E3", () => {
  expect(bands).toEqual({
    binary: [0.81, 0.845],
    count: [0.8, 0.84],
    tfidf: [0.815, 0.85],
    freq: [0.6, 0.73],
  });
});
