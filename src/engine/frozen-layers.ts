import type { Layer } from "./layer.js";

/** How many layers at the beginning of the chain are frozen. */
export function frozenAtTheBottom(layers: readonly Layer[]): number {
  const learning = layers.findIndex(({ trainable }) => trainable);
  return learning < 0 ? layers.length : learning;
}
