import { parse as parseYaml } from "yaml";
import { Problem } from "../problem.js";

export interface Goal {
  readonly id: string;
  readonly text: string;
  readonly exercises: readonly string[];
}

export interface SourceCell {
  readonly kind: "markdown" | "code";
  readonly text: string;
  /** The line of the source file, counted from 1, on which `text` begins. */
  readonly line: number;
  /** The `:key: value` lines at the head of a code cell. */
  readonly options: Readonly<Record<string, string>>;
}

/** A lesson's source: a MyST Markdown notebook, as Jupytext reads it under the name `md:myst`. */
export interface LessonSource {
  readonly file: string;
  readonly id: string;
  readonly title: string;
  readonly goals: readonly Goal[];
  readonly needs: readonly string[];
  readonly minutes: { readonly self: number; readonly workshop: number };
  readonly cells: readonly SourceCell[];
}

const codeCell = /^```\{code-cell\}\s*(\w*)\s*$/;
const fence = /^(`{3,}|~{3,})/;

/**
 * Splits a source into its cells: prose up to a line `+++` or to a fence ```` ```{code-cell} typescript ````.
 * Throws a `Problem` with file and line for a missing front matter, an unknown language or a fence that never closes.
 */
export function parseLesson(text: string, file: string): LessonSource {
  const all = text.replaceAll("\r\n", "\n").split("\n");
  const { front, end } = frontMatter(all, file);
  return { file, ...readFront(front, file), cells: splitCells(all, end + 1, file) };
}

function frontMatter(all: readonly string[], file: string): { front: Record<string, unknown>; end: number } {
  const end = all.indexOf("---", 1);
  if (all[0] !== "---" || end < 0)
    throw new Problem(`${file}:1: a lesson begins with its front matter between two lines ---.`);
  try {
    return { front: (parseYaml(all.slice(1, end).join("\n")) ?? {}) as Record<string, unknown>, end };
  } catch (error) {
    throw new Problem(
      `${file}: the front matter is not valid YAML: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function readFront(front: Record<string, unknown>, file: string): Omit<LessonSource, "file" | "cells"> {
  const missing = ["title", "id", "goals", "minutes"].filter((key) => front[key] === undefined);
  if (missing.length > 0) throw new Problem(`${file}: the front matter lacks ${missing.join(", ")}.`);
  const minutes = front["minutes"] as { self?: unknown; workshop?: unknown };
  if (typeof minutes.self !== "number" || typeof minutes.workshop !== "number") {
    throw new Problem(`${file}: minutes needs two numbers, like minutes: {self: 60, workshop: 40}.`);
  }
  const goals = (front["goals"] as Partial<Goal>[]).map((goal) => {
    if (typeof goal.id !== "string" || typeof goal.text !== "string")
      throw new Problem(`${file}: every goal needs an id and a text.`);
    return { id: goal.id, text: goal.text, exercises: goal.exercises ?? [] };
  });
  return {
    id: String(front["id"]),
    title: String(front["title"]),
    goals,
    needs: ((front["needs"] ?? []) as unknown[]).map(String),
    minutes: { self: minutes.self, workshop: minutes.workshop },
  };
}

function splitCells(all: readonly string[], first: number, file: string): SourceCell[] {
  const cells: SourceCell[] = [];
  let prose: string[] = [];
  let proseLine = first;
  const endProse = (): void => {
    const lead = prose.findIndex((line) => line.trim() !== "");
    if (lead >= 0)
      cells.push({
        kind: "markdown",
        text: prose.slice(lead).join("\n").trimEnd(),
        line: proseLine + lead + 1,
        options: {},
      });
    prose = [];
  };
  for (let i = first; i < all.length; i++) {
    const line = all[i]!;
    const code = codeCell.exec(line);
    if (code) {
      if (code[1] !== "typescript")
        throw new Problem(`${file}:${i + 1}: a code cell's language is typescript, got "${code[1]}".`);
      endProse();
      const close = closingFence(all, i, "```", file);
      cells.push(readCode(all, i + 1, close));
      i = close;
      proseLine = i + 1;
    } else if (/^\+\+\+/.test(line)) {
      endProse();
      proseLine = i + 1;
    } else {
      const other = fence.exec(line);
      const last = other ? closingFence(all, i, other[1]!, file) : i;
      prose.push(...all.slice(i, last + 1));
      i = last;
    }
  }
  endProse();
  return cells;
}

function closingFence(all: readonly string[], open: number, mark: string, file: string): number {
  for (let i = open + 1; i < all.length; i++)
    if (all[i]!.startsWith(mark) && all[i]!.trim() === mark) return i;
  throw new Problem(`${file}:${open + 1}: the fence ${mark} opened here is never closed.`);
}

function readCode(all: readonly string[], from: number, to: number): SourceCell {
  const options: Record<string, string> = {};
  let start = from;
  for (; start < to; start++) {
    const option = /^:([\w-]+):\s*(.*)$/.exec(all[start]!);
    if (!option) break;
    options[option[1]!] = option[2]!;
  }
  while (start < to && all[start]!.trim() === "") start++;
  return { kind: "code", text: all.slice(start, to).join("\n").trimEnd(), line: start + 1, options };
}
