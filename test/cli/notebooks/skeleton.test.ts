import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readLessons } from "../../../src/cli/notebooks/lessons.js";
import { readMachineHalf } from "../../../src/cli/notebooks/machine-half.js";
import { exerciseTexts, lessonTexts } from "../../../src/cli/notebooks/prose.js";
import { exerciseFaults, goalFaults } from "../../../src/cli/notebooks/proofs/goals.js";
import { headingFaults } from "../../../src/cli/notebooks/proofs/headings.js";
import { citationFaults, linkFaults } from "../../../src/cli/notebooks/proofs/links.js";
import { loadKatex, mathFaults } from "../../../src/cli/notebooks/proofs/math.js";
import { minuteFaults } from "../../../src/cli/notebooks/proofs/minutes.js";
import { mutationFaults } from "../../../src/cli/notebooks/proofs/mutations.js";
import { loadSpeller, spellingFaults } from "../../../src/cli/notebooks/proofs/spelling.js";
import { voiceFaults } from "../../../src/cli/notebooks/proofs/voice.js";
import { writeSkeleton } from "../../../src/cli/notebooks/skeleton.js";
import { typeCheckLessons } from "../../../src/cli/notebooks/type-check.js";
import { limitTime } from "../../../src/course-files.js";
import * as gradus from "../../../src/index.js";

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-test-"))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

describe("writeSkeleton", () => {
  it("begins a lesson that passes every check of its sources", () => {
    writeSkeleton("97-new-lesson", { folder });
    const [lesson] = readLessons(folder);
    const exercises = readMachineHalf(lesson!, gradus);
    const texts = [...lessonTexts(lesson!), ...exerciseTexts(lesson!, exercises)];
    const katex = loadKatex();
    const knows = loadSpeller();
    expect([
      ...goalFaults(lesson!),
      ...exerciseFaults(lesson!, exercises),
      ...minuteFaults(lesson!),
      ...headingFaults(lesson!),
      ...linkFaults(lesson!, [lesson!]).faults,
      ...citationFaults(lesson!),
      ...(katex === undefined ? [] : mathFaults(texts, katex)),
      ...(knows === undefined ? [] : spellingFaults(texts, knows)),
      ...voiceFaults(texts),
      ...Object.entries(exercises).flatMap(([id, each]) => mutationFaults(id, each, { limitTime })),
    ]).toEqual([]);
  });

  it("is type-checked in every edition, its exercises too", () => {
    writeSkeleton("97-new-lesson", { folder });
    expect(typeCheckLessons(readLessons(folder))).toEqual([]);
    const machineHalf = path.join(folder, "97-new-lesson.exercises.ts");
    fs.writeFileSync(
      machineHalf,
      fs.readFileSync(machineHalf, "utf8").replace("stub: () => 0", 'stub: () => "0"'),
    );
    const [fault, ...others] = typeCheckLessons(readLessons(folder));
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ file: machineHalf });
    expect(fault!.text).toContain("TS2322");
  }, 60_000);

  it("says which ids the tables give to the lesson", () => {
    const tables = [
      {
        name: "coverage.tsv",
        option: "covers" as const,
        duties: [
          { id: "S1", lessons: ["97"] },
          { id: "S2", lessons: ["98"] },
        ],
      },
    ];
    expect(writeSkeleton("97-new-lesson", { folder, tables }).duties).toEqual([
      { name: "coverage.tsv", ids: ["S1"] },
    ]);
  });

  it.each(["4-short", "new", "04", "04-Big", "04-a b", "../04-a"])("refuses the name %s", (name) => {
    expect(() => writeSkeleton(name, { folder })).toThrow("A lesson's name is its number and words");
  });

  it("never touches a lesson that is there", () => {
    writeSkeleton("97-new-lesson", { folder });
    expect(() => writeSkeleton("97-other", { folder })).toThrow("Lesson 97 is there already: 97-new-lesson");
    expect(fs.readdirSync(folder)).toHaveLength(2);
  });
});
