import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import oldTypeScript from "@tslab/typescript-for-tslab";
import newTypeScript from "typescript";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

const learnersCell = `
import { adam, dense, display, frame, loadIris, Matrix, plot, Random, Sequential, trainTestSplit } from "gradus";
const iris = loadIris();
const { xTrain, yTrain, xTest, yTest } = trainTestSplit(iris, { testSize: 0.2, seed: 1, stratify: true });
const model = new Sequential({ seed: 1, layers: [dense(16, { activation: "relu", inputDim: 4 }), dense(3, { activation: "softmax" })] });
model.compile({ loss: "categoricalCrossentropy", optimizer: adam({ learningRate: 0.01 }), metrics: ["accuracy"] });
const history = await model.fit(xTrain, yTrain, { epochs: 5, callbacks: [{ onEpochEnd: ({ logs }) => console.log(logs.loss) }] });
const score: number = model.evaluate(xTest, yTest).accuracy;
display(plot.history(history));
display(plot.decisionBoundary(model, iris, { features: [2, 3], alt: "regions" }));
const table = await frame.read("iris.csv");
const x: Matrix = table.toMatrix(["petal_length"]);
console.log(score, x.shape, new Random(1).normal(), model.predict([[1, 2, 3, 4]]).argmax());
`;

/** Forty lines that build, train, plot and save a model. */
const learnersFile = fs.readFileSync(path.join(root, "test", "fixtures", "learner.txt"), "utf8");

/** The messages of a compiler about a cell that imports the built package the way tslab sees it. */
function complaints(ts: typeof newTypeScript, source: string): string[] {
  const file = path.join(root, "notebooks", "published-types.cells.ts");
  const options = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    // tslab resolves like Node 10: only the top-level "main" and "types" of package.json count.
    moduleResolution:
      ts === newTypeScript ? ts.ModuleResolutionKind.Bundler : (2 as newTypeScript.ModuleResolutionKind),
    lib: ["lib.es2022.d.ts"],
    types: ["node"],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => path.normalize(name) === file || fileExists.call(host, name);
  host.getSourceFile = (name, languageVersion, ...rest) =>
    path.normalize(name) === file
      ? ts.createSourceFile(name, source, languageVersion, true)
      : getSourceFile.call(host, name, languageVersion, ...rest);
  const program = ts.createProgram([file], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
}

describe.each([
  ["TypeScript 5.0, which tslab brings", oldTypeScript as unknown as typeof newTypeScript],
  ["TypeScript 6.0, which this project uses", newTypeScript],
])(
  "the types of the built package under %s",
  (_name, ts) => {
    it("are what their name says", () => {
      expect(ts.version).toMatch(ts === newTypeScript ? /^6\.0\./ : /^5\.0\./);
    });

    it("let a learner's cell compile", () => {
      expect(complaints(ts, learnersCell)).toEqual([]);
    });

    it("reject a misspelt loss, an unknown option and a figure without a text alternative", () => {
      const faults = complaints(
        ts,
        learnersCell
          .replace('"categoricalCrossentropy"', '"categoricalCrossEntropy"')
          .replace("epochs: 5", "epoch: 5")
          .replace(', alt: "regions"', ""),
      );
      expect(faults).toHaveLength(3);
      expect(faults.join("\n")).toContain('"categoricalCrossEntropy"');
    });

    it("let a learner's file of 40 lines compile", () => {
      expect(complaints(ts, learnersFile)).toEqual([]);
    });

    it("reject what is misspelt or cannot be, each in a line of its own", () => {
      const units = `is not assignable to parameter of type '"units must be a whole number of at least 1"'.`;
      const faults: [line: string, message: string][] = [
        ["dense(0)", `Argument of type '0' ${units}`],
        ["dense(-3, {})", `Argument of type '-3' ${units}`],
        ["dense(2.5)", `Argument of type '2.5' ${units}`],
        ['dense("3")', "Argument of type 'string' is not assignable to parameter of type 'number'."],
        ['dense(3, { activation: "softmaxx" })', `Type '"softmaxx"' is not assignable to type`],
        ['dense(3, { kernelInitializer: "heNormaal" })', `Type '"heNormaal"' is not assignable to type`],
        ['dense(3, { kernelRegularizer: "l3" })', `Type '"l3"' is not assignable to type`],
        ['dense(3, { kernelConstraint: "maxNorms" })', `Type '"maxNorms"' is not assignable to type`],
        ['model.compile({ loss: "catCrossentropy" })', `Type '"catCrossentropy"' is not assignable to type`],
        ['model.compile({ loss: "mse", optimizer: "adan" })', `Type '"adan"' is not assignable to type`],
        [
          'model.compile({ loss: "mse", metrics: ["acuracy"] })',
          `Type '"acuracy"' is not assignable to type`,
        ],
        ["adam({ learningrate: 0.02 })", "'learningrate' does not exist in type"],
        ['metrics.f1({ average: "none" })', `Type '"none"' is not assignable to type`],
        ["metrics.auc({ k: 3 })", "'k' does not exist in type"],
        ['model.safe("iris")', "Property 'safe' does not exist on type 'Sequential'"],
        ["model.save()", "Expected 1-2 arguments, but got 0."],
      ];
      const found = complaints(ts, `${learnersFile}\n${faults.map(([line]) => line).join(";\n")};`);
      expect(found).toHaveLength(faults.length);
      faults.forEach(([, message], i) => expect(found[i]).toContain(message));
    });
  },
  60_000,
);

it("the learner's file runs, and leaves a model behind that is read again", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-learner-"));
  const door = pathToFileURL(path.join(root, "dist", "index.js")).href;
  const { outputText } = newTypeScript.transpileModule(learnersFile, {
    compilerOptions: { target: newTypeScript.ScriptTarget.ES2022, module: newTypeScript.ModuleKind.ESNext },
  });
  fs.writeFileSync(path.join(folder, "learner.mjs"), outputText.replaceAll('"gradus"', JSON.stringify(door)));
  const { stdout, stderr, status } = spawnSync(process.execPath, ["learner.mjs"], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  const lines = stdout.trimEnd().split("\n");
  expect(lines[0]).toBe("true");
  expect(lines.slice(-2)).toEqual(["15 true true true", "true"]);
  expect(fs.existsSync(path.join(folder, "iris.safetensors"))).toBe(true);
  fs.rmSync(folder, { recursive: true });
}, 60_000);
