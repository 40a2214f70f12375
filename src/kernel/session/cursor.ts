/**
 * The protocol counts cursor positions in code points, JavaScript in UTF-16 code units; they differ after every
 * character beyond U+FFFF, such as an emoji. Converted here and nowhere else.
 * https://jupyter-client.readthedocs.io/en/stable/messaging.html#cursor-pos-unicode-note
 */

/** Code points before a cursor to code units before it. A cursor outside the text is moved to its nearer end. */
export function toCodeUnits(text: string, codePoints: number): number {
  let units = 0;
  for (let points = 0; points < codePoints && units < text.length; points++) {
    units += text.codePointAt(units)! > 0xffff ? 2 : 1;
  }
  return units;
}

/** Code units before a cursor to code points before it. Between the halves of a pair counts as before it. */
export function toCodePoints(text: string, codeUnits: number): number {
  let points = 0;
  for (let units = 0; units < text.length; points++) {
    units += text.codePointAt(units)! > 0xffff ? 2 : 1;
    if (units > codeUnits) break;
  }
  return points;
}
