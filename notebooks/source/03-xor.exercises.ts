import {
  close,
  defineExercises,
  each,
  exercise,
  fail,
  inWords,
  Matrix,
  pass,
  Random,
  sameArray,
  shapeOf,
  type Verdict,
} from "gradus";

interface Gate {
  w: number[];
  b: number;
}
interface Net {
  hidden: Gate[];
  output: Gate;
}
interface Affine {
  W: Matrix;
  b: Matrix;
}
type Slope = (f: (value: number) => number, at: number, h: number) => number;
type Collapse = (first: Affine, second: Affine) => Affine;

const corners: readonly number[][] = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const triples: readonly number[][] = Array.from({ length: 8 }, (_, row) => [
  (row >> 2) & 1,
  (row >> 1) & 1,
  row & 1,
]);
const xor = [0, 1, 1, 0];
const NAND: Gate = { w: [-0.5, -0.5], b: 0.7 };
const OR: Gate = { w: [0.6, 0.6], b: -0.5 };
const AND: Gate = { w: [0.5, 0.5], b: -0.7 };

function sumOf({ w, b }: Gate, x: readonly number[]): number {
  return w.reduce((sum, weight, i) => sum + weight * x[i], b);
}
function outputOf(gate: Gate, x: readonly number[]): number {
  return sumOf(gate, x) > 0 ? 1 : 0;
}
function codeOf(hidden: readonly Gate[], x: readonly number[]): number[] {
  return hidden.map((gate) => outputOf(gate, x));
}
function netOutput({ hidden, output }: Net, x: readonly number[]): number {
  return outputOf(output, codeOf(hidden, x));
}
/** Four answers in a row, like 0110 for XOR. */
function columnOf(answer: (x: readonly number[]) => number): string {
  return corners.map(answer).join("");
}
/** The columns of a hidden code; the order of the units does not matter. */
function columnsOf(hidden: readonly Gate[]): string {
  return hidden
    .map((gate) => columnOf((x) => outputOf(gate, x)))
    .sort()
    .join(" ");
}
function sumInWords(value: number): string {
  return String(Number(value.toFixed(4))).replace("-", "−");
}

/** The first input for which the network of steps does not give the target. */
function netVerdict(net: Net, rows: readonly number[][], targets: readonly number[]): Verdict {
  return each(rows, (x, row) => {
    const code = codeOf(net.hidden, x);
    const got = outputOf(net.output, code);
    if (got === targets[row]) return pass;
    return fail({
      on: `x = (${x.join(", ")})`,
      expected: targets[row],
      got,
      note: `There the hidden units say (${code.join(", ")}), and the sum of the output unit is ${sumInWords(sumOf(net.output, code))}.`,
    });
  });
}
/** Every unit has as many weights as it has inputs. */
function weightsVerdict({ hidden, output }: Net, inputs: number): Verdict {
  const odd = hidden.findIndex(({ w }) => w.length !== inputs);
  if (odd >= 0) return fail({ on: `hidden unit ${odd + 1}`, note: `It reads ${inputs} inputs.` });
  return output.w.length === hidden.length
    ? pass
    : fail({ on: "the output unit", note: `It reads ${hidden.length} hidden units.` });
}

/** What one line can make, with weights that make it. */
const reachable = new Map<string, string>();
for (const b of [-0.5, -1.5, 0.5, 1.5])
  for (const w1 of [-1, 0, 1])
    for (const w2 of [-1, 0, 1]) {
      const column = columnOf((x) => outputOf({ w: [w1, w2], b }, x));
      if (!reachable.has(column)) reachable.set(column, `w = (${w1}, ${w2}), b = ${b}`);
    }

const random = new Random(11);
function anyLayer(inputs: number, outputs: number): Affine {
  const whole = (rows: number, cols: number): Matrix =>
    Matrix.from(
      Array.from({ length: rows }, () =>
        Array.from({ length: cols }, () => (1 + random.int(4)) * (random.int(2) === 0 ? 1 : -1)),
      ),
    );
  return { W: whole(inputs, outputs), b: whole(1, outputs) };
}
const layerPairs: readonly (readonly [Affine, Affine])[] = [
  [2, 3, 1],
  [2, 2, 2],
  [1, 1, 1],
].map(([inputs, middle, outputs]) => [anyLayer(inputs, middle), anyLayer(middle, outputs)]);
function shapesOf([first, second]: readonly [Affine, Affine]): string {
  return `layers ${first.W.rows}-${first.W.cols}-${second.W.cols}`;
}
function collapsed(f: Collapse, [first, second]: readonly [Affine, Affine]): Affine {
  const copy = ({ W, b }: Affine): Affine => ({ W: W.copy(), b: b.copy() });
  return f(copy(first), copy(second));
}

function mistakes(bias: number): number {
  const net = { hidden: [NAND, { w: OR.w, b: bias }], output: AND };
  return corners.filter((x, row) => netOutput(net, x) !== xor[row]).length;
}
const slopeCases = [
  { on: "f(t) = t², at 3, h = 0.001", f: (t: number) => t * t, at: 3, h: 0.001, right: 6 },
  { on: "f(t) = t³, at 1, h = 0.5", f: (t: number) => t ** 3, at: 1, h: 0.5, right: 3.25 },
  { on: "f(t) = 5 − 2t, at 1, h = 0.25", f: (t: number) => 5 - 2 * t, at: 1, h: 0.25, right: -2 },
];

export default defineExercises({
  "03-which-gates": exercise<string[]>({
    stub: ["0110", "????"],
    checks: [
      {
        says: "each is a column of four answers 0 or 1",
        test: (gates) =>
          each(gates, (gate) =>
            /^[01]{4}$/.test(gate) ? pass : fail({ on: `"${gate}"`, note: "Write four digits, like 0110." }),
          ),
      },
      {
        says: "there are two different ones",
        test: (gates) =>
          new Set(gates).size === 2 && gates.length === 2
            ? pass
            : fail({
                on: gates.map((gate) => `"${gate}"`).join(", "),
                note: "Two different columns are asked for.",
              }),
      },
      {
        says: "no line makes them",
        test: (gates) =>
          each(gates, (gate) => {
            const how = reachable.get(gate);
            return how === undefined
              ? pass
              : fail({ on: `"${gate}"`, expected: inWords("no line"), got: inWords(`the line of ${how}`) });
          }),
      },
    ],
    wrong: [
      {
        answer: ["0110", "0110"],
        means: "thinks XOR is the only one",
        hint: "What happens when you turn every answer of XOR around?",
      },
      {
        answer: ["0110", "0111"],
        means: "takes OR for impossible",
        hint: "In 0111 the zero is alone in its corner. Can a line cut off one corner?",
      },
      {
        answer: ["0110", "0101"],
        means: "two ones need two lines",
        hint: "The ones of 0101 are the rows 01 and 11. Draw these corners: are they neighbours or opposite each other?",
      },
      {
        answer: ["0110", "0000"],
        means: "a line must have points on both sides",
        hint: "A line may pass outside the square. Then all four corners lie on one side.",
      },
      {
        answer: ["0110", "1000"],
        means: "takes NOR for impossible",
        hint: "1000 has one corner alone. Could a line cut off that corner?",
      },
    ],
    hints: [
      "Draw the square for a column: which corners have the ones, which the zeros?",
      "A column is out of reach when its ones lie on one diagonal and its zeros on the other. How many diagonals are there?",
      "Turn every answer of 0110 around.",
    ],
    praise: "These are the only two columns with their ones on one diagonal and their zeros on the other.",
  }),

  "03-or-and": exercise<Gate>({
    stub: { w: [0, 0], b: 0 },
    checks: [
      {
        says: "the output unit has two weights, one for each hidden unit",
        test: ({ w }) => (w.length === 2 ? pass : fail({ on: "w", expected: inWords("2 weights"), got: w })),
      },
      {
        says: "with OR and AND before it, it makes XOR",
        test: (output) => netVerdict({ hidden: [OR, AND], output }, corners, xor),
      },
    ],
    wrong: [
      {
        answer: { w: [0.5, 0.5], b: -0.7 },
        means: "kept the AND of the text",
        hint: "That AND was made for NAND and OR. Here the corner (0, 1) lands on (1, 0). What is its sum?",
        when: ({ w: [or, and], b }) => or > 0 && and > 0 && or + b <= 0,
      },
      {
        answer: { w: [1, 1], b: -0.5 },
        means: "both hidden units vote for light",
        hint: "When both switches are on, OR and AND both say 1. Should AND speak for the light, or against it?",
        when: ({ w: [or, and], b }) => or > 0 && and >= 0 && or + b > 0,
      },
      {
        answer: { w: [-1, 1], b: -0.5 },
        means: "the signs are exchanged",
        hint: "The first weight belongs to OR, the second to AND. Which of the two speaks for the light?",
        when: ({ w: [or, and] }) => or < 0 && and > 0,
      },
      {
        answer: { w: [1, -1], b: 0.5 },
        means: "wrong sign of the bias",
        hint: "With both switches off the hidden units say (0, 0), and the sum is the bias alone. Which sign must it have?",
        when: ({ w: [or, and], b }) => or > 0 && and < 0 && b > 0,
      },
      {
        answer: { w: [1, -1], b: -1 },
        means: "treats > as >=",
        hint: "At (1, 0) the sum must be greater than 0. Is the bias small enough to leave something over?",
        when: ({ w: [or, and], b }) => or > 0 && and < 0 && b <= 0 && or + b <= 0,
      },
      {
        answer: { w: [1, -0.3], b: -0.5 },
        means: "AND speaks too softly",
        hint: "With both switches on the sum is still positive. How much must AND take away?",
        when: ({ w: [or, and], b }) => or > 0 && and < 0 && b <= 0 && or + and + b > 0,
      },
    ],
    hints: [
      "Make the table first: which pairs (OR, AND) occur in the four rows? There are three.",
      "Only the pair (1, 0) should light. So OR speaks for the light, and AND against it.",
      "Try w = [1, -1]. Which bias lets the sum 1 pass, and stops the sum 0?",
    ],
    praise: "OR speaks for the light and AND against it: that is XOR with another hidden code.",
  }),

  "03-own-code": exercise<Net>({
    stub: {
      hidden: [
        { w: [0, 0], b: 0 },
        { w: [0, 0], b: 0 },
      ],
      output: { w: [0, 0], b: 0 },
    },
    checks: [
      {
        says: "there are two hidden units, and each unit has two weights",
        test: (net) =>
          net.hidden.length === 2
            ? weightsVerdict(net, 2)
            : fail({
                on: "hidden",
                expected: inWords("2 units"),
                got: inWords(`${net.hidden.length} units`),
              }),
      },
      { says: "the network makes XOR", test: (net) => netVerdict(net, corners, xor) },
      {
        says: "the code is a new one",
        test: ({ hidden }) => {
          const known = [
            { gates: [NAND, OR], says: "It is the code of the text, NAND and OR." },
            { gates: [OR, AND], says: "It is the code of exercise 2, OR and AND." },
          ].find(({ gates }) => columnsOf(gates) === columnsOf(hidden));
          return known === undefined ? pass : fail({ on: "the hidden units", note: known.says });
        },
      },
    ],
    wrong: [
      {
        answer: { hidden: [NAND, OR], output: AND },
        means: "kept the code of the text",
        hint: "XOR lights for two reasons. Could each reason have a unit of its own?",
        when: ({ hidden }) => columnsOf(hidden) === columnsOf([NAND, OR]),
      },
      {
        answer: { hidden: [AND, OR], output: { w: [-1, 1], b: -0.5 } },
        means: "kept the code of exercise 2",
        hint: "The order of the units makes no new code. What else could a line cut off: one of the lit corners?",
        when: ({ hidden }) => columnsOf(hidden) === columnsOf([OR, AND]),
      },
      {
        answer: {
          hidden: [
            { w: [1, -1], b: -0.5 },
            { w: [-1, 1], b: -0.5 },
          ],
          output: { w: [0.5, 0.5], b: -0.7 },
        },
        means: "wants both reasons at once",
        hint: "The hidden units are right. Each of them lights for one of the two lit corners; is it enough when one of them says 1?",
      },
      {
        answer: {
          hidden: [
            { w: [1, -1], b: 0.5 },
            { w: [-1, 1], b: 0.5 },
          ],
          output: { w: [1, 1], b: -0.5 },
        },
        means: "wrong sign of the hidden biases",
        hint: "Both hidden units say 1 at (0, 0): their sum there is the bias. Should they?",
      },
      {
        answer: {
          hidden: [
            { w: [1, -1], b: -0.5 },
            { w: [1, -1], b: -0.5 },
          ],
          output: { w: [1, 1], b: -0.5 },
        },
        means: "both hidden units are the same",
        hint: "Two equal units draw the same line twice. Which corner does the second one have to look after?",
      },
      {
        answer: {
          hidden: [
            { w: [1, 0], b: -0.5 },
            { w: [0, 1], b: -0.5 },
          ],
          output: { w: [1, 1], b: -0.5 },
        },
        means: "the hidden units copy the inputs",
        hint: "These units hand on x1 and x2 as they are, so the points have not moved. Which line would bring two corners together?",
      },
    ],
    hints: [
      'XOR lights for two reasons: "the first but not the second", or "the second but not the first". Give each reason a unit.',
      '"The first but not the second" is a perceptron with the weights 1 and −1. Which bias does it need?',
      "Its sums without a bias are 0, −1, 1, 0, so −0.5 is good. The other unit has the signs turned around, and the output unit is OR.",
    ],
    praise: "One more hidden code for XOR: what the hidden units say is not fixed by the task.",
  }),

  "03-collapse": exercise<Collapse>({
    stub: (first, second) => ({
      W: Matrix.zeros(first.W.rows, second.W.cols),
      b: Matrix.zeros(1, second.W.cols),
    }),
    checks: [
      {
        says: "W and b have the shapes of one layer",
        test: (f) =>
          each(layerPairs, (pair) => {
            const { W, b } = collapsed(f, pair);
            const wanted = { W: [pair[0].W.rows, pair[1].W.cols], b: [1, pair[1].W.cols] };
            const got = { W: shapeOf(W), b: shapeOf(b) };
            return sameArray(got.W, wanted.W) && sameArray(got.b, wanted.b)
              ? pass
              : fail({ on: `${shapesOf(pair)}: the shapes`, expected: wanted, got });
          }),
      },
      {
        says: "W alone carries differences of inputs as the two layers do",
        test: (f) =>
          each(layerPairs, (pair) => {
            const [first, second] = pair;
            const { W } = collapsed(f, pair);
            return sameArray(W, first.W.matmul(second.W))
              ? pass
              : fail({
                  on: `${shapesOf(pair)}: W`,
                  note: "It is not the product of the two weight matrices.",
                });
          }),
      },
      {
        says: "for the input 0 both give the same, so b is right too",
        test: (f) =>
          each(layerPairs, (pair) => {
            const [first, second] = pair;
            const { b } = collapsed(f, pair);
            const through = first.b.matmul(second.W);
            if (sameArray(b, through.add(second.b))) return pass;
            const note = sameArray(b, second.b)
              ? "Only the second bias is in it."
              : sameArray(b, through)
                ? "The second bias is missing."
                : sameArray(b, first.b.cols === second.b.cols ? first.b.add(second.b) : [])
                  ? "The first bias was added as it is."
                  : "What does the input 0 give after the first layer, and after the second?";
            return fail({ on: `${shapesOf(pair)}: b`, note });
          }),
      },
    ],
    wrong: [
      {
        answer: (first, second) => ({ W: first.W.matmul(second.W), b: second.b }),
        means: "loses the first bias",
        hint: "The first bias is not lost: it passes the second layer too. What does the second layer do to it?",
      },
      {
        answer: (first, second) => ({ W: first.W.matmul(second.W), b: first.b.matmul(second.W) }),
        means: "loses the second bias",
        hint: "The second layer also adds a bias of its own. Where is it?",
      },
      {
        answer: (first, second) => ({
          W: second.W.matmul(first.W),
          b: first.b.matmul(second.W).add(second.b),
        }),
        means: "multiplies in the wrong order",
        hint: "A row x meets W1 first: x · W1 · W2. In which order do the two matrices stand?",
      },
      {
        answer: (first, second) => ({
          W: first.W.matmul(second.W),
          b: first.b.cols === second.b.cols ? first.b.add(second.b) : second.b,
        }),
        means: "adds the biases without sending the first through",
        hint: "The first bias comes out of the first layer, and then the second layer weighs it. Which matrix must it pass?",
        when: (f) => {
          const { b } = collapsed(f, layerPairs[1]);
          return sameArray(b, layerPairs[1][0].b.add(layerPairs[1][1].b));
        },
      },
      {
        answer: (first, second) => ({ W: first.W, b: first.b.matmul(second.W).add(second.b) }),
        means: "keeps the first weights alone",
        hint: "The weights of the second layer are missing. Which shape must the product have for the layers 2-3-1?",
      },
    ],
    hints: [
      "The formula stands above the exercise. Which part of it is multiplied by x, and which is not?",
      "`W` is `first.W.matmul(second.W)`. For `b`, send `first.b` through the second layer.",
      "`b` is `first.b.matmul(second.W).add(second.b)`.",
    ],
    praise: "Two layers without an activation function are one, and your function finds it.",
  }),

  "03-parity": exercise<Net>({
    stub: {
      hidden: [
        { w: [0, 0, 0], b: 0 },
        { w: [0, 0, 0], b: 0 },
        { w: [0, 0, 0], b: 0 },
      ],
      output: { w: [0, 0, 0], b: 0 },
    },
    checks: [
      {
        says: "there are at most three hidden units",
        test: ({ hidden }) =>
          hidden.length <= 3
            ? pass
            : fail({ on: "hidden", expected: inWords("3 units"), got: inWords(`${hidden.length} units`) }),
      },
      { says: "each unit has a weight for each of its inputs", test: (net) => weightsVerdict(net, 3) },
      {
        says: "the network gives the parity of all eight inputs",
        test: (net) =>
          netVerdict(
            net,
            triples,
            triples.map(([a, b, c]) => (a + b + c) % 2),
          ),
      },
    ],
    wrong: [
      {
        answer: thresholds([-0.5, -1.5, -2.5], { w: [1, 1, 1], b: -0.5 }),
        means: "all hidden units vote for light",
        hint: "With two ones two hidden units say 1, and the lamp should be off. Which of them must speak against it?",
        when: ({ hidden, output: { w } }) => hidden.length <= 3 && w.every((weight) => weight > 0),
      },
      {
        answer: thresholds([-1, -2, -3], { w: [1, -1, 1], b: -0.5 }),
        means: "treats > as >=",
        hint: "A hidden unit says 1 when its sum is greater than 0. Does one 1 get above a bias of −1?",
      },
      {
        answer: thresholds([-0.5, -1.5, -2.5], { w: [1, -1, 1], b: 0.5 }),
        means: "wrong sign of the output's bias",
        hint: "With all inputs off every hidden unit says 0, so the output's sum is its bias. Which sign must it have?",
      },
      {
        answer: thresholds([-0.5, -1.5, -2.5], { w: [1, -1, 0], b: -0.5 }),
        means: "forgets that three is odd",
        hint: "For (1, 1, 1) the lamp should light again. Which hidden unit knows about three ones?",
      },
      {
        answer: {
          hidden: triples
            .filter(([a, b, c]) => (a + b + c) % 2 === 1)
            .map((x) => ({ w: x.map((on) => 2 * on - 1), b: 0.5 - x.reduce((sum, on) => sum + on) })),
          output: { w: [1, 1, 1, 1], b: -0.5 },
        },
        means: "one hidden unit for each lit row",
        hint: "A unit for each lit row works, but it needs four. Only the number of ones matters: could a unit stand for a count?",
        when: ({ hidden }) => hidden.length > 3,
      },
    ],
    hints: [
      "Only the number of ones matters, so give all inputs the same weight. What does a bias do then?",
      'Let the units say "at least one", "at least two", "at least three". Write down their answers for 0, 1, 2 and 3 ones.',
      "The answers are 000, 100, 110, 111, and the output should be 0, 1, 0, 1. Each new 1 must turn the sum around: w = [1, -1, 1].",
    ],
    praise: "Three thresholds on one count, with alternating signs: a staircase that goes up and down.",
  }),

  "03-no-slope": exercise<Slope>({
    stub: () => NaN,
    checks: [
      {
        says: "it measures the slopes of a parabola, a cubic and a line",
        test: (slope) =>
          each(slopeCases, ({ on, f, at, h, right }) => {
            const got = slope(f, at, h);
            return close(got, right) ? pass : fail({ on, expected: right, got });
          }),
      },
      {
        says: "on the mistakes of the network it finds 0 everywhere: the search has no direction",
        test: (slope) =>
          each([-0.95, -0.75, -0.55, -0.35, -0.15, 0.05, 0.25], (bias) => {
            const got = slope(mistakes, bias, 0.001);
            return close(got, 0) ? pass : fail({ on: `the bias ${bias} of OR`, expected: 0, got });
          }),
      },
    ],
    wrong: [
      {
        answer: (f, at, h) => (f(at + h) - f(at)) / h,
        means: "looks to one side only",
        hint: "This is the slope to the right of the place. The task measures on both sides: which two values of f are needed?",
      },
      {
        answer: (f, at, h) => ((f(at + h) - f(at - h)) / 2) * h,
        means: "forgets the brackets around 2 * h",
        hint: "a / 2 * h divides by 2 and then multiplies by h. Where do the brackets belong?",
      },
      {
        answer: (f, at, h) => (f(at + h) - f(at - h)) / h,
        means: "divides by h in place of 2h",
        hint: "From at − h to at + h is how far?",
      },
      {
        answer: (f, at, h) => (f(at - h) - f(at + h)) / (2 * h),
        means: "subtracts in the wrong order",
        hint: "A rising function has a positive slope. Which of the two values comes first?",
      },
      {
        answer: (f, at, h) => (f(at + h) + f(at - h)) / (2 * h),
        means: "adds in place of subtracting",
        hint: "A slope is a difference divided by a distance. Which sign makes a difference?",
      },
    ],
    hints: [
      "Two values of f are needed: one at each side of the place.",
      "They are `f(at + h)` and `f(at - h)`. Mind the brackets around `2 * h`.",
      "`return (f(at + h) - f(at - h)) / (2 * h);`",
    ],
    praise:
      "The slope works, and on a network of steps it is 0 everywhere: there is no way downhill to follow.",
  }),
});

function thresholds(biases: readonly number[], output: Gate): Net {
  return { hidden: biases.map((b) => ({ w: [1, 1, 1], b })), output };
}
