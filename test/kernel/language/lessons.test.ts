import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { parseLesson } from "../../../src/cli/notebooks/myst.js";
import { gradusFromSource, session } from "./session.js";

const folder = path.resolve(import.meta.dirname, "..", "..", "..", "notebooks", "source");
const lessons = fs.readdirSync(folder).filter((name) => name.endsWith(".md"));

describe("the course", () => {
  const shared = session({ packages: gradusFromSource(), leanPackages: ["danfojs-node"] });

  it("has lessons to check", () => {
    expect(lessons.length).toBeGreaterThan(0);
  });

  it.each(lessons)(
    "every cell of %s passes the check, in order",
    async (name) => {
      const { language } = shared;
      language.reset();
      const faults: string[] = [];
      const cells = parseLesson(fs.readFileSync(path.join(folder, name), "utf8"), name).cells.filter(
        ({ kind }) => kind === "code",
      );
      for (const [index, { text, line }] of cells.entries()) {
        const { error, warnings } = await language.check(text, { executionCount: index + 1 });
        if (error !== undefined) faults.push(`${name}:${line}\n${error.traceback.join("\n")}`);
        faults.push(...warnings.map((warning) => `${name}:${line} ${warning}`));
        language.commit(text, { executionCount: index + 1 });
      }
      expect(faults).toEqual([]);
    },
    60_000,
  );
});
