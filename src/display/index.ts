export { display } from "./display.js";
export type { DisplayHandle } from "./display.js";
export { inNotebook } from "./host.js";
export type { DisplayHost } from "./host.js";
export { escapeHtml, html, markdown } from "./markup.js";
export { isDisplayable, jupyterDisplay, toMimeBundle } from "./mime-bundle.js";
export type { Displayable, MimeBundle } from "./mime-bundle.js";
