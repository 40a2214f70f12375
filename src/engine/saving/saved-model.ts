import type { Compilation } from "../compilation.js";
import type { Layer, StateArray } from "../layer.js";
import type { Random, RandomState } from "../random.js";

/** What a file of this kind calls itself in `__metadata__`. */
export const formatName = "gradus-model";

/** A reader takes files up to its own version. It rises when older readers would misread a file. */
export const formatVersion = 1;

/** What saving reads, and loading sets, beside the public parts of a model. */
export interface ModelInside {
  readonly compilation: Compilation | undefined;
  /** Of the first weights of layers that are not built yet, and of the order of the rows. */
  readonly generators: { readonly weights: Random; readonly order: Random };
}

/** The options of `model.save` and `model.toBytes`. */
export interface SaveOptions {
  /** Also write what the optimizer remembers, so that training goes on to the last bit as if it had not stopped. Default true. */
  readonly includeOptimizer?: boolean;
}

/** The arrays of a layer that a file holds: the trained ones, then the ones that it keeps up to date itself. */
export function arraysOf(layer: Layer): readonly StateArray[] {
  return [...layer.parameters, ...layer.state];
}

/** A kernel is a matrix; everything else is one row, which Python knows as a vector. */
export function shapeOf({ name, value }: StateArray): readonly number[] {
  return name === "kernel" ? value.shape : [value.cols];
}

/** `dense/kernel`, `dense_1/bias` */
export function tensorName(layer: Layer, array: StateArray): string {
  return `${layer.name}/${array.name}`;
}

/** `optimizer/dense/kernel/velocity` */
export function memoryName(layer: Layer, array: StateArray, memory: string): string {
  return `optimizer/${tensorName(layer, array)}/${memory}`;
}

/** JSON of a generator's state. */
export function describeState({ words, spareNormal }: RandomState): Record<string, unknown> {
  return { words, spareNormal: spareNormal ?? null };
}
