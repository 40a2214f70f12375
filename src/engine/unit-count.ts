/**
 * N, if it may be a number of units: any number that is only known at run time, or a literal that is whole and at least 1.
 * For another literal the message stands in its place, where the compiler shows it.
 */
export type UnitCount<N extends number> = number extends N
  ? N
  : `${N}` extends `-${string}` | `${string}.${string}` | `${string}e-${string}` | "0" | "NaN" | "Infinity"
    ? "units must be a whole number of at least 1"
    : N;
