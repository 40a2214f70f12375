import type { MimeBundle } from "./mime-bundle.js";

/** How a display reaches its reader; a kernel offers one under `globalThis[Symbol.for("Jupyter.displayHost")]`. */
export interface DisplayHost {
  /** Shows the bundle; with an id at a place that can be updated, with `update` in the places of that id. */
  send(bundle: MimeBundle, options: { readonly displayId?: string; readonly update?: boolean }): void;
}

/** The global symbol under which a kernel puts its {@link DisplayHost}. */
export const displayHostSymbol: unique symbol = Symbol.for("Jupyter.displayHost");

/**
 * The host in charge at this moment: the kernel's own, else tslab's, else the console.
 * Looked up at every call, because tslab only gets its sender when the first cell runs.
 */
export function findHost(): DisplayHost {
  return kernelHost() ?? tslabHost() ?? consoleHost;
}

/**
 * True when what is displayed reaches a notebook; false when it is printed on a console.
 *
 * @example
 * import { inNotebook } from "gradus";
 * console.log(inNotebook() ? "shown below a cell" : "printed on a console"); // printed on a console
 */
export function inNotebook(): boolean {
  return findHost() !== consoleHost;
}

function kernelHost(): DisplayHost | undefined {
  const host: unknown = (globalThis as { [displayHostSymbol]?: unknown })[displayHostSymbol];
  if (typeof host !== "object" || host === null) return undefined;
  return typeof (host as Partial<DisplayHost>).send === "function" ? (host as DisplayHost) : undefined;
}

interface TslabMessage {
  readonly data: MimeBundle;
  readonly metadata: Record<string, never>;
  readonly transient: { readonly display_id?: string };
}
type TslabSend = (message: TslabMessage, update: boolean) => void;

/**
 * tslab's public `display` takes one media type a call, which would show a figure three times. Its own sender takes
 * a whole bundle; it is the export `lastWriteDisplayData` of tslab's module `jupyter.js`, reached through the
 * `require` that tslab hands to every cell.
 */
function tslabHost(): DisplayHost | undefined {
  const tslab = (globalThis as { __tslab__?: { require?: { cache?: Record<string, unknown> } } }).__tslab__;
  const modules = tslab?.require?.cache;
  if (modules === undefined || modules === null) return undefined;
  for (const path of Object.keys(modules)) {
    if (!/[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(path)) continue;
    const exports = (modules[path] as { exports?: { lastWriteDisplayData?: TslabSend | null } } | undefined)
      ?.exports;
    const send = exports?.lastWriteDisplayData;
    // Two copies of tslab may be loaded; the one that runs cells is the one with a sender.
    if (typeof send !== "function") continue;
    return {
      send(bundle, { displayId, update }) {
        const transient = displayId === undefined ? {} : { display_id: displayId };
        send({ data: bundle, metadata: {}, transient }, update === true);
      },
    };
  }
  return undefined;
}

const consoleHost: DisplayHost = {
  send(bundle) {
    console.log(String(bundle["text/plain"]));
  },
};
