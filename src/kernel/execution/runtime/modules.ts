import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import * as vm from "node:vm";
import { resolveLocal } from "./resolve-local.js";

// A cell may declare a variable of one of these names; the runtime keeps the originals.
const { Array, Error, JSON, Map, Object, Promise, Set, String } = globalThis;

interface Loaded {
  readonly module: vm.Module;
  readonly version: string;
  readonly needs: Set<string>;
}
type Namespace = Record<string, unknown>;
type NativeImport = (specifier: string, options?: unknown) => Promise<Namespace>;

/**
 * Imports of cells. Packages go through Node's own loader, as seen from the notebook's folder. Local files are modules
 * of this loader, so that an edited file is run anew at the next import, together with those that import it.
 */
export class Modules {
  readonly require: NodeJS.Require;
  readonly #referrer: string;
  readonly #native: NativeImport;
  readonly #translate: (path: string) => Promise<string>;
  readonly #loaded = new Map<string, Loaded>();
  readonly #loading = new Map<string, Promise<vm.Module>>();

  /** @param translate the JavaScript of a TypeScript file. */
  constructor(folder: string, translate: (path: string) => Promise<string>) {
    const referrer = path.join(folder, "cell.js");
    this.#referrer = referrer;
    this.require = createRequire(referrer);
    this.#translate = translate;
    this.#native = new vm.Script("(specifier, options) => import(specifier, options)", {
      filename: referrer,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    }).runInThisContext() as NativeImport;
  }

  /** The namespace of a module; `referrer` is the folder that relative names start from. */
  async import(folder: string, specifier: unknown, options?: unknown): Promise<Namespace> {
    const name = String(specifier);
    const local = resolveLocal(folder, name);
    if (local === undefined) return this.#importPackage(name, options);
    if (isNative(local)) return this.#importCommonJs(local);
    this.#forgetEdited(local, new Map());
    const module = await this.#load(local);
    await this.#evaluate(module);
    return module.namespace as Namespace;
  }

  /** A stopped cell may have left modules half loaded: the next import begins anew. */
  reset(): void {
    this.#loading.clear();
  }

  async #importPackage(name: string, options: unknown): Promise<Namespace> {
    try {
      return await this.#native(name, options);
    } catch (error) {
      // A notebook outside the project finds the library that its kernel came with.
      const missing = (error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND";
      if (!missing) throw error;
      if (packageOf(name) === "gradus") return (await import(name)) as Namespace;
      // Another package may be there and miss one of its own: then its own words say more.
      const { message } = error as Error;
      if (!message.includes(`'${packageOf(name)}'`)) throw error;
      const folder = path.dirname(this.#referrer);
      throw Object.assign(
        new Error(
          `Cannot find package "${name}" from ${folder}. Install it there: npm install ${packageOf(name)}`,
        ),
        { code: "ERR_MODULE_NOT_FOUND" },
      );
    }
  }

  /** CommonJS has no versions of its own: what lies in the notebook's reach is read anew when it changed. */
  #importCommonJs(file: string): Namespace {
    const version = versionOf(file);
    const cached = this.require.cache[file];
    if (cached !== undefined && commonJsVersions.get(file) !== version) delete this.require.cache[file];
    commonJsVersions.set(file, version);
    const exports: unknown = this.require(file);
    const named = typeof exports === "object" && exports !== null ? (exports as Namespace) : {};
    return { ...named, default: exports };
  }

  /** True when the file or something it needs was edited; such modules are dropped. */
  #forgetEdited(file: string, seen: Map<string, boolean>): boolean {
    const known = seen.get(file);
    if (known !== undefined) return known;
    seen.set(file, false); // a circle is as old as its other members
    const loaded = this.#loaded.get(file);
    if (loaded === undefined) return false;
    let edited = loaded.version !== versionOf(file) || loaded.module.status === "errored";
    for (const need of loaded.needs) edited = this.#forgetEdited(need, seen) || edited;
    seen.set(file, edited);
    if (edited) this.#loaded.delete(file);
    return edited;
  }

  #load(file: string): Promise<vm.Module> {
    const loaded = this.#loaded.get(file);
    if (loaded !== undefined) return Promise.resolve(loaded.module);
    let loading = this.#loading.get(file);
    if (loading === undefined) {
      loading = this.#create(file).finally(() => this.#loading.delete(file));
      this.#loading.set(file, loading);
    }
    return loading;
  }

  async #create(file: string): Promise<vm.Module> {
    const version = versionOf(file);
    let module: vm.Module;
    if (file.endsWith(".json")) {
      const value: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
      const named = typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
      module = synthetic({ ...named, default: value }, file);
    } else {
      const code = /\.m?ts$/.test(file) ? await this.#translate(file) : fs.readFileSync(file, "utf8");
      module = new vm.SourceTextModule(code, {
        identifier: file,
        initializeImportMeta(meta: object) {
          Object.assign(meta, { url: pathToFileURL(file).href, filename: file, dirname: path.dirname(file) });
        },
        importModuleDynamically: ((specifier: string, _: unknown, attributes: object) =>
          this.import(path.dirname(file), specifier, { with: attributes })) as never,
      } as vm.SourceTextModuleOptions);
    }
    this.#loaded.set(file, { module, version, needs: new Set() });
    return module;
  }

  async #evaluate(module: vm.Module): Promise<void> {
    if (module.status === "unlinked") {
      await module.link(async (specifier, referrer, extra) => {
        const folder = path.dirname(referrer.identifier);
        const local = resolveLocal(folder, specifier);
        if (local !== undefined && !isNative(local)) {
          this.#loaded.get(referrer.identifier)?.needs.add(local);
          return this.#load(local);
        }
        const attributes = (extra as { readonly attributes?: object }).attributes;
        const namespace = await this.import(folder, specifier, { with: attributes ?? {} });
        return synthetic(withCommonJsNames(namespace), `${specifier} (for ${referrer.identifier})`);
      });
    }
    await module.evaluate();
  }
}

const commonJsVersions = new Map<string, string>();

function synthetic(values: Namespace, identifier: string): vm.Module {
  const module = new vm.SyntheticModule(
    Object.keys(values),
    () => {
      for (const [name, value] of Object.entries(values)) module.setExport(name, value);
    },
    { identifier },
  );
  return module;
}

/** Members of a CommonJS package that Node's reading of its source did not find. */
function withCommonJsNames(namespace: Namespace): Namespace {
  const { default: whole } = namespace;
  if (typeof whole !== "object" || whole === null) return { ...namespace };
  return { ...(whole as Namespace), ...namespace };
}

/** One member of a module; of a CommonJS package also those that Node's reading of its source did not find. */
export function pick(namespace: Namespace, name: string): unknown {
  if (name in namespace) return namespace[name];
  const { default: whole } = namespace;
  if ((typeof whole === "object" && whole !== null) || typeof whole === "function")
    return (whole as unknown as Namespace)[name];
  return undefined;
}

function versionOf(file: string): string {
  const { mtimeMs, size } = fs.statSync(file);
  return `${mtimeMs}:${size}`;
}

/** True for files that Node's own loaders run: packages and CommonJS. */
function isNative(file: string): boolean {
  if (file.includes(`${path.sep}node_modules${path.sep}`)) return true;
  const extension = path.extname(file);
  if (extension === ".cjs" || extension === ".node" || extension === ".cts") return true;
  if (extension !== ".js") return false;
  return !isModule(file);
}

function isModule(file: string): boolean {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, "package.json");
    if (fs.existsSync(manifest)) {
      const { type } = JSON.parse(fs.readFileSync(manifest, "utf8")) as { readonly type?: string };
      if (type !== undefined) return type === "module";
      break;
    }
    if (folder === path.dirname(folder)) break;
  }
  return /^\s*(?:import\b[\s{*"'\w]|export\b[\s{*])/m.test(fs.readFileSync(file, "utf8"));
}

/** The package that a specifier reaches into: `a/b` of `a`, `@s/a/b` of `@s/a`. */
function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
