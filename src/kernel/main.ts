import * as fs from "node:fs";
import module, { createRequire } from "node:module";
import * as os from "node:os";
import * as path from "node:path";
import { cellGlobals, createExecutor } from "./execution/index.js";
import { HistoryFile, historyPath } from "./history-file.js";
import { createLanguageService } from "./language/index.js";
import { runKernel } from "./process.js";

// What a kernelspec starts: `node dist/kernel/main.js {connection_file}`. Jupyter starts it in the notebook's folder.
const folder = currentFolder();
const require = createRequire(import.meta.url);

// Node 22 and newer keep compiled code on disk: TypeScript, 9 MB, then loads in a third of the time.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();

const ownPackage = path.resolve(import.meta.dirname, "..", "..", "package.json");

function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    // The folder was deleted or moved. A kernel that starts elsewhere can say so; one that dies cannot.
    process.chdir(os.homedir());
    return process.cwd();
  }
}

function versionOf(packageFile: string): string {
  return (JSON.parse(fs.readFileSync(packageFile, "utf8")) as { readonly version: string }).version;
}

/** Packages that every notebook may import, wherever it lies: this one, and the types of Node where they are installed. */
function packageFolders(): Record<string, string> {
  const folders: Record<string, string> = { gradus: path.dirname(ownPackage) };
  try {
    folders["@types/node"] = path.dirname(require.resolve("@types/node/package.json"));
  } catch {
    // Without them a notebook still runs; what it imports from Node is not checked.
  }
  return folders;
}

await runKernel({
  connectionFile: process.argv[2],
  create: (log) => {
    const language = createLanguageService({
      folder,
      globals: cellGlobals,
      packages: packageFolders(),
      leanPackages: ["danfojs-node"],
    });
    return {
      language,
      executor: createExecutor({ folder, onRestart: () => language.reset() }),
      history: new HistoryFile({ file: historyPath(), log }),
      versions: {
        gradus: versionOf(ownPackage),
        typescript: versionOf(require.resolve("typescript/package.json")),
        node: process.versions.node,
      },
    };
  },
});
