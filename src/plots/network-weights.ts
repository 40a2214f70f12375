import { type CheckedGrid, describe, type GridLike, type Numbers, readGrid, readNumbers } from "./numbers.js";

/** Weights and bias of one fully connected layer: `kernel` is [inputs, units]. */
export interface LayerWeights {
  readonly kernel: GridLike;
  readonly bias?: Numbers;
}

/** A model whose layers know their weights; a `Sequential` is one. */
export interface LayeredModel {
  readonly layers: readonly { readonly weights: Readonly<Record<string, GridLike>> }[];
}

/** Layer sizes, the inputs first, and what is known of the weights between them. */
export interface ReadNetwork {
  readonly sizes: readonly number[];
  readonly kernels?: readonly CheckedGrid[];
  readonly biases?: readonly (readonly number[] | undefined)[];
}

/** Reads layer sizes, or a model's weights, and checks that they fit each other. */
export function readNetwork(
  where: string,
  network: readonly number[] | LayeredModel,
  given: readonly LayerWeights[] | undefined,
): ReadNetwork {
  const fromModel = !Array.isArray(network);
  if (fromModel && (typeof network !== "object" || network === null || !("layers" in network))) {
    throw new TypeError(`${where}: expects layer sizes like [2, 3, 1] or a model, got ${describe(network)}`);
  }
  const weights: readonly LayerWeights[] | undefined = fromModel
    ? (network as LayeredModel).layers.flatMap(({ weights: own }): LayerWeights[] =>
        own["kernel"] === undefined
          ? []
          : [
              {
                kernel: own["kernel"],
                ...(own["bias"] === undefined ? {} : { bias: own["bias"] as Numbers }),
              },
            ],
      )
    : given;
  if (fromModel && weights?.length === 0) {
    throw new RangeError(
      `${where}: the model has no layer with weights yet. Give it inputDim, or fit it first.`,
    );
  }
  const kernels = weights?.map(({ kernel }, k) => readGrid(kernel, `${where}: weights of layer ${k + 1}`));
  const sizes = fromModel
    ? [kernels![0].rows, ...kernels!.map(({ cols }) => cols)]
    : [...(network as readonly number[])];
  if (sizes.length < 2 || !sizes.every((size) => Number.isInteger(size) && size >= 1)) {
    throw new RangeError(
      `${where}: sizes must be at least two whole numbers of 1 or more, got [${sizes.join(", ")}]`,
    );
  }
  if (kernels === undefined) return { sizes };
  if (kernels.length !== sizes.length - 1) {
    throw new RangeError(
      `${where}: ${sizes.length} layers need ${sizes.length - 1} weight matrices, got ${kernels.length}`,
    );
  }
  kernels.forEach((kernel, k) => {
    if (kernel.rows === sizes[k] && kernel.cols === sizes[k + 1]) return;
    throw new RangeError(
      `${where}: the weights of layer ${k + 1} are [${kernel.rows}, ${kernel.cols}], but it joins ${sizes[k]} and ${sizes[k + 1]} units`,
    );
  });
  const biases = weights!.map(({ bias }, k) => {
    if (bias === undefined) return undefined;
    const read = readNumbers(bias, `${where}: bias of layer ${k + 1}`);
    if (read.length === sizes[k + 1]) return read;
    throw new RangeError(
      `${where}: the bias of layer ${k + 1} has ${read.length} values for ${sizes[k + 1]} units`,
    );
  });
  return { sizes, kernels, biases };
}
