import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { predict, quiz, type QuizJson, quizMimeType } from "../../src/exercises/index.js";
import { type FakeCourse, installFakeCourse, removeDisplay } from "../exercises/fake-course.js";
import { executablePath, hasBrowser, root } from "./lab.js";

/** axe-core is looked for, not required: without it only the scan is left out. */
const axe = ((): string | undefined => {
  try {
    return createRequire(import.meta.url).resolve("axe-core");
  } catch {
    return process.env["GRADUS_AXE"];
  }
})();

const themes = {
  light: `body { background: #fff; color: #212121; --jp-content-font-color1: #212121; --jp-layout-color0: #fff; --jp-layout-color2: #eee; --jp-border-color0: #bdbdbd; --jp-brand-color1: #1976d2; }`,
  dark: `body { background: #111; color: #fff; color-scheme: dark; --jp-content-font-color1: #fff; --jp-layout-color0: #111; --jp-layout-color2: #424242; --jp-border-color0: #616161; --jp-brand-color1: #2196f3; }`,
} as const;

interface ExtensionWindow {
  createQuizExtension(parts: object): {
    rendererFactory: {
      createRenderer(options: object): { node: Node; renderModel(model: object): Promise<void> };
    };
  };
}

interface Shown {
  readonly json: QuizJson;
  readonly html: string;
}

/** The two ways in which a quiz with buttons reaches a page. */
const ways = {
  "our JupyterLab extension": async (page: Page, { json }: Shown): Promise<void> => {
    await page.waitForFunction(() => "createQuizExtension" in window);
    await page.evaluate(
      async ({ json, mime }) => {
        class Widget {
          node = document.createElement("div");
          addClass(name: string): void {
            this.node.classList.add(name);
          }
        }
        const { createQuizExtension } = window as unknown as ExtensionWindow;
        const widget = createQuizExtension({ Widget }).rendererFactory.createRenderer({ mimeType: mime });
        document.querySelector("main")!.appendChild(widget.node);
        await widget.renderModel({ data: { [mime]: json } });
      },
      { json, mime: quizMimeType },
    );
  },
  "the HTML of other viewers": async (page: Page, { html }: Shown): Promise<void> => {
    await page.evaluate((html) => {
      // As viewers do: scripts that came as text are made anew, so that they run.
      const main = document.querySelector("main")!;
      main.innerHTML = html;
      for (const old of main.querySelectorAll("script")) {
        const fresh = document.createElement("script");
        fresh.textContent = old.textContent;
        old.replaceWith(fresh);
      }
    }, html);
  },
} as const;

describe.skipIf(!hasBrowser).each(Object.keys(ways) as (keyof typeof ways)[])("a quiz in %s", (way) => {
  let browser: Browser;
  let page: Page;
  let course: FakeCourse;

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: executablePath!,
      args: ["--headless", "--no-sandbox", "--disable-gpu"],
    });
  });
  afterAll(async () => browser.close());
  beforeEach(async () => {
    course = installFakeCourse();
    page = await browser.newPage({ viewport: { width: 800, height: 700 } });
    page.on("pageerror", (error) => {
      throw error;
    });
  });
  afterEach(async () => {
    removeDisplay();
    await page.close();
  });

  async function show(what: () => void, theme: keyof typeof themes = "light"): Promise<void> {
    what();
    const [bundle] = course.shown;
    const shown = { json: bundle[quizMimeType] as QuizJson, html: String(bundle["text/html"]) };
    const files: Readonly<Record<string, { contentType: string; body: string }>> = {
      "/": {
        contentType: "text/html",
        body: `<!doctype html><html lang="en"><title>quiz</title><style>${themes[theme]}</style><script type="module">import { createQuizExtension } from "/quiz.js"; Object.assign(window, { createQuizExtension });</script><main></main></html>`,
      },
      "/quiz.js": {
        contentType: "text/javascript",
        body: fs.readFileSync(path.join(root, "src/labextension/browser/quiz.js"), "utf8"),
      },
    };
    await page.route("http://gradus.test/**", async (route) => {
      await route.fulfill(files[new URL(route.request().url()).pathname] ?? { status: 404 });
    });
    await page.goto("http://gradus.test/");
    await ways[way](page, JSON.parse(JSON.stringify(shown)) as Shown);
  }

  const status = (): Promise<string> => page.getByRole("status").innerText();
  const shown = async (text: string): Promise<boolean> =>
    (await page.getByText(text).filter({ visible: true }).count()) > 0;
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };

  it("is done by keyboard alone: Tab, arrows, Space and Enter", async () => {
    await show(() => quiz("02-quiz"));
    expect(await page.getByRole("group", { name: "1. What moves the line?" }).count()).toBe(1);
    await press("Tab", "Space", "ArrowDown"); // b, wrong
    await press("Tab", "Space"); // a, right
    await press("Tab", "Enter");
    expect(await status()).toContain("1 of 2 right. Change an answer and check again.");
    expect(await status()).toContain('quiz("02-quiz", ["b", "a"])');
    expect(await shown("It picks the point, not the line.")).toBe(true);
    expect(await shown("It shifts the threshold.")).toBe(false);
    expect(await page.getByText("✗ not right").count()).toBe(1);
    await press("Shift+Tab", "Shift+Tab", "ArrowUp"); // a in the first question
    expect(await status()).toBe("");
    await press("Enter");
    expect(await status()).toContain("2 of 2 right.");
    expect(await shown("It shifts the threshold.")).toBe(true);
  });

  it("keeps plain keys to itself, where a notebook would move or insert cells, and lets shortcuts through", async () => {
    await show(() => quiz("02-quiz"));
    await page.evaluate(() => {
      const keys: string[] = [];
      Object.assign(window, { keys });
      document.addEventListener("keydown", ({ key }) => keys.push(key));
    });
    await press("Tab", "Space", "ArrowDown", "b", "Control+k", "Escape", "Tab");
    const keys = await page.evaluate(() => (window as unknown as { keys: string[] }).keys);
    expect(keys).toEqual(["Tab", "Control", "k", "Escape", "Tab"]);
  });

  it("names the question without an answer and goes there", async () => {
    await show(() => quiz("02-quiz"));
    await page.getByRole("button").press("Enter");
    expect(await status()).toBe("Question 1 has no answer yet.");
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe("a");
    await press("Space");
    await page.getByRole("button").press("Enter");
    expect(await status()).toBe("Question 2 has no answer yet.");
  });

  it("shows what happens only after a prediction is committed, and takes no second one", async () => {
    await show(() => predict("02-how-many"));
    expect(await shown("One line is enough.")).toBe(false);
    await page.getByRole("button", { name: "This is my prediction" }).press("Enter");
    expect(await status()).toBe("Choose one first.");
    expect(await shown("One line is enough.")).toBe(false);
    await press("Space"); // the focus went to the first option
    await page.getByRole("button").press("Enter");
    expect(await status()).toContain("You said a.");
    expect(await status()).toContain('predict("02-how-many", "a")');
    expect(await shown("One line is enough.")).toBe(true);
    expect(await page.getByText("✓ right").count()).toBe(1);
    expect(await page.getByRole("radio", { disabled: true }).count()).toBe(2);
    expect(await page.getByRole("button").count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("status");
  });

  it("shows markup of a text as text", async () => {
    await show(() => quiz("02-quiz"));
    expect(await page.getByText("only if <b> is big").count()).toBe(1);
    expect(await page.locator("legend >> text=$w_1 < 0$").count()).toBe(1);
  });

  it("works twice on one page", async () => {
    await show(() => quiz("02-quiz"));
    const copy = course.shown[0];
    if (way === "our JupyterLab extension")
      await ways[way](page, { json: copy[quizMimeType] as QuizJson, html: "" });
    else await ways[way](page, { json: undefined as never, html: String(copy["text/html"]).repeat(2) });
    const forms = page.locator("form");
    expect(await forms.count()).toBe(2);
    for (const i of [0, 1]) {
      await forms.nth(i).getByRole("radio").nth(i).check();
      await forms.nth(i).getByRole("radio").nth(2).check();
    }
    for (const i of [0, 1]) await forms.nth(i).getByRole("button").click();
    expect(await forms.nth(0).getByRole("status").innerText()).toContain("2 of 2 right");
    expect(await forms.nth(1).getByRole("status").innerText()).toContain("1 of 2 right");
  });

  it.skipIf(axe === undefined).each(["light", "dark"] as const)(
    "has no fault that axe-core finds, %s",
    async (theme) => {
      await show(() => quiz("02-quiz"), theme);
      const scan = async (): Promise<string[]> => {
        await page.addScriptTag({ path: axe! });
        return page.evaluate(async () => {
          const { axe } = window as unknown as {
            axe: { run(root: Element): Promise<{ violations: { id: string; help: string }[] }> };
          };
          const { violations } = await axe.run(document.querySelector("main")!);
          return violations.map(({ id, help }) => `${id}: ${help}`);
        });
      };
      expect(await scan()).toEqual([]);
      await page.getByRole("radio").nth(1).check();
      await page.getByRole("radio").nth(2).check();
      await page.getByRole("button").click();
      expect(await scan()).toEqual([]);
    },
  );
});

describe.skipIf(!hasBrowser)("a quiz where scripts don't run", () => {
  it("can be read, and its answers unfold", async () => {
    const course = installFakeCourse();
    quiz("02-quiz");
    const browser = await chromium.launch({
      executablePath: executablePath!,
      args: ["--headless", "--no-sandbox", "--disable-gpu"],
    });
    try {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.setContent(String(course.shown[0]["text/html"]));
      expect(await page.getByRole("button").count()).toBe(0);
      expect(await page.getByText("a) the bias. It shifts the threshold.").isVisible()).toBe(false);
      await page.getByText("Show the answer").click();
      expect(await page.getByText("a) the bias. It shifts the threshold.").isVisible()).toBe(true);
    } finally {
      removeDisplay();
      await browser.close();
    }
  });
});
