// Bundles every islands/**/*.test.ts and hands the bundles to node's own test runner.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const house = resolve(dirname(fileURLToPath(import.meta.url)), "..");

function testFiles(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".test.ts"))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

const tests = testFiles(join(house, "islands"));
if (tests.length === 0) {
  console.log("no island has a test yet");
  process.exit(0);
}

const bundles = mkdtempSync(join(tmpdir(), "fourfold-islands-"));
try {
  await build({
    absWorkingDir: house,
    entryPoints: tests,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    outdir: bundles,
    outbase: join(house, "islands"),
    outExtension: { ".js": ".mjs" },
    logLevel: "warning",
  });
  const built = readdirSync(bundles, { recursive: true }).filter((name) => name.endsWith(".mjs"));
  const run = spawnSync(process.execPath, ["--test", ...built.map((name) => join(bundles, name))], { stdio: "inherit" });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(bundles, { recursive: true, force: true });
}
