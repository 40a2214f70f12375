import {
  close,
  defineExercises,
  each,
  exercise,
  expectSame,
  fail,
  formFault,
  forInputs,
  freshCopy,
  pass,
  truthTable,
  type Verdict,
} from "gradus";

interface Gate {
  w: number[];
  b: number;
}

const sumOf = ({ w, b }: Gate, x: readonly number[]): number => x.reduce((sum, xi, i) => sum + xi * w[i], b);
const outputOf = (gate: Gate, x: readonly number[]): number => (sumOf(gate, x) > 0 ? 1 : 0);

/** The rows of a truth table with the wanted output, and a name for the card. */
interface Task {
  readonly rows: readonly number[][];
  readonly wanted: readonly number[];
  readonly name: string;
}

function tableOf(name: string, inputs: number, rule: (bits: number[]) => number | boolean): Task {
  const table = truthTable(inputs, rule);
  return { rows: table.x.toArray(), wanted: table.y.column(0), name };
}

const and = tableOf("the gate", 2, ([a, b]) => a & b);
const or = tableOf("the gate", 2, ([a, b]) => a | b);
const nand = tableOf("the gate", 2, ([a, b]) => 1 - (a & b));
const not = tableOf("NOT", 1, ([a]) => 1 - a);
const majority = tableOf("majority", 3, ([a, b, c]) => a + b + c >= 2);
const nor = tableOf("NOR", 2, ([a, b]) => 1 - (a | b));
const second = tableOf("x2 alone", 2, ([, b]) => b);

/** The outputs of a gate from the first row to the last: "0001". */
const column = (gate: Gate, { rows }: Task): string => rows.map((x) => outputOf(gate, x)).join("");

/** Holds when the gate is right on every row; otherwise the first row that is not, with its sum. */
function makes(gate: Gate, { rows, wanted, name }: Task): Verdict {
  return each(rows, (x, row) => {
    const [expected, got] = [wanted[row], outputOf(gate, x)];
    if (expected === got) return pass;
    const sum = sumOf(gate, x).toFixed(2).replace("-", "−");
    return fail({ on: `${name}, input (${x.join(", ")})`, expected, got, note: `The sum is ${sum}.` });
  });
}

/** What is wrong with the form of gates that should have so many weights each. */
function gatesFault(gates: readonly Gate[], names: readonly string[], inputs: number): string | undefined {
  for (const [i, { w, b }] of gates.entries()) {
    if (w.length !== inputs)
      return `${names[i]} needs ${inputs} ${inputs === 1 ? "weight" : "weights"}, got ${w.length}.`;
    if (![...w, b].every(Number.isFinite)) return `${names[i]} has a number that is not finite.`;
  }
  return undefined;
}

const isZero = ({ w, b }: Gate): boolean => b === 0 && w.every((weight) => weight === 0);

/** The line of a gate without its scale: 0.5, 0.5, -0.7 and 5, 5, -7 are one line. */
const sameLine = (p: Gate, q: Gate): boolean => {
  const [a, c] = [p, q].map(({ w, b }) => [...w, b].map((value) => value / Math.hypot(...w)));
  return a.every((value, i) => close(value, c[i]));
};
const lessonGate: Gate = { w: [0.5, 0.5], b: -0.7 };

interface ByHand {
  sum: number;
  output: number;
}

type Step = (gate: Gate, x: number[], target: number, rate: number) => Gate;
type StepArgs = [gate: Gate, x: number[], target: number, rate: number];

/** The perceptron rule. */
const rule: Step = ({ w, b }, x, target, rate) => {
  const error = target - outputOf({ w, b }, x);
  return { w: w.map((wi, i) => wi + rate * error * x[i]), b: b + rate * error };
};
const zeros = (): Gate => ({ w: [0, 0], b: 0 });
const afterStep = (perceptronStep: Step, inputs: StepArgs[], note?: string): Verdict =>
  forInputs<StepArgs, Gate>(perceptronStep, {
    inputs,
    expected: rule,
    name: "perceptronStep",
    ...(note === undefined ? {} : { note }),
  });

type Proof = (gate: Gate, rows: number[][], wanted: number[]) => boolean;

/** Whether a proof says what it should about a gate. */
function says(makesGate: Proof, gate: Gate, { rows, wanted, name: on }: Task, expected: boolean): Verdict {
  const got = makesGate(...freshCopy([gate, rows, wanted] as [Gate, number[][], number[]]));
  const note = expected
    ? "It doubts a gate that is right on every row."
    : "It believes a gate that is wrong.";
  return expectSame(got, expected, { on, ...(typeof got === "boolean" ? { note } : {}) });
}
const doubts = (makesGate: Proof, gate: Gate, task: Task, name: string): Verdict =>
  says(makesGate, gate, { ...task, name }, false);

interface LayerAnswer {
  layer: Gate[];
  count: number;
}
const layerOf = (norGate: Gate, secondGate: Gate, count: number): LayerAnswer => ({
  layer: [norGate, secondGate],
  count,
});
const goodNor: Gate = { w: [-0.6, -0.6], b: 0.5 };
const goodSecond: Gate = { w: [0, 1], b: -0.5 };

interface XorAnswer {
  repeatsAfterEpoch: number;
  mistakesEachEpoch: number;
  patienceHelps: boolean | undefined;
}

/** The numbers after each epoch of the perceptron rule on XOR, and the mistakes of that epoch. */
const xorEpochs = ((): { numbers: string; mistakes: number }[] => {
  const { rows, wanted } = tableOf("XOR", 2, ([a, b]) => a ^ b);
  let gate = zeros();
  return Array.from({ length: 20 }, () => {
    let mistakes = 0;
    rows.forEach((x, row) => {
      if (outputOf(gate, x) !== wanted[row]) mistakes++;
      gate = rule(gate, x, wanted[row], 1);
    });
    return { numbers: [...gate.w, gate.b].join(" "), mistakes };
  });
})();
const repeatsAfter = 1 + xorEpochs.findIndex(({ numbers }, i) => numbers === xorEpochs[i + 1]?.numbers);
const mistakesLater = xorEpochs[xorEpochs.length - 1].mistakes;

export default defineExercises({
  "02-by-hand": exercise<ByHand>({
    stub: { sum: NaN, output: NaN },
    checks: [
      {
        says: "the sum is right",
        test: ({ sum }) =>
          close(sum, -0.1)
            ? pass
            : fail({ on: "the sum", got: sum, note: "It has three terms: 0.9 · x1, 0.4 · x2 and b." }),
      },
      {
        says: "the output is what the step makes of it",
        test: ({ output }) =>
          output === 0
            ? pass
            : fail({
                on: "the output",
                got: output,
                note: "It is 1 if the sum is greater than 0, otherwise 0.",
              }),
      },
    ],
    wrong: [
      {
        answer: { sum: 0.3, output: 1 },
        means: "counts an input that is 0",
        hint: "You added 0.4 for x2. But x2 is 0: how much is 0.4 times 0?",
        when: ({ sum }) => close(sum, 0.3),
      },
      {
        answer: { sum: 0.9, output: 1 },
        means: "forgets the bias",
        hint: "That is the sum of the products. Which of the three numbers of the perceptron is still unused?",
        when: ({ sum }) => close(sum, 0.9),
      },
      {
        answer: { sum: 1.9, output: 1 },
        means: "subtracts the bias",
        hint: "The bias is added, and b is −1. Does the sum become larger or smaller?",
        when: ({ sum }) => close(sum, 1.9),
      },
      {
        answer: { sum: -0.1, output: 1 },
        means: "takes every sum that is not 0 for firing",
        hint: "The sum is right. Is it greater than 0?",
        when: ({ sum, output }) => close(sum, -0.1) && output === 1,
      },
      {
        answer: { sum: -0.1, output: -0.1 },
        means: "leaves out the step",
        hint: "The sum is right. The output is what the step makes of it, and a step gives only 0 or 1.",
        when: ({ sum, output }) => close(sum, -0.1) && close(output, -0.1),
      },
    ],
    hints: [
      "Write the three terms in one line: weight 1 times input 1, weight 2 times input 2, bias.",
      "The second term is 0.4 · 0 = 0. So what is left is 0.9 and the bias.",
      "0.9 − 1 lies a little below 0. What does the step make of a number below 0?",
    ],
    praise: "You did by hand what each unit of a network does.",
  }),

  "02-and-weights": exercise<Gate[]>({
    stub: [zeros(), zeros(), zeros()],
    accepts: (answer) => {
      const fault = formFault(answer, [zeros()]);
      if (fault !== undefined) return fault;
      const gates = answer as Gate[];
      if (gates.length !== 3) return `expects three gates { w, b }, got ${gates.length}.`;
      return gatesFault(gates, ["gate 1", "gate 2", "gate 3"], 2);
    },
    checks: [
      {
        says: "each gate gives 0, 0, 0, 1",
        test: (gates) => each(gates, (gate, i) => makes(gate, { ...and, name: `gate ${i + 1}` })),
      },
      {
        says: "the lines differ from each other and from that of 0.5, 0.5, −0.7",
        test: (gates) =>
          each(gates, (gate, i) => {
            const before = [lessonGate, ...gates.slice(0, i)].findIndex((other) => sameLine(gate, other));
            if (before < 0) return pass;
            const other = before === 0 ? "the gate 0.5, 0.5, −0.7" : `gate ${before}`;
            return fail({ on: `gate ${i + 1}`, note: `It draws the same line as ${other}.` });
          }),
      },
    ],
    wrong: [
      {
        answer: [{ w: [0.9, 0.4], b: -1 }, zeros(), zeros()],
        means: "one gate only",
        hint: "A gate whose numbers are all 0 never lights. Replace every row of zeros.",
        when: (gates) => gates.some(isZero),
      },
      {
        answer: [lessonGate, lessonGate, lessonGate],
        means: "kept the weights of the text",
        hint: "That gate works. The task wants other lines: make one weight larger, and see what the bias must do.",
        when: (gates) => gates.some((gate) => isLessonGate(gate)),
      },
      {
        answer: [1, 2, 10].map((scale) => ({ w: [scale, scale], b: -1.4 * scale })),
        means: "takes a larger scale for another line",
        hint: "Multiplying all three numbers by the same factor leaves the line where it is. What if you change only the bias?",
        when: (gates) =>
          gates.every((gate) => column(gate, and) === "0001" && !isLessonGate(gate)) &&
          [lessonGate, ...gates].some((gate, i, all) =>
            all.slice(0, i).some((other) => sameLine(gate, other)),
          ),
      },
      {
        answer: [
          { w: [0.9, 0.4], b: 0 },
          { w: [1, 1], b: -1.5 },
          { w: [2, 3], b: -4 },
        ],
        means: "forgot the bias",
        hint: "With b = 0 the lamp lights as soon as one switch is on. Which sums must stay below the threshold?",
        when: (gates) => gates.some((gate) => gate.b === 0 && !isZero(gate)),
      },
      {
        answer: [
          { w: [1, 0.4], b: -0.6 },
          { w: [1, 1], b: -1.5 },
          { w: [2, 3], b: -4 },
        ],
        means: "one weight alone passes the threshold",
        hint: "Look at the row with only that switch on: its weight alone is already greater than −b. It must not be enough.",
        when: (gates) => gates.some((gate) => ["0011", "0101"].includes(column(gate, and))),
      },
      {
        answer: [
          { w: [1, 1], b: -2 },
          { w: [0.9, 0.4], b: -1 },
          { w: [2, 3], b: -4 },
        ],
        means: "treats > as >=",
        hint: "For (1, 1) the sum is 0, and we light only when it is greater than 0. Lower the threshold a little.",
        when: (gates) => gates.some((gate) => !isZero(gate) && close(sumOf(gate, [1, 1]), 0, 1e-9)),
      },
      {
        answer: [
          { w: [0.6, 0.6], b: -0.5 },
          { w: [1, 1], b: -1.5 },
          { w: [2, 3], b: -4 },
        ],
        means: "made OR",
        hint: "This gate lights when at least one switch is on. That is OR. Which number makes it ask for more evidence?",
        when: (gates) => gates.some((gate) => gate.b !== 0 && column(gate, and) === "0111"),
      },
    ],
    hints: [
      "Write down the four sums: b, w2 + b, w1 + b and w1 + w2 + b. Three of them must be at most 0, the last one must be greater.",
      "Choose w1 = 0.9 and w2 = 0.4. Between which two numbers must −b lie?",
      "With 0.9 and 0.4 any −b from 0.9 up to, but not including, 1.3 works. Do the same with two other pairs of weights.",
    ],
    praise: "Three lines, one gate: no set of numbers is the only one.",
  }),

  "02-not-majority": exercise<{ notGate: Gate; majority: Gate }>({
    stub: { notGate: { w: [0], b: 0 }, majority: { w: [0, 0, 0], b: 0 } },
    accepts: (answer) => {
      const fault = formFault(answer, { notGate: { w: [0], b: 0 }, majority: { w: [0], b: 0 } });
      if (fault !== undefined) return fault;
      const gates = answer as { notGate: Gate; majority: Gate };
      return gatesFault([gates.notGate], ["notGate"], 1) ?? gatesFault([gates.majority], ["majority"], 3);
    },
    checks: [
      { says: "NOT gives 1, 0", test: ({ notGate }) => makes(notGate, not) },
      { says: "majority gives 0, 0, 0, 1, 0, 1, 1, 1", test: (answer) => makes(answer.majority, majority) },
    ],
    wrong: [
      {
        answer: { notGate: { w: [-1], b: 0 }, majority: { w: [1, 1, 1], b: -1.5 } },
        means: "NOT without a bias",
        hint: "For the input 0 the product is 0, so only the bias is left. What must the bias be, to give 1 there?",
        when: ({ notGate }) => column(notGate, not) === "00",
      },
      {
        answer: { notGate: { w: [1], b: -0.5 }, majority: { w: [1, 1, 1], b: -1.5 } },
        means: "a copy in place of NOT",
        hint: "Your NOT repeats its input. What turned AND into NAND?",
        when: ({ notGate }) => column(notGate, not) === "01",
      },
      {
        answer: { notGate: { w: [-1], b: 1.5 }, majority: { w: [1, 1, 1], b: -1.5 } },
        means: "the weight of NOT is too weak",
        hint: "Your NOT always says 1. For the input 1 the weight must pull the sum down to 0 or below.",
        when: ({ notGate }) => column(notGate, not) === "11",
      },
      {
        answer: { notGate: { w: [-1], b: 0.5 }, majority: { w: [1, 1, 1], b: -2 } },
        means: "treats > as >=",
        hint: "With two inputs on, your sum is 0, and 0 is not greater than 0. Put the threshold between 1 and 2.",
        when: (answer) => close(sumOf(answer.majority, [0, 1, 1]), 0) && !isZero(answer.majority),
      },
      {
        answer: { notGate: { w: [-1], b: 0.5 }, majority: { w: [1, 1, 1], b: -2.5 } },
        means: "AND of three inputs",
        hint: "Yours asks for all three inputs. Two must be enough. Which threshold lies between 1 and 2?",
        when: (answer) => column(answer.majority, majority) === "00000001" && answer.majority.b !== -2,
      },
      {
        answer: { notGate: { w: [-1], b: 0.5 }, majority: { w: [1, 1, 1], b: -0.5 } },
        means: "OR of three inputs",
        hint: "Yours lights with one input on. One must not be enough. Which threshold lies between 1 and 2?",
        when: (answer) => column(answer.majority, majority) === "01111111",
      },
      {
        answer: { notGate: { w: [-1], b: 0.5 }, majority: { w: [0, 0, 0], b: 0 } },
        means: "majority not begun",
        hint: "NOT works. For majority: does any of the three inputs deserve a larger weight than the others?",
        when: (answer) => isZero(answer.majority),
      },
    ],
    hints: [
      "NOT must give 1 for the input 0, and there only the bias is left in the sum. Which sign must it have?",
      "For majority give all three inputs the weight 1. The sum without the bias then counts the inputs that are on.",
      "The count must pass for 2 and fail for 1: take b = −1.5. For NOT take a weight of −1 and a bias between 0 and 1.",
    ],
    praise: "One perceptron takes a vote of three.",
  }),

  "02-perceptron-step": exercise<Step>({
    stub: (gate) => gate,
    checks: [
      {
        says: "a right answer changes nothing",
        test: (perceptronStep) =>
          afterStep(
            perceptronStep,
            [
              [lessonGate, [1, 0], 0, 1],
              [lessonGate, [1, 1], 1, 1],
              [{ w: [2, -1], b: 0.5 }, [0, 1], 0, 0.5],
            ],
            "The answer was right, so the error is 0.",
          ),
      },
      {
        says: "a lamp that should have lit gets a larger sum",
        test: (perceptronStep) => afterStep(perceptronStep, [[zeros(), [1, 1], 1, 1]]),
      },
      {
        says: "a lamp that lit without reason gets a smaller sum",
        test: (perceptronStep) =>
          afterStep(perceptronStep, [
            [{ w: [2, 1], b: 0 }, [0, 1], 0, 1],
            [{ w: [2, 1], b: 1 }, [0, 0], 0, 1],
          ]),
      },
      {
        says: "the learning rate scales the step",
        test: (perceptronStep) =>
          afterStep(perceptronStep, [
            [zeros(), [2, -3], 1, 0.5],
            [zeros(), [1, 1], 1, 0.1],
          ]),
      },
      {
        says: "it takes any number of inputs",
        test: (perceptronStep) => afterStep(perceptronStep, [[{ w: [0, 0, 0], b: 0 }, [1, 0, 2], 1, 1]]),
      },
      {
        says: "the old gate stays as it was",
        test: (perceptronStep) =>
          forInputs<StepArgs, Gate>(perceptronStep, {
            inputs: [[zeros(), [1, 1], 1, 1]],
            expected: rule,
            keepsInputs: true,
            name: "perceptronStep",
          }),
      },
    ],
    wrong: [
      {
        answer: ({ w, b }, x, target, rate) => {
          const error = outputOf({ w, b }, x) - target;
          return { w: w.map((wi, i) => wi + rate * error * x[i]), b: b + rate * error };
        },
        means: "the error has the wrong sign",
        hint: "The sum moved the wrong way. The error is the target minus the answer.",
      },
      {
        answer: ({ w, b }, x, target, rate) => {
          const error = target - outputOf({ w, b }, x);
          return { w: w.map((wi, i) => wi + rate * error * x[i]), b };
        },
        means: "forgets to move the bias",
        hint: "The weights moved, the bias did not. It has a rule of its own: b becomes b plus rate times error.",
      },
      {
        answer: ({ w, b }, x, target, rate) => {
          const error = target - outputOf({ w, b }, x);
          return { w: w.map((wi) => wi + rate * error), b: b + rate * error };
        },
        means: "forgets the input in the rule",
        hint: "A weight moved although its input was 0. Which factor keeps it where it is?",
      },
      {
        answer: ({ w, b }, x, target) => {
          const error = target - outputOf({ w, b }, x);
          return { w: w.map((wi, i) => wi + error * x[i]), b: b + error };
        },
        means: "forgets the learning rate",
        hint: "With rate 1 your step is right. What should happen with rate 0.5?",
      },
      {
        answer: ({ w, b }, x, target, rate) => ({
          w: w.map((wi, i) => wi + rate * target * x[i]),
          b: b + rate * target,
        }),
        means: "moves by the target in place of the error",
        hint: "Your gate moves even when its answer was right. First compute the answer, then target minus answer.",
      },
      {
        answer: (gate, x, target, rate) => {
          const error = target - outputOf(gate, x);
          gate.w.forEach((_, i) => (gate.w[i] += rate * error * x[i]));
          gate.b += rate * error;
          return gate;
        },
        means: "changes the old gate",
        hint: "The numbers are right, but they were written into the old gate. `map` makes a new list of weights.",
      },
      {
        answer: ({ w, b }, x, target, rate) => {
          const error = target - outputOf({ w, b }, x);
          return { w: w.map((_, i) => rate * error * x[i]), b: rate * error };
        },
        means: "gives the change in place of the new numbers",
        hint: "You return how much the numbers change. The new weight is the old weight plus that.",
      },
      {
        answer: ({ w, b }, x, target, rate) => {
          const error = target - sumOf({ w, b }, x);
          return { w: w.map((wi, i) => wi + rate * error * x[i]), b: b + rate * error };
        },
        means: "compares the target with the sum",
        hint: "Compare the target with the answer, which is 0 or 1, and not with the sum before the step.",
      },
    ],
    hints: [
      "First the answer: `perceptron(x, gate.w, gate.b)`. Then the error: target minus answer.",
      "`gate.w.map((wi, i) => ...)` makes the list of the new weights and leaves the old list alone.",
      "Each new weight is `wi + rate * error * x[i]`. The bias works like a weight whose input is always 1.",
    ],
    praise: "This is the whole perceptron rule.",
  }),

  "02-prove-gate": exercise<Proof>({
    stub: () => true,
    checks: [
      {
        says: "it believes gates that are right on every row",
        test: (makesGate) => {
          const cases: [Gate, Task][] = [
            [
              { w: [-0.5, -0.5], b: 0.7 },
              { ...nand, name: "NAND with −0.5, −0.5, 0.7" },
            ],
            [
              { w: [2, 1], b: -2 },
              { ...and, name: "AND with 2, 1, −2" },
            ],
            [
              { w: [1, 1, 1], b: -1.5 },
              { ...majority, name: "majority with 1, 1, 1, −1.5" },
            ],
          ];
          return each(cases, ([gate, task]) => says(makesGate, gate, task, true));
        },
      },
      {
        says: "it doubts a gate that is wrong on every row",
        test: (makesGate) => doubts(makesGate, lessonGate, nand, "NAND with 0.5, 0.5, −0.7"),
      },
      {
        says: "it doubts a gate that is wrong on the first row",
        test: (makesGate) => doubts(makesGate, { w: [1, 1], b: 0.5 }, or, "OR with 1, 1, 0.5"),
      },
      {
        says: "it doubts a gate that is wrong on a row in the middle",
        test: (makesGate) => doubts(makesGate, { w: [1, 0.4], b: -0.6 }, and, "AND with 1, 0.4, −0.6"),
      },
      {
        says: "it doubts a gate that is wrong on the last row",
        test: (makesGate) => doubts(makesGate, { w: [0, 0], b: 1 }, nand, "NAND with 0, 0, 1"),
      },
      {
        says: "it knows that a sum of exactly 0 does not light",
        test: (makesGate) => doubts(makesGate, { w: [1, 1], b: -2 }, and, "AND with 1, 1, −2"),
      },
    ],
    wrong: [
      {
        answer: (gate, rows, wanted) => rows.some((x, row) => outputOf(gate, x) === wanted[row]),
        means: "one right row is enough",
        hint: "Your function believes a gate as soon as one row is right. How many rows must be right?",
      },
      {
        answer: (gate, rows, wanted) => rows.every((x, row) => sumOf(gate, x) === wanted[row]),
        means: "compares the sum with the wanted output",
        hint: "The sum can be any number, wanted is 0 or 1. Compare the output of `perceptron` with `wanted[row]`.",
      },
      {
        answer: (gate, rows, wanted) => outputOf(gate, rows[0]) === wanted[0],
        means: "looks at the first row only",
        hint: "Your function has its answer after the first row. A `return` inside a loop ends the whole function: when may it return true?",
      },
      {
        answer: (gate, rows, wanted) => outputOf(gate, rows[rows.length - 1]) === wanted[rows.length - 1],
        means: "keeps the result of the last row only",
        hint: "Only the last row counts in your function. A wrong row must not be forgotten when the next one is right.",
      },
      {
        answer: (gate, rows, wanted) => rows.every((x, row) => (sumOf(gate, x) >= 0 ? 1 : 0) === wanted[row]),
        means: "treats > as >=",
        hint: "At a sum of exactly 0 our perceptron gives 0. Let `perceptron` give the answers.",
      },
      {
        answer: ((gate: Gate, rows: number[][], wanted: number[]) => {
          rows.forEach((x, row) => outputOf(gate, x) === wanted[row]);
        }) as unknown as Proof,
        means: "returns nothing",
        hint: "Nothing came back. A `return` inside `forEach` leaves only the small function inside. Try `every`, or a loop.",
      },
    ],
    hints: [
      "For one row the question is: `perceptron(x, gate.w, gate.b) === wanted[row]`.",
      "Arrays have a method `every`, which is true only if a test holds for each element.",
      "`return rows.every((x, row) => ...)`, with the question of the first hint in place of the dots.",
    ],
    praise: "With this function nobody has to take your word for a gate.",
  }),

  "02-layer": exercise<LayerAnswer>({
    stub: layerOf(zeros(), zeros(), 0),
    accepts: (answer) => {
      const fault = formFault(answer, layerOf(zeros(), zeros(), 0));
      if (fault !== undefined) return fault;
      const { layer } = answer as LayerAnswer;
      if (layer.length !== 2) return `the layer has two perceptrons, NOR and x2 alone, got ${layer.length}.`;
      return gatesFault(layer, ["NOR", "x2 alone"], 2);
    },
    checks: [
      { says: "the first output is NOR: 1, 0, 0, 0", test: ({ layer }) => makes(layer[0], nor) },
      { says: "the second output is x2: 0, 1, 0, 1", test: ({ layer }) => makes(layer[1], second) },
      {
        says: "the numbers of a layer from 10 to 4 are counted",
        test: ({ count }) =>
          count === 44
            ? pass
            : fail({ on: "the count", got: count, note: "Count for one perceptron first, then for four." }),
      },
    ],
    wrong: [
      {
        answer: layerOf({ w: [0.6, 0.6], b: -0.5 }, goodSecond, 44),
        means: "OR in place of NOR",
        hint: "Your first output is OR, and NOR is OR turned around. What turned AND into NAND?",
        when: ({ layer }) => column(layer[0], nor) === "0111",
      },
      {
        answer: layerOf({ w: [-0.6, -0.6], b: 0 }, goodSecond, 44),
        means: "NOR without a bias",
        hint: "At (0, 0) only the bias is left in the sum, and NOR must light there. Which sign must the bias have?",
        when: ({ layer }) => column(layer[0], nor) === "0000",
      },
      {
        answer: layerOf({ w: [-0.5, -0.5], b: 0.7 }, goodSecond, 44),
        means: "NAND in place of NOR",
        hint: "Your first output goes dark only at (1, 1): that is NAND. One input alone must be enough to make NOR dark.",
        when: ({ layer }) => column(layer[0], nor) === "1110",
      },
      {
        answer: layerOf(goodSecond, goodNor, 44),
        means: "the outputs are swapped",
        hint: "The order counts: first NOR, then x2 alone.",
        when: ({ layer }) => column(layer[0], nor) === "0101" && column(layer[1], nor) === "1000",
      },
      {
        answer: layerOf(goodNor, { w: [1, 1], b: -0.5 }, 44),
        means: "x1 still counts",
        hint: "Your second output also listens to x1. Which weight makes it deaf to x1?",
        when: ({ layer }) => layer[1].w[0] !== 0 && column(layer[1], second) !== "0101",
      },
      {
        answer: layerOf(goodNor, goodSecond, 40),
        means: "counts weights and no biases",
        hint: "40 counts the weights. What else does each output have?",
        when: ({ count }) => count === 40,
      },
      {
        answer: layerOf(goodNor, goodSecond, 41),
        means: "one bias for the whole layer",
        hint: "Do the four outputs share one bias?",
        when: ({ count }) => count === 41,
      },
    ],
    hints: [
      "NOR is OR turned around, and x2 alone must not listen to x1.",
      "An input with weight 0 does not count. And one perceptron with 10 inputs has 10 weights and 1 bias.",
      "NOR: the numbers of OR with all signs changed. x2 alone: weights 0 and 1 with a bias of −0.5. The count: 4 · (10 + 1).",
    ],
    praise: "Two outputs, side by side, and neither knows of the other.",
  }),

  "02-xor": exercise<XorAnswer>({
    stub: { repeatsAfterEpoch: 0, mistakesEachEpoch: 0, patienceHelps: undefined },
    accepts: (answer) =>
      formFault(answer, { repeatsAfterEpoch: 0, mistakesEachEpoch: 0 }) ??
      (typeof (answer as XorAnswer).patienceHelps === "boolean"
        ? undefined
        : "patienceHelps must be true or false, without quotes."),
    checks: [
      {
        says: "the epoch is found after which the numbers come back",
        test: ({ repeatsAfterEpoch }) =>
          repeatsAfterEpoch === repeatsAfter
            ? pass
            : fail({
                on: "repeatsAfterEpoch",
                got: repeatsAfterEpoch,
                note: "Look for two neighbouring rows with equal w1, w2 and b. Take the epoch of the upper one.",
              }),
      },
      {
        says: "the mistakes of each later epoch are read off",
        test: ({ mistakesEachEpoch }) =>
          mistakesEachEpoch === mistakesLater
            ? pass
            : fail({
                on: "mistakesEachEpoch",
                got: mistakesEachEpoch,
                note: "See the last column of the table.",
              }),
      },
      {
        says: "it is clear whether patience helps",
        test: ({ patienceHelps }) =>
          patienceHelps === false
            ? pass
            : fail({ on: "patienceHelps", got: patienceHelps, note: "There is no chance in this rule." }),
      },
    ],
    wrong: [
      {
        answer: { repeatsAfterEpoch: 1, mistakesEachEpoch: 4, patienceHelps: false },
        means: "reads the row number in place of the epoch",
        hint: "The first column numbers the rows from 0. Read the column named epoch.",
        when: ({ repeatsAfterEpoch }) => repeatsAfterEpoch === repeatsAfter - 1,
      },
      {
        answer: { repeatsAfterEpoch: 3, mistakesEachEpoch: 4, patienceHelps: false },
        means: "takes the second of the two equal epochs",
        hint: "That is the epoch in which they have come back already. After which epoch did they stand there first?",
        when: ({ repeatsAfterEpoch }) => repeatsAfterEpoch === repeatsAfter + 1,
      },
      {
        answer: { repeatsAfterEpoch: 2, mistakesEachEpoch: 3, patienceHelps: false },
        means: "reads the mistakes of an earlier epoch",
        hint: "Take the mistakes of the epochs after the numbers have come back: the last column from there on.",
        when: ({ repeatsAfterEpoch, mistakesEachEpoch }) =>
          repeatsAfterEpoch === repeatsAfter && mistakesEachEpoch !== mistakesLater,
      },
      {
        answer: { repeatsAfterEpoch: 2, mistakesEachEpoch: 4, patienceHelps: true },
        means: "believes that more epochs always help",
        hint: "An epoch depends only on the numbers at its start and on the four rows. What follows if it ends where it began?",
        when: ({ patienceHelps }) => patienceHelps === true,
      },
    ],
    hints: [
      "Compare each row of the table with the row below it, only in the columns w1, w2 and b.",
      "The rows of epoch 2 and epoch 3 are equal in these columns.",
      "Equal numbers at the start of an epoch give equal numbers at its end. So every later epoch is a copy of epoch 3.",
    ],
    praise: "You have caught the rule in a circle.",
  }),
});

/** AND as the lesson gives it, number for number. */
function isLessonGate({ w, b }: Gate): boolean {
  return close(w[0], 0.5) && close(w[1], 0.5) && close(b, -0.7);
}
