import { createExtension, MIME_TYPE } from "./extension.js";

/** As much of a Lumino widget as the renderer needs, for pages that are not JupyterLab. */
class PlainWidget {
  node = document.createElement("div");
  isDisposed = false;
  addClass(name) {
    this.node.classList.add(name);
  }
  dispose() {
    this.isDisposed = true;
    this.node.remove();
  }
}

/** Draws a figure into an element of any page, with its controls and its table; gives what removes it again. */
export async function drawFigure(place, json, loadPlotly) {
  const { rendererFactory } = createExtension({ Widget: PlainWidget, loadPlotly });
  const renderer = rendererFactory.createRenderer({ mimeType: MIME_TYPE });
  place.appendChild(renderer.node);
  await renderer.renderModel({ data: { [MIME_TYPE]: json } });
  return renderer;
}
