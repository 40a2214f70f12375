import type { Activation } from "./activation.js";
import { DataError } from "./data-error.js";
import type { FloatArray } from "./dtype.js";
import type { Layer } from "./layer.js";
import type { Loss } from "./loss.js";
import { Matrix } from "./matrix.js";
import type { MatrixLike } from "./matrix-like.js";
import type { Random } from "./random.js";
import { recipeOf } from "./recipe.js";
import { makers } from "./saving/makers.js";
import type { Sequential } from "./sequential.js";
import type { Shape } from "./shape-error.js";

/** Numbers that can be moved, the slopes that were computed by them, and the value that moves with them. */
export interface SlopeSet {
  readonly title: string;
  readonly parts: readonly SlopePart[];
  /** The value at the numbers as they are now. */
  readonly value: () => number;
}

interface SlopePart {
  readonly name: string;
  readonly shape: Shape;
  /** Live: the value sees a change. */
  readonly values: FloatArray;
  readonly slopes: FloatArray;
}

interface Setting {
  readonly rows: number;
  readonly inputs: number;
  readonly training: boolean;
  readonly random: Random;
}

/** Of Σ cᵢⱼ yᵢⱼ with random c, and what the layer's regularizers add, by each parameter and by the input. */
export function layerSlopes(layer: Layer, { rows, inputs, training, random }: Setting): SlopeSet {
  const cols = layer.inputFeatures ?? inputs;
  const subject = inFloat64(layer, { cols, random });
  const draw = (width: number): Matrix => Matrix.zeros(rows, width).map(() => random.normal());
  const x = draw(cols);
  const weights = draw(subject.outputFeatures ?? cols);
  const kept = subject.state.map(({ value }) => value.copy());
  const chance = subject.generator?.state;
  const value = (): number => {
    // The same masks each time, and the same running statistics.
    if (chance !== undefined && subject.generator !== undefined) subject.generator.state = chance;
    subject.state.forEach((array, i) => array.value.data.set(kept[i].data));
    const y = subject.propagate(x, training);
    let sum = subject.regularization?.penalty() ?? 0;
    for (let i = 0; i < y.data.length; i++) sum += y.data[i] * weights.data[i];
    return sum;
  };
  value();
  subject.backpropagate(weights, false);
  const input = {
    name: "input",
    shape: x.shape,
    values: x.data,
    slopes: subject.inputGradient().data.slice(),
  };
  const parts = subject.parameters.map(({ name, value: array, gradient }) => ({
    ...{ name, shape: array.shape },
    ...{ values: array.data, slopes: gradient.data.slice() },
  }));
  return { title: `the layer "${layer.name}" (${layer.kind})`, parts: [...parts, input], value };
}

/** Of the loss by the predictions; and by the logits, where it melts together with an activation. */
export function lossSlopes(loss: Loss, { rows, inputs, random }: Setting): SlopeSet {
  const predictions = Matrix.zeros(rows, inputs).map(() => random.normal());
  const target = targetFor(loss, { rows, outputs: inputs, random });
  const output = predictions.copy();
  const partner = loss.fused && activationOf(loss.fused.activation);
  if (!loss.fromLogits) partner?.forward(predictions.data, output.data, inputs);
  const slopesOf = (write: (gradient: FloatArray) => void): FloatArray => {
    const gradient = new Float64Array(rows * inputs);
    write(gradient);
    return gradient;
  };
  const shape: Shape = [rows, inputs];
  const parts: SlopePart[] = [
    {
      ...{ name: "predicted", shape, values: output.data },
      slopes: slopesOf((gradient) => loss.formula.gradient(output.data, target.data, gradient, inputs)),
    },
  ];
  const { fused } = loss;
  if (fused !== undefined && partner !== undefined) {
    const melted = new Float64Array(rows * inputs);
    partner.forward(predictions.data, melted, inputs);
    parts.push({
      ...{ name: `logits, before ${fused.activation}`, shape, values: predictions.data },
      slopes: slopesOf((gradient) => fused.gradient(melted, target.data, gradient, inputs)),
    });
  }
  // Only one of the two moves at a time, so that the difference of the sum is that of the one.
  const value = (): number =>
    loss.formula.value(output.data, target.data, inputs) +
    (fused?.value(predictions.data, target.data, inputs) ?? 0);
  return { title: `the loss ${loss.name}`, parts, value };
}

/** Of Σ cᵢⱼ f(x)ᵢⱼ with random c. */
export function activationSlopes(activation: Activation, { rows, inputs, random }: Setting): SlopeSet {
  const draw = (): FloatArray => Float64Array.from({ length: rows * inputs }, () => random.normal());
  const [x, weights, y, slopes] = [draw(), draw(), draw(), draw()];
  const value = (): number => {
    activation.forward(x, y, inputs);
    let sum = 0;
    for (let i = 0; i < y.length; i++) sum += y[i] * weights[i];
    return sum;
  };
  value();
  activation.backward(weights, { x, y }, slopes, inputs);
  return {
    title: `the activation ${activation.name}`,
    parts: [{ name: "input", shape: [rows, inputs], values: x, slopes }],
    value,
  };
}

/** Of a model's loss by each of its weights. */
export function modelSlopes(
  model: Sequential,
  { x, y }: { readonly x: MatrixLike; readonly y: MatrixLike },
): SlopeSet {
  const { gradients } = model.lossAndGradients(x, y);
  const parts = model.layers.flatMap((layer, i) =>
    layer.parameters.map(({ name, value }) => ({
      ...{ name: `${layer.name}/${name}`, shape: value.shape },
      ...{ values: value.data, slopes: gradients[i][name].data },
    })),
  );
  return { title: `the model "${model.name}"`, parts, value: () => model.lossAndGradients(x, y).loss };
}

/** A twin of the layer in float64 with the same weights; of a layer that gradus cannot make again, the layer itself. */
function inFloat64(
  layer: Layer,
  { cols, random }: { readonly cols: number; readonly random: Random },
): Layer {
  const recipe = recipeOf(layer);
  const original = recipe !== undefined && !Object.values(layer).some((value) => typeof value === "function");
  if (!original) {
    if (layer.built && layer.dtype !== "float64") {
      throw new RangeError(
        `checkGradient: the layer "${layer.name}" is built in float32, which is too coarse for differences; ` +
          `hand over a fresh one, or put it in a model with dtype: "float64"`,
      );
    }
    if (!layer.built) layer.build(cols, { random, dtype: "float64" });
    return layer;
  }
  const twin = makers.layer[recipe.name].make(recipe.options as never) as Layer;
  twin.build(cols, { random, dtype: "float64" });
  const arrays = [...layer.parameters, ...layer.state];
  [...twin.parameters, ...twin.state].forEach(({ value }, i) => {
    if (layer.built) value.data.set(arrays[i].value.data);
    // Zeros and ones, as offsets and factors begin, would hide what is multiplied with them.
    else if (i < twin.parameters.length)
      for (let j = 0; j < value.data.length; j++) value.data[j] += 0.3 * random.normal();
  });
  return twin;
}

/** Targets that the loss accepts: class numbers, any numbers, or one-hot rows. */
function targetFor(
  loss: Loss,
  { rows, outputs, random }: { readonly rows: number; readonly outputs: number; readonly random: Random },
): Matrix {
  const zeros = Matrix.zeros(rows, loss.targetColumns(outputs));
  if (loss.sparse) return zeros.map((_, r) => r % outputs);
  const quantities = zeros.map(() => random.normal());
  try {
    loss.checkTarget(quantities, "checkGradient", outputs);
    return quantities;
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return zeros.map((_, r, c) => (r % outputs === c ? 1 : 0));
  }
}

function activationOf(name: string): Activation {
  return makers.activation[name].make({} as never) as Activation;
}
