/** The section of a WebAssembly module that lists its imports. */
const importSection = 2;
/** The kind of an import that is a memory, and its limits: with a maximum, and with a maximum and shared. */
const memoryKind = 2;
const withMaximum = 1;
const sharedWithMaximum = 3;

/**
 * The same module, but for a memory that threads share: one bit of its import is another. Source: WebAssembly core specification,
 * binary format, and its threads proposal. Throws Error if the module does not begin as our compiler makes it.
 */
export function forSharedMemory(module: Uint8Array): Uint8Array {
  const shared = new Uint8Array(module);
  let at = 8; // behind the magic number and the version
  const unsigned = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = shared[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const skip = (bytes: number): void => {
    at += bytes;
  };
  while (at < shared.length) {
    const section = shared[at++];
    const length = unsigned();
    if (section !== importSection) {
      at += length;
      continue;
    }
    for (let imports = unsigned(); imports > 0; imports--) {
      skip(unsigned()); // the module's name
      skip(unsigned()); // its own name
      if (shared[at++] !== memoryKind) break;
      if (shared[at] !== withMaximum) break;
      shared[at] = sharedWithMaximum;
      return shared;
    }
    break;
  }
  throw new Error("the compiled kernels do not import a memory with a maximum, so it cannot be shared");
}
