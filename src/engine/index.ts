export { activation, ActivationLayer } from "./activation-layer.js";
export type { LayerNameOption } from "./activation-layer.js";
export { activations, leakyRelu } from "./activations.js";
export type { Activation, ActivationName, ElementwiseActivation } from "./activations.js";
export { BatchNormalization, batchNormalization } from "./batch-normalization.js";
export type { BatchNormalizationOptions } from "./batch-normalization.js";
export type { Callback, TrainingContext } from "./callbacks.js";
export { constraints, maxNorm, nonNegative } from "./constraints.js";
export type { Constraint, ConstraintName } from "./constraints.js";
export { csvLogger } from "./csv-logger.js";
export type { CsvLoggerOptions } from "./csv-logger.js";
export { DataError } from "./data-error.js";
export { Dense, dense } from "./dense.js";
export type { DenseOptions, DenseWeights, DenseWeightValues } from "./dense.js";
export { DivergenceError } from "./divergence-error.js";
export { Dropout, dropout } from "./dropout.js";
export type { DropoutOptions } from "./dropout.js";
export type { Dtype, FloatArray } from "./dtype.js";
export type { FitOptions, StopSignal } from "./fit.js";
export { Flatten, flatten } from "./flatten.js";
export { earlyStopping } from "./early-stopping.js";
export type { EarlyStopping, EarlyStoppingOptions } from "./early-stopping.js";
export { modelCheckpoint } from "./model-checkpoint.js";
export type { Checkpoint, ModelCheckpoint, ModelCheckpointOptions } from "./model-checkpoint.js";
export type { MonitorMode, MonitorOptions } from "./monitored-figure.js";
export { reduceLROnPlateau } from "./reduce-lr-on-plateau.js";
export type { ReduceLROnPlateauOptions } from "./reduce-lr-on-plateau.js";
export { describeShapes } from "./shape-ledger.js";
export { Value, value } from "./value.js";
export { numericGradient } from "./gradient-check.js";
export { checkGradient, checkModelGradient } from "./gradient-report.js";
export type { ClaimedGradient, GradientPart, GradientReport, PartCheckOptions } from "./gradient-report.js";
export type { GradientCheck, GradientCheckOptions } from "./gradient-check.js";
export { gaussianNegativeLogLikelihood } from "./gaussian-negative-log-likelihood.js";
export { huber } from "./huber.js";
export type { History, HistoryParams, Logs } from "./history.js";
export { constant, initializers, randomNormal, randomUniform } from "./initializers.js";
export type { Initializer, InitializerContext, InitializerName } from "./initializers.js";
export { Input, input } from "./input.js";
export type {
  BuildContext,
  ForwardOptions,
  Layer,
  LayerRegularization,
  Parameter,
  StateArray,
} from "./layer.js";
export { ShapeKeepingLayer } from "./shape-keeping-layer.js";
export { binaryCrossentropy, categoricalCrossentropy } from "./crossentropy.js";
export type { CrossentropyOptions } from "./crossentropy.js";
export { losses, mae, mse } from "./losses.js";
export type { FusedLoss, Loss, LossFormula, LossName, PredictedAndTarget } from "./loss.js";
export { backend, setBackend, usesRelaxedSimd, usesThreads } from "./kernels/backend.js";
export type { Backend, BackendOptions } from "./kernels/backend.js";
export { setThreadSpawner } from "./kernels/team.js";
export type { SpawnThread } from "./kernels/team.js";
export type { ControlLayout, HelperStart } from "./kernels/helper-loop.js";
export { Matrix } from "./matrix.js";
export type { MatrixOptions } from "./matrix.js";
export { toFiniteMatrix, toMatrix } from "./matrix-like.js";
export type { DataRole, MatrixLike } from "./matrix-like.js";
export { metrics } from "./metrics.js";
export type {
  BinaryAccuracyOptions,
  CompiledMetric,
  DecisionMetricOptions,
  Metric,
  MetricContext,
  MetricCount,
  MetricName,
  MetricNameOption,
  MetricOptions,
  TopKAccuracyOptions,
} from "./metrics.js";
export { adadelta, adagrad, rmsprop } from "./adaptive-rates.js";
export type { AdadeltaOptions, AdagradOptions, RmspropOptions } from "./adaptive-rates.js";
export type { ClippingOptions, GradientClipping } from "./gradient-clipping.js";
export {
  cosineDecay,
  exponentialDecay,
  piecewiseConstantDecay,
  stepDecay,
  warmUp,
} from "./learning-rate-schedules.js";
export type { LearningRateSchedule } from "./learning-rate-schedules.js";
export { adam, adamW, momentum, nag, optimizers, sgd } from "./optimizers.js";
export type {
  AdamOptions,
  AdamWOptions,
  Optimizer,
  OptimizerName,
  OptimizerOptions,
  SgdOptions,
  UpdateRule,
} from "./optimizers.js";
export { OptionError } from "./options.js";
export { progressReporter, setProgressReporter } from "./progress.js";
export type { ProgressEvent, ProgressReporter } from "./progress.js";
export { l1, l1l2, l2, regularizers } from "./regularizers.js";
export type { Regularizer, RegularizerName } from "./regularizers.js";
export { Random } from "./random.js";
export type { RandomState } from "./random.js";
export { setFileAccess } from "./saving/file-access.js";
export type { FileAccess } from "./saving/file-access.js";
export { FormatError } from "./saving/format-error.js";
export { loadModel, modelFromBytes } from "./saving/load-model.js";
export type { SaveOptions } from "./saving/saved-model.js";
export { Sequential } from "./sequential.js";
export type { CompileOptions, EvaluateOptions, SequentialOptions, WeightOptions } from "./sequential.js";
export type { ClassWeight } from "./sample-weights.js";
export { elu } from "./smooth-rectifiers.js";
export { softmax } from "./softmax.js";
export { sparseCategoricalCrossentropy } from "./sparse-crossentropy.js";
export { formatShape, ShapeError } from "./shape-error.js";
export type { Shape } from "./shape-error.js";
export type { UnitCount } from "./unit-count.js";
export { SparseMatrix } from "./sparse-matrix.js";
export type { SparseParts } from "./sparse-matrix.js";
export type { InputsLike } from "./inputs.js";
export type { SamplesLike } from "./training-data.js";
export type { ClassesOption, ClassNumbers } from "./class-numbers.js";
export { confusionMatrix } from "./confusion-matrix.js";
export { f1, precision, recall } from "./precision-recall.js";
export type { Average, ClassScore, ScoreOptions } from "./precision-recall.js";
export { r2, rmse } from "./regression-scores.js";
export { auc, rocCurve } from "./roc-curve.js";
export type { RocCurve, RocCurveOptions, RocOptions } from "./roc-curve.js";
export { topKAccuracy } from "./top-k-accuracy.js";
