import { describe, expect, test } from "vitest";
import * as engine from "../../src/engine/index.js";
import {
  adam,
  dense,
  dropout,
  earlyStopping,
  losses,
  Matrix,
  Sequential,
  sgd,
} from "../../src/engine/index.js";
import type { FitOptions } from "../../src/engine/index.js";

/** What a caller without types may hand over. */
const any = (value: unknown): never => value as never;

const x = [[1, 2], [3, 4], [5, 6]]; // prettier-ignore
const y = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]; // prettier-ignore

function classifier(
  loss: "categoricalCrossentropy" | "sparseCategoricalCrossentropy" = "categoricalCrossentropy",
): Sequential {
  const model = new Sequential({ layers: [dense(4, { inputDim: 2 }), dense(3, { activation: "softmax" })] });
  return model.compile({ loss, optimizer: "adam" });
}

/** The whole message of what goes wrong, with the name of its kind. */
async function fault(act: () => unknown): Promise<string> {
  try {
    await act();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return "nothing went wrong";
}

const fit =
  (rows: unknown, targets: unknown = y, options: unknown = {}) =>
  (): Promise<unknown> =>
    classifier().fit(any(rows), any(targets), any(options));
const withOptions = (options: FitOptions | object) => fit(x, y, options);

describe("data that cannot be learned from", () => {
  test.each<[string, () => unknown, string]>([
    [
      "a number as text",
      fit([["1", 2]], [[1, 0, 0]]),
      'DataError: fit: x has the text "1" in row 0, column 0; only numbers can be computed with. Turn texts into numbers first: Number("1")',
    ],
    [
      "a class name",
      fit(x, ["setosa", "setosa", "virginica"]),
      'DataError: fit: row 0 of y is no array but the text "setosa". Number the classes first (labelEncode or oneHot), or leave the column out',
    ],
    [
      "a text for all",
      fit("1, 2, 3"),
      'DataError: fit: x must be a Matrix or an array of rows, got the text "1, 2, 3"',
    ],
    ["nothing", fit(undefined), "DataError: fit: x must be a Matrix or an array of rows, got undefined"],
    ["no targets", fit(x, null), "DataError: fit: y must be a Matrix or an array of rows, got null"],
    ["null for a number", fit([[1, null], [3, 4], [5, 6]]), "DataError: fit: x has null in row 0, column 1; only numbers can be computed with"], // prettier-ignore
    [
      "a hole",
      fit([[1, 2], new Array(2), [5, 6]]),
      "DataError: fit: x has undefined in row 1, column 0; only numbers can be computed with",
    ],
    ["true for a number", fit([[true, 2], [3, 4], [5, 6]]), "DataError: fit: x has a value of type boolean in row 0, column 0; only numbers can be computed with"], // prettier-ignore
    [
      "typed rows",
      fit([new Float32Array(2)], [[1, 0, 0]]),
      "DataError: fit: row 0 of x is no array but a Float32Array; write Array.from(row)",
    ],
    ["NaN", fit([[1, 2], [3, NaN], [5, 6]]), "DataError: fit: x has NaN in row 1, column 1 (counted from 0). Drop the row or fill in the value first."], // prettier-ignore
    ["Infinity", fit(x, [[1, 0, 0], [0, 1, 0], [0, 0, -Infinity]]), "DataError: fit: y has -Infinity in row 2, column 2 (counted from 0). Drop the row or fill in the value first."], // prettier-ignore
    ["a number beyond float32", fit([[1e39, 2], [3, 4], [5, 6]]), "DataError: fit: x has 1e+39 in row 0, column 0 (counted from 0), which is beyond float32 (3.4e38). Scale the column first."], // prettier-ignore
    ["ragged rows", fit([[1, 2], [3], [5, 6]]), "ShapeError: fit: all rows of x must have the same length; row 0 has 2 numbers, row 1 has 1"], // prettier-ignore
    ["ragged targets", fit(x, [[1, 0, 0], [0, 1], [0, 0, 1]]), "ShapeError: fit: all rows of y must have the same length; row 0 has 3 numbers, row 1 has 2"], // prettier-ignore
    ["no rows", fit([], []), "DataError: fit: x is empty"],
    ["rows without columns", fit([[], []], [[], []]), "DataError: fit: x is empty: its shape is [2, 0]"],
    [
      "a target too few",
      fit(x, y.slice(1)),
      "ShapeError: fit: x and y must have the same number of rows; x is [3, 2], y is [2, 3]. Every sample needs its label.",
    ],
    [
      "a column too many",
      fit([[1, 2, 0]], [[1, 0, 0]]),
      'ShapeError: dense "dense": expects 2 input features, got 3; input is [1, 3]. Did you forget to drop the label column?',
    ],
    [
      "one sample as a column",
      () => classifier().predict([1, 2]),
      'ShapeError: dense "dense": expects 2 input features, got 1; input is [2, 1]. A single sample is written as one row: [[a, b, ...]].',
    ],
    [
      "a matrix of texts",
      () => Matrix.from(any([[1, "2"]])),
      "DataError: Matrix.from: row 0, column 1 holds a string, no number",
    ],
    [
      "NaN in trainOnBatch",
      () => classifier().trainOnBatch([[NaN, 1]], [[1, 0, 0]]),
      "DataError: trainOnBatch: x has NaN in row 0, column 0 (counted from 0). Drop the row or fill in the value first.",
    ],
    [
      "NaN in evaluate",
      () => classifier().evaluate([[NaN, 1]], [[1, 0, 0]]),
      "DataError: evaluate: x has NaN in row 0, column 0 (counted from 0). Drop the row or fill in the value first.",
    ],
    [
      "NaN in predict",
      () => classifier().predict([[0, NaN]]),
      "DataError: predict: x has NaN in row 0, column 1 (counted from 0). Drop the row or fill in the value first.",
    ],
  ])("%s", async (_, act, message) => {
    expect(await fault(act)).toBe(message);
  });
});

describe("targets that do not go with the model", () => {
  const unbuilt = (): Sequential =>
    new Sequential({ layers: [dense(4), dense(3, { activation: "softmax" })] }).compile({
      loss: "categoricalCrossentropy",
    });
  const sigmoid = (): Sequential =>
    new Sequential({ layers: [dense(1, { activation: "sigmoid" })] }).compile({ loss: "binaryCrossentropy" });
  test.each<[string, () => unknown, string]>([
    [
      "x and y swapped",
      fit(y, x),
      "ShapeError: fit: x and y seem to be swapped: x [3, 3] has as many columns as the model's targets, y [3, 2] as its inputs. Write fit(inputs, targets).",
    ],
    [
      "x and y swapped before the first fit",
      () => unbuilt().fit(y, x),
      "ShapeError: fit: x and y seem to be swapped: x [3, 3] has as many columns as the model's targets, y [3, 2] as its inputs. Write fit(inputs, targets).",
    ],
    [
      "class numbers for the one-hot loss",
      fit(x, [0, 1, 2]),
      "ShapeError: fit: the loss categoricalCrossentropy needs one target for each of the 3 outputs; y is [3, 1]. If y holds class numbers, turn it into one-hot rows of 3 first (oneHot), or use the loss sparseCategoricalCrossentropy.",
    ],
    [
      "class numbers, three features",
      () => unbuilt().fit(y, [0, 1, 2]),
      "ShapeError: fit: the loss categoricalCrossentropy needs one target for each of the 3 outputs; y is [3, 1]. If y holds class numbers, turn it into one-hot rows of 3 first (oneHot), or use the loss sparseCategoricalCrossentropy.",
    ],
    [
      "one-hot rows for the loss of class numbers",
      () => classifier("sparseCategoricalCrossentropy").fit(x, y),
      "ShapeError: fit: the loss sparseCategoricalCrossentropy needs one class number a row; y is [3, 3]. For one-hot rows use the loss categoricalCrossentropy.",
    ],
    [
      "classes from 1",
      () => classifier("sparseCategoricalCrossentropy").fit(x, [1, 2, 3]),
      "DataError: fit: the loss sparseCategoricalCrossentropy needs class numbers 0 to 2, got 3 in row 2. Are the classes counted from 1? They count from 0.",
    ],
    [
      "a class that is no number of one",
      () => classifier("sparseCategoricalCrossentropy").fit(x, [0, 0.5, 1]),
      "DataError: fit: the loss sparseCategoricalCrossentropy needs class numbers 0 to 2, got 0.5 in row 1.",
    ],
    [
      "classes -1 and 1",
      () => sigmoid().fit(x, [-1, 1, 1]),
      "DataError: fit: the loss binaryCrossentropy needs targets from 0 to 1, got -1 in row 0, column 0. If the classes are -1 and 1, write them as 0 and 1.",
    ],
    ["rows that are not one-hot", fit(x, [[1, 1, 0], [0, 1, 0], [0, 0, 1]]), "DataError: fit: the loss categoricalCrossentropy needs one-hot targets, each row summing to 1; row 0 is [1, 1, 0]. For labels that do not exclude each other use sigmoid and binaryCrossentropy."], // prettier-ignore
    [
      "softmax of one unit",
      () =>
        new Sequential({ layers: [dense(1, { activation: "softmax" })] }).compile({
          loss: "categoricalCrossentropy",
        }),
      'Error: compile: softmax over a single unit is always 1. For two classes use 1 unit with "sigmoid" and the loss "binaryCrossentropy", or 2 units with "softmax".',
    ],
    [
      "one sigmoid for classes",
      () =>
        new Sequential({ layers: [dense(1, { activation: "sigmoid" })] }).compile({
          loss: "categoricalCrossentropy",
        }),
      'Error: compile: categoricalCrossentropy chooses among at least 2 outputs, but the last layer "dense" has 1 unit. For two classes use "sigmoid" and "binaryCrossentropy".',
    ],
    [
      "relu for probabilities",
      () =>
        new Sequential({ layers: [dense(1, { activation: "relu" })] }).compile({
          loss: "binaryCrossentropy",
        }),
      'Error: compile: the loss binaryCrossentropy reads probabilities, but the last layer "dense" has the activation "relu". Use "sigmoid" there, or binaryCrossentropy({ fromLogits: true }) after "linear".',
    ],
    [
      "logits after softmax",
      () =>
        new Sequential({ layers: [dense(2, { activation: "softmax" })] }).compile({
          loss: losses.categoricalCrossentropy({ fromLogits: true }),
        }),
      'Error: compile: the loss categoricalCrossentropy was made with fromLogits: true and reads logits, but the last layer "dense" has the activation "softmax". Use "linear" there, or leave fromLogits out.',
    ],
    [
      "three outputs for a mean and a log-variance",
      () =>
        new Sequential({ layers: [dense(3)] })
          .compile({ loss: "gaussianNegativeLogLikelihood" })
          .fit(x, [1, 2, 3]),
      "ShapeError: fit: the loss gaussianNegativeLogLikelihood needs 2 outputs for y [3, 1], a mean and a log-variance for each column; the last layer has 3.",
    ],
    [
      "accuracy of quantities",
      () =>
        new Sequential({ layers: [dense(1)] })
          .compile({ loss: "mse", metrics: ["accuracy"] })
          .fit(x, [10, 20, 30]),
      "DataError: fit: accuracy counts right classes, so targets must be 0 and 1; got 10 in row 0, column 0. For quantities use the metric mae or mse.",
    ],
    [
      "validation data of another width",
      withOptions({ validationData: [[[1]], [[1, 0, 0]]] }),
      'ShapeError: dense "dense": expects 2 input features, got 1; input is [1, 1].',
    ],
    [
      "validation data without targets",
      withOptions({ validationData: [x] }),
      "DataError: fit, validationData: y must be a Matrix or an array of rows, got undefined",
    ],
    [
      "weights for other rows",
      withOptions({ sampleWeight: [1] }),
      "DataError: fit: sampleWeight needs one number a row: 3, got 1",
    ],
    [
      "weights by class name",
      withOptions({ classWeight: { setosa: 2 } }),
      'OptionError: fit: classWeight must be by class number, 0 to 2, got "setosa"',
    ],
    [
      "weight of a class that is not there",
      withOptions({ classWeight: { 3: 2 } }),
      'OptionError: fit: classWeight must be by class number, 0 to 2, got "3"',
    ],
  ])("%s", async (_, act, message) => {
    expect(await fault(act)).toBe(message);
  });
});

describe("options out of range", () => {
  const whole = (name: string, got: unknown): string =>
    `OptionError: fit: ${name} must be a whole number of at least 1, got ${String(got)}`;
  test.each<[string, () => unknown, string]>([
    ...[0, -1, 2.5, NaN, Infinity].flatMap((value): [string, () => unknown, string][] => [
      [`epochs ${value}`, withOptions({ epochs: value }), whole("epochs", value)],
      [`batchSize ${value}`, withOptions({ batchSize: value }), whole("batchSize", value)],
    ]),
    ["epochs as text", withOptions({ epochs: "3" }), whole("epochs", '"3"')],
    [
      "a split of everything",
      withOptions({ validationSplit: 1 }),
      "OptionError: fit: validationSplit must be at least 0 and below 1, got 1",
    ],
    [
      "a split as text",
      withOptions({ validationSplit: "0.2" }),
      'OptionError: fit: validationSplit must be at least 0 and below 1, got "0.2"',
    ],
    [
      "a split that leaves nothing",
      withOptions({ validationSplit: 0.9 }),
      "DataError: fit: validationSplit 0.9 of 3 rows leaves 0 to train on and 3 to validate with; both need rows",
    ],
    ...[0, -1, NaN, Infinity].map((value): [string, () => unknown, string] => [
      `a rate of ${value}`, () => adam({ learningRate: value }), `OptionError: adam: learningRate must be a finite number above 0, got ${value}`,
    ]), // prettier-ignore
    [
      "a rate as text",
      () => sgd({ learningRate: any("0.1") }),
      'OptionError: sgd: learningRate must be a finite number above 0, got "0.1"',
    ],
    [
      "a rate set to -2",
      () => (classifier().optimizer.learningRate = -2),
      "OptionError: adam: learningRate must be a finite number above 0, got -2",
    ],
    [
      "a schedule below 0",
      () =>
        classifier()
          .compile({ loss: "categoricalCrossentropy", optimizer: sgd({ learningRate: () => -1 }) })
          .fit(x, y),
      "OptionError: sgd: the learning rate of step 0 must be a finite number of at least 0, got -1",
    ],
    [
      "a schedule that gives NaN",
      () =>
        classifier()
          .compile({
            loss: "categoricalCrossentropy",
            optimizer: adam({ learningRate: (step) => 1 / step - 1 / step }),
          })
          .fit(x, y),
      "OptionError: adam: the learning rate of step 0 must be a finite number of at least 0, got NaN",
    ],
    [
      "no units",
      () => dense(0 as number),
      "OptionError: dense: units must be a whole number of at least 1, got 0",
    ],
    [
      "units as text",
      () => dense(any("3")),
      'OptionError: dense: units must be a whole number of at least 1, got "3"',
    ],
    [
      "everything dropped",
      () => dropout(1),
      "OptionError: dropout: rate must be at least 0 and below 1, got 1",
    ],
    [
      "a rate of dropout as text",
      () => dropout(any("0.5")),
      'OptionError: dropout: rate must be at least 0 and below 1, got "0.5"',
    ],
  ])("%s", async (_, act, message) => {
    expect(await fault(act)).toBe(message);
  });

  test("a batch larger than the data is one smaller batch, as in Keras", async () => {
    const { params, history } = await classifier().fit(x, y, { batchSize: 100 });
    expect(params).toEqual({ epochs: 1, steps: 1, batchSize: 100, samples: 3 });
    expect(history.loss).toHaveLength(1);
  });
});

describe("names and forms that are not known", () => {
  const model = (): Sequential => new Sequential({ layers: [dense(1)] });
  test.each<[string, () => unknown, string]>([
    [
      "an option of fit",
      withOptions({ epoch: 3 }),
      'OptionError: fit: there is no option "epoch"; known are epochs, initialEpoch, batchSize, validationData, validationSplit, sampleWeight, classWeight, shuffle, verbose, callbacks, seed, signal. Did you mean "epochs"?',
    ],
    [
      "a number in place of the options",
      () => classifier().fit(x, y, any(100)),
      "OptionError: fit: the options must be an object, such as { epochs: 10 }, got 100",
    ],
    [
      "an activation in place of the options",
      () => dense(3, any("relu")),
      'OptionError: dense: the options must be an object, such as { activation: "relu" }, got "relu"',
    ],
    [
      "an option of dense",
      () => dense(3, any({ actvation: "relu" })),
      'OptionError: dense: there is no option "actvation"; known are activation, inputDim, useBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, activityRegularizer, kernelConstraint, biasConstraint, trainable, name. Did you mean "activation"?',
    ],
    [
      "an option of adam, as in Keras",
      () => adam(any({ learning_rate: 0.1 })),
      'OptionError: adam: there is no option "learning_rate"; known are learningRate, beta1, beta2, epsilon, clipNorm, clipValue, globalClipNorm. Did you mean "learningRate"?',
    ],
    [
      "an option of compile",
      () => model().compile(any({ loss: "mse", metric: ["mae"] })),
      'OptionError: compile: there is no option "metric"; known are loss, optimizer, metrics. Did you mean "metrics"?',
    ],
    [
      "compile of nothing",
      () => model().compile(any(undefined)),
      'OptionError: compile: the options must be an object, such as { loss: "mse", optimizer: "adam" }, got undefined',
    ],
    [
      "no loss",
      () => model().compile(any({})),
      "OptionError: loss undefined is unknown; known are mse, mae, huber, binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy, gaussianNegativeLogLikelihood.",
    ],
    [
      "a misspelt loss",
      () => model().compile(any({ loss: "catgoricalCrossentropy" })),
      'OptionError: loss "catgoricalCrossentropy" is unknown; known are mse, mae, huber, binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy, gaussianNegativeLogLikelihood. Did you mean "categoricalCrossentropy"?',
    ],
    [
      "a loss in Keras' writing",
      () => model().compile(any({ loss: "binary_crossentropy" })),
      'OptionError: loss "binary_crossentropy" is unknown; known are mse, mae, huber, binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy, gaussianNegativeLogLikelihood. Did you mean "binaryCrossentropy"?',
    ],
    [
      "an optimizer that was not called",
      () => model().compile(any({ loss: "mse", optimizer: adam })),
      "OptionError: optimizer the function adam is unknown; known are sgd, momentum, nag, adagrad, adadelta, rmsprop, adam, adamW. Write its name as a text, or call it: adam().",
    ],
    [
      "an object that is no optimizer",
      () => model().compile(any({ loss: "mse", optimizer: {} })),
      "OptionError: optimizer an object is unknown; known are sgd, momentum, nag, adagrad, adadelta, rmsprop, adam, adamW.",
    ],
    [
      "an object that is no loss",
      () => model().compile(any({ loss: {} })),
      "OptionError: loss an object is unknown; known are mse, mae, huber, binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy, gaussianNegativeLogLikelihood.",
    ],
    [
      "a function for an activation",
      () => dense(3, any({ activation: Math.tanh })),
      "OptionError: activation the function tanh is unknown; known are linear, step, sigmoid, tanh, relu, leakyRelu, elu, selu, gelu, softplus, swish, softmax. Write its name as a text, or call it: tanh().",
    ],
    [
      "layers in place of the options",
      () => new Sequential(any([dense(3)])),
      "OptionError: Sequential: the options must be an object, such as { layers: [dense(3)] }, got [an object]",
    ],
    [
      "a layer in place of the layers",
      () => new Sequential(any({ layers: dense(3) })),
      "TypeError: Sequential: layers must be a list, such as [dense(4), dense(1)]",
    ],
    [
      "a number among the layers",
      () => new Sequential(any({ layers: [3] })),
      "TypeError: add: a layer is made by dense(4), dropout(0.5), ...; got 3",
    ],
    [
      "a layer that was not called",
      () => model().add(any(dense)),
      "TypeError: add: a layer is made by dense(4), dropout(0.5), ...; got the function dense, which must be called",
    ],
    [
      "callbacks that are no list",
      withOptions({ callbacks: earlyStopping() }),
      "TypeError: fit: callbacks must be a list, such as [earlyStopping({ patience: 5 })]",
    ],
    [
      "a callback that was not called",
      withOptions({ callbacks: [earlyStopping] }),
      "TypeError: fit: callbacks[0] must be a callback, such as earlyStopping(), got the function earlyStopping: call it, earlyStopping()",
    ],
    [
      "a figure that is not measured",
      withOptions({ callbacks: [earlyStopping({ monitor: "acc" })] }),
      'Error: earlyStopping: there is no "acc" to monitor; there are loss.',
    ],
  ])("%s", async (_, act, message) => {
    expect(await fault(act)).toBe(message);
  });
});

describe("a model that is not ready", () => {
  const operations = {
    fit: (model: Sequential) => model.fit(x, y),
    evaluate: (model: Sequential) => model.evaluate(x, y),
    trainOnBatch: (model: Sequential) => model.trainOnBatch(x, y),
    lossAndGradients: (model: Sequential) => model.lossAndGradients(x, y),
  };
  test.each(Object.entries(operations))("%s without compile", async (name, act) => {
    const message = `Error: ${name}: the model is not compiled. First call model.compile({ loss: ..., optimizer: ..., metrics: [...] }).`;
    expect(await fault(() => act(new Sequential({ layers: [dense(3)] })))).toBe(message);
  });

  test.each(["fit", "evaluate", "trainOnBatch"] as const)("%s without layers", async (name) => {
    const message = `Error: ${name}: the model has no layers; add one with model.add(dense(...))`;
    expect(await fault(() => operations[name](new Sequential().compile({ loss: "mse" })))).toBe(message);
  });

  test("weights stay as they were when the data are refused", async () => {
    const model = classifier();
    const before = JSON.stringify(model.weights);
    for (const rows of [[[NaN, 1]], [[1]], [["1", 2]]]) await fault(() => model.fit(any(rows), [[1, 0, 0]]));
    expect(JSON.stringify(model.weights)).toBe(before);
  });
});

describe("every table of names", () => {
  const tables = {
    activations: "activation",
    constraints: "constraint",
    initializers: "initializer",
    losses: "loss",
    metrics: "metric",
    optimizers: "optimizer",
    regularizers: "regularizer",
  } as const;
  const uses: Record<keyof typeof tables, (name: string) => unknown> = {
    activations: (name) => dense(1, { activation: any(name) }),
    constraints: (name) => dense(1, { kernelConstraint: any(name) }),
    initializers: (name) => dense(1, { kernelInitializer: any(name) }),
    losses: (name) => new Sequential().compile({ loss: any(name) }),
    metrics: (name) => new Sequential().compile({ loss: "mse", metrics: [any(name)] }),
    optimizers: (name) => new Sequential().compile({ loss: "mse", optimizer: any(name) }),
    regularizers: (name) => dense(1, { kernelRegularizer: any(name) }),
  };
  test("is among the exports", () => {
    const found = Object.entries(engine).filter(
      ([, value]) => typeof value === "object" && !("prototype" in value),
    );
    expect(found.map(([name]) => name).sort()).toEqual(Object.keys(tables).sort());
  });

  test.each(Object.keys(tables) as (keyof typeof tables)[])(
    "%s takes each of its names and lists them for another",
    async (table) => {
      const names = Object.keys(engine[table]);
      for (const name of names) uses[table](name);
      for (const stranger of ["toString", "constructor", "__proto__"]) {
        expect(await fault(() => uses[table](stranger))).toBe(
          `OptionError: ${tables[table]} ${JSON.stringify(stranger)} is unknown; known are ${names.join(", ")}.`,
        );
      }
    },
  );
});
