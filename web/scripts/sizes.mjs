// Prints what a browser downloads before each screen that can be somebody's first, and fails above the budget.
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
const ALWAYS = [entry, "src/i18n/zh/index.ts"];
// Somebody signed in needs the workspace around every screen.
const INSIDE = "src/routes/workspace.tsx";
const SCREENS = {
  "sign-in": ["src/routes/sign-in.tsx"],
  home: [INSIDE, "src/home/home-page.tsx"],
  list: [INSIDE, "src/routes/list.tsx"],
  record: [INSIDE, "src/routes/record.tsx"],
  board: [INSIDE, "src/routes/list.tsx", "src/board/index.ts"],
};

function filesOf(keys) {
  return [...new Set(keys.flatMap((key) => [...closure(key)]).map((key) => manifest[key].file))];
}

const first = filesOf([...ALWAYS, INSIDE]);
for (const [key, chunk] of Object.entries(manifest)) {
  if (!chunk.file.endsWith(".js")) continue;
  const size = gzip(chunk.file);
  const mark = first.includes(chunk.file) ? "first" : "later";
  if (size > 5000) console.log(`${mark}  ${kilobytes(size).padStart(9)}  ${key}`);
}
for (const [name, keys] of Object.entries(SCREENS)) {
  const files = filesOf([...ALWAYS, ...keys]);
  const total = files.reduce((sum, file) => sum + gzip(file), 0);
  console.log(`${name}: ${kilobytes(total)} of script in ${files.length} files, gzip (budget ${kilobytes(BUDGET)})`);
  if (total > BUDGET) process.exitCode = 1;
}
