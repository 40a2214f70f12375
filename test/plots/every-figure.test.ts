import { describe, expect, test } from "vitest";
import { toMimeBundle } from "../../src/display/index.js";
import { type Figure, plot, plotlyMimeType } from "../../src/plots/index.js";
import { contrast, grey, heatStops, seriesColors, seriesSymbols } from "../../src/plots/palette.js";
import { gallery } from "./gallery.js";

const figures = gallery();
const every = Object.entries(figures);
const withTable = every.filter(([, figure]) => figure.table !== undefined);

/** All values under a key that matches, at any depth. */
function collect(value: unknown, key: RegExp): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => collect(item, key));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => [
    ...(key.test(name) ? [item] : []),
    ...collect(item, key),
  ]);
}

describe("every kind of figure", () => {
  test("is in the gallery of these tests", () => {
    expect(Object.keys(figures).sort()).toEqual(Object.keys(plot).sort());
  });

  test.each(every)("%s has a text alternative and survives JSON", (_name, figure) => {
    const bundle = toMimeBundle(figure);
    const json = JSON.parse(JSON.stringify(bundle[plotlyMimeType])) as { layout: { meta: { alt: string } } };
    expect(json.layout.meta.alt).toBe(figure.alt);
    expect(figure.alt.length).toBeGreaterThan(3);
    expect(JSON.stringify(bundle)).not.toMatch(/NaN|undefined|Infinity/);
    // What JSON.stringify drops or turns into null was no number to begin with.
    expect(json).toEqual(bundle[plotlyMimeType]);
  });

  test.each(every)("%s takes under 30 KB", (_name, figure) => {
    expect(JSON.stringify(figure).length).toBeLessThan(30_000);
  });

  test.each(every)("%s takes its colours from the palette or from the theme", (_name, figure) => {
    const known = new Set<unknown>([
      ...[
        ...seriesColors,
        ...heatStops.map(([, color]) => color),
        grey,
        "ink",
        "paper",
        "#ffffff",
        "#000000",
        "rgba(0,0,0,0)",
      ],
    ]);
    const channels = new Set(
      [...seriesColors, grey].map((color) =>
        [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)).join(),
      ),
    );
    const isKnown = (color: unknown): boolean => {
      const parts = typeof color === "string" ? /^rgba\((\d+,\d+,\d+),[\d.]+\)$/.exec(color) : null;
      return known.has(color) || (parts !== null && channels.has(parts[1]));
    };
    const used = collect(figure.toJSON(), /color$/).flat();
    expect(used.filter((color) => typeof color !== "object" && !isKnown(color))).toEqual([]);
  });

  test.each(every)("%s writes no text in a colour that one of the themes cannot show", (_name, figure) => {
    for (const trace of figure.data) {
      const font = (trace["textfont"] as { color?: string | string[] } | undefined)?.color;
      for (const color of [font ?? "ink"].flat()) {
        if (color === "ink") continue;
        // Black or white text stands on marks or cells of its own figure; there the marks' colour decides.
        const fills = [trace["marker"], ...figure.data.filter(({ type }) => type === "heatmap")].flatMap(
          (each) => collect(each, /^color$|^colorscale$/).flat(2),
        );
        const opaque = fills.filter(
          (fill): fill is string => typeof fill === "string" && /^#[0-9a-f]{6}$/i.test(fill),
        );
        expect(opaque.length, `text in ${color} stands on nothing`).toBeGreaterThan(0);
        expect(Math.max(...opaque.map((fill) => contrast(color, fill)))).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  test.each(every)("%s never tells two series apart by colour alone", (_name, figure) => {
    const looks = figure.data
      .filter(({ showlegend }) => showlegend === true)
      .map((trace) => {
        const marker = trace["marker"] as { symbol?: string; pattern?: unknown } | undefined;
        const line = trace["line"] as { dash?: string; width?: number } | undefined;
        // A trace without marks is a line, one without a line is marks.
        return JSON.stringify([trace["type"], trace["mode"], marker?.symbol, marker?.pattern, line?.dash]);
      });
    expect(new Set(looks).size).toBe(looks.length);
  });

  test.each(withTable)("%s has a table whose rows fit its header, in the HTML too", (_name, figure) => {
    const { columns, rows } = figure.table!;
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toHaveLength(columns.length);
    const html = String(toMimeBundle(figure)["text/html"]);
    expect(html.match(/<th scope="col">/g)).toHaveLength(columns.length);
    expect(html.match(/<td>/g)).toHaveLength(columns.length * rows.length);
  });

  test("a figure carries its table only when it is asked for", () => {
    expect(withTable.length).toBeGreaterThan(12);
    const bare = plot.bar({ names: ["a"], values: [1] }, { alt: "one bar" });
    expect(bare.table).toBeUndefined();
    expect(String(toMimeBundle(bare)["text/html"])).not.toContain("<table");
  });

  test("shapes are taken from one list", () => {
    const used = every.flatMap(([, figure]: [string, Figure]) => collect(figure.data, /^symbol$/).flat());
    const known = [...seriesSymbols, ...seriesSymbols.map((symbol) => `${symbol}-open`), "cross-thin"];
    expect(used.filter((symbol) => !known.includes(symbol as string))).toEqual([]);
  });
});
