import * as path from "node:path";
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
  },
  60_000,
);
