import * as fs from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

/**
 * Who may import whom. `rooms`: other folders of `src` (a room may always import itself); `node`: built-in modules;
 * `packages`: from node_modules, type imports included. A row that lists files in `nodeFiles` allows `node:` only there.
 */
interface Rule {
  readonly rooms: readonly string[];
  readonly node: boolean;
  readonly packages: readonly string[];
  readonly nodeFiles?: readonly string[];
}

const rules: Readonly<Record<string, Rule>> = {
  engine: { rooms: [], node: false, packages: [] },
  display: { rooms: [], node: false, packages: [] },
  text: { rooms: ["engine"], node: false, packages: [] },
  plots: { rooms: ["engine", "display"], node: false, packages: [] },
  exercises: { rooms: ["engine", "display"], node: false, packages: [] },
  experiments: {
    rooms: ["engine", "display", "plots"],
    node: false,
    packages: [],
    nodeFiles: ["experiments/data-hash.ts"],
  },
  datasets: { rooms: ["engine", "text"], node: false, packages: [], nodeFiles: ["datasets/files.ts"] },
  frames: { rooms: ["datasets", "display", "engine"], node: true, packages: ["danfojs-node"] },
  labextension: {
    rooms: [],
    node: false,
    packages: [],
    nodeFiles: ["labextension/assemble.ts", "labextension/export-template.ts"],
  },
  "kernel/protocol": { rooms: [], node: true, packages: [] },
  "kernel/transport": { rooms: [], node: true, packages: ["zeromq"] },
  "kernel/session": { rooms: ["kernel/protocol"], node: false, packages: [] },
  "kernel/execution": { rooms: ["kernel/session"], node: true, packages: ["typescript"] },
  "kernel/language": { rooms: ["kernel/session"], node: true, packages: ["typescript"] },
  kernel: {
    rooms: ["kernel/protocol", "kernel/transport", "kernel/session", "kernel/execution", "kernel/language"],
    node: true,
    packages: [],
  },
  cli: {
    rooms: ["kernel", "datasets", "exercises", "labextension", "index"],
    node: true,
    packages: ["typedoc", "typescript", "yaml", "playwright-core"],
  },
  index: {
    rooms: ["engine", "text", "datasets", "plots", "exercises", "experiments", "frames", "display"],
    node: false,
    packages: [],
    nodeFiles: [
      "course-files.ts",
      "helper-thread.ts",
      "ledger-files.ts",
      "model-files.ts",
      "progress-file.ts",
    ],
  },
};

const src = path.resolve(import.meta.dirname, "..", "src");

/** The room of a file, given relative to `src`: the deepest folder that has a rule; files of `src` itself are the door. */
function roomOf(file: string): string | undefined {
  if (!file.includes("/")) return "index";
  for (let folder = path.posix.dirname(file); folder !== "."; folder = path.posix.dirname(folder)) {
    if (Object.hasOwn(rules, folder)) return folder;
  }
  return undefined;
}

function importsOf(text: string, name: string): string[] {
  const found = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  if (found.length === 0 && /^\s*import\b/m.test(text))
    throw new Error(`${name}: its imports could not be read`);
  return found;
}

/** What a file imports against the rules, a sentence each. */
export function violations(file: string, text: string): string[] {
  const room = roomOf(file);
  if (room === undefined) return [`${file} lies in no room of the architecture table`];
  const rule = rules[room]!;
  return importsOf(text, file).flatMap((target): string[] => {
    if (target.startsWith("node:")) {
      return rule.node || rule.nodeFiles?.includes(file)
        ? []
        : [`${file} imports ${target}, but ${room} may not use Node's modules`];
    }
    if (target.startsWith(".")) {
      const reached = path.posix.join(path.posix.dirname(file), target);
      const other = roomOf(reached);
      const allowed = other === room || (other !== undefined && rule.rooms.includes(other));
      return allowed
        ? []
        : [`${file} imports ${target}, but ${room} may not import ${other ?? "what lies outside src"}`];
    }
    const packageName = target
      .split("/")
      .slice(0, target.startsWith("@") ? 2 : 1)
      .join("/");
    return rule.packages.includes(packageName)
      ? []
      : [`${file} imports the package ${packageName}, which ${room} may not use`];
  });
}

const sources = fs
  .readdirSync(src, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll(path.sep, "/"))
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts") && !file.startsWith("frames/stand-ins/"));

describe("the house", () => {
  it("has sources to look at", () => {
    expect(sources.length).toBeGreaterThan(20);
  });

  it.each(sources)("%s imports only what its room may import", (file) => {
    expect(violations(file, fs.readFileSync(path.join(src, file), "utf8"))).toEqual([]);
  });

  const engine = sources.filter((file) => file.startsWith("engine/"));
  it.each(engine)("%s uses neither console nor Math.random nor Date", (file) => {
    const text = fs.readFileSync(path.join(src, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    expect(text).not.toMatch(/\bconsole\s*\.|Math\.random|\bDate\s*[.(]|\bprocess\s*\./);
  });

  it("lists every top-level file and folder of the project, so that the root stays small", () => {
    const allowed = new Set([
      ...["package.json", "package-lock.json", "tsconfig.json", "README.md", "LICENSE", "eslint.config.js"],
      ...["notebooks", "src", "data", "test", "node_modules", "dist"],
    ]);
    const root = path.dirname(src);
    const extra = fs.readdirSync(root).filter((name) => !name.startsWith(".") && !allowed.has(name));
    expect(extra).toEqual([]);
  });
});

describe("the architecture test itself", () => {
  it.each([
    ["engine/matrix.ts", 'import * as fs from "node:fs";', "engine may not use Node's modules"],
    ["engine/matrix.ts", 'import { plot } from "../plots/index.js";', "engine may not import plots"],
    ["plots/figure.ts", 'import { loadIris } from "../datasets/iris.js";', "plots may not import datasets"],
    ["plots/figure.ts", 'export * from "plotly.js-dist";', "which plots may not use"],
    ["datasets/iris.ts", 'import * as fs from "node:fs";', "datasets may not use Node's modules"],
    [
      "kernel/session/session.ts",
      'import { x } from "../transport/socket.js";',
      "may not import kernel/transport",
    ],
    ["index.ts", 'export * from "./kernel/server.js";', "index may not import kernel"],
    ["utils/misc.ts", "", "lies in no room"],
  ])("finds the fault in %s: %s", (file, text, sentence) => {
    expect(violations(file, text).join()).toContain(sentence);
  });

  it("accepts what the table allows", () => {
    expect(violations("datasets/files.ts", 'import * as fs from "node:fs";')).toEqual([]);
    expect(violations("cli/start.ts", 'import { register } from "../kernel/kernelspec.js";')).toEqual([]);
  });
});
