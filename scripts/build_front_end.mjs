// Bundles the style sheet, the page script and every island into the folder Django serves as static files.
// The output is derived: it is git-ignored, emptied first and never edited.

import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const house = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const ui = join(house, "src", "fourfold", "platform", "ui");
const islands = join(house, "islands");
const output = process.env.FRONT_END_OUTPUT ?? join(ui, "static", "ui");

/** Every folder of islands/ that has an element.ts becomes <name>.js. */
function islandEntries() {
  const rooms = readdirSync(islands, { withFileTypes: true }).filter((room) => room.isDirectory());
  const withElement = rooms.filter((room) => existsSync(join(islands, room.name, "element.ts")));
  return withElement.map((room) => ({ in: join(islands, room.name, "element.ts"), out: room.name }));
}

/** What both bundles share: modern browsers, and third-party licences kept beside the code they cover. */
const common = {
  absWorkingDir: house,
  bundle: true,
  minify: true,
  sourcemap: true,
  legalComments: "linked",
  target: ["es2022", "chrome115", "firefox115", "safari16"],
  outdir: output,
  metafile: true,
  logLevel: "warning",
};

rmSync(output, { recursive: true, force: true });
const bundles = await Promise.all([
  build({
    ...common,
    entryPoints: [{ in: join(islands, "page.ts"), out: "page" }, ...islandEntries()],
    format: "esm",
    // One copy of what several islands use (vega), fetched once.
    splitting: true,
    chunkNames: "shared/[name]-[hash]",
  }),
  build({
    ...common,
    entryPoints: [{ in: join(ui, "styles", "fourfold.css"), out: "fourfold" }],
    loader: { ".woff2": "file", ".woff": "file", ".svg": "file" },
    assetNames: "fonts/[name]-[hash]",
  }),
]);

for (const { metafile } of bundles) {
  for (const [file, { bytes, entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint) console.log(`${relative(house, join(house, file))}  ${Math.ceil(bytes / 1024)} kB`);
  }
}
