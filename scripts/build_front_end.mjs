// Bundles the style sheet, the page script and every island into the folder Django serves as static files.
// The output is derived: it is git-ignored, never edited, and takes its place in one step once all of it is there.

import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const house = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const ui = join(house, "src", "fourfold", "platform", "ui");
const islands = join(house, "islands");
const output = process.env.FRONT_END_OUTPUT ?? join(ui, "static", "ui");
const made = `${output}.${process.pid}.new`;
const gone = `${output}.${process.pid}.old`;

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
  outdir: made,
  metafile: true,
  logLevel: "warning",
};

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
]).catch((fault) => {
  rmSync(made, { recursive: true, force: true });
  throw fault;
});

if (existsSync(output)) renameSync(output, gone);
renameSync(made, output);
rmSync(gone, { recursive: true, force: true });

for (const { metafile } of bundles) {
  for (const [file, { bytes, entryPoint }] of Object.entries(metafile.outputs)) {
    const place = join(output, relative(made, join(house, file)));
    if (entryPoint) console.log(`${relative(house, place)}  ${Math.ceil(bytes / 1024)} kB`);
  }
}
