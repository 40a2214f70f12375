import { afterEach, describe, expect, test, vi } from "vitest";
import { display, html, inNotebook, markdown, toMimeBundle } from "../../src/display/index.js";

const hostSymbol = Symbol.for("Jupyter.displayHost");
const showSymbol = Symbol.for("Jupyter.display");
const globals = globalThis as unknown as Record<string | symbol, unknown>;

afterEach(() => {
  delete globals[hostSymbol];
  delete globals["__tslab__"];
  vi.restoreAllMocks();
});

function kernel(): { sent: unknown[][] } {
  const sent: unknown[][] = [];
  globals[hostSymbol] = { send: (...message: unknown[]) => sent.push(message) };
  return { sent };
}

function tslab(path: string, sender: unknown): unknown[][] {
  const sent: unknown[][] = [];
  const lastWriteDisplayData = sender ?? ((...message: unknown[]) => sent.push(message));
  globals["__tslab__"] = {
    require: { cache: { "/x/other.js": { exports: {} }, [path]: { exports: { lastWriteDisplayData } } } },
  };
  return sent;
}

describe("display", () => {
  test("sends a bundle and its id to the kernel's own host, and marks an update as one", () => {
    const { sent } = kernel();
    const handle = display("one", { displayId: "here" });
    handle.update("two");
    expect(sent).toEqual([
      [{ "text/plain": "one" }, { displayId: "here" }],
      [{ "text/plain": "two" }, { displayId: "here", update: true }],
    ]);
  });

  test("an update with the same text is not sent again", () => {
    const { sent } = kernel();
    display("one", { displayId: true }).update("one");
    expect(sent).toHaveLength(1);
  });

  test("two displays that ask for any id get different ones", () => {
    kernel();
    const [a, b] = [display(1, { displayId: true }), display(1, { displayId: true })];
    expect(a.displayId).not.toBe(b.displayId);
  });

  test("a display without an id returns nothing, so that a cell may end with it", () => {
    const { sent } = kernel();
    expect(display(1)).toBeUndefined();
    expect(sent).toEqual([[{ "text/plain": "1" }, {}]]);
  });

  test("an empty id is refused", () => {
    expect(() => display(1, { displayId: "" })).toThrow(
      /displayId must be a non-empty string or true, got ""/,
    );
  });

  test.each(["/home/a/node_modules/tslab/dist/jupyter.js", "C:\\a\\node_modules\\tslab\\dist\\jupyter.js"])(
    "under tslab the whole bundle goes out in one message (%s)",
    (path) => {
      const sent = tslab(path, undefined);
      const handle = display(html("<b>x</b>"), { displayId: "d" });
      handle.update("y");
      expect(sent).toEqual([
        [
          {
            data: { "text/html": "<b>x</b>", "text/plain": "x" },
            metadata: {},
            transient: { display_id: "d" },
          },
          false,
        ],
        [{ data: { "text/plain": "y" }, metadata: {}, transient: { display_id: "d" } }, true],
      ]);
      expect(inNotebook()).toBe(true);
    },
  );

  test("the kernel's own host goes before tslab", () => {
    const old = tslab("/a/tslab/dist/jupyter.js", undefined);
    const { sent } = kernel();
    display("x");
    expect([old.length, sent.length]).toEqual([0, 1]);
  });

  test("without a notebook, and under a tslab that runs no cell yet, the console gets the plain text", () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    display(markdown("# hello"));
    tslab("/a/tslab/dist/jupyter.js", 0);
    display({ a: 1 });
    expect(log.mock.calls).toEqual([["# hello"], ["{ a: 1 }"]]);
    expect(inNotebook()).toBe(false);
  });
});

describe("toMimeBundle", () => {
  test("takes the bundle of a displayable and adds plain text when there is none", () => {
    expect(toMimeBundle({ [showSymbol]: () => ({ "image/png": "AA" }) })).toEqual({
      "image/png": "AA",
      "text/plain": "[image/png]",
    });
  });

  test.each([
    ["a promise", Promise.resolve({ "text/plain": "x" })],
    ["{}", {}],
    ['{ html: "x" }', { html: "x" }],
    ["undefined", undefined],
  ])("refuses a displayable that returns %s", (shown, returned) => {
    expect(() => toMimeBundle({ [showSymbol]: () => returned })).toThrow(`got ${shown}.`);
  });
});

describe("text of plain values", () => {
  const text = (value: unknown): unknown => toMimeBundle(value)["text/plain"];
  class Point {
    x = 1;
    y = [1, 2];
  }
  class Own {
    toString(): string {
      return "my own words";
    }
  }
  const ring: Record<string, unknown> = { name: "ring" };
  ring["self"] = ring;
  test.each([
    ["text stays text", "a\nb", "a\nb"],
    ["undefined", undefined, "undefined"],
    ["minus zero", -0, "-0"],
    ["nested objects", { a: { b: "c" }, "d-e": [1, null] }, '{ a: { b: "c" }, "d-e": [1, null] }'],
    ["class names", new Point(), "Point { x: 1, y: [1, 2] }"],
    ["an object's own words", [new Own()], "[my own words]"],
    ["typed arrays", new Float32Array([1, 2]), "Float32Array(2) [1, 2]"],
    ["maps and sets", new Map([["a", new Set([1])]]), 'Map(1) { "a" => Set(1) { 1 } }'],
    ["cycles", ring, '{ name: "ring", self: [circular] }'],
    ["promises", Promise.resolve(1), "Promise (did you forget to await it?)"],
  ])("%s", (_name, value, expected) => {
    expect(text(value)).toBe(expected);
  });

  test("a long list is cut with a count", () => {
    expect(text(Array.from({ length: 1000 }, (_, i) => i))).toMatch(/18, 19,\n {2}\.\.\. 980 more\n\]$/);
  });

  test("a field that throws does not stop the display", () => {
    const broken = Object.defineProperty({}, "x", { enumerable: true, get: () => { throw new Error("no"); } }); // prettier-ignore
    expect(text(broken)).toBe("[Object that cannot be read: no]");
  });
});

describe("html", () => {
  test("its plain text has neither tags nor the content of scripts and styles", () => {
    expect(toMimeBundle(html("<style>p{}</style><p>a<br>b</p><script>1</script>"))["text/plain"]).toBe("a b");
  });

  test("refuses what is not a string", () => {
    expect(() => html(1 as never)).toThrow("html: expects a string, got number");
  });
});
