// AssemblyScript: what the compiled module exports.
export {
  reluBackward,
  reluForward,
  sigmoidBackward,
  sigmoidForward,
  tanhBackward,
  tanhForward,
} from "./activations";
export { dropElements, firstNotFinite, multiplyElements } from "./elements";
export { useBench } from "./multiply-add";
export { affine, affineInputGradient, affineWeightGradient, columnSums } from "./products";
export {
  eluBackward,
  eluForward,
  geluBackward,
  geluForward,
  leakyReluBackward,
  leakyReluForward,
  softmaxBackward,
  softmaxForward,
  softplusBackward,
  softplusForward,
  swishBackward,
  swishForward,
} from "./smooth-rectifiers";
export { sparseAdamStep, sparseAffine, sparseSgdStep, sparseWeightGradient, turnRows } from "./sparse";
export { adadeltaStep, adagradStep, adamStep, momentumStep, rmspropStep, sgdStep } from "./steps";
