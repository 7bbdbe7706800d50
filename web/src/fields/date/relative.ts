export const COUNTED = ["last_days", "next_days"] as const;

export const RELATIVE = [
  "today",
  "yesterday",
  "tomorrow",
  "this_week",
  "last_week",
  "next_week",
  "this_month",
  "last_month",
  "next_month",
  "this_quarter",
  "last_quarter",
  "this_year",
  "last_year",
  ...COUNTED,
] as const;

export type Relative = (typeof RELATIVE)[number];

export function isRelative(name: string): name is Relative {
  return RELATIVE.some((one) => one === name);
}
