import type { InputsLike } from "./inputs.js";
import type { Sequential } from "./sequential.js";
import { formatShape } from "./shape-error.js";

/**
 * The shapes on the way of these rows through the model, one line a layer: what comes in, the weights by name, what goes out.
 * `dense (Dense)  [150, 4]  kernel [4, 16], bias [1, 16]  →  [150, 16]`. Throws ShapeError if x does not fit.
 *
 * @example
 * import { dense, describeShapes, loadIris, Sequential } from "gradus";
 * const layers = [dense(16, { activation: "relu" }), dense(3, { activation: "softmax" })];
 * const model = new Sequential({ layers });
 * console.log(describeShapes(model, loadIris().x));
 * // dense (Dense)    [150, 4]   kernel [4, 16], bias [1, 16]  →  [150, 16]
 * // dense_1 (Dense)  [150, 16]  kernel [16, 3], bias [1, 3]   →  [150, 3]
 */
export function describeShapes(model: Sequential, x: InputsLike): string {
  const outputs = model.activations(x);
  const lines = model.layers.map((layer, i) => {
    const arrays = [...layer.parameters, ...layer.state];
    return [
      `${layer.name} (${layer.kind})`,
      formatShape([outputs[i].rows, layer.inputFeatures ?? 0]),
      arrays.map(({ name, value }) => `${name} ${formatShape(value.shape)}`).join(", ") || "no weights",
      `→  ${formatShape(outputs[i].shape)}`,
    ];
  });
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
