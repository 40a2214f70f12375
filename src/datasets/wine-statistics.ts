/** The twelve columns of a wine, named as in the UCI table. */
export const wineColumns = [
  "fixed acidity",
  "volatile acidity",
  "citric acid",
  "residual sugar",
  "chlorides",
  "free sulfur dioxide",
  "total sulfur dioxide",
  "density",
  "pH",
  "sulphates",
  "alcohol",
  "quality",
] as const;

export type WineColumn = (typeof wineColumns)[number];

/** Of one column over the wines of one colour. */
export interface ColumnStatistics {
  readonly mean: number;
  readonly deviation: number;
  readonly least: number;
  readonly greatest: number;
  /** Digits after the point. */
  readonly digits: number;
  /** Skewed to the right: the logarithm is nearer to a normal distribution. */
  readonly skewed: boolean;
}

type Line = readonly [mean: number, deviation: number, least: number, greatest: number];

/** Class statistics of UCI Wine Quality (CC BY 4.0; Cortez et al. 2009, table 1, deviations computed from the table). */
const red: Readonly<Record<WineColumn, Line>> = {
  "fixed acidity": [8.32, 1.74, 4.6, 15.9],
  "volatile acidity": [0.5278, 0.179, 0.12, 1.58],
  "citric acid": [0.271, 0.195, 0, 1],
  "residual sugar": [2.539, 1.41, 0.9, 15.5],
  chlorides: [0.0875, 0.0471, 0.012, 0.611],
  "free sulfur dioxide": [15.87, 10.5, 1, 72],
  "total sulfur dioxide": [46.47, 32.9, 6, 289],
  density: [0.9967, 0.00189, 0.99007, 1.00369],
  pH: [3.311, 0.154, 2.74, 4.01],
  sulphates: [0.6581, 0.169, 0.33, 2],
  alcohol: [10.42, 1.07, 8.4, 14.9],
  quality: [5.636, 0.807, 3, 8],
};

const white: Readonly<Record<WineColumn, Line>> = {
  "fixed acidity": [6.855, 0.844, 3.8, 14.2],
  "volatile acidity": [0.2782, 0.101, 0.08, 1.1],
  "citric acid": [0.3342, 0.121, 0, 1.66],
  "residual sugar": [6.391, 5.07, 0.6, 65.8],
  chlorides: [0.0458, 0.0218, 0.009, 0.346],
  "free sulfur dioxide": [35.31, 17, 2, 289],
  "total sulfur dioxide": [138.4, 42.5, 9, 440],
  density: [0.994, 0.00299, 0.98711, 1.03898],
  pH: [3.188, 0.151, 2.72, 3.82],
  sulphates: [0.4898, 0.114, 0.22, 1.08],
  alcohol: [10.51, 1.23, 8, 14.2],
  quality: [5.878, 0.886, 3, 9],
};

const digits: Readonly<Record<WineColumn, number>> = {
  "fixed acidity": 1,
  "volatile acidity": 2,
  "citric acid": 2,
  "residual sugar": 1,
  chlorides: 3,
  "free sulfur dioxide": 0,
  "total sulfur dioxide": 0,
  density: 5,
  pH: 2,
  sulphates: 2,
  alcohol: 1,
  quality: 0,
};

const skewed: ReadonlySet<WineColumn> = new Set<WineColumn>([
  "volatile acidity",
  "residual sugar",
  "chlorides",
  "free sulfur dioxide",
  "total sulfur dioxide",
  "sulphates",
]);

/** What is known of a column among the wines of a colour. */
export function wineStatistics(colour: "red" | "white", column: WineColumn): ColumnStatistics {
  const [mean, deviation, least, greatest] = (colour === "red" ? red : white)[column];
  return { mean, deviation, least, greatest, digits: digits[column], skewed: skewed.has(column) };
}
