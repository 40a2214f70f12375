/*
 * gradus-figures: the door through which JupyterLab finds the extension.
 *
 * JupyterLab loads a prebuilt extension as a module-federation container: a script that puts an object with
 * init(sharedScope) and get(moduleName) into window._JUPYTERLAB. Webpack usually writes that script; these lines do
 * the same by hand, so that no bundler and no build tool is needed. All other files are plain ES modules beside this one.
 */
(function () {
  "use strict";
  const folder = new URL(".", document.currentScript.src);
  let shared;

  /** The newest @lumino/widgets of the page; there is normally one. */
  async function luminoWidgets() {
    const versions = shared?.["@lumino/widgets"] ?? {};
    const newest = Object.keys(versions).sort((a, b) => b.localeCompare(a, undefined, { numeric: true }))[0];
    if (newest === undefined)
      throw new Error("gradus-figures: this page shares no @lumino/widgets; is it JupyterLab 4?");
    return (await versions[newest].get())();
  }

  const modules = {
    "./mimeExtension": async function () {
      const [{ createExtension }, { createQuizExtension }, { plotlyLoader }, { Widget }] = await Promise.all([
        import(new URL("extension.js", folder).href),
        import(new URL("quiz.js", folder).href),
        import(new URL("plotly-loader.js", folder).href),
        luminoWidgets(),
      ]);
      const extensions = [
        createExtension({ Widget, loadPlotly: plotlyLoader(document, folder) }),
        createQuizExtension({ Widget }),
      ];
      // A plain object: JupyterLab calls hasOwnProperty on it and adds a field to it.
      return () => ({ __esModule: true, default: extensions });
    },
  };

  (window._JUPYTERLAB = window._JUPYTERLAB || {})["gradus-figures"] = {
    init(scope) {
      shared = scope;
    },
    async get(name) {
      if (!Object.hasOwn(modules, name)) throw new Error(`gradus-figures: there is no module ${name}`);
      return modules[name]();
    },
  };
})();
