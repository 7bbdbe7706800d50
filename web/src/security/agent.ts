const BROWSERS: [RegExp, string][] = [
  [/wxwork/i, "WeCom"],
  [/MicroMessenger/, "WeChat"],
  [/DingTalk/, "DingTalk"],
  [/Lark|Feishu/, "Feishu"],
  [/Edg\//, "Edge"],
  [/Firefox\//, "Firefox"],
  [/OPR\//, "Opera"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, "HarmonyOS"],
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** The browser and the system as people know them; what is neither is shown as it came. */
export function agentName(agent: string): string {
  const browser = BROWSERS.find(([sign]) => sign.test(agent))?.[1];
  const system = SYSTEMS.find(([sign]) => sign.test(agent))?.[1];
  return [browser, system].filter(Boolean).join(" · ") || agent.slice(0, 40);
}
