import ts from "typescript";
import { describe, expect, it } from "vitest";
import { parseModule } from "../../../src/kernel/language/checker.js";
import { cellNames } from "../../../src/kernel/language/declarations.js";
import { SessionCells } from "../../../src/kernel/language/session-cells.js";

const names = (code: string) => cellNames(ts, parseModule(ts, code));

function run(cells: SessionCells, code: string): void {
  cells.add(names(code), 1, () => undefined);
}

describe("the cells of a session", () => {
  it("are forgotten when they ran again and nothing leads to them, however often", () => {
    const cells = new SessionCells();
    for (let i = 0; i < 100; i++) {
      run(cells, "const model = 1");
      run(cells, "const history = model");
      run(cells, "history");
    }
    expect(cells.live.size).toBe(2);
  });

  it("are kept while a live cell was made from them", () => {
    const cells = new SessionCells();
    run(cells, "class Net {}");
    run(cells, "const net = new Net()");
    run(cells, "class Net {}");
    expect(cells.live.size).toBe(3);
  });

  it("leave every position of the cell where it was", () => {
    const cells = new SessionCells();
    run(cells, "let a = 1; type T = number");
    const code = "a = 2; const t: T = a // end";
    expect(cells.moduleText(code, names(code)).startsWith(`${code}\n`)).toBe(true);
  });
});
