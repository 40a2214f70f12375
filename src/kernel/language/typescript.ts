import { createRequire } from "node:module";
import type ts from "typescript";

/** The compiler as a value. It is loaded late, and handed around, because loading it takes half a second. */
export type TypeScript = typeof ts;

/** Loads the compiler. `require` instead of `import()`: Node would first scan 9 MB for named exports, a quarter of the time. */
export function loadTypeScript(): TypeScript {
  return createRequire(import.meta.url)("typescript") as TypeScript;
}

/**
 * How cells are checked. Strict, since a learner's `undefined` should be met here and not in a training loop, but without
 * what would only annoy: a caught error is `any` (so `error.message` is fine), unused and unreachable code is no fault,
 * `list[0]` is a number and not perhaps undefined. A parameter without a type is an error (TS7006): the course teaches types.
 */
export function compilerOptions(typescript: TypeScript): ts.CompilerOptions {
  return {
    target: typescript.ScriptTarget.ESNext,
    module: typescript.ModuleKind.ESNext,
    moduleResolution: typescript.ModuleResolutionKind.Bundler,
    moduleDetection: typescript.ModuleDetectionKind.Force,
    // The library is one file made of TypeScript's own (see library.ts): 70 files fewer to visit and to merge for every cell.
    noLib: true,
    types: [],
    strict: true,
    useUnknownInCatchVariables: false,
    allowUnreachableCode: true,
    allowUnusedLabels: true,
    allowJs: true,
    checkJs: false,
    maxNodeModuleJsDepth: 0,
    resolveJsonModule: true,
    allowImportingTsExtensions: true,
    esModuleInterop: true,
    allowSyntheticDefaultImports: true,
    skipLibCheck: true,
    noEmit: true,
  };
}
