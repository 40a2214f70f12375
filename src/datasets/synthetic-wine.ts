import { Random } from "../engine/index.js";
import { wineColumns, wineStatistics, type ColumnStatistics } from "./wine-statistics.js";

/** As many rows and repeated rows as in the real table. */
const amounts = [
  { colour: "red", rows: 1599, repeated: 240 },
  { colour: "white", rows: 4898, repeated: 937 },
] as const;

/**
 * Rows like those of UCI Wine Quality, from a fixed seed: each column of each colour is drawn by itself with that colour's mean,
 * deviation and limits, so what holds two columns together in real wines (sugar and density, say) is missing.
 */
export function inventWines(): { rows: number[][]; labels: string[] } {
  const random = new Random(2009);
  const rows: number[][] = [];
  const labels: string[] = [];
  for (const { colour, rows: count, repeated } of amounts) {
    const statistics = wineColumns.map((column) => wineStatistics(colour, column));
    const distinct: number[][] = [];
    const seen = new Set<string>();
    while (distinct.length < count - repeated) {
      const row = statistics.map((column) => draw(column, random));
      if (seen.has(row.join())) continue;
      seen.add(row.join());
      distinct.push(row);
    }
    const copies = Array.from({ length: repeated }, () => [...distinct[random.int(distinct.length)]]);
    rows.push(...random.shuffle([...distinct, ...copies]));
    labels.push(...Array.from({ length: count }, () => colour));
  }
  return { rows, labels };
}

/** Normal or, for a skewed column, log-normal with this mean and deviation; drawn again while outside the limits. */
function draw(column: ColumnStatistics, random: Random): number {
  const { mean, deviation, least, greatest, digits, skewed } = column;
  const logVariance = Math.log(1 + (deviation / mean) ** 2);
  for (;;) {
    const z = random.normal();
    const value = skewed
      ? mean * Math.exp(Math.sqrt(logVariance) * z - logVariance / 2)
      : mean + deviation * z;
    if (value >= least && value <= greatest) return Number(value.toFixed(digits));
  }
}
