import { describe, expect, it } from "vitest";
import type { Text } from "../../../../src/cli/notebooks/prose.js";
import { expandDictionary } from "../../../../src/cli/notebooks/proofs/hunspell.js";
import {
  loadSpeller,
  readWordList,
  spellerOf,
  spellingFaults,
} from "../../../../src/cli/notebooks/proofs/spelling.js";

const affixes = `SET UTF-8
PFX U Y 1
PFX U   0     un         .
SFX D Y 3
SFX D   0     d          e
SFX D   y     ied        [^aeiou]y
SFX D   0     ed         [^ey]
SFX V N 1
SFX V   e     ive        e
`;

describe("expandDictionary", () => {
  const words = (entries: string): string[] =>
    [...expandDictionary(affixes, `${entries.split("\n").length}\n${entries}`)].sort();

  it("adds suffixes where the word's end allows them, and cuts what they replace", () => {
    expect(words("like/D\ntry/D\nwalk/D")).toEqual(["like", "liked", "tried", "try", "walk", "walked"]);
  });

  it("crosses prefixes with suffixes that allow it", () => {
    expect(words("like/DU")).toEqual(["like", "liked", "unlike", "unliked"]);
    expect(words("create/UV")).toEqual(["create", "creative", "uncreate"]);
  });
});

describe("spellerOf", () => {
  const knows = spellerOf(new Set(["color", "normalize", "center", "Paris", "model", "I'm", "analyze"]));

  it.each([
    "color",
    "Color",
    "COLOR",
    "Paris",
    "PARIS",
    "Paris's",
    "model’s",
    "colour",
    "normalisation".replace("ation", "e"),
    "centre",
    "analyse",
    "I’m",
    "x",
  ])("takes %s", (word) => expect(knows(word)).toBe(true));

  it.each(["colr", "paris", "cOLOR", "normalice", "modelx"])("refuses %s", (word) =>
    expect(knows(word)).toBe(false),
  );
});

describe("spellingFaults", () => {
  const texts: Text[] = [
    { markdown: "Fine `cdoe`.\nA mistke, twice mistke; x1, 2nd, $tset$, 딥러닝", file: "t.md", line: 5 },
  ];

  it("names a word once, with its line, and leaves code, formulas, numbers and other scripts alone", () => {
    const knows = spellerOf(new Set(["fine", "twice"]));
    expect(spellingFaults(texts, knows)).toEqual(['t.md:6: "mistke" is in no word list.']);
  });
});

const english = loadSpeller([]);

describe.skipIf(english === undefined)("the word lists", () => {
  it("know English, American and British", () => {
    for (const word of [
      "gradient",
      "derivatives",
      "normalization",
      "normalisation",
      "behaviour",
      "doesn't",
      "unlabelled",
    ])
      expect(english!(word), word).toBe(true);
    for (const word of ["gradeint", "derivativ", "recieve", "Foward"])
      expect(english!(word), word).toBe(false);
  });

  it("have no word twice: the course's list holds what English lacks", () => {
    const own = readWordList();
    expect(own.filter((word) => english!(word))).toEqual([]);
    expect(own.filter((word, index) => own.indexOf(word) !== index)).toEqual([]);
  });
});
