import type { Dtype, FloatArray } from "../dtype.js";
import { FormatError } from "./format-error.js";
import { isRecord, parseJson, show } from "./json-text.js";

/**
 * The safetensors format (github.com/huggingface/safetensors), which Python, Rust and JavaScript read: 8 bytes with the length of
 * the header, little-endian; the header, JSON that gives each tensor's dtype, shape and place; the numbers, little-endian, without gaps.
 */

/** Numbers in row-major order. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: FloatArray;
}

/** A tensor that still lies in the bytes of its file. */
export interface StoredTensor {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** Copies the numbers out. */
  read(): FloatArray;
}

export interface StoredTensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The limit of the reference implementation. */
const longestHeader = 100_000_000;
const codes: Readonly<Record<Dtype, "F32" | "F64">> = { float32: "F32", float64: "F64" };

/** The bytes of a safetensors file. The header is filled up with spaces, so that the numbers begin at a multiple of 8 bytes. */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let length = 0;
  for (const [name, { shape, data }] of tensors) {
    const end = length + data.byteLength;
    header[name] = { dtype: codes[dtypeOf(data)], shape, data_offsets: [length, end] };
    length = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = 8 + Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(start + length).fill(0x20, 8, start);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(start - 8), true);
  bytes.set(json, 8);
  let at = start;
  for (const { data } of tensors.values()) {
    const single = data instanceof Float32Array;
    for (let i = 0; i < data.length; i++, at += data.BYTES_PER_ELEMENT) {
      if (single) view.setFloat32(at, data[i], true);
      else view.setFloat64(at, data[i], true);
    }
  }
  return bytes;
}

/** What a safetensors file holds; no number is copied yet. Throws FormatError, naming the source and the fault. */
export function decodeSafetensors(bytes: Uint8Array, source: string): StoredTensors {
  const fail = (fault: string, cause?: unknown): never => {
    throw new FormatError(source, fault, { cause });
  };
  if (bytes.length === 0) fail("is empty");
  if (bytes.length < 8) fail(`is too short for a safetensors file: ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = Number(view.getBigUint64(0, true));
  if (headerLength > longestHeader || headerLength > bytes.length - 8) {
    fail(
      `is cut off or no safetensors file: its header should have ${headerLength} bytes, the whole file has ${bytes.length}`,
    );
  }
  let header: unknown;
  try {
    header = parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, 8 + headerLength)));
  } catch (error) {
    fail(
      `its header is no valid JSON text (${error instanceof Error ? error.message : String(error)})`,
      error,
    );
  }
  if (!isRecord(header)) return fail("its header is no JSON object");

  const start = 8 + headerLength;
  const size = bytes.length - start;
  const tensors = new Map<string, StoredTensor>();
  const places: { name: string; begin: number; end: number }[] = [];
  let metadata: Readonly<Record<string, string>> = {};
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") {
      if (!isRecord(entry) || Object.values(entry).some((value) => typeof value !== "string"))
        fail("its __metadata__ must be an object of texts");
      metadata = entry as Record<string, string>;
      continue;
    }
    const { dtype, shape, begin, end } = readEntry(entry, (fault) => fail(`the tensor "${name}" ${fault}`));
    if (end > size) {
      fail(
        `is cut off: the tensor "${name}" should end at byte ${start + end}, the file ends at ${bytes.length}`,
      );
    }
    places.push({ name, begin, end });
    tensors.set(name, {
      dtype,
      shape,
      read: () => copyNumbers(view, { dtype, begin: start + begin, end: start + end }),
    });
  }
  places.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let reached = 0;
  for (const { name, begin, end } of places) {
    if (begin !== reached)
      fail(`the tensor "${name}" ${begin < reached ? "overlaps the one before it" : "has a gap before it"}`);
    reached = end;
  }
  if (reached !== size) fail(`has ${size - reached} bytes behind its last tensor that belong to none`);
  return { tensors, metadata };
}

interface Entry {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function readEntry(entry: unknown, fail: (fault: string) => never): Entry {
  if (!isRecord(entry)) return fail("is described by no JSON object");
  const { dtype: code, shape, data_offsets: offsets, ...unknown } = entry;
  const stranger = Object.keys(unknown)[0];
  if (stranger !== undefined) fail(`has an unknown entry "${stranger}"`);
  const dtype = code === "F32" ? "float32" : code === "F64" ? "float64" : undefined;
  if (dtype === undefined) return fail(`has the dtype ${show(code)}; gradus reads F32 and F64`);
  if (!isListOfSizes(shape)) return fail(`has the shape ${show(shape)}, which is no list of sizes`);
  if (!isListOfSizes(offsets) || offsets.length !== 2 || offsets[0] > offsets[1])
    return fail(`has the data_offsets ${show(offsets)}, which are no beginning and end`);
  const [begin, end] = offsets;
  const due = shape.reduce((product, size) => product * size, dtype === "float32" ? 4 : 8);
  if (end - begin !== due)
    fail(`has ${end - begin} bytes, but its shape [${shape.join(", ")}] in ${code as string} needs ${due}`);
  return { dtype, shape, begin, end };
}

function copyNumbers(
  view: DataView,
  { dtype, begin, end }: { readonly dtype: Dtype; readonly begin: number; readonly end: number },
): FloatArray {
  if (dtype === "float32") {
    const numbers = new Float32Array((end - begin) / 4);
    for (let i = 0; i < numbers.length; i++) numbers[i] = view.getFloat32(begin + 4 * i, true);
    return numbers;
  }
  const numbers = new Float64Array((end - begin) / 8);
  for (let i = 0; i < numbers.length; i++) numbers[i] = view.getFloat64(begin + 8 * i, true);
  return numbers;
}

function isListOfSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && (size as number) >= 0);
}

function dtypeOf(data: FloatArray): Dtype {
  return data instanceof Float32Array ? "float32" : "float64";
}
