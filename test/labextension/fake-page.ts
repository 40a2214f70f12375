/** As much of a browser page as the extension touches; no more, so that a new need shows up as a failing test. */
export class FakeElement {
  readonly children: FakeElement[] = [];
  readonly style: Record<string, string> = {};
  readonly attributes: Record<string, string> = {};
  readonly classList: { remove(name: string): void; add(name: string): void };
  readonly ownerDocument: FakePage["document"];
  readonly tagName: string;
  className = "";
  id = "";
  src = "";
  clientWidth = 640;
  value = "";
  oninput: (() => void) | undefined;
  onclick: (() => void) | undefined;
  parent: FakeElement | undefined;
  onload: (() => void) | undefined;
  onerror: (() => void) | undefined;
  #text = "";

  constructor(page: FakePage["document"], tagName: string) {
    this.ownerDocument = page;
    this.tagName = tagName.toUpperCase();
    this.classList = {
      add: (name) => (this.className = [...this.#classes(), name].join(" ")),
      remove: (name) =>
        (this.className = this.#classes()
          .filter((own) => own !== name)
          .join(" ")),
    };
  }
  #classes(): string[] {
    return this.className.split(" ").filter((name) => name !== "");
  }
  get isConnected(): boolean {
    return this === this.ownerDocument.body || (this.parent?.isConnected ?? false);
  }
  get textContent(): string {
    return this.#text + this.children.map((child) => child.textContent).join("\n");
  }
  set textContent(text: string) {
    this.children.length = 0;
    this.#text = text;
  }
  appendChild(child: FakeElement): void {
    this.children.push(child);
    child.parent = this;
    this.ownerDocument.onAppend?.(child);
  }
  remove(): void {
    const siblings = this.parent?.children ?? [];
    if (siblings.includes(this)) siblings.splice(siblings.indexOf(this), 1);
    this.parent = undefined;
  }
  setAttribute(name: string, value: string): void {
    this.attributes[name] = value;
  }
  getAttribute(name: string): string | null {
    return this.attributes[name] ?? null;
  }
  /** All elements of a kind, at any depth. */
  all(tagName: string): FakeElement[] {
    return this.children.flatMap((child) => [
      ...(child.tagName === tagName.toUpperCase() ? [child] : []),
      ...child.all(tagName),
    ]);
  }
  querySelectorAll(selector: string): FakeElement[] {
    const own = (element: FakeElement): boolean => element.#classes().includes(selector.slice(1));
    return this.children.flatMap((child) => [
      ...(own(child) ? [child] : []),
      ...child.querySelectorAll(selector),
    ]);
  }
}

export class FakePage {
  readonly body: FakeElement;
  readonly document: {
    body: FakeElement;
    head: FakeElement;
    defaultView: Record<string, unknown>;
    currentScript?: { src: string };
    onAppend?: (child: FakeElement) => void;
    createElement(tagName: string): FakeElement;
    getElementById(id: string): FakeElement | null;
  };
  readonly window: Record<string, unknown>;
  /** What the theme's variables say. */
  readonly variables: Record<string, string> = {};
  readonly observers = new Set<() => void>();
  /** What runs again and again until it is stopped. */
  readonly ticks = new Set<() => void>();
  reducedMotion = false;

  constructor() {
    const { observers } = this;
    class Observer {
      readonly callback: () => void;
      constructor(callback: () => void) {
        this.callback = callback;
      }
      observe(): void {
        observers.add(this.callback);
      }
      disconnect(): void {
        observers.delete(this.callback);
      }
    }
    this.window = {
      ResizeObserver: Observer,
      MutationObserver: Observer,
      requestAnimationFrame: (act: () => void) => {
        act();
        return 1;
      },
      cancelAnimationFrame: () => {},
      setTimeout: () => 1,
      clearTimeout: () => {},
      setInterval: (act: () => void) => {
        this.ticks.add(act);
        return act;
      },
      clearInterval: (act: () => void) => this.ticks.delete(act),
      matchMedia: () => ({ matches: this.reducedMotion }),
      getComputedStyle: (element: FakeElement) => ({
        fontFamily: "Test Sans",
        color: this.#resolve(element),
      }),
    };
    this.document = {
      defaultView: this.window,
      createElement: (tagName) => new FakeElement(this.document, tagName),
      getElementById: (id) => this.document.head.children.find((child) => child.id === id) ?? null,
    } as FakePage["document"];
    this.body = this.document.body = new FakeElement(this.document, "body");
    this.document.head = new FakeElement(this.document, "head");
  }

  /** The page changes: its theme, or the size of something. */
  notify(): void {
    for (const callback of [...this.observers]) callback();
  }

  #resolve(element: FakeElement): string {
    const [, name, fallback] = /^var\((--[\w-]+), (.*)\)$/.exec(element.style["color"] ?? "") ?? [];
    return this.variables[name] ?? fallback;
  }
}

/** The parts of Lumino's Widget that the extension builds on. */
export function fakeWidgetClass(page: FakePage): new () => {
  readonly node: FakeElement;
  readonly isDisposed: boolean;
  addClass(name: string): void;
  dispose(): void;
} {
  return class Widget {
    readonly node: FakeElement = page.document.createElement("div");
    isDisposed = false;
    addClass(name: string): void {
      this.node.classList.add(name);
    }
    dispose(): void {
      this.isDisposed = true;
    }
  };
}

interface Drawing {
  readonly canvas: FakeElement;
  readonly data: Record<string, unknown>[];
  readonly layout: Record<string, never>;
  readonly config: Record<string, unknown>;
}

/** A plotly that notes what it is asked to do, and leaves two svg elements like the real one. */
export class FakePlotly {
  readonly drawn: Drawing[] = [];
  readonly purged: FakeElement[] = [];
  readonly framed: unknown[] = [];
  readonly downloaded: { data: unknown; layout: Record<string, never> }[] = [];
  resized = 0;
  readonly Icons = { camera: {} };
  readonly Plots = { resize: (): void => void (this.resized += 1) };

  react(
    canvas: FakeElement,
    data: Drawing["data"],
    layout: Drawing["layout"],
    config: Drawing["config"],
  ): void {
    canvas.textContent = "";
    for (let i = 0; i < 2; i += 1) {
      const svg = canvas.ownerDocument.createElement("svg");
      svg.className = "main-svg";
      canvas.appendChild(svg);
    }
    this.drawn.push({ canvas, data, layout, config });
  }
  addFrames(_canvas: FakeElement, frames: unknown): void {
    this.framed.push(frames);
  }
  purge(canvas: FakeElement): void {
    this.purged.push(canvas);
  }
  downloadImage(figure: { data: unknown; layout: Record<string, never> }): void {
    this.downloaded.push(figure);
  }
}
