import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..", "..");
const screenshots = path.join(root, ".gradus", "screenshots");

/** The browser of this machine; downloading one is no option where only package registries are reached. */
const executablePath = [
  process.env["GRADUS_CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((file) => file !== undefined && fs.existsSync(file));

if (executablePath === undefined) {
  console.warn("No Chromium on this machine (GRADUS_CHROMIUM may name one): the browser test is skipped.");
}

/** Processes of this server that are still there; `ps` lists them with their arguments. */
function processesNaming(text: string): string[] {
  const { stdout } = spawnSync("ps", ["-eo", "pid,args"], { encoding: "utf8" });
  return stdout.split("\n").filter((line) => line.includes(text) && !line.includes("ps -eo"));
}

describe.skipIf(executablePath === undefined || process.platform === "win32")(
  "the course in JupyterLab",
  () => {
    let home: string;
    let server: ChildProcess;
    let address: URL;
    let browser: Browser;
    let page: Page;
    const foreignRequests: string[] = [];

    beforeAll(async () => {
      home = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-home-"));
      fs.mkdirSync(screenshots, { recursive: true });
      // Without this JupyterLab would save the run over the committed notebook.
      const settings = path.join(
        home,
        "config",
        "lab",
        "user-settings",
        "@jupyterlab",
        "docmanager-extension",
      );
      fs.mkdirSync(settings, { recursive: true });
      fs.writeFileSync(path.join(settings, "plugin.jupyterlab-settings"), '{ "autosave": false }');
      // Settings, runtime files and trust of their own, so that the test neither sees nor changes the user's.
      const env = {
        ...process.env,
        JUPYTER_CONFIG_DIR: path.join(home, "config"),
        JUPYTER_DATA_DIR: path.join(home, "data"),
        JUPYTER_RUNTIME_DIR: path.join(home, "runtime"),
      };
      server = spawn(process.execPath, [path.join(root, "dist", "cli", "main.js"), "start", "--no-browser"], {
        env,
      });
      let output = "";
      address = await new Promise<URL>((resolve, reject) => {
        const listen = (chunk: Buffer): void => {
          output += chunk.toString();
          const found = /http:\/\/localhost:\S+/.exec(output)?.[0];
          if (found !== undefined) resolve(new URL(found));
        };
        server.stdout!.on("data", listen);
        server.stderr!.on("data", listen);
        server.on("exit", () => reject(new Error(`gradus start ended: ${output}`)));
      });
      browser = await chromium.launch({
        executablePath: executablePath!,
        args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
      });
      page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
      page.on("request", (request) => {
        const { protocol, hostname } = new URL(request.url());
        if (protocol.startsWith("http") && hostname !== "localhost") foreignRequests.push(request.url());
      });
    }, 120_000);

    afterEach(async ({ task }) => {
      if (task.result?.state === "fail")
        await page?.screenshot({ path: path.join(screenshots, `failed-${task.id}.png`) });
    });

    afterAll(async () => {
      await browser?.close();
      server?.kill("SIGKILL");
      for (const line of processesNaming(home)) process.kill(Number.parseInt(line, 10), "SIGKILL");
      fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    }, 30_000);

    /** Scrolls through the notebook and does something at every stop: what is out of sight is not drawn. */
    async function everyScreen(visit: (stop: number) => Promise<void>): Promise<void> {
      const scroller = page.locator(".jp-WindowedPanel-outer").first();
      const height = await scroller.evaluate((element) => element.scrollHeight);
      for (let stop = 0; stop * 700 < height; stop++) {
        await scroller.evaluate((element, y) => (element.scrollTop = y), stop * 700);
        await page.waitForTimeout(250);
        await visit(stop);
      }
    }

    async function menu(...labels: string[]): Promise<void> {
      const [bar, ...items] = labels;
      await page.locator(`.lm-MenuBar-item:has-text("${bar}")`).click();
      for (const item of items) await page.locator(`.lm-Menu-itemLabel:text-is("${item}")`).click();
    }

    it("runs the iris lab from top to bottom, with every figure drawn", async () => {
      await page.goto(`${address.origin}/lab/tree/14-iris-lab.ipynb${address.search}&reset`);
      const indicator = '.jp-Notebook-ExecutionIndicator[data-status="idle"]';
      await page.waitForSelector(indicator, { timeout: 60_000 });
      await menu("Edit", "Clear Outputs of All Cells");
      await menu("Run", "Run All Cells");
      await page.waitForFunction(
        () => {
          const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")].map(
            (each) => each.textContent ?? "",
          );
          return prompts.length > 0 && prompts.every((text) => /\[\d+\]/.test(text));
        },
        undefined,
        { timeout: 90_000 },
      );
      const drawn = new Set<string>();
      await everyScreen(async (stop) => {
        await page.screenshot({
          path: path.join(screenshots, `14-light-${String(stop).padStart(2, "0")}.png`),
        });
        for (const name of await page.locator('.gradus-figure .main-svg[role="img"]').evaluateAll(labels))
          drawn.add(name);
      });
      const expected = JSON.parse(
        fs.readFileSync(path.join(root, "notebooks", "14-iris-lab.ipynb"), "utf8"),
      ) as {
        cells: { outputs?: { data?: Record<string, unknown> }[] }[];
      };
      const figures = expected.cells
        .flatMap((cell) => cell.outputs ?? [])
        .filter((output) => output.data?.["application/vnd.plotly.v1+json"]);
      expect(drawn.size).toBe(figures.length);
      expect(figures.length).toBeGreaterThan(4);
      expect(
        await page
          .locator(
            '[data-mime-type="application/vnd.jupyter.stderr"], [data-mime-type="application/vnd.jupyter.error"]',
          )
          .count(),
      ).toBe(0);
    }, 180_000);

    it("follows the dark theme while figures are on the page", async () => {
      const scroller = page.locator(".jp-WindowedPanel-outer").first();
      const figure = page.locator(".gradus-figure .xtick text").first();
      await scroller.evaluate((element) => (element.scrollTop = 0));
      await everyScreen(async () => undefined);
      await page.locator(".gradus-figure").first().scrollIntoViewIfNeeded();
      const light = await figure.evaluate((element) => getComputedStyle(element).fill);
      await menu("Settings", "Theme", "JupyterLab Dark");
      await page.waitForFunction(
        (before) => getComputedStyle(document.querySelector(".gradus-figure .xtick text")!).fill !== before,
        light,
      );
      const dark = await figure.evaluate((element) => getComputedStyle(element).fill);
      expect(brightness(light)).toBeLessThan(110);
      expect(brightness(dark)).toBeGreaterThan(180);
      await everyScreen(async (stop) => {
        await page.screenshot({
          path: path.join(screenshots, `14-dark-${String(stop).padStart(2, "0")}.png`),
        });
      });
    }, 120_000);

    it("asks nothing of any other machine", () => {
      expect(foreignRequests).toEqual([]);
    });

    it("stops everything that it started on Ctrl-C", async () => {
      expect(processesNaming(path.join(home, "runtime")).length).toBeGreaterThan(0);
      const ended = new Promise<number | null>((resolve) => server.once("exit", resolve));
      server.kill("SIGINT");
      expect(await ended).toBe(0);
      expect(processesNaming(path.join(home, "runtime"))).toEqual([]);
    }, 30_000);
  },
);

function labels(elements: Element[]): string[] {
  return elements.map((element) => element.getAttribute("aria-label") ?? "");
}

/** The mean of red, green and blue, 0 to 255. */
function brightness(colour: string): number {
  const parts = /rgba?\((\d+), (\d+), (\d+)/.exec(colour);
  if (parts === null) throw new Error(`not a colour: ${colour}`);
  return (Number(parts[1]) + Number(parts[2]) + Number(parts[3])) / 3;
}
