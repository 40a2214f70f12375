import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { limitTime } from "../../src/course-files.js";
import {
  check,
  defineExercises,
  exercise,
  hint,
  judge,
  pass,
  progress,
  solution,
} from "../../src/exercises/index.js";
import { type FakeCourse, installFakeCourse, removeDisplay } from "./fake-course.js";
import { andGate } from "./gate-exercise.js";

let course: FakeCourse;
beforeEach(() => {
  course = installFakeCourse();
});
afterEach(removeDisplay);

const right = { w: [0.9, 0.4], b: -1 };
const hostileText = "<img src=x> **b** `c` $d$";
const noBias = { w: [0.9, 0.4], b: 0 };

describe("check", () => {
  it("shows a card that waits for an answer while the stub is untouched, and writes nothing down", () => {
    check("02-and-gate", { w: [0, 0], b: 0 });
    expect(course.lastText()).toBe(
      "An AND gate: waiting for your answer\n" +
        "Write your answer in the cell above this card and run it again.",
    );
    expect(course.progress.exercises).toEqual({});
  });

  it("shows what holds, the first fault with its place, and the hint that fits", () => {
    check("02-and-gate", noBias);
    expect(course.lastText()).toBe(
      [
        "An AND gate: not right yet",
        "  [x] there are two weights",
        "  [ ] not yet: the gate gives 0, 0, 0, 1",
        "  [x] the two weights differ",
        "  Where:    input (0, 1)",
        "  Expected: 0",
        "  Got:      1",
        "Hint. Which sum must stay below the threshold?",
        'More help: hint("02-and-gate")',
      ].join("\n"),
    );
  });

  it("praises in one plain sentence", () => {
    check("02-and-gate", right);
    expect(course.lastText()).toContain("An AND gate: solved\nYour gate lights for (1, 1) only.");
    expect(course.lastText()).not.toContain("!");
  });

  it("says which check failed first when several did", () => {
    check("02-and-gate", { w: [1, 1], b: 0 });
    expect(course.lastText()).toContain("This should hold first: the gate gives 0, 0, 0, 1.");
  });

  it("calls a hint a guess when only the place is the same", () => {
    check("02-slope", (x: number) => 5 * x * x * x);
    expect(course.lastText()).toContain("Perhaps: That is x² itself.");
    expect(course.progress.exercises["02-slope"].misconceptions).toEqual({});
  });

  it("says what the form lacks", () => {
    check("02-and-gate", { w: [1, 2] });
    expect(course.lastText()).toContain("The form isn't right yet: the answer lacks the field b.");
  });

  it("writes tries, misconceptions and the first solution down, and stops counting then", () => {
    check("02-and-gate", noBias);
    check("02-and-gate", noBias);
    check("02-and-gate", right);
    check("02-and-gate", noBias);
    expect(course.progress.exercises["02-and-gate"]).toEqual({
      tries: 3,
      solved: "2026-11-21T01:30:00.000Z",
      hints: 0,
      solutionSeen: false,
      misconceptions: { "forgot the bias": 2 },
    });
  });

  it("goes on when progress can't be written, and says so once", () => {
    course.trouble = "the disk is full";
    check("02-and-gate", noBias);
    expect(course.lastText()).toContain("Note. Your progress isn't kept: the disk is full");
    check("02-and-gate", noBias);
    expect(course.lastText()).not.toContain("Note.");
  });

  it("works with progress switched off", () => {
    course = installFakeCourse({ isOff: true });
    check("02-and-gate", right);
    expect(course.lastText()).toContain("solved");
    progress();
    expect(course.lastText()).toContain("Progress is switched off here");
  });

  it.each([
    ["02-and-gates", 'check: there is no exercise "02-and-gates". Did you mean "02-and-gate"?'],
    ["02-sloppe", 'check: there is no exercise "02-sloppe". Did you mean "02-slope"?'],
    ["and-gate", 'check: there is no exercise "and-gate". Did you mean "02-and-gate"?'],
    [
      "99-nothing-like-it",
      'check: there is no exercise "99-nothing-like-it". There are: 02-and-gate, 02-slope.',
    ],
    ["__proto__", 'check: there is no exercise "__proto__". There are: 02-and-gate, 02-slope.'],
  ])("an unknown id %s names near ones", (id, sentence) => {
    expect(() => check(id, right)).toThrow(new RangeError(sentence));
  });

  it("says what is missing when the id is no text", () => {
    expect(() => check(right as never, "02-and-gate")).toThrow(
      "the first argument is the id of the exercise, as text; got object",
    );
  });

  it.each<[string, () => void]>([
    ["a value", () => check("02-slope", () => hostileText)],
    ["the form", () => check("02-and-gate", { w: hostileText, b: 0 })],
    [
      "an error",
      () =>
        check("02-slope", () => {
          throw new Error(hostileText);
        }),
    ],
  ])("shows %s of an answer as text, never as HTML or Markdown", (_, run) => {
    run();
    expect(course.lastHtml().replaceAll("<span>$</span>", "$")).toContain(
      "&#60;img src=x&#62; **b** `c` $d$",
    );
    expect(course.lastHtml()).not.toMatch(/<img|<strong>b|<code>c</);
  });
});

describe("hint", () => {
  it("gives one more each time for the exercise that was checked last, then points to the solution", () => {
    check("02-slope", (x: number) => x);
    hint();
    expect(course.lastText()).toBe(
      'A slope: hint 1 of 3\n1. a\nRun hint("02-slope") again for the next one.',
    );
    hint();
    hint();
    hint();
    expect(course.lastText()).toBe(
      'A slope: hint 3 of 3\n1. a\n2. b\n3. c\nThat was the last one. solution("02-slope") shows a worked solution.',
    );
    expect(course.progress.exercises["02-slope"]).toMatchObject({ hints: 3, tries: 1 });
  });

  it("shows code and formulas of a hint as such", () => {
    hint("02-and-gate");
    hint("02-and-gate");
    expect(course.lastHtml()).toContain("<code>w1 = 0.9</code>. Where must $-b$ lie?");
  });
});

describe("solution", () => {
  it("is folded Markdown, and is written down", () => {
    solution("02-and-gate");
    expect(course.shown.at(-1)?.["text/markdown"]).toBe(
      "<details><summary>Exercise 1: an AND gate: worked solution</summary>\n\n" +
        "```typescript\nconst gate = { w: [0.9, 0.4], b: -1 };\n```\n\nOnly $0.9 + 0.4$ is **above** 1.\n\n</details>",
    );
    expect(course.progress.exercises["02-and-gate"]).toMatchObject({ solutionSeen: true, tries: 0 });
  });

  it("names near ids", () => {
    expect(() => solution("02-and-gat")).toThrow('Did you mean "02-and-gate"?');
  });
});

describe("progress", () => {
  it("shows each lesson with its count, its bar and its exercises", () => {
    check("02-and-gate", noBias);
    check("02-and-gate", right);
    hint("02-slope");
    progress();
    expect(course.lastText()).toBe(
      [
        "02 The perceptron: AND, OR, NAND",
        "   [##########..........] 1 of 2 solved",
        "        tries  hints  exercise",
        "   [x]      2      0  Exercise 1: an AND gate",
        "   [ ]      0      3  Exercise 2: a slope",
      ].join("\n"),
    );
    expect(course.lastHtml()).toContain("width: 50%");
  });

  it("says why it can't be shown", () => {
    course.trouble = "progress.json can't be used: it is damaged";
    progress();
    expect(course.lastText()).toContain("it is damaged");
  });
});

describe("a definition", () => {
  const good = andGate;
  it.each<[string, () => unknown, string]>([
    ["an id without a lesson", () => defineExercises({ gate: good }), '"gate" is no id'],
    [
      "ids of two lessons",
      () => defineExercises({ "02-a": good, "03-b": good }),
      "belong to different lessons",
    ],
    ["two hints", () => exercise({ ...good, hints: ["a", "b"] as never }), "hints are three"],
    ["no checks", () => exercise({ ...good, checks: [] }), "there are no checks"],
    [
      "no stub",
      () => exercise({ checks: good.checks, wrong: [], hints: good.hints } as never),
      "there is no stub",
    ],
    [
      "two checks that say the same",
      () => exercise({ ...good, checks: [1, 2].map(() => ({ says: "a", test: () => pass })) }),
      'two checks say "a"',
    ],
  ])("with %s is refused", (_, define, words) => {
    expect(define).toThrow(words);
  });

  it("whose check returns no verdict is told so, not taken for right", () => {
    const careless = { ...good, checks: [{ says: "x", test: () => true as never }] };
    const { outcome, findings } = judge(careless, { w: [1, 1], b: 0 }, { limitTime });
    expect(outcome).toBe("not solved");
    expect(findings[0].note).toContain('the check "x" returns true in place of pass or fail({ ... })');
  });
});

describe("the HTML of cards", () => {
  // Tried in JupyterLab 4.5: style sheets, scripts, `hidden` and role are removed from untrusted notebooks.
  it("needs nothing that JupyterLab removes from an untrusted notebook", () => {
    check("02-and-gate", noBias);
    check("02-and-gate", right);
    check("02-and-gate", { w: 1 });
    hint("02-slope");
    progress();
    expect(course.shown).toHaveLength(5);
    for (const { "text/html": source } of course.shown) {
      expect(source).toContain('style="');
      expect(source).not.toMatch(/<(style|script|input|button|svg|template)\b| hidden\b/);
    }
  });

  it("closes what it opens", () => {
    check("02-and-gate", noBias);
    const tags = [...course.lastHtml().matchAll(/<(\/?)(\w+)/g)].map(
      ([, close, name]) => [close === "", name] as const,
    );
    const open: string[] = [];
    for (const [opens, name] of tags) {
      if (opens) open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(tags.length).toBeGreaterThan(20);
    expect(open).toEqual([]);
  });
});
