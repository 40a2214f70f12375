import { bar } from "./bar.js";
import { beside } from "./beside.js";
import { computationGraph } from "./computation-graph.js";
import { confusionMatrix } from "./confusion-matrix.js";
import { contour } from "./contour.js";
import { convolution } from "./convolution.js";
import { decisionBoundary } from "./decision-boundary.js";
import { box, ridgeline } from "./distributions.js";
import { featureSpace } from "./feature-space.js";
import { frames, slider } from "./frames.js";
import { gateSliders } from "./gate-sliders.js";
import { heatmap } from "./heatmap.js";
import { histogram, layerHistograms } from "./histogram.js";
import { history } from "./history.js";
import { image } from "./image.js";
import { line, scatter } from "./line.js";
import { matrixProduct } from "./matrix-product.js";
import { nestedSets } from "./nested-sets.js";
import { networkDiagram } from "./network-diagram.js";
import { pairPlot } from "./pair-plot.js";
import { regions } from "./regions.js";
import { roc } from "./roc.js";
import { surface } from "./surface.js";
import { timeline } from "./timeline.js";

/** Every kind of figure, under one name: `plot.line(...)`, `plot.history(...)`. */
export interface Plot {
  readonly line: typeof line;
  readonly scatter: typeof scatter;
  readonly bar: typeof bar;
  readonly histogram: typeof histogram;
  readonly layerHistograms: typeof layerHistograms;
  readonly ridgeline: typeof ridgeline;
  readonly box: typeof box;
  readonly heatmap: typeof heatmap;
  readonly image: typeof image;
  readonly contour: typeof contour;
  readonly surface: typeof surface;
  readonly confusionMatrix: typeof confusionMatrix;
  readonly decisionBoundary: typeof decisionBoundary;
  readonly regions: typeof regions;
  readonly pairPlot: typeof pairPlot;
  readonly history: typeof history;
  readonly roc: typeof roc;
  readonly networkDiagram: typeof networkDiagram;
  readonly computationGraph: typeof computationGraph;
  readonly matrixProduct: typeof matrixProduct;
  readonly convolution: typeof convolution;
  readonly featureSpace: typeof featureSpace;
  readonly gateSliders: typeof gateSliders;
  readonly timeline: typeof timeline;
  readonly nestedSets: typeof nestedSets;
  /** Figures next to each other. */
  readonly beside: typeof beside;
  /** A figure for every position of one or more sliders. */
  readonly slider: typeof slider;
  /** Figures as the steps of one figure. */
  readonly frames: typeof frames;
}

/**
 * Every kind of figure under one name, to be shown with `display(figure)` or as the last line of a cell.
 * Each needs `alt`, a sentence for readers who cannot see it, unless it can write one itself.
 *
 * @example
 * import { display, plot } from "gradus";
 * display(plot.line([3, 1.5, 1], { alt: "The loss falls from 3 to 1." }));
 * // Figure: The loss falls from 3 to 1.
 */
export const plot: Plot = {
  line,
  scatter,
  bar,
  histogram,
  layerHistograms,
  ridgeline,
  box,
  heatmap,
  image,
  contour,
  surface,
  confusionMatrix,
  decisionBoundary,
  regions,
  pairPlot,
  history,
  roc,
  networkDiagram,
  computationGraph,
  matrixProduct,
  convolution,
  featureSpace,
  gateSliders,
  timeline,
  nestedSets,
  beside,
  slider,
  frames,
};
