/**
 * The name that a misspelt one was probably meant to be: the nearest by edits (a letter added, lost, changed, or two swapped),
 * if fewer than about a third of the letters differ. Upper and lower case count as equal.
 */
export function nearestName(word: string, names: Iterable<string>): string | undefined {
  const most = Math.floor(word.length / 3);
  let best: string | undefined;
  let fewest = most + 1;
  for (const name of names) {
    if (Math.abs(name.length - word.length) >= fewest) continue;
    const count = edits(word.toLowerCase(), name.toLowerCase());
    if (count < fewest) {
      fewest = count;
      best = name;
    }
  }
  return best;
}

/** The optimal string alignment distance (Damerau 1964, restricted): no part of a text is edited twice. */
function edits(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, beforeLast[j - 2]! + 1);
      }
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
