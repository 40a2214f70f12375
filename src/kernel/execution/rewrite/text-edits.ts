import type { Origin } from "./line-layout.js";

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Replacements in one text, applied together; what is kept is still known by where it came from. */
export class TextEdits {
  readonly #source: string;
  readonly #edits: Edit[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text });
  }

  insert(at: number, text: string): void {
    this.replace(at, at, text);
  }

  /** Takes a stretch away and leaves its line breaks, so that what follows keeps its line. */
  blank(start: number, end: number): void {
    this.replace(start, end, this.#source.slice(start, end).replace(/[^\n]+/g, " "));
  }

  /** The new text, and where its pieces came from. Of two edits at one place the first made comes first. */
  apply(origins: readonly Origin[]): { readonly text: string; readonly origins: readonly Origin[] } {
    const edits = this.#edits
      .map((edit, order) => ({ ...edit, order }))
      .sort((a, b) => a.start - b.start || a.end - b.end || a.order - b.order);
    const parts: string[] = [];
    const moved: Origin[] = [];
    let length = 0;
    let taken = 0;
    let next = 0;
    const copy = (end: number): void => {
      for (; next < origins.length && origins[next]!.offset < end; next++) {
        const origin = origins[next]!;
        if (origin.offset >= taken) moved.push({ ...origin, offset: length + origin.offset - taken });
      }
      parts.push(this.#source.slice(taken, end));
      length += end - taken;
      taken = end;
    };
    for (const edit of edits) {
      if (edit.start < taken) continue; // inside a stretch that was replaced as a whole
      copy(edit.start);
      // What is put in stands for what was there.
      const replaced = origins[next];
      if (edit.text.trim() !== "" && replaced !== undefined && replaced.offset < edit.end) {
        moved.push({ ...replaced, offset: length });
      }
      parts.push(edit.text);
      length += edit.text.length;
      taken = edit.end;
    }
    copy(this.#source.length);
    return { text: parts.join(""), origins: moved };
  }
}
