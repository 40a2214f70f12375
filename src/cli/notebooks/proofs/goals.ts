import type { Exercises } from "../../../exercises/exercise.js";
import { machineHalfFile } from "../machine-half.js";
import type { LessonSource } from "../myst.js";

/** Every goal has an exercise, every exercise a goal, and both say so of each other. */
export function goalFaults(lesson: LessonSource): string[] {
  const exercises = lesson.parts.filter((part) => part.kind === "exercise");
  const ids = exercises.map(({ id }) => id);
  const goals = lesson.goals.flatMap((goal) => {
    const where = `${lesson.file}:1: goal ${goal.id}`;
    if (goal.exercises.length === 0) return [`${where} has no exercise.`];
    return goal.exercises
      .filter((id) => !ids.includes(id))
      .map((id) => `${where} names the exercise ${id}, which is not there.`);
  });
  const strays = exercises.flatMap(({ id, goal, line }) => {
    const named = lesson.goals.find((each) => each.id === goal);
    if (named === undefined)
      return [
        `${lesson.file}:${line}: exercise ${id} belongs to goal "${goal}"; the goals are ${lesson.goals.map((each) => each.id).join(", ")}.`,
      ];
    return named.exercises.includes(id)
      ? []
      : [
          `${lesson.file}:${line}: exercise ${id} belongs to goal ${goal}, whose list in the front matter lacks it.`,
        ];
  });
  return [...goals, ...strays];
}

/** Text and machine half hold the same exercises; each has four wrong answers with hints, and three hints of its own. */
export function exerciseFaults(lesson: LessonSource, exercises: Exercises): string[] {
  const file = machineHalfFile(lesson);
  const written = lesson.parts.filter((part) => part.kind === "exercise");
  const missing = written
    .filter(({ id }) => !Object.hasOwn(exercises, id))
    .map(({ id, line }) => `${lesson.file}:${line}: exercise ${id} has no checks in ${file}.`);
  const strays = Object.keys(exercises)
    .filter((id) => !written.some((each) => each.id === id))
    .map((id) => `${file}: ${id} has no text in ${lesson.file}.`);
  const odd = lesson.parts
    .filter((part) => part.kind === "exercise" || part.kind === "quiz" || part.kind === "predict")
    .filter(({ id }) => !id.startsWith(`${lesson.id}-`))
    .map(({ id, line }) => `${lesson.file}:${line}: ids of this lesson begin with ${lesson.id}-, got ${id}.`);
  const poor = Object.entries(exercises).flatMap(([id, { wrong, hints, checks }]) => [
    ...(wrong.length < 4 ? [`${file}: ${id} needs four known wrong answers, has ${wrong.length}.`] : []),
    ...wrong.flatMap(({ means, hint }, index) =>
      means.trim() === "" || hint.trim() === ""
        ? [`${file}: wrong answer ${index + 1} of ${id} needs a meaning and a hint.`]
        : [],
    ),
    ...(hints.length === 3 && hints.every((hint) => hint.trim() !== "")
      ? []
      : [`${file}: ${id} needs three hints.`]),
    ...(checks.length === 0 ? [`${file}: ${id} has no check.`] : []),
  ]);
  return [...missing, ...strays, ...odd, ...poor];
}
