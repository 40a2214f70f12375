/** The part of the WebAssembly interface that is used here; TypeScript's `lib` knows it only together with the DOM. */
export interface WebAssemblyInterface {
  readonly Memory: new (size: { initial: number; maximum: number; shared?: boolean }) => WebAssemblyMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { env: { memory: WebAssemblyMemory } },
  ) => { readonly exports: unknown };
  validate(bytes: Uint8Array): boolean;
}

export interface WebAssemblyMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

/** What memory is counted in. */
export const pageBytes: number = 65536;

/** The most pages that a memory can have: 4 GB. */
export const mostPages: number = 65536;

/** The surroundings' WebAssembly. Throws Error if there is none. */
export function webAssembly(): WebAssemblyInterface {
  const found = (globalThis as unknown as { WebAssembly?: WebAssemblyInterface }).WebAssembly;
  if (found === undefined) throw new Error("there is no WebAssembly here");
  return found;
}
