import type { JsonObject, ReplyContent, RequestContents } from "../protocol/index.js";
import { toCodePoints, toCodeUnits } from "./cursor.js";
import type { Executor } from "./executor.js";
import type { History } from "./history.js";
import type { LanguageService } from "./language.js";

/** The requests whose answer needs no queue: it is given at once, also while a cell runs. */
export type PromptRequest =
  "complete_request" | "inspect_request" | "is_complete_request" | "history_request" | "comm_info_request";

export interface AnswerSources {
  readonly executor: Executor;
  readonly language: LanguageService;
  readonly history: History;
}

type Answerer<T extends PromptRequest> = (
  content: RequestContents[T],
  sources: AnswerSources,
) => Promise<ReplyContent<T>>;

/** How each request is answered. */
export const answers: { readonly [T in PromptRequest]: Answerer<T> } = {
  complete_request: async ({ code, cursor_pos }, { language }) => {
    const { items, start, end } = await language.complete(code, toCodeUnits(code, cursor_pos));
    const typed = items.map((item): JsonObject => ({
      start: toCodePoints(code, item.start),
      end: toCodePoints(code, item.end),
      text: item.text,
      type: item.type,
      ...(item.signature === undefined ? {} : { signature: item.signature }),
    }));
    return {
      status: "ok",
      matches: items.map(({ text }) => text),
      cursor_start: toCodePoints(code, start),
      cursor_end: toCodePoints(code, end),
      metadata: { _jupyter_types_experimental: typed },
    };
  },

  inspect_request: async ({ code, cursor_pos, detail_level }, { language }) => {
    const data = await language.inspect(code, toCodeUnits(code, cursor_pos), detail_level);
    return { status: "ok", found: data !== undefined, data: data ?? {}, metadata: {} };
  },

  is_complete_request: async ({ code }, { language }) => language.isComplete(code),

  history_request: async (query, { history }) => ({ status: "ok", history: await history.query(query) }),

  comm_info_request: async ({ target_name }, { executor }) => {
    const open = Object.entries(await executor.comms());
    const asked = open.filter(([, target]) => target_name === undefined || target === target_name);
    return {
      status: "ok",
      comms: Object.fromEntries(asked.map(([id, target]) => [id, { target_name: target }])),
    };
  },
};
