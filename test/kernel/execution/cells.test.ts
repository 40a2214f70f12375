/**
 * The folder `test/kernel/cells`: each Markdown file is a session, each of its pairs of a `ts` block and an `out` block
 * is a case. The `out` block is all that reaches the front end, in order, a channel before each line:
 *
 *     stdout| text     stderr| text     result| its text/plain     error| the traceback     late| an error after the cell
 *     display text/html| content        display#id ...| with a display id        update#id ...| its update        clear|
 *
 * A line `...` stands for any lines. A `file name.ts` block writes a file into the notebook's folder.
 * All sessions share one runtime; each cell waits until timers of up to 30 ms have had their turn if its text says
 * `setTimeout`. `GRADUS_WRITE_CELLS=1` writes what happens into the files: read the difference before you believe it.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Event, openNotebook, pause, type Ran } from "./start-executor.js";

interface Block {
  readonly kind: string;
  readonly text: string;
  readonly heading: string;
}

const folder = path.resolve(import.meta.dirname, "../cells");
const sessions = fs.readdirSync(folder).filter((name) => name.endsWith(".md"));
const writes = process.env["GRADUS_WRITE_CELLS"] === "1";

function blocksOf(markdown: string): Block[] {
  let heading = "";
  return [...markdown.matchAll(/^#+ (.*)$|^```([^\n]*)\n([\s\S]*?)^```$/gm)].flatMap((found): Block[] => {
    const [, title, kind = "", text = ""] = found;
    if (title === undefined) return [{ kind, text, heading }];
    heading = title;
    return [];
  });
}

function linesOf(event: Event): string[] {
  const each = (channel: string, text: string): string[] =>
    text
      .replace(/\n$/, "")
      .split("\n")
      .map((line) => `${channel}| ${line}`.trimEnd());
  switch (event.kind) {
    case "stdout":
    case "stderr":
      return each(event.kind, event.text);
    case "clear":
      return [event.wait ? "clear| wait" : "clear|"];
    case "late":
      return each("late", event.traceback.join("\n"));
    case "comm":
      return each(event.message.type, JSON.stringify(event.message.data));
    case "display": {
      const name = event.update === true ? "update" : "display";
      const id = event.displayId === undefined ? "" : `#${event.displayId}`;
      return Object.entries(event.data).flatMap(([type, content]) =>
        each(`${name}${id} ${type}`, typeof content === "string" ? content : JSON.stringify(content)),
      );
    }
  }
}

function transcript({ outcome, sink }: Ran): string[] {
  const lines = sink.events.filter(({ kind }) => kind !== "late").flatMap(linesOf);
  if (outcome.status === "error")
    lines.push(
      ...outcome.error.traceback
        .flatMap((text) => text.split("\n"))
        .map((line) => `error| ${line}`.trimEnd()),
    );
  else {
    for (const [type, content] of Object.entries(outcome.result?.data ?? {})) {
      const channel = type === "text/plain" ? "result" : `result ${type}`;
      lines.push(
        ...String(content)
          .split("\n")
          .map((line) => `${channel}| ${line}`.trimEnd()),
      );
    }
  }
  lines.push(...sink.events.filter(({ kind }) => kind === "late").flatMap(linesOf));
  return lines;
}

/** What differs from run to run: the notebook's folder. */
function withoutFolder(lines: readonly string[], place: string): string[] {
  return lines.map((line) => line.replaceAll(place, "/notebook"));
}

function expectTranscript(actual: readonly string[], expected: readonly string[]): void {
  const wildcard = expected.findIndex((line) => line === "...");
  if (wildcard === -1) return expect(actual).toEqual(expected);
  const after = expected.slice(wildcard + 1);
  expect(actual.slice(0, wildcard)).toEqual(expected.slice(0, wildcard));
  expect(after.length === 0 ? [] : actual.slice(-after.length)).toEqual(after);
}

const notebook = openNotebook();
beforeAll(() => notebook.executor.start());
afterAll(() => notebook.close());

describe.each(sessions)("%s", (name) => {
  const file = path.join(folder, name);
  const markdown = fs.readFileSync(file, "utf8");
  const blocks = blocksOf(markdown);
  const observed: string[][] = [];
  let cell = 0;

  blocks.forEach(({ kind, text, heading }, index) => {
    if (kind.startsWith("file ")) {
      it(`writes ${kind}`, () => {
        const target = path.join(notebook.folder, kind.slice("file ".length));
        fs.mkdirSync(path.dirname(target), { recursive: true });
        fs.writeFileSync(target, text);
      });
    }
    if (kind !== "ts") return;
    cell += 1;
    const number = cell;
    it(`${heading} [${number}]`, async () => {
      if (number === 1) notebook.recount();
      const ran = await notebook.run(text.replace(/\n$/, ""));
      if (/setTimeout|setInterval|Promise\.reject/.test(text)) await pause(40);
      const lines = withoutFolder(transcript(ran), notebook.folder);
      observed.push(lines);
      if (writes) return;
      const expected = blocks[index + 1];
      expect(expected?.kind, "a ts block is followed by an out block").toBe("out");
      expectTranscript(lines, (expected?.text ?? "").split("\n").slice(0, -1));
    });
  });

  afterAll(() => {
    if (!writes) return;
    let next = 0;
    const filled = markdown.replace(
      /^```ts\n([\s\S]*?)^```\n(?:\n?```out\n[\s\S]*?^```\n)?/gm,
      (_, code: string) => {
        const lines = (observed[next++] ?? []).map((line) => `${line}\n`).join("");
        return `\`\`\`ts\n${code}\`\`\`\n\n\`\`\`out\n${lines}\`\`\`\n`;
      },
    );
    fs.writeFileSync(file, filled);
  });
});

it("the folder of cells holds at least 120 cases", () => {
  const cases = sessions.flatMap((name) =>
    blocksOf(fs.readFileSync(path.join(folder, name), "utf8")).filter(({ kind }) => kind === "ts"),
  );
  expect(cases.length).toBeGreaterThanOrEqual(120);
});
