/** What can be asked of a column or a group; missing values are left out before any of these sees the numbers. */
export const statistics = {
  /** How many values are present. */
  count: (values: readonly number[]): number => values.length,
  sum: (values: readonly number[]): number => values.reduce((total, value) => total + value, 0),
  mean: (values: readonly number[]): number | null =>
    values.length === 0 ? null : statistics.sum(values) / values.length,
  /** Sample standard deviation √(Σ(x - mean)² / (n - 1)), as in pandas and danfojs; none for fewer than two values. */
  std: (values: readonly number[]): number | null => {
    if (values.length < 2) return null;
    const mean = statistics.sum(values) / values.length;
    return Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / (values.length - 1));
  },
  min: (values: readonly number[]): number | null => extreme(values, (a, b) => a < b),
  max: (values: readonly number[]): number | null => extreme(values, (a, b) => a > b),
  median: (values: readonly number[]): number | null => quantile(values, 0.5),
} satisfies Record<string, (values: readonly number[]) => number | null>;

/** The name of a statistic for `agg`: `count`, `sum`, `mean`, `std`, `min`, `max` or `median`. */
export type Statistic = keyof typeof statistics;

/** The value below which the share `q` lies, linear between neighbours (NumPy's default, R's type 7). */
export function quantile(values: readonly number[], q: number): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const place = q * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

function extreme(values: readonly number[], better: (a: number, b: number) => boolean): number | null {
  let best: number | null = null;
  for (const value of values) if (best === null || better(value, best)) best = value;
  return best;
}
