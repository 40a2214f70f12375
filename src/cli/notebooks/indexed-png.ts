import { deflateSync } from "node:zlib";

export interface IndexedImage {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of at most 256 colours, one after the other. */
  readonly palette: Uint8Array;
  /** One colour number a pixel, row by row. */
  readonly pixels: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const INDEXED = 3;

/**
 * A PNG file with a palette: one byte a pixel before compression, a third of what a browser writes for a figure.
 *
 * W3C, "Portable Network Graphics (PNG) Specification", third edition (2025).
 *
 * @throws RangeError when the sizes do not fit, or the palette holds more than 256 colours.
 */
export function indexedPng({ width, height, palette, pixels }: IndexedImage): Buffer {
  if (pixels.length !== width * height || palette.length % 3 !== 0 || palette.length > 3 * 256) {
    throw new RangeError(
      `indexedPng: ${width} by ${height} need ${width * height} pixels and at most 768 palette bytes, got ${pixels.length} and ${palette.length}`,
    );
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, INDEXED, 0, 0, 0], 8);
  // Each row begins with its filter: 0, none, the best for colour numbers.
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row += 1) {
    rows.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  }
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", palette),
    chunk("IDAT", deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** The cyclic redundancy check of the PNG specification, annex D; `zlib.crc32` came only with Node 22. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
