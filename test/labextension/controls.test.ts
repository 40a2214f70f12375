import { describe, expect, test } from "vitest";
import { type Figure, plot } from "../../src/plots/index.js";
import { type FakeElement, FakePage, FakePlotly, fakeWidgetClass } from "./fake-page.js";

const MIME = "application/vnd.plotly.v1+json";
const source = new URL("../../src/labextension/browser/extension.js", import.meta.url).href;

interface Renderer {
  readonly node: FakeElement;
  renderModel(model: { data: Record<string, unknown> }): Promise<void>;
  dispose(): void;
}

async function setUp(figure: Figure | object, { calm = false } = {}) {
  const page = new FakePage();
  page.reducedMotion = calm;
  const plotly = new FakePlotly();
  const { createExtension } = (await import(source)) as {
    createExtension(parts: object): { rendererFactory: { createRenderer(options: object): Renderer } };
  };
  const { rendererFactory } = createExtension({
    Widget: fakeWidgetClass(page),
    loadPlotly: async () => plotly,
  });
  const renderer = rendererFactory.createRenderer({ mimeType: MIME });
  page.body.appendChild(renderer.node);
  await renderer.renderModel({ data: { [MIME]: JSON.parse(JSON.stringify(figure)) } });
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  const inputs = renderer.node.all("input");
  const buttons = renderer.node.all("button");
  return {
    page,
    plotly,
    renderer,
    inputs,
    buttons,
    settled,
    async slide(k: number, position: number) {
      inputs[k].value = String(position);
      inputs[k].oninput!();
      await settled();
    },
    async press(label: string) {
      buttons.find((button) => (button.attributes["aria-label"] ?? button.textContent) === label)!.onclick!();
      await settled();
    },
    async tick() {
      for (const act of [...page.ticks]) act();
      await settled();
    },
    /** The heights of the line as it was drawn last. */
    drawn: () => plotly.drawn.at(-1)!.data[0]["y"],
  };
}

const moving = plot.slider(
  { name: "k", values: [1, 2, 5], start: 2 },
  (k) => plot.line([0, k], { alt: `it rises by ${k}`, title: "A line" }),
  { alt: "A line with a slider.", play: true },
);

describe("controls of a figure", () => {
  test("are the page's own: a named range input with its value in words, buttons with names", async () => {
    const { renderer, inputs, buttons } = await setUp(moving);
    const group = renderer.node.querySelectorAll(".gradus-figure-controls")[0];
    expect(group.attributes).toEqual({ role: "group", "aria-label": "Controls of the figure A line" });
    expect(inputs.map(({ attributes, value }) => [attributes["aria-label"], attributes["aria-valuetext"], value])).toEqual([["k", "k 2", "1"]]); // prettier-ignore
    expect(buttons.map((button) => button.attributes["aria-label"] ?? button.textContent)).toEqual(["Play", "One step back", "One step on"]); // prettier-ignore
  });

  test("keep their keys from JupyterLab, which looks for this attribute at the element that has the focus", async () => {
    const { inputs, buttons } = await setUp(moving);
    for (const { attributes } of [...inputs, ...buttons]) {
      expect(attributes["data-lm-suppress-shortcuts"]).toBe("true");
    }
  });

  test("draw the state that the slider names, and say it", async () => {
    const { slide, drawn, plotly, renderer, inputs } = await setUp(moving);
    expect(drawn()).toEqual([0, 2]);
    await slide(0, 2);
    expect(drawn()).toEqual([0, 5]);
    expect(inputs[0].attributes["aria-valuetext"]).toBe("k 5");
    const status = renderer.node.querySelectorAll(".gradus-figure-status")[0];
    expect([status.attributes["aria-live"], status.textContent]).toEqual(["polite", "it rises by 5"]);
    const picture = plotly.drawn.at(-1)!.canvas.querySelectorAll(".main-svg")[0];
    expect(picture.attributes["aria-label"]).toBe("A line with a slider. it rises by 5");
  });

  test("take plotly's own slider and its room away", async () => {
    const { plotly } = await setUp(moving);
    const { layout } = plotly.drawn[0];
    expect("sliders" in layout || "updatemenus" in layout).toBe(false);
    expect(layout["height"]).toBe(420);
  });

  test("play to the end and stop there; the next press begins anew", async () => {
    const { press, tick, drawn, page, buttons, renderer } = await setUp(moving);
    await press("Play");
    expect([page.ticks.size, buttons[0].textContent]).toEqual([1, "Stop"]);
    await tick();
    expect(drawn()).toEqual([0, 5]);
    // Whoever listens hears nothing while it plays.
    expect(renderer.node.querySelectorAll(".gradus-figure-status")[0].textContent).toBe("");
    await tick();
    expect([page.ticks.size, buttons[0].textContent]).toEqual([0, "Play"]);
    await press("Play");
    expect([drawn(), page.ticks.size]).toEqual([[0, 1], 1]);
  });

  test("a hand on the slider, a step button or the end of the output stops the playing", async () => {
    for (const act of ["slide", "step", "dispose"] as const) {
      const set = await setUp(moving);
      await set.press("Play");
      expect(set.page.ticks.size).toBe(1);
      if (act === "slide") await set.slide(0, 0);
      else if (act === "step") await set.press("One step on");
      else set.renderer.dispose();
      expect(set.page.ticks.size, act).toBe(0);
    }
  });

  test("one step back from the first is the last", async () => {
    const { press, drawn } = await setUp(moving);
    await press("One step back");
    expect(drawn()).toEqual([0, 1]);
    await press("One step back");
    expect(drawn()).toEqual([0, 5]);
  });

  test("a page that wants no motion gets steps and no play button", async () => {
    const { buttons } = await setUp(moving, { calm: true });
    expect(buttons.map((button) => button.attributes["aria-label"])).toEqual([
      "One step back",
      "One step on",
    ]);
  });

  test("a slider moved before there is room on the page is drawn when there is", async () => {
    const set = await setUp(moving);
    set.renderer.node.clientWidth = 0;
    await set.slide(0, 0);
    set.renderer.node.clientWidth = 500;
    set.page.notify();
    await set.settled();
    expect(set.drawn()).toEqual([0, 1]);
  });

  test("keep their place when the theme changes", async () => {
    const { slide, page, drawn, plotly, settled } = await setUp(moving);
    await slide(0, 2);
    page.variables["--jp-ui-font-color1"] = "rgb(9, 9, 9)";
    page.notify();
    await settled();
    expect(plotly.drawn).toHaveLength(3);
    expect(drawn()).toEqual([0, 5]);
  });

  test("three sliders follow rules without a single stored state", async () => {
    const gate = plot.gateSliders({ x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [0, 0, 0, 1] }, { weights: [0.5, 0.5], bias: 0 }); // prettier-ignore
    expect(gate.frames).toHaveLength(0);
    const { inputs, slide, plotly, renderer } = await setUp(gate);
    expect(inputs.map(({ attributes }) => attributes["aria-label"])).toEqual(["w1", "w2", "b"]);
    const table = (): unknown => plotly.drawn.at(-1)!.data[1]["text"];
    expect(table()).toEqual(["0", "1", "1", "1"]);
    // -0.7 is the 14th of -2, -1.9, ...
    await slide(2, 13);
    expect(table()).toEqual(["0", "0", "0", "1"]);
    expect(renderer.node.querySelectorAll(".gradus-figure-status")[0].textContent).toBe(
      "All 4 rows are right.",
    );
  });

  test("a foreign figure keeps plotly's own sliders and gets its frames", async () => {
    const { plotly, inputs } = await setUp({
      data: [{ type: "scatter", y: [1] }],
      layout: { sliders: [{ steps: [] }] },
      frames: [{ name: "a", data: [] }],
    });
    expect(inputs).toHaveLength(0);
    expect("sliders" in plotly.drawn[0].layout).toBe(true);
    expect(plotly.framed).toEqual([[{ name: "a", data: [] }]]);
  });

  test("a description that does not fit its frames is left alone", async () => {
    const broken = JSON.parse(JSON.stringify(moving)) as { frames: unknown[] };
    broken.frames.pop();
    const { inputs, plotly } = await setUp(broken);
    expect([inputs.length, plotly.drawn.length]).toEqual([0, 1]);
  });
});

describe("the data table of a figure", () => {
  test("is a real table with header cells, closed until it is opened; text stays text", async () => {
    const evil = plot.bar(
      { names: ["<img src=x onerror=alert(1)>", "b"], values: [1, 2] },
      { alt: "x", table: true },
    );
    const { renderer } = await setUp(evil);
    const [details] = renderer.node.all("details");
    expect(details.all("summary")[0].textContent).toBe("Data table");
    expect(details.all("th").map(({ attributes, textContent }) => [attributes["scope"], textContent])).toEqual([["col", "name"], ["col", "value"]]); // prettier-ignore
    expect(details.all("td").map(({ textContent }) => textContent)).toEqual(["<img src=x onerror=alert(1)>", "1", "b", "2"]); // prettier-ignore
    expect(details.all("img")).toHaveLength(0);
  });

  test("of more than 200 rows says how many there are", async () => {
    const long = plot.line(Array.from({ length: 250 }, (_, i) => i), { alt: "x", table: true }); // prettier-ignore
    const { renderer } = await setUp(long);
    expect(renderer.node.all("tr")).toHaveLength(201);
    expect(renderer.node.all("p").at(-1)!.textContent).toBe("The first 200 of 250 rows.");
  });
});

describe("memory", () => {
  test("as many figures are freed as were drawn, moving ones too", async () => {
    const { page, plotly, renderer, slide } = await setUp(moving);
    await slide(0, 0);
    renderer.dispose();
    expect(plotly.purged).toEqual([plotly.drawn[0].canvas]);
    expect([page.observers.size, page.ticks.size]).toEqual([0, 0]);
  });
});
