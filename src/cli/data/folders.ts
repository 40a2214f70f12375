import { dataFolders, findDataFile } from "../../datasets/files.js";
import { Problem } from "../problem.js";

/** Throws a Problem, without a stack, if GRADUS_DATA names no folder. */
export function checkDataFolders(): void {
  try {
    dataFolders();
  } catch (error) {
    throw new Problem(error instanceof Error ? error.message : String(error));
  }
}

/** Throws a Problem that says how to get the file, unless it is on this machine. */
export function requireDataFile(name: string, fetchName: string): void {
  checkDataFolders();
  if (findDataFile(name) !== undefined) return;
  throw new Problem(
    `${name} is not on this machine: \`npm run gradus -- data fetch ${fetchName}\`, or set GRADUS_DATA to a folder that has it.`,
  );
}
