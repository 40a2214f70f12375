import * as fs from "node:fs";
import * as path from "node:path";
import { errorCode, Problem } from "../problem.js";
import { sourcesFolder } from "../project.js";
import { machineHalfFile } from "./machine-half.js";
import { readDutyTables } from "./proofs/coverage.js";

/**
 * Begins a lesson: its text and its exercises, in a form that builds and passes every check except for what only an author can write
 * (the ids of the tables). Existing files are never touched. Throws a `Problem` for a name without number or one that is taken.
 */
export function writeSkeleton(
  name: string,
  { folder = sourcesFolder, tables = readDutyTables() } = {},
): { readonly files: readonly string[]; readonly duties: readonly { name: string; ids: string[] }[] } {
  const [, id, rest] = /^(\d\d)-([a-z\d]+(?:-[a-z\d]+)*)$/.exec(name) ?? [];
  if (id === undefined || rest === undefined)
    throw new Problem(
      `A lesson's name is its number and words of small letters, like 04-activation-functions; got "${name}".`,
    );
  const taken = fs.readdirSync(folder).find((file) => file.startsWith(`${id}-`));
  if (taken !== undefined) throw new Problem(`Lesson ${id} is there already: ${taken}.`);
  const title = rest.charAt(0).toUpperCase() + rest.slice(1).replaceAll("-", " ");
  const file = path.join(folder, `${name}.md`);
  const files = [file, machineHalfFile({ file })];
  [textOf(id, title), exercisesOf(id)].forEach((text, index) => {
    try {
      fs.writeFileSync(files[index]!, text, { flag: "wx" });
    } catch (error) {
      throw new Problem(`${files[index]} could not be written (${errorCode(error)}).`);
    }
  });
  const duties = tables.map((table) => ({
    name: table.name,
    ids: table.duties.filter(({ lessons }) => lessons.includes(id)).map((duty) => duty.id),
  }));
  return { files, duties };
}

function textOf(id: string, title: string): string {
  return `---
title: "${title}"
id: "${id}"
goals:
  - {id: g1, text: "say in one line what the reader can do afterwards", exercises: [${id}-first]}
needs: ["00"]
minutes: {self: 20, workshop: 14}
---

+++ {"minutes": 4}

## A question

Begin with something that the reader can do within two minutes.

\`\`\`{code-cell} typescript
import { check, predict, quiz } from "gradus";
\`\`\`

:::{predict} ${id}-guess
:minutes: 1
What does the next cell print?
- [ ] 3
- [x] 4

Say why, in two or three sentences.
:::

\`\`\`{code-cell} typescript
console.log(2 + 2);
\`\`\`

+++ {"minutes": 5}

## The idea

A picture or a number before its formula, a formula before its code, every symbol named: $y = 2 x$.

\`\`\`{code-cell} typescript
function double(x: number): number {
  return 2 * x;
}
console.log(double(3));
\`\`\`

:::{misconception}
"doubling makes a number larger". It makes a negative number smaller.
:::

:::{exercise} ${id}-first
:goal: g1
:minutes: 6/4
:edition: workshop
### Exercise 1: write it yourself

Write a function that returns three times its input.

\`\`\`{code-cell} typescript
:stub:
function triple(x: number): number {
  return 0; // your code here
}
check("${id}-first", triple);
\`\`\`

\`\`\`{code-cell} typescript
:solution:
function triple(x: number): number {
  return 3 * x;
}
check("${id}-first", triple);
\`\`\`

Say why this is the solution, and which slip is common.
:::

:::{quiz} ${id}-quiz
:minutes: 4/0
1. Which number is its own double?
   - [x] 0
     Twice nothing is nothing.
   - [ ] 1
     Twice 1 is 2.
:::

## Key points

- Three to five sentences that someone could repeat to a friend.
`;
}

function exercisesOf(id: string): string {
  return `import { defineExercises, exercise, forInputs } from "gradus";

type Triple = (x: number) => number;

export default defineExercises({
  "${id}-first": exercise<Triple>({
    stub: () => 0,
    checks: [
      {
        says: "it returns three times its input",
        test: (triple) => forInputs(triple, { inputs: [[1], [-2], [0.5]], expected: (x) => 3 * x, name: "triple" }),
      },
    ],
    wrong: [
      { answer: (x) => 2 * x, means: "doubles", hint: "That is twice the input. How much is missing?" },
      { answer: (x) => x + 3, means: "adds three", hint: "Try it with 1 and with 2: does the result grow by 3?" },
      { answer: (x) => x ** 3, means: "third power", hint: "Three times x is x + x + x." },
      { answer: (x) => 3 * Math.abs(x), means: "loses the sign", hint: "What should come out for -2?" },
    ],
    hints: ["What is three times 1?", "Which operation repeats an addition?", "Multiply the input by 3."],
  }),
});
`;
}
