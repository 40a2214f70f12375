import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

/**
 * `--runtime stub`: no garbage collector, the kernels allocate nothing. Nothing here lets the
 * compiler reorder sums: the same bits everywhere.
 */
const commonOptions = [
  ...["--runtime", "stub", "--enable", "simd", "-O3", "--noAssert"],
  // Only a memory with a maximum can be shared between threads; this one, all that there is, forbids nothing.
  ...["--importMemory", "--maximumMemory", "65536"],
];

/** `relaxed`: with fused multiply-adds, which not every machine has and not every one rounds alike. */
export type KernelVariant = "exact" | "relaxed";

const options: Readonly<Record<KernelVariant, readonly string[]>> = {
  exact: commonOptions,
  relaxed: [...commonOptions, "--enable", "relaxed-simd"],
};

/**
 * The WebAssembly kernels of the engine, compiled from src/engine/kernels/assembly by AssemblyScript; kept in
 * node_modules/.cache until the sources change. undefined if the compiler is not installed. Throws Error with its message if it fails.
 */
export function compileKernels(root: string, variant: KernelVariant = "exact"): Uint8Array | undefined {
  const folder = path.join(root, "src", "engine", "kernels", "assembly");
  const packageFolder = path.join(root, "node_modules", "assemblyscript");
  const version = path.join(packageFolder, "package.json");
  const hash = createHash("sha256").update(options[variant].join(" "));
  if (fs.existsSync(version)) hash.update(fs.readFileSync(version));
  for (const file of fs.readdirSync(folder).sort()) hash.update(fs.readFileSync(path.join(folder, file)));
  const cache = path.join(root, "node_modules", ".cache", "gradus");
  const kept = path.join(cache, `kernels-${hash.digest("hex").slice(0, 16)}.wasm`);
  if (fs.existsSync(kept)) return fs.readFileSync(kept);
  const compiler = path.join(packageFolder, "bin", "asc.js");
  if (!fs.existsSync(compiler)) return undefined;
  fs.mkdirSync(cache, { recursive: true });
  const draft = `${kept}.${process.pid}`;
  const args = [compiler, path.join(folder, "kernels.ts"), "--outFile", draft, ...options[variant]];
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    cwd: root,
  });
  if (status !== 0) {
    throw new Error(
      `the WebAssembly kernels could not be compiled:\n${error?.message ?? ""}${stdout}${stderr}`.trim(),
    );
  }
  // Renamed last, so that a second process never reads half a file.
  fs.renameSync(draft, kept);
  return fs.readFileSync(kept);
}

/**
 * Writes the compiled kernels into engine/kernels/compiled.js of a built package, by default `dist`, over what `tsc` made of the empty one. Returns false, leaving the
 * empty one, if the compiler is not installed: the engine then computes in plain TypeScript.
 */
export function buildKernels(root: string, built: string = path.join(root, "dist")): boolean {
  const [exact, relaxed] = [compileKernels(root, "exact"), compileKernels(root, "relaxed")];
  if (exact === undefined || relaxed === undefined) return false;
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
  fs.writeFileSync(
    path.join(built, "engine", "kernels", "compiled.js"),
    `// Made by src/cli/build-kernels.ts from src/engine/kernels/assembly.\n` +
      `export const compiledKernels = "${base64(exact)}";\nexport const relaxedKernels = "${base64(relaxed)}";\n`,
  );
  return true;
}
