import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import {
  adam,
  csvLogger,
  dense,
  dropout,
  FormatError,
  loadModel,
  modelCheckpoint,
  Sequential,
  setFileAccess,
} from "../src/engine/index.js";
import { modelFiles } from "../src/model-files.js";
import { bits, everything, x, y } from "./engine/saving/nets.js";
import { expectClose } from "./expect-close.js";

const fixtures = path.resolve(import.meta.dirname, "fixtures", "saving");
let folder: string;
let before: ReturnType<typeof setFileAccess>;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-models-"));
  before = setFileAccess(modelFiles);
});
afterAll(() => {
  setFileAccess(before);
  fs.rmSync(folder, { recursive: true });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const at = (name: string): string => path.join(folder, name);

describe("model.save and loadModel", () => {
  it("write a file and read it, the same model to the last bit", async () => {
    const model = everything();
    await model.fit(x, y, { epochs: 2 });
    model.save(at("net.safetensors"));
    const copy = loadModel(at("net.safetensors"));
    expect(bits(copy)).toBe(bits(model));
    expect(copy.predict(x).equals(model.predict(x))).toBe(true);
  });

  it("replace a file as a whole, and leave nothing beside it", () => {
    const [small, large] = [everything(), everything({ dtype: "float64" })];
    large.save(at("twice.safetensors"));
    small.save(at("twice.safetensors"));
    expect(fs.readFileSync(at("twice.safetensors"))).toEqual(Buffer.from(small.toBytes()));
    expect(fs.readdirSync(folder).filter((name) => name.includes("draft"))).toEqual([]);
  });

  it("say what is wrong with a path", () => {
    const model = everything();
    model.save(at("iris.safetensors"));
    fs.mkdirSync(at("folder"), { recursive: true });
    const missing = path.join(folder, "nowhere", "net.safetensors");
    expect(() => model.save(missing)).toThrow(
      `${missing} cannot be written: there is no folder ${path.dirname(missing)}. Make it first, or choose another path`,
    );
    expect(() => model.save(at("folder"))).toThrow(
      `${at("folder")} cannot be written: it is a folder. Give the name of a file in it`,
    );
    expect(() => loadModel(at("folder"))).toThrow(`${at("folder")} cannot be read: it is a folder.`);
    expect(() => loadModel(at("irsi.safetensors"))).toThrow(
      `${at("irsi.safetensors")} cannot be read: there is no such file in ${folder}. Model files there: iris.safetensors`,
    );
    expect(() => loadModel(missing)).toThrow(`there is no folder ${path.dirname(missing)}`);
    expect(() => model.save(path.join(at("iris.safetensors"), "net"))).toThrow(
      `${at("iris.safetensors")} is no folder`,
    );
    expect(() => model.save(at("n".repeat(300)))).toThrow("its name is too long");
  });

  // The superuser may write anywhere.
  it.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
    "say that there is no permission",
    () => {
      fs.mkdirSync(at("locked"), { mode: 0o500 });
      expect(() => everything().save(path.join(at("locked"), "net"))).toThrow(
        "there is no permission (EACCES). Choose a folder of your own",
      );
    },
  );

  it.skipIf(!fs.existsSync("/dev/full"))("leave the old file when the disk is full", () => {
    const model = everything();
    model.save(at("kept.safetensors"));
    const old = fs.readFileSync(at("kept.safetensors"));
    // A draft that leads to a device that is always full.
    fs.symlinkSync("/dev/full", `${at("kept.safetensors")}.${process.pid}.draft`);
    expect(() => model.save(at("kept.safetensors"))).toThrow(
      `${at("kept.safetensors")} cannot be written: the disk is full (ENOSPC). Free some space and try again; a file that was there is unchanged`,
    );
    expect(fs.readFileSync(at("kept.safetensors"))).toEqual(old);
    expect(fs.readdirSync(folder).filter((name) => name.includes("draft"))).toEqual([]);
  });

  it("name the file that is no model", () => {
    fs.writeFileSync(at("notes.txt"), "learning rate 0.1 was best\n");
    expect(() => loadModel(at("notes.txt"))).toThrow(FormatError);
    expect(() => loadModel(at("notes.txt"))).toThrow(
      `loadModel: ${at("notes.txt")}: is cut off or no safetensors file`,
    );
    fs.writeFileSync(at("empty"), "");
    expect(() => loadModel(at("empty"))).toThrow(`loadModel: ${at("empty")}: is empty`);
  });

  it("refuse a file cut off at every 97th byte", () => {
    const bytes = everything().toBytes();
    for (let length = 0; length < bytes.length; length += 97) {
      fs.writeFileSync(at("cut"), bytes.subarray(0, length));
      expect(() => loadModel(at("cut")), `${length} bytes`).toThrow(FormatError);
    }
  });
});

describe("training that goes on from a file", () => {
  it("equals training in one go, to the last bit", async () => {
    const options = { batchSize: 16, validationSplit: 0.2 };
    const whole = everything();
    const { history } = await whole.fit(x, y, { ...options, epochs: 7 });

    const file = at("checkpoint.safetensors");
    const interrupted = everything();
    const stop = {
      onEpochEnd: ({ epoch, stop }: { epoch: number; stop: () => void }) => void (epoch === 3 && stop()),
    };
    await interrupted.fit(x, y, {
      ...options,
      epochs: 7,
      callbacks: [modelCheckpoint({ path: file }), stop],
    });
    const resumed = loadModel(file);
    const rest = await resumed.fit(x, y, { ...options, epochs: 7, initialEpoch: 4 });
    expect(bits(resumed)).toBe(bits(whole));
    expect(rest.epoch).toEqual([4, 5, 6]);
    for (const [name, values] of Object.entries(rest.history))
      expect(values).toEqual(history[name]!.slice(4));
  });

  it("keeps the best model, or one file an epoch", async () => {
    const model = new Sequential({
      seed: 1,
      layers: [dense(8, { activation: "tanh" }), dropout(0.2), dense(3)],
    });
    model.compile({ loss: "mse", optimizer: adam({ learningRate: 0.01 }) });
    const best = modelCheckpoint({ path: at("best"), monitor: "loss", saveBestOnly: true });
    const all = modelCheckpoint({ path: ({ epoch }) => at(`epoch-${epoch}`) });
    await model.fit(x, y, { epochs: 3, callbacks: [best, all] });
    expect(bits(loadModel(at("epoch-2")))).toBe(bits(model));
    const { epoch } = best.latest!;
    expect(fs.readFileSync(at("best"))).toEqual(fs.readFileSync(at(`epoch-${epoch}`)));
  });

  it("writes its history to a table, anew or at its end", async () => {
    const model = new Sequential({ layers: [dense(3)] }).compile({ loss: "mse" });
    const lines = (): string[] => fs.readFileSync(at("log.csv"), "utf8").trimEnd().split("\n");
    const path = at("log.csv");
    await model.fit(x, y, { epochs: 2, callbacks: [csvLogger({ path })] });
    expect(lines()).toHaveLength(3);
    await model.fit(x, y, { epochs: 4, initialEpoch: 2, callbacks: [csvLogger({ path, append: true })] });
    expect(lines().map((line) => line.split(",")[0])).toEqual(["epoch", "0", "1", "2", "3"]);
    await model.fit(x, y, { epochs: 1, callbacks: [csvLogger({ path })] });
    expect(lines()).toHaveLength(2);
  });

  it("is refused at once where there are no files", () => {
    const kept = setFileAccess(undefined);
    expect(() => modelCheckpoint({ path: "net" })).toThrow("modelCheckpoint: there are no files here");
    expect(() => csvLogger({ path: "log.csv" })).toThrow("csvLogger: there are no files here");
    expect(() => csvLogger({})).toThrow(
      'csvLogger: needs a path, such as "training.csv", or a function write',
    );
    setFileAccess(kept);
  });
});

/** A Python that has the safetensors package: of the project, or of the machine. */
function findPython(): string | undefined {
  const root = path.resolve(import.meta.dirname, "..");
  const candidates = [
    process.env["GRADUS_PEERS"],
    path.join(root, ".venv", "bin", "python"),
    "python3",
    "python",
  ];
  return candidates.find(
    (python) => python !== undefined && spawnSync(python, ["-c", "import numpy, safetensors"]).status === 0,
  );
}

const python = findPython();

describe("Python", () => {
  it.skipIf(python === undefined)(
    `reads the file with the safetensors package and predicts the same (${python ?? "skipped: pip install safetensors numpy"})`,
    async () => {
      const net = new Sequential({
        seed: 3,
        layers: [dense(8, { activation: "relu" }), dropout(0.3), dense(3, { activation: "softmax" })],
      });
      net.compile({ loss: "categoricalCrossentropy", optimizer: "adam" });
      await net.fit(x, y, { epochs: 3 });
      net.save(at("for-python.safetensors"));
      const script = path.join(fixtures, "read_model.py");
      const { stdout, stderr } = spawnSync(
        python!,
        [script, at("for-python.safetensors"), JSON.stringify(x.toArray())],
        { encoding: "utf8" },
      );
      expect(stderr).toBe("");
      expectClose(JSON.parse(stdout) as number[][], net.predict(x).toArray(), { tolerance: 1e-6 });
    },
    30_000,
  );

  it("with Keras predicts what the file of the fixture predicts here", () => {
    const reference = JSON.parse(fs.readFileSync(path.join(fixtures, "keras_predictions.json"), "utf8")) as {
      x: number[][];
      predictions: number[][];
    };
    const model = loadModel(path.join(fixtures, "net.safetensors"));
    expectClose(model.predict(reference.x).toArray(), reference.predictions, { tolerance: 1e-6 });
  });
});
