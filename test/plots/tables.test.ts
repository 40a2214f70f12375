import { describe, expect, test } from "vitest";
import { plot } from "../../src/plots/index.js";

const alt = "what is seen";
type Trace = Record<string, unknown>;

describe("plot.heatmap", () => {
  const figure = plot.heatmap([[0, 1.005], [-2, 3]], { alt, xNames: ["a", "b"], yNames: ["c", "d"] }); // prettier-ignore
  const [cells, texts] = figure.data as Trace[];

  test("puts row 0 at the top and writes each value into its own cell", () => {
    expect(cells["z"]).toEqual([[0, 1.005], [-2, 3]]); // prettier-ignore
    expect(figure.layout["yaxis"]).toMatchObject({ autorange: "reversed" });
    expect([texts["x"], texts["y"], texts["text"]]).toEqual([
      ["a", "b", "a", "b"],
      ["c", "c", "d", "d"],
      ["0", expect.stringMatching(/^1\.0/), "\u22122", "3"],
    ]);
  });

  test("writes light text on dark cells and dark text on light cells", () => {
    const { color } = texts["textfont"] as { color: string[] };
    expect([color[2], color[3]]).toEqual(["#ffffff", "#000000"]);
  });

  test("leaves the values out where they would not fit", () => {
    const wide = plot.heatmap([Array.from({ length: 40 }, (_, i) => i)], { alt });
    expect(wide.data).toHaveLength(1);
  });

  test("a table of equal values has a colour scale all the same", () => {
    const { zmin, zmax } = plot.heatmap([[5, 5]], { alt }).data[0] as { zmin: number; zmax: number };
    expect(zmax).toBeGreaterThan(zmin);
  });

  test("refuses ragged, empty and non-finite tables, and names that do not fit", () => {
    expect(() => plot.heatmap([[1], [1, 2]], { alt })).toThrow("row 1 has 2 values but row 0 has 1");
    expect(() => plot.heatmap([], { alt })).toThrow("values is empty");
    expect(() => plot.heatmap([[1, NaN]], { alt })).toThrow("values[0][1] is NaN");
    expect(() => plot.heatmap([[1, 2]], { alt, xNames: ["a"] })).toThrow(
      "xNames has 1 names, but the table has 2",
    );
  });
});

describe("plot.image", () => {
  const cross = [[0, 1, 0, 0], [1, 1, 1, 0]]; // prettier-ignore
  const figure = plot.image(cross, { alt, boxes: [{ row: 0, column: 2, rows: 1, columns: 2 }] });

  test("row 0 is at the top, 0 black, 1 white, pixels are square", () => {
    const [pixels] = figure.data as Trace[];
    expect(pixels).toMatchObject({ z: cross, zmin: 0, zmax: 1, showscale: false });
    expect(pixels["colorscale"]).toEqual([[0, "#000000"], [1, "#ffffff"]]); // prettier-ignore
    const { range, scaleanchor } = figure.layout["yaxis"] as { range: number[]; scaleanchor: string };
    expect([range, scaleanchor]).toEqual([[1.5, -0.5], "x"]);
  });

  test("a box goes around its pixels, and one outside the picture is refused", () => {
    const [rim, box] = figure.layout["shapes"] as Trace[];
    expect(rim).toMatchObject({ x0: -0.5, x1: 3.5, y0: -0.5, y1: 1.5 });
    expect(box).toMatchObject({ x0: 1.5, x1: 3.5, y0: -0.5, y1: 0.5 });
    for (const bad of [
      { row: 0, column: 3, rows: 1, columns: 2 },
      { row: 0.5, column: 0, rows: 1, columns: 1 },
      { row: 0, column: 0, rows: 0, columns: 1 },
    ])
      // prettier-ignore
      expect(() => plot.image(cross, { alt, boxes: [bad] })).toThrow("inside the picture [2, 4]");
  });

  test("refuses what is no picture", () => {
    expect(() => plot.image([[1], [1, 2]], { alt })).toThrow("row 1 has 2 values but row 0 has 1");
    expect(() => plot.image([[1]], { alt, valueRange: [1, 1] })).toThrow("two finite numbers in order");
    const wide = Array.from({ length: 129 }, () => new Array<number>(129).fill(0));
    expect(() => plot.image(wide, { alt })).toThrow("129 by 129 are more than 16384 pixels");
  });
});

describe("plot.confusionMatrix", () => {
  const actual = ["cat", "cat", "dog", "dog", "dog"];
  const predicted = ["cat", "dog", "dog", "dog", "cat"];

  test("counts actual classes down and predicted classes across", () => {
    const [cells] = plot.confusionMatrix({ actual, predicted }).data as Trace[];
    expect(cells["text"]).toEqual([[1, 1], [1, 2]]); // prettier-ignore
    expect(cells["z"]).toEqual([[0.5, 0.5], [0.3333, 0.6667]]); // prettier-ignore
    expect(cells["y"]).toEqual(["cat", "dog"]);
  });

  test("describes itself truthfully when no alt is given", () => {
    expect(plot.confusionMatrix({ actual, predicted }).alt).toBe(
      "Confusion matrix of 2 classes: 3 of 5 samples on the diagonal; mistakes: 1 of cat taken for dog, 1 of dog taken for cat.",
    );
    expect(plot.confusionMatrix([[3, 0], [0, 4]]).alt).toContain("7 of 7 samples on the diagonal; no mistakes"); // prettier-ignore
    expect(plot.confusionMatrix([[1]], { alt: "mine" }).alt).toBe("mine");
  });

  test("takes numbers for positions among the class names", () => {
    const figure = plot.confusionMatrix(
      { actual: ["b", "a"], predicted: [1, 1] },
      { classNames: ["a", "b"] },
    );
    expect((figure.data as Trace[])[0]["text"]).toEqual([[0, 1], [0, 1]]); // prettier-ignore
  });

  test("orders number labels as numbers", () => {
    const labels = [10, 9, 2];
    expect((plot.confusionMatrix({ actual: labels, predicted: labels }).data as Trace[])[0]["x"]).toEqual([
      "2",
      "9",
      "10",
    ]);
  });

  test("refuses what is no count", () => {
    expect(() => plot.confusionMatrix([[1, 2]])).toThrow("must be square");
    expect(() => plot.confusionMatrix([[0.5]])).toThrow("counts[0][0] is 0.5");
    expect(() => plot.confusionMatrix({ actual, predicted: ["cat"] })).toThrow(
      "5 actual labels but 1 predicted",
    );
    expect(() => plot.confusionMatrix({ actual, predicted }, { classNames: ["cat", "cow"] })).toThrow(
      'sample 1 has the label "dog"',
    );
    expect(() => plot.confusionMatrix({ actual: [], predicted: [] })).toThrow("are empty");
  });
});

describe("plot.history", () => {
  const source = {
    epoch: [0, 1, 2],
    history: { loss: [3, 2, 1], accuracy: [0.1, 0.5, 0.9], val_loss: [3, 3, 2], val_accuracy: [0, 0, 0.5] },
  };

  test("draws training solid and validation dashed in one colour a quantity, metrics on an axis of their own", () => {
    const drawn = plot.history(source).data as {
      name: string;
      yaxis?: string;
      line: { dash: string; color: string };
    }[];
    expect(drawn.map((t) => [t.name, t.line.dash, t.yaxis])).toEqual([
      ["loss", "solid", undefined],
      ["val_loss", "dash", undefined],
      ["accuracy", "solid", "y2"],
      ["val_accuracy", "dash", "y2"],
    ]);
    expect(drawn[0].line.color).toBe(drawn[1].line.color);
    expect(drawn[0].line.color).not.toBe(drawn[2].line.color);
  });

  test("counts epochs from 1", () => {
    expect((plot.history(source).data as Trace[])[0]["x"]).toEqual([1, 2, 3]);
  });

  test("describes itself truthfully", () => {
    expect(plot.history({ epoch: [0, 1], history: { loss: [2, 1], accuracy: [0.5, 0.5] } }).alt).toBe(
      "Training history over 2 epochs: loss falls from 2 to 1; accuracy stays near 0.5.",
    );
  });

  test("a loss that diverges is drawn up to there, and the figure says so", () => {
    const figure = plot.history({ epoch: [0, 1, 2], history: { loss: [1, 9, Infinity] } });
    expect((figure.data as Trace[])[0]["y"]).toEqual([1, 9]);
    expect(figure.alt).toContain("loss is not finite from epoch 3 on");
    expect(JSON.stringify(figure.layout["title"])).toContain("not finite from epoch 3");
  });

  test("refuses an empty, a ragged and a promised history", () => {
    expect(() => plot.history({ epoch: [], history: { loss: [] } })).toThrow("there is no epoch yet");
    expect(() => plot.history({ epoch: [0], history: { loss: [1, 2] } })).toThrow(
      '"loss" has 2 values for 1 epochs',
    );
    expect(() => plot.history(Promise.resolve(source) as never)).toThrow("await model.fit");
  });
});
