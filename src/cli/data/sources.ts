import { gunzip, readBytes, sha256 } from "../../datasets/files.js";
import { readNewsgroupsArchive } from "../../datasets/newsgroups-archive.js";
import { newsgroupsFile } from "../../datasets/newsgroups.js";
import { wineFiles } from "../../datasets/wine.js";

/** Where a file can be had. */
export interface Place {
  readonly url: string;
  /** The file's name within the zip archive that the address gives. */
  readonly unzip?: string;
}

export interface DataFile {
  readonly name: string;
  /** Of the official file. */
  readonly bytes: number;
  readonly sha256: string;
  /** Official places first. */
  readonly places: readonly Place[];
  /** For a file that may be packed anew: throws unless it holds what the official one does. */
  readonly checkContent?: (bytes: Uint8Array) => void;
}

export interface DataSource {
  readonly about: string;
  readonly licence: string;
  readonly files: readonly DataFile[];
}

const uci = "https://archive.ics.uci.edu";

/** Data that are fetched, not shipped. Iris ships with the package. */
export const dataSources: Readonly<Record<string, DataSource>> = {
  wine: {
    about: "UCI Wine Quality: 1,599 red and 4,898 white wines (lesson 15)",
    licence: "CC BY 4.0",
    files: wineFiles.map(({ name, bytes, sha256 }) => ({
      name,
      bytes,
      sha256,
      places: [
        { url: `${uci}/ml/machine-learning-databases/wine-quality/${name}` },
        { url: `${uci}/static/public/186/wine+quality.zip`, unzip: name },
      ],
    })),
  },
  newsgroups: {
    about: "20 Newsgroups by date: 11,314 + 7,532 posts (lesson 16)",
    licence: "none known; holds names and addresses",
    files: [
      {
        ...newsgroupsFile,
        places: [
          { url: "https://ndownloader.figshare.com/files/5975967" },
          { url: "http://qwone.com/~jason/20Newsgroups/20news-bydate.tar.gz" },
        ],
        checkContent: (bytes) => void readNewsgroupsArchive(gunzip(bytes)),
      },
    ],
  },
};

/** Why the file is not the official one; undefined if it is, or if it holds the same. */
export function faultOf(file: DataFile, path: string): string | undefined {
  const bytes = readBytes(path);
  const found = sha256([bytes]);
  if (found === file.sha256) return undefined;
  const difference = `its SHA-256 is ${found.slice(0, 12)}…, expected ${file.sha256.slice(0, 12)}…`;
  if (file.checkContent === undefined) return difference;
  try {
    file.checkContent(bytes);
    return undefined;
  } catch (error) {
    return `${difference}, and ${error instanceof Error ? error.message : String(error)}`;
  }
}
