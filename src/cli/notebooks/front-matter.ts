import { parse as parseYaml } from "yaml";
import { Problem } from "../problem.js";

export interface Goal {
  readonly id: string;
  readonly text: string;
  readonly exercises: readonly string[];
}

/** Minutes of a learner alone, and of a workshop. */
export interface Minutes {
  readonly self: number;
  readonly workshop: number;
}

/** The head of a lesson's source, between two lines `---`. */
export interface FrontMatter {
  readonly id: string;
  readonly title: string;
  /** The language of the prose, as in HTML's `lang`; `en` unless the front matter says otherwise. */
  readonly lang: string;
  readonly goals: readonly Goal[];
  readonly needs: readonly string[];
  readonly minutes: Minutes;
}

const fields = ["title", "id", "lang", "goals", "needs", "minutes"];

/** Reads the front matter; `end` is the index of its closing line. Throws a `Problem` that names file and field. */
export function parseFrontMatter(
  lines: readonly string[],
  file: string,
): { readonly front: FrontMatter; readonly end: number } {
  const end = lines.indexOf("---", 1);
  if (lines[0] !== "---" || end < 0)
    throw new Problem(`${file}:1: a lesson begins with its front matter between two lines ---.`);
  let raw: unknown;
  try {
    raw = parseYaml(lines.slice(1, end).join("\n"));
  } catch (error) {
    throw new Problem(
      `${file}: the front matter is not valid YAML: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (raw !== null && (typeof raw !== "object" || Array.isArray(raw)))
    throw new Problem(`${file}:1: the front matter is a list of fields, like title: "Gates".`);
  return { front: readFields((raw ?? {}) as Record<string, unknown>, file), end };
}

function readFields(front: Record<string, unknown>, file: string): FrontMatter {
  const missing = ["title", "id", "goals", "minutes"].filter((key) => front[key] === undefined);
  if (missing.length > 0) throw new Problem(`${file}: the front matter lacks ${missing.join(", ")}.`);
  const unknown = Object.keys(front).filter((key) => !fields.includes(key));
  if (unknown.length > 0)
    throw new Problem(
      `${file}: the front matter has no field ${unknown.join(", ")}. It takes ${fields.join(", ")}.`,
    );
  const minutes = front["minutes"] as Partial<Minutes> | null;
  if (typeof minutes?.self !== "number" || typeof minutes.workshop !== "number") {
    throw new Problem(`${file}: minutes needs two numbers, like minutes: {self: 60, workshop: 40}.`);
  }
  if (!Array.isArray(front["goals"])) throw new Problem(`${file}: goals is a list, with a line - for each.`);
  const goals = (front["goals"] as Partial<Goal>[]).map((goal) => {
    if (typeof goal?.id !== "string" || typeof goal.text !== "string")
      throw new Problem(`${file}: every goal needs an id and a text.`);
    return { id: goal.id, text: goal.text, exercises: (goal.exercises ?? []).map(String) };
  });
  return {
    id: String(front["id"]),
    title: String(front["title"]),
    lang: String(front["lang"] ?? "en"),
    goals,
    needs: ((front["needs"] ?? []) as unknown[]).map(String),
    minutes: { self: minutes.self, workshop: minutes.workshop },
  };
}
