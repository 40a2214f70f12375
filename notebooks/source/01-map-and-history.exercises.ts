import {
  defineExercises,
  each,
  exercise,
  fail,
  formFault,
  freshCopy,
  pass,
  Random,
  type Verdict,
} from "gradus";

type Ink = number[][];
type Feature = (ink: Ink) => number;

interface Bar {
  readonly lying: boolean;
  /** The row of a lying bar, the column of a standing one. */
  readonly at: number;
  readonly from: number;
  readonly length: number;
}

const SIDE = 12;

/** A picture with one bar, on paper that is a little dirty. */
function barPicture({ lying, at, from, length }: Bar, dirt = 0): Ink {
  const random = new Random(SIDE * at + from);
  return Array.from({ length: SIDE }, (_, row) =>
    Array.from({ length: SIDE }, (__, column) => {
      const [across, along] = lying ? [row, column] : [column, row];
      const ink = across === at && along >= from && along < from + length ? 1 : 0;
      return ink + dirt * random.uniform({ low: -1, high: 1 });
    }),
  );
}
const bar = (lying: boolean, at: number, from = 3, length = 6): Bar => ({ lying, at, from, length });
const inWordsOf = ({ lying, at }: Bar): string =>
  lying ? `the lying bar in row ${at + 1}` : `the standing bar in column ${at + 1}`;

/** Holds when each lying bar has a larger feature than each standing one. */
function separates(feature: Feature, lying: readonly Bar[], standing: readonly Bar[], dirt = 0): Verdict {
  const valueOf = (each: Bar): number => feature(freshCopy(barPicture(each, dirt)));
  const values = lying.map(valueOf);
  const odd = [...values, ...standing.map(valueOf)].find((value) => !Number.isFinite(value));
  if (odd !== undefined)
    return fail({ on: "a picture with a bar", got: odd, note: "A feature is a finite number." });
  return each(standing, (other) => {
    const value = valueOf(other);
    const least = values.indexOf(Math.min(...values));
    if (values[least] > value + 1e-9) return pass;
    return fail({
      on: `${inWordsOf(lying[least])} and ${inWordsOf(other)}`,
      note: `The feature is ${values[least].toFixed(2)} for the lying bar and ${value.toFixed(2)} for the standing one.`,
    });
  });
}

const rowSums = (ink: Ink): number[] => ink.map((row) => row.reduce((sum, value) => sum + value, 0));
const columnSums = (ink: Ink): number[] => rowSums(ink[0].map((_, column) => ink.map((row) => row[column])));
const total: Feature = (ink) => rowSums(ink).reduce((sum, value) => sum + value, 0);

type Loss = "mse" | "bce" | "cce" | "";
interface TaskLosses {
  carPrice: Loss;
  spam: Loss;
  digit: Loss;
  leftHand: Loss;
  roadSquares: Loss;
  filmGenres: Loss;
}
const noLosses: TaskLosses = {
  carPrice: "",
  spam: "",
  digit: "",
  leftHand: "",
  roadSquares: "",
  filmGenres: "",
};
const rightLosses: TaskLosses = {
  carPrice: "mse",
  spam: "bce",
  digit: "cce",
  leftHand: "mse",
  roadSquares: "cce",
  filmGenres: "bce",
};

/** Every named field is as wanted; a finding names the first that is not, and not what it should be. */
function fieldsAre<Answer extends object>(
  answer: Answer,
  wanted: Answer,
  names: readonly (keyof Answer)[],
  note?: string,
): Verdict {
  return each(names, (name) =>
    answer[name] === wanted[name]
      ? pass
      : fail({ on: String(name), got: answer[name], ...(note === undefined ? {} : { note }) }),
  );
}

/** Every entry is one of the words that are offered, or still empty. */
function wordFault(answer: object, words: readonly string[]): string | undefined {
  const odd = Object.entries(answer).find(([, value]) => value !== "" && !words.includes(value as string));
  return odd === undefined
    ? undefined
    : `${odd[0]} must be one of ${words.map((word) => `"${word}"`).join(", ")}, got ${JSON.stringify(odd[1])}.`;
}

interface Bakery {
  data: string;
  model: string;
  loss: string;
  algorithm: string;
  determinedByLearning: string;
}
const rightBakery: Bakery = { data: "C", model: "A", loss: "E", algorithm: "D", determinedByLearning: "G" };
const noBakery: Bakery = { data: "", model: "", loss: "", algorithm: "", determinedByLearning: "" };

type Milestones = Record<2012 | 2013 | 2014 | 2015 | 2017 | 2018 | 2019 | 2020, string>;
const rightMilestones: Milestones = {
  2012: "AlexNet",
  2013: "DQN",
  2014: "GAN",
  2015: "ResNet",
  2017: "Transformer",
  2018: "BERT",
  2019: "GPT-2",
  2020: "GPT-3",
};
const noMilestones = Object.fromEntries(Object.keys(rightMilestones).map((year) => [year, ""])) as Milestones;
const yearOf = (milestones: Milestones, name: string): number =>
  Number(Object.entries(milestones).find(([, other]) => other === name)?.[0] ?? Infinity);
/** The first name is put before the second, though both are there. */
const before = (milestones: Milestones, first: string, second: string): boolean =>
  Number.isFinite(yearOf(milestones, second)) && yearOf(milestones, first) < yearOf(milestones, second);

type Statements = (boolean | undefined)[];
const truths = [true, true, false, false, false, true, false, true, true, false, true, false];
/** The right answers but for some statements, counted from 1. */
const except = (...numbers: number[]): Statements =>
  truths.map((truth, i) => (numbers.includes(i + 1) ? !truth : truth));
const isWrong =
  (number: number) =>
  (statements: Statements): boolean =>
    statements[number - 1] === !truths[number - 1];

/** Holds when a run of statements is sorted right; otherwise says how many are not, and not which. */
function sorted(statements: Statements, first: number, last: number): Verdict {
  const numbers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const missing = numbers.filter((number) => statements[number - 1] === undefined).length;
  const wrong = numbers.filter(
    (number) => statements[number - 1] !== undefined && statements[number - 1] !== truths[number - 1],
  ).length;
  if (missing + wrong === 0) return pass;
  const told = [wrong > 0 ? `${wrong} wrong` : "", missing > 0 ? `${missing} without an answer` : ""];
  return fail({ on: `statements ${first} to ${last}`, note: `${told.filter(Boolean).join(", ")}.` });
}

interface Diagnosis {
  learned: string;
  spoiled: string;
  longerHelps: boolean | undefined;
}
const rightDiagnosis: Diagnosis = { learned: "the pictures by heart", spoiled: "data", longerHelps: false };
const whatIsLearned = ["rings and crosses", "the pictures by heart", "nothing at all"];
const ingredients = ["data", "model", "loss", "algorithm"];

export default defineExercises({
  "01-bar-feature": exercise<Feature>({
    stub: total,
    checks: [
      {
        says: "a lying bar in the middle has more than a standing one in the middle",
        test: (feature) => separates(feature, [bar(true, 5)], [bar(false, 5)]),
      },
      {
        says: "it holds wherever the lying bar is",
        test: (feature) =>
          separates(feature, [bar(true, 0), bar(true, 3, 0), bar(true, 11, 6)], [bar(false, 5, 3)]),
      },
      {
        says: "it holds wherever the standing bar is",
        test: (feature) =>
          separates(feature, [bar(true, 5, 3)], [bar(false, 0), bar(false, 8, 0), bar(false, 11, 6)]),
      },
      {
        says: "it holds for bars of other lengths",
        test: (feature) => separates(feature, [bar(true, 2, 4, 4)], [bar(false, 7, 0, 12)]),
      },
      {
        says: "it holds on dirty paper",
        test: (feature) =>
          separates(
            feature,
            [bar(true, 1, 2, 8), bar(true, 9, 4, 8)],
            [bar(false, 4, 0, 8), bar(false, 10)],
            0.2,
          ),
      },
    ],
    wrong: [
      {
        answer: (ink) => Math.max(...columnSums(ink)),
        means: "takes columns for rows",
        hint: "Your feature is the greater one for standing bars. Is `ink[2]` a row or a column?",
      },
      {
        answer: (ink) => rowSums(ink)[5],
        means: "looks at one row only",
        hint: "Your feature knows one row. The lying bar may be in any of the twelve: how do you ask all of them?",
      },
      {
        answer: (ink) => rowSums(ink)[0],
        means: "stops at the first row",
        hint: "Your function has its answer after the first row. A `return` inside a loop ends the whole function: when is the greatest known?",
      },
      {
        answer: (ink) => Math.max(...ink.flat()),
        means: "the darkest square in place of the fullest row",
        hint: "The darkest square is equally dark in both bars. Which *sum* is different for them?",
      },
      {
        answer: (ink) => total(ink.slice(0, 6)) - total(ink.slice(6)),
        means: "compares the upper half with the lower half",
        hint: "Your feature asks whether the bar is high or low. A standing bar can be high, too. What does a lying bar do to one single row?",
      },
      {
        answer: (ink) => {
          let longest = 0;
          for (const row of ink) {
            let run = 0;
            for (const value of row) {
              run = value === 1 ? run + 1 : 0;
              longest = Math.max(longest, run);
            }
          }
          return longest;
        },
        means: "counts squares that are exactly 1",
        hint: "On dirty paper no square is exactly 1. Add the ink up in place of comparing it with 1.",
      },
    ],
    hints: [
      "Write the sum of each row beside a lying bar, then beside a standing one. What is different?",
      "A lying bar has one row with a large sum; a standing bar has many rows with a small one. Take the greatest row sum.",
      "Make the list `ink.map((row) => ...)` of row sums, and return `Math.max(...rowSums)`.",
    ],
    praise: "Your feature finds the bar wherever it is.",
  }),

  "01-losses": exercise<TaskLosses>({
    stub: noLosses,
    accepts: (answer) => formFault(answer, noLosses) ?? wordFault(answer as object, ["mse", "bce", "cce"]),
    checks: [
      {
        says: "answers that are numbers have their loss",
        test: (answer) => fieldsAre(answer, rightLosses, ["carPrice", "leftHand"]),
      },
      {
        says: "answers of yes or no have their loss",
        test: (answer) => fieldsAre(answer, rightLosses, ["spam", "filmGenres"]),
      },
      {
        says: "answers that are one of several classes have their loss",
        test: (answer) => fieldsAre(answer, rightLosses, ["digit", "roadSquares"]),
      },
    ],
    wrong: [
      {
        answer: { ...rightLosses, carPrice: "cce" },
        means: "takes a number for a class",
        hint: "A price can be any number. Which loss measures how far a number is off?",
        when: ({ carPrice }) => carPrice === "cce" || carPrice === "bce",
      },
      {
        answer: { ...rightLosses, leftHand: "cce" },
        means: "takes a place for a class",
        hint: "The place is given by two numbers. Is a guess beside the hand not better than a guess far away?",
        when: ({ leftHand }) => leftHand === "cce" || leftHand === "bce",
      },
      {
        answer: { ...rightLosses, spam: "mse" },
        means: "squared error for yes or no",
        hint: "It would run, but the table has a loss made for yes or no: it grows when the model was sure and wrong. Which one?",
        when: ({ spam }) => spam === "mse" || spam === "cce",
      },
      {
        answer: { ...rightLosses, filmGenres: "cce" },
        means: "takes answers that do not exclude each other for one of several",
        hint: "`cce` wants exactly one right class. Can a film be both a comedy and a love story?",
        when: ({ filmGenres }) => filmGenres === "cce",
      },
      {
        answer: { ...rightLosses, digit: "mse" },
        means: "takes class names for numbers",
        hint: "Is a 9 that was taken for a 4 five times as wrong as an 8 that was taken for a 9? The digits are names here.",
        when: ({ digit }) => digit === "mse",
      },
      {
        answer: { ...rightLosses, roadSquares: "bce" },
        means: "takes four classes for yes or no",
        hint: "Each square is one of four things. How many answers has a yes or no?",
        when: ({ roadSquares }) => roadSquares === "bce" || roadSquares === "mse",
      },
    ],
    hints: [
      "Ask of each task: is the answer a number, a yes or no, or exactly one of several?",
      "Two tasks are of each kind. For the films ask whether two genres can both be right.",
      "Numbers: `carPrice` and `leftHand`. Yes or no: `spam` and `filmGenres`. One of several: `digit` and `roadSquares`.",
    ],
    praise: "The answer decides the loss.",
  }),

  "01-ingredients": exercise<Bakery>({
    stub: noBakery,
    accepts: (answer) => formFault(answer, noBakery) ?? wordFault(answer as object, [..."ABCDEFGH"]),
    checks: [
      { says: "the data are found", test: (answer) => fieldsAre(answer, rightBakery, ["data"]) },
      { says: "the model is found", test: (answer) => fieldsAre(answer, rightBakery, ["model"]) },
      { says: "the loss is found", test: (answer) => fieldsAre(answer, rightBakery, ["loss"]) },
      { says: "the algorithm is found", test: (answer) => fieldsAre(answer, rightBakery, ["algorithm"]) },
      {
        says: "it is clear what learning determines",
        test: (answer) => fieldsAre(answer, rightBakery, ["determinedByLearning"]),
      },
    ],
    wrong: [
      {
        answer: { ...rightBakery, data: "B" },
        means: "takes the wanted answer for the data",
        hint: "Tomorrow's loaves are what we want to know. What do we have already?",
        when: ({ data }) => data === "B",
      },
      {
        answer: { ...rightBakery, model: "G" },
        means: "takes the parameters for the model",
        hint: "The weights are the open numbers of the model. What are they the weights *of*?",
        when: ({ model }) => model === "G" || model === "H",
      },
      {
        answer: { ...rightBakery, model: "D", algorithm: "A" },
        means: "swaps model and algorithm",
        hint: "The model answers questions. The algorithm changes the model. Which one is the network?",
        when: ({ model, algorithm }) => model === "D" || algorithm === "A",
      },
      {
        answer: { ...rightBakery, loss: "F" },
        means: "takes the metric for the loss",
        hint: "That is what the baker cares about, and it is better when it is larger. Which number does the algorithm make small?",
        when: ({ loss }) => loss === "F",
      },
      {
        answer: { ...rightBakery, determinedByLearning: "H" },
        means: "learning chooses the structure",
        hint: "Does the algorithm add or take away layers? What did it change in our program?",
        when: ({ determinedByLearning }) => determinedByLearning === "H" || determinedByLearning === "A",
      },
      {
        answer: { ...rightBakery, determinedByLearning: "B" },
        means: "takes the answer for what is learned",
        hint: "The finished network computes tomorrow's loaves. Which numbers had to be found before it could?",
        when: ({ determinedByLearning }) => determinedByLearning === "B",
      },
    ],
    hints: [
      "Four questions: What do we have? What computes the answer? What says how wrong it is? What changes the numbers?",
      "Adam is an algorithm, and a network is a model. A loss gets smaller when things go well.",
      "Data C, model A, loss E, algorithm D. What is left: which of G and H does the algorithm change?",
    ],
    praise: "With these four you can take any task apart.",
  }),

  "01-milestones": exercise<Milestones>({
    stub: noMilestones,
    accepts: (answer) => {
      const fault =
        formFault(answer, noMilestones) ?? wordFault(answer as object, Object.values(rightMilestones));
      if (fault !== undefined) return fault;
      const names = Object.values(answer as Milestones).filter((name) => name !== "");
      const twice = names.find((name, i) => names.indexOf(name) !== i);
      return twice === undefined ? undefined : `"${twice}" stands there twice, and each name has one year.`;
    },
    checks: [
      {
        says: "2012 and 2013 are right",
        test: (answer) => fieldsAre(answer, rightMilestones, [2012, 2013]),
      },
      {
        says: "2014 and 2015 are right",
        test: (answer) => fieldsAre(answer, rightMilestones, [2014, 2015]),
      },
      {
        says: "2017 and 2018 are right",
        test: (answer) => fieldsAre(answer, rightMilestones, [2017, 2018]),
      },
      {
        says: "2019 and 2020 are right",
        test: (answer) => fieldsAre(answer, rightMilestones, [2019, 2020]),
      },
    ],
    wrong: [
      {
        answer: { ...rightMilestones, 2012: "DQN", 2013: "AlexNet" },
        means: "DQN before AlexNet",
        hint: "What made everyone look at deep networks again: a contest of photographs, or Atari games?",
        when: (answer) => before(answer, "DQN", "AlexNet"),
      },
      {
        answer: { ...rightMilestones, 2013: "GAN", 2014: "DQN" },
        means: "dates DQN to Google's DeepMind",
        hint: "DQN was published before Google bought DeepMind in 2014. So which year is left for it?",
        when: (answer) => before(answer, "GAN", "DQN"),
      },
      {
        answer: { ...rightMilestones, 2014: "ResNet", 2015: "GAN" },
        means: "dates GANs to 2015",
        hint: "GANs are often dated a year late. Which of the two is older, the game of two networks or the shortcuts?",
        when: (answer) => before(answer, "ResNet", "GAN"),
      },
      {
        answer: { ...rightMilestones, 2017: "BERT", 2018: "Transformer" },
        means: "BERT before what it is built from",
        hint: "The T in BERT stands for a part that had to be invented before. Which one?",
        when: (answer) => before(answer, "BERT", "Transformer"),
      },
      {
        answer: { ...rightMilestones, 2018: "GPT-2", 2019: "BERT" },
        means: "GPT-2 before BERT",
        hint: "BERT is of October 2018. GPT-2 came some months later. So which year has which?",
        when: (answer) => before(answer, "GPT-2", "BERT"),
      },
      {
        answer: { ...rightMilestones, 2019: "GPT-3", 2020: "GPT-2" },
        means: "dates GPT-3 to 2019",
        hint: "The numbers in the names count up. Which of the two came first?",
        when: (answer) => before(answer, "GPT-3", "GPT-2"),
      },
    ],
    hints: [
      "Begin at the ends: the contest of photographs is the oldest, the largest language model the youngest.",
      "Games came a year after the photographs. Then the two networks against each other, then the shortcuts.",
      "From 2017 on it is language: Transformer, then BERT, which is built from it, then GPT-2 and GPT-3 by their numbers.",
    ],
    praise: "Eight papers in the order in which they came.",
  }),

  "01-statements": exercise<Statements>({
    stub: truths.map(() => undefined),
    accepts: (answer) => {
      if (!Array.isArray(answer)) return "expects an array of twelve entries, true or false.";
      if (answer.length !== truths.length) return `expects twelve entries, got ${answer.length}.`;
      const odd = answer.findIndex((entry: unknown) => entry !== undefined && typeof entry !== "boolean");
      return odd < 0 ? undefined : `statement ${odd + 1} must be true or false, without quotes.`;
    },
    checks: [
      { says: "statements 1 to 3 are sorted", test: (answer) => sorted(answer, 1, 3) },
      { says: "statements 4 to 6 are sorted", test: (answer) => sorted(answer, 4, 6) },
      { says: "statements 7 to 9 are sorted", test: (answer) => sorted(answer, 7, 9) },
      { says: "statements 10 to 12 are sorted", test: (answer) => sorted(answer, 10, 12) },
    ],
    wrong: [
      {
        answer: except(1),
        means: "deep learning lies outside machine learning",
        hint: "Look at the boxes of the map again: which of them lies inside which?",
        when: isWrong(1),
      },
      {
        answer: except(2),
        means: "takes all AI for machine learning",
        hint: "A program of rules can play well. Does it get better through data?",
        when: isWrong(2),
      },
      {
        answer: except(3),
        means: "takes grouping for supervised learning",
        hint: "Supervised learning has questions and answers. Where would the answers come from here?",
        when: isWrong(3),
      },
      {
        answer: except(4),
        means: "learning chooses the structure",
        hint: "We compared the summary of the network before and after. What had changed, and what had not?",
        when: isWrong(4),
      },
      {
        answer: except(5),
        means: "deep begins at five layers",
        hint: "Some say two, some say five. What follows for the word *all*?",
        when: isWrong(5),
      },
      {
        answer: except(6),
        means: "takes degradation for overfitting",
        hint: "With overfitting the training error is small. What did the network with 56 layers do on its training pictures?",
        when: isWrong(6),
      },
      {
        answer: except(7),
        means: "dates GPT-3 to 2019",
        hint: "One of GPT-2 and GPT-3 is of 2019. Which one?",
        when: isWrong(7),
      },
      {
        answer: except(8),
        means: "dates DQN to Google's DeepMind",
        hint: "Google bought DeepMind in 2014. When was DQN published?",
        when: isWrong(8),
      },
      {
        answer: except(9),
        means: "dates GANs after ResNet",
        hint: "Move the slider of the timeline to 2014. What is uncovered there?",
        when: isWrong(9),
      },
      {
        answer: except(10),
        means: "takes machine translation for compiling",
        hint: "Who translates, and what is translated: is the machine the tool or the language?",
        when: isWrong(10),
      },
      {
        answer: except(11),
        means: "takes LSTM and GRU for something beside RNNs",
        hint: "Follow the arrows of the family tree to LSTM and GRU. Where do they come from?",
        when: isWrong(11),
      },
      {
        answer: except(12),
        means: "believes that learned is always better",
        hint: "Look at the left end of the figure in which two lines cross. Which one is higher there?",
        when: isWrong(12),
      },
    ],
    hints: [
      'The map answers 1 to 3, the boxes "Often said, but" answer most of the others.',
      "Six of the twelve are true. Words like *all* and *however few* deserve a second look.",
      "True are 1, 2, 6, 8, 9 and 11. Find out for each of the others which word makes it false.",
    ],
    praise: "Twelve of twelve, some of which you can read wrongly in many places.",
  }),

  "01-chance-labels": exercise<Diagnosis>({
    stub: { learned: "", spoiled: "", longerHelps: undefined },
    accepts: (answer) => {
      const fault = formFault(answer, { learned: "", spoiled: "" });
      if (fault !== undefined) return fault;
      const { learned, spoiled, longerHelps } = answer as Diagnosis;
      return (
        wordFault({ learned }, whatIsLearned) ??
        wordFault({ spoiled }, ingredients) ??
        (longerHelps === undefined || typeof longerHelps === "boolean"
          ? undefined
          : "longerHelps must be true or false, without quotes.")
      );
    },
    checks: [
      {
        says: "it is clear what was learned",
        test: (answer) =>
          fieldsAre(answer, rightDiagnosis, ["learned"], "Compare the two numbers above the exercise."),
      },
      {
        says: "the spoiled ingredient is found",
        test: (answer) =>
          fieldsAre(answer, rightDiagnosis, ["spoiled"], "Three of the four are as they were before."),
      },
      {
        says: "it is clear whether longer training helps",
        test: (answer) => fieldsAre(answer, rightDiagnosis, ["longerHelps"]),
      },
    ],
    wrong: [
      {
        answer: { ...rightDiagnosis, learned: "rings and crosses" },
        means: "judges by the training pictures",
        hint: "It is right on the pictures that it learned from. How often is it right on others, and how often is a coin?",
        when: ({ learned }) => learned === "rings and crosses",
      },
      {
        answer: { ...rightDiagnosis, learned: "nothing at all" },
        means: "judges by the other pictures only",
        hint: "A program that has learned nothing would be right on half of its training pictures. How often is this one?",
        when: ({ learned }) => learned === "nothing at all",
      },
      {
        answer: { ...rightDiagnosis, spoiled: "algorithm" },
        means: "blames the algorithm",
        hint: "The algorithm made the loss small: see the training pictures. What did we change before the training?",
        when: ({ spoiled }) => spoiled === "algorithm" || spoiled === "loss",
      },
      {
        answer: { ...rightDiagnosis, spoiled: "model" },
        means: "blames the model",
        hint: "The same network told rings from crosses well before. What is different this time?",
        when: ({ spoiled }) => spoiled === "model",
      },
      {
        answer: { ...rightDiagnosis, longerHelps: true },
        means: "believes that more training always helps",
        hint: "Longer training fits these labels better. Do these labels know anything about other pictures?",
        when: ({ longerHelps }) => longerHelps === true,
      },
    ],
    hints: [
      "Compare both numbers with 0.5, which is what guessing gives.",
      "Far above 0.5 on its own pictures, near 0.5 on others: what kind of pupil answers like this?",
      "It learned the pictures by heart, because the labels, a part of the data, say nothing about rings and crosses. Could more time change the labels?",
    ],
    praise: "You can tell a spoiled ingredient by its traces.",
  }),
});
