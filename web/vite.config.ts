import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const SERVER = "http://127.0.0.1:8000";

/** What every page needs: one file, which a new version of the pages leaves in the browser's cache. */
const BASE =
  /node_modules[\\/](?:react|react-dom|scheduler|i18next|react-i18next|@tanstack[\\/](?!react-virtual|virtual)|@ant-design[\\/](?:icons-svg|colors|fast-color))/;

/** Small parts that most screens share; alone each would be a request of its own. Nothing that Ant Design itself is
 * built on may stand here, since these parts need Ant Design first. */
const COMMON = /src[\\/](?:api|ui|shell|i18n)[\\/](?!zh|en|sheet|preference-switches|person-card|me-page|relay-|small-track|index)/;

/** Each icon is a few lines; as files of their own thirty of them would weigh ten kilobytes. */
const ICONS = /node_modules[\\/]@ant-design[\\/]icons[\\/]/;

/** Parts of Ant Design that only define things but do not say so. Without this word every input and the theme bring
 * along the forms and their checks, which no screen uses. */
const PURE = /node_modules[\\/]@rc-component[\\/]/;

export default defineConfig({
  base: "/",
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    host: "127.0.0.1",
    port: 5173,
    proxy: { "/api": SERVER, "/healthz": SERVER, "/readyz": SERVER },
  },
  build: {
    outDir: "../src/jieli/web",
    emptyOutDir: true,
    target: "es2022",
    manifest: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      treeshake: { moduleSideEffects: [{ test: PURE, sideEffects: false }] },
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: "base", test: BASE, priority: 2 },
            { name: "icons", test: ICONS, priority: 2 },
            { name: "common", test: COMMON, priority: 1 },
          ],
        },
      },
    },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    testTimeout: 15_000,
  },
});
