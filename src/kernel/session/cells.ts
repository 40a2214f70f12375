import type { ErrorContent, JsonObject, Message, ReplyContent, RequestContents } from "../protocol/index.js";
import { CellOutput } from "./cell-output.js";
import type { CellError, CellOutcome, CommMessage, Executor } from "./executor.js";
import type { History } from "./history.js";
import type { Input } from "./input.js";
import type { LanguageService } from "./language.js";
import type { Outbox } from "./outbox.js";
import type { Status } from "./status.js";

type ExecuteContent = RequestContents["execute_request"];

interface WaitingCell {
  readonly kind: "cell";
  readonly request: Message;
  readonly content: ExecuteContent;
  aborted: boolean;
}

interface WaitingComm {
  readonly kind: "comm";
  readonly request: Message;
  readonly comm: CommMessage;
}

/** The cell that runs, as far as an interrupt needs it. */
interface RunningCell {
  readonly ended: AbortController;
  interrupted: boolean;
}

export interface CellsOptions {
  readonly outbox: Outbox;
  readonly status: Status;
  readonly input: Input;
  readonly history: History;
  readonly executor: Executor;
  readonly language: LanguageService;
  readonly log: (line: string) => void;
  /**
   * How long a failed cell waits before it answers, so that the requests a front end sent in one go with it have arrived
   * and are aborted with the others. A request sent after the answer is never aborted.
   */
  readonly abortGraceMs?: number;
}

const interruptedError: CellError = {
  ename: "Interrupted",
  evalue: "the cell was stopped before it ran",
  traceback: ["Interrupted: the cell was stopped before it ran"],
};

/** The queue of execute requests: one cell at a time, each answered, in the order in which they came. */
export class Cells {
  readonly #options: CellsOptions;
  readonly #waiting: (WaitingCell | WaitingComm)[] = [];
  #running: RunningCell | undefined;
  #working = false;
  #closed = false;
  /** The number of the next cell that counts. */
  #count = 1;

  constructor(options: CellsOptions) {
    this.#options = options;
  }

  /** Queues an execute request. */
  add(request: Message, content: ExecuteContent): void {
    this.#waiting.push({ kind: "cell", request, content, aborted: false });
    this.#work();
  }

  /**
   * Hands a comm message to user code. It keeps its place among waiting cells, since one of them may open the comm; with
   * none waiting it goes at once, so that a slider can reach a training loop that runs.
   */
  addComm(request: Message, comm: CommMessage): void {
    if (this.#waiting.length > 0 || (this.#working && comm.type === "comm_open")) {
      this.#waiting.push({ kind: "comm", request, comm });
      return;
    }
    void this.#deliver(request, comm);
  }

  /** Stops the cell that runs, in whatever state it is. Waiting cells follow from its error (`stop_on_error`). */
  async interrupt(): Promise<void> {
    if (this.#running !== undefined) {
      this.#running.interrupted = true;
      this.#running.ended.abort();
    }
    await this.#options.executor.interrupt();
  }

  /** Lets nothing more start. */
  close(): void {
    this.#closed = true;
    this.#waiting.length = 0;
    this.#running?.ended.abort();
  }

  #work(): void {
    if (this.#working) return;
    this.#working = true;
    void this.#workOff();
  }

  async #workOff(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const item = next;
      if (item.kind === "comm") await this.#deliver(item.request, item.comm);
      else
        await this.#options.status
          .aroundCell(item.request.header, () => (item.aborted ? this.#abort(item) : this.#run(item)))
          .catch((error: unknown) => this.#options.log(`a cell could not be answered: ${String(error)}`));
    }
    // In the same step as the last look at the queue, so that nothing is added unseen in between.
    this.#working = false;
  }

  async #deliver(request: Message, comm: CommMessage): Promise<void> {
    const { status, executor, log } = this.#options;
    await status
      .around(request.header, () => executor.comm(comm))
      .catch((error: unknown) => log(`${comm.type} for comm ${comm.commId} failed: ${String(error)}`));
  }

  async #abort({ request }: WaitingCell): Promise<void> {
    await this.#reply(request, { status: "aborted", execution_count: this.#count });
  }

  async #run({ request, content }: WaitingCell): Promise<void> {
    const { outbox, input, history } = this.#options;
    const { code, silent, store_history, allow_stdin } = content;
    const isBlank = code.trim() === "";
    const executionCount = this.#count;
    if (store_history && !isBlank) this.#count++;

    // JupyterLab keeps it beside the cell as the time at which it began.
    const started = new Date().toISOString();
    const running: RunningCell = { ended: new AbortController(), interrupted: false };
    this.#running = running;
    const output = new CellOutput({
      outbox,
      parent: request.header,
      silent,
      ask: (question) => input.ask(question, { request, allowed: allow_stdin, ended: running.ended.signal }),
    });
    if (!silent)
      await outbox.publish("execute_input", { code, execution_count: executionCount }, request.header);

    const outcome =
      isBlank && Object.keys(content.user_expressions).length === 0
        ? ({ status: "ok", userExpressions: {} } as const)
        : await this.#outcome(content, executionCount, running, output);
    running.ended.abort();
    if (outcome.status === "error") await output.error(outcome.error);
    else if (outcome.result !== undefined) await output.result(outcome.result, executionCount);
    await output.flush();

    if (store_history && !isBlank) void history.add(executionCount, code, resultText(outcome));
    if (outcome.status === "error" && content.stop_on_error) await this.#abortWaiting();
    this.#running = undefined;
    await this.#reply(request, replyTo(outcome, executionCount), { started });
  }

  async #outcome(
    content: ExecuteContent,
    executionCount: number,
    running: RunningCell,
    output: CellOutput,
  ): Promise<CellOutcome> {
    const { executor, language, log } = this.#options;
    const { code, silent, user_expressions: userExpressions } = content;
    try {
      // A fault of the checker must not keep anyone from running code.
      const checked = await language.check(code, { executionCount }).catch((error: unknown) => {
        log(`the type checker failed, the cell runs unchecked: ${String(error)}`);
        return { error: undefined, warnings: ["The type checker failed; this cell runs unchecked."] };
      });
      for (const warning of checked.warnings)
        await output.stream("stderr", warning.endsWith("\n") ? warning : warning + "\n");
      if (checked.error !== undefined) return { status: "error", error: checked.error };
      if (running.interrupted) return { status: "error", error: interruptedError };
      const outcome = await executor.execute({ code, executionCount, silent, userExpressions }, output);
      if (outcome.status === "ok") language.commit(code, { executionCount });
      return outcome;
    } catch (error) {
      log(`the runtime failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return { status: "error", error: errorContent(error) };
    }
  }

  async #abortWaiting(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.#options.abortGraceMs ?? 5));
    for (const item of this.#waiting) if (item.kind === "cell") item.aborted = true;
  }

  async #reply(
    request: Message,
    content: ReplyContent<"execute_request">,
    metadata: JsonObject = {},
  ): Promise<void> {
    if (this.#closed) return;
    await this.#options.outbox.answer("shell", "execute_reply", content, request, metadata);
  }
}

/** A thrown value as the protocol shows it. */
export function errorContent(error: unknown): ErrorContent {
  const ename = error instanceof Error ? error.name : "Error";
  const evalue = error instanceof Error ? error.message : String(error);
  return { ename, evalue, traceback: [`${ename}: ${evalue}`] };
}

function replyTo(outcome: CellOutcome, execution_count: number): ReplyContent<"execute_request"> {
  if (outcome.status === "error") return { status: "error", execution_count, ...outcome.error };
  return {
    status: "ok",
    execution_count,
    user_expressions: outcome.userExpressions as JsonObject,
    payload: outcome.payload ?? [],
  };
}

function resultText(outcome: CellOutcome): string | null {
  const text = outcome.status === "ok" ? outcome.result?.data["text/plain"] : undefined;
  return typeof text === "string" ? text : null;
}
