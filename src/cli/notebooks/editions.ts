import type { Exercise } from "./directives.js";
import { numberExercises, type Shown } from "./exercise-numbers.js";
import type { Part, SourceCell } from "./myst.js";
import { type Options, parseMinutes, without, words } from "./options.js";

/** `learner`: what people open; `workshop`: mostly filled in, with the marked exercises; `solutions`: every exercise solved. */
export type Edition = "learner" | "workshop" | "solutions";

export const editions: readonly Edition[] = ["learner", "workshop", "solutions"];

/** Where each edition lies, as seen from the folder of the notebooks. */
export const editionFolders: Readonly<Record<Edition, string>> = {
  learner: "",
  workshop: "workshop",
  solutions: "solutions",
};

/** How an exercise appears in an edition. */
export function exerciseForm(exercise: Exercise, edition: Edition): "task" | "solved" | "left out" {
  if (edition === "learner") return "task";
  if (edition === "solutions") return "solved";
  const mark = exercise.options["edition"];
  return mark === "workshop" ? "task" : mark === "solved" ? "solved" : "left out";
}

/**
 * The cells of one edition. A cell or box with `edition` appears in the editions that it names, any other in all.
 * Where exercises are left out, the others are numbered anew.
 */
export function editionCells(parts: readonly Part[], edition: Edition): SourceCell[] {
  return numberExercises(shownCells(parts, edition), shownExercises(parts, edition));
}

/** The exercises of a lesson, each with whether the edition has it. */
export function shownExercises(parts: readonly Part[], edition: Edition): Shown[] {
  return parts.flatMap((part) =>
    part.kind === "exercise" ? [{ exercise: part, shown: exerciseForm(part, edition) !== "left out" }] : [],
  );
}

/** The cells of one edition, with the exercises' numbers of the source. */
export function shownCells(parts: readonly Part[], edition: Edition): SourceCell[] {
  return parts.flatMap((part) => {
    if (part.kind === "exercise") return exerciseCells(part, edition);
    if (!appears(part.options, edition)) return [];
    switch (part.kind) {
      case "markdown":
      case "code":
        return [part];
      case "predict":
      case "quiz":
        return [
          {
            kind: "code",
            text: `${part.kind}(${JSON.stringify(part.id)});`,
            line: part.line,
            options: { ...part.options, [part.kind]: part.id },
          },
        ];
      case "misconception": {
        const quoted = `**Often said, but** ${part.text.text}`
          .split("\n")
          .map((line) => `> ${line}`.trimEnd())
          .join("\n");
        const corrects = [...part.errata, ...words(part.options["corrects"])].join(" ");
        return [
          {
            ...part.text,
            text: quoted,
            options: { ...part.options, ...(corrects === "" ? {} : { corrects }), box: "misconception" },
          },
        ];
      }
    }
  });
}

/** True when a part with these options appears in an edition. */
export function appears(options: Options, edition: Edition): boolean {
  const named = words(options["edition"]);
  return named.length === 0 || named.includes(edition);
}

function exerciseCells(exercise: Exercise, edition: Edition): SourceCell[] {
  const form = exerciseForm(exercise, edition);
  if (form === "left out") return [];
  const { id, goal, task, stub, solution, worked } = exercise;
  const [, ...rest] = task.text.split("\n");
  const minutes = headingMinutes(exercise, edition);
  const time = minutes === undefined ? "" : ` (${minutes} ${minutes === 1 ? "minute" : "minutes"})`;
  const heading = `${"#".repeat(exercise.headingLevel)} ${exercise.title}${time}`;
  const about = { exercise: id, goal };
  const head: SourceCell = {
    ...task,
    text: [heading, ...rest].join("\n").trimEnd(),
    options: { ...without(exercise.options, "edition"), ...about, part: "task" },
  };
  return form === "task"
    ? [head, { ...stub, options: { ...without(stub.options, "stub"), ...about, part: "stub" } }]
    : [
        head,
        { ...solution, options: { ...without(solution.options, "solution"), ...about, part: "solution" } },
        { ...worked, options: { ...about, part: "worked" } },
      ];
}

/** The minutes of the people who read this edition. A workshop gives a solved exercise only those behind the slash. */
function headingMinutes({ options, id }: Exercise, edition: Edition): number | undefined {
  const text = options["minutes"]!;
  const { self, workshop } = parseMinutes(text, id);
  if (edition !== "workshop") return self;
  return options["edition"] === "workshop" || text.includes("/") ? workshop : undefined;
}
