import { appears, exerciseForm } from "../editions.js";
import type { Minutes } from "../front-matter.js";
import type { LessonSource } from "../myst.js";
import { parseMinutes } from "../options.js";

/**
 * Minutes of the parts, alone and in a workshop. An exercise that the workshop shows solved takes there only
 * what is written behind the slash; one that it leaves out takes nothing.
 */
export function summedMinutes(lesson: LessonSource): Minutes {
  let self = 0;
  let workshop = 0;
  for (const part of lesson.parts) {
    const text = part.options["minutes"];
    if (text === undefined) continue;
    const minutes = parseMinutes(text, `${lesson.file}:${part.line}`);
    if (part.kind === "exercise") {
      const form = exerciseForm(part, "workshop");
      self += minutes.self;
      if (form === "task" || (form === "solved" && text.includes("/"))) workshop += minutes.workshop;
    } else {
      if (appears(part.options, "learner")) self += minutes.self;
      if (appears(part.options, "workshop")) workshop += minutes.workshop;
    }
  }
  return { self, workshop };
}

/** The parts' minutes against those of the front matter. */
export function minuteFaults(lesson: LessonSource): string[] {
  const summed = summedMinutes(lesson);
  return (["self", "workshop"] as const).flatMap((who) => {
    const [wanted, got] = [lesson.minutes[who], summed[who]];
    return Math.abs(wanted - got) < 1e-9
      ? []
      : [
          `${lesson.file}:1: minutes of the front matter (${who}) are ${wanted}, those of the parts add up to ${got}.`,
        ];
  });
}
