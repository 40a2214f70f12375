import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { findPythonEnvironment } from "../../src/cli/python-environment.js";
import {
  gradusKernelSpec,
  installKernelSpec,
  kernelDisplayName,
  kernelName,
} from "../../src/kernel/kernelspec.js";
import { hasBrowser, type Lab, openLab, root } from "./lab.js";

// The kernel as a person meets it: a notebook in JupyterLab, its buttons, its popups.

const cells = [
  "const start: number = 40;",
  "console.log('sum', start + 2);",
  "while (true) {}",
  "console.log('still here', start);",
  "start.toFi",
  "Math.hypot(3, 4)",
  "const name = prompt('Your name?'); console.log('hello ' + name);",
  "function inner() {\n  throw new RangeError('too big');\n}\ninner();",
  "const wrong: number = 'seven';",
  "const line = display('step 1', { displayId: true });\nfor (let i = 2; i <= 3; i++) {\n  await new Promise((done) => setTimeout(done, 100));\n  line.update('step ' + i);\n}",
];

describe.skipIf(!hasBrowser)("the kernel in JupyterLab", () => {
  let lab: Lab;
  let folder: string;

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-lab-"));
    const notebook = {
      cells: cells.map((source, i) => ({
        cell_type: "code",
        id: `c${i}`,
        source,
        metadata: {},
        outputs: [],
        execution_count: null,
      })),
      metadata: { kernelspec: { name: kernelName, display_name: kernelDisplayName, language: "typescript" } },
      nbformat: 4,
      nbformat_minor: 5,
    };
    fs.writeFileSync(path.join(folder, "kernel.ipynb"), JSON.stringify(notebook));
    const spec = gradusKernelSpec();
    const built = [spec.argv[0]!, path.join(root, "dist", "kernel", "main.js"), "{connection_file}"];
    installKernelSpec(path.join(folder, ".share"), kernelName, { ...spec, argv: built });
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
      { env: { JUPYTER_PATH: path.join(folder, ".share") } },
    );
    // High enough for all cells: what is out of sight is not laid out.
    await lab.page.setViewportSize({ width: 1280, height: 1800 });
    await lab.page.goto(`${lab.address.origin}/lab/tree/kernel.ipynb${lab.address.search}&reset`);
    await lab.page.getByText(`${kernelDisplayName} | Idle`).waitFor({ timeout: 90_000 });
  }, 150_000);

  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await lab?.screenshot(`failed-${task.id}`);
  });

  afterAll(async () => {
    await lab?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }, 30_000);

  const cell = (index: number) => lab.page.locator(".jp-CodeCell").nth(index);
  const output = (index: number) => cell(index).locator(".jp-OutputArea");

  async function run(index: number): Promise<void> {
    await cell(index).locator(".cm-content").click();
    await lab.page.keyboard.press("Control+Enter");
  }

  it("shows what a cell prints", async () => {
    await run(0);
    await run(1);
    await output(1).getByText("sum 42").waitFor({ timeout: 20_000 });
  }, 60_000);

  it("stops an endless loop with the Stop button and keeps the variables", async () => {
    await run(2);
    await cell(2).getByText("[*]:").waitFor();
    await lab.page.waitForTimeout(500);
    await lab.page.locator('[data-jp-item-name="interrupt"]').click();
    await output(2)
      .getByText(/interrupt/i)
      .first()
      .waitFor({ timeout: 10_000 });
    await lab.screenshot("kernel-stop");
    await run(3);
    await output(3).getByText("still here 40").waitFor({ timeout: 10_000 });
  }, 60_000);

  it("completes members with Tab", async () => {
    await cell(4).locator(".cm-content").click();
    await lab.page.keyboard.press("Control+End");
    await lab.page.keyboard.press("Tab");
    const popup = lab.page.locator(".jp-Completer:not(.lm-mod-hidden)");
    await popup.getByText("toFixed").first().waitFor({ timeout: 15_000 });
    await lab.page.keyboard.press("Enter");
    await cell(4).getByText("start.toFixed").waitFor({ timeout: 5_000 });
    await lab.page.keyboard.press("Control+A");
    await lab.page.keyboard.type("start.to");
    await lab.page.keyboard.press("Tab");
    await popup.getByText("toPrecision").first().waitFor({ timeout: 15_000 });
    await lab.screenshot("kernel-completion");
    await lab.page.keyboard.press("Escape");
  }, 60_000);

  it("shows signature and documentation with Shift-Tab", async () => {
    await cell(5).locator(".cm-content").click();
    await lab.page.keyboard.press("Control+Home");
    for (let i = 0; i < 8; i++) await lab.page.keyboard.press("ArrowRight");
    await lab.page.keyboard.press("Shift+Tab");
    await lab.page
      .locator(".jp-Tooltip")
      .getByText(/hypot\(\.\.\.values: number\[\]\)/)
      .waitFor({ timeout: 15_000 });
    await lab.screenshot("kernel-tooltip");
    await lab.page.keyboard.press("Escape");
  }, 60_000);

  it("asks for a line with prompt()", async () => {
    await run(6);
    const field = cell(6).locator(".jp-Stdin-input");
    await field.waitFor({ timeout: 15_000 });
    await field.fill("Ada");
    await lab.screenshot("kernel-stdin");
    await field.press("Enter");
    await output(6).getByText("hello Ada").waitFor({ timeout: 15_000 });
  }, 60_000);

  it("shows a thrown error with the cell's own lines, and a type error before anything runs", async () => {
    await run(7);
    await output(7)
      .getByText(/RangeError/)
      .first()
      .waitFor({ timeout: 15_000 });
    const thrown = await output(7).innerText();
    expect(thrown).toContain("throw new RangeError('too big')");
    expect(thrown).not.toMatch(/node:internal|dist\/kernel/);
    await run(8);
    await output(8)
      .getByText(/not assignable/)
      .first()
      .waitFor({ timeout: 15_000 });
    await lab.screenshot("kernel-errors");
  }, 60_000);

  it("updates an output in place", async () => {
    await run(9);
    await output(9).getByText("step 3").waitFor({ timeout: 15_000 });
    expect(await output(9).innerText()).not.toContain("step 1");
    await lab.screenshot("kernel-progress");
  }, 60_000);

  it("starts anew with Restart Kernel: the variables are gone", async () => {
    await lab.menu("Kernel", "Restart Kernel…");
    await lab.page.locator(".jp-Dialog .jp-mod-accept").click();
    await lab.page.getByText(`${kernelDisplayName} | Idle`).waitFor({ timeout: 30_000 });
    await run(3);
    await output(3)
      .getByText(/Cannot find name 'start'|start is not defined/)
      .first()
      .waitFor({ timeout: 20_000 });
    await run(0);
    await run(3);
    await output(3).getByText("still here 40").waitFor({ timeout: 20_000 });
  }, 90_000);
});
