import { safeFigure, textAlternative, titleText } from "./safe-figure.js";
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
.gradus-figure { position: relative; padding: 4px 0; box-sizing: border-box; overflow: hidden; }
.gradus-figure-canvas { width: 100%; }
.gradus-figure-failed { border-left: 3px solid var(--jp-warn-color1, #b26a00); padding: 4px 12px; }
.gradus-figure .modebar-container, .gradus-figure .modebar { transition: none !important; }
.gradus-figure:focus-within .modebar--hover { opacity: 1 !important; }
.gradus-figure .modebar-btn:focus-visible { outline: 2px solid var(--jp-brand-color1, #1976d2); outline-offset: 1px; }
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

    constructor(options = {}) {
      super();
      this.#mimeType = options.mimeType ?? MIME_TYPE;
      this.addClass("gradus-figure");
      addStyle(this.node.ownerDocument);
    }

    /** Draws the figure of the model; the promise ends when it stands, or when it waits for room on the page. */
    async renderModel(model) {
      this.#json = model.data[this.#mimeType];
      this.#reserveRoom();
      try {
        safeFigure(this.#json);
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
      this.#release();
      this.#json = undefined;
      super.dispose();
    }

    /** The place is as high as the figure will be, so that the page does not jump when it appears. */
    #reserveRoom() {
      const layout = this.#json?.layout ?? {};
      this.node.style.maxWidth = layout.width > 0 ? `${layout.width}px` : "";
      if (this.#canvas !== undefined) return;
      const document = this.node.ownerDocument;
      this.node.textContent = "";
      this.node.classList.remove("gradus-figure-failed");
      this.#canvas = document.createElement("div");
      this.#canvas.className = "gradus-figure-canvas";
      this.#canvas.style.height = `${layout.height > 0 ? layout.height : DEFAULT_HEIGHT}px`;
      this.node.appendChild(this.#canvas);
      this.#canvas.setAttribute("role", "img");
      this.#canvas.setAttribute(
        "aria-label",
        textAlternative(this.#json) || titleText(this.#json) || "Figure",
      );
    }

    #watch() {
      if (this.#stops.length > 0) return;
      const window = this.node.ownerDocument.defaultView;
      const resizes = new window.ResizeObserver(() => this.#later(() => this.#fit()));
      resizes.observe(this.node);
      this.#stops.push(
        () => resizes.disconnect(),
        () => window.cancelAnimationFrame(this.#frame),
        watchTheme(this.node.ownerDocument, () => this.#later(() => this.#followTheme())),
      );
    }

    #later(action) {
      const window = this.node.ownerDocument.defaultView;
      window.cancelAnimationFrame(this.#frame);
      this.#frame = window.requestAnimationFrame(() => {
        if (this.isDisposed) return;
        Promise.resolve(action()).catch((error) => this.#showWords(error));
      });
    }

    async #fit() {
      const width = this.node.clientWidth;
      if (this.#canvas === undefined || width === 0 || width === this.#drawnWidth) return;
      if (this.#drawnWidth === 0) return this.#draw();
      this.#drawnWidth = width;
      await this.#plotly.Plots.resize(this.#canvas);
    }

    async #followTheme() {
      if (this.#drawnWidth > 0 && JSON.stringify(readTheme(this.node)) !== this.#theme) await this.#draw();
    }

    async #draw() {
      // A widget not yet on the page has no width; the resize observer calls again when it has.
      const width = this.node.isConnected ? this.node.clientWidth : 0;
      if (width === 0 || this.#canvas === undefined) return;
      this.#drawnWidth = width;
      const theme = readTheme(this.node);
      this.#theme = JSON.stringify(theme);
      const { data, layout } = this.#themedFigure(theme);
      await this.#plotly.react(this.#canvas, data, layout, this.#config());
      if (!this.isDisposed && this.#canvas !== undefined) nameForReaders(this.#canvas, this.#json);
    }

    #themedFigure(theme) {
      const { data, layout } = inTheme(safeFigure(this.#json), theme);
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
function nameForReaders(canvas, json) {
  const words = textAlternative(json) || titleText(json) || "Figure";
  const pictures = [...canvas.querySelectorAll(".main-svg")];
  if (pictures.length === 0) return;
  pictures.forEach((picture, i) => {
    if (i > 0) picture.setAttribute("aria-hidden", "true");
  });
  pictures[0].setAttribute("role", "img");
  pictures[0].setAttribute("aria-label", words);
  canvas.setAttribute("role", "group");
  canvas.setAttribute("aria-label", titleText(json) || "Figure");
}

function addStyle(document) {
  if (document.getElementById("gradus-figures-style") !== null) return;
  const style = document.createElement("style");
  style.id = "gradus-figures-style";
  style.textContent = STYLE;
  document.head.appendChild(style);
}
