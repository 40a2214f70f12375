import { keepKeys } from "./controls.js";

/** `layout.meta.table` as a table that a reader opens, or undefined when there is none or it is no table. */
export function makeTable(document, table) {
  if (!Array.isArray(table?.columns) || !Array.isArray(table.rows) || !table.rows.every(Array.isArray))
    return undefined;
  const details = document.createElement("details");
  details.className = "gradus-figure-table";
  keepKeys(append(document, details, "summary", "Data table"));
  const node = append(document, details, "table");
  const head = append(document, append(document, node, "thead"), "tr");
  for (const name of table.columns) append(document, head, "th", name).setAttribute("scope", "col");
  const body = append(document, node, "tbody");
  for (const row of table.rows) {
    const line = append(document, body, "tr");
    for (const value of row) append(document, line, "td", value);
  }
  if (table.totalRows > table.rows.length) {
    append(document, details, "p", `The first ${table.rows.length} of ${table.totalRows} rows.`);
  }
  return details;
}

function append(document, parent, tagName, text) {
  const child = document.createElement(tagName);
  // Never as HTML: the numbers come from a notebook that nobody trusts yet.
  if (text !== undefined) child.textContent = String(text);
  parent.appendChild(child);
  return child;
}
