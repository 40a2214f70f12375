import { currentCourse } from "./course.js";
import type { Progress } from "./progress.js";

let told = "";

/**
 * Writes down what the learner did. An exercise goes on when that fails; then the reason is returned, once.
 */
export function record(change: (progress: Progress) => Progress): string | undefined {
  try {
    currentCourse().progress()?.update(change);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (reason === told) return undefined;
    told = reason;
    return `Your progress isn't kept: ${reason}`;
  }
}

/** What is written down, undefined when nothing can be read. */
export function recorded(): Progress | undefined {
  try {
    return currentCourse().progress()?.read();
  } catch {
    return undefined;
  }
}
