#!/usr/bin/env node
import * as fs from "node:fs";
import { fileURLToPath } from "node:url";
import { errorCode, Problem } from "./problem.js";
import { inProject } from "./project.js";

interface Command {
  readonly about: string;
  /** Loads the command's module only when it is asked for, so that `gradus --help` answers at once. */
  readonly load: () => Promise<{ run: (args: readonly string[]) => Promise<number>; help: string }>;
}

const commands: Readonly<Record<string, Command>> = {
  start: {
    about: "open the course in JupyterLab",
    load: async () => import("./start.js").then((m) => ({ run: m.start, help: m.startHelp })),
  },
  test: {
    about: "types, lint, unit tests, every notebook in a real kernel",
    load: async () => import("./test-command.js").then((m) => ({ run: m.testCommand, help: m.testHelp })),
  },
  doctor: {
    about: "check this machine and say how to mend what is missing",
    load: async () => import("./doctor.js").then((m) => ({ run: m.doctor, help: m.doctorHelp })),
  },
  run: {
    about: "execute a notebook in a real kernel, without a browser",
    load: async () => import("./run.js").then((m) => ({ run: m.runCommand, help: m.runHelp })),
  },
  kernel: {
    about: "install the TypeScript kernel for any notebook, remove it, list it",
    load: async () => import("./kernel.js").then((m) => ({ run: m.kernelCommand, help: m.kernelHelp })),
  },
  data: {
    about: "list the data sets of the course, fetch those that are not here",
    load: async () => import("./data.js").then((m) => ({ run: m.dataCommand, help: m.dataHelp })),
  },
  notebooks: {
    about: "build the notebooks from their text sources, or check them",
    load: async () =>
      import("./notebooks/command.js").then((m) => ({ run: m.notebooksCommand, help: m.notebooksHelp })),
  },
  reset: {
    about: "put a notebook back to its beginning and keep your copy",
    load: async () => import("./reset.js").then((m) => ({ run: m.resetCommand, help: m.resetHelp })),
  },
  docs: {
    about: "write the API reference from the doc comments",
    load: async () => import("./docs.js").then((m) => ({ run: m.docsCommand, help: m.docsHelp })),
  },
  progress: {
    about: "show which exercises are solved, or put the files of a class together",
    load: async () => import("./progress.js").then((m) => ({ run: m.progressCommand, help: m.progressHelp })),
  },
  bench: {
    about: "measure the engine beside other libraries, the kernel beside other kernels",
    load: async () => import("./bench.js").then((m) => ({ run: m.bench, help: m.benchHelp })),
  },
};

function overview(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(width)}  ${about}`);
  return `gradus: learn deep learning in TypeScript, in Jupyter

  gradus <command> [options]      (in the project: npm run gradus -- <command> [options])

${lines.join("\n")}

  gradus <command> --help         options of a command
  gradus --version`;
}

/** Runs one command and resolves to the exit code. A `Problem` is printed as its sentence, anything else with its stack. */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  try {
    if (name === undefined || name === "help" || name === "--help" || name === "-h") {
      console.log(overview());
      return 0;
    }
    if (name === "--version") {
      console.log(
        (JSON.parse(fs.readFileSync(inProject("package.json"), "utf8")) as { version: string }).version,
      );
      return 0;
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) {
      throw new Problem(
        `There is no command "${name}". The commands are: ${Object.keys(commands).join(", ")}.`,
      );
    }
    const { run, help } = await command.load();
    if (rest.includes("--help") || rest.includes("-h")) {
      console.log(help);
      return 0;
    }
    return await run(rest);
  } catch (error) {
    if (error instanceof Problem) console.error(`gradus: ${error.message}`);
    else if (errorCode(error)?.startsWith("ERR_PARSE_ARGS")) {
      console.error(`gradus ${name}: ${(error as Error).message} See: gradus ${name} --help`);
    } else console.error(error);
    return 1;
  }
}

// Started as `gradus` and not imported by bootstrap.mjs; npm's bin is a link, hence the real path.
if (process.argv[1] !== undefined && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
