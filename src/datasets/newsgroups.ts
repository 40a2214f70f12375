import { DataError, OptionError, type Matrix } from "../engine/index.js";
import { oneHot } from "./encoding.js";
import { findDataFile, gunzip, readBytes } from "./files.js";
import { readNewsgroupsArchive, type NewsgroupParts, type Post } from "./newsgroups-archive.js";
import { removableParts, withoutParts, type RemovablePart } from "./newsgroup-parts.js";
import { shuffleAsNumpy } from "./numpy-shuffle.js";
import { realOrSynthetic, type RealOrSynthetic } from "./stand-in.js";
import { inventPosts } from "./synthetic-newsgroups.js";

/** The options of `loadNewsgroups`. */
export interface NewsgroupsOptions extends RealOrSynthetic {
  /** The older posts to learn from, the newer ones to test with, or both. Default "train". */
  readonly subset?: NewsgroupSubset;
  /** Takes headers, signatures and quotations out, by scikit-learn's rules: they give the group away. Default none. */
  readonly remove?: readonly RemovablePart[];
  /** Only these groups; classes are numbered anew in the order of the alphabet. Default all twenty. */
  readonly categories?: readonly string[];
  /** Mix the groups; default true. Otherwise the order is that in which scikit-learn unpacks the archive. */
  readonly shuffle?: boolean;
  /** Of the order; default 42, as in scikit-learn: the same seed gives its very order. */
  readonly seed?: number;
}

/** Which part of 20 Newsgroups. */
export type NewsgroupSubset = "train" | "test" | "all";

/** Labelled texts; entry `i` of every list is the same post. */
export interface Newsgroups {
  readonly name: string;
  /** Where the texts come from, in one sentence. */
  readonly source: string;
  /** True for the stand-in: texts that a program made up. */
  readonly synthetic: boolean;
  readonly texts: readonly string[];
  /** The groups one-hot, `[posts, groups]`, float64. */
  readonly y: Matrix;
  /** The group of each post by name. */
  readonly labels: readonly string[];
  /** The group of each post by number: `classNames[codes[i]] === labels[i]`. */
  readonly codes: readonly number[];
  readonly classNames: readonly string[];
}

/** The archive, named as by its publisher. */
export const newsgroupsFile = {
  name: "20news-bydate.tar.gz",
  /** About: for the bar and the limit of a download. */
  bytes: 14_500_000,
  sha256: "8f1b2514ca22a5ade8fbb9cfa5727df95fa587f4c87b786e15c759fa66d95610",
} as const;

/**
 * 20 Newsgroups, the by-date version: 18,846 posts of 1993 to twenty groups, 11,314 older ones to train with and 7,532 newer
 * ones to test with, in the very order of scikit-learn's `fetch_20newsgroups`. Takes about a second. The posts hold names
 * and addresses: show them through `maskAddresses`. `data/newsgroups/README.md` is the data card.
 *
 * Looked for in the folder of GRADUS_DATA, then in the user's cache (`gradus data fetch newsgroups`). Where neither has it, the
 * result is a stand-in of twenty invented topics, `synthetic: true`.
 *
 * Source: K. Lang (1995), "NewsWeeder: Learning to filter netnews", ICML; the by-date version by J. Rennie.
 *
 * @throws OptionError for an unknown subset, part or category; Error if the archive is damaged or does not hold the posts,
 *   or with `synthetic: false` if there is none.
 *
 * @example
 * import { loadNewsgroups } from "gradus";
 * const posts = loadNewsgroups({ synthetic: true, categories: ["sky.stars", "music.violin"] });
 * console.log(posts.classNames, posts.texts.length === posts.codes.length);
 * // [ 'music.violin', 'sky.stars' ] true
 */
export function loadNewsgroups(options: NewsgroupsOptions = {}): Newsgroups {
  const { subset = "train", remove = [], categories, shuffle = true, seed = 42 } = options;
  checkOptions({ subset, remove, seed });
  const { parts, synthetic } = realOrSynthetic(options, {
    operation: "loadNewsgroups",
    fetchName: "newsgroups",
    read: readParts,
    invent: () => ({ parts: inventPosts(), synthetic: true }),
  });
  const classNames = chosenGroups(parts, categories);
  const chosen = (subset === "all" ? [...parts.train, ...parts.test] : parts[subset]).filter(({ group }) =>
    classNames.includes(group),
  );
  const posts = shuffle ? shuffleAsNumpy(chosen, seed) : chosen;
  const labels = posts.map(({ group }) => group);
  return {
    name: `newsgroups (${subset}${synthetic ? ", synthetic" : ""})`,
    source: synthetic
      ? "synthetic: texts on twenty topics made up by gradus; nobody wrote them"
      : "20 Newsgroups, by date: K. Lang (1995), NewsWeeder, ICML; archive by J. Rennie",
    synthetic,
    texts: posts.map(({ text }) => withoutParts(text, remove)),
    y: oneHot(labels, { classes: classNames }),
    labels,
    codes: labels.map((label) => classNames.indexOf(label)),
    classNames,
  };
}

interface Parts {
  readonly parts: NewsgroupParts;
  readonly synthetic: boolean;
}

function readParts(): Parts | undefined {
  const path = findDataFile(newsgroupsFile.name);
  if (path === undefined) return undefined;
  try {
    return { parts: readNewsgroupsArchive(gunzip(readBytes(path))), synthetic: false };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `loadNewsgroups: ${path} cannot be used: ${reason}. ` +
        `Delete it and fetch it anew with \`npm run gradus -- data fetch newsgroups\`.`,
      { cause },
    );
  }
}

function chosenGroups({ train, test }: NewsgroupParts, categories: readonly string[] | undefined): string[] {
  const groups = [...new Set([...train, ...test].map(({ group }: Post) => group))].sort();
  if (categories === undefined) return groups;
  const unknown = categories.find((name) => !groups.includes(name));
  if (unknown !== undefined || categories.length === 0) {
    throw new DataError(
      "loadNewsgroups",
      `${unknown === undefined ? "categories is empty" : `there is no group ${JSON.stringify(unknown)}`}; ` +
        `the groups are ${groups.join(", ")}.`,
    );
  }
  return groups.filter((group) => categories.includes(group));
}

function checkOptions({ subset, remove, seed }: { subset: unknown; remove: unknown; seed: number }): void {
  const refuse = (option: string, value: unknown, rule: string): never => {
    const shown = JSON.stringify(value) ?? String(value);
    throw new OptionError(`loadNewsgroups: ${option} must be ${rule}, got ${shown}.`, { option, value });
  };
  if (subset !== "train" && subset !== "test" && subset !== "all")
    refuse("subset", subset, `"train", "test" or "all"`);
  if (!Array.isArray(remove) || remove.some((part) => !removableParts.includes(part as RemovablePart)))
    refuse("remove", remove, `a list of ${removableParts.map((part) => `"${part}"`).join(", ")}`);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    refuse("seed", seed, "a whole number from 0 to 4294967295");
}
