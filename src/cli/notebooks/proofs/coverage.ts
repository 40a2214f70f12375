import * as fs from "node:fs";
import * as path from "node:path";
import { Problem } from "../../problem.js";
import { notebooksFolder } from "../../project.js";
import { appears } from "../editions.js";
import type { LessonSource } from "../myst.js";
import { words } from "../options.js";

/** One row of a table: an id and the lessons that must carry it. */
export interface Duty {
  readonly id: string;
  readonly lessons: readonly string[];
}

export interface DutyTable {
  /** `coverage.tsv`. */
  readonly name: string;
  /** The option under which a cell names its ids. */
  readonly option: "covers" | "corrects";
  readonly duties: readonly Duty[];
}

/** What every lesson must teach (`coverage.tsv`) and which common mistakes it must put right (`errata.tsv`). */
export function readDutyTables(folder: string = notebooksFolder): readonly DutyTable[] {
  return (
    [
      ["coverage.tsv", "covers"],
      ["errata.tsv", "corrects"],
    ] as const
  ).map(([name, option]) => ({ name, option, duties: readTable(path.join(folder, name)) }));
}

/** Rows of tab-separated text; lines that begin with # are comments, the first other line names the columns. */
export function readTable(file: string): Duty[] {
  const [head, ...rows] = fs
    .readFileSync(file, "utf8")
    .split(/\r?\n/)
    .map((text, index) => ({ cells: text.split("\t"), line: index + 1 }))
    .filter(({ cells }) => cells.join("") !== "" && !cells[0]!.startsWith("#"));
  const idAt = head?.cells.indexOf("id") ?? -1;
  const lessonsAt = head?.cells.indexOf("notebooks") ?? -1;
  if (idAt < 0 || lessonsAt < 0)
    throw new Problem(`${file}: its first line names the columns, among them id and notebooks.`);
  const seen = new Set<string>();
  return rows.map(({ cells, line }) => {
    const id = cells[idAt]!;
    if (cells.length !== head!.cells.length)
      throw new Problem(`${file}:${line}: has ${cells.length} columns, the head has ${head!.cells.length}.`);
    if (seen.has(id)) throw new Problem(`${file}:${line}: the id ${id} stands twice.`);
    seen.add(id);
    const lessons = words(cells[lessonsAt]).filter((each) => each !== "-");
    const odd = lessons.find((each) => !/^\d\d$/.test(each));
    if (odd !== undefined)
      throw new Problem(`${file}:${line}: notebooks are numbers of two digits, got "${odd}".`);
    return { id, lessons };
  });
}

/** Ids that a lesson must carry and does not, that it carries and must not, and ids that no table knows. */
export function coverageFaults(lesson: LessonSource, tables: readonly DutyTable[]): string[] {
  return tables.flatMap(({ name, option, duties }) => {
    const carried = new Map<string, number>();
    for (const part of lesson.parts) {
      if (!appears(part.kind === "exercise" ? {} : part.options, "learner")) continue;
      const errata = option === "corrects" && part.kind === "misconception" ? part.errata : [];
      for (const id of [...words(part.options[option]), ...errata]) carried.set(id, part.line);
    }
    const known = new Map(duties.map((duty) => [duty.id, duty]));
    const missing = duties.filter(({ id, lessons }) => lessons.includes(lesson.id) && !carried.has(id));
    const odd = [...carried].flatMap(([id, line]) => {
      const duty = known.get(id);
      if (duty?.lessons.includes(lesson.id)) return [];
      const why =
        duty === undefined
          ? `no row of ${name} has this id`
          : `${name} gives it to ${duty.lessons.join(", ") || "no lesson"}`;
      return [`${lesson.file}:${line}: ${option} ${id}, but ${why}.`];
    });
    return [
      ...(missing.length === 0
        ? []
        : [
            `${lesson.file}:1: ${name} gives this lesson ${missing.map(({ id }) => id).join(", ")}; no cell has them under "${option}".`,
          ]),
      ...odd,
    ];
  });
}

/** How many rows wait for lessons that are not written yet. */
export function waitingDuties(written: ReadonlySet<string>, tables: readonly DutyTable[]): string[] {
  return tables.flatMap(({ name, duties }) => {
    const waiting = duties.filter(({ lessons }) => lessons.some((id) => !written.has(id)));
    return waiting.length === 0
      ? []
      : [`${name}: ${waiting.length} of ${duties.length} ids wait for lessons that are not written yet.`];
  });
}
