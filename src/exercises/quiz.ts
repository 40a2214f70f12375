import { type Displayable, display, jupyterDisplay } from "../display/index.js";
import { card, type Part } from "./card.js";
import { findText } from "./course.js";
import type { Prediction, QuizOption, QuizQuestion } from "./lesson-data.js";
import { quizHtml } from "./quiz-html.js";
import { type Block, blocksText, readBlocks, readSpans, type Span, spansText } from "./rich-text.js";
import { record, recorded } from "./record.js";
import { showValue } from "./show-value.js";

/**
 * The media type that the JupyterLab extension draws with real radio buttons.
 *
 * @example
 * import { quizMimeType } from "gradus";
 * console.log(quizMimeType); // application/vnd.gradus.quiz+json
 */
export const quizMimeType = "application/vnd.gradus.quiz+json";

/** What travels under {@link quizMimeType}: a quiz, or a prediction, which is one question that is answered once. */
export interface QuizJson {
  readonly version: 1;
  readonly kind: "quiz" | "prediction";
  readonly id: string;
  readonly questions: readonly {
    readonly text: readonly Span[];
    readonly options: readonly {
      readonly text: readonly Span[];
      readonly right: boolean;
      readonly why: readonly Span[];
    }[];
  }[];
  /** Shown after committing. */
  readonly after: readonly Block[];
}

/**
 * Shows a quiz with buttons. With answers it is answered in code, where buttons don't work, and your score is kept:
 * `quiz("02-quiz", ["b", "a"])`; an empty text leaves a question out.
 *
 * @throws RangeError when there is no such quiz; the error names ids like it.
 *
 * @example
 * import { quiz } from "gradus";
 * quiz("02-quiz");
 * // 1. Which gate is on with one input alone?
 * //    a) AND
 * //    b) OR
 * // Answer in code: quiz("02-quiz", ["a"])
 * quiz("02-quiz", ["b"]);
 * // Quiz: 1 of 1 right
 * // 1. Which gate is on with one input alone?
 * //   [x] b) OR
 */
export function quiz(id: string, answers?: readonly string[]): void {
  const questions = findText("quiz", "quizzes", id);
  if (answers === undefined) return display(quizDisplay({ kind: "quiz", id, questions, after: "" }));
  const fault = answersFault(questions, answers);
  if (fault !== undefined)
    return display(
      card({ mood: "open", title: "Your quiz answers can't be read", parts: [{ text: fault }] }),
    );
  const chosen = questions.map(({ options }, i) => optionOf(options, answers[i]));
  const right = chosen.filter((option) => option?.right === true).length;
  const trouble = record((progress) => ({
    ...progress,
    quizzes: {
      ...progress.quizzes,
      [id]: { answers: answers.map(tidy), right, questions: questions.length },
    },
  }));
  display(
    card({
      mood: right === questions.length ? "right" : "wrong",
      title: `Quiz: ${right} of ${questions.length} right`,
      parts: [...questions.flatMap((question, i) => answered(question, chosen[i], i)), ...noteOf(trouble)],
    }),
  );
}

/**
 * Asks for a guess before the result is shown. With a letter it is answered in code, where buttons don't work, and your
 * first guess is kept: `predict("02-how-many", "b")`.
 *
 * @throws RangeError when there is no such prediction; the error names ids like it.
 *
 * @example
 * import { predict } from "gradus";
 * predict("02-sum", "b");
 * // Your prediction: b) true
 * // That is what happens.
 */
export function predict(id: string, choice?: string): void {
  const prediction = findText("predict", "predictions", id);
  if (choice === undefined)
    return display(quizDisplay({ kind: "prediction", id, questions: [prediction], after: prediction.after }));
  const fault = letterFault(prediction.options, choice);
  if (fault !== undefined)
    return display(card({ mood: "open", title: "Your prediction can't be read", parts: [{ text: fault }] }));
  const letter = tidy(choice);
  const before = recorded()?.predictions ?? {};
  const first = Object.hasOwn(before, id) ? before[id] : undefined;
  const trouble = record((progress) =>
    Object.hasOwn(progress.predictions, id)
      ? progress
      : { ...progress, predictions: { ...progress.predictions, [id]: letter } },
  );
  display(card(predictionCard({ prediction, letter, first, trouble })));
}

function predictionCard(of: {
  readonly prediction: Prediction;
  readonly letter: string;
  readonly first: string | undefined;
  readonly trouble: string | undefined;
}): Parameters<typeof card>[0] {
  const { prediction, letter, first, trouble } = of;
  const option = optionOf(prediction.options, letter);
  const changed = first !== undefined && first !== letter;
  return {
    mood: "told",
    title: `Your prediction: ${letter}) ${plainOf(option?.text ?? "")}`,
    parts: [
      ...(changed ? [{ text: `You said ${first} the first time. That one is kept.` }] : []),
      { text: verdictOf(prediction.options, option) },
      ...(option?.why === undefined ? [] : [{ text: option.why }]),
      ...(prediction.after === "" ? [] : [{ text: prediction.after }]),
      ...noteOf(trouble),
    ],
  };
}

function verdictOf(options: readonly QuizOption[], chosen: QuizOption | undefined): string {
  if (chosen?.right === true) return "That is what happens.";
  const right = options.flatMap((option, i) => (option.right ? [`${letterOf(i)}) ${option.text}`] : []));
  return right.length === 0 ? "" : `It turns out differently: ${right.join(", or ")}`;
}

/** A quiz or prediction with buttons, as HTML for other viewers, and as text. */
export function quizDisplay(of: {
  readonly kind: QuizJson["kind"];
  readonly id: string;
  readonly questions: readonly QuizQuestion[];
  readonly after: string;
}): Displayable {
  const json = quizJson(of);
  return {
    [jupyterDisplay]: () => ({
      [quizMimeType]: json,
      "text/html": quizHtml(json),
      "text/plain": quizText(json),
    }),
  };
}

function quizJson(of: Parameters<typeof quizDisplay>[0]): QuizJson {
  return {
    version: 1,
    kind: of.kind,
    id: of.id,
    questions: of.questions.map(({ text, options }) => ({
      text: readSpans(text),
      options: options.map((option) => ({
        text: readSpans(option.text),
        right: option.right,
        why: readSpans(option.why ?? ""),
      })),
    })),
    after: readBlocks(of.after),
  };
}

function quizText({ kind, id, questions }: QuizJson): string {
  const lines = questions.flatMap(({ text, options }, i) => [
    kind === "quiz" ? `${i + 1}. ${spansText(text)}` : spansText(text),
    ...options.map((option, k) => `   ${letterOf(k)}) ${spansText(option.text)}`),
  ]);
  return [...lines, `Answer in code: ${codeForm(kind, id, questions.length)}`].join("\n");
}

/** How the question is answered in code, with letters as an example. */
export function codeForm(kind: QuizJson["kind"], id: string, questions: number): string {
  if (kind === "prediction") return `predict("${id}", "a")`;
  return `quiz("${id}", [${Array.from({ length: questions }, () => '"a"').join(", ")}])`;
}

function answersFault(questions: readonly QuizQuestion[], answers: unknown): string | undefined {
  if (!Array.isArray(answers))
    return `The answers are a list of letters, like \`["a", "b"]\`; this is ${showValue(answers)}.`;
  if (answers.length !== questions.length)
    return `The quiz has ${questions.length} questions and the list has ${answers.length} letters. Write \`""\` for a question that you leave out.`;
  for (const [i, { options }] of questions.entries()) {
    const fault = tidy(answers[i]) === "" ? undefined : letterFault(options, answers[i]);
    if (fault !== undefined) return `Question ${i + 1}: ${fault}`;
  }
  return undefined;
}

function letterFault(options: readonly QuizOption[], choice: unknown): string | undefined {
  if (optionOf(options, choice) !== undefined) return undefined;
  const letters = options.map((_, i) => `"${letterOf(i)}"`);
  return `The answer is one letter, ${letters.slice(0, -1).join(", ")} or ${letters.at(-1)}; this is ${showValue(choice)}.`;
}

function optionOf(options: readonly QuizOption[], choice: unknown): QuizOption | undefined {
  return options.find((_, i) => letterOf(i) === tidy(choice));
}

function tidy(choice: unknown): string {
  return typeof choice === "string" ? choice.trim().toLowerCase() : "?";
}

function letterOf(index: number): string {
  return String.fromCharCode(97 + index);
}

function answered({ text, options }: QuizQuestion, chosen: QuizOption | undefined, index: number): Part[] {
  const mark = chosen === undefined ? "open" : chosen.right ? "holds" : "fails";
  const letter = chosen === undefined ? "left out" : `${letterOf(options.indexOf(chosen))}) ${chosen.text}`;
  const why = chosen?.why === undefined ? [] : [{ text: chosen.why }];
  return [{ label: `${index + 1}.`, text }, { marks: [{ mark, text: letter }] }, ...why];
}

function plainOf(markdown: string): string {
  return blocksText(readBlocks(markdown));
}

function noteOf(trouble: string | undefined): Part[] {
  return trouble === undefined ? [] : [{ label: "Note.", text: trouble }];
}
