import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Notebook, notebookText, readNotebook } from "../../../src/cli/notebooks/ipynb.js";

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "gradus-test-"))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

function file(text: string): string {
  const name = path.join(folder, "a.ipynb");
  fs.writeFileSync(name, text);
  return name;
}

const notebook: Notebook = {
  cells: [
    { cell_type: "markdown", id: "a", source: "# One\n\ntwo", metadata: {} },
    {
      cell_type: "code",
      id: "b",
      source: "1 + 1",
      metadata: {},
      execution_count: 1,
      outputs: [
        { output_type: "stream", name: "stdout", text: "2\n3\n" },
        {
          output_type: "display_data",
          data: { "text/plain": "a\nb", "application/vnd.plotly.v1+json": { data: [1] } },
          metadata: {},
        },
      ],
    },
  ],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
};

describe("notebookText and readNotebook", () => {
  it("are each other's inverse", () => {
    expect(readNotebook(file(notebookText(notebook)))).toEqual(notebook);
  });

  it("store texts as lists of lines and keys in order, as nbformat does", () => {
    const raw = JSON.parse(notebookText(notebook)) as { cells: { source: string[] }[] };
    expect(raw.cells[0]!.source).toEqual(["# One\n", "\n", "two"]);
    expect(Object.keys(raw.cells[0]!)).toEqual(["cell_type", "id", "metadata", "source"]);
  });

  it.each([
    ["text that is no JSON", "{", "is not valid JSON"],
    ["JSON that is no notebook", "[]", "is not a notebook of format 4"],
    ["an old format", '{"nbformat": 3, "cells": []}', "is not a notebook of format 4"],
  ])("refuse %s with the file's name", (_what, text, message) => {
    expect(() => readNotebook(file(text))).toThrow(message);
    expect(() => readNotebook(file(text))).toThrow("a.ipynb");
  });

  it("say that a file is missing", () => {
    expect(() => readNotebook(path.join(folder, "none.ipynb"))).toThrow(
      /^There is no notebook .*none\.ipynb\.$/,
    );
  });
});
