import { latin1, sha256 } from "./files.js";
import { shuffleAsNumpy } from "./numpy-shuffle.js";
import { tarFiles, type TarFile } from "./tar.js";

/** A post as it lies in the archive. */
export interface Post {
  readonly group: string;
  readonly text: string;
}

/** Both parts of the by-date split, each in the order in which scikit-learn keeps it. */
export interface NewsgroupParts {
  readonly train: readonly Post[];
  readonly test: readonly Post[];
}

/**
 * SHA-256 over all posts by name, each as `part/group/file`, a zero byte, and its bytes. An archive may be packed anew;
 * what it holds must be this.
 */
const contentHash = "d04a12ba4059032e944d8c6bbc7d480c8c47e529d9c8c91c2d7d29f64f1dea1d";

/**
 * The posts of 20news-bydate.tar, one character a byte: groups and files by name, then shuffled as
 * `numpy.random.RandomState(0)` does, which is what scikit-learn's `load_files` does when it unpacks the archive.
 *
 * @throws Error if the archive is damaged or does not hold exactly the 18,846 posts.
 */
export function readNewsgroupsArchive(tar: Uint8Array): NewsgroupParts {
  const parts = sortedFiles(tar);
  const found = contentHashOf(parts);
  if (found !== contentHash) {
    const [train, test] = [parts.train.length, parts.test.length];
    throw new Error(
      `it holds ${train} training and ${test} test posts with the content hash ${found.slice(0, 12)}…, ` +
        `expected 11314 and 7532 with ${contentHash.slice(0, 12)}…`,
    );
  }
  const posts = (files: readonly NamedFile[]): Post[] =>
    shuffleAsNumpy(files, 0).map(({ group, content }) => ({ group, text: latin1(content) }));
  return { train: posts(parts.train), test: posts(parts.test) };
}

interface NamedFile extends TarFile {
  readonly group: string;
}

function sortedFiles(tar: Uint8Array): Record<"train" | "test", NamedFile[]> {
  const parts = { train: [] as (NamedFile & { key: string })[], test: [] as (NamedFile & { key: string })[] };
  for (const { name, content } of tarFiles(tar)) {
    const [folder = "", group = "", file = ""] = name.split("/").slice(-3);
    const part = folder.endsWith("train") ? "train" : "test";
    // A zero byte sorts before every character of a name: first by group, then by file.
    parts[part].push({ name: `${part}/${group}/${file}`, group, content, key: `${group}\0${file}` });
  }
  for (const files of [parts.train, parts.test]) files.sort((a, b) => (a.key < b.key ? -1 : 1));
  return parts;
}

function contentHashOf({ train, test }: Record<"train" | "test", readonly NamedFile[]>): string {
  return sha256([...train, ...test].flatMap(({ name, content }) => [`${name}\0`, content]));
}
