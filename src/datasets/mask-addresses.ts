const masks: readonly (readonly [RegExp, string])[] = [
  // A whole line: it names the writer beside the address.
  [/^(From|Reply-To|Sender|Originator|Return-Path|X-[\w-]*From|Nntp-Posting-User):.*$/gim, "$1: [masked]"],
  [/[^\s<>()[\]",;:]+@[\w-]+(?:\.[\w-]+)*/g, "[address]"],
  // Mail was once routed by hand: host!host!user.
  [/\b[\w.-]+(?:![\w.-]+)+/g, "[address]"],
  [/(?:\+?1[-. ])?(?:\(\d{3}\) ?|\b\d{3}[-. ])\d{3}[-. ]\d{4}\b/g, "[phone]"],
];

/**
 * The text with e-mail addresses, message numbers, mail routes, American phone numbers and the lines that name the sender
 * replaced by `[address]`, `[phone]` and `[masked]`: for showing a post to others. Names within sentences stay.
 *
 * @example
 * import { maskAddresses } from "gradus";
 * console.log(maskAddresses("Write to ada@example.org or call (555) 010-9999."));
 * // Write to [address] or call [phone].
 */
export function maskAddresses(text: string): string {
  return masks.reduce((masked, [pattern, mask]) => masked.replace(pattern, mask), text);
}
