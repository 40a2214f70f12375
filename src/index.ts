/** The one door: everything that a notebook imports comes from here. */
import { setProgressReporter } from "./engine/index.js";
import { defaultProgressLine } from "./progress-line.js";

export * from "./datasets/index.js";
export * from "./display/index.js";
export * from "./engine/index.js";
export * from "./frames/index.js";
export * from "./plots/index.js";
export * from "./text/index.js";

// The engine never prints. Whoever uses the library as a whole gets a progress line while a model trains.
setProgressReporter(defaultProgressLine());
