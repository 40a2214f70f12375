import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { assembleExportTemplate } from "../../src/labextension/export-template.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gradus-template-"));
  writeFileSync(join(folder, "plotly.js"), "// plotly </script> {{ 7 * 7 }}");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const assemble = (): string =>
  assembleExportTemplate({
    plotlyFile: join(folder, "plotly.js"),
    targetFolder: join(folder, "t", "gradus"),
  });
const written = (name: string): string => readFileSync(join(folder, "t", "gradus", name), "utf8");

describe("assembleExportTemplate", () => {
  test("packs plotly and every module that the page's modules ask for", () => {
    expect(assemble()).toBe("written");
    const page = written("gradus-figures.html.j2");
    const { imports } = JSON.parse(/<script type="importmap">(.*)<\/script>/.exec(page)![1]) as { imports: Record<string, string> }; // prettier-ignore
    const sources = Object.values(imports).map((address) =>
      Buffer.from(address.split(",")[1], "base64").toString(),
    );
    const asked = sources.flatMap((source) =>
      [...source.matchAll(/from "([^"]+)"/g)].map(([, name]) => name),
    );
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((name) => !Object.hasOwn(imports, name))).toEqual([]);
    expect(imports).toHaveProperty(["gradus/page.js"]);
    const packed = /id="gradus-plotly">([^<]*)</.exec(page)![1];
    expect(gunzipSync(Buffer.from(packed, "base64")).toString()).toBe("// plotly </script> {{ 7 * 7 }}");
    // Jinja must read none of it.
    expect(page.trim().startsWith("{% raw %}") && page.trim().endsWith("{% endraw %}")).toBe(true);
    expect(page.match(/\{%|\{\{/g)).toHaveLength(2);
  });

  test("does nothing the second time, follows a new plotly, and leaves nothing else behind", () => {
    assemble();
    expect(assemble()).toBe("up to date");
    writeFileSync(join(folder, "plotly.js"), "// newer");
    expect(assemble()).toBe("written");
    expect(readdirSync(join(folder, "t"))).toEqual(["gradus"]);
  });

  test("says what is missing, and keeps a folder that it did not write", () => {
    rmSync(join(folder, "plotly.js"));
    expect(assemble).toThrow("there is no plotly at");
    writeFileSync(join(folder, "plotly.js"), "x");
    mkdirSync(join(folder, "t", "gradus"), { recursive: true });
    writeFileSync(join(folder, "t", "gradus", "mine.txt"), "mine");
    expect(assemble).toThrow("holds other files and would be replaced");
    expect(written("mine.txt")).toBe("mine");
  });
});
