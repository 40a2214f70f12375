import { spawn, type ChildProcess } from "node:child_process";
import * as path from "node:path";
import * as readline from "node:readline";
import type { Answer, Question } from "./job.js";
import { writeNumbers } from "./job-files.js";

/** One thread for every library: what each of them reads when it starts. */
export const singleThread: Readonly<Record<string, string>> = {
  OMP_NUM_THREADS: "1",
  MKL_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
  NUMEXPR_NUM_THREADS: "1",
  VECLIB_MAXIMUM_THREADS: "1",
  BLIS_NUM_THREADS: "1",
  TF_NUM_INTRAOP_THREADS: "1",
  TF_NUM_INTEROP_THREADS: "1",
  TF_CPP_MIN_LOG_LEVEL: "3",
  CUDA_VISIBLE_DEVICES: "-1",
};

/** A process that answers questions, a JSON line each: a library that is measured. */
export class Worker {
  readonly #child: ChildProcess;
  readonly #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];
  #stderr = "";
  #ended: Error | undefined;

  constructor(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.#child = spawn(command, args, {
      env: { ...process.env, ...singleThread, ...env },
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    this.#child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-4000);
    });
    this.#child.stdin!.on("error", () => {}); // the close below says why
    this.#child.on("error", (error) => this.#end(error));
    this.#child.on("close", (code) => this.#end(new Error(this.#lastWords(code))));
    readline
      .createInterface({ input: this.#child.stdout! })
      .on("line", (line) => this.#waiting.shift()?.resolve(JSON.parse(line) as Answer));
  }

  /** Rejects with the last line that the process wrote on stderr, if it ends instead of answering. */
  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) {
        reject(this.#ended);
        return;
      }
      this.#waiting.push({ resolve, reject });
      this.#child.stdin!.write(`${JSON.stringify(question)}\n`);
    });
  }

  /** Lets the process end; it does when its input does. */
  close(): void {
    this.#child.stdin!.end();
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
  }

  #lastWords(code: number | null): string {
    const line = this.#stderr.trim().split("\n").at(-1)?.trim();
    return line ? line : `it ended with code ${code}`;
  }
}

/** A job that a library is ready to do. */
export interface Prepared {
  /** Resolves to the seconds that it took. */
  train(epochs: number): Promise<number>;
  predict(epochs: number): Promise<Float32Array>;
}

/** What only some libraries are asked. */
type Extras = Partial<Record<"memory" | "newsgroups from the archive", () => Answer | Promise<Answer>>>;

/** Answers the questions of stdin until it ends: the other side, for workers in TypeScript. */
export async function answerQuestions(
  prepare: (folder: string) => Prepared,
  extras: Extras = {},
): Promise<void> {
  let prepared: Prepared | undefined;
  const answer = async (question: Question): Promise<Answer> => {
    switch (question.ask) {
      case "prepare":
        prepared = prepare(question.folder);
        return {};
      case "train":
        return { seconds: await prepared!.train(question.epochs) };
      case "predict": {
        const values = await prepared!.predict(question.epochs);
        writeNumbers(path.dirname(question.to), path.basename(question.to), values);
        return {};
      }
      case "memory":
      case "newsgroups from the archive": {
        const extra = extras[question.ask];
        if (extra === undefined) throw new Error(`this library is not asked for ${question.ask}`);
        return extra();
      }
    }
  };
  for await (const line of readline.createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line) as Question))}\n`);
  }
}
