/** The check holds. */
export interface Pass {
  readonly holds: true;
}

/** What a learner reads about the first thing that is not right. Values may be anything; they are printed short. */
export interface Found {
  /** Where: `input (1, 0)`, `gate 2`, `row 3`. */
  readonly on?: string;
  readonly expected?: unknown;
  readonly got?: unknown;
  /** One sentence more, when expected and got don't say it all. */
  readonly note?: string;
}

/** The check does not hold. */
export interface Failure extends Found {
  readonly holds: false;
}

/** What one check answers: {@link pass}, or {@link fail} with what was found. */
export type Verdict = Pass | Failure;

/**
 * The check holds.
 *
 * @example
 * import { pass } from "gradus";
 * console.log(pass); // { holds: true }
 */
export const pass: Pass = Object.freeze({ holds: true });

/**
 * The check does not hold: `fail({ on: "input (1, 0)", expected: 0, got: 1 })`. `expected` and `got` are values, not texts.
 *
 * @example
 * import { fail } from "gradus";
 * console.log(fail({ on: "input (1, 0)", expected: 0, got: 1 }));
 * // { on: 'input (1, 0)', expected: 0, got: 1, holds: false }
 */
export function fail(found: Found = {}): Failure {
  return { ...found, holds: false };
}

/**
 * A description in place of a value, printed without quotes: `fail({ got: inWords("two lamps are on") })`.
 *
 * @example
 * import { fail, inWords } from "gradus";
 * console.log(fail({ got: inWords("two lamps are on") }).holds); // false
 */
export function inWords(text: string): Words {
  return new Words(text);
}

/** See {@link inWords}. */
export class Words {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
