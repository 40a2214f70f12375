import { Problem } from "../problem.js";
import { type Options, parseMinutes } from "./options.js";
import type { SourceCell } from "./myst.js";

interface Directive {
  /** The line of the source on which the directive begins, counted from 1. */
  readonly line: number;
  readonly options: Options;
}

/** A task, the cell that the learner edits, and what is shown afterwards. Its checks are in `NN-name.exercises.ts`. */
export interface Exercise extends Directive {
  readonly kind: "exercise";
  readonly id: string;
  readonly goal: string;
  /** The heading's text, without marks. */
  readonly title: string;
  readonly headingLevel: number;
  readonly task: SourceCell;
  readonly stub: SourceCell;
  readonly solution: SourceCell;
  readonly worked: SourceCell;
}

export interface Option {
  readonly text: string;
  readonly right: boolean;
}

/** A guess that the learner commits to before going on. */
export interface Prediction extends Directive {
  readonly kind: "predict";
  readonly id: string;
  readonly question: string;
  readonly options: Options;
  readonly choices: readonly Option[];
  readonly why: string;
}

export interface QuizQuestion {
  readonly question: string;
  readonly line: number;
  readonly choices: readonly (Option & { readonly why: string })[];
}

export interface Quiz extends Directive {
  readonly kind: "quiz";
  readonly id: string;
  readonly questions: readonly QuizQuestion[];
}

/** A box "Often said, but". */
export interface Misconception extends Directive {
  readonly kind: "misconception";
  readonly errata: readonly string[];
  readonly text: SourceCell;
}

export type Block = Exercise | Prediction | Quiz | Misconception;

/** The lines of a directive's body: `lines[i]` is on line `first + i` of the file. */
export interface Body {
  readonly lines: readonly string[];
  readonly first: number;
}

export type DirectiveName = "exercise" | "predict" | "quiz" | "misconception";

const cellOptions = ["covers", "corrects", "minutes", "slide", "tags"];

/** The options that each directive takes. */
export const directiveOptions: Readonly<Record<DirectiveName, readonly string[]>> = {
  exercise: [...cellOptions, "edition", "goal"],
  predict: [...cellOptions, "edition"],
  quiz: [...cellOptions, "edition"],
  misconception: [...cellOptions, "edition"],
};

export interface Opened {
  readonly argument: string;
  readonly options: Options;
  readonly body: Body;
  readonly file: string;
  readonly line: number;
  /** Splits a body into text and code cells. */
  readonly split: (body: Body) => readonly SourceCell[];
}

/** Makes a block of a directive's parts; a `Problem` names file, line and the rule that is broken. */
export function parseDirective(name: DirectiveName, opened: Opened): Block {
  switch (name) {
    case "exercise":
      return parseExercise(opened);
    case "predict":
      return parsePrediction(opened);
    case "quiz":
      return parseQuiz(opened);
    case "misconception":
      return parseMisconception(opened);
  }
}

function requireId({ argument, file, line }: Opened, name: string): string {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(argument))
    throw new Problem(
      `${file}:${line}: a ${name} has an id of small letters, digits and hyphens, like :::{${name}} 02-and-weights; got "${argument}".`,
    );
  return argument;
}

function parseExercise(opened: Opened): Exercise {
  const { options, body, file, line } = opened;
  const id = requireId(opened, "exercise");
  const where = `${file}:${line}: exercise ${id}`;
  for (const needed of ["goal", "minutes"])
    if (!options[needed]) throw new Problem(`${where} needs the option :${needed}:.`);
  parseMinutes(options["minutes"]!, where);
  const edition = options["edition"];
  if (edition !== undefined && edition !== "workshop" && edition !== "solved") {
    throw new Problem(
      `${where}: edition is workshop (kept as a task in the workshop) or solved (shown solved there), got "${edition}".`,
    );
  }
  const cells = opened.split(body);
  const one = (key: "stub" | "solution"): SourceCell => {
    const found = cells.filter((cell) => cell.kind === "code" && cell.options[key] !== undefined);
    if (found.length !== 1)
      throw new Problem(`${where} needs one code cell with the option :${key}:, got ${found.length}.`);
    return found[0]!;
  };
  const stub = one("stub");
  const solution = one("solution");
  const marks = cells.map((cell) =>
    cell === stub ? "stub" : cell === solution ? "solution" : cell.kind === "markdown" ? "text" : "code",
  );
  if (marks.join(" ") !== "text stub solution text") {
    throw new Problem(
      `${where} is made of heading and task, stub cell, solution cell, worked solution, in this order; got ${marks.join(", ")}.`,
    );
  }
  const heading = /^(#{2,4})\s+(\S.*)$/.exec(cells[0]!.text.split("\n")[0]!);
  if (!heading)
    throw new Problem(`${where} begins with its heading, like "### Exercise 2: three AND gates".`);
  for (const [name, cell] of [
    ["stub", stub],
    ["solution", solution],
  ] as const) {
    if (!new RegExp(`\\bcheck\\(\\s*["'\`]${id}["'\`]`).test(cell.text))
      throw new Problem(`${file}:${cell.line}: the ${name} of ${id} ends with check("${id}", ...).`);
  }
  const task = { ...cells[0]!, text: cells[0]!.text };
  return {
    kind: "exercise",
    id,
    line,
    options,
    goal: options["goal"]!,
    title: heading[2]!.trim(),
    headingLevel: heading[1]!.length,
    task,
    stub,
    solution,
    worked: cells[3]!,
  };
}

const choiceLine = /^\s*[-*]\s+\[( |x|X)\]\s+(\S.*)$/;

function requireOneRight(choices: readonly Option[], where: string): void {
  if (choices.length < 2)
    throw new Problem(`${where} needs two options or more, lines like "- [ ] text", got ${choices.length}.`);
  const right = choices.filter((choice) => choice.right).length;
  if (right !== 1) throw new Problem(`${where} needs one right option, marked [x], got ${right}.`);
}

function parsePrediction(opened: Opened): Prediction {
  const { options, body, file, line } = opened;
  const id = requireId(opened, "predict");
  const where = `${file}:${line}: predict ${id}`;
  const isChoice = body.lines.map((each) => choiceLine.test(each));
  const from = isChoice.indexOf(true);
  const to = isChoice.lastIndexOf(true) + 1;
  const choices = body.lines.slice(Math.max(from, 0), to).flatMap((text, index): Option[] => {
    const match = choiceLine.exec(text);
    if (match) return [{ text: match[2]!.trim(), right: match[1] !== " " }];
    if (text.trim() === "") return [];
    throw new Problem(`${file}:${body.first + from + index}: an option of a prediction is one line.`);
  });
  requireOneRight(choices, where);
  const question = textOf(body.lines.slice(0, from));
  const why = textOf(body.lines.slice(to));
  if (question === "") throw new Problem(`${where} needs a question before its options.`);
  if (why === "")
    throw new Problem(`${where} needs a text after its options: what is said after committing.`);
  return { kind: "predict", id, line, options, question, choices, why };
}

function parseQuiz(opened: Opened): Quiz {
  const { options, body, file, line } = opened;
  const id = requireId(opened, "quiz");
  const questions: {
    question: string[];
    line: number;
    choices: { text: string; right: boolean; why: string[] }[];
  }[] = [];
  body.lines.forEach((text, index) => {
    const begin = /^(\d+)\.\s+(\S.*)$/.exec(text);
    const current = questions.at(-1);
    if (begin) {
      questions.push({ question: [begin[2]!], line: body.first + index, choices: [] });
      return;
    }
    if (current === undefined) {
      if (text.trim() !== "")
        throw new Problem(`${file}:${body.first + index}: a quiz is a numbered list of questions, "1. ...".`);
      return;
    }
    const choice = choiceLine.exec(text);
    if (choice) current.choices.push({ text: choice[2]!.trim(), right: choice[1] !== " ", why: [] });
    else if (text.trim() !== "" && !/^\s{2,}/.test(text))
      throw new Problem(
        `${file}:${body.first + index}: what belongs to a question is indented under it; got "${text}".`,
      );
    else (current.choices.at(-1)?.why ?? current.question).push(text.replace(/^\s+/, ""));
  });
  if (questions.length === 0) throw new Problem(`${file}:${line}: quiz ${id} needs a question, "1. ...".`);
  return {
    kind: "quiz",
    id,
    line,
    options,
    questions: questions.map(({ question, line: at, choices }, index) => {
      const where = `${file}:${at}: question ${index + 1} of ${id}`;
      requireOneRight(choices, where);
      const told = choices.map(({ text, right, why }) => ({ text, right, why: textOf(why) }));
      const silent = told.find(({ why }) => why === "");
      if (silent !== undefined)
        throw new Problem(`${where}: the option "${silent.text}" needs its reason on the line below it.`);
      return { question: textOf(question), line: at, choices: told };
    }),
  };
}

function parseMisconception({ argument, options, body, file, line, split }: Opened): Misconception {
  const cells = split(body);
  if (cells.length !== 1 || cells[0]!.kind !== "markdown")
    throw new Problem(`${file}:${line}: a misconception holds text, and no code cell.`);
  const errata = argument.split(/[\s,]+/).filter(Boolean);
  const odd = errata.find((id) => !/^E\d+$/.test(id));
  if (odd !== undefined)
    throw new Problem(`${file}:${line}: a misconception names errata, like E60; got "${odd}".`);
  return { kind: "misconception", errata, line, options, text: cells[0]! };
}

function textOf(lines: readonly string[]): string {
  return lines.join("\n").trim();
}
