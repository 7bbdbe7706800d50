import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeAll, vi } from "vitest";

import { changeLanguage, startLanguage } from "@/i18n";

// Parts that are downloaded when first needed take their time on a busy machine.
configure({ asyncUtilTimeout: 5_000 });

beforeAll(async () => {
  // jsdom lays nothing out, so it has neither of these.
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
  }));
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  await startLanguage();
  await changeLanguage("zh");
});

afterEach(cleanup);
