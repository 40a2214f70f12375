import { escapeHtml } from "../display/index.js";
import type { LessonData } from "./lesson-data.js";
import { type Progress, untouched } from "./progress.js";
import { textTable } from "./text-table.js";

/** One exercise in a class. */
export interface ClassRow {
  readonly id: string;
  readonly title: string;
  /** Learners who tried it, asked for a hint or looked at the solution. */
  readonly begun: number;
  readonly solved: number;
  /** Learners who asked for at least one hint, and how many hints those asked for on average. */
  readonly hinted: number;
  readonly hintsEach: number;
  readonly solutionsSeen: number;
  /** The misconception that most learners met, with their number. */
  readonly misconception?: { readonly means: string; readonly learners: number };
}

export interface ClassPicture {
  readonly learners: number;
  readonly rows: readonly ClassRow[];
}

/**
 * The progress of several learners, each counted once: of files with the same learner the one that says more is taken.
 * Rows are the exercises of the lessons and any other that a file names, by id.
 */
export function classPicture(files: readonly Progress[], lessons: readonly LessonData[]): ClassPicture {
  const learners = [...distinctLearners(files).values()];
  const titles = new Map(
    lessons.flatMap(({ exercises }) =>
      Object.entries(exercises).map(([id, { title }]) => [id, title] as const),
    ),
  );
  const ids = [
    ...new Set([...titles.keys(), ...learners.flatMap(({ exercises }) => Object.keys(exercises))]),
  ].sort();
  return { learners: learners.length, rows: ids.map((id) => classRow(id, titles.get(id) ?? id, learners)) };
}

function distinctLearners(files: readonly Progress[]): Map<string, Progress> {
  const byLearner = new Map<string, Progress>();
  for (const file of files) {
    const other = byLearner.get(file.learner);
    if (other === undefined || activity(file) > activity(other)) byLearner.set(file.learner, file);
  }
  return byLearner;
}

/** Only grows while a learner works. */
function activity({ exercises, quizzes, predictions }: Progress): number {
  const perExercise = Object.values(exercises).map(
    ({ tries, hints, solved, solutionSeen }) =>
      tries + hints + Number(solved !== undefined) + Number(solutionSeen),
  );
  return sum(perExercise) + Object.keys(quizzes).length + Object.keys(predictions).length;
}

function classRow(id: string, title: string, learners: readonly Progress[]): ClassRow {
  const all = learners.map(({ exercises }) => (Object.hasOwn(exercises, id) ? exercises[id] : untouched));
  const hinted = all.filter(({ hints }) => hints > 0);
  const met = new Map<string, number>();
  for (const { misconceptions } of all)
    for (const [means, times] of Object.entries(misconceptions))
      if (times > 0) met.set(means, (met.get(means) ?? 0) + 1);
  const [commonest] = [...met].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return {
    id,
    title,
    begun: all.filter(({ tries, hints, solutionSeen }) => tries > 0 || hints > 0 || solutionSeen).length,
    solved: all.filter(({ solved }) => solved !== undefined).length,
    hinted: hinted.length,
    hintsEach: hinted.length === 0 ? 0 : sum(hinted.map(({ hints }) => hints)) / hinted.length,
    solutionsSeen: all.filter(({ solutionSeen }) => solutionSeen).length,
    ...(commonest === undefined ? {} : { misconception: { means: commonest[0], learners: commonest[1] } }),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

const columns = [
  "exercise",
  "begun",
  "solved",
  "asked for hints",
  "hints each",
  "saw solution",
  "commonest misconception",
];

function cells(row: ClassRow): string[] {
  const { misconception, hintsEach, hinted } = row;
  return [
    row.title,
    ...[row.begun, row.solved, hinted].map(String),
    hinted === 0 ? "" : hintsEach.toFixed(1),
    String(row.solutionsSeen),
    misconception === undefined ? "" : `${misconception.means} (${learnersText(misconception.learners)})`,
  ];
}

export function learnersText(count: number): string {
  return count === 1 ? "1 learner" : `${count} learners`;
}

export function classText({ rows }: ClassPicture): string {
  return textTable(
    ["id", ...columns],
    rows.map((row) => [row.id, ...cells(row)]),
  );
}

/** The same as a page of its own, for light and dark, with nothing from elsewhere. */
export function classPage(
  { learners, rows }: ClassPicture,
  { problems }: { readonly problems: readonly string[] },
): string {
  const head = ["Id", ...columns.map((name) => name[0].toUpperCase() + name.slice(1))];
  const body = rows.map((row) => {
    const [title, ...rest] = cells(row);
    const percent = learners === 0 ? 0 : Math.round((100 * row.solved) / learners);
    const tds = rest.map((cell, i) =>
      i === 1
        ? `<td>${cell} <span class="bar" aria-hidden="true"><span style="width: ${percent}%"></span></span></td>`
        : `<td>${escapeHtml(cell)}</td>`,
    );
    return `<tr><td><code>${escapeHtml(row.id)}</code></td><th scope="row">${escapeHtml(title)}</th>${tds.join("")}</tr>`;
  });
  const notes =
    problems.length === 0
      ? ""
      : `<h2>Files that were left out</h2><ul>${problems.map((problem) => `<li>${escapeHtml(problem)}</li>`).join("")}</ul>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>gradus: progress of the class</title>
<style>
:root { color-scheme: light dark; --line: #8a8a8a; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th[scope=row] { font-weight: 600; }
td code, td:has(.bar) { white-space: nowrap; }
.bar { display: inline-block; width: 6rem; height: .6rem; border: 1px solid var(--line); border-radius: .3rem; margin-left: .4rem; }
.bar span { display: block; height: 100%; background: #2e8b57; border-radius: .3rem; }
</style>
</head>
<body>
<main>
<h1>Progress of the class</h1>
<p>${learnersText(learners)}. "Hints each" is the mean over those who asked.</p>
<div class="scroll" role="region" aria-label="Table of exercises" tabindex="0">
<table>
<thead><tr>${head.map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead>
<tbody>
${body.join("\n")}
</tbody>
</table>
</div>
${notes}
</main>
</body>
</html>
`;
}
