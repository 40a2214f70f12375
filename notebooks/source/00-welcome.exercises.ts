import {
  defineExercises,
  each,
  exercise,
  expectSame,
  expectShape,
  fail,
  forInputs,
  inWords,
  Matrix,
  pass,
  Random,
  type Verdict,
} from "gradus";

interface Message {
  gave: string;
  wanted: string;
}
interface Settings {
  SEED: string;
  POINTS: string;
  TRAIN_SHARE: string;
}
type Mean = (values: number[]) => number;
type Dice = (seed: number, count: number) => number[];

const typeNames = ["number", "string", "boolean", "number[]", "string[]"];
const messages: readonly Message[] = [
  { gave: "string", wanted: "number" },
  { gave: "number", wanted: "string" },
  { gave: "number[]", wanted: "number" },
];
const isRight = ({ gave, wanted }: Message, line: number): boolean =>
  gave === messages[line].gave && wanted === messages[line].wanted;
/** The right answer with other lines in place of some. */
function messagesBut(lines: Readonly<Record<number, Message>>): Message[] {
  return messages.map((right, line) => lines[line] ?? right);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function throwsOf(seed: number, count: number): number[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => 1 + random.int(6));
}

function settingVerdict(settings: Settings, name: keyof Settings, wanted: number): Verdict {
  const text = settings[name];
  if (text.trim() === "") return fail({ on: name, got: text, note: "An empty text counts as 0." });
  if (Number(text) === wanted) return pass;
  return fail({
    on: name,
    got: text,
    ...(Number.isNaN(Number(text)) ? { note: "It can't be read as a number." } : {}),
  });
}

export default defineExercises({
  "00-first": exercise<number>({
    stub: 0,
    checks: [
      {
        says: "it is the number of minutes in a day",
        test: (minutes) => (minutes === 24 * 60 ? pass : fail({ got: minutes })),
      },
    ],
    wrong: [
      {
        answer: 24,
        means: "hours in a day",
        hint: "That is how many hours a day has. How many minutes has each of them?",
      },
      {
        answer: 60,
        means: "minutes in an hour",
        hint: "That is how many minutes an hour has. How many hours has a day?",
      },
      {
        answer: 86_400,
        means: "seconds in a day",
        hint: "These are the seconds. How many of them make a minute?",
      },
      {
        answer: 720,
        means: "a day of 12 hours",
        hint: "A clock's face shows 12 hours. How often does its hand go around in a day?",
      },
    ],
    hints: [
      "How many hours has a day, and how many minutes has an hour?",
      "Multiply the two. The sign for that is `*`.",
      "`24 * 60`",
    ],
    praise: "You changed a cell, ran it, and had the answer checked.",
  }),

  "00-type-error": exercise<Message[]>({
    stub: [
      { gave: "?", wanted: "?" },
      { gave: "?", wanted: "?" },
      { gave: "?", wanted: "?" },
    ],
    checks: [
      {
        says: "there are three predictions, made of the names of types",
        test: (lines) =>
          lines.length === 3
            ? each(lines, ({ gave, wanted }, line) => {
                const odd = [gave, wanted].find((name) => !typeNames.includes(name));
                return odd === undefined
                  ? pass
                  : fail({
                      on: `line ${line + 1}`,
                      got: odd,
                      note: `The names are ${typeNames.join(", ")}.`,
                    });
              })
            : fail({ expected: inWords("3 predictions"), got: inWords(String(lines.length)) }),
      },
      ...messages.map((_, line) => ({
        says: `line ${line + 1} is predicted`,
        test: (lines: Message[]) =>
          lines[line] !== undefined && isRight(lines[line], line)
            ? pass
            : fail({ on: `line ${line + 1}`, got: lines[line] }),
      })),
    ],
    wrong: [
      {
        answer: messages.map(({ gave, wanted }) => ({ gave: wanted, wanted: gave })),
        means: "exchanges what was given and what is wanted",
        hint: "What you gave stands in the line as a value. What is wanted is the type that its place has. Which is which?",
        when: (lines) =>
          lines.some(({ gave, wanted }, i) => messages[i]?.wanted === gave && messages[i].gave === wanted),
      },
      {
        answer: messagesBut({ 0: { gave: "number[]", wanted: "number" } }),
        means: "join gives a list",
        hint: "In line 1, `join` puts the numbers together with words between them. What is the result made of?",
        when: (lines) => lines[0]?.gave === "number[]" || lines[0]?.gave === "string[]",
      },
      {
        answer: messagesBut({ 1: { gave: "number", wanted: "string[]" } }),
        means: "the element is compared with the list's type",
        hint: "In line 2 the error is about one element of the list. Which type must each element have?",
        when: (lines) => lines[1]?.wanted === "string[]",
      },
      {
        answer: messagesBut({ 2: { gave: "number[]", wanted: "number[]" } }),
        means: "push takes a list",
        hint: "In line 3, `push` takes one new element. Which type has an element of `temperatures`?",
        when: (lines) => lines[2]?.wanted === "number[]",
      },
      {
        answer: messagesBut({ 2: { gave: "number", wanted: "number" } }),
        means: "overlooks the brackets",
        hint: "In line 3 there are square brackets around the numbers. What do they make of them?",
        when: (lines) => lines[2]?.gave === "number" && lines[2].wanted === "number",
      },
    ],
    hints: [
      "For each line: which value stands there, and which type is promised to its place?",
      "Line 1 promises a `number`, line 2 a list of texts, and `push` takes one `number`.",
      "Line 1 gave a `string`. In line 2 the element 7 is a `number`, and a `string` is wanted. Line 3 gave a `number[]`.",
    ],
    praise: "You can read a type error before it is written.",
  }),

  "00-shape": exercise<Matrix>({
    stub: Matrix.from([[0]]),
    checks: [
      { says: "it has two rows and three columns", test: (matrix) => expectShape(matrix, [2, 3]) },
      {
        says: "the number at row 1, column 0 is 7",
        test: (matrix) => {
          if (matrix.rows < 2) return fail({ on: "row 1", note: "There is only row 0." });
          return matrix.at(1, 0) === 7
            ? pass
            : fail({ on: "row 1, column 0", expected: 7, got: matrix.at(1, 0) });
        },
      },
    ],
    wrong: [
      {
        answer: Matrix.from([
          [1, 2],
          [7, 4],
          [5, 6],
        ]),
        means: "exchanges rows and columns",
        hint: "One row is one example. How many examples are wanted, and how long is each row?",
        when: ({ rows, cols }) => rows === 3 && cols === 2,
      },
      {
        answer: Matrix.from([
          [7, 2, 3],
          [4, 5, 6],
        ]),
        means: "counts rows from 1",
        hint: "Your 7 stands in row 0, because positions count from 0. Which row is row 1?",
        when: ({ rows, cols, data }) => rows === 2 && cols === 3 && data[0] === 7,
      },
      {
        answer: Matrix.from([
          [1, 7, 3],
          [4, 5, 6],
        ]),
        means: "takes the column first",
        hint: "Your 7 stands at row 0, column 1. The row is named first, then the column.",
        when: ({ rows, cols, data }) => rows === 2 && cols === 3 && data[0] !== 7 && data[1] === 7,
      },
      {
        answer: Matrix.from([[1, 2, 3, 7, 5, 6]]),
        means: "one long row",
        hint: "These are six numbers in one row. Each row has brackets of its own: where does the second one begin?",
        when: ({ rows }) => rows === 1,
      },
    ],
    hints: [
      "Look at `heightAndWeight` above: how many rows has it, and how long is each?",
      "Write two lists of three numbers inside one pair of brackets.",
      "`Matrix.from([[1, 2, 3], [7, 5, 6]])`",
    ],
    praise: "Rows first, then columns, and both count from 0.",
  }),

  "00-mean": exercise<Mean>({
    stub: () => NaN,
    checks: [
      {
        says: "it gives the mean of a list",
        test: (f) =>
          forInputs(f, {
            inputs: [[[2, 4]], [[5]], [[-1, 1]], [[1, 2, 6]]],
            expected: meanOf,
            name: "safeMean",
          }),
      },
      {
        says: "it throws an error for an empty list",
        test: (f) => {
          let got: number;
          try {
            got = f([]);
          } catch {
            return pass;
          }
          return fail({ on: "safeMean([])", expected: inWords("an error"), got });
        },
      },
    ],
    wrong: [
      {
        answer: meanOf,
        means: "the mean as before",
        hint: "That is the mean as it was, and it loses the empty list. Which question must come before the division?",
      },
      {
        answer: (values) => (values.length === 0 ? 0 : meanOf(values)),
        means: "takes 0 for the mean of nothing",
        hint: "A mean of 0 looks like a measurement, and nobody will ask where it came from. How can the function refuse instead?",
      },
      {
        answer: (values) => {
          const sum = values.reduce((total, value) => total + value, 0);
          if (sum === 0) throw new RangeError("empty");
          return sum / values.length;
        },
        means: "takes a sum of 0 for an empty list",
        hint: "The list −1, 1 is not empty, and its mean is 0. What tells an empty list from this one?",
        when: (f) => {
          try {
            f([-1, 1]);
            return false;
          } catch {
            return f([2, 4]) === 3;
          }
        },
      },
      {
        answer: (values) => {
          if (values.length <= 1) throw new RangeError("too short");
          return meanOf(values);
        },
        means: "refuses a list of one",
        hint: "One number has a mean: itself. Which length is the only one to refuse?",
        when: (f) => {
          try {
            f([5]);
            return false;
          } catch {
            return f([2, 4]) === 3;
          }
        },
      },
      {
        answer: (values) => {
          if (values.length === 0) throw new RangeError("empty");
          return values.reduce((total, value) => total + value, 0);
        },
        means: "forgets to divide",
        hint: "For the empty list you throw an error, as you should. But is this the mean, or the sum?",
      },
    ],
    hints: [
      "Copy `mean`. Where would you ask whether the list is empty?",
      "An empty list has `values.length === 0`. Ask that first, with `if`.",
      'Begin with `if (values.length === 0) throw new RangeError("the list is empty");`',
    ],
    praise: "An error with a place is better than a NaN that spreads in silence.",
  }),

  "00-dice": exercise<Dice>({
    stub: () => [],
    checks: [
      {
        says: "it gives as many throws as asked for, each from 1 to 6",
        test: (f) =>
          each(
            [
              [1, 10],
              [2026, 60],
            ],
            ([seed, count]) => {
              const on = `throwDice(${seed}, ${count})`;
              const throws = f(seed, count);
              if (throws.length !== count)
                return fail({
                  on,
                  expected: inWords(`${count} throws`),
                  got: inWords(`${throws.length} throws`),
                });
              const odd = throws.find((one) => !(Number.isInteger(one) && one >= 1 && one <= 6));
              if (odd !== undefined) return fail({ on, got: odd, note: "No die has such a side." });
              return Math.max(...throws) === Math.min(...throws)
                ? fail({ on, note: "All throws are the same." })
                : pass;
            },
          ),
      },
      {
        says: "called twice with a seed, it gives the same throws",
        test: (f) =>
          f(5, 20).join() === f(5, 20).join()
            ? pass
            : fail({ on: "throwDice(5, 20), twice", note: "The second call gives other throws." }),
      },
      {
        says: "seed 2026 gives Ann's throws",
        test: (f) => expectSame(f(2026, 6), throwsOf(2026, 6), { on: "throwDice(2026, 6)" }),
      },
      {
        says: "another seed gives throws of its own",
        test: (f) =>
          each([1, 7], (seed) => expectSame(f(seed, 6), throwsOf(seed, 6), { on: `throwDice(${seed}, 6)` })),
      },
    ],
    wrong: [
      {
        answer: sharedDice(),
        means: "the generator outlives the call",
        hint: "The second call goes on where the first stopped. Where must the generator be made, so that each call starts from the seed?",
        when: (f) => f(5, 20).length === 20 && f(5, 20).join() !== f(5, 20).join(),
      },
      {
        answer: (seed, count) => {
          const random = new Random(seed);
          return Array.from({ length: count }, () => random.int(6));
        },
        means: "throws from 0 to 5",
        hint: "`random.int(6)` counts from 0. What must be added to get the sides of a die?",
        when: (f) => f(1, 60).includes(0),
      },
      {
        answer: (seed, count) => Array.from({ length: count }, () => 1 + new Random(seed).int(6)),
        means: "a new generator for each throw",
        hint: "Each throw starts again from the seed, so all are the first throw. Which line must stand before the loop?",
        when: (f) => f(1, 60).length === 60 && new Set(f(1, 60)).size === 1,
      },
      {
        answer: (seed) => throwsOf(seed, 6),
        means: "always six throws",
        hint: "Ann threw six times, but somebody else may want ten. Which input says how many?",
        when: (f) => f(1, 10).length === 6,
      },
      {
        answer: (_seed, count) => throwsOf(2026, count),
        means: "always Ann's seed",
        hint: "Every seed gives Ann's throws. Which number does the generator start from in your function?",
      },
      {
        answer: (seed, count) => {
          const random = new Random(seed);
          return Array.from({ length: count }, () => 1 + random.int(5));
        },
        means: "a die of five sides",
        hint: "`random.int(n)` gives one of n numbers. How many sides has a die?",
      },
    ],
    hints: [
      "`cloud` above does something like this. Which line of it uses the seed?",
      "Make the generator once, before the loop: `const random = new Random(seed);`. Then push one throw for each turn of the loop.",
      "A throw is `1 + random.int(6)`.",
    ],
    praise: "From the same seed, everybody throws what Ann threw.",
  }),

  "00-setting": exercise<Settings>({
    stub: { SEED: "seven", POINTS: "2OO", TRAIN_SHARE: "0,5" },
    checks: [
      { says: "SEED is read as 7", test: (settings) => settingVerdict(settings, "SEED", 7) },
      { says: "POINTS is read as 200", test: (settings) => settingVerdict(settings, "POINTS", 200) },
      {
        says: "TRAIN_SHARE is read as one half",
        test: (settings) => settingVerdict(settings, "TRAIN_SHARE", 0.5),
      },
    ],
    wrong: [
      {
        answer: { SEED: "", POINTS: "200", TRAIN_SHARE: "0.5" },
        means: "takes an empty text for no setting",
        hint: 'The small doctor says `ok`, because `Number("")` is 0. But is 0 the seed that was asked for?',
        when: ({ SEED, POINTS, TRAIN_SHARE }) =>
          [SEED, POINTS, TRAIN_SHARE].some((text) => /^\s*$/.test(text)),
      },
      {
        answer: { SEED: "7", POINTS: "2O0", TRAIN_SHARE: "0.5" },
        means: "overlooks a letter O",
        hint: "Two of its three signs looked like zeros. Is each of them a digit now?",
        when: ({ POINTS }) => /^2[0Oo]{2}$/.test(POINTS) && /o/i.test(POINTS),
      },
      {
        answer: { SEED: "7", POINTS: "200", TRAIN_SHARE: "50%" },
        means: "writes a share in percent",
        hint: "`Number` does not know the sign %. How do you write one half as a number below 1?",
        when: ({ TRAIN_SHARE }) => /^50\s*%?$/.test(TRAIN_SHARE),
      },
      {
        answer: { SEED: "7", POINTS: "200", TRAIN_SHARE: "0,5" },
        means: "keeps the decimal comma",
        hint: "TypeScript writes decimal numbers with another sign than a comma. Look at `price` above: which one?",
        when: ({ TRAIN_SHARE }) => /,/.test(TRAIN_SHARE),
      },
      {
        answer: { SEED: 7, POINTS: 200, TRAIN_SHARE: 0.5 } as unknown as Settings,
        means: "writes numbers in place of texts",
        hint: "An environment variable is always a text. What stands around a text in TypeScript?",
        when: (settings) => Object.values(settings).some((value: unknown) => typeof value === "number"),
      },
    ],
    hints: [
      "Run the cell and read its lines. What does each text have that a number has not?",
      "Words can't be read, O is a letter, and a decimal number has a point.",
      'The texts are `"7"`, `"200"` and `"0.5"`.',
    ],
    praise: "All three lines say `ok`, and the values are the ones that were asked for.",
  }),
});

/** Made once and used by every call: what happens when the generator stands outside the function. */
function sharedDice(): Dice {
  const random = new Random(2026);
  return (_seed, count) => Array.from({ length: count }, () => 1 + random.int(6));
}
