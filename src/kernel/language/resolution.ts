import { isBuiltin } from "node:module";
import * as path from "node:path";
import type ts from "typescript";
import { cellModulePattern } from "./session-cells.js";
import type { TypeScript } from "./typescript.js";

export interface ResolutionOptions {
  readonly folder: string;
  /** Where packages lie that the notebook's folder need not have: name to folder. */
  readonly packages: Readonly<Record<string, string>>;
  /** Packages whose declarations mention Node's, which their users rarely meet. */
  readonly leanPackages: readonly string[];
  /** A cell, or the declarations of a package, ask for Node's declarations. */
  readonly onNodeTypes: () => void;
}

/** Finds the file behind an import, as Node and bundlers do. */
export class Resolution {
  readonly #typescript: TypeScript;
  readonly #compilerOptions: ts.CompilerOptions;
  readonly #host: ts.ModuleResolutionHost;
  readonly #options: ResolutionOptions;
  readonly #found = new Map<string, ts.ResolvedModuleWithFailedLookupLocations>();
  /** Holds what `package.json` files say; TypeScript reads them for every file of a package otherwise. */
  packageCache: ts.ModuleResolutionCache;

  constructor(
    typescript: TypeScript,
    compilerOptions: ts.CompilerOptions,
    host: ts.ModuleResolutionHost,
    options: ResolutionOptions,
  ) {
    this.#typescript = typescript;
    this.#compilerOptions = compilerOptions;
    this.#host = host;
    this.#options = options;
    this.packageCache = this.#newCache();
  }

  /** A found module stays found while its file exists; a missing one is looked for again, since it may just have been installed. */
  resolve(specifier: string, containingFile: string): ts.ResolvedModuleWithFailedLookupLocations {
    const cell = cellModulePattern.exec(specifier);
    if (cell !== null) return this.#virtual(specifier);
    if (isBuiltin(specifier)) {
      if (!this.#isLean(containingFile)) this.#options.onNodeTypes();
      return { resolvedModule: undefined };
    }
    const key = `${path.posix.dirname(containingFile)} ${specifier}`;
    const known = this.#found.get(key);
    if (known?.resolvedModule && this.#host.fileExists(known.resolvedModule.resolvedFileName)) return known;
    const result = this.#lookUp(specifier, containingFile);
    if (result.resolvedModule) this.#found.set(key, result);
    else this.packageCache = this.#newCache();
    return result;
  }

  /** `/// <reference types="node" />`: what Node declares is brought in whole or not at all. */
  resolveTypes(
    name: string,
    containingFile: string,
  ): ts.ResolvedTypeReferenceDirectiveWithFailedLookupLocations {
    if (name === "node") {
      if (!this.#isLean(containingFile)) this.#options.onNodeTypes();
      return { resolvedTypeReferenceDirective: undefined };
    }
    return this.#typescript.resolveTypeReferenceDirective(
      name,
      containingFile,
      this.#compilerOptions,
      this.#host,
    );
  }

  #lookUp(specifier: string, containingFile: string): ts.ResolvedModuleWithFailedLookupLocations {
    const from = (file: string): ts.ResolvedModuleWithFailedLookupLocations =>
      this.#typescript.resolveModuleName(
        specifier,
        file,
        this.#compilerOptions,
        this.#host,
        this.packageCache,
      );
    const result = from(containingFile);
    if (result.resolvedModule || specifier.startsWith(".")) return result;
    const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
    const place = Object.hasOwn(this.#options.packages, name) ? this.#options.packages[name] : undefined;
    if (place === undefined) return result;
    // A package may import itself by its name; failing that, it lies in a node_modules folder.
    const self = from(`${place.replaceAll("\\", "/")}/__inside.ts`);
    return self.resolvedModule
      ? self
      : from(`${path.posix.dirname(place.replaceAll("\\", "/"))}/__beside.ts`);
  }

  #virtual(specifier: string): ts.ResolvedModuleWithFailedLookupLocations {
    const resolvedFileName = path.posix.join(this.#options.folder, `${specifier}.ts`);
    return { resolvedModule: { resolvedFileName, extension: ".ts", isExternalLibraryImport: false } };
  }

  /** Whether a file does without Node's declarations: the types of JavaScript are guessed anyway. */
  #isLean(file: string): boolean {
    if (/\.[cm]?jsx?$/.test(file)) return true;
    return this.#options.leanPackages.some((name) => file.includes(`/node_modules/${name}/`));
  }

  #newCache(): ts.ModuleResolutionCache {
    return this.#typescript.createModuleResolutionCache(
      this.#options.folder,
      (name) => name,
      this.#compilerOptions,
    );
  }
}
