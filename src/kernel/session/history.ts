import type { HistoryItem, HistoryQuery } from "../protocol/index.js";

/** One cell that ran. */
export interface HistoryEntry {
  /** Names the life of the kernel in which it ran. */
  readonly session: string;
  readonly line: number;
  readonly source: string;
}

/** Keeps entries across restarts. The session has no files; whoever composes the kernel has. */
export interface HistoryStore {
  /** The entries of earlier sessions, oldest first. */
  load(): Promise<readonly HistoryEntry[]>;
  /** Must not reject: a full disk is worth a line in the log, not a cell. */
  append(entry: HistoryEntry): Promise<void>;
}

/** Entries kept in memory; older ones stay in the store alone. */
const keptEntries = 10_000;

interface Numbered {
  readonly session: number;
  readonly line: number;
  readonly source: string;
  readonly output: string | null;
}

/**
 * What was run, in this session and earlier ones. Sessions are numbered by their first appearance, from 1, as IPython
 * numbers them. https://jupyter-client.readthedocs.io/en/stable/messaging.html#history
 */
export class History {
  readonly #store: HistoryStore;
  readonly #session: string;
  readonly #loaded: Promise<void>;
  #entries: Numbered[] = [];
  #current = 1;

  constructor(options: { readonly store: HistoryStore; readonly session: string }) {
    this.#store = options.store;
    this.#session = options.session;
    this.#loaded = this.#load();
  }

  /** Remembers a cell that ran. `output` is the text of its result; it is kept for this session only. */
  async add(line: number, source: string, output: string | null): Promise<void> {
    await this.#loaded;
    this.#entries.push({ session: this.#current, line, source, output });
    if (this.#entries.length > keptEntries * 1.1) this.#entries = this.#entries.slice(-keptEntries);
    await this.#store.append({ session: this.#session, line, source });
  }

  async query(query: HistoryQuery): Promise<HistoryItem[]> {
    await this.#loaded;
    return this.#select(query).map(({ session, line, source, output }) => [
      session,
      line,
      query.output ? [source, output] : source,
    ]);
  }

  #select(query: HistoryQuery): readonly Numbered[] {
    switch (query.hist_access_type) {
      case "tail":
        return lastOf(this.#entries, query.n);
      case "range": {
        // 0 is this session, -1 the one before.
        const session = query.session > 0 ? query.session : this.#current + query.session;
        const { start, stop = Infinity } = query;
        return this.#entries.filter(
          (entry) => entry.session === session && entry.line >= start && entry.line < stop,
        );
      }
      case "search": {
        const matches = globMatcher(query.pattern);
        let found = this.#entries.filter(({ source }) => matches(source));
        // The latest of equal cells stays, as in IPython.
        if (query.unique) {
          const latest = new Map(found.map((entry) => [entry.source, entry]));
          found = found.filter((entry) => latest.get(entry.source) === entry);
        }
        return query.n === undefined ? found : lastOf(found, query.n);
      }
    }
  }

  async #load(): Promise<void> {
    const numbers = new Map<string, number>();
    const earlier: Numbered[] = [];
    for (const { session, line, source } of await this.#store.load()) {
      const number = numbers.get(session) ?? numbers.size + 1;
      numbers.set(session, number);
      earlier.push({ session: number, line, source, output: null });
    }
    this.#current = numbers.size + 1;
    this.#entries = earlier.slice(-keptEntries);
  }
}

function lastOf<T>(items: readonly T[], count: number): readonly T[] {
  return count <= 0 ? [] : items.slice(-count);
}

/**
 * Whether a text as a whole matches a glob: `*` any text, `?` one character, `[a-z]` and `[^a]` a set; as SQLite's GLOB,
 * which IPython uses. Runs in at most pattern times text steps; a regular expression could take exponentially many.
 */
export function globMatcher(pattern: string): (text: string) => boolean {
  const tokens = globTokens(pattern);
  return (text) => {
    let token = 0;
    let at = 0;
    let star = -1;
    let starAt = 0;
    while (at < text.length) {
      const expected = tokens[token];
      if (expected === "*") {
        star = token++;
        starAt = at;
      } else if (expected !== undefined && expected(text[at]!)) {
        token++;
        at++;
      } else if (star >= 0) {
        token = star + 1;
        at = ++starAt;
      } else return false;
    }
    while (tokens[token] === "*") token++;
    return token === tokens.length;
  };
}

type GlobToken = "*" | ((character: string) => boolean);

function globTokens(pattern: string): GlobToken[] {
  const tokens: GlobToken[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    const set = character === "[" ? /^\[(\^?)(\]?[^\]]*)\]/.exec(pattern.slice(at)) : null;
    if (character === "*") tokens.push("*");
    else if (character === "?") tokens.push(() => true);
    else if (set !== null && set[2] !== "") {
      const [whole, negation, members] = set as unknown as [string, string, string];
      tokens.push((tested) => inSet(members, tested) === (negation === ""));
      at += whole.length - 1;
    } else tokens.push((tested) => tested === character);
  }
  return tokens;
}

function inSet(members: string, tested: string): boolean {
  for (let at = 0; at < members.length; at++) {
    const isRange = members[at + 1] === "-" && at + 2 < members.length;
    const last = isRange ? members[at + 2]! : members[at]!;
    if (tested >= members[at]! && tested <= last) return true;
    if (isRange) at += 2;
  }
  return false;
}
