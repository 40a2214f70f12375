import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { indexedPng } from "./indexed-png.js";

/** Draws figures as pictures, in a browser without a window. */
export interface FigureRenderer {
  /** The picture of a figure on white, as it stands before anyone moves a slider, as the bytes of a PNG file. */
  png(figure: unknown): Promise<FigurePicture>;
  close(): Promise<void>;
}

export interface FigurePicture {
  readonly bytes: Buffer;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Why there is no renderer, in a sentence for the person at the keyboard. */
export interface NoRenderer {
  readonly reason: string;
}

/** Any host name: every request is answered from the files below, none leaves this machine. */
const ORIGIN = "http://figures.localhost";
const browserFolder = fileURLToPath(new URL("../../labextension/browser", import.meta.url));

/** The Chromium or Chrome of this machine; `GRADUS_CHROMIUM` names another one. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const wish = env["GRADUS_CHROMIUM"];
  if (wish !== undefined && wish !== "") return fs.existsSync(wish) ? wish : undefined;
  return [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  ].find((file) => fs.existsSync(file));
}

/** Starts a browser with plotly and the modules of our JupyterLab extension, the same ones that draw in JupyterLab. */
export async function openFigureRenderer(
  env: NodeJS.ProcessEnv = process.env,
): Promise<FigureRenderer | NoRenderer> {
  const executablePath = findChromium(env);
  if (executablePath === undefined) {
    return { reason: "there is no Chromium on this machine (GRADUS_CHROMIUM may name one)" };
  }
  let browser: Browser;
  try {
    const { chromium } = await import("playwright-core");
    browser = await chromium.launch({
      executablePath,
      // Surfaces need WebGL, which a machine without a graphics card computes itself.
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-background-networking",
        "--use-angle=swiftshader",
        "--enable-unsafe-swiftshader",
      ],
    });
  } catch (error) {
    return {
      reason: `${executablePath} could not be started: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`,
    };
  }
  try {
    const page = await openPage(browser);
    return { png: (figure) => drawPng(page, figure), close: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

async function openPage(browser: Browser): Promise<Page> {
  const plotlyFile = createRequire(import.meta.url).resolve("plotly.js-dist/plotly.js");
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.route("**/*", (route) => {
    const { origin, pathname } = new URL(route.request().url());
    if (origin !== ORIGIN) return route.abort();
    if (pathname === "/") return route.fulfill({ contentType: "text/html", body: "<body></body>" });
    const file = pathname === "/plotly.js" ? plotlyFile : path.join(browserFolder, path.basename(pathname));
    return route.fulfill({ contentType: "text/javascript", body: fs.readFileSync(file) });
  });
  await page.goto(`${ORIGIN}/`);
  await page.addScriptTag({ url: `${ORIGIN}/plotly.js` });
  return page;
}

async function drawPng(page: Page, figure: unknown): Promise<FigurePicture> {
  // The function runs in the page; as text it needs no types of a browser here.
  const drawn = await page.evaluate<{ palette: string; pixels: string; width: number; height: number }>(
    `import("${ORIGIN}/still-picture.js").then(({ stillPicture }) => stillPicture(Plotly, ${JSON.stringify(figure)}))`,
  );
  const { width, height } = drawn;
  const [palette, pixels] = [drawn.palette, drawn.pixels].map((text) => Buffer.from(text, "base64"));
  return { bytes: indexedPng({ width, height, palette, pixels }), widthPx: width, heightPx: height };
}
