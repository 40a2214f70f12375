import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import ts from "typescript";

const source = path.resolve(import.meta.dirname, "../../src");

/** The exercises and what they need as plain JavaScript in a fresh folder, for other processes. */
export function buildCourse(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-course-"));
  const rooms = ["engine", "display", "exercises"].flatMap((room) =>
    fs
      .readdirSync(path.join(source, room), { recursive: true, encoding: "utf8" })
      .map((name) => path.join(room, name)),
  );
  for (const name of [...rooms, "course-files.ts", "progress-file.ts"]) {
    if (!name.endsWith(".ts") || /[\\/]assembly[\\/]/.test(name)) continue;
    const { outputText } = ts.transpileModule(fs.readFileSync(path.join(source, name), "utf8"), {
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
      },
    });
    const file = path.join(folder, name.replace(/\.ts$/, ".js"));
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, outputText);
  }
  fs.writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  return folder;
}
