/** What becomes of type errors. Syntax errors stop a cell in any case. */
export type TypePolicy = "error" | "warn" | "off";

const switchLine = /^[ \t]*\/\/[ \t]*@gradus[ \t]+types[ \t]*:[ \t]*(\w*)[^\n]*$/gm;
const noCheckLine = /^[ \t]*\/\/+[ \t]*@ts-nocheck\b/m;

export interface Switches {
  /** The notebook's policy from this cell on: the cell has a line `// @gradus types: warn` (or `error`, or `off`). */
  readonly notebook?: TypePolicy;
  /** The cell has a line `// @ts-nocheck`: its own type errors are warnings. */
  readonly cell?: TypePolicy;
  readonly warnings: readonly string[];
}

/** Reads the comment lines by which a cell turns type errors into warnings. */
export function readSwitches(code: string): Switches {
  const warnings: string[] = [];
  let notebook: TypePolicy | undefined;
  if (code.includes("@gradus")) {
    for (const [, word] of code.matchAll(switchLine)) {
      if (word === "error" || word === "warn" || word === "off") notebook = word;
      else warnings.push(`// @gradus types: "${word}" is not known; it takes error, warn or off.\n`);
    }
  }
  const cell = code.includes("@ts-nocheck") && noCheckLine.test(code) ? ("warn" as const) : undefined;
  return {
    ...(notebook === undefined ? {} : { notebook }),
    ...(cell === undefined ? {} : { cell }),
    warnings,
  };
}

/** The same text, in which TypeScript finds no `@ts-nocheck`: it would then tell us nothing to warn about. Positions stay. */
export function withoutNoCheck(code: string): string {
  return code.includes("@ts-nocheck") ? code.replaceAll("@ts-nocheck", "@ts_nocheck") : code;
}
