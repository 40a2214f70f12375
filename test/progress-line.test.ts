import { describe, expect, it } from "vitest";
import { progressLine } from "../src/progress-line.js";

function reported(everyMs = 100) {
  const lines: string[] = [];
  const clock = { ms: 0 };
  const report = progressLine({ now: () => clock.ms, show: (line) => lines.push(line), everyMs });
  return { lines, clock, report };
}

describe("the progress line", () => {
  it("shows the epoch, how far training is, and the time left at this pace", () => {
    const { lines, clock, report } = reported();
    report({ kind: "begin", epochs: 4, stepsPerEpoch: 10 });
    clock.ms = 2000;
    report({ kind: "batch", epoch: 0, epochs: 4, batch: 9, batches: 10, logs: { loss: 0.5 } });
    expect(lines).toEqual(["epoch 1/4 [###.......] first epoch, 6 s left"]);
  });

  it("is redrawn at most every tenth of a second", () => {
    const { lines, clock, report } = reported();
    report({ kind: "begin", epochs: 1, stepsPerEpoch: 1000 });
    for (let batch = 0; batch < 1000; batch++) {
      clock.ms += 1;
      report({ kind: "batch", epoch: 0, epochs: 1, batch, batches: 1000, logs: {} });
    }
    expect(lines.length).toBe(10);
  });

  it("ends with the last epoch's numbers and without a time, so that two runs print the same", () => {
    const { lines, report } = reported();
    report({ kind: "begin", epochs: 2, stepsPerEpoch: 1 });
    report({ kind: "epoch", epoch: 0, epochs: 2, logs: { loss: 0.5 } });
    report({ kind: "epoch", epoch: 1, epochs: 2, logs: { loss: 0.25, accuracy: 1 } });
    report({ kind: "end", stopped: false });
    expect(lines).toEqual(["2 of 2 epochs: loss: 0.2500, accuracy: 1.0000"]);
  });

  it("says when training was stopped before its end", () => {
    const { lines, report } = reported();
    report({ kind: "begin", epochs: 10, stepsPerEpoch: 1 });
    report({ kind: "epoch", epoch: 0, epochs: 10, logs: { loss: 0.5 } });
    report({ kind: "end", stopped: true });
    expect(lines).toEqual(["1 of 10 epochs (stopped): loss: 0.5000"]);
  });
});
