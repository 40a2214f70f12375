import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadNewsgroups, type Newsgroups, type RemovablePart } from "../../src/datasets/index.js";
import { withoutParts } from "../../src/datasets/newsgroup-parts.js";
import { realNewsgroups } from "./real-data.js";

interface Described {
  posts: number;
  first: number;
  counts: number[];
  labels: string;
  texts: string;
}

/** What scikit-learn 1.9.1 makes of the same archive, in hashes: fixtures/datasets/make_newsgroups.py. */
const sklearn = JSON.parse(
  readFileSync(new URL("../fixtures/datasets/newsgroups.json", import.meta.url), "utf8"),
) as {
  classNames: string[];
  subsets: Record<"train" | "test" | "all", Described>;
  removed: (Described & { subset: "train" | "test"; remove: RemovablePart[] })[];
  chosen: Described & { categories: string[]; seed: number };
  unshuffled: Described;
};

const sha256 = (text: string): string => createHash("sha256").update(text, "latin1").digest("hex");

// Hashes only: nothing of a post may reach the message of a failing test.
function described(data: Newsgroups): Described {
  const counts = data.classNames.map(() => 0);
  for (const code of data.codes) counts[code]++;
  return {
    posts: data.texts.length,
    first: data.codes[0],
    counts,
    labels: sha256(data.codes.join(",")),
    texts: sha256(data.texts.join("\0")),
  };
}

function only({ posts, first, counts, labels, texts }: Described): Described {
  return { posts, first, counts, labels, texts };
}

describe.skipIf(!realNewsgroups.present)(`20 Newsgroups${realNewsgroups.note}`, { timeout: 60_000 }, () => {
  test.each(["train", "test", "all"] as const)("%s: posts, labels and order are scikit-learn's", (subset) => {
    const data = loadNewsgroups({ subset, synthetic: false });
    expect(described(data)).toEqual(only(sklearn.subsets[subset]));
    expect(data.classNames).toEqual(sklearn.classNames);
    expect([data.synthetic, data.y.shape]).toEqual([false, [data.texts.length, 20]]);
  });

  test("there are 11,314 posts to train and 7,532 to test with, and the first is about cars", () => {
    // COURSE.md, section E1.
    const train = loadNewsgroups({ synthetic: false });
    expect([train.texts.length, train.codes[0], train.labels[0]]).toEqual([11_314, 7, "rec.autos"]);
    expect(loadNewsgroups({ subset: "test", synthetic: false }).texts.length).toBe(7_532);
  });

  test.each(sklearn.removed)("$subset without [$remove]: every text is scikit-learn's", (answer) => {
    const { subset, remove } = answer;
    expect(described(loadNewsgroups({ subset, remove, synthetic: false }))).toEqual(only(answer));
  });

  test("some groups, another seed: scikit-learn's posts, numbers and order", () => {
    const { categories, seed } = sklearn.chosen;
    const data = loadNewsgroups({ categories, seed, synthetic: false });
    expect(described(data)).toEqual(only(sklearn.chosen));
    expect(data.classNames).toEqual([...categories].sort());
  });

  test("unshuffled: the order in which scikit-learn unpacks them", () => {
    expect(described(loadNewsgroups({ shuffle: false, synthetic: false }))).toEqual(only(sklearn.unshuffled));
  });
});

describe("the stand-in for 20 Newsgroups", () => {
  const train = loadNewsgroups({ synthetic: true });

  test("says in its type and in its name that nobody wrote it", () => {
    expect(train.synthetic).toBe(true);
    expect(train.name).toBe("newsgroups (train, synthetic)");
    expect(train.source).toMatch(/^synthetic: /);
  });

  test("has twenty topics, none named like a real group, and 3,000 and 2,000 posts", () => {
    const held = loadNewsgroups({ subset: "test", synthetic: true });
    expect([train.texts.length, held.texts.length, train.classNames.length]).toEqual([3_000, 2_000, 20]);
    expect(train.classNames.filter((name) => sklearn.classNames.includes(name))).toEqual([]);
    expect(train.y.shape).toEqual([3_000, 20]);
    expect(new Set(train.codes).size).toBe(20);
  });

  test("is the same on every machine", () => {
    // Of this program on 2026-11-21; a change of it shows here.
    expect(sha256(train.texts.join("\0")).slice(0, 16)).toBe("7578b46ee462d006");
  });

  test("uses no address that could be somebody's", () => {
    const addresses = train.texts.join("\n").match(/\S+@\S+/g)!;
    expect(addresses.length).toBeGreaterThan(1_000);
    expect(addresses.filter((address) => !/\.invalid$/.test(address))).toEqual([]);
  });

  test("has headers, quotations and signatures that can be removed", () => {
    const bare = loadNewsgroups({ remove: ["headers", "footers", "quotes"], synthetic: true });
    const all = bare.texts.join("\n");
    expect(all).not.toMatch(/^From: |^> |writes:/m);
    expect(train.texts.join("\n")).toMatch(/^From: [^\n]+\nSubject: /m);
    expect(bare.codes).toEqual(train.codes);
  });
});

describe("parts of a post", () => {
  const post =
    "From: a\nSubject: b\n\nIn article 1 somebody said:\n> old\n| older\nnew\nAnn writes: hi\n\n--\nAnn\n";

  test("the header ends at the first blank line; without one all is header", () => {
    expect(withoutParts(post, ["headers"])).toBe(post.slice(post.indexOf("In article")));
    expect(withoutParts("a line\nanother", ["headers"])).toBe("");
  });

  test("quotations are the lines that quote or announce one", () => {
    expect(withoutParts(post, ["quotes"])).toBe("From: a\nSubject: b\n\nnew\n\n--\nAnn\n");
  });

  test("the signature begins at the last line without a word; a text without one stays whole", () => {
    expect(withoutParts("text\nmore\n--\nAnn\n\n", ["footers"])).toBe("text\nmore");
    expect(withoutParts("text\nmore\n", ["footers"])).toBe("text\nmore\n");
    // Characters that Python strips and JavaScript's trim() does not; the answer is scikit-learn 1.9.1's.
    expect(withoutParts("text\nmore\n\x1c\x85\nAnn\n", ["footers"])).toBe("text\nmore");
  });
});

describe("options that make no sense", () => {
  test("are refused with what there is", () => {
    expect(() => loadNewsgroups({ subset: "valid" as "train", synthetic: true })).toThrow(
      'loadNewsgroups: subset must be "train", "test" or "all", got "valid".',
    );
    expect(() => loadNewsgroups({ remove: ["header" as "headers"], synthetic: true })).toThrow(
      'loadNewsgroups: remove must be a list of "headers", "footers", "quotes", got ["header"].',
    );
    expect(() => loadNewsgroups({ seed: 1.5, synthetic: true })).toThrow(
      "a whole number from 0 to 4294967295",
    );
    expect(() => loadNewsgroups({ categories: ["rec.auto"], synthetic: true })).toThrow(
      'loadNewsgroups: there is no group "rec.auto"; the groups are craft.carpentry, ',
    );
  });
});
