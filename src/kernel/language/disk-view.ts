import * as fs from "node:fs";

/** What the disk held when it was first asked. A lasting view asks again for what was missing: it may have been installed since. */
export class DiskView {
  readonly #life: "once" | "lasting";
  readonly #texts = new Map<string, string | undefined>();
  readonly #stats = new Map<string, fs.Stats | undefined>();
  readonly #realPaths = new Map<string, string>();

  constructor(life: "once" | "lasting") {
    this.#life = life;
  }

  isFile(file: string): boolean {
    return this.#stat(file)?.isFile() ?? false;
  }

  isFolder(folder: string): boolean {
    return this.#stat(folder)?.isDirectory() ?? false;
  }

  /** Changes when the file does. */
  version(file: string): string {
    const stat = this.#stat(file);
    return stat === undefined ? "missing" : `${stat.mtimeMs} ${stat.size}`;
  }

  read(file: string): string | undefined {
    let text = this.#texts.get(file);
    if (text === undefined) {
      text = readText(file);
      if (text !== undefined) this.#texts.set(file, text);
    }
    return text;
  }

  realPath(file: string): string {
    let real = this.#realPaths.get(file);
    if (real === undefined) {
      real = resolveLinks(file);
      this.#realPaths.set(file, real);
    }
    return real;
  }

  #stat(file: string): fs.Stats | undefined {
    const known = this.#stats.get(file);
    if (known !== undefined || (this.#life === "once" && this.#stats.has(file))) return known;
    const stat = statOf(file);
    this.#stats.set(file, stat);
    return stat;
  }
}

function statOf(file: string): fs.Stats | undefined {
  try {
    return fs.statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function readText(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function resolveLinks(file: string): string {
  try {
    return fs.realpathSync.native(file).replaceAll("\\", "/");
  } catch {
    return file;
  }
}
