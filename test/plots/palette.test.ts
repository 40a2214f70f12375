import { describe, expect, test } from "vitest";
import {
  contrast,
  grey,
  heatColor,
  heatStops,
  nth,
  seriesColors,
  seriesDashes,
  seriesPatterns,
  seriesSymbols,
  textOn,
} from "../../src/plots/palette.js";

type Triple = [number, number, number];

/**
 * Linear-light RGB as seen with complete deuteranopia, protanopia and tritanopia: G. M. Machado, M. M. Oliveira,
 * L. A. F. Fernandes, "A physiologically-based model for simulation of color vision deficiency", 2009, severity 1.0.
 */
const vision: Record<string, [Triple, Triple, Triple]> = {
  "normal vision": [[1, 0, 0], [0, 1, 0], [0, 0, 1]], // prettier-ignore
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]], // prettier-ignore
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]], // prettier-ignore
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]], // prettier-ignore
};

describe("palette", () => {
  test("black on white has the contrast 21 that WCAG gives", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 10);
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  });

  test.each([...seriesColors, grey])("%s keeps 3:1 on white and on #111", (color) => {
    expect(contrast(color, "#ffffff")).toBeGreaterThanOrEqual(3);
    expect(contrast(color, "#111111")).toBeGreaterThanOrEqual(3);
  });

  test.each(Object.keys(vision))("all colours differ by more than 15 in CIE Lab with %s", (name) => {
    const seen = seriesColors.map((color) => lab(simulate(color, vision[name])));
    for (let i = 0; i < seen.length; i += 1) {
      for (let j = 0; j < i; j += 1)
        expect(Math.hypot(...seen[i].map((v, k) => v - seen[j][k]))).toBeGreaterThan(15);
    }
  });

  test("shapes, dashes and hatchings are distinct, so that neighbours never rely on colour", () => {
    for (const list of [seriesColors, seriesSymbols, seriesDashes, seriesPatterns]) {
      expect(new Set(list).size).toBe(list.length);
    }
    const marks = Array.from({ length: 56 }, (_, i) => nth(seriesColors, i) + nth(seriesSymbols, i));
    expect(new Set(marks).size).toBe(56);
  });

  test("text on every colour of the heat scale keeps 4.5:1", () => {
    for (let i = 0; i <= 200; i += 1) {
      const cell = heatColor(i / 200);
      expect(contrast(textOn(cell), cell), cell).toBeGreaterThanOrEqual(4.5);
    }
  });

  test("the heat scale grows steadily lighter, so that it also reads in grey", () => {
    const steps = Array.from({ length: 41 }, (_, i) => contrast(heatColor(i / 40), "#000000"));
    for (let i = 1; i < steps.length; i += 1) expect(steps[i]).toBeGreaterThan(steps[i - 1]);
    expect(heatColor(0.25)).toBe(heatStops[1][1].toLowerCase());
  });
});

function simulate(color: string, matrix: [Triple, Triple, Triple]): number[] {
  const linear = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return matrix.map((row) =>
    Math.min(1, Math.max(0, row[0] * linear[0] + row[1] * linear[1] + row[2] * linear[2])),
  );
}

/** CIE 1976 L*a*b* with the D65 white point. */
function lab([r, g, b]: number[]): number[] {
  const f = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : (841 / 108) * t + 4 / 29);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
