/**
 * The colours, marker shapes and dashes of the course's figures. Colour is never alone: the n-th series has the n-th
 * of each, so that a figure also reads in grey and for readers with any colour vision.
 *
 * The first four colours are blue, vermilion, bluish green and reddish purple of M. Okabe and K. Ito, "Color Universal
 * Design" (2008), chosen because they alone keep a contrast of 3:1 (WCAG 2.2, criterion 1.4.11) on white and on #111.
 * The next three are those which keep that contrast and lie farthest from the four and from each other (at least 24 in
 * CIE Lab) for normal, protan, deutan and tritan eyes; a search over all colours found them.
 */
export const seriesColors: readonly string[] = [
  "#0072B2",
  "#D55E00",
  "#009E73",
  "#CC79A7",
  "#906CFC",
  "#E40048",
  "#9000FC",
];

/** A grey for what is only there to guide the eye: 3:1 on white and on #111 like the others. */
export const grey: string = "#8A8A8A";

/** Marker shapes in plotly's names; eight shapes with seven colours repeat a pair only after 56 series. */
export const seriesSymbols: readonly string[] = [
  "circle",
  "square",
  "diamond",
  "triangle-up",
  "x",
  "star",
  "triangle-down",
  "cross",
];

export const seriesDashes: readonly string[] = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"];

export const seriesPatterns: readonly string[] = ["", "/", "x", ".", "\\", "-", "+", "|"];

/**
 * Colour words that JupyterLab's theme fills in at draw time (see src/labextension): `ink` is its text colour, `paper`
 * its cell background. plotly alone takes them for unknown colours and uses its defaults, which does no harm.
 */
export const ink: string = "ink";
export const paper: string = "paper";

/** The n-th entry of a palette, starting again at its end. */
export function nth(palette: readonly string[], index: number): string {
  return palette[index % palette.length];
}

/** `#0072B2` with an opacity of 0 to 1, as `rgba(0,114,178,0.4)`. */
export function withOpacity(color: string, opacity: number): string {
  const [red, green, blue] = channels(color);
  return `rgba(${red},${green},${blue},${opacity})`;
}

/**
 * Five stops of cividis, a scale made for readers with and without colour-vision deficiency, from dark blue to yellow.
 * J. R. Nuñez, C. R. Anderton, R. S. Renslow, "Optimizing colormaps with consideration for color vision deficiency to
 * enable accurate interpretation of scientific data", PLoS ONE 13(7), 2018. Between stops plotly mixes linearly.
 */
export const heatStops: readonly (readonly [number, string])[] = [
  [0, "#00224E"],
  [0.25, "#434E6C"],
  [0.5, "#7D7C78"],
  [0.75, "#BCAE6C"],
  [1, "#FEE838"],
];

/** The colour of `share` (0 to 1) on the heat scale, mixed as plotly mixes it, as `#rrggbb`. */
export function heatColor(share: number): string {
  const next = Math.max(
    1,
    heatStops.findIndex(([at]) => at >= share),
  );
  const [from, low] = heatStops[next - 1];
  const [to, high] = heatStops[next];
  const part = (share - from) / (to - from);
  const a = channels(low);
  const b = channels(high);
  return `#${a
    .map((value, i) => Math.round(value + part * (b[i] - value)))
    .map(hexByte)
    .join("")}`;
}

/** Black or white, whichever reads better on an opaque `background`: at least 4.58:1 for every colour. */
export function textOn(background: string): string {
  return contrast("#ffffff", background) >= contrast("#000000", background) ? "#ffffff" : "#000000";
}

/** (L1 + 0.05) / (L2 + 0.05) of the lighter and the darker colour: the contrast ratio of WCAG 2.2, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((p, q) => p - q);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red, green, blue] = channels(color).map((byte) => {
    const value = byte / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(color: string): number[] {
  if (!/^#[0-9a-f]{6}$/i.test(color))
    throw new TypeError(`palette: expects a colour like "#0072B2", got "${color}"`);
  return [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16));
}

function hexByte(value: number): string {
  return value.toString(16).padStart(2, "0");
}
