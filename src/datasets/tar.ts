/** A plain file of an archive. `content` is a view, not a copy. */
export interface TarFile {
  readonly name: string;
  readonly content: Uint8Array;
}

const block = 512;

/**
 * The plain files of a tar archive, in its order (POSIX.1-1988 "ustar" and older: a header block of 512 bytes a file,
 * then its bytes in whole blocks); folders, links and extension records are passed over.
 *
 * @throws Error naming the byte if a header's checksum is wrong or the archive ends within a file.
 */
export function* tarFiles(archive: Uint8Array): Generator<TarFile> {
  let at = 0;
  while (at + block <= archive.length && archive[at] !== 0) {
    const field = (start: number, length: number): string => asciiField(archive, at + start, length);
    checkHeader(archive, at, field(148, 8));
    const prefix = field(257, 5) === "ustar" ? field(345, 155) : "";
    const name = (prefix === "" ? "" : `${prefix}/`) + field(0, 100);
    const size = parseInt(field(124, 12), 8);
    const type = field(156, 1);
    const start = at + block;
    if (!Number.isInteger(size) || start + size > archive.length)
      throw new Error(`the tar archive ends within the file that begins at byte ${start}`);
    if (type === "0" || type === "") yield { name, content: archive.subarray(start, start + size) };
    at = start + Math.ceil(size / block) * block;
  }
}

/** The checksum is the sum of the header's bytes, its own eight counted as spaces. */
function checkHeader(archive: Uint8Array, at: number, written: string): void {
  let sum = 8 * 32;
  for (let i = 0; i < block; i++) if (i < 148 || i >= 156) sum += archive[at + i];
  if (parseInt(written, 8) !== sum) throw new Error(`the tar archive has no valid header at byte ${at}`);
}

function asciiField(bytes: Uint8Array, start: number, length: number): string {
  let text = "";
  for (let i = start; i < start + length && bytes[i] !== 0; i++) text += String.fromCharCode(bytes[i]);
  return text;
}
