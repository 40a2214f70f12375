import { mapOutsideFences } from "./citations.js";
import type { Exercise } from "./directives.js";
import type { SourceCell } from "./myst.js";

/** An exercise, and whether an edition has it. */
export interface Shown {
  readonly exercise: Exercise;
  readonly shown: boolean;
}

/** "exercise 3" in a text or a heading, but not "exercise 3 of lesson 02". */
const mention = /\b(exercise) (\d+)\b(?! (?:of|in) \[?lesson)/gi;

/** The number in an exercise's heading becomes its number in the edition; one that is left out has none. */
function newNumbers(exercises: readonly Shown[]): Map<string, string | undefined> {
  const numbers = new Map<string, string | undefined>();
  let count = 0;
  for (const { exercise, shown } of exercises) {
    if (shown) count++;
    const old = /^exercise (\d+)\b/i.exec(exercise.title)?.[1];
    if (old !== undefined) numbers.set(old, shown ? String(count) : undefined);
  }
  return numbers;
}

/** Numbers exercises without gaps in an edition that leaves some out: in their headings and where texts name them. */
export function numberExercises(cells: readonly SourceCell[], exercises: readonly Shown[]): SourceCell[] {
  const numbers = newNumbers(exercises);
  if (![...numbers.values()].includes(undefined)) return [...cells];
  return cells.map((cell) =>
    cell.kind === "markdown"
      ? {
          ...cell,
          text: mapOutsideFences(cell.text, (line) =>
            line.replace(mention, (whole, word: string, old: string) => {
              const number = numbers.get(old);
              return number === undefined ? whole : `${word} ${number}`;
            }),
          ),
        }
      : cell,
  );
}

/** Where an edition's cells, not yet numbered anew, name an exercise that the edition leaves out. */
export function missingExercises(
  cells: readonly SourceCell[],
  exercises: readonly Shown[],
  file: string,
): string[] {
  const numbers = newNumbers(exercises);
  return cells.flatMap(({ kind, text, line }) => {
    if (kind !== "markdown") return [];
    return [...text.matchAll(mention)].flatMap(({ 0: named, 2: old, index }) =>
      numbers.has(old!) && numbers.get(old!) === undefined
        ? [
            `${file}:${line + text.slice(0, index).split("\n").length - 1}: "${named}" is left out in the workshop edition.`,
          ]
        : [],
    );
  });
}
