import * as fs from "node:fs";
import * as path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { hasDirectives } from "../../src/cli/notebooks/lesson-files.js";
import { readLessons } from "../../src/cli/notebooks/lessons.js";
import { readMachineHalf } from "../../src/cli/notebooks/machine-half.js";
import type { LessonSource } from "../../src/cli/notebooks/myst.js";
import { mutationFaults } from "../../src/cli/notebooks/proofs/mutations.js";
import { limitTime } from "../../src/course-files.js";
import { defineExercises, type Exercise, exercise } from "../../src/exercises/index.js";
import * as gradus from "../../src/index.js";
import { buildRuntime } from "../kernel/execution/start-executor.js";
import { type BuiltPackage, buildPackage } from "./built-package.js";
import { runLesson } from "./lesson-runner.js";

const fixtures = path.resolve(import.meta.dirname, "..", "fixtures", "lessons");
const unreadable: string[] = [];
const lessons = readLessons(undefined, { onFault: (_file, { message }) => unreadable.push(message) });
const proved = [...lessons.filter(hasDirectives), ...readLessons(fixtures)];

let built: { readonly package: BuiltPackage; readonly runtime: string } | undefined;
function build(): NonNullable<typeof built> {
  built ??= { package: buildPackage(proved), runtime: buildRuntime() };
  return built;
}
afterAll(() => {
  built?.package.remove();
  if (built !== undefined) fs.rmSync(built.runtime, { recursive: true, force: true });
});

function run(lesson: LessonSource): Promise<string[]> {
  return runLesson(lesson, { folder: build().package.folder, runtime: build().runtime });
}

it("every lesson can be read", () => {
  expect(unreadable).toEqual([]);
});

describe.each(proved.map((lesson) => ({ name: path.basename(lesson.file, ".md"), lesson })))(
  "lesson $name",
  ({ lesson }) => {
    it.concurrent(
      "its solution cells pass, and its stub cells say not yet, in a kernel with the cells before them",
      async () => {
        expect(await run(lesson)).toEqual([]);
      },
      120_000,
    );

    const written = lesson.parts.filter((part) => part.kind === "exercise").map(({ id }) => id);

    it("has the same exercises in its text and in its machine half", () => {
      expect(Object.keys(readMachineHalf(lesson, gradus)).sort()).toEqual([...written].sort());
    });

    it.each(written)("%s refuses every known wrong answer with the hint that is meant", (id) => {
      const found = readMachineHalf(lesson, gradus)[id];
      expect(found, `${id} has no machine half`).toBeDefined();
      expect(mutationFaults(id, found!, { limitTime })).toEqual([]);
    });
  },
);

describe("the mutation test itself", () => {
  const half = (id: string): Exercise<unknown> => readMachineHalf(readLessons(fixtures)[0]!, gradus)[id]!;
  const threshold = half("90-threshold");
  const faults = (changed: Partial<Exercise<unknown>>): string[] =>
    mutationFaults("90-threshold", { ...threshold, ...changed }, { limitTime });

  it("names an exercise with three wrong answers", () => {
    expect(faults({ wrong: threshold.wrong.slice(1) })).toEqual([
      "90-threshold: has 3 known wrong answers, needs four.",
    ]);
  });

  it("names a wrong answer that passes", () => {
    const [first, ...rest] = threshold.wrong;
    expect(faults({ wrong: [{ ...first!, answer: 0.25 }, ...rest] })).toEqual([
      '90-threshold: wrong answer 1 (takes > for >=) is judged "solved".',
    ]);
  });

  it("names a wrong answer that gets the hint of another", () => {
    const [first, second, ...rest] = threshold.wrong;
    expect(faults({ wrong: [first!, { ...second!, when: (answer) => answer === 2 }, ...rest] })).toEqual([
      '90-threshold: the "when" of wrong answer 2 (makes AND) does not know its own answer.',
      '90-threshold: wrong answer 4 (never on) is known to the "when" of wrong answer 2 (makes AND).',
    ]);
  });

  it("names two wrong answers that no check tells apart", () => {
    const sum = half("90-sum") as Exercise<(a: number, b: number) => number>;
    const alike = exercise({
      ...sum,
      wrong: [...sum.wrong, { answer: (a, b) => (a === 1 && b === 1 ? 1 : 0), means: "and", hint: "Add." }],
    });
    const { "90-sum": changed } = defineExercises({ "90-sum": alike });
    expect(mutationFaults("90-sum", changed!, { limitTime })).toEqual([
      '90-sum: wrong answer 5 (and) gets the hint of "multiplies".',
      '90-sum: no check tells wrong answer 5 (and) from wrong answer 1 (multiplies); give one of them a "when".',
    ]);
  });

  it("names an exercise whose stub already is an answer", () => {
    expect(faults({ stub: 0.5 })).toEqual(["90-threshold: its stub passes every check, so it is an answer."]);
  });

  it("names solution and stub cells that do not do what they should", async () => {
    const [lesson] = readLessons(fixtures);
    const swapped = lesson!.parts.map((part) =>
      part.kind === "exercise" && part.id === "90-threshold"
        ? { ...part, stub: part.solution, solution: part.stub }
        : part,
    );
    const found = await run({ ...lesson!, parts: swapped });
    expect(found.map((fault) => fault.split(":").slice(0, 2).join(":"))).toEqual([
      '90-threshold: the solution cell shows not "solved" but',
      '90-threshold: the stub cell shows not "waiting for your answer" but',
    ]);
  }, 60_000);
});
