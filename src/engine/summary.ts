import type { Dtype } from "./dtype.js";
import type { Layer, StateArray } from "./layer.js";

/** The table of layers, output shapes and parameter counts that Keras prints; `None` stands for any number of rows. */
export function summarize(model: {
  readonly name: string;
  readonly layers: readonly Layer[];
  readonly dtype: Dtype;
}): string {
  const rows = model.layers.map((layer) => [
    `${layer.name} (${layer.kind})`,
    `(None, ${layer.outputFeatures ?? "?"})`,
    layer.built ? countParameters(layer).toLocaleString("en-US") : "0 (unbuilt)",
  ]);
  const header = ["Layer (type)", "Output Shape", "Param #"];
  const widths = header.map((title, i) =>
    Math.max([28, 22, 15][i], title.length, ...rows.map((row) => row[i].length)),
  );
  const line = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => "─".repeat(width + 2)).join(middle) + right;
  const cells = (row: readonly string[]): string =>
    "│ " +
    row.map((cell, i) => (i === 2 ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join(" │ ") +
    " │";

  const body = rows.flatMap((row) => [line("├", "┼", "┤"), cells(row)]);
  const total = model.layers.reduce((sum, layer) => sum + countParameters(layer), 0);
  const fixed = model.layers.reduce(
    (sum, layer) => sum + (layer.trainable ? countNumbers(layer.state) : countParameters(layer)),
    0,
  );
  const bytesEach = model.dtype === "float32" ? 4 : 8;
  return [
    `Model: "${model.name}"`,
    line("┌", "┬", "┐"),
    cells(header),
    ...body,
    line("└", "┴", "┘"),
    ` Total params: ${amount(total, bytesEach)}`,
    ` Trainable params: ${amount(total - fixed, bytesEach)}`,
    ` Non-trainable params: ${amount(fixed, bytesEach)}`,
  ].join("\n");
}

/** The numbers in a layer, trainable or not: for a dense one inputs · units + units, for batch normalization 4 a feature. */
export function countParameters({ parameters, state }: Layer): number {
  return countNumbers(parameters) + countNumbers(state);
}

function countNumbers(arrays: readonly StateArray[]): number {
  return arrays.reduce((sum, { value }) => sum + value.data.length, 0);
}

function amount(count: number, bytesEach: number): string {
  const units = ["B", "KB", "MB", "GB"];
  let size = count * bytesEach;
  let unit = 0;
  for (; size >= 1024 && unit < units.length - 1; unit++) size /= 1024;
  return `${count.toLocaleString("en-US")} (${size.toFixed(2)} ${units[unit]})`;
}
