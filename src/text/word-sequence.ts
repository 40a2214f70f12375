import { OptionError } from "../engine/index.js";

/** How a text is parted into words. */
export interface WordSequenceOptions {
  /** Characters that part words and are dropped; default all ASCII punctuation but the apostrophe, tab and newline. */
  readonly filters?: string;
  /** Whether `The` and `the` are one word; default true. */
  readonly lower?: boolean;
  /** What stands between two words, and what every filtered character becomes; default one space. */
  readonly split?: string;
}

const defaultFilters = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n';

/**
 * The words of a text, in order: lower case, each filtered character turned into `split`, cut at `split`, no empty words.
 * `textToWordSequence("Don't stop, Ann!")` is `["don't", "stop", "ann"]`.
 * Keras' `text_to_word_sequence`, with its defaults; other white space, such as `\r`, stays part of a word there as here.
 *
 * @throws OptionError if `split` is empty.
 *
 * @example
 * import { textToWordSequence } from "gradus";
 * console.log(textToWordSequence("Don't stop, Ann!")); // [ "don't", 'stop', 'ann' ]
 * console.log(textToWordSequence("Red;Green", { filters: "", lower: false, split: ";" }));
 * // [ 'Red', 'Green' ]
 */
export function textToWordSequence(text: string, options: WordSequenceOptions = {}): string[] {
  return wordSplitter("textToWordSequence", options)(text);
}

/** `textToWordSequence` with its options checked and its pattern made once, for many texts. */
export function wordSplitter(
  operation: string,
  { filters = defaultFilters, lower = true, split = " " }: WordSequenceOptions,
): (text: string) => string[] {
  requireText(operation, { option: "filters", value: filters });
  requireText(operation, { option: "split", value: split });
  if (split === "") {
    throw new OptionError(
      `${operation}: split must be at least one character, got "". A space is the usual one.`,
      {
        option: "split",
        value: split,
      },
    );
  }
  const filtered = anyOf(filters);
  // `$$` writes one `$`, which would have a meaning of its own.
  const replacement = split.replaceAll("$", "$$$$");
  return (text) => {
    const cased = lower ? text.toLowerCase() : text;
    const parted = filtered === undefined ? cased : cased.replace(filtered, replacement);
    return parted.split(split).filter((word) => word !== "");
  };
}

/** Matches each one of these characters (whole code points, as in Python); undefined if there are none. */
function anyOf(characters: string): RegExp | undefined {
  const points = Array.from(characters, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
  return points.length === 0 ? undefined : new RegExp(`[${points.join("")}]`, "gu");
}

function requireText(operation: string, { option, value }: { option: string; value: unknown }): void {
  if (typeof value === "string") return;
  throw new OptionError(`${operation}: ${option} must be a text, got ${String(value)}.`, { option, value });
}
