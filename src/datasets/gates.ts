import { DataError, Matrix, OptionError } from "../engine/index.js";

/** Every input combination of a logic function with its answer. */
export interface TruthTable {
  /** All combinations of 0 and 1, `[2^inputs, inputs]`, counting up in binary: 00, 01, 10, 11. */
  readonly x: Matrix;
  /** The answers, 0 or 1, `[2^inputs, 1]`. */
  readonly y: Matrix;
}

/**
 * The truth table of a logic function of 1 to 12 inputs, e.g. the majority of three:
 * `truthTable(3, ([a, b, c]) => a + b + c >= 2)`.
 *
 * @throws Error if an answer is neither 0, 1 nor a boolean, naming the inputs.
 *
 * @example
 * import { truthTable } from "gradus";
 * const majority = truthTable(3, ([a, b, c]) => a + b + c >= 2);
 * console.log(majority.x.row(5), majority.y.row(5)); // [ 1, 0, 1 ] [ 1 ]
 */
export function truthTable(inputs: number, rule: (bits: number[]) => number | boolean): TruthTable {
  if (!Number.isInteger(inputs) || inputs < 1 || inputs > 12) {
    throw new OptionError(`truthTable: inputs must be a whole number from 1 to 12, got ${inputs}.`, {
      option: "inputs",
      value: inputs,
    });
  }
  const rows = Array.from({ length: 2 ** inputs }, (_, number) =>
    Array.from({ length: inputs }, (_, place) => (number >> (inputs - 1 - place)) & 1),
  );
  const answers = rows.map((bits) => {
    const answer = Number(rule([...bits]));
    if (answer !== 0 && answer !== 1) {
      throw new DataError(
        "truthTable",
        `the rule must answer 0 or 1, got ${answer} for inputs ${bits.join(", ")}.`,
      );
    }
    return [answer];
  });
  return { x: Matrix.from(rows), y: Matrix.from(answers) };
}

/**
 * The truth tables of the two-input gates; every reading gives a fresh copy.
 *
 * @example
 * import { gates } from "gradus";
 * console.log(gates.xor.x.toArray()); // [ [ 0, 0 ], [ 0, 1 ], [ 1, 0 ], [ 1, 1 ] ]
 * console.log(gates.xor.y.column(0)); // [ 0, 1, 1, 0 ]
 */
export const gates: {
  readonly and: TruthTable;
  readonly or: TruthTable;
  readonly nand: TruthTable;
  readonly xor: TruthTable;
} = {
  get and() {
    return truthTable(2, ([a, b]) => a & b);
  },
  get or() {
    return truthTable(2, ([a, b]) => a | b);
  },
  get nand() {
    return truthTable(2, ([a, b]) => 1 - (a & b));
  },
  get xor() {
    return truthTable(2, ([a, b]) => a ^ b);
  },
};
