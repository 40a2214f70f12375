import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import type * as TypeDoc from "typedoc";
import { groupNames, groupOf } from "./docs-groups.js";
import { docsEntry } from "./docs-entry.js";
import { errorCode, Problem } from "./problem.js";
import { inProject, privateFolder, root } from "./project.js";
import { progressBar } from "./terminal.js";

export const docsHelp: string = `npm run docs -- [options]

Writes the API reference of gradus from the doc comments: HTML with search, light and dark, readable without network.

  --out FOLDER   where to (default: dist/docs); a folder of other things is refused
  --help         this text`;

export interface DocsResult {
  /** How many names of "gradus" the reference explains. */
  readonly names: number;
  /** What TypeDoc complains about; empty when all is well. */
  readonly warnings: readonly string[];
}

export async function docsCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { out: { type: "string" } } });
  const out = values.out === undefined ? inProject("dist", "docs") : path.resolve(values.out);
  const bar = progressBar("Writing the API reference");
  const { names, warnings } = await writeDocs(out, (done, total, note) => bar.update(done, total, note));
  bar.clear();
  for (const warning of warnings) console.error(warning);
  console.log(`${names} names: ${path.join(path.relative(process.cwd(), out) || ".", "index.html")}`);
  return warnings.length === 0 ? 0 : 1;
}

/** Writes the reference into the folder `out`. Throws Problem if TypeDoc is missing, the sources cannot be read, or `out` cannot be used. */
export async function writeDocs(
  out: string,
  onStep: (done: number, total: number, note: string) => void = () => {},
): Promise<DocsResult> {
  checkFolder(out);
  const { Application, Comment, CommentTag, Converter, Logger, LogLevel, ReflectionKind } =
    await loadTypeDoc();
  onStep(0, 3, "finding what is public");
  const { entry, tsconfig, style, guides } = prepare();
  const app = await Application.bootstrap({
    name: "gradus",
    includeVersion: true,
    entryPoints: [entry],
    tsconfig,
    basePath: root,
    displayBasePath: root,
    readme: "none",
    projectDocuments: guides,
    // The sources were compiled before this command runs.
    skipErrorChecking: true,
    hideGenerator: true,
    searchInComments: true,
    searchInDocuments: true,
    excludePrivate: true,
    excludeProtected: true,
    excludeExternals: true,
    alwaysCreateEntryPointModule: false,
    disableGit: true,
    sourceLinkTemplate: "src/{path}",
    categorizeByGroup: false,
    categoryOrder: ["Guides", ...groupNames, "*"],
    defaultCategory: "Others",
    navigation: { includeCategories: true, includeGroups: false, includeFolders: false },
    sort: ["kind", "alphabetical"],
    // What a learner calls stands before the types that describe it.
    kindSortOrder: ["Document", "Class", "Function", "Variable", "Namespace", "Interface", "TypeAlias"],
    customCss: style,
    // A test demands a doc comment of every export; types of one file alone may stay unexplained.
    validation: { notExported: false, invalidLink: true, invalidPath: true, notDocumented: false },
    logLevel: "Warn",
  });
  const warnings: string[] = [];
  app.logger = new (class extends Logger {
    override log(message: string, level: TypeDoc.LogLevel): void {
      super.log(message, level);
      if (level >= LogLevel.Warn) warnings.push(message);
    }
  })();
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const reflection of project.children ?? []) {
      const group = groupOfReflection(reflection);
      const text: TypeDoc.CommentDisplayPart[] = [{ kind: "text", text: group }];
      const owner = reflection.kindOf(ReflectionKind.Function)
        ? (reflection.signatures?.[0] ?? reflection)
        : reflection;
      owner.comment ??= new Comment();
      owner.comment.blockTags.push(new CommentTag("@category", text));
    }
  });
  // Where a name is defined stays as text: the address of the sources differs from reader to reader.
  app.converter.on(
    Converter.EVENT_RESOLVE_END,
    ({ project }) => {
      for (const reflection of Object.values(project.reflections)) {
        if (!reflection.isDeclaration() && !reflection.isSignature()) continue;
        for (const source of reflection.sources ?? []) delete source.url;
      }
    },
    -1000,
  );
  onStep(1, 3, "reading the sources");
  const project = await app.convert();
  if (project === undefined) {
    throw new Problem(`The sources could not be read; TypeDoc says:\n${warnings.join("\n")}`);
  }
  app.validate(project);
  onStep(2, 3, "writing the pages");
  fs.rmSync(out, { recursive: true, force: true });
  await app.generateDocs(project, out);
  onStep(3, 3, "done");
  return {
    names: project.children?.filter((child) => !child.kindOf(ReflectionKind.Document)).length ?? 0,
    warnings,
  };
}

async function loadTypeDoc(): Promise<typeof TypeDoc> {
  try {
    return await import("typedoc");
  } catch (error) {
    if (errorCode(error) !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new Problem(
      "The API reference is made by TypeDoc, which is not installed. Run npm ci in a clone of the project and try again.",
    );
  }
}

/** Throws Problem for a folder that holds something else: it would be deleted. */
function checkFolder(out: string): void {
  let entries: string[];
  try {
    entries = fs.readdirSync(out);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw new Problem(
      `The reference can't be written into ${out} (${errorCode(error)}). Choose another folder with --out.`,
    );
  }
  if (
    entries.length === 0 ||
    entries.includes(".nojekyll") ||
    (entries.includes("index.html") && entries.includes("assets"))
  )
    return;
  throw new Problem(
    `${out} holds other things (${entries.slice(0, 3).join(", ")}), which would be lost. Choose an empty folder with --out.`,
  );
}

/** Writes what TypeDoc starts from, into a folder that git does not see. */
function prepare(): { entry: string; tsconfig: string; style: string; guides: string[] } {
  const folder = path.join(privateFolder, "docs");
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string): string => {
    fs.writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  for (const [name, text] of docsEntry(inProject("src"), { folder, introduction })) write(name, text);
  return {
    entry: path.join(folder, "entry.ts"),
    tsconfig: write("tsconfig.json", JSON.stringify({ extends: "../../tsconfig.json", include: ["."] })),
    // Tables that an example prints stand in columns, so its lines must not break.
    style: write("style.css", ".tsd-typography pre { white-space: pre; overflow-x: auto; }\n"),
    guides: findGuides(inProject("src")).map((file) => {
      const text = fs.readFileSync(file, "utf8");
      const [, title = path.basename(path.dirname(file))] = /^# (.+)\n/.exec(text) ?? [];
      const body = text.replace(/^# .+\n/, "");
      return write(
        `${path.basename(path.dirname(file))}.md`,
        `---\ntitle: ${JSON.stringify(title)}\ncategory: Guides\n---\n${body}`,
      );
    }),
  };
}

/** The README of each room. */
function findGuides(src: string): string[] {
  return fs
    .readdirSync(src, { withFileTypes: true })
    .map((entry) => path.join(src, entry.name, "README.md"))
    .filter((file) => fs.existsSync(file))
    .sort();
}

const introduction = `Everything that a notebook imports from \`"gradus"\`, each name with an example that prints what its comments say.

- The list follows the way of a model: training, layers, activations, losses, optimizers, scores; then data, texts, plots, tables.
- The search field above finds names and the words of their descriptions: \`softmax\`, \`learning rate\`, \`csv\`.
- In a notebook, Shift-Tab behind a name shows the same text.`;

function groupOfReflection(reflection: TypeDoc.DeclarationReflection): string {
  const file = reflection.sources?.[0]?.fullFileName ?? "";
  const inSource = path.relative(inProject("src"), file).replaceAll(path.sep, "/");
  const inEntry = path.basename(file).replace(/\.ts$/, "");
  return groupOf(inSource) ?? (inEntry === "plot" ? "Plots" : inEntry === "frame" ? "Tables" : "Others");
}
