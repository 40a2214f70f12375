import { findHost } from "./host.js";
import { toMimeBundle } from "./mime-bundle.js";

/** A shown value that can be replaced where it stands. */
export interface DisplayHandle {
  readonly displayId: string;
  /** Replaces what is shown. In a plain console, which cannot replace, it prints the new text if it differs. */
  update(value: unknown): void;
}

/**
 * Shows `value` below the cell that runs now: a figure is drawn, a table is laid out, anything else is readable text.
 *
 * With a `displayId` it returns a handle whose `update(newValue)` replaces the output; two displays with one id are
 * both changed by an update. Without one it returns nothing, as in IPython, so that a cell that ends with
 * `display(figure)` shows the figure and no handle beside it. `displayId` names the place; `true` gives it a name that no
 * other display has.
 *
 * @throws TypeError when the id is empty or when a displayable returns no MIME bundle.
 *
 * @example
 * import { display, frame } from "gradus";
 * display("a text"); // a text
 * display({ name: "iris", shape: [150, 4] }); // { name: "iris", shape: [150, 4] }
 * display(frame.from({ x: [1, 2] }));
 * //    x
 * // 0  1
 * // 1  2
 * // 2 rows × 1 column
 */
export function display(value: unknown): void;
export function display(value: unknown, options: { readonly displayId: string | true }): DisplayHandle;
export function display(
  value: unknown,
  { displayId: wanted }: { readonly displayId?: string | true } = {},
): DisplayHandle | void {
  if (wanted !== undefined && wanted !== true && (typeof wanted !== "string" || wanted === "")) {
    throw new TypeError(
      `display: displayId must be a non-empty string or true, got ${JSON.stringify(wanted)}`,
    );
  }
  let shown = toMimeBundle(value);
  if (wanted === undefined) {
    findHost().send(shown, {});
    return;
  }
  const displayId = wanted === true ? newDisplayId() : wanted;
  findHost().send(shown, { displayId });
  return {
    displayId,
    update(newValue) {
      const next = toMimeBundle(newValue);
      if (sameContent(next, shown)) return;
      shown = next;
      findHost().send(next, { displayId, update: true });
    },
  };
}

let count = 0;
let prefix = "";

// Ids of two sessions must differ: a page that outlives a kernel restart still knows the old ones.
function newDisplayId(): string {
  prefix ||= globalThis.crypto.randomUUID().slice(0, 8);
  count += 1;
  return `gradus-${prefix}-${count}`;
}

function sameContent(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => typeof a[name] === "string" && a[name] === b[name])
  );
}
