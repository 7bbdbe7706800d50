const FIRST = ["Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore", "Asia/Tokyo", "Europe/London", "America/New_York"];

/** Every time zone the browser knows, those of most readers first. */
export function timeZones(own: string): string[] {
  return [...new Set([own, ...FIRST, ...Intl.supportedValuesOf("timeZone")])];
}
