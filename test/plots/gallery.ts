import { Random, Sequential, dense, value } from "../../src/engine/index.js";
import { type Figure, plot, type Plot } from "../../src/plots/index.js";

/** A figure of every kind, as small as it can be and still show what it is. A new kind without one does not compile. */
export function gallery(): Record<keyof Plot, Figure> {
  const alt = "what is seen";
  const { inputs, bells } = { inputs: [[0, 0], [0, 1], [1, 0], [1, 1]], bells: bellsOf() }; // prettier-ignore
  const groups = [
    { name: "red", values: bells[0] },
    { name: "white", values: bells[1] },
  ];
  const model = new Sequential({ seed: 3 });
  model.add(dense(3, { activation: "tanh", inputDim: 2 }));
  model.add(dense(1, { activation: "sigmoid" }));
  const [x, w] = [value(2, "x"), value(-3, "w")];
  const result = x.mul(w).add(1).tanh();
  result.backward();
  const window = { xRange: [-0.5, 1.5], yRange: [-0.5, 1.5] } as const;
  const bowl = (a: number, b: number): number => a * a + 3 * b * b;
  const way = { x: [-1, -0.5, 0], y: [1, 0.2, 0], name: "SGD" };
  return {
    line: plot.line([{ y: [3, 2, 1], name: "a", band: { low: [2, 1, 0], high: [4, 3, 2] } }, { y: [1, 1, 2], name: "b" }], { alt, table: true }), // prettier-ignore
    scatter: plot.scatter({ x: [1, 2, 3], y: [4, 5, 6], labels: ["a", "b", "c"] }, { alt, table: true }),
    bar: plot.bar({ names: ["a", "b"], values: [1, 2], band: { low: [0, 2], high: [2, 3] } }, { alt, table: true }), // prettier-ignore
    histogram: plot.histogram(groups, { alt, table: true }),
    layerHistograms: plot.layerHistograms({ "layer 1": bells[0], "layer 2": bells[1] }),
    ridgeline: plot.ridgeline(groups, { alt, table: true }),
    box: plot.box(groups, { alt, table: true }),
    heatmap: plot.heatmap([[1, 2], [3, 4]], { alt, table: true }), // prettier-ignore
    image: plot.image([[0, 0.5], [1, 0]], { alt, boxes: [{ row: 0, column: 1, rows: 2, columns: 1 }], table: true }), // prettier-ignore
    contour: plot.contour(bowl, { ...window, alt, paths: [way], minimum: [0, 0], table: true }),
    surface: plot.surface(bowl, { ...window, alt, paths: [way] }),
    confusionMatrix: plot.confusionMatrix([[3, 1], [0, 4]], { table: true }), // prettier-ignore
    decisionBoundary: plot.decisionBoundary(
      { weights: [0.5, 0.5], bias: -0.7 },
      { x: inputs, y: [0, 0, 0, 1] },
      { ...window, alt, table: true },
    ),
    regions: plot.regions(
      [
        { weights: [-0.5, -0.5], bias: 0.7, name: "NAND" },
        { weights: [0.6, 0.6], bias: -0.5, name: "OR" },
      ],
      { ...window, alt, points: { x: inputs, y: [0, 1, 1, 0] } },
    ),
    pairPlot: plot.pairPlot(
      { x: bells[0].map((own, i) => [own, bells[1][i]]), labels: bells[0].map((_, i) => "ab"[i % 2]) },
      { alt, table: true },
    ),
    history: plot.history({ epoch: [0, 1], history: { loss: [2, 1], val_loss: [2, 2] } }, { table: true }),
    roc: plot.roc([0, 1, 0, 1], [0.1, 0.4, 0.5, 0.9], { thresholds: true, table: true }),
    networkDiagram: plot.networkDiagram(model),
    computationGraph: plot.computationGraph(result),
    matrixProduct: plot.matrixProduct([[1, 2], [3, 4]], [[1, 0], [0, -1]], { play: true }), // prettier-ignore
    convolution: plot.convolution([[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[1, 0], [0, -1]]), // prettier-ignore
    featureSpace: plot.featureSpace(
      { x: inputs, y: [0, 1, 1, 0] },
      [{ name: "hidden layer", map: ([a, b]) => [Number(a + b < 1.4), Number(a + b > 0.8)] }],
      {
        ...window,
        alt,
        separator: { weights: [1, 1], bias: -1.5 },
        regionOf: ([a, b]) => (a + b > 1 ? "r" : "s"),
      },
    ),
    gateSliders: plot.gateSliders({ x: inputs, y: [0, 0, 0, 1] }, { weights: [0.5, 0.5], bias: 0 }),
    timeline: plot.timeline([
      { year: 2012, name: "AlexNet", note: "wins", kind: "result" },
      { year: 1958, name: "Perceptron", kind: "idea" },
    ], { table: true }), // prettier-ignore
    nestedSets: plot.nestedSets({
      name: "AI",
      inside: [{ name: "ML", note: "learns", inside: [{ name: "DL" }] }],
    }),
    beside: plot.beside([plot.line([1, 2], { alt, title: "one" }), plot.bar({ names: ["a"], values: [1] }, { alt })], { alt }), // prettier-ignore
    slider: plot.slider({ name: "k", values: [1, 2, 5] }, (k) => plot.line([0, k], { alt: `k is ${k}` }), {
      alt,
    }),
    frames: plot.frames([plot.line([1, 2], { alt: "up" }), plot.line([2, 1], { alt: "down" })], {
      alt,
      play: 200,
    }),
  };
}

/** Two samples of 60 normal numbers. */
function bellsOf(): [number[], number[]] {
  const source = new Random(5);
  const bell = (mean: number): number[] => Array.from({ length: 60 }, () => mean + source.normal());
  return [bell(0), bell(2)];
}
