import type { Layer } from "../layer.js";
import { recipeOf } from "../recipe.js";
import type { Sequential } from "../sequential.js";
import { describe, describeOptions, type Complain } from "./description.js";
import { makers } from "./makers.js";
import { encodeSafetensors, type Tensor } from "./safetensors.js";
import {
  arraysOf,
  describeState,
  formatName,
  formatVersion,
  memoryName,
  shapeOf,
  tensorName,
  type ModelInside,
  type SaveOptions,
} from "./saved-model.js";

/**
 * The model as the bytes of a safetensors file. Throws Error, before anything is made, if the model has no weights yet, if one of
 * them is not finite, or if it holds functions that no file can hold; the message names all of them.
 */
export function writeModel(
  model: Sequential,
  { compilation, generators }: ModelInside,
  { operation, includeOptimizer = true }: SaveOptions & { readonly operation: string },
): Uint8Array {
  const faults: string[] = [];
  const complain: Complain = (sentence) => void faults.push(sentence);
  const layers = model.layers.map((layer) => describeLayer(layer, complain));
  const tensors = new Map<string, Tensor>();
  const memory: Record<string, Record<string, number>> = {};
  for (const layer of model.layers) {
    for (const array of arraysOf(layer))
      tensors.set(tensorName(layer, array), { shape: shapeOf(array), data: array.value.data });
  }
  const compile = compilation && {
    loss: describe("loss", compilation.loss, { place: "the loss", complain }),
    optimizer: describe("optimizer", compilation.optimizer, { place: "the optimizer", complain }),
    metrics: compilation.chosenMetrics.map((metric) =>
      describe("metric", metric, { place: `the metric "${metric.name}"`, complain }),
    ),
  };
  if (faults.length > 0) {
    throw new Error(
      `${operation}: ${faults.join("; ")}. A file cannot hold a function that is not part of gradus. ` +
        `Keep the weights instead (model.weights) and build the model in code.`,
    );
  }
  checkBuilt(model, operation);
  if (includeOptimizer && compilation !== undefined) {
    for (const layer of model.layers) {
      for (const parameter of layer.parameters) {
        const rule = compilation.rules.get(parameter);
        if (rule === undefined) continue;
        const { arrays, numbers } = rule.memory;
        memory[tensorName(layer, parameter)] = { ...numbers };
        for (const [name, data] of Object.entries(arrays))
          tensors.set(memoryName(layer, parameter, name), { shape: shapeOf(parameter), data });
      }
    }
  }
  checkFinite(tensors, operation);
  const description = {
    name: model.name,
    dtype: model.dtype,
    inputFeatures: model.layers[0].inputFeatures,
    layers,
    generators: {
      weights: describeState(generators.weights.state),
      order: describeState(generators.order.state),
    },
    compile: compile === undefined ? null : { ...compile, memory },
  };
  return encodeSafetensors(tensors, {
    format: formatName,
    version: String(formatVersion),
    model: JSON.stringify(description),
  });
}

function describeLayer(layer: Layer, complain: Complain): Record<string, unknown> {
  const { name, kind, generator } = layer;
  const place = `the layer "${name}"`;
  const recipe = recipeOf(layer);
  // A layer with a method exchanged computes something else than its recipe.
  if (recipe === undefined || Object.values(layer).some((value) => typeof value === "function")) {
    complain(`${place} is of a kind of your own`);
    return {};
  }
  const { fields } = makers.layer[recipe.name];
  const options = describeOptions(recipe, { fields, place, complain });
  // It may have been frozen since it was made.
  if (!layer.trainable && "trainable" in fields) options["trainable"] = false;
  const state = generator && describeState(generator.state);
  return { kind, name, options, ...(state && { generator: state }) };
}

function checkBuilt({ layers }: Sequential, operation: string): void {
  if (layers.length === 0)
    throw new Error(`${operation}: the model has no layers; there is nothing to write`);
  const unbuilt = layers.find((layer) => !layer.built);
  if (unbuilt === undefined) return;
  throw new Error(
    `${operation}: the layer "${unbuilt.name}" has no weights yet, because its number of inputs is unknown. ` +
      `Begin the model with input(...), or fit it first.`,
  );
}

function checkFinite(tensors: ReadonlyMap<string, Tensor>, operation: string): void {
  for (const [name, { data }] of tensors) {
    const bad = data.findIndex((number) => !Number.isFinite(number));
    if (bad < 0) continue;
    throw new Error(
      `${operation}: ${name} holds ${data[bad]}, so the training has diverged and the model is unusable. ` +
        `Make it anew, with a lower learning rate or standardized inputs.`,
    );
  }
}
