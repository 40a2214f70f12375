import type { Message } from "../protocol/index.js";
import type { Outbox } from "./outbox.js";

interface Question {
  readonly id: string;
  readonly client: string;
  readonly answer: (value: string) => void;
}

class InputError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/**
 * Questions to the person at the front end that runs the cell. One question at a time is open; an answer counts only
 * when it comes from the client that was asked, and, where the client says which question it answers (JupyterLab does,
 * jupyter_client does not), when it answers this one.
 */
export class Input {
  readonly #outbox: Outbox;
  #open: Question | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  /**
   * Asks the client that sent `request`; resolves with the line. Rejects when the request forbids questions and when
   * `ended` is aborted: the cell was interrupted or is over.
   */
  ask(
    question: { readonly prompt: string; readonly password: boolean },
    options: { readonly request: Message; readonly allowed: boolean; readonly ended: AbortSignal },
  ): Promise<string> {
    if (!options.allowed) {
      const reason =
        "prompt: this front end takes no input here (allow_stdin is false). Run the cell in a notebook.";
      return Promise.reject(new InputError("StdinNotAllowed", reason));
    }
    const answer = this.#turn.then(() => this.#askNow(question, options));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  /** An `input_reply` has come. Returns false when nobody waits for it. */
  receive(reply: Message, value: string): boolean {
    const open = this.#open;
    if (open === undefined || open.client !== clientOf(reply)) return false;
    const answered = reply.parent_header.msg_id as string | undefined;
    if (answered !== undefined && answered !== open.id) return false;
    open.answer(value);
    return true;
  }

  #askNow(
    { prompt, password }: { readonly prompt: string; readonly password: boolean },
    { request, ended }: { readonly request: Message; readonly ended: AbortSignal },
  ): Promise<string> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#open = undefined;
        reject(new InputError("Interrupted", "prompt: the cell has ended before an answer came"));
      };
      if (ended.aborted) return stop();
      ended.addEventListener("abort", stop, { once: true });
      void this.#outbox.answer("stdin", "input_request", { prompt, password }, request).then(({ msg_id }) => {
        if (ended.aborted) return;
        this.#open = {
          id: msg_id,
          client: clientOf(request),
          answer: (value) => {
            this.#open = undefined;
            ended.removeEventListener("abort", stop);
            resolve(value);
          },
        };
      });
    });
  }
}

/** The ROUTER's route to a client: the same on shell and stdin, which is how the protocol pairs them. */
function clientOf(message: Message): string {
  return message.identities.map((identity) => identity.join(",")).join(";");
}
