import { expect, test } from "vitest";
import { toMimeBundle } from "../../src/display/index.js";
import { frame } from "../../src/frames/index.js";

test("a frame shows itself as an HTML table and as aligned text", () => {
  const bundle = toMimeBundle(frame.from({ name: ["ann", "bo"], n: [1.5, null] }));
  expect(bundle["text/html"]).toBe(
    '<div><table class="dataframe"><thead><tr><th scope="col"></th><th scope="col">name</th><th scope="col">n</th></tr>' +
      '</thead><tbody><tr><th scope="row">0</th><td>ann</td><td>1.5</td></tr>' +
      '<tr><th scope="row">1</th><td>bo</td><td><em>missing</em></td></tr></tbody></table><p>2 rows × 2 columns</p></div>',
  );
  expect(bundle["text/plain"]).toBe(
    ["   name        n", "0  ann       1.5", "1  bo    missing", "2 rows × 2 columns"].join("\n"),
  );
});

test("names, labels and cells are escaped, and no colour is fixed", () => {
  const html = String(toMimeBundle(frame.parse('"<b>",x\n"<script>alert(1)</script>",&\n'))["text/html"]);
  expect(html).not.toMatch(/<b>|<script>|&<|color|style=/);
  expect(html).toContain("&#60;script&#62;");
});

test("a long table shows its first ten rows and says so", () => {
  const long = frame.from({ v: Array.from({ length: 150 }, (_, row) => row / 3) });
  const bundle = toMimeBundle(long);
  expect(String(bundle["text/html"]).match(/<tr>/g)).toHaveLength(11);
  expect(bundle["text/html"]).toContain("<p>150 rows × 1 column (first 10 rows shown)</p>");
  expect(bundle["text/plain"]).toContain("9         3\n150 rows × 1 column (first 10 rows shown)");
  expect(String(bundle["text/plain"])).toContain("0.333333\n");
});

test("a table without rows shows its header", () => {
  expect(frame.parse("a,b\n").toString()).toBe("  a  b\n0 rows × 2 columns");
});
