import type { Dtype } from "../dtype.js";
import type { Layer } from "../layer.js";
import type { Loss } from "../loss.js";
import type { Metric } from "../metrics.js";
import type { Optimizer } from "../optimizer.js";
import type { Random } from "../random.js";
import { insideOf, Sequential } from "../sequential.js";
import { checkedPath, fileAccess } from "./file-access.js";
import { FormatError } from "./format-error.js";
import { JsonReading, type Fail } from "./json-reading.js";
import { parseJson, show } from "./json-text.js";
import { makeFromOptions, makeThing } from "./making.js";
import { decodeSafetensors, type StoredTensor, type StoredTensors } from "./safetensors.js";
import { arraysOf, formatName, formatVersion, memoryName, shapeOf, tensorName } from "./saved-model.js";

/**
 * The model that `model.save(path)` wrote: the same predictions to the last bit, and if it was compiled, `fit` goes on as if it had
 * not stopped. Throws FormatError, naming the file and its fault, for a file that is damaged, foreign or of a newer version,
 * and Error for one that cannot be read.
 *
 * @example
 * import { dense, loadModel, Sequential } from "gradus";
 * const model = new Sequential({ layers: [dense(3, { inputDim: 2 })], seed: 1 });
 * model.save("net.safetensors");
 * const again = loadModel("net.safetensors");
 * console.log(again.predict([[1, 2]]).equals(model.predict([[1, 2]]))); // true
 */
export function loadModel(path: string): Sequential {
  const file = checkedPath(path, "loadModel");
  return readModel(fileAccess("loadModel").readBytes(file), `loadModel: ${file}`);
}

/**
 * The model that `model.toBytes()` wrote: `loadModel` where there are no files. Throws FormatError for other bytes.
 *
 * @example
 * import { dense, modelFromBytes, Sequential } from "gradus";
 * const model = new Sequential({ layers: [dense(3, { inputDim: 2 })], seed: 1 });
 * const again = modelFromBytes(model.toBytes());
 * console.log(again.predict([[1, 2]]).equals(model.predict([[1, 2]]))); // true
 */
export function modelFromBytes(bytes: Uint8Array): Sequential {
  if (!(bytes instanceof Uint8Array))
    throw new FormatError("modelFromBytes", `the bytes must be a Uint8Array, got ${show(bytes)}`);
  return readModel(bytes, "modelFromBytes");
}

/** Nothing is allocated for a claim of the file: a layer is built only when its tensors are there in full. */
function readModel(bytes: Uint8Array, source: string): Sequential {
  const stored = decodeSafetensors(bytes, source);
  const fail: Fail = (fault, cause) => {
    throw new FormatError(source, fault, { cause });
  };
  const root = readDescription(stored, fail);
  const dtype = root.text("dtype");
  if (dtype !== "float32" && dtype !== "float64") return root.fail("dtype", '"float32" or "float64"', dtype);
  const features = root.wholeNumber("inputFeatures");
  const model = new Sequential({ name: root.text("name"), dtype });
  const unread = new Map(stored.tensors);
  const generators: { layer: Layer; state: unknown; place: string }[] = [];
  const layers = root.list("layers").map((value, i) => {
    const place = `layers[${i}]`;
    const reading = new JsonReading(value, { place, fail });
    const kind = reading.text("kind");
    const options = new JsonReading(reading.take("options"), { place: `${place}.options`, fail }).all();
    const name = reading.text("name");
    const layer = makeFromOptions("layer", kind, { ...options, name }, { place, fail }) as Layer;
    generators.push({ layer, state: reading.take("generator"), place: `${place}.generator` });
    reading.end();
    return layer;
  });
  if (layers.length === 0) return fail("its model has no layers");

  let inputs = features;
  for (const layer of layers) {
    for (const { name, shape } of dueArrays(layer, inputs)) checkTensor(unread, { name, shape, dtype, fail });
    attempt(fail, () => {
      if (layer.kind !== "Dense") layer.expectFeatures(inputs);
      model.add(layer);
    });
    inputs = layer.outputFeatures ?? inputs;
  }
  attempt(fail, () => model.build(features));
  for (const layer of layers) {
    for (const array of arraysOf(layer))
      array.value.data.set(
        readNumbers(unread, { name: tensorName(layer, array), shape: shapeOf(array), dtype, fail }),
      );
  }
  restoreCompilation(model, root.take("compile"), { unread, dtype, fail });
  const inside = insideOf(model);
  const states = root.object("generators");
  setState(inside.generators.weights, states.take("weights"), { place: "generators.weights", fail });
  setState(inside.generators.order, states.take("order"), { place: "generators.order", fail });
  states.end();
  for (const { layer, state, place } of generators) {
    if (layer.generator !== undefined) setState(layer.generator, state, { place, fail });
    else if (state !== undefined) fail(`${place} belongs to a layer that draws nothing`);
  }
  root.end();
  const stranger = unread.keys().next().value;
  if (stranger !== undefined) fail(`has a tensor ${show(stranger)} that belongs to no part of its model`);
  return model;
}

function readDescription({ tensors, metadata }: StoredTensors, fail: Fail): JsonReading {
  const own = (name: string): string | undefined =>
    Object.hasOwn(metadata, name) ? metadata[name] : undefined;
  if (own("format") !== formatName) {
    const names = [...tensors.keys()].slice(0, 3).map(show).join(", ");
    fail(
      `is a safetensors file, but no model that gradus saved (its tensors: ${names || "none"}). ` +
        `It holds numbers without the layers they belong to; build the model in code and set model.weights`,
    );
  }
  const version = Number(own("version"));
  if (!Number.isSafeInteger(version) || version < 1)
    fail(`has the version ${show(own("version"))}, which is no whole number from 1 on`);
  if (version > formatVersion) {
    fail(
      `was written by a newer gradus: it has version ${version} of the format, this one reads up to ${formatVersion}. Update gradus`,
    );
  }
  let value: unknown;
  try {
    value = parseJson(own("model") ?? "");
  } catch (error) {
    fail(`the description of its model is no valid JSON text (${(error as Error).message})`, error);
  }
  return new JsonReading(value, { place: "model", fail });
}

interface Wanted {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  readonly fail: Fail;
}

/** The tensor, which must be there with this shape and format. */
function checkTensor(
  tensors: ReadonlyMap<string, StoredTensor>,
  { name, shape, dtype, fail }: Wanted,
): StoredTensor {
  const tensor = tensors.get(name);
  if (tensor === undefined) return fail(`the tensor ${show(name)} is missing`);
  if (tensor.dtype !== dtype) fail(`the tensor ${show(name)} is ${tensor.dtype}, but its model is ${dtype}`);
  const same = tensor.shape.length === shape.length && tensor.shape.every((size, i) => size === shape[i]);
  if (!same)
    fail(
      `the tensor ${show(name)} should have the shape [${shape.join(", ")}], but has [${tensor.shape.join(", ")}]`,
    );
  return tensor;
}

/** Its numbers, all finite; the tensor counts as read. */
function readNumbers(unread: Map<string, StoredTensor>, wanted: Wanted): Float32Array | Float64Array {
  const numbers = checkTensor(unread, wanted).read();
  unread.delete(wanted.name);
  const bad = numbers.findIndex((number) => !Number.isFinite(number));
  if (bad >= 0)
    wanted.fail(`the tensor ${show(wanted.name)} holds ${numbers[bad]} at place ${bad}; all must be finite`);
  return numbers;
}

/** The arrays that a layer will have for so many inputs, before it has them. */
function dueArrays(layer: Layer, inputs: number): { name: string; shape: readonly number[] }[] {
  const due = (name: string, shape: readonly number[]): { name: string; shape: readonly number[] } => ({
    name: `${layer.name}/${name}`,
    shape,
  });
  if (layer.kind === "Dense") return [due("kernel", [inputs, layer.outputFeatures ?? 0])];
  return layer.kind === "BatchNormalization" ? [due("movingMean", [inputs])] : [];
}

function restoreCompilation(
  model: Sequential,
  value: unknown,
  { unread, dtype, fail }: { unread: Map<string, StoredTensor>; dtype: Dtype; fail: Fail },
): void {
  if (value === null) return;
  const reading = new JsonReading(value, { place: "compile", fail });
  const loss = makeThing("loss", reading.take("loss"), { place: "compile.loss", fail }) as Loss;
  const optimizer = makeThing("optimizer", reading.take("optimizer"), {
    place: "compile.optimizer",
    fail,
  }) as Optimizer;
  const metrics = reading
    .list("metrics")
    .map((metric, i) => makeThing("metric", metric, { place: `compile.metrics[${i}]`, fail }) as Metric);
  const memory = reading.object("memory");
  reading.end();
  attempt(fail, () => model.compile({ loss, optimizer, metrics }));
  for (const layer of model.layers) {
    for (const parameter of layer.parameters) {
      const name = tensorName(layer, parameter);
      const kept = memory.take(name);
      if (kept === undefined) continue;
      const place = `compile.memory["${name}"]`;
      const rule = insideOf(model).compilation?.ruleFor(parameter);
      if (rule === undefined) continue;
      const numbers = new JsonReading(kept, { place, fail }).numbers();
      const due = Object.keys(rule.memory.numbers).sort().join(", ");
      if (Object.keys(numbers).sort().join(", ") !== due)
        fail(`${place} should have the numbers ${due || "none"}`);
      Object.assign(rule.memory.numbers, numbers);
      for (const [part, data] of Object.entries(rule.memory.arrays)) {
        const wanted = { name: memoryName(layer, parameter, part), shape: shapeOf(parameter), dtype, fail };
        data.set(readNumbers(unread, wanted));
      }
    }
  }
  memory.end();
}

function setState(
  random: Random,
  value: unknown,
  { place, fail }: { readonly place: string; readonly fail: Fail },
): void {
  const reading = new JsonReading(value, { place, fail });
  const words = reading.list("words");
  const spare = reading.take("spareNormal");
  reading.end();
  if (spare !== null && !Number.isFinite(spare)) fail(`${place}.spareNormal must be a number or null`);
  attempt(fail, () => {
    random.state = { words: words as readonly number[], spareNormal: (spare as number | null) ?? undefined };
  });
}

/** What the engine refuses to build is a fault of the file. */
function attempt(fail: Fail, act: () => void): void {
  try {
    act();
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error), error);
  }
}
