/** Colours of a page that is not JupyterLab's, or whose theme lacks a variable: text 4.5:1 on its background. */
const fallback = {
  light: { ink: "#212121", muted: "#616161", grid: "#e0e0e0", paper: "#ffffff" },
  dark: { ink: "#ffffff", muted: "#bdbdbd", grid: "#424242", paper: "#111111" },
};

const variables = {
  ink: "--jp-ui-font-color1",
  muted: "--jp-ui-font-color2",
  grid: "--jp-border-color2",
  paper: "--jp-layout-color0",
};

/** The colours and the font of the theme, as it is now at `node`. */
export function readTheme(node) {
  const document = node.ownerDocument;
  const window = document.defaultView;
  const known = fallback[document.body.getAttribute("data-jp-theme-light") === "false" ? "dark" : "light"];
  // A probe makes the browser resolve whatever the variable says (var(), color names) into rgb(), which plotly reads.
  const probe = document.createElement("span");
  probe.style.display = "none";
  node.appendChild(probe);
  const theme = { font: window.getComputedStyle(node).fontFamily || "sans-serif" };
  for (const [name, variable] of Object.entries(variables)) {
    probe.style.color = known[name];
    probe.style.color = `var(${variable}, ${known[name]})`;
    const color = window.getComputedStyle(probe).color;
    theme[name] = /^rgba?\(/.test(color) ? color : known[name];
  }
  probe.remove();
  return theme;
}

/** What a PNG is drawn with: it will be seen on paper or in a document, not in this theme. */
export function printTheme(theme) {
  return { ...fallback.light, font: theme.font };
}

/**
 * The figure in the theme's colours. The words `ink` and `paper` as a colour become the theme's text and background;
 * what the figure leaves open (text, grid, axes, hover label) follows the theme; what it says itself stays.
 * A figure with a background or template of its own is left alone: its colours belong together.
 */
export function inTheme({ data, layout }, theme) {
  const filled = (value) => fillColors(value, theme);
  if (layout.template !== undefined || !isTransparent(layout.paper_bgcolor))
    return { data: filled(data), layout: filled(layout) };
  const axis = {
    gridcolor: theme.grid,
    linecolor: theme.muted,
    tickcolor: theme.muted,
    zerolinecolor: theme.muted,
  };
  const themed = {
    ...filled(layout),
    font: { family: theme.font, size: 13, color: theme.ink, ...layout.font },
    hoverlabel: {
      bgcolor: theme.paper,
      bordercolor: theme.muted,
      font: { color: theme.ink },
      ...layout.hoverlabel,
    },
    modebar: { bgcolor: "rgba(0,0,0,0)", color: theme.muted, activecolor: theme.ink, ...layout.modebar },
  };
  const space = { ...axis, color: theme.ink, backgroundcolor: "rgba(0,0,0,0)" };
  for (const name of new Set(["xaxis", "yaxis", ...Object.keys(layout)])) {
    if (/^[xy]axis\d*$/.test(name)) themed[name] = { ...axis, ...themed[name] };
    if (/^scene\d*$/.test(name)) {
      const { xaxis, yaxis, zaxis } = themed[name];
      themed[name] = {
        ...themed[name],
        xaxis: { ...space, ...xaxis },
        yaxis: { ...space, ...yaxis },
        zaxis: { ...space, ...zaxis },
      };
    }
  }
  return { data: filled(data), layout: themed };
}

function fillColors(value, theme) {
  if (Array.isArray(value))
    return typeof value[0] === "object" ? value.map((item) => fillColors(item, theme)) : value;
  if (typeof value !== "object" || value === null) return value;
  const copy = {};
  for (const [name, item] of Object.entries(value)) {
    // color, fillcolor, arrowcolor, bgcolor, bordercolor: one colour, or one a point.
    copy[name] = /color$/.test(name) ? filledColor(item, theme) : fillColors(item, theme);
  }
  return copy;
}

function filledColor(color, theme) {
  if (Array.isArray(color)) return color.map((item) => filledColor(item, theme));
  return color === "ink" || color === "paper" ? theme[color] : color;
}

function isTransparent(color) {
  return color === undefined || /^rgba\(.*,\s*0(\.0*)?\s*\)$/.test(color) || color === "transparent";
}

/** Calls back when the page changes its theme; gives the function that stops it. */
export function watchTheme(document, callback) {
  const window = document.defaultView;
  let timer;
  const observer = new window.MutationObserver(() => {
    // The new style sheet may arrive a little after the attribute.
    window.requestAnimationFrame(callback);
    window.clearTimeout(timer);
    timer = window.setTimeout(callback, 400);
  });
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"],
  });
  return () => {
    observer.disconnect();
    window.clearTimeout(timer);
  };
}
