import { beforeAll, describe, expect, test } from "vitest";
import { FormatError, modelFromBytes, Random } from "../../../src/engine/index.js";
import { encodeSafetensors } from "../../../src/engine/saving/safetensors.js";
import { bits, small } from "./nets.js";

let good: Uint8Array;
let goodBits: string;

beforeAll(async () => {
  const model = await small();
  good = model.toBytes();
  goodBits = bits(model);
});

/** The file with its header, as text, changed; the length at the beginning follows. */
function withHeader(change: (header: string) => string): Uint8Array {
  const length = Number(new DataView(good.buffer).getBigUint64(0, true));
  const before = new TextDecoder().decode(good.subarray(8, 8 + length));
  const after = change(before);
  expect(after, "the change must change something").not.toBe(before);
  return withParts(new TextEncoder().encode(after), good.subarray(8 + length));
}

function withParts(
  header: Uint8Array,
  numbers: Uint8Array,
  length: bigint = BigInt(header.length),
): Uint8Array {
  const bytes = new Uint8Array(8 + header.length + numbers.length);
  new DataView(bytes.buffer).setBigUint64(0, length, true);
  bytes.set(header, 8);
  bytes.set(numbers, 8 + header.length);
  return bytes;
}

/** The file with the description of its model changed. */
function withModel(change: (model: Record<string, never>) => unknown): Uint8Array {
  return withHeader((text) => {
    const header = JSON.parse(text) as { __metadata__: { model: string } };
    const model = JSON.parse(header.__metadata__.model) as Record<string, never>;
    header.__metadata__.model = JSON.stringify(change(model) ?? model);
    return JSON.stringify(header);
  });
}

function fault(bytes: Uint8Array): string {
  try {
    modelFromBytes(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return (error as Error).message;
  }
  return "none";
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const numbers = (bytes: Uint8Array): Uint8Array =>
  bytes.subarray(8 + Number(new DataView(bytes.buffer).getBigUint64(0, true)));

describe("a file with a fault gets an error that says which", () => {
  test.each<[string, () => Uint8Array, string]>([
    ["empty", () => new Uint8Array(), "is empty"],
    ["five bytes", () => good.slice(0, 5), "is too short for a safetensors file: 5 bytes"],
    [
      "a header of 10 GB",
      () => withParts(text("{}"), new Uint8Array(), 10_000_000_000n),
      "is cut off or no safetensors file: its header should have 10000000000 bytes, the whole file has 10",
    ],
    [
      "a header of a negative length",
      () => withParts(text("{}"), new Uint8Array(), 2n ** 64n - 1n),
      "is cut off or no safetensors file: its header should have 18446744073709552000 bytes, the whole file has 10",
    ],
    ["broken JSON", () => withHeader((h) => h.replace("{", "[")), "its header is no valid JSON text"],
    [
      "a header that is a list",
      () => withParts(text("[]"), new Uint8Array()),
      "its header is no JSON object",
    ],
    [
      "a header that is no UTF-8",
      () => withParts(Uint8Array.of(0xff, 0xfe), new Uint8Array()),
      "its header is no valid JSON text",
    ],
    [
      "a header of a hundred thousand brackets",
      () =>
        withParts(
          text(
            '{"a":{"dtype":"F32","data_offsets":[0,0],"shape":' + "[".repeat(1e5) + "]".repeat(1e5) + "}}",
          ),
          new Uint8Array(),
        ),
      'the tensor "a" has the shape [...], which is no list of sizes',
    ],
    [
      "a name twice",
      () => withHeader((h) => h.replace('"dense/bias":{"dtype', '"dense/kernel":{"dtype')),
      'its header is no valid JSON text (the name "dense/kernel" stands twice in one object)',
    ],
    [
      "a name twice, the second in other signs",
      () => withHeader((h) => h.replace('"dense/bias":{"dtype', '"dense\\u002fkernel":{"dtype')),
      'the name "dense/kernel" stands twice in one object',
    ],
    [
      "offsets that overlap",
      () => withHeader((h) => h.replace("[16,24]", "[8,16]")),
      "overlaps the one before it",
    ],
    [
      "offsets in the wrong order",
      () => withHeader((h) => h.replace("[16,24]", "[24,16]")),
      "no beginning and end",
    ],
    [
      "offsets below 0",
      () => withHeader((h) => h.replace("[16,24]", "[-8,0]")),
      'the tensor "dense/bias" has the data_offsets [-8, 0]',
    ],
    [
      "a tensor of 10 GB",
      () =>
        withHeader((h) =>
          h.replace('[2],"data_offsets":[16,24]', '[2500000000],"data_offsets":[16,10000000016]'),
        ),
      'is cut off: the tensor "dense/bias" should end at byte',
    ],
    [
      "a shape beyond all numbers",
      () =>
        withHeader((h) =>
          h.replace('"shape":[2,2]', '"shape":[9007199254740991,9007199254740991,9007199254740991]'),
        ),
      'the tensor "dense/kernel" has 16 bytes, but its shape',
    ],
    [
      "a dtype that is not read",
      () => withHeader((h) => h.replace("F32", "BF16")),
      'the tensor "dense/kernel" has the dtype "BF16"; gradus reads F32 and F64',
    ],
    [
      "a dtype of another size",
      () => withHeader((h) => h.replace("F32", "F64")),
      "has 16 bytes, but its shape [2, 2] in F64 needs 32",
    ],
    [
      "bytes at the end",
      () => Uint8Array.of(...good, 0, 0, 0),
      "has 3 bytes behind its last tensor that belong to none",
    ],
    [
      "another program's file",
      () =>
        encodeSafetensors(new Map([["model.embed", { shape: [1], data: new Float32Array(1) }]]), {
          format: "pt",
        }),
      'is a safetensors file, but no model that gradus saved (its tensors: "model.embed")',
    ],
    [
      "no metadata",
      () => encodeSafetensors(new Map(), {}),
      "is a safetensors file, but no model that gradus saved",
    ],
    [
      "a newer version",
      () => withHeader((h) => h.replace('"version":"1"', '"version":"7"')),
      "was written by a newer gradus: it has version 7 of the format, this one reads up to 1. Update gradus",
    ],
    [
      "a version that is none",
      () => withHeader((h) => h.replace('"version":"1"', '"version":"new"')),
      'has the version "new"',
    ],
    [
      "a description that is cut off",
      () => withHeader((h) => h.replace('\\"layers\\":', "")),
      "the description of its model is no valid JSON text",
    ],
    [
      "a missing tensor",
      () => withHeader((h) => h.replace('"dense/kernel":{"dtype', '"dense/colonel":{"dtype')),
      'the tensor "dense/kernel" is missing',
    ],
    [
      "a tensor too many",
      () => withModel((m) => ({ ...m, compile: null })),
      'has a tensor "optimizer/dense/kernel/m" that belongs to no part of its model',
    ],
    [
      "the shape of another net",
      () => withHeader((h) => h.replace('"shape":[2,1]', '"shape":[1,2]')),
      'the tensor "dense_1/kernel" should have the shape [2, 1], but has [1, 2]',
    ],
    [
      "the other number format",
      () => withModel((m) => ({ ...m, dtype: "float64" })),
      'the tensor "dense/kernel" is float32, but its model is float64',
    ],
    [
      "a format that is none",
      () => withModel((m) => ({ ...m, dtype: "float16" })),
      'model.dtype must be "float32" or "float64", got "float16"',
    ],
    [
      "an unknown layer",
      () => withHeader((h) => h.replace("Dropout", "Dropin")),
      'layers[2] names the unknown layer "Dropin"; known are Dense, Activation, Dropout, BatchNormalization, Flatten',
    ],
    [
      "an unknown activation",
      () => withHeader((h) => h.replace('\\"tanh\\"', '\\"tango\\"')),
      'layers[0].options.activation names the unknown activation "tango"',
    ],
    [
      "an unknown option",
      () => withHeader((h) => h.replace("useBias", "useBiaz")),
      'layers[0] has the unknown option "useBiaz"',
    ],
    [
      "an option of the wrong kind",
      () => withHeader((h) => h.replace('\\"units\\":2', '\\"units\\":\\"2\\"')),
      'layers[0].options.units must be a number, got "2"',
    ],
    [
      "an option out of range",
      () => withHeader((h) => h.replace('\\"rate\\":0.5', '\\"rate\\":1.5')),
      "layers[2]: dropout: rate must be at least 0 and below 1, got 1.5",
    ],
    [
      "a billion units",
      () => withHeader((h) => h.replace('\\"units\\":2', '\\"units\\":1000000000')),
      'the tensor "dense/kernel" should have the shape [2, 1000000000], but has [2, 2]',
    ],
    ["no layers", () => withModel((m) => ({ ...m, layers: [] })), "its model has no layers"],
    [
      "layers that are no list",
      () => withModel((m) => ({ ...m, layers: {} })),
      "model.layers must be a list, got an object",
    ],
    ["an entry too many", () => withModel((m) => ({ ...m, extra: 1 })), 'model has an unknown entry "extra"'],
    [
      "a generator at 0",
      () =>
        withHeader((h) =>
          h.replace(/"order\\":\{\\"words\\":\[[^\]]*\]/, '"order\\":{\\"words\\":[0,0,0,0]'),
        ),
      "Random: state must be four whole numbers of 32 bits, not all 0, got [0, 0, 0, 0]",
    ],
    [
      "memory of a number too many",
      () => withHeader((h) => h.replace("beta1Power", "beta3Power")),
      'compile.memory["dense/kernel"] should have the numbers beta1Power, beta2Power',
    ],
    [
      "a loss that does not go with the outputs",
      () => withHeader((h) => h.replace('\\"loss\\":\\"mse\\"', '\\"loss\\":\\"binaryCrossentropy\\"')),
      "compile: the loss binaryCrossentropy reads probabilities",
    ],
  ])("%s", (_, bytes, message) => {
    expect(fault(bytes())).toMatch(/^modelFromBytes: /);
    expect(fault(bytes())).toContain(message);
  });

  test.each(["__proto__", "constructor", "prototype", "toString"])(
    "the name %s, and no object is changed",
    (name) => {
      for (const bytes of [
        withHeader((h) => h.replace("dense/bias", name)),
        withHeader((h) => h.replace('"__metadata__":{', `"__metadata__":{"${name}":"1",`)),
        withHeader((h) => h.replace('\\"units\\"', `\\"${name}\\":{\\"polluted\\":1},\\"units\\"`)),
        withHeader((h) => h.replace('\\"tanh\\"', `\\"${name}\\"`)),
        withHeader((h) => h.replace('\\"Dropout\\"', `\\"${name}\\"`)),
        withHeader((h) => h.replace('\\"memory\\":{', `\\"memory\\":{\\"${name}\\":{},`)),
      ])
        expect(fault(bytes)).not.toContain("is not a function");
      expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
      expect(fault(withHeader((h) => h.replace("dense/bias", name)))).not.toBe("none");
    },
  );

  test("weights that are NaN or Infinity, in the model and in the optimizer's memory", () => {
    for (const value of [NaN, Infinity, -Infinity]) {
      for (let at = good.length - numbers(good).length; at < good.length; at += 4) {
        const bytes = good.slice();
        new DataView(bytes.buffer).setFloat32(at, value, true);
        expect(fault(bytes)).toMatch(
          /^modelFromBytes: the tensor ".+" holds (NaN|Infinity|-Infinity) at place \d; all must be finite$/,
        );
      }
    }
  });

  test("a file cut off at any place", () => {
    for (let length = 0; length < good.length; length += 7)
      expect(fault(good.slice(0, length)), `${length}`).not.toBe("none");
  });

  test("a schedule in a schedule in a schedule, a thousand deep", () => {
    const deep = '{\\"name\\":\\"warmUp\\",\\"options\\":{\\"steps\\":1,\\"to\\":1,\\"then\\":'.repeat(1000);
    const bytes = withHeader((h) =>
      h.replace('\\"learningRate\\":0.001', `\\"learningRate\\":${deep}1${"}}".repeat(1000)}`),
    );
    expect(fault(bytes)).toContain("nests too deep");
  });
});

test("bytes changed at random give the same kind of model or a FormatError, never another error", () => {
  const random = new Random(20);
  let [read, refused] = [0, 0];
  for (let round = 0; round < 4000; round++) {
    const bytes = good.slice();
    const many = 1 + random.int(3);
    for (let i = 0; i < many; i++) {
      // Most changes in the header, where there is more to get wrong.
      const place = random.int(random.uniform() < 0.8 ? bytes.length - numbers(good).length : bytes.length);
      bytes[place] = random.uniform() < 0.5 ? bytes[place] ^ (1 << random.int(8)) : random.int(256);
    }
    try {
      const model = modelFromBytes(bytes);
      expect(model.predict([[1, 2]]).shape).toEqual([1, 1]);
      read++;
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      refused++;
    }
  }
  // Both happen: else nothing was tried.
  expect(read).toBeGreaterThan(20);
  expect(refused).toBeGreaterThan(1000);
});

test("the unchanged file gives the model", () => {
  expect(bits(modelFromBytes(good))).toBe(goodBits);
});
