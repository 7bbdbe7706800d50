import "dayjs/locale/zh-cn";
import "@/ui/tokens.css";
import "@/ui/base.css";

import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { createClient } from "@/app-client";
import { startLanguage } from "@/i18n";
import { createAppRouter } from "@/router";
import { startPreferences } from "@/ui/preferences";
import { ThemeProvider } from "@/ui/theme";
import { Toasts } from "@/ui/toasts";

startPreferences();
await startLanguage();

const client = createClient();
const router = createAppRouter(client);
const root = document.getElementById("root");

if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <ThemeProvider>
          <RouterProvider router={router} />
          <Toasts />
        </ThemeProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
