/** What an explanation may look at. */
export interface Known {
  /** The text that the fault underlines. */
  readonly word: string;
  readonly text: string;
  /** The name of a package that exports `word`, if there is one at hand. */
  readonly exportedBy: string | undefined;
  /** The name of the notebook, or failing that of a package, that `word` resembles. */
  readonly resembles: string | undefined;
}

type Explanation = string | ((known: Known) => string);

const notFound: Explanation = ({ word, exportedBy, resembles, text }) => {
  if (exportedBy !== undefined) return `Add this line to the cell: import { ${word} } from "${exportedBy}";`;
  const meant = resembles ?? /Did you mean '([^']+)'/.exec(text)?.[1];
  const question =
    meant === undefined
      ? "Is the name spelled right, and has the cell that defines it been run?"
      : `Is it ${meant}?`;
  return `No cell that ran defines ${word}. ${question}`;
};

const browserOnly: Explanation = ({ word }) =>
  `${word} belongs to web pages. This notebook's code runs in Node, where it doesn't exist.`;

const perhapsMissing: Explanation = ({ word }) =>
  `${word || "This value"} may be null or undefined here. Ask first (if (${word || "value"}) { … }), or write ?. instead of the dot.`;

const arithmetic = "Arithmetic needs numbers on both sides. Turn a text into a number with Number(text).";

const wrongType: Explanation = ({ text }) => {
  const [, given, wanted] =
    /[Tt]ype '([^']+)' is not assignable to (?:parameter of )?type '([^']+)'/.exec(text) ?? [];
  if (given === undefined || wanted === undefined)
    return "The value is of another kind than what is asked for here.";
  const short = (name: string): string => (name.length > 60 ? `${name.slice(0, 57)}…` : name);
  return `What is asked for here is ${short(wanted)}; what you gave is ${short(given)}.`;
};

const noProperty: Explanation = ({ word, text }) => {
  const [, owner] = /on type '([^']+)'/.exec(text) ?? [];
  const meant = /Did you mean '([^']+)'/.exec(text)?.[1];
  const kind = owner === undefined || owner.length > 60 ? "This value" : `A value of type ${owner}`;
  return meant === undefined
    ? `${kind} has nothing called ${word}. Type the dot and press Tab to see what it has.`
    : `${kind} has nothing called ${word}. Is it ${meant}?`;
};

const argumentCount: Explanation = ({ text }) => {
  const [, wanted, got] = /Expected (.+?) arguments?, but got (\d+)/.exec(text) ?? [];
  return wanted === undefined
    ? "The function takes another number of values in its brackets."
    : `The function takes ${wanted} value${wanted === "1" ? "" : "s"} in its brackets; this call gives ${got}.`;
};

const noSuchConst: Explanation = ({ word }) =>
  `${word} was made with const, so it keeps its value. Make it with let if it should change.`;

const needsType: Explanation = ({ word }) =>
  `Write its type after a colon, for example ${/^\w+$/.test(word) ? word : "value"}: number.`;

const bracketsOrCommas = "Look for a missing or extra bracket, comma or quote here or just before.";

/** A sentence for a beginner beside TypeScript's own, by the number of the diagnostic. */
const explanations: Readonly<Record<number, Explanation>> = {
  2304: notFound,
  2552: notFound,
  2503: notFound,
  18004: notFound,
  2584: browserOnly,
  2812: browserOnly,
  2322: wrongType,
  2345: wrongType,
  2339: noProperty,
  2551: noProperty,
  2353: "There is no such option here. Press Tab inside the braces to see the names that exist.",
  2561: "There is no such option here. Press Tab inside the braces to see the names that exist.",
  2554: argumentCount,
  2555: argumentCount,
  7006: needsType,
  7031: needsType,
  7053: "The name in [ ] may be anything, and this value has only certain names. Give the value a type, for example Record<string, number>.",
  2531: perhapsMissing,
  2532: perhapsMissing,
  2533: perhapsMissing,
  18047: perhapsMissing,
  18048: perhapsMissing,
  18049: perhapsMissing,
  2588: noSuchConst,
  2451: "The name is declared twice in this cell. Give one of the two another name; another cell may use it again.",
  2300: "The name is declared twice in this cell. Give one of the two another name; another cell may use it again.",
  2448: "The name is used above the line that gives it its value. Move that line up.",
  2454: "The variable has been declared, but nothing has been put into it yet.",
  1002: "A text begins with a quote and never ends. Close it with the same quote on the same line.",
  1003: bracketsOrCommas,
  1005: bracketsOrCommas,
  1109: "Something is missing here: a value, or the rest of a calculation.",
  1128: bracketsOrCommas,
  1434: "This word doesn't belong here. Look for a missing quote, comma or bracket, or for two words where one is meant.",
  1160: "A text begins with a backtick ` and never ends.",
  1308: "await works at the top of a cell and inside functions marked async: write async before the function.",
  2362: arithmetic,
  2363: arithmetic,
  2365: "These two values don't go together with this sign. Are both numbers, or both texts?",
  2307: ({ word }) =>
    `Nothing called ${word} is installed or lies beside the notebook. Is it spelled right? A package is added with npm install.`,
  2305: "The package has nothing of this name. Press Tab inside the braces to see what it has.",
  2820: wrongType,
  2724: "The package has nothing of this name. Press Tab inside the braces to see what it has.",
  2769: "The function can be called in several ways, and this call fits none. The last line says what is wrong with the nearest one.",
  2349: "The brackets ( ) call a function, and this value is not one.",
  2367: "These two can never be equal, so the answer is always the same. Compare values of the same kind.",
};

/** One plain sentence about a fault, or nothing where TypeScript's own is all there is to say. */
export function explain(code: number, known: Known): string | undefined {
  const found = explanations[code];
  return typeof found === "function" ? found(known) : found;
}
