import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { session, temporaryFolder } from "./session.js";

describe("imports", () => {
  it("find local files with and without extension, JavaScript and JSON", async () => {
    const folder = temporaryFolder({
      "helper.ts": "export const help = (x: number): string => String(x);",
      "plain.js": "export function twice(x) { return x * 2 }",
      "data.json": '{ "rows": [1, 2] }',
      "deep/index.ts": "export const deep = 1;",
    });
    const { faults } = session({ folder });
    expect(await faults('import { help } from "./helper.ts"; help(1).length')).toEqual([]);
    expect(await faults('import { help as h } from "./helper"; h("a")')).toEqual(["TS2345"]);
    expect(await faults('import { help as k } from "./helper.js"; k(1).length')).toEqual([]);
    expect(await faults('import { twice } from "./plain.js"; twice(1).toFixed()')).toEqual([]);
    expect(await faults('import data from "./data.json"; data.rows[0].toFixed(); data.cols')).toEqual([
      "TS2339",
    ]);
    expect(await faults('const { deep } = await import("./deep"); deep.toFixed()')).toEqual([]);
  });

  it("see a file again that was edited, made or removed", async () => {
    const folder = temporaryFolder({ "lib.ts": "export const a = 1;" });
    const { faults } = session({ folder });
    const cell = 'import { a } from "./lib.ts"; a.toFixed()';
    expect(await faults(cell)).toEqual([]);
    fs.writeFileSync(path.join(folder, "lib.ts"), 'export const a = "text";');
    expect(await faults(cell)).toEqual(["TS2551"]);
    fs.rmSync(path.join(folder, "lib.ts"));
    expect(await faults(cell)).toEqual(["TS2307"]);
    fs.writeFileSync(path.join(folder, "lib.ts"), "export const a = 2;");
    expect(await faults(cell)).toEqual([]);
  });

  it("find packages of the folder and of its parents, typed or not, and one that was just installed", async () => {
    const folder = temporaryFolder({
      "node_modules/typed/package.json": '{ "name": "typed", "types": "index.d.ts" }',
      "node_modules/typed/index.d.ts": "export declare function one(): number;",
      "node_modules/untyped/package.json": '{ "name": "untyped", "main": "index.js" }',
      "node_modules/untyped/index.js": "exports.two = 2;",
      "week1/readme.txt": "",
    });
    const { faults } = session({ folder: path.join(folder, "week1") });
    expect(await faults('import { one } from "typed"; one().toFixed(); one().length')).toEqual(["TS2339"]);
    expect(await faults('import untyped from "untyped"; untyped.anything')).toEqual([]);
    expect(await faults('import { three } from "later"')).toEqual(["TS2307"]);
    fs.mkdirSync(path.join(folder, "node_modules/later"));
    fs.writeFileSync(
      path.join(folder, "node_modules/later/package.json"),
      '{ "name": "later", "types": "index.d.ts" }',
    );
    fs.writeFileSync(path.join(folder, "node_modules/later/index.d.ts"), "export declare const three: 3;");
    expect(await faults('import { three } from "later"; three.toFixed()')).toEqual([]);
  });

  it("find the packages named in the options where the folder has none", async () => {
    const home = temporaryFolder({
      "package.json": '{ "name": "course", "exports": { ".": { "types": "./main.d.ts" } } }',
      "main.d.ts": "export declare class Model { train(): void }",
    });
    const { faults, language } = session({ folder: temporaryFolder(), packages: { course: home } });
    expect(await faults('import { Model } from "course"; new Model().train(); new Model().x')).toEqual([
      "TS2339",
    ]);
    const { error } = await language.check("new Model()", { executionCount: 9 });
    expect(error?.traceback.at(-1)).toBe('  → Add this line to the cell: import { Model } from "course";');
  });

  it("bring Node's declarations when a package asks for them", async () => {
    const folder = temporaryFolder({
      "node_modules/streams/package.json": '{ "name": "streams", "types": "index.d.ts" }',
      "node_modules/streams/index.d.ts":
        '/// <reference types="node" />\nimport { Readable } from "stream";\nexport declare const source: Readable;',
    });
    const { faults } = session({ folder });
    expect(await faults('import { source } from "streams"; source.pause(); source.nothing')).toEqual([
      "TS2339",
    ]);
  });
});
