// The first thing that runs on a fresh clone, so it needs nothing but Node: it checks Node's version, installs the npm
// packages when they are missing or stale, builds `dist/` when a source is newer, and hands over to `dist/cli/main.js`.
// Its syntax stays old on purpose: an outdated Node must be able to read it, to say that it is outdated.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
const packagesStamp = path.join(root, "node_modules", ".gradus-installed");
const buildStamp = path.join(root, "dist", ".gradus-built");

/** A fault with one sentence for the person at the keyboard. */
class Fault extends Error {}

function checkNode() {
  const version = process.versions.node.split(".").map(Number);
  if (version[0] > 20 || (version[0] === 20 && version[1] >= 19)) return;
  throw new Fault(
    "Node " +
      process.versions.node +
      " is too old: gradus needs Node 20.19 or newer. " +
      "Install a current version from https://nodejs.org and run the command again.",
  );
}

function checkWritable() {
  const probe = path.join(root, ".gradus-write-probe-" + process.pid);
  try {
    fs.writeFileSync(probe, "");
    fs.unlinkSync(probe);
  } catch (error) {
    throw new Fault(
      "The folder " +
        root +
        " can't be written to (" +
        error.code +
        "). " +
        "Copy the project to a folder of your own and run the command there.",
    );
  }
}

function readOrNothing(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function sha256(text) {
  return createHash("sha256").update(text).digest("hex");
}

/** Runs a command, its output to the terminal or collected, and resolves to { code, output }. */
function run(command, args, options) {
  const quiet = Boolean(options && options.quiet);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
      shell: Boolean(options && options.shell),
    });
    let output = "";
    if (quiet) {
      child.stdout.on("data", (chunk) => (output += chunk));
      child.stderr.on("data", (chunk) => (output += chunk));
    }
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code: code === null ? 1 : code, signal, output }));
  });
}

/** Shows that something is going on while `work` runs: a line that counts seconds, or one plain line without a terminal. */
async function showWaiting(text, work) {
  const started = Date.now();
  if (!process.stderr.isTTY) {
    process.stderr.write(text + "\n");
    return work;
  }
  const draw = () =>
    process.stderr.write("\r" + text + " " + Math.round((Date.now() - started) / 1000) + " s ");
  draw();
  const timer = setInterval(draw, 250);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    process.stderr.write("\n");
  }
}

async function installPackages() {
  const wanted = sha256(
    readOrNothing(path.join(root, "package-lock.json")) + process.platform + process.arch,
  );
  if (readOrNothing(packagesStamp) === wanted) return;
  checkWritable();
  const npmCli = process.env.npm_execpath;
  const args = [
    "ci",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    "--fetch-retries=2",
    "--fetch-timeout=60000",
  ];
  const viaNode = npmCli && /\.c?js$/.test(npmCli);
  const { code, output } = await showWaiting(
    "Installing the npm packages (once, about a minute) ...",
    viaNode
      ? run(process.execPath, [npmCli].concat(args), { quiet: true })
      : run(process.platform === "win32" ? "npm.cmd" : "npm", args, {
          quiet: true,
          shell: process.platform === "win32",
        }),
  ).catch((error) => {
    throw new Fault(
      "npm could not be started (" +
        error.message +
        "). It comes with Node: install Node from https://nodejs.org.",
    );
  });
  if (code !== 0) throw new Fault(explainNpm(output));
  fs.writeFileSync(packagesStamp, wanted);
}

function explainNpm(output) {
  const last = output.trim().split("\n").slice(-12).join("\n");
  if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(output)) {
    return "The npm registry could not be reached, so the packages are not installed. Connect to the network and run the same command again.";
  }
  if (/ENOSPC/.test(output)) {
    return "The disk is full, so the packages are not installed. Free about 1 GB and run the same command again.";
  }
  return (
    "npm could not install the packages; the same command can be run again once this is mended:\n" + last
  );
}

/** Every file below some folders with its size and time: a cheap fingerprint that changes when a source does. */
function fingerprint(folders) {
  const lines = [];
  const visit = (directory) => {
    for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
      if (entry.name === "node_modules" || entry.name.startsWith(".")) continue;
      const file = path.join(directory, entry.name);
      if (entry.isDirectory()) visit(file);
      else {
        const stat = fs.statSync(file);
        lines.push(file + " " + stat.size + " " + stat.mtimeMs);
      }
    }
  };
  folders.filter((folder) => fs.existsSync(folder)).forEach(visit);
  return sha256(lines.sort().join("\n") + readOrNothing(path.join(root, "package-lock.json")));
}

async function build() {
  const wanted = fingerprint([path.join(root, "src"), path.join(root, "notebooks", "source")]);
  if (readOrNothing(buildStamp) === wanted) return;
  checkWritable();
  fs.rmSync(buildStamp, { force: true });
  const tsc = path.join(root, "node_modules", "typescript", "bin", "tsc");
  const { code, output } = await showWaiting(
    "Building gradus (a few seconds) ...",
    run(process.execPath, [tsc, "-p", path.join(root, "src", "tsconfig.json"), "--pretty", "false"], {
      quiet: true,
    }),
  );
  if (code !== 0) throw new Fault("gradus could not be built; TypeScript says:\n" + output.trim());
  const assets = await import(pathToFileURL(path.join(root, "dist", "cli", "build-assets.js")).href);
  assets.buildAssets(root);
  fs.writeFileSync(buildStamp, wanted);
}

async function main() {
  checkNode();
  const args = process.argv.slice(2);
  await installPackages();
  await build();
  if (args[0] === "build") return;
  const cli = await import(pathToFileURL(path.join(root, "dist", "cli", "main.js")).href);
  process.exitCode = await cli.main(args);
}

main().catch((error) => {
  process.stderr.write(
    (error instanceof Fault ? "gradus: " + error.message : String((error && error.stack) || error)) + "\n",
  );
  process.exitCode = 1;
});
