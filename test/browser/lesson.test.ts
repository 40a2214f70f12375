import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as os from "node:os";
import * as path from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { kernelDisplayName } from "../../src/kernel/kernelspec.js";
import { hasBrowser, type Lab, openLab, root } from "./lab.js";

// A learner at lesson 02: exercises answered wrong and right, a quiz by keyboard alone, sliders, both themes, axe-core.

describe.skipIf(!hasBrowser)("lesson 02 in JupyterLab", () => {
  let lab: Lab;
  const progressFile = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "gradus-progress-")), "progress.json");

  beforeAll(async () => {
    const start = path.join(root, "dist", "cli", "main.js");
    lab = await openLab([process.execPath, start, "start", "--no-browser"], {
      env: { GRADUS_PROGRESS: progressFile },
      // All cells are on the page, also those out of sight.
      settings: { "notebook-extension/tracker": { windowingMode: "none" } },
    });
    const { page, address, menu } = lab;
    await page.goto(`${address.origin}/lab/tree/02-perceptron-gates.ipynb${address.search}&reset`);
    await page.getByText(`${kernelDisplayName} | Idle`).waitFor({ timeout: 90_000 });
    // The numbers of the stored run go first: only then do numbers mean that cells have run.
    await menu("Edit", "Clear Outputs of All Cells");
    await page.waitForFunction(
      () =>
        ![...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")].some(({ textContent }) =>
          /\d/.test(textContent ?? ""),
        ),
    );
    await menu("Run", "Restart Kernel and Run All Cells…");
    await page.locator(".jp-Dialog .jp-mod-accept").click();
    await page.waitForFunction(
      () => {
        const cells = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")];
        return cells.length > 20 && cells.every(({ textContent }) => /\[\d+\]/.test(textContent ?? ""));
      },
      undefined,
      { timeout: 90_000 },
    );
  }, 240_000);

  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await lab?.screenshot(`failed-${task.id}`);
  });

  afterAll(async () => {
    await lab?.close();
    fs.rmSync(path.dirname(progressFile), { recursive: true, force: true });
  }, 30_000);

  const cellWith = (text: string): Locator =>
    lab.page.locator(".jp-CodeCell", { has: lab.page.locator(".jp-InputArea-editor", { hasText: text }) });

  /** Replaces a cell's code and runs it, by keyboard. */
  async function answer(cell: Locator, code: string): Promise<Locator> {
    const before = await cell.locator(".jp-InputPrompt").innerText();
    await cell.locator(".cm-content").click();
    await lab.page.keyboard.press("Control+a");
    await lab.page.keyboard.insertText(code);
    await lab.page.keyboard.press("Control+Enter");
    await lab.page.waitForFunction(
      ([element, prompt]) => {
        const now = element?.textContent ?? "";
        return now !== prompt && /\[\d+\]/.test(now);
      },
      [await cell.locator(".jp-InputPrompt").elementHandle(), before] as const,
      { timeout: 30_000 },
    );
    return cell.locator(".gradus-card");
  }

  it("runs all, and no exercise that is not begun stops it", async () => {
    expect(await lab.page.locator('[data-mime-type$=".stderr"], [data-mime-type$=".error"]').count()).toBe(0);
    expect(await cellWith('check("02-by-hand"').locator(".gradus-card").innerText()).toContain(
      "waiting for your answer",
    );
  });

  it("a wrong answer gets the hint for its misconception, the right one its praise", async () => {
    const cell = cellWith('check("02-by-hand"');
    const wrong = await answer(cell, 'const byHand = { sum: 0.9, output: 1 };\ncheck("02-by-hand", byHand);');
    expect(await wrong.innerText()).toContain(
      "Which of the three numbers of the perceptron is still unused?",
    );
    await cell.scrollIntoViewIfNeeded();
    await lab.screenshot("02-wrong-answer");
    const right = await answer(
      cell,
      'const byHand = { sum: -0.1, output: 0 };\ncheck("02-by-hand", byHand);',
    );
    expect(await right.innerText()).toMatch(/solved/i);
    await lab.screenshot("02-right-answer");
    const kept = JSON.parse(fs.readFileSync(progressFile, "utf8")) as { exercises: Record<string, object> };
    expect(Object.keys(kept.exercises)).toContain("02-by-hand");
  }, 90_000);

  it("an endless loop in an answer is reported, and the notebook goes on", async () => {
    const cell = cellWith('check("02-prove-gate"');
    const loop =
      'function makesGate(w: number[], b: number, rows: number[][], wanted: number[]): boolean {\n  while (true) {}\n}\ncheck("02-prove-gate", makesGate);';
    expect(await (await answer(cell, loop)).innerText()).toContain("a loop that never ends");
  }, 90_000);

  it("the quiz is done by keyboard alone", async () => {
    const { page } = lab;
    const form = page.locator("form", { has: page.getByRole("button", { name: "Check my answers" }) });
    const questions = form.getByRole("group");
    const count = await questions.count();
    expect(count).toBe(5);
    await questions.first().getByRole("radio").first().focus();
    for (let i = 0; i < count; i++) await press("Space", "Tab");
    await press("Enter");
    expect(await form.getByRole("status").innerText()).toMatch(/\d of 5 right/);
    // Arrow keys choose within a question, and nothing of the notebook moves.
    const cells = await page.locator(".jp-Cell").count();
    await questions.first().getByRole("radio").first().focus();
    await press("ArrowDown", "b", "d", "d");
    expect(await questions.first().getByRole("radio").nth(1).isChecked()).toBe(true);
    expect(await page.locator(".jp-Cell").count()).toBe(cells);
    await form.scrollIntoViewIfNeeded();
    await lab.screenshot("02-quiz");
  }, 60_000);

  it("sliders move by keyboard, and the figure with them", async () => {
    const figure = lab.page.locator(".gradus-figure", { has: lab.page.getByRole("slider") }).first();
    await figure.scrollIntoViewIfNeeded();
    const slider = figure.getByRole("slider").first();
    const before = [await slider.getAttribute("aria-valuetext"), await pathsOf(figure)];
    await slider.focus();
    await press("ArrowRight", "ArrowRight");
    await lab.page.waitForFunction(([element, text]) => element?.getAttribute("aria-valuetext") !== text, [
      await slider.elementHandle(),
      before[0],
    ] as const);
    await lab.page.waitForTimeout(500);
    expect(await pathsOf(figure)).not.toBe(before[1]);
  }, 60_000);

  it.each(["light", "dark"] as const)(
    "axe-core finds nothing serious in the outputs, %s theme",
    async (theme) => {
      const { page, menu } = lab;
      if (theme === "dark") {
        await menu("Settings", "Theme", "JupyterLab Dark");
        await page.locator('body[data-jp-theme-light="false"]').waitFor({ state: "attached" });
        await page.waitForTimeout(1500);
        await cellWith('check("02-by-hand"').scrollIntoViewIfNeeded();
        await lab.screenshot("02-dark-card");
      }
      await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core/axe.min.js") });
      const faults = await page.evaluate(async () => {
        const { axe } = window as unknown as {
          axe: {
            run(
              context: string,
              options: object,
            ): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
          };
        };
        const { violations } = await axe.run(".jp-OutputArea-output", { resultTypes: ["violations"] });
        return violations
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .map(({ id, nodes }) => `${id}: ${nodes.length} times, first ${nodes[0].html.slice(0, 200)}`);
      });
      expect(faults).toEqual([]);
    },
    120_000,
  );

  async function press(...keys: string[]): Promise<void> {
    for (const key of keys) await lab.page.keyboard.press(key);
  }

  /** What the figure draws, as text. */
  const pathsOf = (figure: Locator): Promise<string> =>
    figure
      .locator(".main-svg")
      .first()
      .evaluate((svg) => svg.innerHTML);
});
