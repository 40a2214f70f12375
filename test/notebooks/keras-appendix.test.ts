import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";

// The labs show Keras' results of the same run. Each lesson holds them as a literal; they are those that the script measured.
const root = path.resolve(import.meta.dirname, "..", "..");
const labs = { "14-iris-lab": "iris", "15-wine-lab": "wine", "16-newsgroups-lab": "newsgroups" };

/** The literal after `const kerasRuns = `, evaluated. */
function kerasRuns(source: string): unknown {
  const start = source.indexOf("const kerasRuns = ");
  const end = source.indexOf("};", start);
  if (start < 0 || end < 0) return undefined;
  return new Function(`return (${source.slice(start + "const kerasRuns = ".length, end + 1)})`)() as unknown;
}

describe.each(Object.entries(labs))("the Keras runs of %s", (lesson, fixture) => {
  const source = fs.readFileSync(path.join(root, "notebooks", "source", `${lesson}.md`), "utf8");
  const measured = JSON.parse(
    fs.readFileSync(path.join(root, "test", "fixtures", "labs", `${fixture}.json`), "utf8"),
  ) as { madeWith: { keras: string }; shown: { keras: string } };

  test("are those of the fixture", () => {
    expect(kerasRuns(source)).toEqual(measured.shown);
  });

  test("say with which Keras they were made", () => {
    expect(measured.madeWith.keras).toMatch(/^\d+\.\d+\.\d+$/);
    expect(measured.shown.keras).toBe(measured.madeWith.keras);
  });
});
