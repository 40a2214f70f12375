import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { predict, quiz, type QuizJson, quizMimeType } from "../../src/exercises/index.js";
import { readBlocks, readSpans, spansHtml } from "../../src/exercises/rich-text.js";
import { type FakeCourse, installFakeCourse, removeDisplay } from "./fake-course.js";

let course: FakeCourse;
beforeEach(() => {
  course = installFakeCourse();
});
afterEach(removeDisplay);

describe("quiz", () => {
  it("is shown as data for our extension, as HTML and as text with the form in code", () => {
    quiz("02-quiz");
    expect(Object.keys(course.shown[0])).toEqual([quizMimeType, "text/html", "text/plain"]);
    expect(course.lastText()).toBe(
      [
        "1. What moves the line?",
        "   a) the bias",
        "   b) the input",
        "2. Is $w_1 < 0$ allowed?",
        "   a) yes",
        "   b) no",
        "   c) only if <b> is big",
        'Answer in code: quiz("02-quiz", ["a", "a"])',
      ].join("\n"),
    );
    const json = course.shown[0][quizMimeType] as QuizJson;
    expect(json).toMatchObject({ version: 1, kind: "quiz", id: "02-quiz" });
    expect(json.questions[0].options[0].text).toEqual([
      { kind: "text", text: "the " },
      { kind: "strong", text: "bias" },
    ]);
  });

  it("stores the same text whenever it is run", () => {
    quiz("02-quiz");
    quiz("02-quiz");
    expect(course.shown[1]).toEqual(course.shown[0]);
  });

  it("marks answers in code, says why, and keeps the score", () => {
    quiz("02-quiz", ["b", "A"]);
    expect(course.lastText()).toBe(
      [
        "Quiz: 1 of 2 right",
        "1. What moves the line?",
        "  [ ] b) the input",
        "It picks the point, not the line.",
        "2. Is $w_1 < 0$ allowed?",
        "  [x] a) yes",
      ].join("\n"),
    );
    expect(course.progress.quizzes["02-quiz"]).toEqual({ answers: ["b", "a"], right: 1, questions: 2 });
  });

  it("lets a question be left out", () => {
    quiz("02-quiz", ["", "a"]);
    expect(course.lastText()).toContain("Quiz: 1 of 2 right");
    expect(course.progress.quizzes["02-quiz"].answers).toEqual(["", "a"]);
  });

  it.each<[unknown, string]>([
    [["a"], "The quiz has 2 questions and the list has 1 letters."],
    [["a", "d"], 'Question 2: The answer is one letter, "a", "b" or "c"; this is "d".'],
    [["a", 1], 'Question 2: The answer is one letter, "a", "b" or "c"; this is 1.'],
    ["ab", 'The answers are a list of letters, like ["a", "b"]; this is "ab".'],
  ])("explains %j and keeps nothing", (answers, sentence) => {
    quiz("02-quiz", answers as string[]);
    expect(course.lastText()).toContain(sentence);
    expect(course.progress.quizzes).toEqual({});
  });

  it("names near ids", () => {
    expect(() => quiz("02-quizz")).toThrow(
      new RangeError('quiz: there is no quiz "02-quizz". Did you mean "02-quiz"?'),
    );
    expect(() => predict("02-quiz")).toThrow(
      'predict: there is no prediction "02-quiz". There are: 02-how-many.',
    );
  });
});

describe("predict", () => {
  it("keeps the result to itself until a letter is given", () => {
    predict("02-how-many");
    expect(course.lastText()).not.toContain("One line is enough");
    predict("02-how-many", "b");
    expect(course.lastText()).toBe(
      "Your prediction: b) x1 + x2 greater than 1.5\nThat is what happens.\nOnly two ones reach 2.\nOne line is enough.\n\nx1 + x2 > 1.5",
    );
  });

  it("keeps the first guess", () => {
    predict("02-how-many", "a");
    expect(course.lastText()).toContain("It turns out differently: b) x1 + x2 greater than 1.5");
    predict("02-how-many", "b");
    expect(course.lastText()).toContain("You said a the first time. That one is kept.");
    expect(course.progress.predictions).toEqual({ "02-how-many": "a" });
  });

  it.each(["d", "", 2, ["a"]])("explains the letter %j and keeps nothing", (choice) => {
    predict("02-how-many", choice as string);
    expect(course.lastText()).toContain('The answer is one letter, "a", "b" or "c"');
    expect(course.progress.predictions).toEqual({});
  });
});

describe("Markdown of one paragraph", () => {
  it.each([
    ["plain < & > text", "plain &#60; &#38; &#62; text"],
    ["`a * b * c` and *em*", "<code>a * b * c</code> and <em>em</em>"],
    ["**bold** and 2 * 3 * 4", "<strong>bold</strong> and 2 * 3 * 4"],
    ["`` a`b ``", "<code> a&#96;b </code>".replace("&#96;", "`")],
    ["$w_1 < w_2$ and snake_case_name", "$w_1 &#60; w_2$ and snake_case_name"],
    ["costs \\$5 and \\*", "costs <span>$</span>5 and *"],
    ["from $5 to $7", "from <span>$</span>5 to <span>$</span>7"],
    ["<script>alert(1)</script>", "&#60;script&#62;alert(1)&#60;/script&#62;"],
    ["two\n  lines", "two lines"],
  ])("%s", (markdown, html) => {
    expect(spansHtml(readSpans(markdown))).toBe(html);
  });

  it("is split into paragraphs and code", () => {
    expect(readBlocks("one\n\ntwo\n\n```ts\na\n\nb\n```\nthree")).toEqual([
      { spans: [{ kind: "text", text: "one" }] },
      { spans: [{ kind: "text", text: "two" }] },
      { code: "a\n\nb" },
      { spans: [{ kind: "text", text: "three" }] },
    ]);
  });
});
