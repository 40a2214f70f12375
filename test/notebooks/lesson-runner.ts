import * as path from "node:path";
import { appears } from "../../src/cli/notebooks/editions.js";
import type { LessonSource, SourceCell } from "../../src/cli/notebooks/myst.js";
import { createExecutor } from "../../src/kernel/execution/index.js";
import { RecordingSink } from "../kernel/execution/start-executor.js";
import { neededCells } from "./needed-cells.js";

export interface RunOptions {
  /** From where cells find `gradus`. */
  readonly folder: string;
  /** The kernel's runtime, built. */
  readonly runtime: string;
}

/**
 * Runs a lesson in the kernel's own runtime, without sockets: at each exercise its solution cell, which must pass,
 * then its stub cell, which must be "not yet" and whose names the later cells use, as in the learner's notebook.
 * Of the other cells those that the exercises need; where that fails, all of them, and only then it counts.
 * Returns what is wrong, a line each.
 */
export async function runLesson(lesson: LessonSource, options: RunOptions): Promise<string[]> {
  const faults = await runCells(lesson, neededCells(lesson.parts), options);
  return faults.length === 0 ? [] : runCells(lesson, undefined, options);
}

async function runCells(
  lesson: LessonSource,
  needed: ReadonlySet<SourceCell> | undefined,
  { folder, runtime }: RunOptions,
): Promise<string[]> {
  const executor = createExecutor({
    folder,
    runtimeScript: path.join(runtime, "runtime", "main.js"),
    environment: { ...process.env, GRADUS_PROGRESS: "off" },
  });
  const faults: string[] = [];
  let executionCount = 0;
  const run = async (code: string): Promise<{ error?: string; shown: string }> => {
    const sink = new RecordingSink();
    const outcome = await executor.execute(
      { code, executionCount: ++executionCount, silent: false, userExpressions: {} },
      sink,
    );
    const shown = sink.events
      .map((event) => (event.kind === "display" ? String(event.data["text/plain"]) : ""))
      .join("\n");
    return outcome.status === "ok"
      ? { shown }
      : { shown, error: `${outcome.error.ename}: ${outcome.error.evalue}` };
  };
  try {
    for (const part of lesson.parts) {
      if (part.kind === "exercise") {
        for (const [cell, name, wanted] of [
          [part.solution, "solution", "solved"],
          [part.stub, "stub", "waiting for your answer"],
        ] as const) {
          const { error, shown } = await run(cell.text);
          if (error !== undefined) faults.push(`${part.id}: the ${name} cell ends in ${error}`);
          // The headline's end: "Title: solved", or "Title? Solved".
          else if (!new RegExp(`^.+(: |[?.] )${wanted}$`, "im").test(shown))
            faults.push(`${part.id}: the ${name} cell shows not "${wanted}" but: ${shown}`);
        }
      } else if (part.kind === "code" && appears(part.options, "learner") && needed?.has(part) !== false) {
        const { error } = await run(part.text);
        if (error !== undefined) faults.push(`${lesson.file}:${part.line}: the cell ends in ${error}`);
      }
    }
    return faults;
  } finally {
    await executor.stop();
  }
}
