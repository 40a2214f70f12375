import * as fs from "node:fs";
import * as path from "node:path";

interface RealData {
  readonly present: boolean;
  /** For the name of a test: why it is skipped. */
  readonly note: string;
}

function inGradusData(...names: string[]): RealData {
  const folder = process.env["GRADUS_DATA"];
  const missing = names.filter((name) => folder === undefined || !fs.existsSync(path.join(folder, name)));
  return {
    present: missing.length === 0,
    note: missing.length === 0 ? "" : ` (skipped: GRADUS_DATA names no folder with ${missing.join(" and ")})`,
  };
}

export const realNewsgroups: RealData = inGradusData("20news-bydate.tar.gz");
export const realWine: RealData = inGradusData("winequality-red.csv", "winequality-white.csv");
