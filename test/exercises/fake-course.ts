import { limitTime } from "../../src/course-files.js";
import type { MimeBundle } from "../../src/display/index.js";
import {
  type Course,
  type LessonData,
  newProgress,
  type Progress,
  type ProgressStore,
  setCourse,
} from "../../src/exercises/index.js";
import { exercises } from "./gate-exercise.js";

export const lesson: LessonData = {
  format: 1,
  id: "02",
  title: "The perceptron: AND, OR, NAND",
  exercises: {
    "02-and-gate": {
      title: "Exercise 1: an AND gate",
      minutes: 5,
      solution: {
        code: "const gate = { w: [0.9, 0.4], b: -1 };",
        markdown: "Only $0.9 + 0.4$ is **above** 1.",
      },
    },
    "02-slope": {
      title: "Exercise 2: a slope",
      minutes: 3,
      solution: { code: "(x) => 2 * x", markdown: "" },
    },
  },
  quizzes: {
    "02-quiz": [
      {
        text: "What moves the line?",
        options: [
          { text: "the **bias**", right: true, why: "It shifts the threshold." },
          { text: "the `input`", right: false, why: "It picks the point, not the line." },
        ],
      },
      {
        text: "Is $w_1 < 0$ allowed?",
        options: [
          { text: "yes", right: true },
          { text: "no", right: false, why: "NAND has two of them." },
          { text: "only if <b> is big", right: false },
        ],
      },
    ],
  },
  predictions: {
    "02-how-many": {
      text: "Which rule could work?",
      options: [
        { text: "x1 + x2 greater than 0.5", right: false },
        { text: "x1 + x2 greater than 1.5", right: true, why: "Only two ones reach 2." },
        { text: "none", right: false },
      ],
      after: "One line is enough.\n\n```\nx1 + x2 > 1.5\n```",
    },
  },
};

export interface FakeCourse {
  /** What was shown, in order. */
  readonly shown: MimeBundle[];
  progress: Progress;
  /** Set to make writing fail. */
  trouble: string | undefined;
  /** The text of what was shown last. */
  lastText(): string;
  lastHtml(): string;
}

/** A course of one lesson, kept in memory, with a display that notes what it is given. */
export function installFakeCourse({ isOff = false }: { readonly isOff?: boolean } = {}): FakeCourse {
  const shown: MimeBundle[] = [];
  const fake: FakeCourse = {
    shown,
    progress: newProgress("someone"),
    trouble: undefined,
    lastText: () => String(shown.at(-1)?.["text/plain"]),
    lastHtml: () => String(shown.at(-1)?.["text/html"]),
  };
  const store: ProgressStore = {
    read() {
      if (fake.trouble !== undefined) throw new Error(fake.trouble);
      return fake.progress;
    },
    update(change) {
      if (fake.trouble !== undefined) throw new Error(fake.trouble);
      fake.progress = change(fake.progress);
    },
  };
  const course: Course = {
    lessons: () => ["02"],
    text: (id) => (id === "02" ? lesson : undefined),
    exercises: (id) => (id === "02" ? exercises : undefined),
    limitTime,
    now: () => new Date("2026-11-21T01:30:00Z"),
    progress: () => (isOff ? undefined : store),
  };
  setCourse(course);
  Object.defineProperty(globalThis, Symbol.for("Jupyter.displayHost"), {
    value: { send: (bundle: MimeBundle) => void shown.push(bundle) },
    configurable: true,
  });
  return fake;
}

export function removeDisplay(): void {
  delete (globalThis as { [key: symbol]: unknown })[Symbol.for("Jupyter.displayHost")];
}
