import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { exportTemplateName } from "../labextension/export-template.js";
import { stopTree } from "./child.js";
import { Problem } from "./problem.js";
import { notebooksFolder, privateFolder } from "./project.js";
import { ensurePythonEnvironment, type PythonEnvironment } from "./python-environment.js";
import { register } from "./registration.js";
import { coloured, wholeNumber } from "./terminal.js";

export const startHelp = `npm start -- [options]

Opens the course in JupyterLab. The first start installs what is missing.

  --no-browser   do not open a browser; print the address
  --port N       serve on this port (default: the first free one from 8888 on)
  --verbose      show all that JupyterLab logs
  --help         this text

Ctrl-C stops JupyterLab and its kernels.`;

const welcomeNotebook = "00-welcome.ipynb";

export async function start(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      "no-browser": { type: "boolean", default: false },
      port: { type: "string" },
      verbose: { type: "boolean", default: false },
    },
  });
  const port =
    values.port === undefined
      ? undefined
      : wholeNumber(values.port, { option: "--port", min: 1, max: 65_535 });
  if (port !== undefined) await checkPortIsFree(port);
  const environment = await ensurePythonEnvironment();
  register(environment);
  return serve(environment, { port, openBrowser: !values["no-browser"], verbose: values.verbose });
}

/** Throws a `Problem` when something listens on the port already. */
export async function checkPortIsFree(port: number): Promise<void> {
  const server = net.createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
  } catch {
    const another = port < 65_535 ? port + 1 : port - 1;
    throw new Problem(
      `Port ${port} is taken by another program. Choose another: npm start -- --port ${another}`,
    );
  }
  await new Promise((resolve) => server.close(resolve));
}

/**
 * Defaults for JupyterLab that spare a beginner its questions about news and updates. A learner's own settings win.
 * See https://jupyterlab.readthedocs.io/en/stable/user/directories.html#overrides-json
 */
function writeLabSettings(): string {
  const folder = path.join(privateFolder, "lab-settings");
  const overrides = {
    "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
  };
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "overrides.json"), JSON.stringify(overrides, null, 2));
  return folder;
}

interface ServeOptions {
  readonly port: number | undefined;
  readonly openBrowser: boolean;
  readonly verbose: boolean;
}

async function serve(
  environment: PythonEnvironment,
  { port, openBrowser, verbose }: ServeOptions,
): Promise<number> {
  fs.mkdirSync(privateFolder, { recursive: true });
  const logFile = path.join(privateFolder, "jupyterlab.log");
  const log = fs.createWriteStream(logFile);
  const child = spawn(
    environment.python,
    [
      "-m",
      "jupyterlab",
      `--ServerApp.root_dir=${notebooksFolder}`,
      `--LabApp.app_settings_dir=${writeLabSettings()}`,
      `--LabApp.default_url=/lab/tree/${welcomeNotebook}`,
      // "Save and Export Notebook As: HTML" keeps the figures alive.
      `--HTMLExporter.template_name=${exportTemplateName}`,
      ...(port === undefined ? [] : [`--ServerApp.port=${port}`, "--ServerApp.port_retries=0"]),
      ...(openBrowser ? [] : ["--ServerApp.open_browser=False"]),
      // In a container one is often root; JupyterLab refuses that without being told.
      ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
    ],
    {
      cwd: notebooksFolder,
      // Open tabs are remembered per project, beside it, not among the user's own JupyterLab workspaces.
      env: { ...environment.env, JUPYTERLAB_WORKSPACES_DIR: path.join(privateFolder, "workspaces") },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: Ctrl-C then reaches only us, and we end the server in order, its kernels included.
      detached: process.platform !== "win32",
    },
  );
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    process.stderr.write("\nStopping JupyterLab and its kernels ...\n");
    void stopTree(child);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  const recent = relayOutput(child, { log, verbose, openBrowser });
  const code = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exit) => resolve(exit ?? 1));
  });
  log.end();
  if (stopping) {
    process.stderr.write("Stopped.\n");
    return 0;
  }
  if (code !== 0) {
    throw new Problem(
      `JupyterLab stopped by itself (exit code ${code}); the whole log is in ${logFile}. Its last lines:\n${recent().join("\n")}`,
    );
  }
  return 0;
}

/** Passes on the lines that a person needs: the address once, warnings of weight, everything with `--verbose`. */
function relayOutput(
  child: ChildProcess,
  { log, verbose, openBrowser }: { log: fs.WriteStream; verbose: boolean; openBrowser: boolean },
): () => string[] {
  const last: string[] = [];
  let announced = false;
  const onLine = (line: string): void => {
    log.write(line + "\n");
    last.push(line);
    if (last.length > 12) last.shift();
    if (verbose) process.stderr.write(line + "\n");
    const address = /https?:\/\/localhost:\S+\/lab\S*token=\S+/.exec(line)?.[0];
    if (address !== undefined && !announced) {
      announced = true;
      const does = openBrowser
        ? "The course opens in your browser. If it does not, open"
        : "The course is served at";
      process.stdout.write(`\n${does}\n\n  ${coloured(address, "bold")}\n\nCtrl-C here stops it.\n`);
    }
    if (!verbose && /^\[E /.test(line)) process.stderr.write(line + "\n");
  };
  for (const stream of [child.stdout!, child.stderr!]) {
    let pending = "";
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      const lines = (pending + chunk).split(/\r?\n/);
      pending = lines.pop() ?? "";
      lines.forEach(onLine);
    });
  }
  return () => last;
}
