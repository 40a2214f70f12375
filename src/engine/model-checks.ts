import type { Layer } from "./layer.js";
import type { Loss } from "./loss.js";

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

/** Throws if no gradient can pass one of the layers. */
export function checkTrainable(layers: readonly Layer[]): void {
  const blocked = layers.find((layer) => !layer.trainable);
  if (blocked === undefined) return;
  throw new Error(
    `fit: the layer "${blocked.name}" has the activation "${blocked.outputActivation}", whose derivative is 0 everywhere, ` +
      `so gradient descent cannot learn through it. Use "sigmoid" or "relu", or set its weights by hand and only predict.`,
  );
}
