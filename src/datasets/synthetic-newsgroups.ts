import { Random } from "../engine/index.js";
import type { NewsgroupParts, Post } from "./newsgroups-archive.js";
import { everydayWords, topics } from "./synthetic-topics.js";

const rareWordCount = 14_000;

/**
 * 3,000 training and 2,000 test posts on twenty invented topics, from a fixed seed: most words are everyday ones, some belong
 * to the topic, some to another one, and some are rare nonsense, as frequent as the rule of Zipf (1949) has it. Posts have
 * a header, every third a quotation, every other a signature, so that these can be removed; addresses end in `.invalid`.
 */
export function inventPosts(): NewsgroupParts {
  const random = new Random(1993);
  const rareWords = nonsenseWords(random);
  const names = Object.keys(topics).sort();
  const part = (count: number): Post[] =>
    random.shuffle(
      Array.from({ length: count }, (_, i) => inventPost(names[i % names.length], { random, rareWords })),
    );
  return { train: part(3_000), test: part(2_000) };
}

interface Source {
  readonly random: Random;
  readonly rareWords: readonly string[];
}

function inventPost(group: string, source: Source): Post {
  const { random } = source;
  const words = topics[group];
  const writer = `writer${random.int(400)}`;
  const subject = `${pick(words, random)} and ${pick(words, random)}`;
  const header = [
    `From: ${writer}@${group.replace(".", "-")}.invalid (Writer ${random.int(400)})`,
    `Subject: ${random.int(2) === 0 ? "Re: " : ""}${subject}`,
    `Lines: ${5 + random.int(40)}`,
  ];
  const quotation =
    random.int(3) === 0
      ? [`writer${random.int(400)} writes:`, ...lines(2, group, source).map((line) => `> ${line}`), ""]
      : [];
  const body = lines(4 + random.int(10), group, source);
  const signature = random.int(2) === 0 ? ["", "--", `${writer}, friend of the ${pick(words, random)}`] : [];
  return { group, text: [...header, "", ...quotation, ...body, ...signature, ""].join("\n") };
}

function lines(count: number, group: string, source: Source): string[] {
  return Array.from({ length: count }, () => {
    const words = Array.from({ length: 8 + source.random.int(5) }, () => word(group, source));
    return `${words.join(" ")}.`;
  });
}

function word(group: string, { random, rareWords }: Source): string {
  const chance = random.uniform();
  if (chance < 0.045) return pick(topics[group], random);
  if (chance < 0.13) return pick(topics[pick(Object.keys(topics), random)], random);
  if (chance < 0.33) return rareWords[zipfRank(rareWords.length, random)];
  return everydayWords[zipfRank(everydayWords.length, random)];
}

/** A rank from 0 whose chance falls as 1 / (rank + 1), nearly: the integral of 1/x in place of the sum. */
function zipfRank(count: number, random: Random): number {
  return Math.min(count - 1, Math.floor((count + 1) ** random.uniform()) - 1);
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[random.int(items.length)];
}

const onsets = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "kr", "st", "tr"];
const vowels = ["a", "e", "i", "o", "u", "ai", "eo"];

function nonsenseWords(random: Random): string[] {
  const words = new Set<string>();
  while (words.size < rareWordCount) {
    const syllables = 2 + random.int(3);
    let word = "";
    for (let i = 0; i < syllables; i++) word += pick(onsets, random) + pick(vowels, random);
    words.add(`${word}x`);
  }
  return [...words];
}
