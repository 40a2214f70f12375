import type { Layer, Shaped } from "./layer.js";
import type { Loss } from "./loss.js";
import { frozenAtTheBottom } from "./frozen-layers.js";
import { formatShape, ShapeError } from "./shape-error.js";

/** The number of outputs of a layer that is built. */
export function outputFeaturesOf(layer: Layer): number {
  if (layer.outputFeatures !== undefined) return layer.outputFeatures;
  throw new Error(
    `the layer "${layer.name}" does not know its number of inputs yet. Begin the model with input(...), or give the first dense layer inputDim.`,
  );
}

/** Throws if the outputs of the last layer are not what the loss reads: probabilities, logits, or any number. */
export function checkOutput(layers: readonly Layer[], loss: Loss): void {
  const last = layers[layers.length - 1];
  const activation = last.outputActivation;
  if (activation === "softmax" && last.outputFeatures === 1) {
    throw new Error(
      `compile: softmax over a single unit is always 1. For two classes use 1 unit with "sigmoid" and the loss ` +
        `"binaryCrossentropy", or 2 units with "softmax".`,
    );
  }
  if (loss.fused === undefined) return;

  const probabilities = activation === "softmax" || activation === "sigmoid";
  const partner = loss.fused.activation;
  if (loss.fromLogits && probabilities) {
    throw new Error(
      `compile: the loss ${loss.name} was made with fromLogits: true and reads logits, but the last layer ` +
        `"${last.name}" has the activation "${activation}". Use "linear" there, or leave fromLogits out.`,
    );
  }
  if (!loss.fromLogits && !probabilities) {
    throw new Error(
      `compile: the loss ${loss.name} reads probabilities, but the last layer "${last.name}" has the activation ` +
        `"${activation}". Use "${partner}" there, or ${loss.name}({ fromLogits: true }) after "linear".`,
    );
  }
  if (partner === "softmax" && last.outputFeatures === 1) {
    throw new Error(
      `compile: ${loss.name} chooses among at least 2 outputs, but the last layer "${last.name}" has 1 unit. ` +
        `For two classes use "sigmoid" and "binaryCrossentropy".`,
    );
  }
}

/** Throws if nothing can learn, or if no gradient can pass one of the layers on the way to the lowest one that is to learn. */
export function checkTrainable(layers: readonly Layer[]): void {
  const lowest = frozenAtTheBottom(layers);
  if (lowest === layers.length && lowest > 0) {
    throw new Error(
      `fit: every layer is frozen (trainable is false), so there is nothing to learn. ` +
        `Set layer.trainable = true for those that are to change.`,
    );
  }
  const blocked = layers.slice(lowest).find((layer) => !layer.differentiable);
  if (blocked === undefined) return;
  throw new Error(
    `fit: the layer "${blocked.name}" has the activation "${blocked.outputActivation}", whose derivative is 0 everywhere, ` +
      `so gradient descent cannot learn through it. Use "sigmoid" or "relu", or set its weights by hand and only predict.`,
  );
}

/** Throws if x has the columns that y should have, and y those that x should have. */
export function checkNotSwapped(
  { x, y }: { readonly x: Shaped; readonly y: Shaped },
  {
    operation,
    layers,
    loss,
  }: { readonly operation: string; readonly layers: readonly Layer[]; readonly loss: Loss },
): void {
  const inputs = layers.at(0)?.inputFeatures;
  const outputs = layers.at(-1)?.outputFeatures;
  if (outputs === undefined) return;
  const due = loss.targetColumns(outputs);
  // Without known inputs, a y of one column is more likely a list of class numbers than the inputs.
  const swapped =
    x.cols === due &&
    y.cols !== due &&
    (inputs === undefined ? y.cols > 1 : y.cols === inputs && x.cols !== inputs);
  if (!swapped) return;
  throw new ShapeError(operation, {
    rule:
      `x and y seem to be swapped: x ${formatShape(x.shape)} has as many columns as the model's targets, ` +
      `y ${formatShape(y.shape)} as its inputs. Write ${operation}(inputs, targets).`,
    shapes: [x.shape, y.shape],
  });
}

/** Throws unless this is a layer or an input. */
export function checkLayer(layer: unknown): void {
  const part = layer as Partial<Layer & { readonly features: number }> | null | undefined;
  if (typeof part === "object" && part !== null && ("propagate" in part || "features" in part)) return;
  const got =
    typeof layer === "function" ? `the function ${layer.name}, which must be called` : String(layer);
  throw new TypeError(`add: a layer is made by dense(4), dropout(0.5), ...; got ${got}`);
}

/** Throws unless every callback is an object with functions for the moments of a training. */
export function checkCallbacks(callbacks: unknown): void {
  if (!Array.isArray(callbacks))
    throw new TypeError(`fit: callbacks must be a list, such as [earlyStopping({ patience: 5 })]`);
  callbacks.forEach((callback: unknown, i) => {
    if (typeof callback === "object" && callback !== null) return;
    const got =
      typeof callback === "function"
        ? `the function ${callback.name}: call it, ${callback.name}()`
        : String(callback);
    throw new TypeError(`fit: callbacks[${i}] must be a callback, such as earlyStopping(), got ${got}`);
  });
}
