/** One mapping of a source map: a place in the printed text and the place it was made from; all counted from 0. */
export interface Mapping {
  readonly line: number;
  readonly column: number;
  readonly originalLine: number;
  readonly originalColumn: number;
}

const digits = new Map(
  [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].map((sign, value) => [sign, value]),
);

/** Reads the `mappings` field of a source map of one source (Source Map revision 3: base64 VLQ, five bits a digit). */
export function decodeMappings(mappings: string): Mapping[] {
  const found: Mapping[] = [];
  let originalLine = 0;
  let originalColumn = 0;
  mappings.split(";").forEach((text, line) => {
    let column = 0;
    for (const segment of text === "" ? [] : text.split(",")) {
      const [columnStep, , lineStep, originalStep] = decodeNumbers(segment);
      column += columnStep ?? 0;
      if (lineStep === undefined || originalStep === undefined) continue;
      originalLine += lineStep;
      originalColumn += originalStep;
      found.push({ line, column, originalLine, originalColumn });
    }
  });
  return found;
}

function decodeNumbers(segment: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const sign of segment) {
    const digit = digits.get(sign);
    if (digit === undefined) throw new Error(`source map: "${sign}" is no base64 digit, in "${segment}"`);
    value += (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    numbers.push((value & 1) === 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}
