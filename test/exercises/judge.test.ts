import { describe, expect, it } from "vitest";
import { limitTime } from "../../src/course-files.js";
import { exercise, fail, judge, pass } from "../../src/exercises/index.js";
import { Matrix } from "../../src/engine/index.js";
import { andGate, type Gate, slope } from "./gate-exercise.js";

const setting = { limitTime };

describe("an answer made of data", () => {
  it("is not yet an answer when it is the stub, also a copy of it", () => {
    expect(judge(andGate, { w: [0, 0], b: 0 }, setting)).toEqual({ outcome: "not yet", findings: [] });
  });

  it("counts as tried as soon as one number differs, even if every check says the same as for the stub", () => {
    expect(judge(andGate, { w: [0, 0], b: -1 }, setting).outcome).toBe("not solved");
  });

  it("is solved when every check holds", () => {
    const { outcome, findings } = judge(andGate, { w: [0.9, 0.4], b: -1 }, setting);
    expect(outcome).toBe("solved");
    expect(findings.map(({ result }) => result)).toEqual(["holds", "holds", "holds"]);
  });

  it.each(andGate.wrong.map((wrong) => [wrong.means, wrong] as const))(
    "gets its hint: %s",
    (_, { answer, means, hint }) => {
      const judgement = judge(andGate, structuredClone(answer), setting);
      expect(judgement.outcome).toBe("not solved");
      expect(judgement.diagnosis).toEqual({ means, hint, sure: true });
    },
  );

  it("shares the hint of a wrong answer with the same findings", () => {
    const { diagnosis } = judge(andGate, { w: [2, 0.7], b: -1.5 }, setting);
    expect(diagnosis).toMatchObject({ means: "gate is x1 alone", sure: true });
  });

  it("gets a hint only as a guess when values differ but place and check are the same", () => {
    const two = exercise<number>({
      stub: 0,
      checks: [{ says: "it is ten", test: (n) => (n === 10 ? pass : fail({ expected: 10, got: n })) }],
      wrong: [{ answer: 5, means: "half", hint: "Twice that." }],
      hints: ["", "", ""],
    });
    expect(judge(two, 7, setting).diagnosis).toEqual({ means: "half", hint: "Twice that.", sure: false });
    expect(judge(two, 5, setting).diagnosis?.sure).toBe(true);
  });

  it("is known by `when` before it is known by findings", () => {
    const odd = exercise<number>({
      stub: 0,
      checks: [{ says: "it is ten", test: (n) => (n === 10 ? pass : fail({ on: "here" })) }],
      wrong: [
        { answer: 5, means: "anything", hint: "?" },
        { answer: -10, means: "sign", hint: "Turn the sign.", when: (n) => n < 0 },
      ],
      hints: ["", "", ""],
    });
    expect(judge(odd, -3, setting).diagnosis?.means).toBe("sign");
    expect(judge(odd, 3, setting).diagnosis?.means).toBe("anything");
  });

  it("has NaN, -0 and a Matrix compared as data with the stub", () => {
    const of = (stub: unknown) =>
      exercise({ stub, checks: andGate.checks as never, wrong: [], hints: ["", "", ""] });
    expect(judge(of({ sum: NaN }), { sum: NaN }, setting).outcome).toBe("not yet");
    expect(judge(of([0]), [-0], setting).outcome).toBe("not yet");
    expect(judge(of(Matrix.from([[1, 2]])), Matrix.from([[1, 2]]), setting).outcome).toBe("not yet");
    expect(judge(of(Matrix.from([[1, 2]])), Matrix.from([[1, 3]]), setting).outcome).toBe("not solved");
  });
});

describe("an answer that is a function", () => {
  it("is not yet an answer while it behaves like the stub", () => {
    expect(judge(slope, (_: number) => 0, setting).outcome).toBe("not yet");
  });

  it("is solved by its behaviour, whatever its text", () => {
    expect(judge(slope, (x: number) => x + x, setting).outcome).toBe("solved");
  });

  it.each(slope.wrong.map((wrong) => [wrong.means, wrong] as const))(
    "gets its hint: %s",
    (_, { answer, means }) => {
      const other = (x: number): number => answer(x) + 0;
      expect(judge(slope, other, setting).diagnosis).toMatchObject({ means, sure: true });
    },
  );

  it("is told the first input that fails, expected and got", () => {
    const { findings } = judge(slope, (x: number) => Math.abs(2 * x), setting);
    expect(findings[0]).toMatchObject({ result: "fails", on: "slope(-2)", expected: "-4", got: "4" });
  });
});

const spent = { outcome: "not solved" };
const endless = (): never => {
  for (;;);
};

describe("a hostile answer", () => {
  const quick = { ...slope, timeLimitMs: 100 };

  it("that never ends is stopped, and the checks after it are not run", () => {
    const two = { ...quick, checks: [...slope.checks, { says: "another", test: () => pass }] };
    const { outcome, findings } = judge(two, endless, setting);
    expect(outcome).toBe("not solved");
    expect(findings.map(({ result }) => result)).toEqual(["endless", "not run"]);
    expect(findings[0].note).toContain("Is there a loop that never ends?");
  });

  it.each<[string, unknown, string]>([
    [
      "throws",
      () => {
        throw new Error("no idea");
      },
      "Error: no idea",
    ],
    [
      "throws nothing at all",
      () => {
        throw undefined;
      },
      "thrown undefined",
    ],
    [
      "throws a Proxy that throws",
      () => {
        throw hostile();
      },
      "an error that can't be read",
    ],
    [
      "calls itself without end",
      function f(x: number): number {
        return f(x) + 1;
      },
      "calls itself without end",
    ],
  ])("that %s is a finding", (_, answer, words) => {
    const [finding] = judge(quick, answer, setting).findings;
    expect(finding.result).toBe("throws");
    expect(finding.note).toContain(words);
  });

  it.each<[string, unknown, string, string]>([
    ["returns a promise", async (x: number) => 2 * x, "a promise", "await"],
    [
      "returns a promise that fails",
      async () => {
        throw new Error("late");
      },
      "a promise",
      "await",
    ],
    ["returns nothing", () => {}, "undefined", "return"],
    ["returns NaN", () => NaN, "NaN", "no number"],
    ["returns a Proxy that throws", () => hostile(), "a value that can't be read", ""],
    [
      "returns a million numbers",
      () => new Array(1e6).fill(0),
      "[0, 0, 0, 0, 0, 0, 0, ...] (1000000 in all)",
      "",
    ],
  ])("that %s is told so", (_, answer, got, note) => {
    const { outcome, findings } = judge(quick, answer, setting);
    expect(outcome).toBe("not solved");
    expect(findings[0].got).toBe(got);
    expect(findings[0].note ?? "").toContain(note);
  });

  it("whose fields throw when they are read is a finding", () => {
    const answer = {
      get w(): number[] {
        throw new Error("private");
      },
      b: 0,
    };
    expect(judge(andGate, answer, setting)).toMatchObject({
      ...spent,
      formFault: "Your code stopped with an error: Error: private",
    });
  });

  it("whose fields never end is stopped", () => {
    const answer = {
      get w(): number[] {
        return endless();
      },
      b: 0,
    };
    const { formFault } = judge({ ...andGate, timeLimitMs: 100 }, answer, setting);
    expect(formFault).toContain("never ends");
  });

  it("that is a Proxy that throws at everything is a finding", () => {
    expect(judge(andGate, hostile(), setting)).toMatchObject(spent);
  });

  it("that changes its input does not change what the other checks see", () => {
    const spoil = exercise<(list: number[]) => number>({
      stub: () => 0,
      checks: [1, 2].map((n) => ({
        says: `sum ${n}`,
        test: (f) => (f([1, 2, 3]) === 6 ? pass : fail()),
      })),
      wrong: [],
      hints: ["", "", ""],
    });
    const eats = (list: number[]): number => {
      let sum = 0;
      while (list.length > 0) sum += list.pop()!;
      return sum;
    };
    expect(judge(spoil, eats, setting).outcome).toBe("solved");
  });

  it("that is a circle of objects is judged by its fields", () => {
    const gate: Gate & { self?: unknown } = { w: [0.9, 0.4], b: -1 };
    gate.self = gate;
    expect(judge(andGate, gate, setting).outcome).toBe("solved");
  });
});

describe("the form of an answer", () => {
  it.each<[unknown, string]>([
    [undefined, "the answer must be an object, got undefined."],
    [5, "the answer must be an object, got 5."],
    [{ w: [1, 2] }, "the answer lacks the field b."],
    [{ w: 5, b: 0 }, "field w must be a list, got 5."],
    [
      { w: [1, "2"], b: 0 },
      'field w, element 1 must be a number, got "2". Numbers are written without quotes.',
    ],
    [
      Promise.resolve({ w: [0, 0], b: 0 }),
      "the answer is a promise, not the value itself. Write await before the call that makes it.",
    ],
    [() => ({ w: [0, 0], b: 0 }), "the answer must be an object, got a function. Did you forget to call it?"],
  ])("%j is explained", (answer, sentence) => {
    expect(judge(andGate, answer, setting)).toEqual({
      outcome: "not solved",
      findings: [],
      formFault: sentence,
    });
  });

  it("may be the author's own", () => {
    const own = {
      ...andGate,
      accepts: (answer: unknown) => (Array.isArray(answer) ? "expects no list" : undefined),
    };
    expect(judge(own, [], setting).formFault).toBe("expects no list");
    expect(judge(own, Promise.resolve(), setting).formFault).toContain("await");
  });

  it("has a hint when a known wrong answer has the same fault", () => {
    const wrong = [...slope.wrong, { answer: 4 as never, means: "called it", hint: "Without brackets." }];
    expect(judge({ ...slope, wrong }, 4, setting).diagnosis?.means).toBe("called it");
  });
});

/** Throws at whatever is asked of it. */
function hostile(): object {
  const refuse = (): never => {
    throw new Error("hostile");
  };
  const traps = ["get", "has", "ownKeys", "getPrototypeOf", "getOwnPropertyDescriptor", "apply"] as const;
  return new Proxy({}, Object.fromEntries(traps.map((trap) => [trap, refuse])));
}
