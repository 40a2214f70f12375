/** The two number formats of the engine: float32 trains (7 digits, half the memory), float64 checks (16 digits). */
export type Dtype = "float32" | "float64";

/** The storage behind a matrix. */
export type FloatArray = Float32Array | Float64Array;

/** A zero-filled array of `length` numbers. Throws RangeError, saying how much was asked for, if there is no room for it. */
export function allocate(dtype: Dtype, length: number): FloatArray {
  try {
    return dtype === "float32" ? new Float32Array(length) : new Float64Array(length);
  } catch (cause) {
    const megabytes = Math.ceil((length * (dtype === "float32" ? 4 : 8)) / 2 ** 20);
    throw new RangeError(
      `${length} numbers in ${dtype} need ${megabytes} MB, which cannot be had. Use fewer rows or columns, or sparse rows.`,
      { cause },
    );
  }
}

/** The format that loses nothing of either: float64 as soon as one of the two is float64. */
export function widerDtype(a: Dtype, b: Dtype): Dtype {
  return a === "float64" || b === "float64" ? "float64" : "float32";
}
