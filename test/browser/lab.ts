import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";

export const root: string = path.resolve(import.meta.dirname, "..", "..");
export const screenshots: string = path.join(root, ".gradus", "screenshots");

/** The browser of this machine; downloading one is no option where only package registries are reached. */
export const executablePath: string | undefined = [
  process.env["GRADUS_CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((file) => file !== undefined && fs.existsSync(file));

export const hasBrowser: boolean = executablePath !== undefined && process.platform !== "win32";

if (!hasBrowser) {
  console.warn("No Chromium on this machine (GRADUS_CHROMIUM may name one): the browser tests are skipped.");
}

/** JupyterLab in a browser, with settings, runtime files and trust of its own. */
export interface Lab {
  readonly page: Page;
  readonly address: URL;
  readonly server: ChildProcess;
  /** Requests to any machine but this one. */
  readonly foreignRequests: readonly string[];
  /** The folder that is named in the command line of every process which belongs to this server. */
  readonly runtimeFolder: string;
  /** Chooses in JupyterLab's menu bar: `menu("Run", "Run All Cells")`. */
  menu(...labels: string[]): Promise<void>;
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface LabOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Of JupyterLab's own plugins, by the folder and the name of each. */
  readonly settings?: Readonly<Record<string, object>>;
}

/** Starts a server with a command that prints its address, and opens a browser. Nothing of the user's is read or changed. */
export async function openLab(
  command: readonly [string, ...string[]],
  { env = {}, cwd = root, settings = {} }: LabOptions = {},
): Promise<Lab> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-home-"));
  fs.mkdirSync(screenshots, { recursive: true });
  // Without this JupyterLab would save a run over the notebook.
  const wanted = { "docmanager-extension/plugin": { autosave: false }, ...settings };
  for (const [plugin, values] of Object.entries(wanted)) {
    const folder = path.join(home, "config", "lab", "user-settings", "@jupyterlab", path.dirname(plugin));
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(
      path.join(folder, `${path.basename(plugin)}.jupyterlab-settings`),
      JSON.stringify(values),
    );
  }
  const runtimeFolder = path.join(home, "runtime");
  const server = spawn(command[0], command.slice(1), {
    cwd,
    env: {
      ...process.env,
      JUPYTER_CONFIG_DIR: path.join(home, "config"),
      JUPYTER_DATA_DIR: path.join(home, "data"),
      JUPYTER_RUNTIME_DIR: runtimeFolder,
      ...env,
    },
  });
  const address = await addressOf(server);
  const browser: Browser = await chromium.launch({
    executablePath: executablePath!,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  const foreignRequests: string[] = [];
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "localhost") foreignRequests.push(request.url());
  });
  return {
    page,
    address,
    server,
    foreignRequests,
    runtimeFolder,
    async menu(bar, ...items) {
      await page.locator(`.lm-MenuBar-item:has-text("${bar}")`).click();
      for (const item of items) await page.locator(`.lm-Menu-itemLabel:text-is("${item}")`).click();
    },
    async screenshot(name) {
      await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
    },
    async close() {
      await browser.close();
      // Asked to stop, `gradus start` ends its JupyterLab too; killed at once it could not.
      if (server.exitCode === null && server.signalCode === null) {
        const ended = new Promise((resolve) => server.once("exit", resolve));
        server.kill("SIGTERM");
        await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 15_000))]);
        server.kill("SIGKILL");
      }
      for (const line of processesNaming(home)) process.kill(Number.parseInt(line, 10), "SIGKILL");
      fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function addressOf(server: ChildProcess): Promise<URL> {
  let output = "";
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /http:\/\/localhost:\d+\/lab\S*token=\S+/.exec(output)?.[0];
      if (found !== undefined) resolve(new URL(found));
    };
    server.stdout!.on("data", listen);
    server.stderr!.on("data", listen);
    server.on("exit", () => reject(new Error(`the server ended: ${output}`)));
  });
}

/** Processes whose command line names a text, as lines of `ps`. */
export function processesNaming(text: string): string[] {
  const { stdout } = spawnSync("ps", ["-eo", "pid,args"], { encoding: "utf8" });
  return stdout.split("\n").filter((line) => line.includes(text) && !line.includes("ps -eo"));
}
