import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { toMimeBundle } from "../../src/display/index.js";
import { Matrix } from "../../src/engine/index.js";
import { dataHash, openLedger, setLedgerPlace } from "../../src/experiments/index.js";
import { ledgerFiles, ledgerPath } from "../../src/ledger-files.js";

let folder: string;
let file: string;

beforeEach(() => {
  vi.stubEnv("GRADUS_PROGRESS", "");
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-ledger-"));
  file = path.join(folder, "deep", "runs.jsonl");
  setLedgerPlace(ledgerFiles);
});

afterEach(() => {
  vi.unstubAllEnvs();
  setLedgerPlace(undefined);
  fs.rmSync(folder, { recursive: true, force: true });
});

const lines = (): string[] => fs.readFileSync(file, "utf8").trimEnd().split("\n");
const small = {
  config: { units: 4, optimizer: "adam" },
  seed: 1,
  data: "abc",
  scores: { val_accuracy: 0.9 },
};

describe("a ledger", () => {
  test("keeps config, seed, data, curves and scores in a file, for the next session too", () => {
    const history = { history: { loss: [2, 1.5, NaN, Infinity] } };
    const run = openLedger(file).record({ ...small, history, note: "first try" });
    const [again] = openLedger(file).runs;
    expect(again).toEqual(run);
    expect(again.curves["loss"]).toEqual([2, 1.5, NaN, Infinity]);
    expect(again).toMatchObject({ ...small, note: "first try", software: { node: process.versions.node } });
    expect(Date.parse(again.recordedAt)).not.toBeNaN();
  });

  test("reads back every config as it was, whatever its choices are called", () => {
    const config = { number: "three", nested: { number: "NaN" }, words: ["Infinity"] };
    const run = openLedger(file).record({ config, scores: { loss: -Infinity } });
    expect(openLedger(file).damagedLines).toBe(0);
    expect(openLedger(file).runs).toEqual([run]);
    expect(run.config).toEqual(config);
    expect(openLedger(file).runs[0].scores["loss"]).toBe(-Infinity);
  });

  test("does not write the same run twice, whatever the order of its settings", () => {
    const ledger = openLedger(file);
    const first = ledger.record(small);
    const second = ledger.record({ ...small, config: { optimizer: "adam", units: 4 } });
    expect(second).toEqual(first);
    expect(lines()).toHaveLength(1);
    expect(ledger.record({ ...small, seed: 2 }).id).not.toBe(first.id);
    expect(ledger.record({ ...small, data: "other" }).id).not.toBe(first.id);
  });

  test("another result of the same question is a second answer", () => {
    const ledger = openLedger(file);
    const [first, second] = [0.9, 0.8].map((score) =>
      ledger.record({ ...small, scores: { val_accuracy: score } }),
    );
    expect([second.id, second.answer]).toEqual([first.id, 2]);
    expect(ledger.run(`${first.id}-2`).scores["val_accuracy"]).toBe(0.8);
    expect(toMimeBundle(ledger.compare(first, second))["text/plain"]).toContain(
      "Config, seed and data are the same; what differs in the scores was not controlled.",
    );
  });

  test("reads past a line that is half written, says so, and loses nothing", () => {
    const ledger = openLedger(file);
    const first = ledger.record(small);
    const whole = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, whole + whole.slice(0, 40));
    expect(openLedger(file).damagedLines).toBe(1);
    ledger.record({ ...small, seed: 2 });
    expect(openLedger(file).runs.map(({ seed }) => seed)).toEqual([1, 2]);
    expect(lines()[1]).toBe(whole.slice(0, 40));
    expect(String(ledger)).toContain("1 damaged line left out");
    expect(ledger.run(first.id.slice(0, 4)).seed).toBe(1);
  });

  test("shows only the choices that differ, and says which are the same", () => {
    const ledger = openLedger(file);
    ledger.record(small);
    ledger.record({ ...small, config: { units: 8, optimizer: "adam" }, scores: { val_accuracy: 0.95 } });
    const text = String(toMimeBundle(ledger)["text/plain"]);
    expect(text).toContain("The same in all: optimizer adam, seed 1, data abc.");
    expect(text.split("\n")[1].split(/ +/)).toEqual(["run", "units", "val_accuracy"]);
    expect(text.split("\n").slice(2).map((row) => row.split(/ +/).slice(1))).toEqual([["4", "0.9"], ["8", "0.95"]]); // prettier-ignore
    const html = String(toMimeBundle(ledger)["text/html"]);
    expect(html.match(/<tr>/g)).toHaveLength(3);
  });

  test("text of a learner stays text in the table", () => {
    const ledger = openLedger(file);
    ledger.record({ config: { idea: "<img src=x onerror=alert(1)>" } });
    expect(toMimeBundle(ledger)["text/html"]).not.toContain("<img");
  });

  test("compares two runs: one difference, several, curves", () => {
    const ledger = openLedger(file);
    const curve = (end: number): { history: Record<string, number[]> } => ({
      history: { val_loss: [1, end] },
    });
    const a = ledger.record({ ...small, history: curve(0.5) });
    const b = ledger.record({ ...small, config: { ...small.config, units: 8 }, history: curve(0.25) });
    const c = ledger.record({ ...small, config: { units: 8, optimizer: "sgd" }, seed: 3 });
    expect(ledger.compare(a, b.id).differences).toEqual([{ name: "units", a: 4, b: 8 }]);
    expect(toMimeBundle(ledger.compare(a, b))["text/plain"]).toContain("One thing differs: units.");
    expect(toMimeBundle(ledger.compare(a, c))["text/plain"]).toContain(
      "3 things differ: units, optimizer, seed. The scores cannot say which one made the difference.",
    );
    const figure = ledger.compare(a, b).curves("val_loss");
    expect((figure.data as { y: number[] }[]).map(({ y }) => y)).toEqual([[1, 0.5], [1, 0.25]]); // prettier-ignore
    expect(figure.alt).toContain("ends at 0.5");
    expect(() => ledger.compare(a, c).curves("val_loss")).toThrow(`run ${c.id} has no curve "val_loss"`);
  });

  test.each<[string, () => unknown, string]>([
    ["no config", () => openLedger(file).record({} as never), "a run needs at least { config"],
    ["NaN", () => openLedger(file).record({ config: { rate: NaN } }), "config.rate is NaN"],
    ["an optimizer", () => openLedger(file).record({ config: { layers: [{ f: Math.sin as never }] } }), 'config.layers.0.f is a function; write its name'],
    ["a matrix", () => openLedger(file).record({ config: { x: Matrix.zeros(1, 1) as never } }), "config.x is a Matrix"],
    ["a score in words", () => openLedger(file).record({ config: {}, scores: { accuracy: "good" as never } }), "scores.accuracy must be a number, got string"],
    ["an unknown run", () => openLedger(file).run("beef"), 'there is no run "beef"; its runs are none yet'],
    ["no name", () => openLedger(" "), "a ledger needs a name"],
  ])("%s is refused, and nothing is written", (_name, act, message) => {
    expect(act).toThrow(message);
    expect(fs.existsSync(file)).toBe(false);
  }); // prettier-ignore

  test("a file that can't be written is an error that names it", () => {
    fs.writeFileSync(path.join(folder, "deep"), "a file where a folder should be");
    expect(() => openLedger(file).record(small)).toThrow(
      /The (run can't be written into|ledger) .*runs\.jsonl/,
    );
  });

  test("a name lies beside the progress, a path where it says; switched off it lives in memory", () => {
    fs.writeFileSync(path.join(folder, "package.json"), '{"name":"gradus"}');
    const notebooks = path.join(folder, "notebooks");
    fs.mkdirSync(notebooks);
    expect(ledgerPath("flowers", notebooks)).toBe(
      path.join(folder, ".gradus", "experiments", "flowers.jsonl"),
    );
    expect(ledgerPath("mine/flowers", notebooks)).toBe(path.join(notebooks, "mine", "flowers"));
    vi.stubEnv("GRADUS_PROGRESS", "off");
    const ledger = openLedger(file);
    ledger.record(small);
    expect([ledger.runs.length, fs.existsSync(file)]).toEqual([1, false]);
  });
});

describe("dataHash", () => {
  const x = Matrix.from([[1, 2], [3, 4]]); // prettier-ignore

  test("is the same for the same numbers, in whatever form", () => {
    expect(dataHash(x)).toMatch(/^[0-9a-f]{12}$/);
    expect(dataHash(x.copy({ dtype: "float32" }), ["a"])).toBe(dataHash([[1, 2], [3, 4]], ["a"])); // prettier-ignore
  });

  test("changes with a number, the order, the shape, the parts, the texts", () => {
    const others = [dataHash(x.scale(2)), dataHash(x.takeRows([1, 0])), dataHash([1, 2, 3, 4]), dataHash([[1, 2, 3, 4]]), dataHash(x, x), dataHash(["ab", "c"]), dataHash(["a", "bc"]), dataHash([-0]), dataHash([0])]; // prettier-ignore
    expect(new Set([dataHash(x), ...others]).size).toBe(others.length + 1);
  });

  test("refuses what it cannot read", () => {
    expect(() => dataHash()).toThrow("there are no data");
    expect(() => dataHash(5 as never)).toThrow("part 0 must be a matrix or an array, got number");
    expect(() => dataHash([1, "a"] as never)).toThrow("only numbers, only texts or only rows");
  });
});
