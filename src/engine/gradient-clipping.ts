import type { FloatArray } from "./dtype.js";
import { OptionError, positiveNumber } from "./options.js";

/** At most one of the three may be set. */
export interface ClippingOptions {
  /** Each parameter's gradient g with ‖g‖ above it is scaled by clipNorm / ‖g‖. */
  readonly clipNorm?: number | undefined;
  /** Each number of a gradient is held within ±clipValue. */
  readonly clipValue?: number | undefined;
  /** All gradients together are scaled by globalClipNorm / ‖all‖ if ‖all‖ is above it: their direction stays (Pascanu et al. 2013). */
  readonly globalClipNorm?: number | undefined;
}

/** Shortens the gradients of one step in place. */
export type GradientClipping = (gradients: readonly FloatArray[]) => void;

/** The clipping that the options ask for, or undefined. Throws OptionError for a limit that is not above 0 or for two of them. */
export function gradientClipping(operation: string, options: ClippingOptions): GradientClipping | undefined {
  const { clipNorm, clipValue, globalClipNorm } = options;
  const set = Object.entries({ clipNorm, clipValue, globalClipNorm }).filter(
    ([, value]) => value !== undefined,
  );
  for (const [option, value] of set) positiveNumber(operation, { option, value: value as number });
  if (set.length > 1) {
    const names = set.map(([option]) => option);
    throw new OptionError(`${operation}: only one way of clipping can be set, got ${names.join(" and ")}`, {
      option: names[1],
      value: set[1][1],
    });
  }
  if (clipNorm !== undefined) return (gradients) => gradients.forEach((g) => shorten([g], clipNorm));
  if (globalClipNorm !== undefined) return (gradients) => shorten(gradients, globalClipNorm);
  if (clipValue === undefined) return undefined;
  return (gradients) => {
    for (const g of gradients) {
      for (let i = 0; i < g.length; i++) {
        if (g[i] > clipValue) g[i] = clipValue;
        else if (g[i] < -clipValue) g[i] = -clipValue;
      }
    }
  };
}

/** Scales the arrays so that their common length √Σg² is at most the limit. */
function shorten(arrays: readonly FloatArray[], limit: number): void {
  let square = 0;
  for (const g of arrays) for (let i = 0; i < g.length; i++) square += g[i] * g[i];
  const length = Math.sqrt(square);
  if (length <= limit) return;
  const factor = limit / length;
  for (const g of arrays) for (let i = 0; i < g.length; i++) g[i] *= factor;
}
