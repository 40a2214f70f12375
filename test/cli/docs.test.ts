import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { groupNames, groupOf } from "../../src/cli/docs-groups.js";
import { type DocsResult, writeDocs } from "../../src/cli/docs.js";
import { programOf, publicApi } from "../docs/public-api.js";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-docs-"));
const out = path.join(folder, "docs");
const api = publicApi(programOf());
const steps: string[] = [];
let result: DocsResult;

beforeAll(async () => {
  result = await writeDocs(out, (_done, _total, note) => void steps.push(note));
}, 120_000);

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const pages = (): string[] =>
  fs
    .readdirSync(out, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll(path.sep, "/"))
    .filter((file) => file.endsWith(".html"));

const page = (file: string): string => fs.readFileSync(path.join(out, file), "utf8");

describe("gradus docs", () => {
  it("is made without a warning, and says how far it is", () => {
    expect(result.warnings).toEqual([]);
    expect(steps).toEqual(["finding what is public", "reading the sources", "writing the pages", "done"]);
  });

  it("has a page for every name that gradus exports, and for the functions of plot and frame", () => {
    const found = new Set(pages().map((file) => path.basename(file, ".html")));
    const names = api.map(({ name }) => name).filter((name) => /^(plot|frame)\.|^[^.]+$/.test(name));
    expect(names.filter((name) => !found.has(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(200);
  });

  it("places every name below a heading", () => {
    const lost = api.filter(({ file }) => groupOf(file.replace(/^src\//, "")) === undefined);
    expect(lost.map(({ name, file }) => `${name}: add ${file} to src/cli/docs-groups.ts`)).toEqual([]);
    expect(page("index.html").includes(">Others<")).toBe(false);
  });

  it("shows the headings in the order of a lesson", () => {
    const overview = page("index.html").replaceAll("&amp;", "&");
    const places = groupNames.map((name) => overview.indexOf(`>${name}<`)).filter((place) => place >= 0);
    expect(places.length).toBeGreaterThan(15);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it("shows the example of a function as code, with what it prints", () => {
    const text = page("functions/plot.line.html").replace(/<[^>]*>/g, "");
    expect(text).toContain("Example");
    expect(text).toMatch(/console\.log\(figure\.title\);.*\/\/ A function and its derivative/);
  });

  it("holds the guide on the differences from Keras", () => {
    expect(pages().some((file) => page(file).includes("Where the engine differs from Keras"))).toBe(true);
  });

  it("needs no network: no page loads anything from elsewhere", () => {
    const foreign = pages().filter((file) =>
      /<(script|link|img|iframe)\b[^>]*\b(src|href)="(https?:)?\/\//.test(page(file)),
    );
    expect(foreign).toEqual([]);
    expect(fs.readFileSync(path.join(out, "assets", "style.css"), "utf8")).not.toMatch(
      /url\(["']?(https?:)?\/\//,
    );
  });

  it("can be searched", () => {
    expect(fs.statSync(path.join(out, "assets", "search.js")).size).toBeGreaterThan(10_000);
  });

  it("replaces an older reference, and refuses a folder of other things", async () => {
    const taken = path.join(folder, "taken");
    fs.mkdirSync(taken);
    fs.writeFileSync(path.join(taken, "thesis.txt"), "");
    await expect(writeDocs(taken)).rejects.toThrow(/holds other things \(thesis\.txt\), which would be lost/);
    expect(fs.existsSync(path.join(taken, "thesis.txt"))).toBe(true);
  });
});
