import { inflateRawSync } from "node:zlib";

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;

/**
 * One file of a zip archive, stored or deflated (PKWARE APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16).
 *
 * @throws Error if the archive is broken or does not have the file.
 */
export function unzip(archive: Uint8Array, name: string): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  let end = archive.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== endOfDirectory) end--;
  if (end < 0) throw new Error("it is no zip archive, or only the beginning of one");
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const names: string[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > archive.length || view.getUint32(at, true) !== directoryEntry)
      throw new Error("its list of files is broken");
    const method = view.getUint16(at + 10, true);
    const size = view.getUint32(at + 20, true);
    const nameLength = view.getUint16(at + 28, true);
    const found = new TextDecoder().decode(archive.subarray(at + 46, at + 46 + nameLength));
    if (found === name) return content(archive, { at: view.getUint32(at + 42, true), size, method });
    names.push(found);
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  throw new Error(`it has no ${name}, only ${names.join(", ")}`);
}

/** The local header repeats the name's length, but its extra field may be another. */
function content(
  archive: Uint8Array,
  { at, size, method }: { at: number; size: number; method: number },
): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const packed = archive.subarray(start, start + size);
  if (method === 0) return packed;
  if (method === 8) return inflateRawSync(packed);
  throw new Error(`its files are packed by method ${method}, which is not known here`);
}
