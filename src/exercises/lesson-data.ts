/** What a lesson's text says about its exercises, quizzes and predictions: `dist/lessons/NN.json`, made from the source. */
export interface LessonData {
  readonly format: 1;
  /** `02`. */
  readonly id: string;
  readonly title: string;
  readonly exercises: Readonly<Record<string, ExerciseText>>;
  readonly quizzes: Readonly<Record<string, readonly QuizQuestion[]>>;
  readonly predictions: Readonly<Record<string, Prediction>>;
}

/** The text half of an exercise. */
export interface ExerciseText {
  /** `Exercise 2: three AND gates`, without the minutes. */
  readonly title: string;
  readonly minutes: number;
  /** The worked solution: its code, and the Markdown that follows it in the source (may be empty). */
  readonly solution: { readonly code: string; readonly markdown: string };
}

/** One question with two to nine options; at least one is right. Texts are Markdown of one paragraph. */
export interface QuizQuestion {
  readonly text: string;
  readonly options: readonly QuizOption[];
}

/** One answer to choose. */
export interface QuizOption {
  readonly text: string;
  readonly right: boolean;
  /** Shown after answering. */
  readonly why?: string;
}

/** A question that is asked before the result is shown. */
export interface Prediction extends QuizQuestion {
  /** Markdown, shown after committing. */
  readonly after: string;
}
