import type {
  CellOutcome,
  CellRequest,
  CommMessage,
  Executor,
  OutputSink,
} from "../../../src/kernel/session/executor.js";
import type { CheckResult, Completions, LanguageService } from "../../../src/kernel/session/language.js";

/**
 * A language of one command a line, for tests of the session:
 * `print T`, `warn T`, `display T [ID]`, `update T ID`, `clear`, `clear wait`, `value T`, `throw T`, `ask PROMPT` (prints
 * the answer), `hang` (until interrupted), `later T` (prints after the cell's end), `comm ID`,
 * `fail` (the executor itself rejects). `\n` in a text is a line's end.
 */
export class ToyExecutor implements Executor {
  readonly calls: string[] = [];
  readonly comms_: Record<string, string> = {};
  readonly cells: CellRequest[] = [];
  #stop: (() => void) | undefined;
  #later: Promise<void>[] = [];

  start(): Promise<void> {
    this.calls.push("start");
    return Promise.resolve();
  }

  async execute(cell: CellRequest, sink: OutputSink): Promise<CellOutcome> {
    this.cells.push(cell);
    let result: string | undefined;
    for (const line of cell.code.split("\n")) {
      const [command = "", ...words] = line.split(" ");
      const text = words.join(" ").replaceAll("\\n", "\n");
      if (command === "print") await sink.stream("stdout", text);
      else if (command === "warn") await sink.stream("stderr", text);
      else if (command === "display" || command === "update") {
        const [shown, displayId] = words;
        const options = { ...(displayId ? { displayId } : {}), update: command === "update" };
        await sink.display({ data: { "text/plain": shown }, metadata: {} }, options);
      } else if (command === "clear") await sink.clearOutput({ wait: text === "wait" });
      else if (command === "value") result = text;
      else if (command === "throw") return failure("ToyError", text);
      else if (command === "ask") {
        try {
          await sink.stream("stdout", await sink.input({ prompt: text, password: false }));
        } catch (error) {
          return failure((error as Error).name, (error as Error).message);
        }
      } else if (command === "hang") {
        await new Promise<void>((resolve) => (this.#stop = resolve));
        return failure("Interrupted", "");
      } else if (command === "later") {
        this.#later.push(
          new Promise((resolve) => setTimeout(resolve, 5)).then(() => sink.stream("stdout", text)),
        );
      } else if (command === "comm")
        await sink.comm({ type: "comm_open", commId: text, targetName: "toy", data: {} });
      else if (command === "fail") throw new Error("no runtime");
    }
    const userExpressions = Object.fromEntries(
      Object.entries(cell.userExpressions).map(([name, code]) => [
        name,
        { status: "ok" as const, data: { "text/plain": `<${code}>` }, metadata: {} },
      ]),
    );
    const shown = result === undefined ? {} : { result: { data: { "text/plain": result }, metadata: {} } };
    return { status: "ok", userExpressions, ...shown };
  }

  interrupt(): Promise<void> {
    this.calls.push("interrupt");
    this.#stop?.();
    return Promise.resolve();
  }

  comm(message: CommMessage): Promise<void> {
    this.calls.push(`${message.type} ${message.commId}`);
    return Promise.resolve();
  }

  comms(): Promise<Readonly<Record<string, string>>> {
    return Promise.resolve(this.comms_);
  }

  stop(): Promise<void> {
    this.calls.push("stop");
    return Promise.resolve();
  }
}

function failure(ename: string, evalue: string): CellOutcome {
  return { status: "error", error: { ename, evalue, traceback: [`${ename}: ${evalue}`] } };
}

/** Knows the commands; a cell with `wrong` does not pass, one with `shady` warns, one with `confuse` breaks the checker. */
export class ToyLanguage implements LanguageService {
  readonly committed: string[] = [];
  resets = 0;
  warm = 0;
  /** Set to hold the checker until it is called. */
  hold: Promise<void> | undefined;

  warmUp(): Promise<void> {
    this.warm++;
    return Promise.resolve();
  }

  async check(code: string): Promise<CheckResult> {
    await this.hold;
    if (code.includes("confuse")) throw new Error("the checker is confused");
    if (code.includes("wrong"))
      return { error: { ename: "TypeError", evalue: "wrong", traceback: ["wrong"] }, warnings: [] };
    return { warnings: code.includes("shady") ? ["shady code"] : [] };
  }

  commit(code: string): void {
    this.committed.push(code);
  }

  reset(): void {
    this.resets++;
  }

  complete(code: string, offset: number): Promise<Completions> {
    if (code === "confuse") throw new Error("no idea");
    const start = code.lastIndexOf(" ", offset - 1) + 1;
    return Promise.resolve({
      items: [{ text: "print", start, end: offset, type: "function", signature: "(text)" }],
      start,
      end: offset,
    });
  }

  inspect(code: string, offset: number, detail: 0 | 1): Promise<Record<string, unknown> | undefined> {
    return Promise.resolve(code === "" ? undefined : { "text/plain": `${code.slice(0, offset)}|${detail}` });
  }

  isComplete(code: string): ReturnType<LanguageService["isComplete"]> {
    return Promise.resolve(
      code.endsWith("\\") ? { status: "incomplete", indent: "  " } : { status: "complete" },
    );
  }
}
