/**
 * The types of what every cell can use without an import, as the text of a declaration file: the language service
 * loads it, `runtime/cell-api.ts` and `runtime/comms.ts` keep it true.
 */
export const cellGlobals = `
/** Media types to content, such as \`{ "text/html": "<b>1</b>", "text/plain": "1" }\`. */
interface MimeBundle { readonly [mediaType: string]: unknown }

/** A value that a notebook can draw. Make your own with \`[Symbol.for("Jupyter.display")]() { return bundle; }\`. */
interface Displayable { readonly __displayable?: never }

interface DisplayHandle {
  readonly displayId: string;
  /** Replaces what is shown. */
  update(value: unknown): void;
}

/** Shows a value below the cell. With a \`displayId\` (a name, or \`true\` for a new one) it can be replaced later. */
declare function display(value: unknown): void;
declare function display(value: unknown, options: { readonly displayId: string | true }): DisplayHandle;
/** Replaces all that is shown under \`displayId\`. */
declare function display(value: unknown, options: { readonly displayId: string; readonly update: true }): DisplayHandle;

/** Takes away what the cell has shown; with \`wait\` only when the next output comes, so that nothing flickers. */
declare function clearOutput(options?: { readonly wait?: boolean }): void;

/** HTML to show: the last value of a cell, or \`display(html("<b>bold</b>"))\`. Also as a tag: html\\\`<b>\${x}</b>\\\`. */
declare function html(source: string | TemplateStringsArray, ...values: unknown[]): Displayable;
/** Markdown to show. */
declare function markdown(source: string | TemplateStringsArray, ...values: unknown[]): Displayable;
/** A formula to show, with its dollars: latex(String.raw\\\`$\\\\frac{1}{2}$\\\`). */
declare function latex(source: string | TemplateStringsArray, ...values: unknown[]): Displayable;
/** A drawing to show. */
declare function svg(source: string | TemplateStringsArray, ...values: unknown[]): Displayable;
/** An image to show, as its bytes or as base64 text. */
declare function png(source: Uint8Array | string, options?: { readonly alt?: string }): Displayable;

/** Asks the reader for a line and waits for it. An empty line gives the preset, if there is one. */
declare function prompt(message?: string, options?: string | { readonly password?: boolean } | null): string;

interface CommMessage {
  readonly type: "comm_open" | "comm_msg" | "comm_close";
  readonly commId: string;
  readonly targetName?: string;
  readonly data: any;
  readonly metadata?: { readonly [name: string]: unknown };
  readonly buffers?: readonly Uint8Array[];
}
interface CommExtras {
  readonly metadata?: { readonly [name: string]: unknown };
  readonly buffers?: readonly Uint8Array[];
}
/** One end of a channel to the page. */
interface Comm {
  readonly id: string;
  readonly targetName: string;
  onMessage: ((message: CommMessage) => void) | undefined;
  onClose: ((message: CommMessage) => void) | undefined;
  send(data: unknown, extras?: CommExtras): void;
  close(data?: unknown, extras?: CommExtras): void;
}
/** Channels to the page: to widgets and extensions. */
declare const comms: {
  /** Opens a channel to what the page registered under this name. */
  open(targetName: string, data?: unknown, extras?: CommExtras): Comm;
  /** Accepts channels that the page opens under this name. */
  register(targetName: string, accept: (comm: Comm, message: CommMessage) => void): void;
  unregister(targetName: string): boolean;
};

/** The notebook's folder. */
declare const __dirname: string;
/** CommonJS modules, as seen from the notebook's folder. \`import\` is the better way where it works. */
declare const require: (name: string) => any;
`;
