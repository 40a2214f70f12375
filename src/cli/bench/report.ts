import type { Result } from "./measure.js";

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: "ms" | "s" | "MB" | "KB";
}

/** What `bench --json` prints. */
export interface Report {
  readonly machine: string;
  readonly results: readonly Result[];
  readonly figures: readonly Figure[];
  /** How it was measured. */
  readonly method: string;
  /** Peers that were not found or failed, a sentence each. */
  readonly missing: readonly string[];
}

/** The report as Markdown. */
export function reportText({ machine, results, figures, method, missing }: Report): string {
  const lines = [
    `${machine}. ${method}`,
    "",
    "| job | gradus | peer | peer's time | peer / gradus | checked |",
    "|---|---|---|---|---|---|",
    ...results.map(row),
    "",
  ];
  if (figures.length > 0) {
    lines.push("| figure | value |", "|---|---|");
    lines.push(...figures.map(({ name, value, unit }) => `| ${name} | ${digits(value)} ${unit} |`), "");
  }
  lines.push(...new Set(results.map(({ job, about, data }) => `- ${job}: ${about}${dataNote(data)}`)));
  lines.push(...missing.map((sentence) => `- missing: ${sentence}`));
  return lines.join("\n");
}

function row({ job, seconds, peer, peerSeconds, ratio, checked, partTimed }: Result): string {
  if (peer === undefined) return `| ${job} | ${duration(seconds)} | no peer found | - | - | - |`;
  const part = partTimed === undefined ? "" : `, from ${digits(100 * partTimed)} % of the epochs`;
  return (
    `| ${job} | ${duration(seconds)} | ${peer} | ${duration(peerSeconds!)}${part} | ` +
    `${digits(ratio!)} | ${checked!.toExponential(0)} |`
  );
}

function dataNote(data: Result["data"]): string {
  return data === "real" ? "" : `, on a ${data}: set GRADUS_DATA for the real data`;
}

function duration(seconds: number): string {
  return seconds < 0.1 ? `${digits(seconds * 1000)} ms` : `${digits(seconds)} s`;
}

/** Three digits that count. */
function digits(value: number): string {
  return value >= 100 ? Math.round(value).toString() : Number(value.toPrecision(3)).toString();
}
