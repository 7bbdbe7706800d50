// Prints what a browser downloads before the first screen, and fails above the budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const OUT = new URL("../../src/jieli/web/", import.meta.url);
const BUDGET = 300_000;
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", OUT), "utf8"));

function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, seen);
  return seen;
}

function gzip(file) {
  return gzipSync(readFileSync(new URL(file, OUT))).length;
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
// After the entry, the first screen of somebody signed in needs these.
const FIRST = ["src/i18n/zh/index.ts", "src/routes/workspace.tsx", "src/home/home-page.tsx"];
const needed = new Set([entry, ...FIRST].flatMap((key) => [...closure(key)]));
const script = [...new Set([...needed].map((key) => manifest[key].file))];
const total = script.reduce((sum, file) => sum + gzip(file), 0);

for (const [key, chunk] of Object.entries(manifest)) {
  if (!chunk.file.endsWith(".js")) continue;
  const mark = script.includes(chunk.file) ? "first" : "later";
  const size = gzip(chunk.file);
  if (size > 2000) console.log(`${mark}  ${kilobytes(size).padStart(9)}  ${key}`);
}
console.log(`first screen: ${kilobytes(total)} of script, gzip (budget ${kilobytes(BUDGET)})`);
if (total > BUDGET) process.exit(1);
