import { fromFormulas, type ElementwiseActivation } from "./activation.js";
import { positiveNumber } from "./options.js";
import { remember } from "./recipe.js";

/**
 * x for x > 0, alpha · (eˣ - 1) below (Clevert et al. 2016). f' = 1 or alpha · eˣ. Default alpha 1.
 *
 * @example
 * import { elu } from "gradus";
 * const { value, derivative } = elu({ alpha: 1 });
 * console.log(value(-1).toFixed(4), value(2), derivative(2)); // -0.6321 2 1
 */
export function elu({ alpha = 1 }: { readonly alpha?: number } = {}): ElementwiseActivation {
  positiveNumber("elu", { option: "alpha", value: alpha });
  const made = fromFormulas(
    {
      name: "elu",
      value: (x) => (x > 0 ? x : alpha * Math.expm1(x)),
      derivative: (x) => (x > 0 ? 1 : alpha * Math.exp(x)),
    },
    { kernel: "elu", a: 1, b: alpha },
  );
  return remember(made, "elu", { alpha });
}

/** The constants of Klambauer et al., "Self-normalizing neural networks", 2017, which keep mean 0 and variance 1 from layer to layer. */
const seluAlpha = 1.6732632423543772;
const seluScale = 1.0507009873554805;

/** scale · elu(x) with alpha 1.67326 and scale 1.05070; to be used with lecunNormal. */
export const selu: ElementwiseActivation = fromFormulas(
  {
    name: "selu",
    value: (x) => seluScale * (x > 0 ? x : seluAlpha * Math.expm1(x)),
    derivative: (x) => seluScale * (x > 0 ? 1 : seluAlpha * Math.exp(x)),
  },
  { kernel: "elu", a: seluScale, b: seluScale * seluAlpha },
);

/** x · Φ(x), Φ the normal distribution function (Hendrycks and Gimpel 2016), exact as Keras' default. f' = Φ(x) + x φ(x). */
export const gelu: ElementwiseActivation = fromFormulas(
  {
    name: "gelu",
    value: (x) => x * normalDistribution(x),
    derivative: (x) => normalDistribution(x) + (x * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI),
  },
  { kernel: "gelu" },
);

/** ln(1 + eˣ), written as max(x, 0) + ln(1 + e^-|x|), which never overflows. f' = σ(x). */
export const softplus: ElementwiseActivation = fromFormulas(
  {
    name: "softplus",
    value: (x) => (x > 0 ? x : 0) + Math.log1p(Math.exp(-Math.abs(x))),
    derivative: (x) => 1 / (1 + Math.exp(-x)),
  },
  { kernel: "softplus" },
);

/** x · σ(x), also called SiLU (Ramachandran et al. 2017). f' = σ + x σ (1 - σ). */
export const swish: ElementwiseActivation = fromFormulas(
  {
    name: "swish",
    value: (x) => x / (1 + Math.exp(-x)),
    derivative: (x) => {
      const sigma = 1 / (1 + Math.exp(-x));
      return sigma + x * sigma * (1 - sigma);
    },
  },
  { kernel: "swish" },
);

/** Φ(x) = ½ erfc(-x / √2), to about 15 digits. Abramowitz and Stegun, 26.2.11 near 0 and the fraction 26.2.14 in the tails. */
function normalDistribution(x: number): number {
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  const distance = Math.abs(x);
  if (!(distance >= 2.5)) {
    // x + x³/3 + x⁵/(3·5) + ...: all terms have one sign, so that nothing cancels.
    let term = x;
    let sum = x;
    for (let n = 3; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) {
      term *= (x * x) / n;
      sum += term;
    }
    return 0.5 + density * sum;
  }
  // 1 / (x + 1 / (x + 2 / (x + 3 / ...))), from the inside out; at x = 2.5 the 50th step is beyond the 16th digit.
  let fraction = distance;
  for (let k = 50; k >= 1; k--) fraction = distance + k / fraction;
  return x > 0 ? 1 - density / fraction : density / fraction;
}
