/** The one door: everything that a notebook imports comes from here. */
import { installCourse } from "./course-files.js";
import { setFileAccess, setProgressReporter, setThreadSpawner } from "./engine/index.js";
import { setLedgerPlace } from "./experiments/index.js";
import { helperThread } from "./helper-thread.js";
import * as library from "./index.js";
import { ledgerFiles } from "./ledger-files.js";
import { modelFiles } from "./model-files.js";
import { defaultProgressLine } from "./progress-line.js";

export * from "./datasets/index.js";
export * from "./display/index.js";
export * from "./engine/index.js";
export * from "./exercises/index.js";
export * from "./experiments/index.js";
export * from "./frames/index.js";
export * from "./plots/index.js";
export * from "./text/index.js";

// The engine never prints. Whoever uses the library as a whole gets a progress line while a model trains.
setProgressReporter(defaultProgressLine());
// Nor does it open files. Whoever uses the library as a whole can save models and logs to the disk.
setFileAccess(modelFiles);
// And it starts no threads: with this, setBackend("wasm", { threads: 2 }) can have one.
setThreadSpawner(helperThread);
// The lessons' checks import "gradus", too: they get this very library.
installCourse({ library });
// Ledgers of experiments are files beside the progress.
setLedgerPlace(ledgerFiles);
