import { describe, expect, it } from "vitest";
import { session } from "./session.js";

/** Printed, not asserted: the machine is shared. `npm run bench:kernel` has the numbers that count. */
describe("a session of 50 cells", () => {
  it("tells how long its checks took", async () => {
    const { language, run } = session();
    await language.warmUp();
    const times: number[] = [];
    for (let i = 1; i <= 50; i++) {
      const start = performance.now();
      const { error } = await run(`const x${i}: number = ${i}${i > 1 ? ` + x${i - 1}` : ""}; x${i}`);
      times.push(performance.now() - start);
      expect(error).toBeUndefined();
    }
    times.sort((a, b) => a - b);
    console.log(
      `check and commit of a trivial cell: median ${times[25]!.toFixed(1)} ms, slowest ${times[49]!.toFixed(1)} ms`,
    );
  });
});
