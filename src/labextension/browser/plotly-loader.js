/**
 * A function that loads the local plotly once, at the first figure, and gives its object.
 *
 * The name of the file holds the version (`../plotly-4.1.1.js`), so that no browser cache can serve an older one.
 * It is read from plotly.json, which the build writes. A failed load may be tried again.
 */
export function plotlyLoader(document, folder) {
  let loading;
  return function loadPlotly() {
    loading ??= load(document, folder).catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

async function load(document, folder) {
  const { default: file } = await import(new URL("plotly-file.js", folder).href);
  const window = document.defaultView;
  const before = window.Plotly;
  await new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(file, folder).href;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`plotly could not be loaded from ${script.src}`));
    document.head.appendChild(script);
  });
  const plotly = window.Plotly;
  if (plotly === undefined || plotly === before)
    throw new Error("the plotly file was loaded but holds no plotly");
  // The page may have a plotly of its own, of another version; it keeps the name.
  if (before === undefined) delete window.Plotly;
  else window.Plotly = before;
  return plotly;
}
