import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The name under which JupyterLab knows the extension; it is also the name of its folder. */
export const labextensionName: string = "gradus-figures";

export interface AssembleOptions {
  /** plotly's distributed file, `node_modules/plotly.js-dist/plotly.js`; its package.json must lie beside it. */
  readonly plotlyFile: string;
  /** The finished extension: `<environment>/share/jupyter/labextensions/gradus-figures`. */
  readonly targetFolder: string;
  /** The folder `src/labextension`, whose `browser` holds the browser's modules; by default the folder of this file. */
  readonly sourceFolder?: string;
}

/**
 * Puts the JupyterLab extension together: package.json, install.json, static/<hash>/ with our modules, and
 * static/plotly-<version>.js. No bundler: the files are served as they are.
 *
 * File names hold a version or a hash, so a browser never uses an old copy. The folder appears complete or not at all:
 * it is written beside its place and then renamed.
 *
 * @returns "written", or "up to date" when the folder already holds this very version.
 * @throws Error when plotly's file or package.json is missing.
 */
export function assembleLabextension(options: AssembleOptions): "written" | "up to date" {
  const browserFolder = join(options.sourceFolder ?? fileURLToPath(new URL(".", import.meta.url)), "browser");
  const plotlyVersion = versionOf(options.plotlyFile);
  const plotlyName = `plotly-${plotlyVersion}.js`;
  const names = readdirSync(browserFolder)
    .filter((name) => name.endsWith(".js"))
    .sort();
  const hash = createHash("sha256").update(plotlyName);
  for (const name of names) hash.update(name).update(readFileSync(join(browserFolder, name)));
  const version = hash.digest("hex").slice(0, 16);
  const manifest = `${JSON.stringify(manifestOf(version), null, 2)}\n`;

  const { targetFolder } = options;
  if (isUpToDate(targetFolder, manifest, plotlyName, version)) return "up to date";
  refuseForeignFolder(targetFolder);

  const parent = dirname(targetFolder);
  // JupyterLab skips names that begin with a dot, so it never loads a half-written extension.
  const fresh = join(parent, `.${basename(targetFolder)}-new-${process.pid}`);
  const stale = join(parent, `.${basename(targetFolder)}-old-${process.pid}`);
  const modules = join(fresh, "static", version);
  try {
    mkdirSync(modules, { recursive: true });
    for (const name of names) cpSync(join(browserFolder, name), join(modules, name));
    writeFileSync(join(modules, "plotly-file.js"), `export default ${JSON.stringify(`../${plotlyName}`)};\n`);
    cpSync(options.plotlyFile, join(fresh, "static", plotlyName));
    writeFileSync(join(fresh, "install.json"), installNote());
    writeFileSync(join(fresh, "package.json"), manifest);
    if (existsSync(targetFolder)) renameSync(targetFolder, stale);
    renameSync(fresh, targetFolder);
  } catch (error) {
    if (existsSync(stale) && !existsSync(targetFolder)) renameSync(stale, targetFolder);
    throw error;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(stale, { recursive: true, force: true });
  }
  return "written";
}

function manifestOf(version: string): object {
  return {
    name: labextensionName,
    version: `0.1.0+${version}`,
    description: "Draws the figures of gradus in notebooks with a local copy of plotly.js.",
    license: "MIT",
    type: "module",
    jupyterlab: {
      mimeExtension: true,
      _build: { load: `static/${version}/remoteEntry.js`, mimeExtension: "./mimeExtension" },
    },
  };
}

function installNote(): string {
  const note = {
    packageManager: "npm",
    packageName: "gradus",
    uninstallInstructions: `Delete this folder (labextensions/${labextensionName}).`,
  };
  return `${JSON.stringify(note, null, 2)}\n`;
}

function isUpToDate(targetFolder: string, manifest: string, plotlyName: string, version: string): boolean {
  try {
    return (
      readFileSync(join(targetFolder, "package.json"), "utf8") === manifest &&
      existsSync(join(targetFolder, "static", plotlyName)) &&
      existsSync(join(targetFolder, "static", version, "remoteEntry.js"))
    );
  } catch {
    // No folder yet, or one that cannot be read: write it.
    return false;
  }
}

function refuseForeignFolder(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  const manifest = join(folder, "package.json");
  const isOurs =
    existsSync(manifest) && readFileSync(manifest, "utf8").includes(`"name": "${labextensionName}"`);
  if (isOurs) return;
  throw new Error(
    `labextension: ${folder} holds other files and would be replaced as a whole. ` +
      `Name a folder of its own, for example .../labextensions/${labextensionName}.`,
  );
}

function versionOf(plotlyFile: string): string {
  const manifest = join(dirname(plotlyFile), "package.json");
  if (!existsSync(plotlyFile) || !existsSync(manifest)) {
    throw new Error(`labextension: there is no plotly at ${plotlyFile}. Run "npm install" first.`);
  }
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version?: unknown };
  if (typeof version === "string" && /^[\w.+-]+$/.test(version)) return version;
  throw new Error(`labextension: ${manifest} names no version`);
}
