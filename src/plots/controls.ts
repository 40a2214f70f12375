import type { LinearRule } from "./linear-rule.js";

/** One slider: the names of its positions, and where it stands at first. */
export interface SliderState {
  readonly name: string;
  readonly labels: readonly string[];
  readonly at: number;
  /** The numbers behind the labels, for figures that are computed by rules. */
  readonly values?: readonly number[];
}

/**
 * What a viewer with HTML controls needs, in `layout.meta.controls`: sliders, and what belongs to each of their states.
 * States are numbered like digits, the last slider turning fastest; frame k is state k.
 */
export interface FigureControls {
  readonly sliders: readonly SliderState[];
  /** Offers a play button, which moves on every so many milliseconds. */
  readonly intervalMs?: number;
  /** The text alternative of each state. */
  readonly alts?: readonly string[];
  /** Instead of frames: how traces follow from the values of the sliders. */
  readonly rules?: readonly LinearRule[];
  /** Pixels below the data that hold plotly's own controls; a viewer with HTML controls takes them away. */
  readonly roomPx: number;
}

/** Room for plotly's own slider. */
export const CONTROLS_HEIGHT = 96;

/** plotly's own slider and play button, for viewers that know no HTML controls. One slider only: plotly knows no grid of states. */
export function plotlyControls(slider: SliderState, intervalMs: number | undefined): Record<string, unknown> {
  const jump = { mode: "immediate", frame: { duration: 0, redraw: true }, transition: { duration: 0 } };
  const playing = {
    mode: "immediate",
    fromcurrent: true,
    frame: { duration: intervalMs ?? 0, redraw: true },
    transition: { duration: 0 },
  };
  const played = intervalMs !== undefined;
  return {
    sliders: [
      {
        active: slider.at,
        x: played ? 0.14 : 0,
        len: played ? 0.86 : 1,
        pad: { t: 58, b: 4 },
        currentvalue: { prefix: `${slider.name}: ` },
        steps: slider.labels.map((label, k) => ({
          label,
          method: "animate",
          args: [[String(k)], jump],
        })),
      },
    ],
    ...(played
      ? {
          updatemenus: [
            {
              type: "buttons",
              showactive: false,
              x: 0,
              y: 0,
              xanchor: "left",
              yanchor: "top",
              pad: { t: 70 },
              buttons: [
                { label: "Play", method: "animate", args: [null, playing] },
                { label: "Stop", method: "animate", args: [[null], jump] },
              ],
            },
          ],
        }
      : {}),
  };
}

/** The layout with controls below the data: their description, their room, and plotly's own form of them. */
export function withControls(
  layout: Readonly<Record<string, unknown>>,
  controls: Omit<FigureControls, "roomPx">,
): Record<string, unknown> {
  const native = controls.rules === undefined && controls.sliders.length === 1;
  const roomPx = native ? CONTROLS_HEIGHT : 0;
  const margin = layout["margin"] as { b?: number } | undefined;
  const described: FigureControls = { ...controls, roomPx };
  return {
    ...layout,
    height: Number(layout["height"] ?? 420) + roomPx,
    margin: { ...margin, b: (margin?.b ?? 60) + roomPx },
    meta: { ...(layout["meta"] as object | undefined), controls: described },
    ...(native ? plotlyControls(controls.sliders[0], controls.intervalMs) : {}),
  };
}
