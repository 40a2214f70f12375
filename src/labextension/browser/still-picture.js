import { safeFigure } from "./safe-figure.js";
import { figureAt, readControls } from "./states.js";
import { inTheme, printTheme } from "./theme.js";

/**
 * A figure in dark text on white, its sliders where they stand at first, as a picture of at most 256 colours:
 * { width, height, palette, pixels }, the last two in base64.
 */
export async function stillPicture(plotly, json) {
  const figure = safeFigure(json);
  const controls = readControls(figure);
  const start = controls?.sliders.map(({ at }) => at);
  const still = controls === undefined ? figure : figureAt(figure, controls, start);
  const { data, layout } = inTheme(still, printTheme({ font: "Helvetica, Arial, sans-serif" }));
  const width = layout.width > 0 ? layout.width : 720;
  const height = layout.height > 0 ? layout.height : 420;
  const url = await plotly.toImage(
    { data, layout: { ...layout, width, height, paper_bgcolor: "#ffffff" } },
    { format: "png", scale: 1, width, height },
  );
  const { palette, pixels } = withPalette(await pixelsOf(url, width, height));
  return { width, height, palette: base64(palette), pixels: base64(pixels) };
}

async function pixelsOf(url, width, height) {
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0, width, height);
  return context.getImageData(0, 0, width, height).data;
}

/**
 * The 256 colours that matter most. Colours that differ only in the last four bits of a channel share a place, which has
 * the commonest of them: areas keep their colour exactly, only the soft edges of letters and lines are rounded.
 */
function withPalette(rgba) {
  const places = new Map();
  for (let i = 0; i < rgba.length; i += 4) {
    const key = placeOf(rgba[i], rgba[i + 1], rgba[i + 2]);
    const color = (rgba[i] << 16) | (rgba[i + 1] << 8) | rgba[i + 2];
    let colors = places.get(key);
    if (colors === undefined) places.set(key, (colors = new Map()));
    colors.set(color, (colors.get(color) ?? 0) + 1);
  }
  const ranked = [...places]
    .map(([key, colors]) => {
      const list = [...colors].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      return { key, color: list[0][0], count: list.reduce((total, [, own]) => total + own, 0) };
    })
    .sort((a, b) => b.count - a.count || a.key - b.key);
  const chosen = ranked.slice(0, 256).map(({ color }) => [color >> 16, (color >> 8) & 255, color & 255]);
  const numbers = new Map(ranked.map(({ key, color }, i) => [key, i < 256 ? i : nearest(chosen, color)]));
  const pixels = new Uint8Array(rgba.length / 4);
  for (let i = 0; i < pixels.length; i += 1) {
    pixels[i] = numbers.get(placeOf(rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2]));
  }
  return { palette: Uint8Array.from(chosen.flat()), pixels };
}

function placeOf(red, green, blue) {
  return ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4);
}

function nearest(chosen, color) {
  const wanted = [color >> 16, (color >> 8) & 255, color & 255];
  let best = 0;
  let least = Infinity;
  chosen.forEach((candidate, i) => {
    const distance = candidate.reduce((total, value, k) => total + (value - wanted[k]) ** 2, 0);
    if (distance < least) [best, least] = [i, distance];
  });
  return best;
}

function base64(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}
