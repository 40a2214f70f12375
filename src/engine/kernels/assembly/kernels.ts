// AssemblyScript: what the compiled module exports.
export {
  reluBackward,
  reluForward,
  sigmoidBackward,
  sigmoidForward,
  tanhBackward,
  tanhForward,
} from "./activations";
export { affine, affineInputGradient, affineWeightGradient, countNonZeros } from "./products";
export { adamStep, momentumStep, sgdStep } from "./steps";
