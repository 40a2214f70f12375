/** What came over the wire breaks the protocol. The message names the field, what it must be and what came. */
export class ProtocolFault extends Error {
  override readonly name = "ProtocolFault";
  /** Where the fault is: "signature", "header.msg_id", "content.code". */
  readonly field: string;

  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`);
    this.field = field;
  }
}

/** A value as an error text shows it: its type and a short beginning, never a whole 50 MB cell. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  const text = JSON.stringify(value) ?? String(value);
  const kind = Array.isArray(value) ? "array" : typeof value;
  return `${kind} ${text.length > 60 ? text.slice(0, 60) + "…" : text}`;
}
