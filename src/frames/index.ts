export type { Cell, ColumnType } from "./cell.js";
export type { DanfoFrame } from "./danfo.js";
export { Frame } from "./frame.js";
export type { Row, RowLabel } from "./frame.js";
export { Grouping } from "./grouping.js";
export { frame } from "./read.js";
export type { ReadOptions } from "./read.js";
export type { Statistic } from "./statistics.js";
