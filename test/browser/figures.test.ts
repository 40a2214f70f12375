import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as os from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addFigureImages } from "../../src/cli/notebooks/figure-images.js";
import { findChromium } from "../../src/cli/notebooks/figure-renderer.js";
import { type Notebook, notebookText, type Output } from "../../src/cli/notebooks/ipynb.js";
import { findPythonEnvironment } from "../../src/cli/python-environment.js";
import { toMimeBundle } from "../../src/display/index.js";
import { assembleLabextension, labextensionName } from "../../src/labextension/assemble.js";
import { assembleExportTemplate, exportTemplateName } from "../../src/labextension/export-template.js";
import { type Figure, plot } from "../../src/plots/index.js";
import { contrast } from "../../src/plots/palette.js";
import { gallery } from "../plots/gallery.js";
import { hasBrowser, type Lab, openLab, screenshots } from "./lab.js";

// Figures where people meet them: in JupyterLab without trust and without a kernel, and in an exported page.

const plotlyFile = createRequire(import.meta.url).resolve("plotly.js-dist");
const browserFolder = path.resolve(import.meta.dirname, "..", "..", "src", "labextension", "browser");
const inputs = [[0, 0], [0, 1], [1, 0], [1, 1]]; // prettier-ignore
const gate = plot.gateSliders({ x: inputs, y: [0, 0, 0, 1] }, { weights: [0.5, 0.5], bias: 0 }, { title: "Make it AND" }); // prettier-ignore
const moving = plot.slider(
  { name: "temperature", values: [0.5, 1, 5], start: 1 },
  (t) => plot.bar({ names: ["cat", "dog"], values: [1 / (1 + Math.exp(-1 / t)), 1 - 1 / (1 + Math.exp(-1 / t))] }, { alt: `At ${t}.`, title: "Softmax" }), // prettier-ignore
  { alt: "Two bars that grow alike with the temperature.", play: 100 },
);
const tabled = plot.line([3, 2, 1], { alt: "It falls.", title: "With a table", table: true });

function notebookOf(figures: readonly Figure[]): Notebook {
  return {
    cells: figures.map((figure, i) => ({
      cell_type: "code",
      id: `c${i}`,
      source: `// figure ${i}`,
      metadata: {},
      execution_count: i + 1,
      outputs: [
        {
          output_type: "display_data",
          data: JSON.parse(JSON.stringify(toMimeBundle(figure))) as Record<string, unknown>,
          metadata: {},
        } satisfies Output,
      ],
    })),
    metadata: { kernelspec: { name: "python3", display_name: "Python 3", language: "python" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** Moves a slider by its keys alone and waits until the picture says so. */
async function byKeys(figure: Locator, name: string, keys: readonly string[]): Promise<void> {
  const slider = figure.getByRole("slider", { name, exact: true });
  await slider.focus();
  for (const key of keys) await slider.press(key);
}

describe.skipIf(!hasBrowser)("every kind of figure in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: findChromium()!,
      args: ["--headless", "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
    });
  }, 60_000);
  afterAll(async () => browser?.close());

  async function openPage(theme: "light" | "dark"): Promise<{ page: Page; faults: string[] }> {
    const page = await browser.newPage({ viewport: { width: 1120, height: 900 } });
    const faults: string[] = [];
    page.on("pageerror", ({ message }) => faults.push(message));
    page.on("console", (message) => {
      if (message.type() === "error") faults.push(message.text());
    });
    const colors = theme === "dark" ? "background:#111;color:#fff" : "background:#fff;color:#212121";
    await page.route("http://figures.localhost/**", (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === "/") {
        const body = `<!doctype html><body data-jp-theme-light="${theme === "light"}" style="${colors}"></body>`;
        return route.fulfill({ contentType: "text/html", body });
      }
      const file = pathname === "/plotly.js" ? plotlyFile : path.join(browserFolder, path.basename(pathname));
      return route.fulfill({ contentType: "text/javascript", body: fs.readFileSync(file) });
    });
    await page.goto("http://figures.localhost/");
    await page.addScriptTag({ url: "http://figures.localhost/plotly.js" });
    return { page, faults };
  }

  it.each(["light", "dark"] as const)(
    "is drawn without a fault and can be read in a %s page",
    async (theme) => {
      const { page, faults } = await openPage(theme);
      fs.mkdirSync(screenshots, { recursive: true });
      for (const [name, figure] of Object.entries(gallery())) {
        await page.evaluate(
          `import("http://figures.localhost/page.js").then(async ({ drawFigure }) => {
          const place = document.body.appendChild(document.createElement("div"));
          place.id = ${JSON.stringify(name)};
          await drawFigure(place, ${JSON.stringify(figure)}, async () => Plotly);
        })`,
        );
        const drawn = page.locator(`[id="${name}"]`);
        expect(await drawn.locator(".main-svg[role=img]").first().getAttribute("aria-label"), name).toContain(
          figure.alt,
        );
        // Words that stand on the page itself; those on marks and cells are checked by their colours elsewhere.
        const fills = await drawn
          .locator(".xtick text, .ytick text, .gtitle, .xtitle, .ytitle, .legendtext, .annotation-text")
          .evaluateAll((texts) => texts.map((text) => getComputedStyle(text).fill));
        for (const fill of new Set(fills)) {
          expect(
            contrast(hex(fill), theme === "dark" ? "#111111" : "#ffffff"),
            `${name}: ${fill}`,
          ).toBeGreaterThanOrEqual(4.5);
        }
        await drawn.screenshot({ path: path.join(screenshots, `figure-${name}-${theme}.png`) });
      }
      expect(faults).toEqual([]);
      await page.close();
    },
    240_000,
  );
});

describe.skipIf(!hasBrowser)("figures in JupyterLab", () => {
  let lab: Lab;
  let folder: string;

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-figures-"));
    const share = path.join(folder, ".share");
    assembleLabextension({ plotlyFile, targetFolder: path.join(share, "labextensions", labextensionName) });
    // The pictures too, as in a committed notebook: the extension must be preferred to them.
    const { notebook } = await addFigureImages(notebookOf([gate, moving, tabled]));
    fs.writeFileSync(path.join(folder, "figures.ipynb"), notebookText(notebook));
    const environment = await findPythonEnvironment();
    lab = await openLab(
      [
        environment!.python,
        "-m",
        "jupyterlab",
        "--allow-root",
        "--no-browser",
        `--ServerApp.root_dir=${folder}`,
      ],
      { env: { JUPYTER_PATH: share } },
    );
    await lab.page.setViewportSize({ width: 1280, height: 2400 });
    await lab.page.goto(`${lab.address.origin}/lab/tree/figures.ipynb${lab.address.search}&reset`);
    await lab.page.locator(".gradus-figure .main-svg").first().waitFor({ timeout: 90_000 });
  }, 180_000);

  afterAll(async () => {
    await lab?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }, 30_000);

  const figure = (index: number): Locator => lab.page.locator(".gradus-figure").nth(index);

  it("three sliders turn a truth table green by keys alone, in a notebook that nobody trusts", async () => {
    expect(JSON.stringify(fs.readFileSync(path.join(folder, "figures.ipynb"), "utf8"))).not.toContain(
      '"trusted\\": true',
    );
    await expect.poll(() => figure(0).locator("text=wrong").count()).toBe(2);
    await byKeys(
      figure(0),
      "b",
      Array.from({ length: 7 }, () => "ArrowLeft"),
    );
    await expect.poll(() => figure(0).locator("text=wrong").count()).toBe(0);
    expect(await figure(0).getByRole("slider", { name: "b", exact: true }).getAttribute("aria-valuetext")).toBe("b \u22120.7"); // prettier-ignore
    await expect
      .poll(() => figure(0).locator(".gradus-figure-status").textContent())
      .toBe("All 4 rows are right.");
    await lab.screenshot("figures-gate");
  }, 60_000);

  it("a slider moves stored pictures, Play runs to the end", async () => {
    const label = (): Promise<string | null> =>
      figure(1).locator(".main-svg[role=img]").first().getAttribute("aria-label");
    await byKeys(figure(1), "temperature", ["Home"]);
    await expect.poll(label).toContain("At 0.5.");
    await figure(1).getByRole("button", { name: "Play" }).press("Enter");
    await expect.poll(label).toContain("At 5.");
    await expect.poll(() => figure(1).getByRole("button", { name: "Play" }).count()).toBe(1);
  }, 60_000);

  it("the data table opens by a key", async () => {
    await figure(2).locator("summary").focus();
    await lab.page.keyboard.press("Enter");
    expect(await figure(2).locator("table").isVisible()).toBe(true);
    expect(await figure(2).locator("td").allTextContents()).toEqual(["0", "3", "1", "2", "2", "1"]);
  }, 30_000);

  it("sliders and words follow the dark theme and stay where they are", async () => {
    await lab.menu("Settings", "Theme", "JupyterLab Dark");
    const ink = (): Promise<string> => figure(0).locator(".xtick text").first().evaluate((text) => getComputedStyle(text).fill); // prettier-ignore
    await expect
      .poll(async () => contrast(hex(await ink()), "#111111"), { timeout: 10_000 })
      .toBeGreaterThan(4.5);
    const paper = await figure(0).evaluate(
      (node) => getComputedStyle(node.closest(".jp-Notebook")!).backgroundColor,
    );
    const text = await figure(0).locator(".gradus-figure-slider").first().evaluate((node) => getComputedStyle(node).color); // prettier-ignore
    expect(contrast(hex(text), hex(paper))).toBeGreaterThanOrEqual(4.5);
    expect(await figure(0).locator("text=wrong").count()).toBe(0);
    await lab.screenshot("figures-dark");
  }, 60_000);

  it("clearing the outputs leaves nothing of the figures behind", async () => {
    await lab.menu("Edit", "Clear Outputs of All Cells");
    await expect.poll(() => lab.page.locator(".gradus-figure, .js-plotly-plot, .main-svg").count()).toBe(0);
    expect(lab.foreignRequests).toEqual([]);
  }, 30_000);
});

describe.skipIf(!hasBrowser)("figures in an exported page", () => {
  let folder: string;
  let browser: Browser;
  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-export-"));
    assembleExportTemplate({ plotlyFile, targetFolder: path.join(folder, "templates", exportTemplateName) });
    const { notebook } = await addFigureImages(notebookOf([gate, moving, tabled]));
    fs.writeFileSync(path.join(folder, "figures.ipynb"), notebookText(notebook));
    browser = await chromium.launch({
      executablePath: findChromium()!,
      args: ["--headless", "--no-sandbox"],
    });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  async function exported(...options: string[]): Promise<string> {
    const environment = await findPythonEnvironment();
    const { status, stderr } = spawnSync(
      environment!.python,
      ["-m", "nbconvert", "--to", "html", ...options, "--output", "page", path.join(folder, "figures.ipynb")],
      { encoding: "utf8", env: { ...process.env, JUPYTER_CONFIG_DIR: folder } },
    );
    expect(status, stderr).toBe(0);
    return path.join(folder, "page.html");
  }

  it("our template draws them with sliders, from a single file and without network", async () => {
    const file = await exported("--template", exportTemplateName, `--TemplateExporter.extra_template_basedirs=${path.join(folder, "templates")}`); // prettier-ignore
    expect(fs.statSync(file).size).toBeLessThan(5_000_000);
    const page = await browser.newPage({ viewport: { width: 1200, height: 1800 } });
    await page.route(/^https?:/, (route) => route.abort());
    await page.goto(pathToFileURL(file).href);
    await page.locator(".gradus-figure .main-svg").nth(6).waitFor({ timeout: 60_000, state: "attached" });
    const figure = page.locator(".gradus-figure").first();
    await byKeys(
      figure,
      "b",
      Array.from({ length: 7 }, () => "ArrowLeft"),
    );
    await expect.poll(() => figure.locator("text=wrong").count()).toBe(0);
    expect(await page.locator(".gradus-export img").count()).toBe(0);
    await page.screenshot({ path: path.join(screenshots, "figures-exported.png") });
  }, 120_000);

  // Its newer template, "lab", knows no text alternatives of pictures in outputs; ours does.
  it("nbconvert's classic template shows the pictures with their words", async () => {
    const page = await browser.newPage();
    await page.route(/^https?:/, (route) => route.abort());
    await page.goto(pathToFileURL(await exported("--template", "classic")).href);
    const pictures = page.locator('img[src^="data:image/png"]');
    expect(await pictures.evaluateAll((all) => all.map((each) => each.getAttribute("alt")))).toEqual([gate, moving, tabled].map(({ alt }) => alt)); // prettier-ignore
  }, 120_000);
});

/** `rgb(1, 2, 3)` as `#010203`. */
function hex(color: string): string {
  const parts = /rgba?\((\d+), (\d+), (\d+)/.exec(color);
  if (parts === null) throw new Error(`not a colour: ${color}`);
  return `#${parts
    .slice(1)
    .map((part) => Number(part).toString(16).padStart(2, "0"))
    .join("")}`;
}
