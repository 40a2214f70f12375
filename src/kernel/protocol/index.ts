/** Bytes to typed messages of the Jupyter protocol and back; pure. */
export { ProtocolFault } from "./fault.js";
export type { JsonObject } from "./fields.js";
export { createHeader, protocolVersion, type Header } from "./header.js";
export { createMessage, type Channel, type Message } from "./message.js";
export {
  replyTypeOf,
  type ErrorContent,
  type ErrorReply,
  type HistoryItem,
  type LanguageInfo,
  type OutgoingContents,
  type OutgoingType,
  type PublishedContents,
  type ReplyContent,
  type ReplyTypeOf,
} from "./outgoing.js";
export {
  isNoticeType,
  isRequestType,
  parseNotice,
  parseRequest,
  type HistoryQuery,
  type NoticeContents,
  type NoticeType,
  type RequestContents,
  type RequestType,
} from "./requests.js";
export { WireCodec } from "./wire.js";
