import { gunzipSync } from "node:zlib";
import { shuffleAsNumpy } from "./numpy-shuffle.js";

export interface Post {
  readonly group: string;
  readonly text: string;
}

interface TarFile {
  readonly name: string;
  readonly content: Buffer;
}

/** The plain files of a gzipped tar archive (ustar: a 512-byte header a file, then its bytes in whole blocks of 512). */
function* tarFiles(archive: Buffer): Generator<TarFile> {
  const bytes = gunzipSync(archive);
  const field = (start: number, length: number): string =>
    bytes.toString("latin1", start, start + length).replace(/\0.*$/s, "");
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0;) {
    const prefix = field(at + 257, 5) === "ustar" ? field(at + 345, 155) : "";
    const name = (prefix === "" ? "" : `${prefix}/`) + field(at, 100);
    const size = parseInt(field(at + 124, 12), 8);
    const type = field(at + 156, 1);
    at += 512;
    if (type === "0" || type === "") yield { name, content: bytes.subarray(at, at + size) };
    at += Math.ceil(size / 512) * 512;
  }
}

/**
 * The training and test posts of 20news-bydate.tar.gz, read as latin1, in the order of scikit-learn's
 * `fetch_20newsgroups(subset=..., shuffle=True)`: groups and files by name, shuffled with seed 0 when the archive is unpacked
 * (`load_files`) and with seed 42 when it is fetched. `shuffled: false` stops before the two shuffles.
 */
export function readNewsgroups(
  archive: Buffer,
  { shuffled }: { readonly shuffled: boolean },
): { train: Post[]; test: Post[] } {
  const parts = { train: [] as (Post & { key: string })[], test: [] as (Post & { key: string })[] };
  for (const { name, content } of tarFiles(archive)) {
    const [folder, group, file] = name.split("/").slice(-3);
    const part = folder.endsWith("train") ? parts.train : parts.test;
    // A zero byte sorts before every character of a name: first by group, then by file.
    part.push({ group, key: `${group}\0${file}`, text: content.toString("latin1") });
  }
  const ordered = (posts: (Post & { key: string })[]): Post[] => {
    posts.sort((a, b) => (a.key < b.key ? -1 : 1));
    return shuffled ? shuffleAsNumpy(shuffleAsNumpy(posts, 0), 42) : posts;
  };
  return { train: ordered(parts.train), test: ordered(parts.test) };
}
