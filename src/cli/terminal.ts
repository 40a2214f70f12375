import { Problem } from "./problem.js";

const colours = { red: 31, green: 32, yellow: 33, bold: 1, dim: 2 } as const;

/** Text in a colour, when the stream is a terminal that wants colours (`NO_COLOR` is honoured). */
export function coloured(
  text: string,
  colour: keyof typeof colours,
  stream: NodeJS.WriteStream = process.stdout,
): string {
  if (!stream.isTTY || process.env["NO_COLOR"]) return text;
  return `\u001b[${colours[colour]}m${text}\u001b[0m`;
}

export interface ProgressBar {
  /** Draws the bar at `done` of `total` with a word on what is going on. */
  update(done: number, total: number, note?: string): void;
  /** Removes the bar, so that the next line starts clean. */
  clear(): void;
}

/**
 * A bar on stderr that redraws itself in a terminal: `[#####.....] 12/24 note  8 s`.
 * Without a terminal it prints a plain line at every tenth of the way, so that a log shows life without filling up.
 */
export function progressBar(label: string, stream: NodeJS.WriteStream = process.stderr): ProgressBar {
  const started = Date.now();
  let lastTenth = -1;
  return {
    update(done, total, note = "") {
      const part = total === 0 ? 1 : Math.min(1, done / total);
      const seconds = `${Math.round((Date.now() - started) / 1000)} s`;
      if (stream.isTTY) {
        const width = 20;
        const filled = Math.round(part * width);
        const bar = "#".repeat(filled) + ".".repeat(width - filled);
        const line = `${label} [${bar}] ${done}/${total} ${seconds} ${note}`;
        stream.write(`\r\u001b[2K${line.slice(0, Math.max(20, (stream.columns ?? 100) - 1))}`);
      } else if (Math.floor(part * 10) > lastTenth) {
        lastTenth = Math.floor(part * 10);
        stream.write(`${label} ${done}/${total} ${seconds} ${note}\n`);
      }
    },
    clear() {
      if (stream.isTTY) stream.write("\r\u001b[2K");
    },
  };
}

/** Whole number from a command-line option, within limits; the error names the option and the limits. */
export function wholeNumber(
  text: string,
  { option, min, max }: { option: string; min: number; max: number },
): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new Problem(`${option} takes a whole number from ${min} to ${max}, got "${text}".`);
  }
  return value;
}
