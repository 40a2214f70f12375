/** Traces that fetch map tiles or borders from the network when they are drawn. */
const NEEDS_NETWORK = /^(choropleth|scattergeo|scattermap|densitymap)/;

/**
 * A deep copy of the figure in a notebook that is safe to draw, also when nobody trusts the notebook yet:
 * no links, no pictures from elsewhere, no maps. plotly itself reads no HTML but a few tags like <b> and <sub>.
 *
 * @throws Error when there is nothing to draw, or when drawing would ask the network.
 */
export function safeFigure(json) {
  if (typeof json !== "object" || json === null || !Array.isArray(json.data)) {
    throw new Error("the output holds no list of traces");
  }
  const { data, layout, frames } = safeCopy({
    data: json.data,
    layout: json.layout ?? {},
    frames: Array.isArray(json.frames) ? json.frames : [],
  });
  const map = data.find((trace) => NEEDS_NETWORK.test(trace?.type ?? ""));
  if (map !== undefined)
    throw new Error(`maps (${map.type}) are not drawn, because they load pictures from the network`);
  return { data, layout, frames };
}

/** What the author wrote for readers who cannot see the figure; "" when there is nothing. */
export function textAlternative(json) {
  const alt = json?.layout?.meta?.alt;
  return typeof alt === "string" ? alt : "";
}

export function titleText(json) {
  const title = json?.layout?.title;
  const text = typeof title === "string" ? title : title?.text;
  if (typeof text !== "string") return "";
  const entities = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
  return text.replace(/<[^>]*>/g, " ").replace(/&(lt|gt|amp);/g, (entity) => entities[entity]);
}

function safeCopy(value, key) {
  if (typeof value === "string") {
    if (key === "source" && !/^data:image\//i.test(value)) return "";
    return value.includes("<") ? value.replace(/<\/?\s*a\b[^>]*>?/gi, "") : value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => safeCopy(item, key));
  const copy = {};
  for (const [name, item] of Object.entries(value)) {
    if (name !== "__proto__") copy[name] = safeCopy(item, name);
  }
  return copy;
}
