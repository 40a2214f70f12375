import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

/** The name of the template: `jupyter nbconvert --to html --template gradus notebook.ipynb`. */
export const exportTemplateName: string = "gradus";

export interface ExportTemplateOptions {
  /** plotly's distributed file, `node_modules/plotly.js-dist/plotly.js`. */
  readonly plotlyFile: string;
  /** `<environment>/share/jupyter/nbconvert/templates/gradus`. */
  readonly targetFolder: string;
  /** The folder `src/labextension`, whose `browser` holds the modules; by default the folder of this file. */
  readonly sourceFolder?: string;
}

/**
 * Writes a template for nbconvert, whose HTML pages draw our figures with their sliders and tables: plotly and the modules
 * of the JupyterLab extension are inside each page (some 3 MB), so that it works from a USB stick and needs no network.
 * A browser without scripts shows the PNG picture.
 *
 * @returns "written", or "up to date" when the folder already holds this very version.
 * @throws Error when plotly's file is missing, or the folder holds files of somebody else.
 */
export function assembleExportTemplate(options: ExportTemplateOptions): "written" | "up to date" {
  const { plotlyFile, targetFolder } = options;
  if (!existsSync(plotlyFile)) {
    throw new Error(`labextension: there is no plotly at ${plotlyFile}. Run "npm install" first.`);
  }
  const browserFolder = join(options.sourceFolder ?? fileURLToPath(new URL(".", import.meta.url)), "browser");
  const plotly = readFileSync(plotlyFile);
  const scripts = pageScripts(browserFolder);
  const version = createHash("sha256").update(plotly).update(scripts).update(index).digest("hex");
  const stamp = join(targetFolder, "version");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === version) return "up to date";
  if (existsSync(targetFolder) && readdirSync(targetFolder).length > 0 && !existsSync(stamp)) {
    throw new Error(
      `labextension: ${targetFolder} holds other files and would be replaced as a whole. ` +
        `Name a folder of its own, for example .../nbconvert/templates/${exportTemplateName}.`,
    );
  }
  const fresh = join(dirname(targetFolder), `.${basename(targetFolder)}-new-${process.pid}`);
  try {
    mkdirSync(fresh, { recursive: true });
    writeFileSync(
      join(fresh, "conf.json"),
      `${JSON.stringify({ base_template: "lab", mimetypes: { "text/html": true } })}\n`,
    );
    writeFileSync(join(fresh, "index.html.j2"), index);
    writeFileSync(
      join(fresh, "gradus-figures.html.j2"),
      `{% raw %}\n${scripts}${plotlyScript(plotly)}{% endraw %}\n`,
    );
    writeFileSync(join(fresh, "version"), version);
    rmSync(targetFolder, { recursive: true, force: true });
    renameSync(fresh, targetFolder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return "written";
}

/** The page of nbconvert's own template, but for figures and a last word to the browser. */
const index = `{%- extends 'lab/index.html.j2' -%}

{%- block data_priority scoped -%}
{%- set figure = output.data.get('application/vnd.plotly.v1+json') -%}
{%- if figure -%}
<div class="jp-OutputArea-output gradus-export" data-mime-type="application/vnd.plotly.v1+json">
<script type="application/json">{{ figure | tojson }}</script>
{%- if 'image/png' in output.data -%}
<img src="data:image/png;base64,{{ output.data['image/png'] | escape_html }}" alt="{{ figure.layout.meta.alt | default('Figure') | escape_html }}">
{%- else -%}
<p>{{ output.data['text/plain'] | default('Figure') | escape_html }}</p>
{%- endif -%}
</div>
{%- else -%}
{{ super() }}
{%- endif -%}
{%- endblock data_priority -%}

{%- block footer_js -%}
{{ super() }}
{% include 'gradus-figures.html.j2' %}
{%- endblock footer_js -%}
`;

/** Modules by name in an import map, as data addresses: the one way for modules to find each other inside a single file. */
function pageScripts(browserFolder: string): string {
  const names = readdirSync(browserFolder).filter(
    (name) => name.endsWith(".js") && name !== "remoteEntry.js",
  );
  const imports = Object.fromEntries(
    names.sort().map((name) => {
      const source = readFileSync(join(browserFolder, name), "utf8").replace(/from "\.\//g, 'from "gradus/');
      return [`gradus/${name}`, `data:text/javascript;base64,${Buffer.from(source).toString("base64")}`];
    }),
  );
  return `<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">
import { drawFigure } from "gradus/page.js";

let loading;
function loadPlotly() {
  loading ??= unpack().then((source) => {
    const before = window.Plotly;
    // Without "define", or a loader on the page would keep plotly for itself.
    new Function("define", "module", "exports", source).call(window);
    const plotly = window.Plotly;
    window.Plotly = before ?? plotly;
    return plotly;
  });
  return loading;
}

async function unpack() {
  const packed = atob(document.getElementById("gradus-plotly").textContent.trim());
  const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

for (const place of document.querySelectorAll(".gradus-export")) {
  const still = [...place.children];
  const json = JSON.parse(still[0].textContent);
  loadPlotly().then(async () => {
    still.forEach((element) => element.remove());
    await drawFigure(place, json, loadPlotly);
  });
}
</script>
`;
}

function plotlyScript(plotly: Buffer): string {
  return `<script type="text/plain" id="gradus-plotly">${gzipSync(plotly, { level: 9 }).toString("base64")}</script>\n`;
}
