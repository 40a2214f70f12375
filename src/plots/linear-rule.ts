/**
 * How a list of a trace follows from the sliders, without a program in the notebook: entry i is
 * constant[i] + Σ_k value_k · slopes[k][i]. With `choose`, an entry is replaced by one of two: the first where the sum is
 * above 0, the second elsewhere. With `tally`, the list is that one text which stands at the number of sums above 0.
 */
export interface LinearRule {
  readonly trace: number;
  /** The field of the trace; a dot goes one level down: "x", "text", "marker.color". */
  readonly field: string;
  readonly constant: readonly number[];
  /** One list a slider. */
  readonly slopes: readonly (readonly number[])[];
  readonly choose?: readonly (readonly [unknown, unknown])[];
  readonly tally?: readonly string[];
  /** Cuts the list into rows of this length, as a grid needs it. */
  readonly columns?: number;
}

/** The list that a rule gives for the values of the sliders. The same few lines run in the browser. */
export function ruleValues(rule: LinearRule, values: readonly number[]): unknown[] {
  const sums = rule.constant.map((start, i) =>
    values.reduce((total, value, k) => total + value * rule.slopes[k][i], start),
  );
  // Adding up steps of 0.1 leaves dust, which must not decide on which side of 0 a point lies.
  const clean = sums.map((sum) => Number(sum.toFixed(9)));
  if (rule.tally !== undefined) return [rule.tally[clean.filter((sum) => sum > 0).length]];
  if (rule.choose !== undefined) return clean.map((sum, i) => rule.choose![i][sum > 0 ? 0 : 1]);
  const { columns } = rule;
  if (columns === undefined) return clean;
  return Array.from({ length: clean.length / columns }, (_, row) =>
    clean.slice(row * columns, (row + 1) * columns),
  );
}
