import { bar } from "./bar.js";
import { confusionMatrix } from "./confusion-matrix.js";
import { decisionBoundary } from "./decision-boundary.js";
import { heatmap } from "./heatmap.js";
import { history } from "./history.js";
import { line, scatter } from "./line.js";

/** Every kind of figure, under one name: `plot.line(...)`, `plot.history(...)`. */
export interface Plot {
  readonly line: typeof line;
  readonly scatter: typeof scatter;
  readonly bar: typeof bar;
  readonly heatmap: typeof heatmap;
  readonly confusionMatrix: typeof confusionMatrix;
  readonly decisionBoundary: typeof decisionBoundary;
  readonly history: typeof history;
}

export const plot: Plot = { line, scatter, bar, heatmap, confusionMatrix, decisionBoundary, history };
