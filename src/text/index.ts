export type { MatrixMode } from "./document-matrix.js";
export { Tokenizer } from "./tokenizer.js";
export type { Text, TokenizerOptions } from "./tokenizer.js";
export { textToWordSequence } from "./word-sequence.js";
export type { WordSequenceOptions } from "./word-sequence.js";
