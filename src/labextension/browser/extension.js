import { makeControls } from "./controls.js";
import { makeTable } from "./data-table.js";
import { safeFigure, textAlternative, titleText } from "./safe-figure.js";
import { figureAt, readControls, wordsAt } from "./states.js";
import { inTheme, printTheme, readTheme, watchTheme } from "./theme.js";

export const MIME_TYPE = "application/vnd.plotly.v1+json";

const DEFAULT_HEIGHT = 420;
const UNNEEDED_BUTTONS = [
  "toImage",
  "sendDataToCloud",
  "editInChartStudio",
  "select2d",
  "lasso2d",
  "zoomIn2d",
  "zoomOut2d",
  "autoScale2d",
  "toggleSpikelines",
  "hoverClosestCartesian",
  "hoverCompareCartesian",
];

const STYLE = `
.gradus-figure { font-family: var(--jp-ui-font-family, system-ui, sans-serif); position: relative; padding: 4px 0; box-sizing: border-box; overflow: hidden; }
.gradus-figure-canvas { width: 100%; }
.gradus-figure-failed { border-left: 3px solid var(--jp-warn-color1, #b26a00); padding: 4px 12px; }
.gradus-figure .modebar-container, .gradus-figure .modebar { transition: none !important; }
.gradus-figure:focus-within .modebar--hover { opacity: 1 !important; }
.gradus-figure .modebar-btn:focus-visible { outline: 2px solid var(--jp-brand-color1, #1976d2); outline-offset: 1px; }
.gradus-figure-controls { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 14px; padding: 6px 8px; }
.gradus-figure-controls, .gradus-figure-table { font: 13px/1.4 var(--jp-ui-font-family, sans-serif); color: var(--jp-ui-font-color1, inherit); }
.gradus-figure-controls button { min-width: 32px; min-height: 28px; padding: 2px 10px; font: inherit; color: inherit; background: transparent; border: 1px solid currentColor; border-radius: 4px; cursor: pointer; }
.gradus-figure-slider { display: flex; align-items: center; gap: 8px; flex: 1 1 220px; max-width: 460px; }
.gradus-figure-slider input { flex: 1 1 120px; min-width: 90px; min-height: 24px; accent-color: var(--jp-brand-color1, #1976d2); }
.gradus-figure-slider output { font-variant-numeric: tabular-nums; }
.gradus-figure-controls :focus-visible { outline: 2px solid var(--jp-brand-color1, #1976d2); outline-offset: 2px; }
.gradus-figure-status { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.gradus-figure-table { padding: 4px 8px; max-height: 320px; overflow: auto; }
.gradus-figure-table summary { cursor: pointer; }
.gradus-figure-table table { margin: 4px 0; border-collapse: collapse; }
.gradus-figure-table :is(th, td) { padding: 2px 10px; text-align: right; border-bottom: 1px solid var(--jp-border-color2, #bdbdbd); }
`;

/** The MIME renderer extension, as JupyterLab's IRenderMime.IExtension. */
export function createExtension({ Widget, loadPlotly }) {
  const FigureWidget = defineFigureWidget(Widget, loadPlotly);
  return {
    id: "gradus-figures:plotly",
    description: "Draws plotly figures with a local copy of plotly.js, in the colours of the theme.",
    rendererFactory: {
      safe: true,
      mimeTypes: [MIME_TYPE],
      createRenderer: (options) => new FigureWidget(options),
    },
    rank: 0,
    dataType: "json",
  };
}

function defineFigureWidget(Widget, loadPlotly) {
  return class FigureWidget extends Widget {
    #mimeType;
    #json;
    #plotly;
    #canvas;
    #drawnWidth = 0;
    #theme = "";
    #frame = 0;
    #stops = [];
    #figure;
    #controls;
    #positions = [];
    /** A slider stands elsewhere than in the picture. */
    #moved = false;
    #panel;
    #status;

    constructor(options = {}) {
      super();
      this.#mimeType = options.mimeType ?? MIME_TYPE;
      this.addClass("gradus-figure");
      addStyle(this.node.ownerDocument);
    }

    /** Draws the figure of the model; the promise ends when it stands, or when it waits for room on the page. */
    async renderModel(model) {
      this.#json = model.data[this.#mimeType];
      this.#panel?.stop();
      this.#controls = this.#figure = undefined;
      try {
        this.#figure = safeFigure(this.#json);
        this.#controls = readControls(this.#figure);
        this.#positions = this.#controls?.sliders.map(({ at }) => at) ?? [];
      } catch (error) {
        this.#showWords(error);
        return;
      }
      this.#reserveRoom();
      try {
        this.#plotly = await loadPlotly();
        if (this.isDisposed) return;
        this.#watch();
        await this.#draw();
      } catch (error) {
        if (!this.isDisposed) this.#showWords(error);
      }
    }

    dispose() {
      if (this.isDisposed) return;
      for (const stop of this.#stops) stop();
      this.#stops = [];
      this.#panel?.stop();
      this.#release();
      this.#json = this.#figure = undefined;
      super.dispose();
    }

    /** The place is as high as the figure will be, so that the page does not jump when it appears. */
    #reserveRoom() {
      const { layout } = this.#still();
      this.node.style.maxWidth = layout.width > 0 ? `${layout.width}px` : "";
      const document = this.node.ownerDocument;
      const fresh = this.#canvas === undefined;
      const canvas = this.#canvas ?? document.createElement("div");
      this.#canvas = canvas;
      this.node.textContent = "";
      this.node.classList.remove("gradus-figure-failed");
      this.node.appendChild(canvas);
      this.#addParts(document);
      canvas.style.height = `${layout.height > 0 ? layout.height : DEFAULT_HEIGHT}px`;
      if (!fresh) return;
      canvas.className = "gradus-figure-canvas";
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", this.#words());
    }

    /** Controls and table below the picture. */
    #addParts(document) {
      this.#panel = this.#status = undefined;
      if (this.#controls !== undefined) {
        this.#panel = makeControls(document, this.#controls, {
          title: titleText(this.#json),
          onChange: (positions, { playing }) => this.#moveTo(positions, playing),
        });
        this.#status = document.createElement("p");
        this.#status.className = "gradus-figure-status";
        this.#status.setAttribute("aria-live", "polite");
        this.node.appendChild(this.#panel.node);
        this.node.appendChild(this.#status);
      }
      const table = makeTable(document, this.#figure.layout.meta?.table);
      if (table !== undefined) this.node.appendChild(table);
    }

    #moveTo(positions, playing) {
      this.#positions = positions;
      // Whoever listens would hear nothing else while it plays.
      if (!playing && this.#status !== undefined)
        this.#status.textContent = wordsAt(this.#controls, positions);
      this.#moved = true;
      if (this.#drawnWidth > 0) this.#later();
    }

    /** The figure as it stands now, not yet in the colours of a theme. */
    #still() {
      return this.#controls === undefined
        ? this.#figure
        : figureAt(this.#figure, this.#controls, this.#positions);
    }

    #words() {
      const always = textAlternative(this.#json) || titleText(this.#json) || "Figure";
      const now = this.#controls === undefined ? "" : wordsAt(this.#controls, this.#positions);
      return now === "" ? always : `${always} ${now}`;
    }

    #watch() {
      if (this.#stops.length > 0) return;
      const window = this.node.ownerDocument.defaultView;
      const resizes = new window.ResizeObserver(() => this.#later());
      resizes.observe(this.node);
      this.#stops.push(
        () => resizes.disconnect(),
        () => window.cancelAnimationFrame(this.#frame),
        watchTheme(this.node.ownerDocument, () => this.#later()),
      );
    }

    /** Looks once before the next picture of the page what has changed: the room, the theme or the sliders. */
    #later() {
      const window = this.node.ownerDocument.defaultView;
      window.cancelAnimationFrame(this.#frame);
      this.#frame = window.requestAnimationFrame(() => {
        if (this.isDisposed) return;
        Promise.resolve(this.#refresh()).catch((error) => this.#showWords(error));
      });
    }

    async #refresh() {
      const width = this.node.clientWidth;
      if (this.#canvas === undefined || width === 0) return;
      const fresh = this.#drawnWidth === 0 || this.#moved;
      if (fresh || JSON.stringify(readTheme(this.node)) !== this.#theme) return this.#draw();
      if (width === this.#drawnWidth) return;
      this.#drawnWidth = width;
      await this.#plotly.Plots.resize(this.#canvas);
    }

    async #draw() {
      // A widget not yet on the page has no width; the resize observer calls again when it has.
      const width = this.node.isConnected ? this.node.clientWidth : 0;
      if (width === 0 || this.#canvas === undefined) return;
      this.#drawnWidth = width;
      this.#moved = false;
      const theme = readTheme(this.node);
      this.#theme = JSON.stringify(theme);
      const { data, layout } = this.#themedFigure(theme);
      await this.#plotly.react(this.#canvas, data, layout, this.#config());
      if (this.isDisposed || this.#canvas === undefined) return;
      // Frames of a figure that is not ours: plotly's own sliders move them.
      if (this.#controls === undefined && this.#figure.frames.length > 0) {
        await this.#plotly.addFrames(this.#canvas, this.#figure.frames);
      }
      nameForReaders(this.#canvas, titleText(this.#json) || "Figure", this.#words());
    }

    #themedFigure(theme) {
      const { data, layout } = inTheme(this.#still(), theme);
      const calm = this.node.ownerDocument.defaultView.matchMedia?.(
        "(prefers-reduced-motion: reduce)",
      ).matches;
      if (calm) delete layout.transition;
      const height = layout.height > 0 ? layout.height : DEFAULT_HEIGHT;
      delete layout.width;
      // One uirevision for all draws: a reader's zoom survives a change of theme.
      return { data, layout: { uirevision: "gradus", ...layout, height, autosize: true } };
    }

    #config() {
      return {
        displaylogo: false,
        displayModeBar: "hover",
        responsive: false,
        scrollZoom: false,
        showSendToCloud: false,
        showEditInChartStudio: false,
        plotlyServerURL: "",
        topojsonURL: "",
        modeBarButtonsToRemove: UNNEEDED_BUTTONS,
        modeBarButtonsToAdd: [
          {
            name: "downloadPng",
            title: "Download as PNG",
            icon: this.#plotly.Icons.camera,
            click: () => this.#download(),
          },
        ],
      };
    }

    /** The picture is made for white paper, whatever the theme on the screen. */
    #download() {
      const { data, layout } = this.#themedFigure(printTheme(readTheme(this.node)));
      const size = { width: this.#drawnWidth, height: layout.height };
      const filename = titleText(this.#json).replace(/[^\p{L}\p{N}]+/gu, "-") || "figure";
      return this.#plotly.downloadImage(
        { data, layout: { ...layout, ...size, paper_bgcolor: "#ffffff" } },
        { format: "png", scale: 2, filename, ...size },
      );
    }

    #release() {
      if (this.#canvas !== undefined && this.#plotly !== undefined) this.#plotly.purge(this.#canvas);
      this.#canvas = undefined;
      this.#drawnWidth = 0;
    }

    /** What can be read when nothing can be drawn: the title, the text alternative, and why. */
    #showWords(error) {
      this.#panel?.stop();
      this.#release();
      const document = this.node.ownerDocument;
      this.node.textContent = "";
      this.node.classList.add("gradus-figure-failed");
      const words = [
        titleText(this.#json),
        textAlternative(this.#json),
        `(Figure not drawn: ${error?.message ?? error})`,
      ];
      for (const text of words) {
        if (text === "") continue;
        const paragraph = document.createElement("p");
        paragraph.textContent = text;
        this.node.appendChild(paragraph);
      }
    }
  };
}

/**
 * After plotly has drawn, the picture is its first svg, which gets the role and the words; the canvas around it gives
 * up its role, because the buttons inside it must stay reachable (nothing inside role="img" is). The words are not
 * repeated as hidden text, or a screen reader would say them twice.
 */
function nameForReaders(canvas, title, words) {
  const pictures = [...canvas.querySelectorAll(".main-svg")];
  if (pictures.length === 0) return;
  pictures.forEach((picture, i) => {
    if (i > 0) picture.setAttribute("aria-hidden", "true");
  });
  pictures[0].setAttribute("role", "img");
  pictures[0].setAttribute("aria-label", words);
  canvas.setAttribute("role", "group");
  canvas.setAttribute("aria-label", title);
}

function addStyle(document) {
  if (document.getElementById("gradus-figures-style") !== null) return;
  const style = document.createElement("style");
  style.id = "gradus-figures-style";
  style.textContent = STYLE;
  document.head.appendChild(style);
}
