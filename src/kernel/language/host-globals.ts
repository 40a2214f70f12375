/**
 * The few globals of Node that nearly every cell uses. Node's own declarations take 50 MB of memory and half a second, so
 * they are loaded when a cell asks for more than this (an import of a built-in module, `process`, `Buffer`, ...). Whatever is
 * declared here must be assignable to and from Node's declaration of the same name.
 */
export const hostGlobals = `
interface Console {
  /** Prints values, separated by spaces. */
  log(message?: any, ...optionalParams: any[]): void;
  /** Prints values, like \`console.log\`. */
  info(message?: any, ...optionalParams: any[]): void;
  /** Prints values, like \`console.log\`. */
  debug(message?: any, ...optionalParams: any[]): void;
  /** Prints values to the error stream. */
  error(message?: any, ...optionalParams: any[]): void;
  /** Prints values to the error stream. */
  warn(message?: any, ...optionalParams: any[]): void;
  /** Prints rows as a table; \`properties\` chooses its columns. */
  table(tabularData: any, properties?: readonly string[]): void;
  /** Prints the message when \`condition\` is false. */
  assert(condition?: boolean, message?: string, ...optionalParams: any[]): void;
  /** Prints how often it was called with this label. */
  count(label?: string): void;
  countReset(label?: string): void;
  /** Prints one value in detail. */
  dir(obj: any, options?: any): void;
  dirxml(...data: any[]): void;
  /** Indents what follows, until \`console.groupEnd()\`. */
  group(...label: any[]): void;
  groupCollapsed(...label: any[]): void;
  groupEnd(): void;
  /** Starts a clock that \`console.timeEnd\` reads. */
  time(label?: string): void;
  /** Stops the clock and prints the time that has passed. */
  timeEnd(label?: string): void;
  timeLog(label?: string, ...data: any[]): void;
  /** Prints the message and the calls that led here. */
  trace(message?: any, ...optionalParams: any[]): void;
  clear(): void;
}
declare var console: Console;
/** Calls the function once, after \`delay\` milliseconds. */
declare function setTimeout<TArgs extends any[]>(callback: (...args: TArgs) => void, delay?: number, ...args: TArgs): NodeJS.Timeout;
declare function setTimeout(callback: (_: void) => void, delay?: number): NodeJS.Timeout;
declare function clearTimeout(timeout: NodeJS.Timeout | string | number | undefined): void;
/** Calls the function every \`delay\` milliseconds. */
declare function setInterval<TArgs extends any[]>(callback: (...args: TArgs) => void, delay?: number, ...args: TArgs): NodeJS.Timeout;
declare function setInterval(callback: (_: void) => void, delay?: number): NodeJS.Timeout;
declare function clearInterval(timeout: NodeJS.Timeout | string | number | undefined): void;
declare function queueMicrotask(callback: () => void): void;
/** A deep copy. */
declare function structuredClone<T>(value: T, options?: { transfer?: readonly any[] }): T;
interface Performance {
  /** Milliseconds since the program began, with fractions. */
  now(): number;
  readonly timeOrigin: number;
}
declare var performance: Performance;
declare namespace NodeJS {
  interface Timeout {
    hasRef(): boolean;
    ref(): this;
    refresh(): this;
    unref(): this;
    [Symbol.toPrimitive](): number;
  }
}
interface ImportMeta {
  readonly url: string;
  readonly dirname: string;
  readonly filename: string;
  resolve(specifier: string): string;
}
`;

/** Names declared above: using one of them is no reason to load Node's declarations. */
export const hostGlobalNames: ReadonlySet<string> = new Set([
  ...["console", "setTimeout", "clearTimeout", "setInterval", "clearInterval"],
  ...["queueMicrotask", "structuredClone", "performance", "globalThis"],
]);
