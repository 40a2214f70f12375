import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compileFunction, constants } from "node:vm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { assembleLabextension } from "../../src/labextension/assemble.js";
import { FakePage, FakePlotly, fakeWidgetClass } from "./fake-page.js";

const sourceFolder = fileURLToPath(new URL("../../src/labextension", import.meta.url));
let folder: string;
let plotlyFile: string;
let targetFolder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gradus-labextension-"));
  plotlyFile = join(folder, "plotly.js-dist", "plotly.js");
  targetFolder = join(folder, "labextensions", "gradus-figures");
  plotlyOfVersion("4.1.1");
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function plotlyOfVersion(version: string): void {
  mkdirSync(dirname(plotlyFile), { recursive: true });
  writeFileSync(plotlyFile, `// plotly ${version}`);
  writeFileSync(join(dirname(plotlyFile), "package.json"), JSON.stringify({ version }));
}

interface Manifest {
  readonly name: string;
  readonly jupyterlab: {
    readonly mimeExtension: boolean;
    readonly _build: { load: string; mimeExtension: string };
  };
}

function manifest(): Manifest {
  return JSON.parse(readFileSync(join(targetFolder, "package.json"), "utf8")) as Manifest;
}

describe("assembleLabextension", () => {
  test("writes an extension whose manifest names files that are there, and leaves nothing else behind", () => {
    expect(assembleLabextension({ plotlyFile, sourceFolder, targetFolder })).toBe("written");
    const { name, jupyterlab } = manifest();
    expect([name, jupyterlab.mimeExtension, jupyterlab._build.mimeExtension]).toEqual([
      "gradus-figures",
      true,
      "./mimeExtension",
    ]);
    expect(existsSync(join(targetFolder, jupyterlab._build.load))).toBe(true);
    expect(readFileSync(join(targetFolder, "static", "plotly-4.1.1.js"), "utf8")).toBe("// plotly 4.1.1");
    expect(readdirSync(dirname(targetFolder))).toEqual(["gradus-figures"]);
  });

  test("does nothing the second time, and repairs a copy that lost its plotly", () => {
    assembleLabextension({ plotlyFile, sourceFolder, targetFolder });
    expect(assembleLabextension({ plotlyFile, sourceFolder, targetFolder })).toBe("up to date");
    rmSync(join(targetFolder, "static", "plotly-4.1.1.js"));
    expect(assembleLabextension({ plotlyFile, sourceFolder, targetFolder })).toBe("written");
  });

  test("a new plotly, or a change in our own files, changes the path that the browser asks for", () => {
    assembleLabextension({ plotlyFile, sourceFolder, targetFolder });
    const first = manifest().jupyterlab._build.load;
    plotlyOfVersion("4.2.0");
    expect(assembleLabextension({ plotlyFile, sourceFolder, targetFolder })).toBe("written");
    const second = manifest().jupyterlab._build.load;
    expect(readdirSync(join(targetFolder, "static")).filter((name) => name.startsWith("plotly"))).toEqual([
      "plotly-4.2.0.js",
    ]);
    const changed = join(folder, "changed");
    cpSync(sourceFolder, changed, { recursive: true });
    writeFileSync(join(changed, "browser", "theme.js"), "// changed");
    assembleLabextension({ plotlyFile, sourceFolder: changed, targetFolder });
    expect(new Set([first, second, manifest().jupyterlab._build.load]).size).toBe(3);
  });

  test("keeps the old extension when the new one cannot be written", () => {
    assembleLabextension({ plotlyFile, sourceFolder, targetFolder });
    const before = readFileSync(join(targetFolder, "package.json"), "utf8");
    plotlyOfVersion("4.2.0");
    // A folder in the place of the file: it exists, but cannot be copied as a file.
    rmSync(plotlyFile);
    mkdirSync(plotlyFile);
    expect(() => assembleLabextension({ plotlyFile, sourceFolder, targetFolder })).toThrow();
    expect(readFileSync(join(targetFolder, "package.json"), "utf8")).toBe(before);
    expect(readdirSync(dirname(targetFolder))).toEqual(["gradus-figures"]);
  });

  test("never replaces a folder that holds something else", () => {
    mkdirSync(targetFolder, { recursive: true });
    writeFileSync(join(targetFolder, "thesis.txt"), "precious");
    expect(() => assembleLabextension({ plotlyFile, sourceFolder, targetFolder })).toThrow(
      /holds other files/,
    );
    expect(readdirSync(targetFolder)).toEqual(["thesis.txt"]);
  });

  test("says what to do when plotly is not installed", () => {
    rmSync(plotlyFile);
    expect(() => assembleLabextension({ plotlyFile, sourceFolder, targetFolder })).toThrow(
      /Run "npm install" first/,
    );
  });
});

describe("the container in remoteEntry.js", () => {
  interface Container {
    init(scope: object): void;
    get(
      name: string,
    ): Promise<
      () => { __esModule: boolean; default: { rendererFactory: { createRenderer(o: object): Drawable } }[] }
    >;
  }
  interface Drawable {
    node: ReturnType<FakePage["document"]["createElement"]>;
    renderModel(model: object): Promise<void>;
  }

  function load(page: FakePage): Container {
    assembleLabextension({ plotlyFile, sourceFolder, targetFolder });
    const file = join(targetFolder, manifest().jupyterlab._build.load);
    page.document.currentScript = { src: pathToFileURL(file).href };
    // A classic script sees window and document as globals.
    const run = compileFunction(readFileSync(file, "utf8"), ["window", "document"], {
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    }) as (w: object, d: object) => void;
    run(page.window, page.document);
    return (page.window["_JUPYTERLAB"] as Record<string, Container>)["gradus-figures"];
  }

  function lumino(page: FakePage, versions: string[]): { scope: object; used: string[] } {
    const used: string[] = [];
    const shared = Object.fromEntries(
      versions.map((version) => {
        const get = async () => {
          used.push(version);
          return () => ({ Widget: fakeWidgetClass(page) });
        };
        return [version, { get }];
      }),
    );
    return { scope: { "@lumino/widgets": shared }, used };
  }

  test("gives JupyterLab a module whose default is the list of extensions, built on the newest shared Lumino", async () => {
    const page = new FakePage();
    const container = load(page);
    const { scope, used } = lumino(page, ["2.9.0", "2.10.0"]);
    container.init(scope);
    const module = (await container.get("./mimeExtension"))();
    expect(Object.hasOwn(module, "__esModule")).toBe(true);
    expect(module.default).toMatchObject([
      { id: "gradus-figures:plotly", rendererFactory: { safe: true } },
      { id: "gradus-figures:quiz", rendererFactory: { safe: true } },
    ]);
    expect(used).toEqual(["2.10.0"]);
  });

  test("loads plotly at the first figure and once, from its own folder, and gives the page its own plotly back", async () => {
    const page = new FakePage();
    const container = load(page);
    container.init(lumino(page, ["2.7.0"]).scope);
    const { rendererFactory } = (await container.get("./mimeExtension"))().default[0];
    const plotly = new FakePlotly();
    const scripts: string[] = [];
    page.window["Plotly"] = "the page's own";
    page.document.onAppend = (child) => {
      if (child.tagName !== "SCRIPT") return;
      scripts.push(child.src);
      page.window["Plotly"] = plotly;
      child.onload?.();
    };
    expect(scripts).toEqual([]);
    for (let i = 0; i < 2; i += 1) {
      const renderer = rendererFactory.createRenderer({});
      page.body.appendChild(renderer.node);
      await renderer.renderModel({ data: { "application/vnd.plotly.v1+json": { data: [], layout: {} } } });
    }
    expect(scripts).toEqual([pathToFileURL(join(targetFolder, "static", "plotly-4.1.1.js")).href]);
    expect(plotly.drawn).toHaveLength(2);
    expect(page.window["Plotly"]).toBe("the page's own");
  });

  test("tries again after a plotly that could not be loaded", async () => {
    const page = new FakePage();
    const container = load(page);
    container.init(lumino(page, ["2.7.0"]).scope);
    const { rendererFactory } = (await container.get("./mimeExtension"))().default[0];
    const plotly = new FakePlotly();
    let broken = true;
    page.document.onAppend = (child) => {
      if (child.tagName !== "SCRIPT") return;
      if (!broken) page.window["Plotly"] = plotly;
      (broken ? child.onerror : child.onload)?.();
    };
    const renderer = rendererFactory.createRenderer({});
    page.body.appendChild(renderer.node);
    const model = {
      data: { "application/vnd.plotly.v1+json": { data: [], layout: { meta: { alt: "words" } } } },
    };
    await renderer.renderModel(model);
    expect(renderer.node.textContent).toMatch(
      /^words\n\(Figure not drawn: plotly could not be loaded from file:/,
    );
    broken = false;
    await renderer.renderModel(model);
    expect(plotly.drawn).toHaveLength(1);
  });

  test("refuses modules it does not have, and pages without Lumino", async () => {
    const page = new FakePage();
    const container = load(page);
    container.init({});
    await expect(container.get("./other")).rejects.toThrow("there is no module ./other");
    await expect(container.get("./mimeExtension")).rejects.toThrow("shares no @lumino/widgets");
  });
});
