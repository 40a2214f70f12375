import {
  close,
  defineExercises,
  each,
  exercise,
  expectSame,
  fail,
  freshCopy,
  inWords,
  loadIris,
  pass,
  trainTestSplit,
  type Verdict,
} from "gradus";

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;

type Accuracy = (probabilities: number[][], labels: string[], names: string[]) => number;

interface Batch {
  probabilities: number[][];
  labels: string[];
  names: string[];
}
const species = ["setosa", "versicolor", "virginica"];
const sureBatch: Batch = {
  probabilities: [
    [0.8, 0.1, 0.1],
    [0.1, 0.7, 0.2],
    [0.2, 0.2, 0.6],
    [0.1, 0.3, 0.6],
  ],
  labels: ["setosa", "setosa", "virginica", "versicolor"],
  names: species,
};
const unsureBatch: Batch = {
  probabilities: [
    [0.4, 0.35, 0.25],
    [0.3, 0.45, 0.25],
    [0.34, 0.33, 0.33],
    [0.2, 0.38, 0.42],
    [0.45, 0.3, 0.25],
  ],
  labels: ["setosa", "versicolor", "virginica", "virginica", "setosa"],
  names: species,
};
const otherNames: Batch = {
  probabilities: [
    [0.1, 0.9, 0],
    [0.7, 0.2, 0.1],
    [0.6, 0.3, 0.1],
  ],
  labels: ["pear", "plum", "pear"],
  names: ["plum", "pear", "apple"],
};
const goodAccuracy: Accuracy = (probabilities, labels, names) =>
  labels.filter((label, i) => {
    const row = probabilities[i];
    return names[row.indexOf(Math.max(...row))] === label;
  }).length / labels.length;
const onBatch = (accuracy: Accuracy, batch: Batch, on: string): Verdict => {
  const { probabilities, labels, names } = freshCopy(batch);
  return expectSame(accuracy(probabilities, labels, names), goodAccuracy(probabilities, labels, names), {
    on,
  });
};

interface Summary {
  low: number;
  high: number;
  mean: number;
  inBand: number;
  reach: number;
}
type Summarise = (scores: number[]) => Summary;
const goodSummary: Summarise = (scores) => ({
  low: Math.min(...scores),
  high: Math.max(...scores),
  mean: mean(scores),
  inBand: scores.filter((score) => score >= 0.945 && score <= 0.994).length,
  reach: scores.filter((score) => Math.round(score * 150) >= 148).length,
});
const scoreLists = [
  [147, 146, 148, 142, 145, 146],
  [146, 141, 149, 150, 148, 140, 147, 148],
].map((flowers) => flowers.map((right) => right / 150));
const summaryField = (summary: Summarise, name: keyof Summary): Verdict =>
  each(scoreLists, (scores) =>
    expectSame(summary([...scores])[name], goodSummary(scores)[name], {
      on: `${scores.length} scores, ${name}`,
    }),
  );

interface Fold {
  trainIndices: readonly number[];
  testIndices: readonly number[];
}
interface Learner {
  learn(rows: readonly number[]): void;
  right(rows: readonly number[]): number;
}
type TenFolds = (parts: Fold[], makeLearner: () => Learner) => number[];
const goodFolds: TenFolds = (parts, makeLearner) =>
  parts.map(({ trainIndices, testIndices }) => {
    const learner = makeLearner();
    learner.learn(trainIndices);
    return learner.right(testIndices);
  });
/** Seven rows in three folds of 3, 2 and 2 rows. */
const threeFolds: readonly Fold[] = [
  [0, 3, 6],
  [1, 4],
  [2, 5],
].map((testIndices) => ({
  testIndices,
  trainIndices: [0, 1, 2, 3, 4, 5, 6].filter((row) => !testIndices.includes(row)),
}));
/** A learner whose answer depends on the distinct rows that it knows and on those that it is asked about. */
const learnerThat =
  (right: (known: ReadonlySet<number>, rows: readonly number[]) => number) => (): Learner => {
    const known = new Set<number>();
    return {
      learn: (rows) => rows.forEach((row) => known.add(row)),
      right: (rows) => right(known, rows),
    };
  };
const knowsAll = learnerThat((known, rows) => (known.size > 0 ? rows.length : 0));
const wantsExactly = (wanted: readonly number[]) =>
  learnerThat((known, rows) =>
    known.size === wanted.length && wanted.every((row) => known.has(row)) ? rows.length : 0,
  );
const remembers = learnerThat((known, rows) => rows.filter((row) => known.has(row)).length);

interface Comparison {
  mean: number;
  low: number;
  high: number;
  verdict: string;
}
type Compare = (network: number[], simple: number[]) => Comparison;
const judged = (middle: number, reach: number): Comparison => {
  const [low, high] = [middle - reach, middle + reach];
  return { mean: middle, low, high, verdict: low > 0 ? "network" : high < 0 ? "logistic" : "cannot tell" };
};
const differencesOf = (network: number[], simple: number[]): number[] =>
  network.map((right, i) => right - simple[i]);
const squaresOf = (values: readonly number[]): number => sum(values.map((v) => (v - mean(values)) ** 2));
const goodCompare: Compare = (network, simple) => {
  const differences = differencesOf(network, simple);
  const n = differences.length;
  return judged(mean(differences), 2 * Math.sqrt(squaresOf(differences) / (n - 1) / n));
};
interface Duel {
  on: string;
  network: number[];
  simple: number[];
}
const duels: Record<"network" | "logistic" | "open", Duel> = {
  network: { on: "a network that is ahead", network: [146, 148, 143, 147], simple: [143, 146, 141, 144] },
  logistic: {
    on: "a network that is behind",
    network: [140, 144, 138, 143, 141],
    simple: [142, 147, 141, 144, 144],
  },
  open: {
    on: "two that change places",
    network: [145, 147, 143, 146, 144, 147],
    simple: [146, 143, 144, 144, 145, 145],
  },
};
const compared = (compare: Compare, { on, network, simple }: Duel, name: keyof Comparison): Verdict =>
  expectSame(compare([...network], [...simple])[name], goodCompare(network, simple)[name], {
    on: `${on}, ${name}`,
  });
const eachDuel = (compare: Compare, name: keyof Comparison): Verdict =>
  each(Object.values(duels), (duel) => compared(compare, duel, name));

interface Card {
  purpose: string;
  data: string;
  score: number;
  scoreKind: string;
  interval: number[];
  baseline: number;
  seeds: number;
  limits: string[];
}
const noCard: Card = {
  purpose: "",
  data: "",
  score: NaN,
  scoreKind: "",
  interval: [NaN, NaN],
  baseline: NaN,
  seeds: NaN,
  limits: [""],
};
const goodCard: Card = {
  purpose: "Teaching: names the species of an iris from four lengths.",
  data: "150 irises, 50 of each of 3 species, Fisher 1936 (flowers 35 and 38 as in the paper)",
  score: 0.965,
  scoreKind: "10-fold",
  interval: [0.92, 0.99],
  baseline: 0.961,
  seeds: 10,
  limits: [
    "Knows three species only, and names one of them for any flower.",
    "Measured on flowers of one collection; other places and years were not tried.",
  ],
};
const isShare = (value: number): boolean => value >= 0 && value <= 1;
const isHonestKind = (kind: string): boolean => ["held-out", "10-fold"].includes(kind);
/** Flowers asked: 30 hidden ones, or all 150 in ten folds. */
const askedIn = (kind: string): number => (kind === "held-out" ? 30 : 150);
/** A little less than the narrowest interval that so many flowers allow near this score. */
const leastWidth = ({ score, scoreKind }: Card): number => {
  const n = askedIn(scoreKind);
  const p = Math.min(score, 1 - 1 / n);
  return 2 * 1.96 * Math.sqrt((p * (1 - p)) / n) * 0.75;
};
const width = ({ interval }: Card): number => interval[1] - interval[0];
const namesTable = (data: string): boolean => /fisher|anderson|scikit/i.test(data);
/** Letters of a text, where a Korean or Chinese one stands for three of an alphabet. */
const lengthOf = (text: string): number => text.trim().replace(/[\u1100-\uffff]/g, "...").length;
const sentences = (limits: readonly string[]): string[] => [
  ...new Set(
    limits
      .flatMap((limit) => limit.toLowerCase().split(/[.;!?\u3002]+(?:\s+|$)/))
      .map((sentence) => sentence.trim())
      .filter((sentence) => lengthOf(sentence) >= 20),
  ),
];

const iris = loadIris();
const flowers = iris.x.toArray();
function nearest(flower: number, known: readonly number[]): number {
  const distance = (other: number): number =>
    flowers[other].reduce((total, value, i) => total + (value - flowers[flower][i]) ** 2, 0);
  return known.reduce((best, other) => (distance(other) < distance(best) ? other : best), known[0]);
}
const hiddenRight = (seed: number): number => {
  const part = trainTestSplit(iris, { testSize: 0.2, seed, stratify: true });
  return part.testIndices.filter(
    (flower) => iris.codes[nearest(flower, part.trainIndices)] === iris.codes[flower],
  ).length;
};
interface Seeds {
  lucky: number;
  unlucky: number;
}
const isSeed = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
function onSeed(seed: number, name: string, holds: (right: number) => boolean, wanted: string): Verdict {
  if (!isSeed(seed)) return fail({ on: name, got: seed, note: "A seed is a whole number: 0, 1, 2, ..." });
  const right = hiddenRight(seed);
  if (holds(right)) return pass;
  return fail({
    on: `${name}, split with seed ${seed}`,
    expected: inWords(wanted),
    got: inWords(`${right} of 30 right`),
  });
}

export default defineExercises({
  "14-accuracy": exercise<Accuracy>({
    stub: () => NaN,
    checks: [
      {
        says: "it gives the share of right answers",
        test: (accuracy) => onBatch(accuracy, sureBatch, "four flowers, two of them right"),
      },
      {
        says: "the largest probability counts, even when it is below one half",
        test: (accuracy) => onBatch(accuracy, unsureBatch, "five flowers, all unsure"),
      },
      {
        says: "it takes the names in the order in which they are handed over",
        test: (accuracy) => onBatch(accuracy, otherNames, "classes plum, pear, apple"),
      },
    ],
    wrong: [
      {
        answer: (probabilities, labels, names) => goodAccuracy(probabilities, labels, names) * labels.length,
        means: "counts and does not divide",
        hint: "That is how many are right. What makes a share of it?",
      },
      {
        answer: (probabilities, labels, names) => 100 * goodAccuracy(probabilities, labels, names),
        means: "gives percent",
        hint: "That is in percent. A share lies between 0 and 1.",
      },
      {
        answer: (probabilities, labels, names) =>
          labels.filter((label, i) => probabilities[i][names.indexOf(label)] > 0.5).length / labels.length,
        means: "asks whether the right class has more than one half",
        hint: "With three classes 0.4 can be the largest. Which column has the largest number of its row?",
      },
      {
        answer: (probabilities, labels, names) =>
          mean(labels.map((label, i) => probabilities[i][names.indexOf(label)])),
        means: "takes the mean probability of the right class",
        hint: "An answer is right or wrong. 0.9 and 0.4 count the same, if they are the largest of their row.",
      },
      {
        answer: (probabilities, labels, names) =>
          (goodAccuracy(probabilities, labels, names) * labels.length) / names.length,
        means: "divides by the number of classes",
        hint: "You divide by the number of classes. Of how many flowers is it the share?",
      },
      {
        answer: (probabilities, labels) => goodAccuracy(probabilities, labels, [...new Set(labels)].sort()),
        means: "makes the class names from the labels of the batch",
        hint: "Not every batch holds every class, and columns need not be sorted. Which list says what a column means?",
      },
      {
        answer: (probabilities, labels, names) =>
          labels.filter(
            (label, i) => names[probabilities[i].indexOf(Math.min(...probabilities[i]))] === label,
          ).length / labels.length,
        means: "takes the smallest probability",
        hint: "You take the column with the smallest number. Which one does the network answer with?",
      },
    ],
    hints: [
      "For one row: which column holds the largest number, and what is the name of that column?",
      "`row.indexOf(Math.max(...row))` is the column. `names[column]` is the answer; compare it with the label of the row.",
      "Count the rows with `names[row.indexOf(Math.max(...row))] === labels[i]`, and divide by `labels.length`.",
    ],
    praise: "That is the metric that every classification in this course is judged by.",
  }),

  "14-band": exercise<Summarise>({
    stub: () => ({ low: NaN, high: NaN, mean: NaN, inBand: NaN, reach: NaN }),
    checks: [
      { says: "`low` is the least score", test: (summary) => summaryField(summary, "low") },
      { says: "`high` is the greatest score", test: (summary) => summaryField(summary, "high") },
      { says: "`mean` is the mean of all scores", test: (summary) => summaryField(summary, "mean") },
      {
        says: "`inBand` counts the scores from 0.945 to 0.994",
        test: (summary) => summaryField(summary, "inBand"),
      },
      {
        says: "`reach` counts the scores that print as 0.9867 or more",
        test: (summary) => summaryField(summary, "reach"),
      },
    ],
    wrong: [
      {
        answer: (scores) => ({ ...goodSummary(scores), reach: scores.filter((s) => s >= 0.9867).length }),
        means: "compares with the rounded number",
        hint: "148 / 150 is 0.98666..., and that is less than 0.9867. How many flowers does a run need?",
      },
      {
        answer: (scores) => ({
          ...goodSummary(scores),
          reach: scores.filter((s) => s.toFixed(4) === "0.9867").length,
        }),
        means: "counts only scores equal to 0.9867",
        hint: "149 and 150 right flowers reach it, too. The task says: 0.9867 or more.",
      },
      {
        answer: (scores) => ({ ...goodSummary(scores), inBand: scores.filter((s) => s >= 0.945).length }),
        means: "forgets the upper end of the band",
        hint: "A band has two ends. Is a training score of 1 in it?",
      },
      {
        answer: (scores) => {
          const { inBand, reach, ...rest } = goodSummary(scores);
          return { ...rest, inBand: inBand / scores.length, reach: reach / scores.length };
        },
        means: "gives shares in place of counts",
        hint: "These are shares. The task asks how many.",
      },
      {
        answer: (scores) => ({ ...goodSummary(scores), low: scores[0], high: scores[scores.length - 1] }),
        means: "takes the first and the last score",
        hint: "The list is in the order of the seeds, not sorted. `Math.min(...scores)` looks at all.",
      },
      {
        answer: (scores) => ({
          ...goodSummary(scores),
          mean: (Math.min(...scores) + Math.max(...scores)) / 2,
        }),
        means: "takes the middle of the range for the mean",
        hint: "One bad seed would move that halfway to it. Add all scores, and divide by how many there are.",
      },
      {
        answer: (scores) => ({ ...goodSummary(scores), mean: sum(scores) }),
        means: "gives the sum for the mean",
        hint: "That is the sum of all scores. What makes a mean of it?",
      },
      {
        answer: (scores) => ({ ...goodSummary(scores), mean: sum(scores) / 200 }),
        means: "divides by 200 whatever the list",
        hint: "This list has not 200 scores. How many has it?",
      },
    ],
    hints: [
      "Two of the five are `Math.min` and `Math.max` of all scores; two are counts; one is a sum, divided.",
      "`scores.filter((score) => ...).length` counts. For `reach`, go back to flowers: `Math.round(score * 150)`.",
      "`score >= 0.945 && score <= 0.994` is in the band. It reaches 0.9867 if `Math.round(score * 150) >= 148`.",
    ],
    praise: "This is what to print in place of the best run.",
  }),

  "14-folds": exercise<TenFolds>({
    stub: () => [],
    checks: [
      {
        says: "it gives one number for each fold",
        test: (tenFolds) => {
          const counts = tenFolds(freshCopy([...threeFolds]), knowsAll);
          if (Array.isArray(counts) && counts.length === threeFolds.length) return pass;
          return fail({ on: "three folds", expected: inWords("three numbers"), got: counts });
        },
      },
      {
        says: "it asks about the hidden rows, after learning",
        test: (tenFolds) =>
          expectSame(tenFolds(freshCopy([...threeFolds]), knowsAll), [3, 2, 2], {
            on: "folds with 3, 2 and 2 hidden rows, a learner that is always right once it has learned",
          }),
      },
      {
        says: "it lets the learner learn from the training rows, all of them and no others",
        test: (tenFolds) =>
          expectSame(
            tenFolds(freshCopy(threeFolds.slice(0, 1)), wantsExactly(threeFolds[0].trainIndices)),
            [3],
            { on: "one fold with 3 hidden rows, a learner that is right only if it knows the other 4 rows" },
          ),
      },
      {
        says: "no learner has seen the rows that it is asked about",
        test: (tenFolds) =>
          expectSame(tenFolds(freshCopy([...threeFolds]), remembers), [0, 0, 0], {
            on: "a learner that is right only for rows it has seen",
          }),
      },
    ],
    wrong: [
      {
        answer: (parts, makeLearner) => {
          const learner = makeLearner();
          return parts.map(({ trainIndices, testIndices }) => {
            learner.learn(trainIndices);
            return learner.right(testIndices);
          });
        },
        means: "goes on with the same learner",
        hint: "The first fold is right. What does your learner know of fold 2 when it is asked about it?",
      },
      {
        answer: (parts, makeLearner) =>
          parts.map(({ trainIndices }) => {
            const learner = makeLearner();
            learner.learn(trainIndices);
            return learner.right(trainIndices);
          }),
        means: "asks about the training rows",
        hint: "These are ten training scores. Which rows has the learner not seen?",
      },
      {
        answer: (parts, makeLearner) =>
          parts.map(({ trainIndices, testIndices }) => {
            const learner = makeLearner();
            learner.learn([...trainIndices, ...testIndices]);
            return learner.right(testIndices);
          }),
        means: "learns from all rows",
        hint: "The hidden rows were handed over for learning. What is hidden about them then?",
      },
      {
        answer: (parts, makeLearner) =>
          parts.map(({ trainIndices, testIndices }) => {
            const learner = makeLearner();
            learner.learn(testIndices);
            return learner.right(trainIndices);
          }),
        means: "swaps the two parts",
        hint: "You learn from the small part and ask about the large one. It should be the other way round.",
      },
      {
        answer: (parts, makeLearner) =>
          goodFolds(parts, makeLearner).map((right, k) => right / parts[k].testIndices.length),
        means: "gives shares in place of counts",
        hint: "These are shares. Folds may differ in size, so give the counts; the division comes at the end.",
      },
      {
        answer: (parts, makeLearner) => [sum(goodFolds(parts, makeLearner))],
        means: "adds the folds up",
        hint: "That is the total. The table needs one number for each fold.",
      },
      {
        answer: (parts, makeLearner) => parts.map(({ testIndices }) => makeLearner().right(testIndices)),
        means: "forgets to learn",
        hint: "Your learners are asked before they have learned anything.",
      },
      {
        answer: (parts) => parts.map(({ testIndices }) => testIndices.length),
        means: "asks a learner of its own",
        hint: "Does your function use `makeLearner`, the learner that it is handed, or always the memoriser?",
      },
    ],
    hints: [
      "What must happen for one fold? Make, learn, ask. In which of these steps are the training rows needed?",
      "`parts.map(({ trainIndices, testIndices }) => { ... })` gives one number for each fold. Make the learner inside.",
      "Inside: `const learner = makeLearner(); learner.learn(trainIndices); return learner.right(testIndices);`",
    ],
    praise: "Every flower is asked about once, and never by a model that has seen it.",
  }),

  "14-compare": exercise<Compare>({
    stub: () => ({ mean: NaN, low: NaN, high: NaN, verdict: "" }),
    checks: [
      { says: "`mean` is the mean difference", test: (compare) => eachDuel(compare, "mean") },
      {
        says: "`low` lies two standard errors below the mean",
        test: (compare) => eachDuel(compare, "low"),
      },
      {
        says: "`high` lies two standard errors above it",
        test: (compare) => eachDuel(compare, "high"),
      },
      {
        says: "the verdict is for the network when the whole interval lies above 0",
        test: (compare) => compared(compare, duels.network, "verdict"),
      },
      {
        says: "it is for logistic regression when the whole interval lies below 0",
        test: (compare) => compared(compare, duels.logistic, "verdict"),
      },
      {
        says: "otherwise it says that it cannot tell",
        test: (compare) => compared(compare, duels.open, "verdict"),
      },
    ],
    wrong: [
      {
        answer: (network, simple) => {
          const compared = goodCompare(network, simple);
          return { ...compared, verdict: compared.mean > 0 ? "network" : "logistic" };
        },
        means: "decides by the mean",
        hint: "Your verdict follows the mean. What does it mean when 0 lies inside the interval?",
      },
      {
        answer: (network, simple) => {
          const differences = differencesOf(network, simple);
          const n = differences.length;
          return judged(mean(differences), 2 * Math.sqrt(squaresOf(differences) / n / n));
        },
        means: "divides the squares by n",
        hint: "Look at s in the task: by what are the squares divided?",
      },
      {
        answer: (network, simple) => {
          const differences = differencesOf(network, simple);
          return judged(mean(differences), 2 * Math.sqrt(squaresOf(differences) / (differences.length - 1)));
        },
        means: "takes the standard deviation for the standard error",
        hint: "That is how far single differences spread. The mean of n of them is steadier: divide by the root of n.",
      },
      {
        answer: (network, simple) => {
          const differences = differencesOf(network, simple);
          const n = differences.length;
          return judged(mean(differences), Math.sqrt(squaresOf(differences) / (n - 1) / n));
        },
        means: "goes one standard error to each side",
        hint: "Your interval is half as wide as asked. How many standard errors to each side?",
      },
      {
        answer: (network, simple) => goodCompare(simple, network),
        means: "subtracts the wrong way round",
        hint: "Your mean has the wrong sign. It is network minus logistic.",
      },
      {
        answer: (network, simple) => {
          const n = network.length;
          const error = Math.sqrt((squaresOf(network) + squaresOf(simple)) / (n - 1) / n);
          return judged(mean(network) - mean(simple), 2 * error);
        },
        means: "forgets that the numbers are pairs",
        hint: "You took the spread of each model by itself. Take the differences first, pair by pair; then their spread.",
      },
      {
        answer: (network, simple) => {
          const differences = differencesOf(network, simple);
          const n = differences.length;
          return judged(mean(differences), 1.96 * Math.sqrt(squaresOf(differences) / (n - 1) / n));
        },
        means: "takes 1.96 standard errors",
        hint: "1.96 belongs to Wilson's interval. Here the task says two standard errors.",
      },
      {
        answer: (network, simple) => {
          const differences = differencesOf(network, simple);
          const n = differences.length;
          return judged(mean(differences), (2 * squaresOf(differences)) / (n - 1) / Math.sqrt(n));
        },
        means: "forgets the root in s",
        hint: "You divided the squares rightly. What does the formula of s do with the quotient?",
      },
      {
        answer: (network, simple) => {
          const differences = differencesOf(network, simple);
          const n = differences.length;
          return judged(mean(differences), (2 * Math.sqrt(squaresOf(differences) / (n - 1))) / n);
        },
        means: "divides by n in place of its root",
        hint: "Your interval is too narrow. By what is s divided in the formula?",
      },
      {
        answer: (network, simple) => {
          const differences = differencesOf(network, simple).map(Math.abs);
          const n = differences.length;
          return judged(mean(differences), 2 * Math.sqrt(squaresOf(differences) / (n - 1) / n));
        },
        means: "drops the signs of the differences",
        hint: "A difference may be negative. What does its sign say about the two models?",
      },
    ],
    hints: [
      "Begin with the list of differences, and print it. Everything else is about that one list.",
      "`squares` = sum of (d - mean)². The standard error is `Math.sqrt(squares / (n - 1) / n)`.",
      "`low = mean - 2 * error`, `high = mean + 2 * error`; `low > 0` is the network, `high < 0` is logistic, else neither.",
    ],
    praise: "You can now say three things about two models, and one of them is that you can't tell.",
  }),

  "14-card": exercise<Card>({
    stub: noCard,
    checks: [
      {
        says: "the purpose is a sentence",
        test: ({ purpose }) =>
          lengthOf(purpose) >= 15
            ? pass
            : fail({ on: "purpose", got: purpose, note: "What is the model for? One sentence will do." }),
      },
      {
        says: "`data` says how many flowers and whose table",
        test: ({ data }) => {
          if (!/150/.test(data)) return fail({ on: "data", got: data, note: "How many flowers are there?" });
          if (namesTable(data)) return pass;
          const note = /uci/i.test(data)
            ? "UCI's copy differs in two flowers. Whose numbers did this page use?"
            : "There are two copies of this table. Which one is it?";
          return fail({ on: "data", got: data, note });
        },
      },
      {
        says: "the score is not a training score",
        test: ({ scoreKind }) =>
          isHonestKind(scoreKind)
            ? pass
            : fail({ on: "scoreKind", got: scoreKind, note: 'It should be "held-out" or "10-fold".' }),
      },
      {
        says: "the score is one that this page has measured in that way",
        test: ({ score, scoreKind }) => {
          const [least, most] = scoreKind === "held-out" ? [0.8, 1] : [0.93, 0.985];
          if (score >= least && score <= most) return pass;
          const note = isShare(score)
            ? "Look at the ten-fold table or at the hidden 30 once more: it does not fit them."
            : "An accuracy is a share from 0 to 1.";
          return fail({ on: "score", got: score, note });
        },
      },
      {
        says: "the interval holds the score, and is as wide as so few flowers demand",
        test: (card) => {
          const [low, high] = card.interval;
          if (card.interval.length !== 2 || !isShare(low) || !isShare(high) || low >= high)
            return fail({
              on: "interval",
              got: card.interval,
              note: "It needs two shares, the lower first.",
            });
          if (card.score < low || card.score > high)
            return fail({
              on: "interval",
              got: card.interval,
              note: `It does not hold the score ${card.score}.`,
            });
          if (width(card) >= leastWidth(card)) return pass;
          const note = `It promises more than ${askedIn(card.scoreKind)} flowers can tell.`;
          return fail({ on: "interval", got: card.interval, note });
        },
      },
      {
        says: "a plainer model stands beside it",
        test: ({ baseline }) =>
          baseline >= 0.3 && baseline < 1
            ? pass
            : fail({
                on: "baseline",
                got: baseline,
                note: "Which share of hidden flowers does a plainer model get right?",
              }),
      },
      {
        says: "it rests on more than one seed",
        test: ({ seeds }) =>
          Number.isInteger(seeds) && seeds >= 5
            ? pass
            : fail({
                on: "seeds",
                got: seeds,
                note: "A statement about a network needs several, five at least.",
              }),
      },
      {
        says: "there are two limits in sentences",
        test: ({ limits }) =>
          sentences(limits).length >= 2
            ? pass
            : fail({
                on: "limits",
                note: "At least two different sentences are needed, each of more than a few words.",
              }),
      },
    ],
    wrong: [
      {
        answer: { ...goodCard, score: 0.9867, scoreKind: "training" },
        means: "reports the training score",
        hint: "Your reader will ask about new flowers. Which of the numbers on this page is about flowers that were hidden?",
        when: ({ scoreKind }) => scoreKind === "training",
      },
      {
        answer: { ...goodCard, score: 0.9867, scoreKind: "10-fold" },
        means: "gives a training score another name",
        hint: "148 of 150 came from flowers that had been learned. What is the sum of the ten folds?",
        when: ({ score, scoreKind }) => scoreKind === "10-fold" && score > 0.985 && score <= 1,
      },
      {
        answer: { ...goodCard, score: 96.5 },
        means: "writes percent for a share",
        hint: "96.5 is in percent. As a share it lies between 0 and 1.",
        when: ({ score }) => score > 1,
      },
      {
        answer: { ...goodCard, data: "the iris data, 150 flowers" },
        means: "does not say which copy of the data",
        hint: "Two flowers differ between the copies. Add whose numbers this page uses.",
        when: ({ data }) => /150/.test(data) && !namesTable(data) && !/uci/i.test(data),
      },
      {
        answer: { ...goodCard, data: "150 irises, the copy of UCI" },
        means: "names the other copy of the data",
        hint: "Most scripts read UCI's copy. Which one did `loadIris` read? The paragraph on the two flowers says it.",
        when: ({ data }) => /150/.test(data) && !namesTable(data) && /uci/i.test(data),
      },
      {
        answer: { ...goodCard, interval: [0.964, 0.966] },
        means: "gives an interval that is too narrow for the flowers",
        hint: "What does `interval` give for your right answers, of 30 or of 150? The spread over seeds alone is not the uncertainty about flowers.",
        when: (card) =>
          isHonestKind(card.scoreKind) &&
          card.interval[0] <= card.score &&
          card.score <= card.interval[1] &&
          width(card) < leastWidth(card),
      },
      {
        answer: { ...goodCard, baseline: 0 },
        means: "leaves out the baseline",
        hint: "Logistic regression, the memoriser, or two cuts: how many hidden flowers does one of them get right?",
        when: ({ baseline }) => !(baseline > 0),
      },
      {
        answer: { ...goodCard, seeds: 1 },
        means: "reports one seed",
        hint: "One seed is one draw from the histogram. The table of the duel has ten.",
        when: ({ seeds }) => seeds === 1,
      },
      {
        answer: { ...goodCard, limits: ["none"] },
        means: "sees no limits",
        hint: "What does the network answer for a rose? And for an iris from another continent?",
        when: ({ limits }) => sentences(limits).length < 2,
      },
    ],
    hints: [
      "Go through the page with the card: the first table has the data, the ten folds the score, the duel the baseline and the seeds.",
      "`interval(right, 150)` makes the interval of a ten-fold sum. Limits: other flowers, other places, other species.",
      'For example `score: 0.965`, `scoreKind: "10-fold"`, `interval: [0.92, 0.99]`, `baseline: 0.961`, `seeds: 10`. The sentences are yours.',
    ],
    praise: "All of it that a program can check is in order. Whether the sentences are true is up to you.",
  }),

  "14-break": exercise<Seeds>({
    stub: { lucky: NaN, unlucky: NaN },
    checks: [
      {
        says: "with the lucky split all 30 hidden flowers are right",
        test: ({ lucky }) => onSeed(lucky, "lucky", (right) => right === 30, "30 of 30 right"),
      },
      {
        says: "with the unlucky split 27 or fewer are right",
        test: ({ unlucky }) => onSeed(unlucky, "unlucky", (right) => right <= 27, "at most 27 of 30 right"),
      },
    ],
    wrong: [
      {
        answer: { lucky: 30, unlucky: 27 },
        means: "gives the counts in place of the seeds",
        hint: "30 and 27 are what to look for. Which seeds of the split lead to them?",
        when: ({ lucky, unlucky }) => lucky === 30 && isSeed(unlucky) && unlucky <= 27,
      },
      {
        answer: { lucky: 1, unlucky: 1 },
        means: "takes one seed for both",
        hint: "One split has one score. The two seeds must differ.",
        when: ({ lucky, unlucky }) => lucky === unlucky && isSeed(lucky),
      },
      {
        answer: { lucky: 4, unlucky: 1 },
        means: "swaps the two",
        hint: "You have found both, in the wrong places.",
        when: ({ lucky, unlucky }) =>
          isSeed(lucky) && isSeed(unlucky) && hiddenRight(lucky) <= 27 && hiddenRight(unlucky) === 30,
      },
      {
        answer: { lucky: 1, unlucky: 0 },
        means: "takes any seed that is not perfect for the unlucky one",
        hint: "One or two wrong answers are the usual case. Try more seeds, until three are wrong.",
        when: ({ lucky, unlucky }) =>
          isSeed(lucky) && isSeed(unlucky) && hiddenRight(lucky) === 30 && hiddenRight(unlucky) > 27,
      },
      {
        answer: { lucky: 1, unlucky: 0.9 },
        means: "gives shares in place of seeds",
        hint: "0.9 is a score. The seed that leads to it is a whole number.",
        when: ({ lucky, unlucky }) => close(lucky, 1) && unlucky > 0 && unlucky < 1,
      },
    ],
    hints: [
      "`hiddenOfMemory(0)` is the number of right answers for the split with seed 0. Which seeds come next?",
      "A loop over 50 seeds finds several of both kinds. Keep a seed when its count is 30, and another when it is 27 or less.",
      "`for (let seed = 0; seed < 50; seed++) console.log(seed, hiddenOfMemory(seed));`, then read off two seeds.",
    ],
    praise: "You have shown that a hidden test set protects nobody who may choose it afterwards.",
  }),
});
