import {
  close,
  defineExercises,
  each,
  exercise,
  expectSame,
  fail,
  forInputs,
  inWords,
  pass,
  textToWordSequence,
  Tokenizer,
  type Verdict,
} from "gradus";

/** A number that the learner computed: never shown, only doubted with a note. */
const computed = (got: number, right: number, on: string, note: string, tolerance = 1e-6): Verdict =>
  close(got, right, tolerance) ? pass : fail({ on, got, note });

type SimpleMode = "binary" | "count" | "freq";
type ToRow = (numbers: number[], numWords: number, mode: SimpleMode) => number[];

const goodRow: ToRow = (numbers, numWords, mode) => {
  const kept = numbers.filter((number) => number < numWords);
  const row = new Array<number>(numWords).fill(0);
  for (const number of kept) row[number] += 1;
  if (mode === "count") return row;
  return row.map((c) => (c === 0 ? 0 : mode === "binary" ? 1 : c / kept.length));
};

// The four short texts of the lesson as numbers: the 1, cat 2, ate 3, fish 4, dog 5, and 6, sat 7, a 8.
const sat = [1, 2, 7];
const ate = [1, 2, 3, 1, 4];
const dog = [8, 5, 3];
const all = [1, 5, 6, 1, 2, 6, 1, 4];
const rows = (toRow: ToRow, inputs: [number[], number, SimpleMode][], note?: string): Verdict =>
  forInputs(toRow, { inputs, expected: goodRow, name: "toRow", ...(note === undefined ? {} : { note }) });

interface Cells {
  a: number;
  b: number;
  c: number;
  d: number;
}
const goodCells: Cells = {
  a: (1 + Math.log(3)) * Math.log(5),
  b: Math.log(1 + 8 / 9),
  c: 0,
  d: 1 + Math.log(10),
};
const firstThree = ({ a, b, c }: Omit<Cells, "d">): boolean =>
  close(a, goodCells.a, 1e-4) && close(b, goodCells.b, 1e-4) && close(c, goodCells.c, 1e-4);
const cell = (got: number, right: number, on: string, note: string): Verdict =>
  computed(got, right, on, note, 1e-4);

interface Counts {
  parameters: number;
  learnedFrom: number;
  validation: number;
  updates: number;
}
const goodCounts: Counts = { parameters: 2_599_086, learnedFrom: 8083, validation: 899, updates: 64 };

const partsRight = ({ parameters, learnedFrom, validation }: Counts): boolean =>
  parameters === 2_599_086 && learnedFrom === 8083 && validation === 899;

type Mend = (row: number[]) => number[];

/** Rows of the freq matrix of texts of `length` kept words: a few words repeat, the rest occur once. */
const freqRow = (length: number): number[] => {
  const counts = [7, 4, 2, 2];
  const rest = length - counts.reduce((sum, c) => sum + c, 0);
  return [...counts, ...new Array<number>(rest).fill(1)].map((c) => c / length);
};
const lengths = [40, 150, 400];
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const meanRowSum = (mend: Mend): number =>
  mean(lengths.map((length) => mend(freqRow(length)).reduce((sum, value) => sum + value, 0)));
const isProportional = (mend: Mend, length: number): boolean => {
  const [row, made] = [freqRow(length), mend(freqRow(length))];
  const factor = made[0] / row[0];
  return factor > 0 && made.every((value, i) => close(value / (factor * row[i]), 1));
};

type BodyOf = (post: string) => string;
const goodBody: BodyOf = (post) => {
  const afterHeader = post.slice(post.indexOf("\n\n") + 2).split("\n");
  const end = afterHeader.lastIndexOf("--");
  const lines = end < 0 ? afterHeader : afterHeader.slice(0, end);
  return lines
    .filter((line) => !line.startsWith(">") && !line.endsWith("writes:"))
    .join("\n")
    .trim();
};
/** The same with one of its three parts made differently. */
const bodyWith = ({
  header = (post: string) => post.slice(post.indexOf("\n\n") + 2),
  signature = (text: string) => {
    const lines = text.split("\n");
    const end = lines.lastIndexOf("--");
    return (end < 0 ? lines : lines.slice(0, end)).join("\n");
  },
  own = (line: string) => !line.startsWith(">") && !line.endsWith("writes:"),
}): BodyOf => {
  return (post) =>
    signature(header(post))
      .split("\n")
      .filter((line) => own(line))
      .join("\n")
      .trim();
};
const head = "From: Ann\nSubject: tea\nLines: 4";
const body = (bodyOf: BodyOf, posts: string[], note: string): Verdict =>
  each(posts, (post) => expectSame(bodyOf(post), goodBody(post), { on: JSON.stringify(post), note }));

interface Break {
  one: string;
  other: string;
  pairsOf: (words: string[]) => string[];
}
const allowed = ["the", "film", "was", "is", "good", "bad", "not", "but", "it", "and"];
const goodPairs = (words: string[]): string[] => words.slice(1).map((word, i) => `${words[i]} ${word}`);
const goodBreak: Break = {
  one: "the film was good, not bad",
  other: "the film was bad, not good",
  pairsOf: goodPairs,
};
const bagOf = (tokens: readonly string[]): string => [...tokens].sort().join("|");
const wordsOf = (text: string): string[] => textToWordSequence(text);

/** The rows of both sentences in all four modes, after a tokenizer that knows the allowed words. */
function rowsDiffer({ one, other }: Break): string | undefined {
  const tokenizer = new Tokenizer();
  tokenizer.fitOnTexts([allowed.join(" "), "the film was good", "it is bad"]);
  return (["binary", "count", "tfidf", "freq"] as const).find((mode) => {
    const [first, second] = tokenizer.textsToMatrix([one, other], { mode }).toMatrix().toArray();
    return !first.every((value, column) => close(value, second[column]));
  });
}

export default defineExercises({
  "16-matrix": exercise<ToRow>({
    stub: () => [],
    checks: [
      {
        says: "the row has a place for each column, and column 0 is empty",
        test: (toRow) => {
          for (const numbers of [ate, sat]) {
            const on = `toRow([${numbers.join(", ")}], 6, "count")`;
            const row = toRow([...numbers], 6, "count");
            if (!Array.isArray(row) || row.length !== 6)
              return fail({
                on,
                expected: inWords("6 numbers"),
                got: inWords(Array.isArray(row) ? `${row.length} numbers` : String(row)),
              });
            if (!close(row[0], 0)) return expectSame(row[0], 0, { on: `${on}, column 0` });
          }
          return pass;
        },
      },
      {
        says: "count has how often each word occurs",
        test: (toRow) =>
          rows(toRow, [
            [[...ate], 6, "count"],
            [[...all], 7, "count"],
          ]),
      },
      {
        says: "binary has 1 for a word that is there, however often",
        test: (toRow) =>
          rows(toRow, [
            [[...ate], 6, "binary"],
            [[...all], 7, "binary"],
          ]),
      },
      {
        says: "freq has the share, when all words are kept",
        test: (toRow) =>
          rows(toRow, [
            [[...ate], 6, "freq"],
            [[...all], 7, "freq"],
          ]),
      },
      {
        says: "freq divides by the kept words only",
        test: (toRow) =>
          rows(
            toRow,
            [
              [[...sat], 6, "freq"],
              [[...dog], 6, "freq"],
              [[...all], 6, "freq"],
            ],
            "Words from 6 on are not kept, and are not counted in n.",
          ),
      },
      {
        says: "a text without kept words gives zeros",
        test: (toRow) =>
          rows(toRow, [
            [[7, 8], 6, "freq"],
            [[], 4, "freq"],
          ]),
      },
      {
        says: "it leaves the numbers as they were",
        test: (toRow) => {
          const numbers = [...dog];
          toRow(numbers, 6, "count");
          return expectSame(numbers, dog, { on: "the list that was handed over", note: "Build a new list." });
        },
      },
    ],
    wrong: [
      {
        answer: (numbers, numWords, mode) => {
          const row = new Array<number>(numWords).fill(0);
          for (const number of numbers) row[number] = (row[number] ?? 0) + 1;
          if (mode === "count") return row;
          return row.map((c) => (mode === "binary" ? Math.min(c, 1) : c / numbers.length));
        },
        means: "counts words that have no column",
        hint: "The text [1, 2, 7] has made your row too long: `row[7] += 1` adds a place 7. Which numbers must not be counted?",
        when: (toRow) => toRow([...ate], 6, "count").length === 6 && toRow([...sat], 6, "count").length > 6,
      },
      {
        answer: (numbers, numWords, mode) => goodRow(numbers, numWords + 1, mode),
        means: "keeps the first word behind the limit",
        hint: "The row is one column too long. Is number 6 below 6?",
      },
      {
        answer: (numbers, numWords, mode) =>
          goodRow(
            numbers.map((number) => number - 1),
            numWords,
            mode,
          ),
        means: "puts word 1 into column 0",
        hint: "Your row begins with word 1 in column 0. Word 1 goes to column 1: which column stays empty?",
      },
      {
        answer: (numbers, numWords, mode) =>
          goodRow(mode === "count" ? [...new Set(numbers)] : numbers, numWords, mode),
        means: "counts each word once",
        hint: "In count a word that occurs twice has a 2. Add 1 for each time it occurs.",
      },
      {
        answer: (numbers, numWords, mode) => goodRow(numbers, numWords, mode === "binary" ? "count" : mode),
        means: "counts in binary",
        hint: "binary says only whether the word is there. What is the cell of a word that occurs twice?",
      },
      {
        answer: (numbers, numWords, mode) => {
          const row = goodRow(numbers, numWords, "count");
          if (mode !== "freq") return goodRow(numbers, numWords, mode);
          return row.map((c) => (c === 0 ? 0 : c / numbers.length));
        },
        means: "divides by all words of the text",
        hint: "Some words of these texts are not kept. Your row sums to less than 1: which n makes it sum to 1?",
      },
      {
        answer: (numbers, numWords, mode) => {
          const row = goodRow(numbers, numWords, "count");
          if (mode !== "freq") return goodRow(numbers, numWords, mode);
          return row.map((c) => c / numWords);
        },
        means: "divides by the number of columns",
        hint: "The share is taken of the text, not of the vocabulary. How many kept words has the text?",
      },
      {
        answer: (numbers, numWords, mode) => {
          const row = goodRow(numbers, numWords, mode);
          const distinct = row.filter((v) => v > 0).length;
          const counts = goodRow(numbers, numWords, "count");
          return mode === "freq" ? counts.map((c) => (c === 0 ? 0 : c / distinct)) : row;
        },
        means: "divides by the number of different words",
        hint: "A word that occurs twice counts twice in n. How long is the text, not its list of words?",
      },
      {
        answer: (numbers, numWords, mode) => {
          const kept = numbers.filter((number) => number < numWords);
          if (mode !== "freq") return goodRow(numbers, numWords, mode);
          return goodRow(numbers, numWords, "count").map((c) => c / kept.length);
        },
        means: "divides 0 by 0",
        hint: "For a text without kept words you divide 0 by 0, which is NaN. What should stand in a cell whose word does not occur?",
      },
    ],
    hints: [
      "Begin with a row of `size` zeros. Which numbers may be used as a place in it?",
      "Keep the numbers below `size`, add 1 at each of their places, then change the filled cells by mode.",
      '`const known = numbers.filter((k) => k < size)`; the share is `row[k] / known.length`; for "binary" a filled cell is 1.',
    ],
    praise: "Your rows are those of the library, dropped words included.",
  }),

  "16-tfidf": exercise<Cells>({
    stub: { a: NaN, b: NaN, c: NaN, d: NaN },
    checks: [
      {
        says: "(a), the rare word, is right",
        test: ({ a }) => cell(a, goodCells.a, "a", "c = 3, N = 8, d = 1."),
      },
      {
        says: "(b), the word of all texts, is right",
        test: ({ b }) => cell(b, goodCells.b, "b", "c = 1, N = 8, d = 8."),
      },
      {
        says: "(c), the unknown word, is right",
        test: ({ c }) => cell(c, goodCells.c, "c", "Which column does this word have?"),
      },
      {
        says: "(d), the factor from once to ten times, is right",
        test: ({ d }) => cell(d, goodCells.d, "d", "The second factor is the same in both cells."),
      },
    ],
    wrong: [
      {
        answer: { a: 3.38, b: 0.64, c: 0, d: 3.3 },
        means: "rounds to two decimals",
        hint: "The number is near. Four decimals are asked for; or leave the rounding to the computer and write the expression.",
        when: (cells) => {
          const far = (["a", "b", "c", "d"] as const).find((key) => !close(cells[key], goodCells[key], 1e-4));
          return far !== undefined && far !== "c" && close(cells[far], goodCells[far], 0.006);
        },
      },
      {
        answer: { ...goodCells, a: 3 * Math.log(5), d: 10 },
        means: "takes c itself as the first factor",
        hint: "That is c times the second factor. In this formula the first factor is 1 + ln c.",
        when: ({ a }) => close(a, 3 * Math.log(5), 1e-3),
      },
      {
        answer: { ...goodCells, a: (1 + Math.log(3)) * Math.log(8), b: 0 },
        means: "takes ln(N / d)",
        hint: "ln(N / d) is another formula. Here 1 is added twice: to d, and to the fraction.",
        when: ({ a }) => close(a, (1 + Math.log(3)) * Math.log(8), 1e-3),
      },
      {
        answer: { ...goodCells, a: (1 + Math.log(3)) * Math.log(4), b: Math.log(8 / 9) },
        means: "forgets the 1 in front of the fraction",
        hint: "You took ln(N / (1 + d)). Which number is added to the fraction?",
        when: ({ a }) => close(a, (1 + Math.log(3)) * Math.log(4), 1e-3),
      },
      {
        answer: { ...goodCells, a: (1 + Math.log10(3)) * Math.log10(5), b: Math.log10(17 / 9) },
        means: "takes the logarithm to base 10",
        hint: "ln is the natural logarithm, `Math.log`. Did you use `Math.log10`, or the key log of a calculator?",
        when: ({ a }) => close(a, (1 + Math.log10(3)) * Math.log10(5), 1e-3),
      },
      {
        answer: { ...goodCells, a: Math.log(3) * Math.log(5) },
        means: "forgets the 1 in front of ln c",
        hint: "With ln c alone a word that occurs once would get 0. What is added to ln c?",
        when: ({ a }) => close(a, Math.log(3) * Math.log(5), 1e-3),
      },
      {
        answer: { ...goodCells, b: 0 },
        means: "thinks that a word of all texts counts nothing",
        hint: "Such a word counts little, but not nothing: put d = 8 into 1 + N / (1 + d).",
        when: ({ a, b }) => b === 0 && close(a, goodCells.a, 1e-4),
      },
      {
        answer: { ...goodCells, c: Math.log(9) },
        means: "puts d = 0 into the formula",
        hint: "The formula is for words that have a column. What did the tokenizer do with words that it had never read?",
        when: ({ a, b, c }) => c > 0 && close(a, goodCells.a, 1e-4) && close(b, goodCells.b, 1e-4),
      },
      {
        answer: { ...goodCells, d: 10 },
        means: "ten times the word, ten times the cell",
        hint: "The first factor grows more slowly than c. What is it for c = 10, and for c = 1?",
        when: ({ a, b, c, d }) => d === 10 && firstThree({ a, b, c }),
      },
      {
        answer: { ...goodCells, d: Math.log(10) },
        means: "takes ln 10 for 1 + ln 10",
        hint: "For c = 1 the first factor is 1. For c = 10 it is ln 10 and something more.",
        when: ({ a, b, c, d }) => close(d, Math.log(10), 1e-3) && firstThree({ a, b, c }),
      },
    ],
    hints: [
      "Write down c, N and d for each question before you compute.",
      "(1 + ln c) times ln(1 + N / (1 + d)), with N = 8. A word without a number has no column.",
      "(a) `(1 + Math.log(3)) * Math.log(5)`, (b) `Math.log(1 + 8 / 9)`, (c) nothing stands anywhere, (d) `1 + Math.log(10)`.",
    ],
    praise: "Rare words weigh more, and repetition pays less each time.",
  }),

  "16-count": exercise<Counts>({
    stub: { parameters: NaN, learnedFrom: NaN, validation: NaN, updates: NaN },
    checks: [
      {
        says: "the parameters are right",
        test: ({ parameters }) =>
          computed(parameters, 2_599_086, "parameters", "Three layers, each inputs times units plus units."),
      },
      {
        says: "the texts learned from are right",
        test: ({ learnedFrom }) =>
          computed(learnedFrom, 8083, "learnedFrom", "Nine tenths of 8,982, rounded down."),
      },
      {
        says: "the rest validates",
        test: ({ validation }) =>
          computed(validation, 899, "validation", "Both parts together are 8,982 texts."),
      },
      {
        says: "the updates of an epoch are right",
        test: ({ updates }) => computed(updates, 64, "updates", "128 texts at a time, until none is left."),
      },
    ],
    wrong: [
      {
        answer: { ...goodCounts, parameters: 2_598_656 },
        means: "forgets the biases",
        hint: "You counted the weights. Each unit has one more parameter: how many units are there?",
        when: ({ parameters }) => parameters === 2_598_656,
      },
      {
        answer: { ...goodCounts, parameters: 2_599_040 },
        means: "forgets the biases of the last layer",
        hint: "Only the last layer is wrong: 46 parameters are missing. What has each output besides its weights?",
        when: ({ parameters }) => parameters === 2_599_040,
      },
      {
        answer: { ...goodCounts, parameters: 2_595_732 },
        means: "takes 20 classes",
        hint: "That is the net of the newsgroups. How many outputs has it for 46 subjects?",
        when: ({ parameters }) => parameters === 2_595_732,
      },
      {
        answer: { ...goodCounts, parameters: 2_598_830 },
        means: "leaves the weights of column 0 out",
        hint: "Column 0 is never used, but it is a column, and its 256 weights are there.",
        when: ({ parameters }) => parameters === 2_598_830,
      },
      {
        answer: { ...goodCounts, parameters: 5934 },
        means: "counts the last layer only",
        hint: "That is the last layer. The two before it stand in the table above.",
        when: ({ parameters }) => parameters === 5934 || parameters === 5888,
      },
      {
        answer: { ...goodCounts, learnedFrom: 8084, validation: 898 },
        means: "rounds the training part up",
        hint: "8083.8 texts: the text that is cut goes to the validation part.",
        when: ({ parameters, learnedFrom }) =>
          parameters === 2_599_086 && (learnedFrom === 8084 || close(learnedFrom, 8083.8)),
      },
      {
        answer: { ...goodCounts, learnedFrom: 899, validation: 8083 },
        means: "takes the two parts for each other",
        hint: "The last tenth validates. Which of your two numbers is a tenth?",
        when: ({ parameters, learnedFrom }) =>
          parameters === 2_599_086 && (learnedFrom === 899 || learnedFrom === 898),
      },
      {
        answer: { ...goodCounts, updates: 71 },
        means: "cuts all texts into batches",
        hint: "Only the texts that are learned from make updates. You divided 8,982 by 128.",
        when: (counts) => partsRight(counts) && counts.updates === 71,
      },
      {
        answer: { ...goodCounts, updates: 63 },
        means: "loses the last batch",
        hint: "63 batches hold 8,064 texts. What happens to the others?",
        when: (counts) => partsRight(counts) && Math.floor(counts.updates) === 63,
      },
      {
        answer: { ...goodCounts, updates: 320 },
        means: "counts five epochs",
        hint: "That is five epochs. The question is about one.",
        when: (counts) => partsRight(counts) && counts.updates === 320,
      },
    ],
    hints: [
      "Which rows of the table change when the outputs do?",
      "Last layer: 128 · 46 + 46. Texts: `Math.floor(8982 * 0.9)`. Updates: round up.",
      "2,560,256 + 32,896 + 5,934 parameters; 8,083 texts and 899; 8083 / 128 rounded up.",
    ],
    praise: "You can size a net and its training before it runs.",
  }),

  "16-freq": exercise<Mend>({
    stub: (row) => row,
    checks: [
      {
        says: "it returns a value for each cell",
        test: (mend) =>
          each(lengths, (length) => {
            const row = freqRow(length);
            const made = mend([...row]);
            const fine = Array.isArray(made) && made.length === row.length && made.every(Number.isFinite);
            if (fine) return pass;
            return fail({
              on: `a row of ${row.length} cells`,
              got: made,
              note: "One finite number for each cell.",
            });
          }),
      },
      {
        says: "it leaves the list as it was",
        test: (mend) => {
          const row = freqRow(40);
          mend(row);
          return expectSame(row, freqRow(40), {
            on: "the list that was handed over",
            note: "Build a new list.",
          });
        },
      },
      {
        says: "the cells of a row keep their proportions",
        test: (mend) =>
          each(lengths, (length) =>
            isProportional(mend, length)
              ? pass
              : fail({
                  on: `a text of ${length} words`,
                  note: "A word that occurs 4 times must keep four times the value of a word that occurs once, above 0.",
                }),
          ),
      },
      {
        says: "the row sums are large enough to learn from",
        test: (mend) => {
          const sum = meanRowSum(mend);
          return sum >= 15
            ? pass
            : fail({ on: "the mean row sum of three texts", got: sum, note: "binary had far more." });
        },
      },
      {
        says: "the row sums are not too large",
        test: (mend) => {
          const sum = meanRowSum(mend);
          return sum <= 5000
            ? pass
            : fail({ on: "the mean row sum of three texts", got: sum, note: "tfidf had a few hundred." });
        },
      },
    ],
    wrong: [
      {
        answer: (row) => row.map((share) => share / 100),
        means: "makes the cells smaller",
        hint: "The cells were too small already. In which direction must they go?",
        when: (mend) => meanRowSum(mend) < 0.9 && lengths.every((length) => isProportional(mend, length)),
      },
      {
        answer: (row) => row.map((share) => share * 5),
        means: "a factor that is too small",
        hint: "Better, but the reach is still small. By what factor do the row sums of binary differ from 1?",
      },
      {
        answer: (row) => row.map((share) => share * 1e6),
        means: "a factor that is too large",
        hint: "Now the sums are thousands of times those of the other modes. With such numbers the first updates throw the outputs about. Choose a factor near 100.",
      },
      {
        answer: (row) => row.map(() => 1),
        when: (mend) => lengths.every((length) => new Set(mend(freqRow(length))).size === 1),
        means: "makes the matrix binary",
        hint: "All cells are 1 now: that is binary, and the shares are gone. Multiply instead.",
      },
      {
        answer: (row) => row.map((share) => share + 1),
        when: (mend) => {
          const [row, made] = [freqRow(40), mend(freqRow(40))];
          return made.every((value, i) => close(value - row[i], made[0] - row[0])) && made[0] > row[0];
        },
        means: "adds in place of multiplying",
        hint: "After adding the same number to all cells, a word that occurs four times no longer has four times the value of a word that occurs once. Which operation keeps proportions?",
      },
      {
        answer: (row) => row.map((share) => Math.round(100 * share)),
        when: (mend) => lengths.every((length) => mend(freqRow(length)).every(Number.isInteger)),
        means: "rounds to whole percents",
        hint: "After rounding, cells that were different may be equal, and cells of a long text are 0. Leave the numbers as they come out of the multiplication.",
      },
      {
        answer: (row) => row.map((share) => Math.log(1 + 100 * share)),
        when: (mend) => {
          const [row, made] = [freqRow(40), mend(freqRow(40))];
          return made[3] > 0 && made[0] > made[3] && made[0] / made[3] < (0.999 * row[0]) / row[3];
        },
        means: "takes a logarithm or a root",
        hint: "A logarithm or a root brings large and small cells nearer to each other. Which operation keeps a cell twice as large as another?",
      },
      {
        answer: (row) => row.map((share) => share - mean(row)),
        when: (mend) => {
          const made = mend(freqRow(40));
          return made.some((value) => value < 0) && made.some((value) => value > 0);
        },
        means: "subtracts the mean",
        hint: "Some cells are negative now, and zero cells are left out of it. Only the size should change: which operation keeps proportions?",
      },
      {
        answer: (row) => {
          for (let i = 0; i < row.length; i++) row[i] *= 100;
          return row;
        },
        when: (mend) => {
          const row = freqRow(40);
          mend(row);
          return !close(row[0], freqRow(40)[0]);
        },
        means: "changes the list in place",
        hint: "The values are right, but the list that was handed over has changed. Use `map`.",
      },
      {
        answer: (row) => {
          const length = Math.hypot(...row);
          return row.map((share) => share / length);
        },
        means: "scales rows to length 1",
        hint: "Each row has length 1 now, and a row sum near 10. That is a usual scaling, but five epochs want more: go on in this direction.",
      },
    ],
    hints: [
      "What is the mean row sum of freq, and what is that of binary?",
      "Multiply every cell by the same number. `map` builds a new list.",
      "`row.map((share) => 100 * share)`",
    ],
    praise: "Nothing about the information has changed, only its size, and the net can learn from it.",
  }),

  "16-body": exercise<BodyOf>({
    stub: (post) => post,
    checks: [
      {
        says: "the header goes",
        test: (bodyOf) => body(bodyOf, [`${head}\n\nI like green tea.`], "Lines up to the first empty one."),
      },
      {
        says: "later empty lines and lines with a colon stay",
        test: (bodyOf) =>
          body(
            bodyOf,
            [`${head}\n\nTwo kinds: green, black.\n\nI like both.`, `${head}\n\nOne.\n\nTwo.\n\nThree.`],
            "The header ends at the first empty line; what follows is the text.",
          ),
      },
      {
        says: "quoted lines go",
        test: (bodyOf) =>
          body(
            bodyOf,
            [`${head}\n\n> Which tea?\n> And why?\nGreen.`, `${head}\n\nYes.\n>And milk?\nNo.`],
            "Lines that begin with >.",
          ),
      },
      {
        says: "a line that announces a quotation goes",
        test: (bodyOf) =>
          body(
            bodyOf,
            [`${head}\n\nBob writes:\n> Which tea?\nGreen.`],
            "It is a line that ends with `writes:`.",
          ),
      },
      {
        says: "a > within a line stays",
        test: (bodyOf) =>
          body(
            bodyOf,
            [`${head}\n\nPrice > 3 is too much.`],
            "Only a > at the line's head marks a quotation.",
          ),
      },
      {
        says: "the signature goes",
        test: (bodyOf) =>
          body(
            bodyOf,
            [`${head}\n\nGreen.\n--\nAnn, tea club`, `${head}\n\nGreen.\n\n--\nAnn\nTea club`],
            "From the line -- to the end.",
          ),
      },
      {
        says: "hyphens within a line stay",
        test: (bodyOf) =>
          body(
            bodyOf,
            [`${head}\n\nTea -- always tea.`, `${head}\n\nTea -- always.\n--\nAnn`],
            "A signature begins at a line that is exactly --.",
          ),
      },
      {
        says: "only the last line of hyphens begins the signature",
        test: (bodyOf) =>
          body(
            bodyOf,
            [`${head}\n\nFirst part.\n--\nSecond part.\n--\nAnn`],
            "There are two such lines; the signature begins at the last.",
          ),
      },
    ],
    wrong: [
      {
        answer: bodyWith({ header: (post) => post }),
        means: "keeps the header",
        hint: 'Where does the first empty line begin? It is where two line breaks stand together: "\\n\\n".',
      },
      {
        answer: bodyWith({ header: (post) => post.slice(post.indexOf("\n") + 1) }),
        means: "removes the first line only",
        hint: "One line of the header is gone. It ends at an empty line, that is at two line breaks.",
      },
      {
        answer: bodyWith({ header: (post) => post.slice(post.lastIndexOf("\n\n") + 2) }),
        means: "cuts at the last empty line",
        hint: "The text has empty lines, too. Which one ends the header?",
      },
      {
        answer: bodyWith({ header: (post) => post.split("\n\n")[1] }),
        means: "keeps the first paragraph only",
        hint: "`split` at the empty lines cuts the text into paragraphs, and you took one of them.",
      },
      {
        answer: bodyWith({
          header: (post) =>
            post
              .split("\n")
              .filter((line) => !line.includes(": "))
              .join("\n"),
        }),
        means: "removes each line with a colon",
        hint: "Lines of the text may have a colon. Use the place of the lines, not their look.",
      },
      {
        answer: bodyWith({ own: (line) => !line.endsWith("writes:") }),
        means: "keeps the quoted lines",
        hint: "Lines that begin with > are somebody else's. `startsWith` finds them.",
      },
      {
        answer: bodyWith({ own: (line) => !line.startsWith(">") }),
        means: "keeps the line that announces the quotation",
        hint: 'The quoted lines are gone, but "Bob writes:" is still there.',
      },
      {
        answer: bodyWith({ own: (line) => !line.includes(">") && !line.endsWith("writes:") }),
        means: "removes each line with a >",
        hint: "A > may stand in a formula. Where in the line does a quotation have it?",
      },
      {
        answer: bodyWith({ signature: (text) => text }),
        means: "keeps the signature",
        hint: "From the line -- on, everything belongs to the signature.",
      },
      {
        answer: bodyWith({ signature: (text) => text.split("--")[0] }),
        means: "cuts at any two hyphens",
        hint: "Two hyphens may stand in a sentence. The signature's are a line of their own.",
      },
      {
        answer: bodyWith({
          signature: (text) => {
            const lines = text.split("\n");
            const end = lines.indexOf("--");
            return (end < 0 ? lines : lines.slice(0, end)).join("\n");
          },
        }),
        means: "cuts at the first line of hyphens",
        hint: "Such a line may part a text in two. Which of them begins the signature?",
      },
      {
        answer: bodyWith({
          signature: (text) => {
            const lines = text.split("\n");
            return lines.slice(0, lines.lastIndexOf("--")).join("\n");
          },
        }),
        means: "does not ask whether there is a signature",
        hint: "Without a signature `lastIndexOf` answers −1, and `slice(0, -1)` drops the last line. What should happen then?",
      },
    ],
    hints: [
      "Which of the three parts is marked by its place, and which by the look of its lines?",
      'Cut behind the first "\\n\\n", split into lines, cut at `lastIndexOf("--")` if there is one, then filter.',
      'Keep a line when `!line.startsWith(">") && !line.endsWith("writes:")`, join with "\\n", `trim`.',
    ],
    praise: "What is left is what the writer had to say.",
  }),

  "16-break": exercise<Break>({
    stub: { one: "", other: "", pairsOf: () => [] },
    checks: [
      {
        says: "both sentences have at least four words",
        test: ({ one, other }) =>
          each([one, other], (sentence) =>
            wordsOf(sentence).length >= 4
              ? pass
              : fail({ on: JSON.stringify(sentence), got: inWords(`${wordsOf(sentence).length} words`) }),
          ),
      },
      {
        says: "they use the allowed words only",
        test: ({ one, other }) => {
          const foreign = [...wordsOf(one), ...wordsOf(other)].find((word) => !allowed.includes(word));
          return foreign === undefined
            ? pass
            : fail({ on: JSON.stringify(foreign), note: "This word is not in the list." });
        },
      },
      {
        says: "the order of their words differs",
        test: ({ one, other }) =>
          wordsOf(one).join(" ") === wordsOf(other).join(" ")
            ? fail({
                on: "both sentences",
                got: wordsOf(one).join(" "),
                note: "After the tokenizer's three rules they are the same words in the same order.",
              })
            : pass,
      },
      {
        says: "their rows are equal in all four modes",
        test: (answer) => {
          const mode = rowsDiffer(answer);
          return mode === undefined
            ? pass
            : fail({ on: `mode ${mode}`, note: "Both sentences need the same words, each equally often." });
        },
      },
      {
        says: "`pairsOf` lists the neighbouring pairs in order",
        test: ({ pairsOf }) =>
          forInputs(pairsOf, {
            inputs: [[["the", "film", "was", "good"]], [["not", "bad"]]],
            expected: goodPairs,
            name: "pairsOf",
          }),
      },
      {
        says: "a single word has no pair",
        test: ({ pairsOf }) => forInputs(pairsOf, { inputs: [[["good"]]], expected: [[]], name: "pairsOf" }),
      },
      {
        says: "the pairs tell the sentences apart",
        test: ({ one, other, pairsOf }) =>
          bagOf(pairsOf(wordsOf(one))) === bagOf(pairsOf(wordsOf(other)))
            ? fail({ on: "the pairs of both sentences", got: pairsOf(wordsOf(one)) })
            : pass,
      },
    ],
    wrong: [
      {
        answer: { ...goodBreak, one: "good film", other: "bad film" },
        means: "sentences that are too short",
        hint: "Each sentence needs four words or more, and both need the same ones.",
        when: ({ one, other }) => one !== "" && Math.min(wordsOf(one).length, wordsOf(other).length) < 4,
      },
      {
        answer: { ...goodBreak, one: "the dog bit the man", other: "the man bit the dog" },
        means: "uses words that the tokenizer does not know",
        hint: "The idea is right. But words that the tokenizer does not know are dropped, and then much is equal. Use the words of the list.",
        when: ({ one, other }) =>
          [...wordsOf(one), ...wordsOf(other)].some((word) => !allowed.includes(word)),
      },
      {
        answer: { ...goodBreak, one: "The film was good.", other: "the film was good!" },
        means: "differs in capitals and punctuation only",
        hint: "Capitals and punctuation are gone before the words are counted. Change the order of the words.",
        when: ({ one, other }) =>
          wordsOf(one).length >= 4 && wordsOf(one).join(" ") === wordsOf(other).join(" "),
      },
      {
        answer: { ...goodBreak, one: "the film was good", other: "the film was not good" },
        when: ({ one, other }) => wordsOf(one).length !== wordsOf(other).length,
        means: "one sentence has a word more",
        hint: "One sentence is longer than the other, so their counts differ. Which words of one sentence could change places instead?",
      },
      {
        answer: { ...goodBreak, one: "the film was good and bad", other: "the film was bad and bad" },
        when: ({ one, other }) =>
          wordsOf(one).length >= 4 &&
          wordsOf(one).length === wordsOf(other).length &&
          bagOf(wordsOf(one)) !== bagOf(wordsOf(other)),
        means: "equal length, other words",
        hint: "The sentences have equally many words, but not the same ones. Count good and bad in each.",
      },
      {
        answer: { ...goodBreak, pairsOf: () => [] },
        when: ({ one, pairsOf }) => one !== "" && pairsOf(["the", "film", "was", "good"]).length === 0,
        means: "has not written the function",
        hint: "The sentences are found. `pairsOf` still returns an empty list: join each word with the one behind it.",
      },
      {
        answer: { ...goodBreak, pairsOf: (words) => words },
        means: "returns single words",
        hint: 'The sentences are found. `pairsOf` still returns single words: join each with the one behind it, as in "was good".',
      },
      {
        answer: { ...goodBreak, pairsOf: (words) => words.map((word, i) => `${word} ${words[i + 1] ?? ""}`) },
        means: "a pair for the last word, too",
        hint: "The last word has no right neighbour. How many pairs have four words?",
      },
      {
        answer: {
          ...goodBreak,
          pairsOf: (words) => goodPairs(words).filter((_, i) => i % 2 === 0),
        },
        means: "pairs that do not overlap",
        hint: "Each word but the last begins a pair. You cut the sentence into pieces of two.",
      },
      {
        answer: {
          ...goodBreak,
          pairsOf: (words) => goodPairs(words).map((pair) => pair.split(" ").sort().join(" ")),
        },
        means: "sorts the words of a pair",
        hint: "Inside a pair the order must stay: it is what you want to keep.",
      },
    ],
    hints: [
      "Which two words of the list say opposite things? Let them change places.",
      "Two statements joined by not or but: one is affirmed, the other denied. For the pairs, join `parts[i]` and `parts[i + 1]`.",
      '"the film was good, not bad" and its mirror; `parts.slice(1).map((part, i) => parts[i] + " " + part)`.',
    ],
    praise: "No network can undo this: what the input has lost, no layer brings back.",
  }),
});
