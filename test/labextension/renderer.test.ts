import { describe, expect, test } from "vitest";
import { plot } from "../../src/plots/index.js";
import { type FakeElement, FakePage, FakePlotly, fakeWidgetClass } from "./fake-page.js";

const MIME = "application/vnd.plotly.v1+json";
const source = new URL("../../src/labextension/browser/extension.js", import.meta.url).href;

interface Renderer {
  readonly node: FakeElement;
  renderModel(model: { data: Record<string, unknown> }): Promise<void>;
  dispose(): void;
}
interface Extension {
  readonly rendererFactory: {
    readonly safe: boolean;
    readonly mimeTypes: string[];
    createRenderer(options: { mimeType: string }): Renderer;
  };
}

const figure = plot.scatter(
  { x: [1, 2], y: [3, 4], labels: ["a", "b"] },
  { alt: "two points", title: "Pair" },
);

async function setUp(load?: () => Promise<unknown>) {
  const page = new FakePage();
  const plotly = new FakePlotly();
  const { createExtension } = (await import(source)) as { createExtension(parts: object): Extension };
  const extension = createExtension({
    Widget: fakeWidgetClass(page),
    loadPlotly: load ?? (async () => plotly),
  });
  const renderer = extension.rendererFactory.createRenderer({ mimeType: MIME });
  const show = async (json: unknown): Promise<void> => {
    // Through JSON, as from a notebook.
    await renderer.renderModel({ data: { [MIME]: JSON.parse(JSON.stringify(json)) } });
  };
  page.body.appendChild(renderer.node);
  return { page, plotly, extension, renderer, show };
}

const path = (value: unknown, ...keys: (string | number)[]): unknown =>
  keys.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);

describe("the renderer of figures", () => {
  test("is a safe renderer of plotly's media type, so that it also draws in untrusted notebooks", async () => {
    const { extension } = await setUp();
    expect(extension.rendererFactory).toMatchObject({ safe: true, mimeTypes: [MIME] });
  });

  test("draws as wide as the cell, never wider than the figure asks, at the height of the figure", async () => {
    const { plotly, renderer, show } = await setUp();
    await show(figure);
    const [{ layout, canvas }] = plotly.drawn;
    expect(layout).toMatchObject({ autosize: true, height: 420 });
    expect("width" in layout).toBe(false);
    expect([renderer.node.style["maxWidth"], canvas.style["height"]]).toEqual(["720px", "420px"]);
  });

  test("fills in the theme's colours and follows when the theme changes, but not when nothing changed", async () => {
    const { page, plotly, show } = await setUp();
    page.variables["--jp-ui-font-color1"] = "rgb(1, 2, 3)";
    page.variables["--jp-layout-color0"] = "rgb(250, 250, 250)";
    await show(figure);
    page.notify();
    expect(plotly.drawn).toHaveLength(1);
    page.variables["--jp-ui-font-color1"] = "rgb(240, 240, 240)";
    page.variables["--jp-layout-color0"] = "rgb(17, 17, 17)";
    page.notify();
    expect(plotly.drawn.map(({ layout }) => path(layout, "font", "color"))).toEqual([
      "rgb(1, 2, 3)",
      "rgb(240, 240, 240)",
    ]);
    expect(plotly.drawn.map(({ data }) => path(data, 0, "marker", "line", "color"))).toEqual([
      "rgb(250, 250, 250)",
      "rgb(17, 17, 17)",
    ]);
  });

  test("a theme without variables still gives readable colours, light and dark", async () => {
    const { page, plotly, show } = await setUp();
    await show(figure);
    page.body.setAttribute("data-jp-theme-light", "false");
    page.notify();
    expect(plotly.drawn.map(({ layout }) => path(layout, "font", "color"))).toEqual(["#212121", "#ffffff"]);
  });

  test("leaves a figure with a background or template of its own as it is", async () => {
    const { plotly, show } = await setUp();
    await show({ data: [{ type: "bar", y: [1] }], layout: { paper_bgcolor: "#eeeeee" } });
    await show({ data: [{ type: "bar", y: [1] }], layout: { template: { layout: {} } } });
    for (const { layout } of plotly.drawn) expect("font" in layout).toBe(false);
  });

  test("names the picture for screen readers and keeps the buttons beside it reachable", async () => {
    const { plotly, show } = await setUp();
    await show(figure);
    const [{ canvas }] = plotly.drawn;
    const [first, second] = canvas.querySelectorAll(".main-svg");
    expect(first.attributes).toEqual({ role: "img", "aria-label": "two points" });
    expect(second.attributes).toEqual({ "aria-hidden": "true" });
    expect(canvas.attributes).toMatchObject({ role: "group", "aria-label": "Pair" });
  });

  test("waits for room on the page, then draws once, then resizes", async () => {
    const { page, plotly, renderer, show } = await setUp();
    renderer.node.clientWidth = 0;
    await show(figure);
    expect(plotly.drawn).toHaveLength(0);
    renderer.node.clientWidth = 500;
    page.notify();
    page.notify();
    renderer.node.clientWidth = 400;
    page.notify();
    await Promise.resolve();
    expect([plotly.drawn.length, plotly.resized]).toEqual([1, 1]);
  });

  test("frees the plot and stops watching the page when the output goes", async () => {
    const { page, plotly, renderer, show } = await setUp();
    await show(figure);
    expect(page.observers.size).toBeGreaterThan(0);
    renderer.dispose();
    renderer.dispose();
    expect(plotly.purged).toEqual([plotly.drawn[0].canvas]);
    expect(page.observers.size).toBe(0);
  });

  test("does not draw when the output went while plotly was loading", async () => {
    let arrive = (_: unknown): void => {};
    const { plotly, renderer, show } = await setUp(() => new Promise((resolve) => (arrive = resolve)));
    const shown = show(figure);
    renderer.dispose();
    arrive(plotly);
    await shown;
    expect(plotly.drawn).toHaveLength(0);
  });

  test("shows title, text alternative and reason when plotly cannot be loaded", async () => {
    const { renderer, show } = await setUp(() => Promise.reject(new Error("no file")));
    await show(figure);
    expect(renderer.node.textContent).toBe("Pair\ntwo points\n(Figure not drawn: no file)");
  });

  test("draws a second model in the same place, after a failure too", async () => {
    const { plotly, renderer, show } = await setUp();
    await show({ nonsense: true });
    expect(renderer.node.textContent).toContain("the output holds no list of traces");
    await show(figure);
    expect(plotly.drawn).toHaveLength(1);
    expect(renderer.node.textContent).not.toContain("not drawn");
  });

  test("drops links and pictures from elsewhere, and refuses maps", async () => {
    const { plotly, renderer, show } = await setUp();
    await show({
      data: [{ type: "scatter", y: [1], text: ['<a href="https://example.org">go</a> <b>on</b>', "1 < 2"] }],
      layout: {
        images: [{ source: "https://example.org/p.png" }, { source: "data:image/png;base64,AA" }],
        title: { text: "<A HREF='x'>t" },
      },
    });
    const [{ data, layout }] = plotly.drawn;
    expect(data[0]["text"]).toEqual(["go <b>on</b>", "1 < 2"]);
    expect(path(layout, "images")).toEqual([{ source: "" }, { source: "data:image/png;base64,AA" }]);
    expect(path(layout, "title", "text")).toBe("t");
    await show({ data: [{ type: "choroplethmap" }], layout: { meta: { alt: "a map" } } });
    expect(renderer.node.textContent).toMatch(/^a map\n\(Figure not drawn: maps \(choroplethmap\)/);
  });

  test("asks plotly for no logo, no upload and no server", async () => {
    const { plotly, show } = await setUp();
    await show(figure);
    const { config } = plotly.drawn[0];
    expect(config).toMatchObject({
      displaylogo: false,
      showSendToCloud: false,
      plotlyServerURL: "",
      topojsonURL: "",
    });
    expect(config["modeBarButtonsToRemove"]).toEqual(
      expect.arrayContaining(["sendDataToCloud", "editInChartStudio"]),
    );
  });

  test("downloads in dark text on white, whatever the theme", async () => {
    const { page, plotly, show } = await setUp();
    page.variables["--jp-ui-font-color1"] = "rgb(255, 255, 255)";
    await show(figure);
    const [button] = plotly.drawn[0].config["modeBarButtonsToAdd"] as { click(): void }[];
    button.click();
    const [{ layout }] = plotly.downloaded;
    expect([path(layout, "paper_bgcolor"), path(layout, "font", "color"), path(layout, "width")]).toEqual([
      "#ffffff",
      "#212121",
      640,
    ]);
  });

  test("a page that wants no motion gets no transition", async () => {
    const { page, plotly, show } = await setUp();
    const moving = { data: [{ type: "bar", y: [1] }], layout: { transition: { duration: 500 } } };
    await show(moving);
    page.reducedMotion = true;
    await show(moving);
    expect(plotly.drawn.map(({ layout }) => "transition" in layout)).toEqual([true, false]);
  });
});
