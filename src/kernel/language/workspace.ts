import * as fs from "node:fs";
import * as path from "node:path";
import type ts from "typescript";
import { DiskView } from "./disk-view.js";
import { hostGlobals } from "./host-globals.js";
import { findNodeTypes, languageLibrary, nodeLibrary } from "./library.js";
import { Resolution } from "./resolution.js";
import { cellModule } from "./session-cells.js";
import { sourceFileRegistry } from "./source-files.js";
import { compilerOptions, type TypeScript } from "./typescript.js";

export interface WorkspaceOptions {
  readonly folder: string;
  readonly packages: Readonly<Record<string, string>>;
  readonly leanPackages: readonly string[];
  readonly globals: string;
}

/**
 * The files that TypeScript sees: the language's library, Node's, the cells, and the notebook's folder on disk.
 * Files below `node_modules` are read once; those of the notebook's own are looked at again for every cell.
 */
export class Workspace {
  readonly service: ts.LanguageService;
  readonly cellFile: string;
  readonly #typescript: TypeScript;
  readonly #options: WorkspaceOptions;
  readonly #folder: string;
  readonly #virtual = new Map<string, { text: string; version: string }>();
  readonly #registry: ReturnType<typeof sourceFileRegistry>;
  readonly #resolution: Resolution;
  readonly #lasting = new DiskView("lasting");
  #disk = new DiskView("once");
  #roots: string[];
  #version = 0;
  #nodeTypes: "absent" | "wanted" | "loaded" | "none" = "absent";

  constructor(typescript: TypeScript, options: WorkspaceOptions) {
    this.#typescript = typescript;
    this.#options = options;
    this.#folder = path.resolve(options.folder).replaceAll("\\", "/");
    this.cellFile = `${this.#folder}/__gradus_cell.ts`;
    const library = this.#own(
      "library.d.ts",
      languageLibrary(typescript, Number(process.versions.node.split(".")[0])),
    );
    const host = this.#own("host.d.ts", hostGlobals);
    const globals = this.#own("globals.d.ts", options.globals);
    this.#put(this.cellFile, "export {};");
    this.#roots = [library, host, globals, this.cellFile];
    this.#registry = sourceFileRegistry(typescript);
    const settings = compilerOptions(typescript);
    const files = this.#files();
    this.#resolution = new Resolution(typescript, settings, files, {
      folder: this.#folder,
      packages: options.packages,
      leanPackages: options.leanPackages,
      onNodeTypes: () => {
        if (this.#nodeTypes === "absent") this.#nodeTypes = "wanted";
      },
    });
    this.service = typescript.createLanguageService(this.#host(settings, files), this.#registry);
  }

  get typescript(): TypeScript {
    return this.#typescript;
  }

  get hasNodeTypes(): boolean {
    return this.#nodeTypes === "loaded";
  }

  /** Puts a text in the place of the cell at hand, and looks at the disk anew. Returns the program that has it. */
  show(text: string): ts.Program {
    this.#disk = new DiskView("once");
    this.#put(this.cellFile, text);
    let program = this.#program();
    // Widened by hand: resolving imports may have changed it, which TypeScript cannot see here.
    if ((this.#nodeTypes as string) === "wanted" && this.loadNodeTypes()) program = this.#program();
    return program;
  }

  /** Makes a module of a cell that ran. */
  keep(serial: number, text: string): void {
    this.#put(this.#cellPath(serial), text);
  }

  /** Forgets modules of cells: all but those given. */
  retain(live: ReadonlySet<number>): void {
    for (const file of this.#virtual.keys()) {
      const serial = /__gradus_cell_(\d+)\.ts$/.exec(file)?.[1];
      if (serial === undefined || live.has(Number(serial))) continue;
      this.#virtual.delete(file);
      this.#registry.forget(file);
    }
  }

  /** Brings in all that Node declares. False when it was there already or is nowhere to be found. */
  loadNodeTypes(): boolean {
    if (this.#nodeTypes === "loaded" || this.#nodeTypes === "none") return false;
    const found = findNodeTypes(this.#folder, this.#options.packages["@types/node"]);
    if (found === undefined) {
      this.#nodeTypes = "none";
      return false;
    }
    const folder = this.#realPath(found).replaceAll("\\", "/");
    const { text, modules } = nodeLibrary(this.#typescript, folder);
    const all = `${folder}/__gradus_node.d.ts`;
    this.#put(all, text);
    const host = this.#ownPath("host.d.ts");
    this.#roots = [
      ...this.#roots.flatMap((root) =>
        root === host ? [all, ...modules.map((file) => file.replaceAll("\\", "/"))] : [root],
      ),
    ];
    this.#nodeTypes = "loaded";
    return true;
  }

  /** Whether Node's declarations have a type, namespace or variable of this name. Reads their text; loads nothing. */
  nodeMentions(name: string): boolean {
    if (!/^[\w$]+$/.test(name)) return false;
    if (this.#nodeTypes !== "absent") return false;
    const found = findNodeTypes(this.#folder, this.#options.packages["@types/node"]);
    if (found === undefined) return false;
    const pattern = new RegExp(
      `\\b(?:interface|type|namespace|class|var|const|function)\\s+${name.replaceAll("$", "\\$")}\\b`,
    );
    const { text, modules } = nodeLibrary(this.#typescript, found);
    return pattern.test(text) || modules.some((file) => pattern.test(this.#lasting.read(file) ?? ""));
  }

  #program(): ts.Program {
    const program = this.service.getProgram();
    if (program === undefined) throw new Error("TypeScript made no program");
    return program;
  }

  #cellPath(serial: number): string {
    return path.posix.join(this.#folder, `${cellModule(serial)}.ts`);
  }

  #ownPath(name: string): string {
    return `${this.#folder}/__gradus_${name}`;
  }

  #own(name: string, text: string): string {
    const file = this.#ownPath(name);
    this.#put(file, text);
    return file;
  }

  #put(file: string, text: string): void {
    this.#virtual.set(file, { text, version: `v${++this.#version}` });
  }

  #view(file: string): DiskView {
    return file.includes("/node_modules/") ? this.#lasting : this.#disk;
  }

  #realPath(file: string): string {
    return this.#lasting.realPath(file);
  }

  #files(): ts.ModuleResolutionHost {
    return {
      fileExists: (file) => this.#virtual.has(file) || this.#view(file).isFile(file),
      readFile: (file) => this.#virtual.get(file)?.text ?? this.#view(file).read(file),
      directoryExists: (folder) => folder === this.#folder || this.#view(`${folder}/`).isFolder(folder),
      realpath: (file) => (this.#virtual.has(file) ? file : this.#realPath(file)),
      useCaseSensitiveFileNames: true,
      getCurrentDirectory: () => this.#folder,
    };
  }

  #host(settings: ts.CompilerOptions, files: ts.ModuleResolutionHost): ts.LanguageServiceHost {
    const host: ts.LanguageServiceHost & { getModuleResolutionCache(): ts.ModuleResolutionCache } = {
      getCompilationSettings: () => settings,
      getScriptFileNames: () => this.#roots,
      getScriptVersion: (file) => this.#virtual.get(file)?.version ?? this.#view(file).version(file),
      getScriptSnapshot: (file) => {
        const text = files.readFile(file);
        return text === undefined ? undefined : this.#typescript.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => this.#folder,
      getDefaultLibFileName: () => this.#ownPath("library.d.ts"),
      fileExists: (file) => files.fileExists(file),
      readFile: (file) => files.readFile(file),
      directoryExists: (folder) => files.directoryExists!(folder),
      getDirectories: (folder) => listFolders(folder),
      readDirectory: (folder, extensions, exclude, include, depth) =>
        this.#typescript.sys.readDirectory(folder, extensions, exclude, include, depth),
      realpath: (file) => files.realpath!(file),
      useCaseSensitiveFileNames: () => true,
      resolveModuleNameLiterals: (literals, containingFile) =>
        literals.map(({ text }) => this.#resolution.resolve(text, containingFile)),
      resolveTypeReferenceDirectiveReferences: (references, containingFile) =>
        references.map((reference) =>
          this.#resolution.resolveTypes(
            typeof reference === "string" ? reference : reference.fileName,
            containingFile,
          ),
        ),
      getModuleResolutionCache: () => this.#resolution.packageCache,
    };
    return host;
  }
}

function listFolders(folder: string): string[] {
  try {
    return fs
      .readdirSync(folder, { withFileTypes: true })
      .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  } catch {
    return [];
  }
}
