import * as net from "node:net";
import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.js";
import { explainPip } from "../../src/cli/python-environment.js";
import { checkPortIsFree } from "../../src/cli/start.js";
import { wholeNumber } from "../../src/cli/terminal.js";

describe("npm start", () => {
  it("says that a port is taken and names another", async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as net.AddressInfo;
    await expect(checkPortIsFree(port)).rejects.toThrow(
      `Port ${port} is taken by another program. Choose another: npm start -- --port`,
    );
    await new Promise((resolve) => server.close(resolve));
    await expect(checkPortIsFree(port)).resolves.toBeUndefined();
  });

  it.each(["0", "70000", "80.5", "eighty", "-1"])("refuses --port %s", (text) => {
    expect(() => wholeNumber(text, { option: "--port", min: 1, max: 65_535 })).toThrow(
      `--port takes a whole number from 1 to 65535, got "${text}".`,
    );
  });

  it.each([
    [
      "WARNING: Retrying ... NewConnectionError: Failed to establish a new connection",
      "could not be reached",
    ],
    [
      "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
      "The disk is full",
    ],
    ["ERROR: something odd", "pip could not install JupyterLab: ERROR: something odd"],
  ])("turns pip's %s into one sentence", (output, sentence) => {
    expect(explainPip(output)).toContain(sentence);
  });
});

describe("gradus", () => {
  it("exits with 1 for an unknown command or option and with 0 for help", async () => {
    expect(await main(["frobnicate"])).toBe(1);
    expect(await main(["doctor", "--frobnicate"])).toBe(1);
    expect(await main(["run", "--help"])).toBe(0);
    expect(await main(["--version"])).toBe(0);
  });
});
