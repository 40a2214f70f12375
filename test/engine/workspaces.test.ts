import { expect, test } from "vitest";
import { Workspaces } from "../../src/engine/workspaces.js";

test("a batch size that comes back finds its buffer again; a long gone one does not stay in memory", () => {
  const made: number[] = [];
  const spaces = new Workspaces((rows) => {
    made.push(rows);
    return { rows };
  });
  for (let i = 0; i < 3; i++) for (const rows of [32, 7, 256]) expect(spaces.forRows(rows).rows).toBe(rows);
  expect(made).toEqual([32, 7, 256]);
  for (const rows of [1, 2, 3, 4]) spaces.forRows(rows);
  spaces.forRows(32);
  expect(made).toEqual([32, 7, 256, 1, 2, 3, 4, 32]);
});
