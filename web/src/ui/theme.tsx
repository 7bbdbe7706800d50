import { ConfigProvider, theme as algorithms, type ThemeConfig } from "antd";
import enUS from "antd/es/locale/en_US";
import zhCN from "antd/es/locale/zh_CN";
import type { ReactNode } from "react";

import { useText } from "@/i18n/use-text";

import { usePhone, usePreferences } from "./preferences";

const FONT = "var(--font)";

const LIGHT = {
  colorPrimary: "#2b5fe3",
  colorPrimaryHover: "#2350c6",
  colorLink: "#2350c6",
  colorSuccess: "#1f9254",
  colorWarning: "#d98b06",
  colorError: "#d3332b",
  colorTextBase: "#1b1e24",
  colorTextPlaceholder: "#686e79",
  colorBgLayout: "#f6f7f9",
  colorBorder: "#cdd2da",
  colorBorderSecondary: "#e7e9ed",
};

const DARK = {
  colorPrimary: "#4a72e8",
  colorLink: "#93adff",
  colorSuccess: "#36a56a",
  colorWarning: "#d39a2d",
  colorError: "#e0564d",
  colorTextBase: "#e8eaed",
  colorTextPlaceholder: "#949aa5",
  colorBgBase: "#1a1c20",
  colorBgContainer: "#1a1c20",
  colorBgElevated: "#22252a",
  colorBgLayout: "#121316",
  colorBorder: "#454a53",
  colorBorderSecondary: "#2b2e34",
};

/** On the phone everything can be hit by a thumb. */
const PHONE = { controlHeight: 44, controlHeightLG: 44, controlHeightSM: 32 };

function themeOf(dark: boolean, compact: boolean, phone: boolean): ThemeConfig {
  return {
    algorithm: dark ? algorithms.darkAlgorithm : algorithms.defaultAlgorithm,
    cssVar: { key: "jieli" },
    hashed: false,
    token: {
      ...(dark ? DARK : LIGHT),
      fontFamily: FONT,
      fontSize: 14,
      borderRadius: 6,
      borderRadiusLG: 10,
      ...(phone ? PHONE : { controlHeight: compact ? 28 : 32 }),
      motionDurationFast: "0.08s",
      motionDurationMid: "0.12s",
      motionDurationSlow: "0.18s",
      wireframe: false,
      zIndexPopupBase: 1000,
    },
    components: {
      Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none", fontWeight: 500 },
      Modal: { titleFontSize: 16 },
    },
  };
}

export function ThemeProvider({ children }: { children: ReactNode }) {
  const { dark, density } = usePreferences();
  const { language } = useText();
  const phone = usePhone();
  return (
    <ConfigProvider
      theme={themeOf(dark, density === "compact", phone)}
      locale={language === "zh" ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      variant="outlined"
    >
      {children}
    </ConfigProvider>
  );
}
