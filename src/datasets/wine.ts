import { Matrix } from "../engine/index.js";
import { numericColumn, parseCsv } from "./csv.js";
import type { Dataset } from "./dataset.js";
import { oneHot } from "./encoding.js";
import { findDataFile, latin1, readBytes, sha256 } from "./files.js";
import { realOrSynthetic, type RealOrSynthetic } from "./stand-in.js";
import { wineColumns } from "./wine-statistics.js";
import { inventWines } from "./synthetic-wine.js";

/** Wines, white or red. Beside the one-hot `y`, `codes` is the column for a net with a single sigmoid output: red is 1. */
export interface Wine extends Dataset {
  /** True for the stand-in: rows that a program made up, which are no wines. */
  readonly synthetic: boolean;
}

/** The two files, red first, as in the UCI repository. */
export const wineFiles = [
  {
    name: "winequality-red.csv",
    label: "red",
    rows: 1599,
    bytes: 84_199,
    sha256: "4a402cf041b025d4566d954c3b9ba8635a3a8a01e039005d97d6a710278cf05e",
  },
  {
    name: "winequality-white.csv",
    label: "white",
    rows: 4898,
    bytes: 264_426,
    sha256: "76c3f809815c17c07212622f776311faeb31e87610d52c26d87d6e361b169836",
  },
] as const;

const classNames = ["white", "red"];

/**
 * UCI Wine Quality: 6,497 Portuguese wines, first 1,599 red ones, then 4,898 white ones; 11 measurements and the tasters'
 * mark (`quality`), `x` `[6497, 12]` float64. To learn the colour: `model.fit(wine.x, wine.codes)`, 1 is red. 1,177 rows repeat
 * an earlier one (`duplicateRows`). `data/wine/README.md` is the data card.
 *
 * Looked for in the folder of GRADUS_DATA, then in the user's cache (`gradus data fetch wine`). Where neither has it, the result
 * is a stand-in of the same shape, `synthetic: true`.
 *
 * Source: P. Cortez, A. Cerdeira, F. Almeida, T. Matos, J. Reis (2009), "Modeling wine preferences by data mining from
 * physicochemical properties", Decision Support Systems 47(4), 547-553.
 *
 * @throws Error if a file is there but is not the official one, or with `synthetic: false` if there is none.
 *
 * @example
 * import { loadWine } from "gradus";
 * const wine = loadWine({ synthetic: true });
 * console.log(wine.x.shape, wine.classNames); // [ 6497, 12 ] [ 'white', 'red' ]
 * console.log(wine.name); // wine (synthetic)
 */
export function loadWine(options: RealOrSynthetic = {}): Wine {
  return realOrSynthetic(options, {
    operation: "loadWine",
    fetchName: "wine",
    read: readWine,
    invent: () => {
      const { rows, labels } = inventWines();
      return makeWine(rows, labels, true);
    },
  });
}

function readWine(): Wine | undefined {
  const rows: number[][] = [];
  const labels: string[] = [];
  for (const file of wineFiles) {
    const path = findDataFile(file.name);
    if (path === undefined) return undefined;
    const bytes = readBytes(path);
    const found = sha256([bytes]);
    if (found !== file.sha256) {
      throw new Error(
        `loadWine: ${path} is not the official table: its SHA-256 is ${found.slice(0, 12)}…, expected ${file.sha256.slice(0, 12)}…. ` +
          `Delete it and fetch it anew with \`npm run gradus -- data fetch wine\`.`,
      );
    }
    const table = parseCsv(latin1(bytes), { delimiter: ";", source: path });
    const columns = wineColumns.map((name) => numericColumn(table, name));
    for (let row = 0; row < table.rows.length; row++) {
      rows.push(columns.map((column) => column[row]));
      labels.push(file.label);
    }
  }
  return makeWine(rows, labels, false);
}

function makeWine(rows: number[][], labels: string[], synthetic: boolean): Wine {
  return {
    name: synthetic ? "wine (synthetic)" : "wine",
    source: synthetic
      ? "synthetic: drawn by gradus from the class means and deviations of UCI Wine Quality; no wines"
      : "P. Cortez et al. (2009), Wine Quality, UCI Machine Learning Repository, doi:10.24432/C56S3T",
    synthetic,
    x: Matrix.from(rows),
    y: oneHot(labels, { classes: classNames }),
    labels,
    codes: labels.map((label) => classNames.indexOf(label)),
    featureNames: [...wineColumns],
    classNames,
  };
}
