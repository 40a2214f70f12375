import { type Course, defineExercises, exercise, forInputs, newProgress } from "../../src/index.js";

type Gate = (a: number, b: number) => number;

const exercises = defineExercises({
  "02-and-gate": exercise<Gate>({
    stub: () => 0,
    checks: [
      {
        says: "the gate gives 0 0 0 1",
        test: (gate) =>
          forInputs(gate, {
            inputs: [
              [0, 0],
              [0, 1],
              [1, 0],
              [1, 1],
            ],
            expected: [0, 0, 0, 1],
            name: "gate",
          }),
      },
    ],
    wrong: [
      { answer: (a, b) => (a + b > 0 ? 1 : 0), means: "OR", hint: "This gate is on with one input alone." },
    ],
    hints: ["Add the inputs.", "Only the sum of two ones is above 1.", "a + b > 1.5 ? 1 : 0"],
    praise: "Your gate is AND.",
  }) as ReturnType<typeof exercise<unknown>>,
});

/** The lesson that the examples of `check`, `hint`, `quiz` and the like speak of; progress is kept for one example only. */
export function exampleCourse(): Course {
  let kept = newProgress("a learner");
  return {
    lessons: () => ["02"],
    exercises: () => exercises,
    text: () => ({
      format: 1,
      id: "02",
      title: "The perceptron",
      exercises: {
        "02-and-gate": {
          title: "Exercise 1: AND",
          minutes: 5,
          solution: { code: "const and = (a, b) => (a + b > 1.5 ? 1 : 0);", markdown: "" },
        },
      },
      quizzes: {
        "02-quiz": [
          {
            text: "Which gate is on with one input alone?",
            options: [
              { text: "AND", right: false },
              { text: "OR", right: true },
            ],
          },
        ],
      },
      predictions: {
        "02-sum": {
          text: "What is 1 + 1 > 1.5?",
          options: [
            { text: "false", right: false },
            { text: "true", right: true },
          ],
          after: "",
        },
      },
    }),
    limitTime: (act) => act(),
    now: () => new Date(0),
    progress: () => ({ read: () => kept, update: (change) => void (kept = change(kept)) }),
  };
}
