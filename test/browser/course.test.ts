import * as fs from "node:fs";
import * as path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { kernelDisplayName } from "../../src/kernel/kernelspec.js";
import { hasBrowser, type Lab, openLab, processesNaming, root } from "./lab.js";

describe.skipIf(!hasBrowser)("the course in JupyterLab", () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await openLab([
      process.execPath,
      path.join(root, "dist", "cli", "main.js"),
      "start",
      "--no-browser",
    ]);
  }, 120_000);

  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await lab?.screenshot(`failed-${task.id}`);
  });

  afterAll(async () => lab?.close(), 30_000);

  /** Scrolls through the notebook and does something at every stop: what is out of sight is not drawn. */
  async function everyScreen(visit: (stop: string) => Promise<void>): Promise<void> {
    const scroller = lab.page.locator(".jp-WindowedPanel-outer").first();
    const height = await scroller.evaluate((element) => element.scrollHeight);
    for (let stop = 0; stop * 700 < height; stop++) {
      await scroller.evaluate((element, y) => (element.scrollTop = y), stop * 700);
      await lab.page.waitForTimeout(250);
      await visit(String(stop).padStart(2, "0"));
    }
  }

  it("runs the iris lab from top to bottom, with every figure drawn", async () => {
    const { page, address, menu } = lab;
    await page.goto(`${address.origin}/lab/tree/14-iris-lab.ipynb${address.search}&reset`);
    // The status bar knows best: the indicator in the toolbar is idle before there is a kernel.
    await page.getByText(`${kernelDisplayName} | Idle`).waitFor({ timeout: 90_000 });
    await menu("Edit", "Clear Outputs of All Cells");
    await menu("Run", "Restart Kernel and Run All Cells…");
    await page.locator(".jp-Dialog .jp-mod-accept").click();
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
      await lab.screenshot(`14-light-${stop}`);
      const pictures = page.locator('.gradus-figure .main-svg[role="img"]');
      for (const name of await pictures.evaluateAll(labels)) drawn.add(name);
    });
    const file = path.join(root, "notebooks", "14-iris-lab.ipynb");
    const { cells } = JSON.parse(fs.readFileSync(file, "utf8")) as {
      cells: { outputs?: { data?: Record<string, unknown> }[] }[];
    };
    const figures = cells
      .flatMap((cell) => cell.outputs ?? [])
      .filter((output) => output.data?.["application/vnd.plotly.v1+json"]);
    expect(drawn.size).toBe(figures.length);
    expect(figures.length).toBeGreaterThan(4);
    expect(await page.locator('[data-mime-type$=".stderr"], [data-mime-type$=".error"]').count()).toBe(0);
  }, 180_000);

  it("follows the dark theme while figures are on the page", async () => {
    const { page, menu } = lab;
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
    await everyScreen((stop) => lab.screenshot(`14-dark-${stop}`));
  }, 120_000);

  it("asks nothing of any other machine", () => {
    expect(lab.foreignRequests).toEqual([]);
  });

  it("stops everything that it started on Ctrl-C", async () => {
    expect(processesNaming(lab.runtimeFolder).length).toBeGreaterThan(0);
    const ended = new Promise<number | null>((resolve) => lab.server.once("exit", resolve));
    lab.server.kill("SIGINT");
    expect(await ended).toBe(0);
    expect(processesNaming(lab.runtimeFolder)).toEqual([]);
  }, 30_000);
});

function labels(elements: Element[]): string[] {
  return elements.map((element) => element.getAttribute("aria-label") ?? "");
}

/** The mean of red, green and blue, 0 to 255. */
function brightness(colour: string): number {
  const parts = /rgba?\((\d+), (\d+), (\d+)/.exec(colour);
  if (parts === null) throw new Error(`not a colour: ${colour}`);
  return (Number(parts[1]) + Number(parts[2]) + Number(parts[3])) / 3;
}
