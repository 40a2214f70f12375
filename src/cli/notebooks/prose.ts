import type { Exercises } from "../../exercises/exercise.js";
import { mapOutsideFences } from "./citations.js";
import { machineHalfFile } from "./machine-half.js";
import type { LessonSource, Part } from "./myst.js";

/** A piece of Markdown that a learner reads, and where it is written. */
export interface Text {
  readonly markdown: string;
  /** `notebooks/source/02-perceptron-gates.md`. */
  readonly file: string;
  /** The line on which the piece begins; without it the piece is named by `of`. */
  readonly line?: number;
  readonly of?: string;
}

/** All texts of a lesson: prose, tasks, worked solutions, quizzes, predictions, title and goals. */
export function lessonTexts(lesson: LessonSource): Text[] {
  const { file } = lesson;
  const front = [lesson.title, ...lesson.goals.map(({ text }) => text)];
  return [
    ...front.map((markdown): Text => ({ markdown, file, line: 1 })),
    ...lesson.parts.flatMap((part) => partTexts(part, file)),
  ];
}

function partTexts(part: Part, file: string): Text[] {
  const at = ({ text, line }: { text: string; line: number }): Text => ({ markdown: text, file, line });
  switch (part.kind) {
    case "markdown":
      return [at(part)];
    case "code":
      return [];
    case "exercise":
      return [at(part.task), at(part.worked)];
    case "misconception":
      return [at(part.text)];
    case "predict": {
      const texts = [part.question, ...part.choices.map(({ text }) => text), part.why];
      return texts.map((text) => at({ text, line: part.line }));
    }
    case "quiz":
      return part.questions.flatMap(({ question, choices, line }) =>
        [question, ...choices.flatMap(({ text, why }) => [text, why])].map((text) => at({ text, line })),
      );
  }
}

/** What the checks of a lesson say to a learner. */
export function exerciseTexts(lesson: LessonSource, exercises: Exercises): Text[] {
  const file = machineHalfFile(lesson);
  return Object.entries(exercises).flatMap(([id, { checks, hints, wrong, praise }]) => [
    ...checks.map(({ says }, index): Text => ({ markdown: says, file, of: `${id}, check ${index + 1}` })),
    ...hints.map((markdown, index): Text => ({ markdown, file, of: `${id}, hint ${index + 1}` })),
    ...wrong.flatMap(({ hint, means }, index): Text[] => [
      { markdown: hint, file, of: `${id}, hint of wrong answer ${index + 1}` },
      { markdown: means, file, of: `${id}, meaning of wrong answer ${index + 1}` },
    ]),
    ...(praise === undefined ? [] : [{ markdown: praise, file, of: `${id}, praise` }]),
  ]);
}

/** `notebooks/source/02.md:14`, for a position within a text. */
export function placeOf({ file, line, of }: Text, offset = 0, markdown = ""): string {
  const extra = markdown.slice(0, offset).split("\n").length - 1;
  return line === undefined ? `${file}: ${of}` : `${file}:${line + extra}`;
}

/** Blanks out with spaces, so that positions stay. */
function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}

/** The text without code: fences, code spans, `<code>` and `<kbd>`. Positions stay. */
export function withoutCode(markdown: string): string {
  const outside = new Set<number>();
  mapOutsideFences(markdown, (line, index) => {
    outside.add(index);
    return line;
  });
  return markdown
    .split("\n")
    .map((line, index) => (outside.has(index) ? line : blank(line)))
    .join("\n")
    .replace(/(?<!`)(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g, blank)
    .replace(/<(code|kbd|pre)\b[\s\S]*?<\/\1>/gi, blank)
    .replace(/<!--[\s\S]*?-->/g, blank);
}

const displayMath = /\$\$([\s\S]*?)\$\$/g;
const inlineMath = /(?<![\\$])\$(?![\s$])((?:\\[\s\S]|[^$\\])*?)(?<!\s)\$(?!\d)/g;

export interface Formula {
  readonly tex: string;
  readonly display: boolean;
  readonly offset: number;
}

/** The formulas of a text, as MathJax in a notebook would find them. */
export function formulasOf(markdown: string): Formula[] {
  const text = withoutCode(markdown);
  const found = [...text.matchAll(displayMath)].map(({ 1: tex, index }) => ({
    tex: tex!,
    display: true,
    offset: index,
  }));
  const rest = text.replace(displayMath, blank);
  const inline = [...rest.matchAll(inlineMath)].map(({ 1: tex, index }) => ({
    tex: tex!,
    display: false,
    offset: index,
  }));
  return [...found, ...inline].sort((a, b) => a.offset - b.offset);
}

/** The text without code and formulas. Positions stay. */
export function withoutMath(markdown: string): string {
  return withoutCode(markdown).replace(displayMath, blank).replace(inlineMath, blank);
}

/** Only what is read as words: no code, formulas, addresses, marks of HTML, citations. Positions stay. */
export function wordsOnly(markdown: string): string {
  return withoutMath(markdown)
    .replace(/\]\([^)\n]*\)/g, blank)
    .replace(/\[\^[\w-]+\]:?/g, blank)
    .replace(/<[^>\n]*>/g, blank)
    .replace(/https?:\/\/\S+/g, blank)
    .replace(/&\w+;/g, blank)
    .replace(/!\[/g, "  ");
}
